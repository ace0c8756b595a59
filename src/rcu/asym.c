/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * asym: an RCU over any asymmetric barrier, at one heavy call for a grace period.
 *
 *	reader				grace period
 *
 *	own = now			(the caller unpublishes: p = new)
 *	word = own			begun = n; full fence
 *	light			(1)	heavy
 *	  r = p, uses *r		now = now + 1, in every thread
 *	light, release		(2)	for each thread: acquire word, until it
 *	word = own - 1			  has no nesting, or is not behind now
 *	light			(3)	before sleeping: mark it; heavy; look again
 *	marked? wake		(5)	full fence; over = n, a release
 *					(the caller frees what it unpublished)
 *
 * Why a section that may hold the old pointer is waited for.
 *
 * The heavy call (1) cuts each reader's program order in two, at a point of the
 * kernel's choice: all before the cut is ordered before all that follows the call, and
 * all that came before the call, before all that follows the cut.
 *
 * - The load r = p stands behind the cut: then it sees the new pointer. Its thread may
 *   have stored its word before the cut or after it, whatever it stored, and however
 *   late that store becomes visible: if the scan sees it, it waits for nothing; if it
 *   does not, there is nothing to wait for.
 * - It stands before the cut, and may have seen the old one. So does the store of word
 *   then, as the light side keeps it before the load in the instruction stream, and the
 *   scan, which follows the call, sees that store or a later one. And so does the load
 *   of now: as the number goes on only after the call, what was loaded is a number from
 *   before, and the scan takes the word for busy until the section is left. Were it to
 *   go on before the heavy call, a CPU that satisfies loads early could take the new
 *   number and the old pointer, in this order, and not be waited for: x86 does not, as
 *   its loads stay in order, but Armv8, POWER and RISC-V do
 *   (litmus/RCU-asym+LB-mutant-advance-early).
 *
 * So one scan is enough, with no second look for readers that were between loading now
 * and storing it: those are behind, not ahead. A reader that enters again and again is
 * no trouble either: it soon has the new number. Only a parity, which cannot tell old
 * from older, needs two flips (asym_parity.c).
 *
 * Why a section that was waited for is over.
 *
 * (2) Leaving is a release, and the scan's load an acquire: what the section did, and
 * all before it, comes before what follows the scan. On x86 both are plain
 * instructions. The scan may see a later section's word instead, which is a plain
 * store to the same word after the release; CPUs keep stores to one place in order, so
 * that is as good, though the kernel's model does not say so (litmus/RCU-asym+next).
 * With plain stores to leave by, a second heavy call after the scan does it: asym_two.c.
 *
 * (5) What other CPUs did that the section had seen must also come first, for every
 * CPU. A release and an acquire are not enough for that on POWER; the full fence
 * after the scan is (litmus/RCU-asym+W+RWC-mutant-no-fence-after-scan).
 *
 * Why nobody sleeps for ever.
 *
 * (3) The reader stores its word and then looks at its mark; the grace period marks and
 * then looks at the word. That is store buffering, and the reader has no fence, so
 * another heavy call is needed; but only before sleeping, not on the way of a grace
 * period whose readers leave soon. Each thread has a mark of its own, so that only
 * those who are waited for ever wake anybody.
 *
 * Threads come and go under the lock of the registry, which every pass of a scan holds:
 * one that a scan did not see registered after it, and sees all that was unpublished
 * before. Sharing grace periods is share.h's.
 */
#include "rcu/asym/instance.h"

extern const struct rcs_rcu_flavour rcs_rcu_asym, rcs_rcu_asym_delayed;

static const struct rcs_rcu_design delayed = {
	.delays = true,
};

RCS_ASYM_FLAVOUR(asym_delayed, &delayed, .name = "asym",
		 .summary = "asym, with delay points");

RCS_ASYM_FLAVOUR(asym, &rcs_asym_design, .name = "asym",
		 .summary = "one heavy barrier, a sequence number in each reader",
		 .source = "rcustress", .torture = &rcs_rcu_asym_delayed);
