/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What one cell found out: every report prints this struct and nothing else. Plain
 * data without pointers, as it comes back through shared memory.
 */
#ifndef RCS_STRESS_RESULT_H
#define RCS_STRESS_RESULT_H

#include <stdbool.h>
#include <stdint.h>

#include "host/error.h"
#include "stress/plan.h"
#include "stress/torture/result.h"
#include "verdict/verdict.h"

#define RCS_NOTES_MAX	     6
#define RCS_STATE_TOTALS_MAX 64

/* Totals of one arm. Calls count once a writer, exposed and hits once a pair. */
struct rcs_arm_total {
	uint64_t rounds;
	uint64_t hit_rounds;
	uint64_t calls;
	uint64_t exposed;
	uint64_t hits;
	uint64_t time_ns;
};

/* Exposed pairs and hits by what writer's and reader's CPU are to each other. */
struct rcs_pair_total {
	uint64_t exposed;
	uint64_t hits;
};

#define RCS_QUANTILES 11

struct rcs_quantiles {
	uint32_t samples; /* 0: not measured */
	uint64_t p50_ns;
	uint64_t p99_ns;
	uint64_t at_ns[RCS_QUANTILES]; /* at each of rcs_quantile_at[] */
};

/* 0 (the shortest), 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1. */
extern const double rcs_quantile_at[RCS_QUANTILES];

/* One hit of the subject: the two loads that both missed the other's store. */
struct rcs_witness {
	bool present;
	uint64_t round; /* of the subject, from 1 */
	int writer, writer_cpu;
	int reader, reader_cpu; /* CPUs are -1 for threads that are not bound */
	enum rcs_pair pair;	/* what the two CPUs are to each other */
	uint64_t call;		/* j: the writer stored Y = j … */
	uint64_t writer_saw;	/* … and after its heavy call loaded this X */
	uint64_t iteration;	/* i: the reader stored X = i … */
	uint64_t reader_saw;	/* … and loaded this Y, below j */
	uint64_t heavy_ns;	/* how long that heavy call took */
	uint64_t after_ns;	/* from the start of the first round to that call */
	/* Of tests other than store buffering: the final state, and who ran where;
	 * then `call` is the place of the instance, and words and values are not set.
	 */
	char state[200];
	char seats[200];
	char story[320]; /* of an RCU: what a reader saw, or what befell a callback */
};

struct rcs_mechanism {
	bool readable;
	char rows[64];	    /* rows of /proc/interrupts added up, or why not readable */
	double per_exposed; /* interrupts per exposed call, background taken off */
	double least;	    /* of any reader's CPU, over the whole run */
	int least_cpu;	    /* -1: not told apart by CPU */
	/* One each or more, in all rounds since the absent twin's evidence began. */
	bool throughout;
};

/* How often a test ended in one final state. */
struct rcs_state_total {
	char label[120]; /* "0:r0=1; x=2;" */
	bool target;
	uint64_t subject, control;
};

struct rcs_result {
	bool filled; /* false: the cell ended before it had anything to say */
	enum rcs_verdict verdict;
	char reason[400]; /* why, and what would help; empty for HOLDS */
	/* What ended it, where it was an error; its text is the reason. */
	enum rcs_error_kind error;
	bool interrupted;
	bool cpu_lost; /* a CPU was taken away while the cell ran, … */
	int lost_cpu;  /* … this one, and the cell has ended early */

	struct rcs_arm_total subject;
	struct rcs_arm_total control[RCS_TWINS];
	struct rcs_arm_total reference;
	struct rcs_pair_total subject_by_pair[RCS_PAIRS];
	struct rcs_pair_total control_by_pair[RCS_PAIRS]; /* of both twins */
	enum rcs_twin twin;
	uint64_t evidence; /* blocks that count for that twin */
	uint64_t needed;   /* blocks for P(missed) <= target */
	uint64_t blocks;   /* complete blocks, of either twin */
	double p_missed;
	double sensitivity; /* one failing call in this many would have shown */

	char amplifier[RCS_WORD_SIZE];
	unsigned depth;
	unsigned layout;

	/* Durations of the heavy call: see struct rcs_cell. */
	struct rcs_quantiles alone;
	struct rcs_quantiles exposed;
	struct rcs_quantiles amplified;
	struct rcs_mechanism mechanism;
	/* The longest delay of a quick scan that was still hit; 0: none made. */
	uint64_t reach_ns;
	/* What a HOLDS does not cover on this machine; empty for most. */
	char proviso[200];
	struct rcs_witness witness;

	/* The target's first, then the most frequent; if they were asked for. */
	uint32_t state_count;
	uint32_t states_left_out;
	struct rcs_state_total state[RCS_STATE_TOTALS_MAX];

	struct rcs_torture_result torture; /* of an RCU */
	struct rcs_rcu_bench bench; /* of the job RCS_JOB_RCU_BENCH, nothing else */

	uint64_t elapsed_ns;
	uint32_t note_count;
	char note[RCS_NOTES_MAX][200];
};

#endif
