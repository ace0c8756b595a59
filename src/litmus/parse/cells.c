/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What locations are: locks and srcu_structs, if primitives take them for that, and
 * cells otherwise, for a number or an address, whatever threads declare them to be.
 */
#include "litmus/parse/parser.h"

static const char *const names[RCS_CELL_USES] = {
	[RCS_USED_AS_CELL] = "an int",
	[RCS_USED_AS_LOCK] = "a spinlock_t",
	[RCS_USED_AS_SRCU] = "a srcu_struct",
};

/* Where each location is first used as each of these; line 0: nowhere. */
struct uses {
	struct rcs_position at[RCS_LITMUS_LOCATIONS][RCS_CELL_USES];
};

static enum rcs_cell_use use_of(enum rcs_action action)
{
	switch (action) {
	case RCS_ACTION_LOCK:
	case RCS_ACTION_UNLOCK:
	case RCS_ACTION_TRYLOCK:
	case RCS_ACTION_IS_LOCKED:
		return RCS_USED_AS_LOCK;
	case RCS_ACTION_SRCU_LOCK:
	case RCS_ACTION_SRCU_UNLOCK:
	case RCS_ACTION_SRCU_SYNC:
		return RCS_USED_AS_SRCU;
	default:
		return RCS_USED_AS_CELL;
	}
}

/* What row makes of the location or, behind a pointer, of nobody knows which. */
static void note_use(struct rcs_parser *p, struct uses *uses,
		     const struct rcs_expression *call)
{
	const struct rcs_primitive_row *row = &rcs_primitives[call->primitive];
	const struct rcs_expression *x = &p->test->expression[call->operand[0]];
	enum rcs_cell_use use = use_of(row->action);
	bool declared = false;

	if (x->kind != RCS_EXPRESSION_LOCATION) {
		if (use != RCS_USED_AS_CELL)
			(void)rcs_lexer_fail(&p->lexer, x->at, "%s works on %s",
					     row->name, names[use]);
		return;
	}
	declared = use == RCS_USED_AS_CELL || p->location[x->index].is[use];
	if (!declared)
		(void)rcs_lexer_fail(&p->lexer, x->at,
				     "%s works on %s, which '%s' is not", row->name,
				     names[use], p->test->location[x->index].name);
	for (int u = 0; u < RCS_CELL_USES; u++)
		if (u != (int)use && uses->at[x->index][u].line > 0)
			(void)rcs_lexer_fail(
				&p->lexer, x->at,
				"'%s' is used as %s here, but as %s in line %d",
				p->test->location[x->index].name, names[use], names[u],
				uses->at[x->index][u].line);
	if (uses->at[x->index][use].line == 0)
		uses->at[x->index][use] = x->at;
}

/* The first declaration counts, unless it is of what the location is not used for. */
static enum rcs_type type_of(const struct rcs_parser *p, int32_t location,
			     const struct rcs_position *used)
{
	const struct rcs_litmus_location *l = &p->test->location[location];

	if (used[RCS_USED_AS_LOCK].line > 0)
		return RCS_TYPE_LOCK;
	if (used[RCS_USED_AS_SRCU].line > 0)
		return RCS_TYPE_SRCU;
	if (!p->location[location].typed)
		return l->initial.is_address ? RCS_TYPE_POINTER : RCS_TYPE_INT;
	if (used[RCS_USED_AS_CELL].line > 0 &&
	    (l->type == RCS_TYPE_LOCK || l->type == RCS_TYPE_SRCU))
		return RCS_TYPE_INT;
	return l->type;
}

static bool is_cell(const struct rcs_litmus *test, int64_t location)
{
	return test->location[location].type == RCS_TYPE_INT ||
	       test->location[location].type == RCS_TYPE_POINTER;
}

/* Nothing can be made of the address of a lock but a call that takes its name. */
static void check_value(struct rcs_parser *p, const struct rcs_litmus_value *value,
			struct rcs_position at)
{
	if (value->is_address && !is_cell(p->test, value->number))
		(void)rcs_lexer_fail(&p->lexer, at,
				     "the address of '%s', no int, cannot be a value",
				     p->test->location[value->number].name);
}

static void check_initial(struct rcs_parser *p)
{
	for (int32_t l = 0; l < p->test->locations; l++) {
		struct rcs_litmus_location *location = &p->test->location[l];

		if (!is_cell(p->test, l) &&
		    (location->initial.is_address || location->initial.number != 0))
			(void)rcs_lexer_fail(&p->lexer, p->location[l].initial,
					     "'%s' cannot hold a number or an address",
					     location->name);
		check_value(p, &location->initial, p->location[l].initial);
	}
	for (int32_t t = 0; t < p->test->threads; t++)
		for (int32_t r = 0; r < p->test->thread[t].registers; r++)
			check_value(p, &p->test->thread[t].reg[r].initial,
				    p->reg[t][r].initial);
}

/* Addresses of locks that are no first operand of a primitive. */
static void check_addresses(struct rcs_parser *p)
{
	const struct rcs_litmus *test = p->test;
	bool named[RCS_LITMUS_NODES] = {false};

	for (int32_t i = 0; i < test->expressions; i++)
		if (test->expression[i].kind == RCS_EXPRESSION_CALL &&
		    test->expression[i].operand[0] != RCS_NONE)
			named[test->expression[i].operand[0]] = true;
	for (int32_t i = 0; i < test->expressions; i++) {
		const struct rcs_expression *x = &test->expression[i];

		if (x->kind == RCS_EXPRESSION_LOCATION && !named[i])
			check_value(p,
				    &(struct rcs_litmus_value){.is_address = true,
							       .number = x->index},
				    x->at);
	}
}

void rcs_parse_cells(struct rcs_parser *p)
{
	struct uses uses = {0};

	for (int32_t i = 0; i < p->test->expressions && !p->lexer.failed; i++)
		if (p->test->expression[i].kind == RCS_EXPRESSION_CALL &&
		    p->test->expression[i].operand[0] != RCS_NONE)
			note_use(p, &uses, &p->test->expression[i]);
	if (p->lexer.failed)
		return;
	for (int32_t l = 0; l < p->test->locations; l++) {
		struct rcs_litmus_location *location = &p->test->location[l];

		location->type = type_of(p, l, uses.at[l]);
		location->atomic &= location->type == RCS_TYPE_INT;
	}
	check_initial(p);
	check_addresses(p);
}
