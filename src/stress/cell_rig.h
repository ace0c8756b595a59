/* SPDX-License-Identifier: BSD-2-Clause */
/* What a cell is made of while it runs; and the rounds it is judged by. */
#ifndef RCS_STRESS_CELL_RIG_H
#define RCS_STRESS_CELL_RIG_H

#include "barrier/barrier.h"
#include "stress/board.h"
#include "stress/mechanism.h"
#include "stress/samples.h"
#include "stress/sb.h"
#include "stress/twin.h"
#include "verdict/sensitivity.h"

struct rcs_cell {
	struct rcs_board *board;
	const struct rcs_plan *plan;
	struct rcs_result *result;
	struct rcs_barrier_choice choice;
	void *barrier_state;
	void **writer_state;	   /* by writer */
	struct rcs_error *entered; /* by thread: whether it could enter */
	struct rcs_team *team;
	struct rcs_sb *sb;
	struct rcs_random random;

	uint64_t begun_ns; /* the cell */
	uint64_t deadline_ns;
	uint64_t first_round_ns; /* start of the first subject round */

	/*
	 * Durations of the subject's heavy calls: with no reader running; with
	 * readers that have no amplifier; in the rounds that are judged.
	 */
	struct rcs_samples alone, exposed, amplified;
	struct rcs_twin_state *twin_state; /* by writer */
	void **twin_argument;		   /* by writer: &twin_state[w] */

	struct rcs_setting setting;
	struct rcs_mechanism_watch mechanism;

	/* Evidence, by twin; begun anew when the mechanism changes. */
	uint64_t evidence[RCS_TWINS];
	struct rcs_power power[RCS_TWINS];
};

/* The subject's arm; and the control's, as the twin over what is known now. */
struct rcs_arm rcs_cell_subject(const struct rcs_cell *cell);
struct rcs_arm rcs_cell_control(struct rcs_cell *cell, enum rcs_twin twin);
/* Full fences on both sides, waiting as that twin does. */
struct rcs_arm rcs_cell_reference(struct rcs_cell *cell, enum rcs_twin twin);

/* The cell's tick: heartbeat up; true when the parent wants it to end. */
bool rcs_cell_tick(void *cell);

bool rcs_cell_out_of_time(const struct rcs_cell *cell);

/* Adds a line to the result's notes, as far as there is room. */
void rcs_cell_note(struct rcs_cell *cell, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

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

#endif
