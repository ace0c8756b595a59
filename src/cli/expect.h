/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Expectations, for CI: which verdicts a barrier is to have, by architecture.
 * "mprotect=BROKEN/INCONCLUSIVE@aarch64" is one.
 */
#ifndef RCS_CLI_EXPECT_H
#define RCS_CLI_EXPECT_H

#include <argp.h>

#include "cli/architecture.h"
#include "cli/barrier_list.h"

#define RCS_EXPECT_MAX	    512
#define RCS_EXPECT_TEXT_MAX 250 /* characters of one expectation */

/* Where one stands. */
struct rcs_expect_place {
	const char *file; /* NULL: on the command line */
	unsigned line;	  /* from 1 */
};

struct rcs_expectation {
	char barrier[RCS_BARRIER_NAME_SIZE]; /* with its parameter: "delay:3000" */
	unsigned verdicts;		     /* a set: RCS_VERDICT_BIT() */
	char arch[RCS_ARCHITECTURE_SIZE];    /* "": any */
	struct rcs_expect_place place;
};

struct rcs_expect_list {
	size_t count;
	struct rcs_expectation of[RCS_EXPECT_MAX];
};

/*
 * Adds one expectation, with blanks around its parts or without. -1 and *e (usage)
 * when it is malformed, or contradicts one that is there: same barrier and same
 * architecture, other verdicts. place.file is kept by pointer.
 */
int rcs_expect_add(struct rcs_expect_list *list, const char *text,
		   struct rcs_expect_place place, struct rcs_error *e);

/* Adds those of "a=HOLDS,b=BROKEN", as the command line has them. */
int rcs_expect_add_list(struct rcs_expect_list *list, const char *text,
			struct rcs_error *e);

/*
 * Adds those of a file, one a line; '#' begins a comment. -1 and *e (usage), which
 * begins with "FILE:LINE: " or, when it cannot be read, with "FILE: ". path is kept
 * by pointer.
 */
int rcs_expect_add_file(struct rcs_expect_list *list, const char *path,
			struct rcs_error *e);

/* What is expected of a barrier on this architecture, as a set; 0: nothing. */
unsigned rcs_expect_of(const struct rcs_expect_list *list, const char *barrier,
		       const char *arch);

/*
 * -1 and *e (usage) when the command line expects something here of a barrier that
 * is not tested. Files are shared by runs that test other barriers.
 */
int rcs_expect_check(const struct rcs_expect_list *list,
		     const struct rcs_barrier_list *tested, const char *arch,
		     struct rcs_error *e);

/* The options themselves, for argp parsers: malformed text ends with status 2. */
void rcs_expect_option(struct argp_state *state, const char *text,
		       struct rcs_expect_list *list);
void rcs_expect_file_option(struct argp_state *state, const char *path,
			    struct rcs_expect_list *list);

#endif
