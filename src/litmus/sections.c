/* SPDX-License-Identifier: BSD-2-Clause */
/* Looking at the read-side critical sections of a test: see sections.h. */
#include "litmus/sections.h"

int rcs_litmus_action(const struct rcs_litmus *test, int32_t statement)
{
	const struct rcs_statement *s = &test->statement[statement];
	const struct rcs_expression *x = &test->expression[s->expression];

	/* Those of RCU give nothing, and so are statements of their own. */
	if (s->kind != RCS_STATEMENT_CALL || x->kind != RCS_EXPRESSION_CALL)
		return RCS_NONE;
	return (int)rcs_primitives[x->primitive].action;
}

static int refuse(const struct rcs_litmus *test, int32_t statement, const char *why,
		  struct rcs_error *e)
{
	const struct rcs_statement *s = &test->statement[statement];

	return rcs_fail(e, RCS_ERROR_UNSUPPORTED, "%s:%u:%u: %s", test->name,
			s->at.line, s->at.column, why);
}

/* Depth is bounded by the parser (RCS_LITMUS_DEPTH). */
static int check_block(const struct rcs_litmus *test, int32_t first, bool within,
		       struct rcs_error *e)
{
	int32_t begun = RCS_NONE;
	int depth = 0;

	for (int32_t i = first; i != RCS_NONE; i = test->statement[i].next) {
		const struct rcs_statement *s = &test->statement[i];
		bool inside = within || depth > 0;

		if (s->kind == RCS_STATEMENT_IF &&
		    (check_block(test, s->then, inside, e) != 0 ||
		     check_block(test, s->otherwise, inside, e) != 0))
			return -1;
		switch (rcs_litmus_action(test, i)) {
		case RCS_ACTION_RCU_LOCK:
			if (depth++ == 0)
				begun = i;
			break;
		case RCS_ACTION_RCU_UNLOCK:
			if (depth-- == 0)
				return refuse(test, i,
					      "rcu_read_unlock: no section was begun "
					      "in this block",
					      e);
			break;
		case RCS_ACTION_RCU_SYNC:
			if (inside)
				return refuse(test, i,
					      "a grace period that is waited for "
					      "within a section never ends",
					      e);
			break;
		default:
			break;
		}
	}
	if (depth > 0)
		return refuse(test, begun,
			      "rcu_read_lock: the section does not end in this block",
			      e);
	return 0;
}

int rcs_litmus_check_sections(const struct rcs_litmus *test, struct rcs_error *e)
{
	for (int32_t t = 0; t < test->threads; t++) {
		if (check_block(test, test->thread[t].first, false, e) != 0)
			return -1;
	}
	return 0;
}

static bool does(const struct rcs_litmus *test, int32_t first, enum rcs_action action)
{
	for (int32_t i = first; i != RCS_NONE; i = test->statement[i].next) {
		const struct rcs_statement *s = &test->statement[i];

		if (rcs_litmus_action(test, i) == (int)action)
			return true;
		if (s->kind == RCS_STATEMENT_IF &&
		    (does(test, s->then, action) || does(test, s->otherwise, action)))
			return true;
	}
	return false;
}

bool rcs_litmus_does(const struct rcs_litmus *test, int32_t thread,
		     enum rcs_action action)
{
	return does(test, test->thread[thread].first, action);
}

bool rcs_litmus_has_rcu(const struct rcs_litmus *test)
{
	for (int32_t t = 0; t < test->threads; t++) {
		if (rcs_litmus_does(test, t, RCS_ACTION_RCU_LOCK) ||
		    rcs_litmus_does(test, t, RCS_ACTION_RCU_SYNC))
			return true;
	}
	return false;
}
