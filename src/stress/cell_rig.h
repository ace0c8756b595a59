/* SPDX-License-Identifier: BSD-2-Clause */
/* What a cell is made of while it runs; and the rounds it is judged by. */
#ifndef RCS_STRESS_CELL_RIG_H
#define RCS_STRESS_CELL_RIG_H

#include "barrier/barrier.h"
#include "stress/board.h"
#include "stress/mechanism.h"
#include "stress/round_log.h"
#include "stress/runner.h"
#include "stress/samples.h"
#include "stress/tests.h"
#include "stress/twin.h"
#include "verdict/sensitivity.h"

/* What calibration found to be best against a twin. */
struct rcs_calibration {
	struct rcs_setting setting;
	double hits_per_exposed;
	double exposed_per_ns; /* while rounds of the control ran */
};

/*
 * What is known with the threads seated in one way. A barrier may take longer between
 * packages than between siblings, so each placement has durations, and so twins, of
 * its own; both rounds of a block are run at one site.
 */
struct rcs_site {
	/*
	 * Durations of the subject's heavy calls: with no reader running; with
	 * readers that have no amplifier; in the rounds that are judged.
	 */
	struct rcs_samples alone, exposed, amplified;
	struct rcs_calibration best[RCS_TWINS];
	struct rcs_setting setting;
	uint64_t round;	    /* exposed calls of a round; 0: too little is known here */
	uint64_t blocks;    /* begun here */
	uint64_t reference; /* exposed calls of the reference here */
	/* Medians of the newest durations, in cycles: see rcs_cell_refresh(). */
	uint64_t newest[RCS_TWINS];
};

struct rcs_cell {
	struct rcs_board *board;
	const struct rcs_plan *plan;
	struct rcs_result *result;
	struct rcs_round_log *rounds;
	uint32_t blocks; /* begun, and … */
	uint32_t block;	 /* … the one under way; 0: none */
	struct rcs_barrier_choice choice;
	void *barrier_state;
	void **writer_state;	   /* by caller: see rcs_plan_callers() */
	struct rcs_error *entered; /* by thread: whether it could enter, or move */
	const struct rcs_test *test;
	struct rcs_team *team;
	struct rcs_runner *runner;
	uint64_t doubtful; /* hits of the reference that a plug-in may have brought */
	struct rcs_random random;

	uint64_t begun_ns; /* the cell */
	uint64_t deadline_ns;
	uint64_t first_round_ns; /* start of the first subject round */

	struct rcs_site *site; /* by placement */
	int here;	       /* the placement that the threads are seated in */
	struct rcs_twin_state *twin_state; /* by writer */
	void **twin_argument;		   /* by writer: &twin_state[w] */

	/*
	 * Of a barrier whose light side is called; NULL: it is compiled in. Readers of
	 * the control then call one that takes these cycles, and does nothing.
	 */
	void (*light)(void *argument);
	void *light_argument;
	uint64_t light_cycles;
	/* Asked in each tick; true ends the cell. NULL: nobody is. */
	bool (*watch)(struct rcs_cell *cell);

	struct rcs_mechanism_watch mechanism;
	bool warmed_up; /* see warm_up.h */
	/* Final states of the subject and of the control, if they are to be reported.
	 */
	struct rcs_histogram states[2];

	/* How blocks are run: see course.h. */
	enum rcs_twin twin;
	uint64_t chosen_ns;	      /* when that was chosen, on rcs_clock_ns() */
	uint64_t course_ns;	      /* how long choosing took */
	uint64_t spent_ns[RCS_TWINS]; /* in blocks, and with how much … */
	uint64_t gained[RCS_TWINS];   /* … evidence, since the start */

	/* Evidence, by twin; begun anew when the mechanism changes. */
	uint64_t evidence[RCS_TWINS];
	struct rcs_power power[RCS_TWINS];
};

static inline struct rcs_site *rcs_cell_here(const struct rcs_cell *cell)
{
	return &cell->site[cell->here];
}

/*
 * Seats all threads as that placement has them. When one cannot be bound to its CPU
 * any more, result->cpu_lost says so, and the cell is out of time. 0; -1 and *e (FAULT)
 * when a thread was lost.
 */
int rcs_cell_move(struct rcs_cell *cell, int placement, struct rcs_error *e);

/*
 * The subject's arm; and the control's, as the twin over what is known here and now, or
 * as the test with its fences stripped if it has no heavy side.
 */
struct rcs_arm rcs_cell_subject(const struct rcs_cell *cell);
struct rcs_arm rcs_cell_control(struct rcs_cell *cell, enum rcs_twin twin);
/* Full fences on both sides, waiting as that twin does. */
struct rcs_arm rcs_cell_reference(struct rcs_cell *cell, enum rcs_twin twin);
/* A control that waits for ns in every call, and does nothing else. */
struct rcs_arm rcs_cell_wait(struct rcs_cell *cell, uint64_t ns);

/* Where a round of that arm counts its final states; NULL if they are not wanted. */
struct rcs_histogram *rcs_cell_states(struct rcs_cell *cell, bool control);

/* The cell's tick: heartbeat up; true when the parent wants it to end. */
bool rcs_cell_tick(void *cell);

/* Or interrupted, or without a CPU that it was to use. */
bool rcs_cell_out_of_time(const struct rcs_cell *cell);

/* Adds a line to the result's notes, as far as there is room. */
void rcs_cell_note(struct rcs_cell *cell, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Adds a round to the cell's log, with the marks and the hits that count for it. */
void rcs_cell_log(struct rcs_cell *cell, enum rcs_round_arm arm, unsigned marks,
		  const struct rcs_tally *tally, uint64_t exposed, uint64_t hits);

/*
 * A subject round of so many exposed calls, until until_ns at most; its counts go
 * into the result. *changed: the mechanism did, and evidence was begun anew.
 */
int rcs_cell_subject_round(struct rcs_cell *cell, uint64_t exposed, uint64_t until_ns,
			   struct rcs_tally *tally, bool *changed, struct rcs_error *e);

/*
 * Durations of the heavy side while no reader runs, and in so many exposed calls
 * with readers that run without an amplifier.
 */
int rcs_cell_alone(struct rcs_cell *cell, struct rcs_error *e);
int rcs_cell_exposed(struct rcs_cell *cell, uint64_t exposed, uint64_t until_ns,
		     struct rcs_error *e);

/*
 * A few calls more, alone or exposed as that twin has it: the twin never waits for
 * less than their median either. So it follows a machine that has become slower since
 * the course was set; were it to lag behind, it would be hit where a barrier that does
 * nothing is not. Before each block. *gone: the mechanism has changed, and there are
 * no durations any more that a twin could be made of.
 */
int rcs_cell_refresh(struct rcs_cell *cell, enum rcs_twin twin, bool *gone,
		     struct rcs_error *e);

#endif
