/* SPDX-License-Identifier: BSD-2-Clause */
/* Final states and their counts: see histogram.h. */
#include "stress/histogram.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define SLOTS (4 * RCS_STATES_MAX)

static int find_item(const struct rcs_histogram *h, int32_t thread, int32_t index)
{
	for (int i = 0; i < h->observed; i++) {
		if (h->item[i].thread == thread && h->item[i].index == index)
			return i;
	}
	return -1;
}

static bool add_item(struct rcs_histogram *h, int32_t thread, int32_t index)
{
	if (find_item(h, thread, index) >= 0)
		return true;
	if (h->observed == RCS_OBSERVED_MAX)
		return false;
	h->item[h->observed++] = (struct rcs_litmus_shown){thread, index};
	return true;
}

int rcs_histogram_start(struct rcs_histogram *h, const struct rcs_litmus *test,
			struct rcs_error *e)
{
	bool all = true;

	memset(h, 0, sizeof(*h));
	h->test = test;
	/* Every condition node belongs to the filter or to the target. */
	for (int32_t c = 0; c < test->conditions; c++) {
		const struct rcs_condition *node = &test->condition[c];

		if (node->kind >= RCS_CONDITION_EQUAL)
			all = all && add_item(h, node->thread, node->index);
		if (node->kind >= RCS_CONDITION_SAME)
			all = all && add_item(h, node->other.thread, node->other.index);
	}
	for (int32_t s = 0; s < test->shown_count; s++)
		all = all && add_item(h, test->shown[s].thread, test->shown[s].index);
	if (!all)
		return rcs_fail(e, RCS_ERROR_UNSUPPORTED,
				"%s: its conditions name more than %d registers and "
				"locations",
				test->name, RCS_OBSERVED_MAX);
	return 0;
}

static int64_t wanted(const struct rcs_litmus_value *v)
{
	return v->is_address ? RCS_ADDRESS_VALUE(v->number) : v->number;
}

/*
 * Operands stand before their node, so one pass from the front has them all; and no
 * recursion follows what a file says.
 */
bool rcs_histogram_satisfies(const struct rcs_histogram *h, int32_t condition,
			     const int64_t *value)
{
	bool holds[RCS_LITMUS_NODES];

	for (int32_t c = 0; c <= condition; c++) {
		const struct rcs_condition *node = &h->test->condition[c];
		int item, other;

		switch (node->kind) {
		case RCS_CONDITION_TRUE:
			holds[c] = true;
			break;
		case RCS_CONDITION_NOT:
			holds[c] = !holds[node->operand[0]];
			break;
		case RCS_CONDITION_AND:
			holds[c] = holds[node->operand[0]] && holds[node->operand[1]];
			break;
		case RCS_CONDITION_OR:
			holds[c] = holds[node->operand[0]] || holds[node->operand[1]];
			break;
		case RCS_CONDITION_EQUAL:
		case RCS_CONDITION_UNEQUAL:
			item = find_item(h, node->thread, node->index);
			holds[c] = (value[item] == wanted(&node->value)) ==
				   (node->kind == RCS_CONDITION_EQUAL);
			break;
		case RCS_CONDITION_SAME:
		case RCS_CONDITION_DIFFERENT:
			item = find_item(h, node->thread, node->index);
			other = find_item(h, node->other.thread, node->other.index);
			holds[c] = (value[item] == value[other]) ==
				   (node->kind == RCS_CONDITION_SAME);
			break;
		}
	}
	return holds[condition];
}

static uint32_t hash(const int64_t *value, int count)
{
	uint64_t sum = 0;

	for (int i = 0; i < count; i++)
		sum = (sum ^ (uint64_t)value[i]) * UINT64_C(0x9e3779b97f4a7c15);
	return (uint32_t)(sum >> 40);
}

struct rcs_state *rcs_histogram_find(struct rcs_histogram *h, const int64_t *value)
{
	size_t bytes = (size_t)h->observed * sizeof(*value);
	uint32_t at = hash(value, h->observed) % SLOTS;
	struct rcs_state *state;
	bool holds;

	for (; h->slot[at] != 0; at = (at + 1) % SLOTS) {
		state = &h->state[h->slot[at] - 1];
		if (memcmp(state->value, value, bytes) == 0)
			return state;
	}
	state = &h->other;
	if (h->states < RCS_STATES_MAX) {
		state = &h->state[h->states++];
		h->slot[at] = (uint16_t)h->states;
	}
	memcpy(state->value, value, bytes);
	holds = rcs_histogram_satisfies(h, h->test->target, value);
	state->target = holds == (h->test->quantifier != RCS_FORALL);
	state->filtered = h->test->filter != RCS_NONE &&
			  !rcs_histogram_satisfies(h, h->test->filter, value);
	return state;
}

void rcs_histogram_label(const struct rcs_histogram *h, const struct rcs_state *state,
			 char *text, size_t size)
{
	const struct rcs_litmus *test = h->test;
	size_t used = 0;

	text[0] = '\0';
	for (int i = 0; i < h->observed && used < size; i++) {
		const struct rcs_litmus_shown *item = &h->item[i];
		int64_t v = state->value[i];
		char value[RCS_LITMUS_NAME_SIZE];
		int wrote;

		if (v >= RCS_ADDRESS_VALUE(0) && v < RCS_ADDRESS_VALUE(test->locations))
			(void)snprintf(value, sizeof(value), "%s",
				       test->location[v - RCS_ADDRESS_VALUE(0)].name);
		else
			(void)snprintf(value, sizeof(value), "%" PRId64, v);
		if (item->thread == RCS_NONE)
			wrote = snprintf(text + used, size - used, "%s%s=%s;",
					 used > 0 ? " " : "",
					 test->location[item->index].name, value);
		else
			wrote = snprintf(
				text + used, size - used, "%s%d:%s=%s;",
				used > 0 ? " " : "", (int)item->thread,
				test->thread[item->thread].reg[item->index].name,
				value);
		used += wrote > 0 ? (size_t)wrote : 0;
	}
}
