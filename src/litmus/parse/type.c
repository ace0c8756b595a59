/* SPDX-License-Identifier: BSD-2-Clause */
/* Types as they are written. Values have 32 bits: long and intptr_t are int here. */
#include "litmus/parse/parser.h"

bool rcs_parse_type(struct rcs_parser *p, struct rcs_written_type *type)
{
	*type = (struct rcs_written_type){.type = RCS_TYPE_INT, .at = p->token.at};
	if (rcs_parse_accept(p, "atomic_t")) {
		type->atomic = true;
	} else if (rcs_parse_accept(p, "spinlock_t")) {
		type->type = RCS_TYPE_LOCK;
	} else if (rcs_parse_accept(p, "struct")) {
		type->type = RCS_TYPE_SRCU;
		if (!rcs_parse_sees(p, "srcu_struct"))
			(void)rcs_lexer_fail(&p->lexer, type->at,
					     "no struct is supported but srcu_struct");
		rcs_parse_want(p, "srcu_struct");
	} else if (!rcs_parse_accept(p, "int") && !rcs_parse_accept(p, "long") &&
		   !rcs_parse_accept(p, "intptr_t")) {
		return false;
	}
	while (type->stars < 3 && rcs_parse_accept(p, "*"))
		type->stars++;
	return !p->lexer.failed;
}

bool rcs_parse_location_type(struct rcs_parser *p, int32_t location, enum rcs_type type,
			     struct rcs_position at)
{
	static const char *const names[] = {
		[RCS_TYPE_INT] = "an int",
		[RCS_TYPE_POINTER] = "a pointer",
		[RCS_TYPE_LOCK] = "a spinlock_t",
		[RCS_TYPE_SRCU] = "a srcu_struct",
	};
	struct rcs_litmus_location *l;

	if (location == RCS_NONE)
		return false;
	l = &p->test->location[location];
	if (p->location[location].typed && l->type != type)
		(void)rcs_lexer_fail(&p->lexer, at, "'%s' is %s, but was %s before",
				     l->name, names[type], names[l->type]);
	/* Without a type, a number does for an int; 0, for all that is. */
	if (!p->location[location].typed && type != RCS_TYPE_INT &&
	    l->initial.number != 0)
		(void)rcs_lexer_fail(&p->lexer, at,
				     "'%s' is %s, but begins as a number", l->name,
				     names[type]);
	l->type = type;
	p->location[location].typed = true;
	return !p->lexer.failed;
}
