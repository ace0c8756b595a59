/* SPDX-License-Identifier: BSD-2-Clause */
/* Telling store buffering from other tests: see sb_shape.h. */
#include "stress/sb_shape.h"

struct side {
	int32_t stored, loaded; /* locations */
	int32_t into;		/* register */
	enum rcs_ordering between;
};

static const struct rcs_expression *call_of(const struct rcs_litmus *test,
					    const struct rcs_statement *s)
{
	const struct rcs_expression *x = &test->expression[s->expression];

	return x->kind == RCS_EXPRESSION_CALL ? x : NULL;
}

static bool names(const struct rcs_litmus *test, const struct rcs_expression *call,
		  enum rcs_action action, int32_t *location)
{
	const struct rcs_primitive_row *row = &rcs_primitives[call->primitive];
	const struct rcs_expression *address;

	if (row->action != action || row->ordering != RCS_ORDER_RELAXED)
		return false;
	address = &test->expression[call->operand[0]];
	*location = address->index;
	return address->kind == RCS_EXPRESSION_LOCATION;
}

/* Store; barrier; load. */
static bool side_of(const struct rcs_litmus *test, int32_t thread, struct side *side)
{
	const struct rcs_statement *s[3];
	const struct rcs_expression *call[3];
	int32_t at = test->thread[thread].first;

	for (int n = 0; n < 3; n++) {
		if (at == RCS_NONE)
			return false;
		s[n] = &test->statement[at];
		if (s[n]->kind != (n < 2 ? RCS_STATEMENT_CALL : RCS_STATEMENT_ASSIGN))
			return false;
		call[n] = call_of(test, s[n]);
		if (call[n] == NULL)
			return false;
		at = s[n]->next;
	}
	if (at != RCS_NONE || !names(test, call[0], RCS_ACTION_WRITE, &side->stored) ||
	    !names(test, call[2], RCS_ACTION_READ, &side->loaded))
		return false;
	side->between = rcs_primitives[call[1]->primitive].ordering;
	side->into = s[2]->target;
	return test->expression[call[0]->operand[1]].kind == RCS_EXPRESSION_NUMBER &&
	       test->expression[call[0]->operand[1]].number != 0;
}

/* "r = 0" of that side, and nothing else. */
static bool is_missed(const struct rcs_condition *c, int32_t thread,
		      const struct side *side)
{
	return c->kind == RCS_CONDITION_EQUAL && c->thread == thread &&
	       c->index == side->into && !c->value.is_address && c->value.number == 0;
}

static bool target_fits(const struct rcs_litmus *test, const struct side *side)
{
	const struct rcs_condition *target = &test->condition[test->target];
	const struct rcs_condition *a, *b;

	if (target->kind != RCS_CONDITION_AND || test->quantifier == RCS_FORALL ||
	    test->filter != RCS_NONE)
		return false;
	a = &test->condition[target->operand[0]];
	b = &test->condition[target->operand[1]];
	return (is_missed(a, 0, &side[0]) && is_missed(b, 1, &side[1])) ||
	       (is_missed(a, 1, &side[1]) && is_missed(b, 0, &side[0]));
}

bool rcs_sb_shape(const struct rcs_litmus *test)
{
	struct side side[2];

	if (test->threads != 2 || !side_of(test, 0, &side[0]) ||
	    !side_of(test, 1, &side[1]))
		return false;
	for (int n = 0; n < 2; n++) {
		const struct rcs_litmus_location *l = &test->location[side[n].stored];

		if (l->type != RCS_TYPE_INT || l->initial.is_address ||
		    l->initial.number != 0)
			return false;
	}
	return side[0].stored == side[1].loaded && side[1].stored == side[0].loaded &&
	       side[0].stored != side[1].stored &&
	       ((side[0].between == RCS_ORDER_BARRIER &&
		 side[1].between == RCS_ORDER_MEMB) ||
		(side[1].between == RCS_ORDER_BARRIER &&
		 side[0].between == RCS_ORDER_MEMB)) &&
	       target_fits(test, side);
}
