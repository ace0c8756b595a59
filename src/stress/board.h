/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The memory that the parent and a cell's process share. The parent writes the plan
 * before the cell starts, and may raise `stop`; the cell writes progress all along
 * and its result again and again, so that something is left if it dies. The parent
 * reads the result only when the cell has ended; progress is a word at a time.
 */
#ifndef RCS_STRESS_BOARD_H
#define RCS_STRESS_BOARD_H

#include "host/error.h"
#include "stress/plan.h"
#include "stress/result.h"
#include "stress/round_log.h"

enum rcs_phase {
	RCS_PHASE_START,
	RCS_PHASE_CALIBRATE,
	RCS_PHASE_BLOCKS,
	RCS_PHASE_END,
};

struct rcs_progress {
	uint32_t heartbeat; /* goes up all the time while the cell is well */
	uint32_t phase;
	uint32_t done;	 /* blocks that count */
	uint32_t needed; /* of that many */
};

struct rcs_board {
	/* Both sides are one program, or two of one build: sizeof(struct rcs_board),
	 * and the version of who made it. */
	uint32_t size;
	char version[16];
	uint32_t stop; /* raised by the parent: end the round, give what there is */
	struct rcs_progress progress;
	char crashed_in[48]; /* a plug-in's function; empty: none */
	struct rcs_plan plan;
	struct rcs_result result;
	struct rcs_round_log rounds;
};

/* A new board, and a descriptor for the cell to inherit. NULL and *e on failure. */
struct rcs_board *rcs_board_create(int *descriptor, struct rcs_error *e);

/* The board behind an inherited descriptor, which is closed. NULL and *e if it is none
 * of ours. */
struct rcs_board *rcs_board_open(int descriptor, struct rcs_error *e);

void rcs_board_close(struct rcs_board *board);

#endif
