/* SPDX-License-Identifier: BSD-2-Clause */
/* Sections of SRCU: see srcu.h. */
#include "model/srcu.h"

struct rcs_relation rcs_srcu_sections(const struct rcs_execution *execution)
{
	const struct rcs_skeleton *s = execution->skeleton;
	const rcs_set locks = rcs_accesses(s, RCS_ACTION_SRCU_LOCK);
	const rcs_set unlocks = rcs_accesses(s, RCS_ACTION_SRCU_UNLOCK);
	struct rcs_relation carried;

	if (locks == 0 || unlocks == 0)
		return rel_none(s->events);
	carried = rel_star(rel_then(rel_to(s->data, ~unlocks), execution->rf));
	return rel_and(rel_then(rel_from(locks, carried), rel_to(s->data, unlocks)),
		       s->location);
}
