/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/mapping.h"

rcs_set rcs_full_fences(const struct rcs_skeleton *s)
{
	return rcs_fences(s, RCS_ORDER_MB) | rcs_fences(s, RCS_ORDER_BEFORE_ATOMIC) |
	       rcs_fences(s, RCS_ORDER_AFTER_ATOMIC) |
	       rcs_fences(s, RCS_ORDER_AFTER_SPINLOCK) |
	       rcs_fences(s, RCS_ORDER_AFTER_SRCU_READ_UNLOCK) | rcs_calls(s);
}

struct rcs_relation rcs_fenced_in_front(const struct rcs_skeleton *s,
					enum rcs_ordering ordering)
{
	rcs_set first = rcs_ordered(s, ordering) & ~rel_range(s->rmw);

	return rel_then(rel_to(s->po, first), rel_maybe(s->po));
}

struct rcs_relation rcs_fenced_behind(const struct rcs_skeleton *s, rcs_set accesses)
{
	rcs_set last = accesses & ~rel_domain(s->rmw) & ~rcs_failures(s);

	return rel_then(rel_to(rel_maybe(s->po), last), s->po);
}

rcs_set rcs_ordered(const struct rcs_skeleton *s, enum rcs_ordering ordering)
{
	return s->memory & s->of_ordering[ordering];
}

rcs_set rcs_comparing(const struct rcs_skeleton *s)
{
	return rcs_accesses(s, RCS_ACTION_COMPARE) |
	       rcs_accesses(s, RCS_ACTION_ADD_UNLESS);
}

rcs_set rcs_only_looked(const struct rcs_skeleton *s)
{
	return rcs_failures(s) & ~rcs_accesses(s, RCS_ACTION_COMPARE);
}
