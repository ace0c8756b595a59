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
	} else if (rcs_parse_sees(p, "void") && rcs_token_is(&p->next, "*")) {
		rcs_parse_advance(p);
	} else if (!rcs_parse_accept(p, "int") && !rcs_parse_accept(p, "long") &&
		   !rcs_parse_accept(p, "intptr_t")) {
		return false;
	}
	while (rcs_parse_accept(p, "*"))
		type->stars++;
	return !p->lexer.failed;
}

void rcs_parse_location_type(struct rcs_parser *p, int32_t location,
			     const struct rcs_written_type *type, enum rcs_type held)
{
	struct rcs_litmus_location *l;

	if (location == RCS_NONE || p->lexer.failed)
		return;
	l = &p->test->location[location];
	if (!p->location[location].typed)
		l->type = held;
	p->location[location].typed = true;
	p->location[location].is[RCS_USED_AS_LOCK] |= held == RCS_TYPE_LOCK;
	p->location[location].is[RCS_USED_AS_SRCU] |= held == RCS_TYPE_SRCU;
	l->atomic |= type->atomic && held == RCS_TYPE_INT;
}
