/* SPDX-License-Identifier: BSD-2-Clause */
/* The final states of a cell, from its histograms into its result: see cell_states.h.
 */
#include "stress/cell_states.h"

#include <stdlib.h>
#include <string.h>

/* The target's states first, then the most frequent of both arms. */
static int by_weight(const void *a, const void *b)
{
	const struct rcs_state_total *x = a, *y = b;
	uint64_t wx = x->subject + x->control, wy = y->subject + y->control;

	if (x->target != y->target)
		return x->target ? -1 : 1;
	return wx == wy ? 0 : wx < wy ? 1 : -1;
}

static void add_state(struct rcs_cell *cell, int arm, const struct rcs_state *state)
{
	struct rcs_state_total total = {.target = state->target};
	struct rcs_result *r = cell->result;
	struct rcs_state_total *slot;

	rcs_histogram_label(&cell->states[arm], state, total.label,
			    sizeof(total.label));
	for (uint32_t n = 0; n < r->state_count; n++) {
		if (strcmp(r->state[n].label, total.label) == 0) {
			r->state[n].control += arm == 1 ? state->count : 0;
			return;
		}
	}
	total.subject = arm == 0 ? state->count : 0;
	total.control = arm == 1 ? state->count : 0;
	slot = &r->state[r->state_count];
	if (r->state_count < RCS_STATE_TOTALS_MAX) {
		r->state_count++;
	} else {
		/* The least of them gives way. */
		r->states_left_out++;
		qsort(r->state, r->state_count, sizeof(*r->state), by_weight);
		slot = &r->state[r->state_count - 1];
		if (by_weight(slot, &total) < 0)
			return;
	}
	*slot = total;
}

void rcs_cell_report_states(struct rcs_cell *cell)
{
	struct rcs_result *r = cell->result;

	for (int arm = 0; arm < 2; arm++) {
		const struct rcs_histogram *h = &cell->states[arm];

		for (int i = 0; i < h->states; i++) {
			if (h->state[i].count > 0)
				add_state(cell, arm, &h->state[i]);
		}
		r->states_left_out += h->other.count > 0;
	}
	qsort(r->state, r->state_count, sizeof(*r->state), by_weight);
}
