/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which final states a test ended in, and how often. A final state is what the
 * condition, the filter and `locations` name; it is the target when the condition
 * holds in it (with forall: when it does not).
 */
#ifndef RCS_STRESS_HISTOGRAM_H
#define RCS_STRESS_HISTOGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "host/error.h"
#include "litmus/ast.h"

#define RCS_OBSERVED_MAX 32  /* registers and locations */
#define RCS_STATES_MAX	 256 /* that are told apart; all others are one */

/* The addresses of locations, as values in a final state: above any number. */
#define RCS_ADDRESS_VALUE(location) ((INT64_C(1) << 40) + (location))

/* One final state. */
struct rcs_state {
	int64_t value[RCS_OBSERVED_MAX];
	uint64_t count;
	bool target;
	bool filtered; /* the filter drops it: it is not counted */
};

struct rcs_histogram {
	const struct rcs_litmus *test;
	int observed;
	struct rcs_litmus_shown item[RCS_OBSERVED_MAX];
	int states;
	struct rcs_state state[RCS_STATES_MAX];
	struct rcs_state other; /* all beyond those: neither target nor not */
	uint16_t slot[4 * RCS_STATES_MAX]; /* by hash: state + 1, or 0 */
};

/* Empties *h for that test. 0, or -1 and *e (UNSUPPORTED): it names too much. */
int rcs_histogram_start(struct rcs_histogram *h, const struct rcs_litmus *test,
			struct rcs_error *e);

/* The state with these values of item[], whose count is not touched; a new one if need
 * be. When there are too many already, one that stands for all others. */
struct rcs_state *rcs_histogram_find(struct rcs_histogram *h, const int64_t *value);

/* Whether values (as above) satisfy a condition of the test. */
bool rcs_histogram_satisfies(const struct rcs_histogram *h, int32_t condition,
			     const int64_t *value);

/* Writes the state as "0:r0=1; x=2;". */
void rcs_histogram_label(const struct rcs_histogram *h, const struct rcs_state *state,
			 char *text, size_t size);

#endif
