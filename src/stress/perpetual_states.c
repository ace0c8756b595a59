/* SPDX-License-Identifier: BSD-2-Clause */
/* The final states of a perpetual test: see perpetual_states.h. */
#include "stress/perpetual_states.h"

#include <stddef.h>

/* The i-th value that this register can end with; false: there are no more. */
static bool value_of(const struct rcs_litmus *test, const struct rcs_perpetual *p,
		     const struct rcs_litmus_shown *item, int i, int64_t *value)
{
	int32_t location = p->loaded[item->thread][item->index];

	if (location == RCS_NONE) {
		*value = test->thread[item->thread].reg[item->index].initial.number;
		return i == 0;
	}
	if (i == 0) {
		*value = test->location[location].initial.number;
		return true;
	}
	for (int32_t s = 0; s < test->statements; s++) {
		const struct rcs_expression *call;

		if (p->store[s] != i)
			continue;
		call = &test->expression[test->statement[s].expression];
		if (test->expression[call->operand[0]].index != location)
			continue;
		*value = test->expression[call->operand[1]].number;
		return true;
	}
	return false;
}

bool rcs_perpetual_states(const struct rcs_litmus *test, const struct rcs_perpetual *p,
			  struct rcs_histogram *states)
{
	int digit[RCS_OBSERVED_MAX] = {0};
	int64_t value[RCS_OBSERVED_MAX] = {0};
	int at = 0;

	for (int i = 0; i < states->observed; i++)
		(void)value_of(test, p, &states->item[i], 0, &value[i]);
	/* Counts through all digits, the last one fastest. */
	while (at >= 0) {
		if (states->states == RCS_STATES_MAX)
			return false;
		(void)rcs_histogram_find(states, value);
		for (at = states->observed - 1; at >= 0; at--) {
			if (value_of(test, p, &states->item[at], ++digit[at],
				     &value[at]))
				break;
			digit[at] = 0;
			(void)value_of(test, p, &states->item[at], 0, &value[at]);
		}
	}
	return true;
}
