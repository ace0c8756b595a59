/* SPDX-License-Identifier: BSD-2-Clause */
/* Hits and exposed calls from the logs: see sb_score.h. */
#include "stress/sb_score.h"

#include <stdbool.h>

#define GAPS 256

/*
 * How many calls may pass between two values that a running reader sees. A reader
 * slower than the calls misses some of them all the time, by its usual gap; one that
 * was off its CPU misses hundreds.
 */
static rcs_seq widest_gap(const struct rcs_sb_log *log)
{
	unsigned gaps[GAPS] = {0};
	size_t total = 0, passed = 0;
	rcs_seq gap = 0;

	for (size_t k = 1; k < log->entries; k++) {
		rcs_seq wide = log->entry[k].value - log->entry[k - 1].value;

		if (log->entry[k].value == RCS_SEQ_END)
			break;
		gaps[wide < GAPS ? wide : GAPS - 1]++;
		total++;
	}
	if (total == 0)
		return 0;
	while (passed * 2 < total)
		passed += gaps[gap++];
	return 4 * (gap - 1) + 4;
}

struct rcs_sb_mark rcs_sb_score(const struct rcs_sb_log *log, struct rcs_sb_mark *mark)
{
	const struct rcs_sb_entry *entry = log->entry;
	rcs_seq widest = widest_gap(log);
	size_t at = 0;	  /* first entry with a value of j or more */
	size_t after = 0; /* first entry with a value of more than j */
	struct rcs_sb_mark sum = {0, 0};

	for (size_t j = 1; j <= log->calls; j++) {
		bool hit, exposed, before;
		rcs_seq last = 0;

		while (entry[at].value < j)
			at++;
		while (entry[after].value <= j)
			after++;
		hit = entry[at].iteration > log->seen[(j - 1) * log->stride] + 1;
		/* Before its first entry the reader saw 0, if it ran at all. */
		before = at > 0 || entry[0].iteration > 1;
		if (at > 0)
			last = entry[at - 1].value;
		exposed = before && entry[after].value != RCS_SEQ_END &&
			  entry[after].value - last <= widest;
		mark[j - 1].hit += hit;
		mark[j - 1].exposed += hit || exposed;
		sum.hit += hit;
		sum.exposed += hit || exposed;
	}
	return sum;
}

rcs_seq rcs_sb_loaded(const struct rcs_sb_log *log, rcs_seq i)
{
	rcs_seq value = 0;

	for (size_t k = 0; k < log->entries && log->entry[k].iteration <= i; k++)
		value = log->entry[k].value;
	return value;
}
