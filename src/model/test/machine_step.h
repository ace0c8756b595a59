/* SPDX-License-Identifier: BSD-2-Clause */
/* One state of the machines, and the steps from it. */
#ifndef RCS_MODEL_TEST_MACHINE_STEP_H
#define RCS_MODEL_TEST_MACHINE_STEP_H

#include "model/test/machine.h"

#define MACHINE_THREADS	  6
#define MACHINE_LOCATIONS 10
#define MACHINE_REGISTERS 12
#define MACHINE_STORES	  10 /* in a buffer */
#define MACHINE_CALLS	  3  /* in one statement */

/* Values: numbers are smaller than this; from here on they are addresses. */
#define MACHINE_ADDRESS 0x4000

enum machine_call {
	MACHINE_NO_CALL,
	MACHINE_MEMB,
	MACHINE_GRACE_PERIOD,
};

/* What a call waits for, of each other thread: that many stores to reach memory, or */
#define MACHINE_UNTIL_EMPTY   (-1)
#define MACHINE_UNTIL_UNLOCKS (-2)

struct machine_thread {
	int16_t statement; /* that it is at, or RCS_NONE */
	int16_t calls;	   /* of that statement that are done, and their results */
	int16_t result[MACHINE_CALLS];
	int16_t reg[MACHINE_REGISTERS];
	int16_t stores; /* that are in the buffer, the oldest first */
	int16_t location[MACHINE_STORES], value[MACHINE_STORES];
	int16_t closed; /* so many of them are from before a section's end */
	int16_t depth;	/* of RCU read-side sections */
	int16_t call;	/* enum machine_call: it is in that call, and waits for */
	int16_t wait[MACHINE_THREADS];
};

struct machine_state {
	int16_t memory[MACHINE_LOCATIONS];
	struct machine_thread thread[MACHINE_THREADS];
};

struct machine {
	const struct rcs_litmus *test;
	enum machine_kind kind;
	enum rcs_prove_barrier barrier;
	const char *why_not;
	/* By statement: what comes after it; its calls in the order of their doing. */
	int32_t after[RCS_LITMUS_NODES];
	int32_t call[RCS_LITMUS_NODES][MACHINE_CALLS];
	int calls[RCS_LITMUS_NODES];
	int ordinal[RCS_LITMUS_NODES]; /* by expression: which of them it is */
};

void machine_prepare(struct machine *m);
void machine_start(struct machine *m, struct machine_state *s);

/* One step of a thread's program; false if there is none now. */
bool machine_step(struct machine *m, struct machine_state *s, int thread);

/* The oldest store of its buffer goes to memory; false if it is empty. */
bool machine_flush(struct machine *m, struct machine_state *s, int thread);

bool machine_ended(const struct machine *m, const struct machine_state *s);

struct rcs_litmus_value machine_value(int16_t word);

#endif
