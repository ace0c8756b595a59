/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The flavours of liburcu in a program that is not linked with it. Its constructors
 * call membarrier(2) and register the process, before anything could be found out of
 * barriers for which that matters, and die of it where a filter forbids the call. So
 * its flavours run in a companion, and all that is here is what is said of them.
 */
#include <limits.h>

#include "host/companion.h"
#include "rcu/rcu.h"
#include "rcu/urcu/about.h"

#define PROGRAM "rcustress-urcu"

/* For a cell that should have been the companion's. */
static struct rcs_rcu *create(const struct rcs_rcu_options *options,
			      struct rcs_error *e)
{
	char path[PATH_MAX];

	(void)options;
	if (rcs_companion_find(PROGRAM, path, sizeof(path), e) == 0)
		rcs_fail(e, RCS_ERROR_UNSUPPORTED,
			 "it is not in this program but in %.120s, which could not be "
			 "started",
			 path);
	return NULL;
}

#define X(flavour)                                                                     \
	extern const struct rcs_rcu_flavour rcs_rcu_##flavour;                         \
	const struct rcs_rcu_flavour rcs_rcu_##flavour = {                             \
		RCS_RCU_ABOUT_##flavour, .program = PROGRAM, .create = create};
#include "rcu/urcu/list.h"
#undef X
