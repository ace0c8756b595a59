/* SPDX-License-Identifier: BSD-2-Clause */
/* The read sides of this program's flavours, inlined into the readers' loop. */
#include "rcu/read/all.h"
#include "stress/torture/read_loop.h"
#include "stress/torture/rig.h"

#define X(name) RCS_TORTURE_READ_FUNCTIONS(name, name)
#include "rcu/list_here.h"
#undef X

const struct rcs_torture_side rcs_torture_sides[] = {
#define X(name) {"" #name, {read_##name, read_fenced_##name}},
#include "rcu/list_here.h"
#undef X
	{NULL, {NULL, NULL}},
};
