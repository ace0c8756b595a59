/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * asym_two: asym, but a section is left with a plain store, and a second heavy call
 * (4) follows the scan in place of release and acquire: what stands before the cut it
 * makes in a reader, the section that was left among it, is ordered before all that
 * follows the call. On x86 and s390x, where a release costs nothing, it has nothing for
 * it; elsewhere it spares readers a fence at the price of a second call. Kept to
 * compare: `rcustress bench --rcu` shows both.
 */
#include "rcu/asym/instance.h"
#include "rcu/read/asym_two.h"

extern const struct rcs_rcu_flavour rcs_rcu_asym_two, rcs_rcu_asym_two_delayed;

static const struct rcs_rcu_design delayed = {
	.two_heavy = true,
	.delays = true,
};

RCS_ASYM_FLAVOUR(asym_two_delayed, &delayed, .name = "asym-two",
		 .summary = "asym-two, with delay points");

RCS_ASYM_FLAVOUR(asym_two, &rcs_asym_two_design, .name = "asym-two",
		 .summary = "asym with plain stores and a second heavy barrier",
		 .source = "the scheme of liburcu's memb flavour, with a sequence",
		 .torture = &rcs_rcu_asym_two_delayed);
