/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which runs of each thread are still possible, given who reads from whom: a run stays
 * while every read that was decided has the value of its source in some run of the
 * source's thread.
 */
#ifndef RCS_MODEL_RUNS_H
#define RCS_MODEL_RUNS_H

#include "model/path.h"

struct rcs_runs {
	const struct rcs_skeleton *skeleton;
	const struct rcs_path *path[RCS_LITMUS_THREADS];
	int base[RCS_LITMUS_THREADS];  /* first event of each thread */
	int words[RCS_LITMUS_THREADS]; /* of each thread's bits, at … */
	int at[RCS_LITMUS_THREADS];
	int all; /* words of all threads */
};

/* Where the runs of one path each stand in a row of bits. */
void rcs_runs_lay_out(struct rcs_runs *runs, const struct rcs_skeleton *skeleton,
		      const struct rcs_path *const *path);
void rcs_runs_fill(const struct rcs_runs *runs, uint64_t *live);

/* Keeps runs in which the read has that value, or that of the write. False: none left.
 */
bool rcs_runs_read_initial(const struct rcs_runs *runs, uint64_t *live, int read,
			   rcs_word value);
bool rcs_runs_read_from(const struct rcs_runs *runs, uint64_t *live, int read,
			int write);

/* The first run that is live from that one on, or -1. */
int rcs_runs_next(const struct rcs_runs *runs, const uint64_t *live, int thread,
		  int from);
/* Leaves that run only. */
void rcs_runs_choose(const struct rcs_runs *runs, uint64_t *live, int thread, int run);

#endif
