/* SPDX-License-Identifier: BSD-2-Clause */
/* The read sides that have a second build, with delay points: see rcu/delay.h. */
#include "rcu/read/asym.h"
#include "stress/torture/read_loop.h"
#include "stress/torture/rig.h"

static const struct rcs_rcu_design asym = {
	.delays = true,
};
static const struct rcs_rcu_design asym_two = {
	.two_heavy = true,
	.delays = true,
};
static const struct rcs_rcu_design asym_parity = {
	.counting = RCS_RCU_PARITY,
	.delays = true,
};

#define X(name) RCS_ASYM_READ_SIDE(name##_delayed, &name)
#include "stress/torture/side_delayed_list.h"
#undef X

#define X(name) RCS_TORTURE_READ_FUNCTIONS(name, name##_delayed)
#include "stress/torture/side_delayed_list.h"
#undef X

const struct rcs_torture_side rcs_torture_sides_delayed[] = {
#define X(name) {"" #name, {read_##name, read_fenced_##name}},
#include "stress/torture/side_delayed_list.h"
#undef X
	{NULL, {NULL, NULL}},
};
