/* SPDX-License-Identifier: BSD-2-Clause */
/* What a cell that measures RCU flavours is made of, and its rounds. */
#ifndef RCS_STRESS_BENCH_RIG_H
#define RCS_STRESS_BENCH_RIG_H

#include "barrier/barrier.h"
#include "stress/bench/loops.h"
#include "stress/board.h"
#include "stress/samples.h"
#include "stress/team.h"

#define RCS_BENCH_ROUNDS_MAX 512
/* Two lines: neighbours are fetched together on x86. */
#define RCS_BENCH_ALIGNED __attribute__((aligned(128)))

/* One row: a flavour, or what flavours are held against. */
struct rcs_bench_subject {
	const struct rcs_rcu_flavour *flavour; /* NULL: a yardstick */
	const struct rcs_bench_loops *loops;
	struct rcs_rcu *rcu;
	bool expedited;
	bool native; /* call_rcu() of liburcu itself, in threads of that flavour */
	struct rcs_rcu_bench_row *row;
	/* By round; the rounds of all subjects have the same places. */
	uint32_t rounds;
	double value[RCS_BENCH_ROUNDS_MAX];
	double second[RCS_BENCH_ROUNDS_MAX];
	struct rcs_samples
		samples; /* of rounds in which nothing disturbed the reader */
	struct rcs_samples disturbed;
};

/* What a caller did in a round; or all of them. */
struct rcs_bench_tally {
	uint64_t count;
	uint64_t begun_ns, ended_ns; /* the first of them, the last of them */
} RCS_BENCH_ALIGNED;

/* A single reader with a CPU of its own runs as much of a round, if left alone. */
#define RCS_BENCH_UNDISTURBED 0.9
/* So few rounds without disturbance are too few to drop all others. */
#define RCS_BENCH_FEW 3

struct rcs_bench_rig {
	struct rcs_board *board;
	const struct rcs_plan *plan;
	struct rcs_result *result;
	struct rcs_barrier_choice choice;
	void *barrier_state;
	struct rcs_rcu_ground ground; /* of the plan's barrier */
	struct rcs_team *team;
	uint64_t deadline_ns;
	void *pointer; /* what readers dereference */
	void *objects; /* of callbacks.c */

	uint32_t subjects;
	struct rcs_bench_subject subject[RCS_RCU_BENCH_ROWS];
	struct rcs_rcu *domain[RCS_RCU_BENCH_FLAVOURS];

	/* By thread. */
	struct rcs_error *error;
	struct rcs_bench_word *word;
	struct rcs_bench_tally *tally;

	/* Of the round that runs. */
	struct rcs_bench_subject *now;
	bool counts; /* is not the one that warms up */
	void (*caller)(struct rcs_bench_rig *rig, int thread);
	uint64_t round_ns;		    /* its length */
	uint64_t until_ns;		    /* its end, on rcs_clock_ns() */
	unsigned ready RCS_BENCH_ALIGNED;   /* readers that read */
	unsigned calling RCS_BENCH_ALIGNED; /* callers that are not through */
	unsigned over RCS_BENCH_ALIGNED;    /* readers end, and callers soon */
	unsigned giving RCS_BENCH_ALIGNED;  /* producers that still call() */
	double ran;	     /* of a single reader: that part of its time on a CPU */
	uint64_t drained_ns; /* when barrier() came back, on rcs_clock_ns() */
};

/*
 * Sends all threads through one round of a subject: readers read, and each caller,
 * once they do, runs caller(), which ends by itself at until_ns or soon after. 0, or
 * -1 and *e. What a caller left in error[] ends up in the row's reason.
 */
int rcs_bench_round(struct rcs_bench_rig *rig, struct rcs_bench_subject *s,
		    void (*caller)(struct rcs_bench_rig *rig, int thread), uint64_t ns,
		    struct rcs_error *e);

/*
 * One round of each subject in turn, to warm up, and then so many that count, each
 * beginning with another subject; until time is up or the parent wants an end.
 */
typedef int rcs_bench_once(struct rcs_bench_rig *rig, struct rcs_bench_subject *s,
			   struct rcs_error *e);
int rcs_bench_rounds(struct rcs_bench_rig *rig, uint32_t rounds, rcs_bench_once *once,
		     struct rcs_error *e);

/* Whether a caller's time is up. */
bool rcs_bench_over(const struct rcs_bench_rig *rig);

/* Of all callers, after a round. */
struct rcs_bench_tally rcs_bench_sum(const struct rcs_bench_rig *rig);
double rcs_bench_per_second(const struct rcs_bench_tally *tally);

/* Notes what came out of a round, if it counts. */
void rcs_bench_note(struct rcs_bench_rig *rig, struct rcs_bench_subject *s,
		    double value, double second);

/* The thread enters the subject's domain, or none if that is a yardstick. NULL: it
 * could not, and error[thread] has it. */
struct rcs_rcu_thread *rcs_bench_enter(struct rcs_bench_rig *rig, int thread);
void rcs_bench_leave(struct rcs_rcu_thread *self);

/* Each of the kinds: 0 and the rows; -1 and *e. */
int rcs_bench_read(struct rcs_bench_rig *rig, struct rcs_error *e);
int rcs_bench_grace(struct rcs_bench_rig *rig, struct rcs_error *e);
int rcs_bench_rate(struct rcs_bench_rig *rig, struct rcs_error *e);
int rcs_bench_callbacks(struct rcs_bench_rig *rig, struct rcs_error *e);

/* The subject of that row, NULL if there is none: for ratios. */
const struct rcs_bench_subject *rcs_bench_subject(const struct rcs_bench_rig *rig,
						  const char *name);

#endif
