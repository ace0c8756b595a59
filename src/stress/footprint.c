/* SPDX-License-Identifier: BSD-2-Clause */
/* What threads of a test touch: see footprint.h. */
#include "stress/footprint.h"

#include <string.h>

struct walk {
	const struct rcs_litmus *test;
	struct rcs_footprint *out;
};

static void note_access(struct walk *w, const struct rcs_primitive_row *row,
			const struct rcs_expression *address)
{
	bool loads = true, stores = true;

	switch (row->action) {
	case RCS_ACTION_READ:
	case RCS_ACTION_IS_LOCKED:
		stores = false;
		break;
	case RCS_ACTION_WRITE:
	case RCS_ACTION_UNLOCK:
		loads = false;
		break;
	default:
		break;
	}
	/* What a register points to is not known from the text. */
	if (address->kind != RCS_EXPRESSION_LOCATION) {
		w->out->follows = w->out->follows || stores;
		return;
	}
	if (loads)
		w->out->loads |= UINT32_C(1) << address->index;
	if (stores)
		w->out->stores |= UINT32_C(1) << address->index;
	if (stores && w->out->first_store == RCS_NONE)
		w->out->first_store = address->index;
}

/* Depth is bounded by the parser (RCS_LITMUS_DEPTH). */
static void walk_expression(struct walk *w, int32_t index)
{
	const struct rcs_expression *x;

	if (index == RCS_NONE)
		return;
	x = &w->test->expression[index];
	if (x->kind == RCS_EXPRESSION_UNARY || x->kind == RCS_EXPRESSION_BINARY ||
	    x->kind == RCS_EXPRESSION_CALL) {
		for (int o = 0; o < RCS_PRIMITIVE_OPERANDS; o++)
			walk_expression(w, x->operand[o]);
	}
	if (x->kind == RCS_EXPRESSION_CALL) {
		const struct rcs_primitive_row *row = &rcs_primitives[x->primitive];

		w->out->heavy += row->ordering == RCS_ORDER_MEMB ||
				 row->action == RCS_ACTION_RCU_SYNC;
		w->out->light += row->ordering == RCS_ORDER_BARRIER ||
				 row->action == RCS_ACTION_RCU_LOCK;
		if (row->action == RCS_ACTION_RCU_LOCK &&
		    w->out->first_store == RCS_NONE)
			w->out->enters_first = true;
		if (x->operand[0] != RCS_NONE)
			note_access(w, row, &w->test->expression[x->operand[0]]);
	}
}

static void walk_statements(struct walk *w, int32_t index)
{
	for (; index != RCS_NONE; index = w->test->statement[index].next) {
		const struct rcs_statement *s = &w->test->statement[index];

		walk_expression(w, s->expression);
		if (s->kind == RCS_STATEMENT_IF) {
			walk_statements(w, s->then);
			walk_statements(w, s->otherwise);
		}
	}
}

void rcs_footprint_of(const struct rcs_litmus *test, struct rcs_footprint *by_thread)
{
	for (int32_t t = 0; t < test->threads; t++) {
		struct walk w = {test, &by_thread[t]};

		memset(w.out, 0, sizeof(*w.out));
		w.out->first_store = RCS_NONE;
		walk_statements(&w, test->thread[t].first);
	}
}

bool rcs_footprint_single_writer(const struct rcs_litmus *test,
				 const struct rcs_footprint *by_thread,
				 int32_t location)
{
	int writers = 0;

	for (int32_t t = 0; t < test->threads; t++)
		writers += by_thread[t].follows ||
			   ((by_thread[t].stores >> location) & 1) != 0;
	return writers <= 1;
}
