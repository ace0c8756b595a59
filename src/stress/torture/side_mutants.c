/* SPDX-License-Identifier: BSD-2-Clause */
/* The read sides of mutants, inlined into the readers' loop. */
#include "rcu/mutants/read.h"
#include "stress/torture/read_loop.h"
#include "stress/torture/rig.h"

#define X(name, summary, why_not, ...) RCS_TORTURE_READ_FUNCTIONS(name, mutant_##name)
#include "rcu/mutants/list.h"
#undef X

const struct rcs_torture_side rcs_torture_sides_mutants[] = {
#define X(name, summary, why_not, ...)                                                 \
	{"mutant:" #name, {read_##name, read_fenced_##name}},
#include "rcu/mutants/list.h"
#undef X
	{NULL, {NULL, NULL}},
};
