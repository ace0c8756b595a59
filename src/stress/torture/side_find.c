/* SPDX-License-Identifier: BSD-2-Clause */
/* Which read side goes with a flavour. */
#include <string.h>

#include "stress/torture/rig.h"

/* As names of C have it: "asym-two" is asym_two. */
static bool same(const char *in_c, const char *name)
{
	for (; *in_c != '\0' && *name != '\0'; in_c++, name++) {
		if (*in_c != *name && !(*in_c == '_' && *name == '-'))
			return false;
	}
	return *in_c == *name;
}

static const struct rcs_torture_side *find(const struct rcs_torture_side *side,
					   const char *name)
{
	while (side->name != NULL && !same(side->name, name))
		side++;
	return side->name != NULL ? side : NULL;
}

const struct rcs_torture_side *rcs_torture_side_find(const char *name)
{
	const struct rcs_torture_side *side = find(rcs_torture_sides, name);

	if (side == NULL)
		side = find(rcs_torture_sides_mutants, name);
	return side != NULL ? side : &rcs_torture_side_by_call;
}

const struct rcs_torture_side *rcs_torture_side_find_delayed(const char *name)
{
	return find(rcs_torture_sides_delayed, name);
}
