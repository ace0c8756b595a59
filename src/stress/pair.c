/* SPDX-License-Identifier: BSD-2-Clause */
/* Kinds of pairs of CPUs: see pair.h. */
#include "stress/pair.h"

enum rcs_pair rcs_pair_of(const struct rcs_seat *a, const struct rcs_seat *b)
{
	if (a->cpu == b->cpu)
		return RCS_PAIR_SAME;
	if (a->package < 0 || b->package < 0)
		return RCS_PAIR_OTHER;
	if (a->package != b->package)
		return RCS_PAIR_REMOTE;
	if (a->core >= 0 && a->core == b->core)
		return RCS_PAIR_SIBLINGS;
	if (a->cache >= 0 && a->cache == b->cache)
		return RCS_PAIR_CACHE;
	return RCS_PAIR_PACKAGE;
}

const char *rcs_pair_name(enum rcs_pair pair)
{
	static const char *const names[RCS_PAIRS] = {
		[RCS_PAIR_UNBOUND] = "threads not bound",
		[RCS_PAIR_SAME] = "one CPU",
		[RCS_PAIR_SIBLINGS] = "SMT siblings",
		[RCS_PAIR_CACHE] = "cores of one cache",
		[RCS_PAIR_PACKAGE] = "cores of one package",
		[RCS_PAIR_REMOTE] = "different packages",
		[RCS_PAIR_OTHER] = "CPUs of unknown seat",
	};

	return names[pair];
}
