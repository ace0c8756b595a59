/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The words that formats share: what a cell, a run and a machine are in a line, as the
 * text report has them, quoted for the language that they are put in.
 */
#ifndef RCS_REPORT_WORDS_H
#define RCS_REPORT_WORDS_H

#include <stdbool.h>
#include <stdio.h>

#include "report/matrix.h"
#include "report/quote.h"
#include "report/record.h"

/* What a cell is to those who know no more than passed and failed. */
enum rcs_bearing {
	RCS_BEARING_PASSED,
	RCS_BEARING_SKIPPED,
	RCS_BEARING_TOLERATED,	  /* it could not tell, which is to pass */
	RCS_BEARING_INCONCLUSIVE, /* it could not tell */
	RCS_BEARING_FAILED,
	RCS_BEARING_ERROR,
};

/* By the rules of the exit status: see status.h. An interrupted cell is not tolerated.
 */
enum rcs_bearing rcs_words_bearing(const struct rcs_record_cell *cell,
				   bool inconclusive_passes);

/* Whether that run had --inconclusive pass. */
bool rcs_words_inconclusive_passes(const struct rcs_record_run *run);

/* What stands behind the verdict, such as "as expected"; or empty. No quotes needed. */
const char *rcs_words_mark(const struct rcs_record_cell *cell);

/* "subject 0/55, control 27/55 (twin delay), …"; nothing where no round was run. */
void rcs_words_counts(FILE *out, rcs_quote *quote, const struct rcs_record_cell *cell);

/* "P(missed) 9.5e-07"; 1 as such. */
void rcs_words_p_missed(FILE *out, double p_missed);

/* Why, and what was expected instead; or nothing. */
void rcs_words_why(FILE *out, rcs_quote *quote, const struct rcs_record_cell *cell);
bool rcs_words_has_why(const struct rcs_record_cell *cell);

/* "mprotect SB+barrier+memb"; the test alone where no barrier has a part in it. */
void rcs_words_name(FILE *out, rcs_quote *quote, const struct rcs_record_cell *cell);

/* "x86_64, Linux 6.18.44, AMD EPYC (virtual)". */
void rcs_words_machine(FILE *out, rcs_quote *quote, const struct rcs_machine *machine);

/* "INCONCLUSIVE 1, HOLDS 11, 1 unexpected"; "HOLDS (as expected)". No quotes needed. */
void rcs_words_entry(FILE *out, const struct rcs_matrix_entry *entry);

/* "HOLDS: 2 cells in 10.2 s, P(any missed) at most 3.8e-06". No quotes needed. */
void rcs_words_end(FILE *out, const struct rcs_record_run *run);

/* "1.7 us". No quotes needed. */
void rcs_words_duration(FILE *out, uint64_t ns);

/* "stores were held back for 512 ns at most, on cores of one cache". */
void rcs_words_horizon(FILE *out, rcs_quote *quote,
		       const struct rcs_record_horizon *horizon);

#endif
