/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * asym_parity: asym where the number of a grace period is one bit, for words too short
 * for numbers that must not come round within a section.
 *
 * A reader that has loaded the parity and is held up before it stores it may store an
 * old one, which looks like the newest when two grace periods have begun since. As a
 * number it would be behind; a bit cannot say so. So each grace period flips the bit
 * and waits for those with the other, and does so again: whichever of the two a section
 * that holds the old pointer has stored (before the heavy call's cut, as in asym.c),
 * one of the scans waits for it. The first flip might as well come before that call.
 */
#include "rcu/asym/instance.h"
#include "rcu/read/asym_parity.h"

extern const struct rcs_rcu_flavour rcs_rcu_asym_parity, rcs_rcu_asym_parity_delayed;

static const struct rcs_rcu_design delayed = {
	.counting = RCS_RCU_PARITY,
	.delays = true,
};

RCS_ASYM_FLAVOUR(asym_parity_delayed, &delayed, .name = "asym-parity",
		 .summary = "asym-parity, with delay points");

RCS_ASYM_FLAVOUR(asym_parity, &rcs_asym_parity_design, .name = "asym-parity",
		 .summary = "asym with a parity that flips twice in a grace period",
		 .source = "two-phase counting as in liburcu (Desnoyers et al., 2012)",
		 .torture = &rcs_rcu_asym_parity_delayed);
