/* SPDX-License-Identifier: BSD-2-Clause */
/* What the batched runner is made of; shared by the files named batched_*.c. */
#ifndef RCS_STRESS_BATCHED_RIG_H
#define RCS_STRESS_BATCHED_RIG_H

#include <sys/types.h>

#include "rcu/rcu.h"
#include "stress/batched.h"
#include "stress/footprint.h"
#include "stress/histogram.h"

/* What a seat noted of one instance; in cycles. */
struct rcs_batched_note {
	uint64_t start;		       /* all had arrived */
	uint64_t end;		       /* its part was done */
	uint64_t call_start, call_end; /* its longest heavy call; equal when none */
	unsigned calls;		       /* heavy calls that it made */
};

/* Who runs what is drawn anew so many times in a segment: see batched_deal.c. */
#define RCS_BATCHED_PHASES     32
#define RCS_BATCHED_FAVOURITES 64

/* What a seat runs: threads of the test, in this order. */
struct rcs_batched_part {
	int8_t threads;
	uint8_t thread[RCS_LITMUS_THREADS];
};

/* What all seats of a group run. */
struct rcs_batched_way {
	/* Thread of the test whose store is held up; -1: those of all in readers'
	 * seats. */
	int8_t amplified;
	struct rcs_batched_part part[RCS_LITMUS_THREADS]; /* by seat */
};

/* One thread of the team. It writes `native.astray`, `error`, `note` and its registers.
 */
struct rcs_batched_seat {
	struct rcs_native_env native; /* first: the code knows no more than this */
	struct rcs_batched *batched;
	int group;
	bool heavy; /* runs heavy sides */
	int (*heavy_call)(void *writer);
	void *heavy_argument;
	int error;		       /* of it, negative errno; 0 */
	int astray;		       /* thread of the test that went astray; -1 */
	uint64_t call_start, call_end; /* of the longest one … */
	unsigned calls;		       /* … in this instance */
	int place;		       /* in its group */
	struct rcs_batched_note *note; /* by place in the order, … */
	size_t done;		       /* … that it came through */
	struct rcs_amplify amplify;
	struct rcs_random random;
	unsigned *arrived; /* in a line of its own: how many instances it has come to */
	struct rcs_rcu_thread *reader; /* in its group's domain, during a segment */
	struct rcs_error refused;      /* why it could not be */
} __attribute__((aligned(128)));

struct rcs_batched {
	struct rcs_runner runner;
	const struct rcs_litmus *test;
	const struct rcs_native_test *native;
	struct rcs_footprint footprint[RCS_LITMUS_THREADS];
	bool refillable[RCS_LITMUS_LOCATIONS]; /* its old value may be stored again */
	bool has_heavy;
	struct rcs_rcu **rcu; /* by group; NULL: the test has no RCU */
	bool by_twin;	      /* seats of writers and of readers differ */
	int callers;	      /* threads that may make heavy calls */
	int groups;
	int cpus;			/* that threads may run on */
	int seats;			/* of a group, … */
	int writers_each, readers_each; /* … these */
	struct rcs_batched_seat *seat;	/* by thread of the team */
	struct rcs_histogram histogram; /* that knows all states seen */

	size_t instances; /* room for */
	size_t instance_size;
	uint32_t *order; /* instance by place */
	char *cells;	 /* [group][instance] */
	size_t cells_size;
	char *lines; /* arrival words, contended pages */
	size_t lines_size;
	char *notes; /* seats' notes and registers */
	size_t notes_size;
	intptr_t *registers[RCS_LITMUS_THREADS]; /* [group][instance][register] */
	uint64_t *durations;			 /* of one seat: to find their median */
	struct rcs_random random;

	const struct rcs_round *round;
	uint64_t deadline_ns;
	uint64_t instance_ns; /* of late */
	uint64_t call_ns;     /* of a heavy call of this round; 0: none seen yet */
	struct rcs_batched_way favourite[RCS_BATCHED_FAVOURITES];
	int favourites;
	/* Of the segment that runs: */
	size_t count;
	bool touch, flush; /* how instances are preloaded */
	struct rcs_batched_way way[RCS_BATCHED_PHASES]; /* by phase; of all groups */
	uint64_t yield_cycles; /* that one waits for others before it yields */
	unsigned stop __attribute__((aligned(128)));
	unsigned reading __attribute__((aligned(128)));
};

/* The seat's thread of the team: writers of all groups come first, then readers. */
static inline int rcs_batched_thread(const struct rcs_batched *b, int group, int seat)
{
	return seat < b->writers_each
		       ? group * b->writers_each + seat
		       : b->groups * b->writers_each + group * b->readers_each +
				 (seat - b->writers_each);
}

/* The phase of place k of the segment. */
static inline unsigned rcs_batched_phase(const struct rcs_batched *b, size_t k)
{
	return (unsigned)(k * RCS_BATCHED_PHASES / b->count);
}

static inline char *rcs_batched_cells(const struct rcs_batched *b, int group,
				      uint32_t instance)
{
	return b->cells + ((size_t)group * b->instances + instance) * b->instance_size;
}

static inline intptr_t *rcs_batched_registers(const struct rcs_batched *b, int thread,
					      int group, uint32_t instance)
{
	return b->registers[thread] + ((size_t)group * b->instances + instance) *
					      (size_t)b->test->thread[thread].registers;
}

/* Draws the ways of a segment. */
void rcs_batched_deal(struct rcs_batched *b);

/* The target was seen at place k of the segment: its way is worth another try. */
void rcs_batched_learn(struct rcs_batched *b, size_t k);

/* One seat's part of a segment. */
void rcs_batched_run(struct rcs_batched_seat *seat);

/* batched_rcu.c: domains of RCU for a test that has it. 0, or -1 and *e. */
int rcs_batched_rcu_create(struct rcs_batched *b, struct rcs_error *e);
void rcs_batched_rcu_destroy(struct rcs_batched *b);

/* A seat's thread begins and ends a segment. false: seat->refused says why not. */
bool rcs_batched_rcu_enter(struct rcs_batched_seat *seat);
void rcs_batched_rcu_leave(struct rcs_batched_seat *seat);

/* Has the store by which a section is entered held up, by seat->amplify. */
void rcs_batched_rcu_amplify(struct rcs_batched_seat *seat);

/* Adds what a group's segment came to. */
void rcs_batched_score(struct rcs_batched *b, int group, struct rcs_tally *tally);

/* rcs_runner_kind.destroy. */
void rcs_batched_destroy(struct rcs_runner *runner);

extern const struct rcs_runner_kind rcs_batched_kind;

#endif
