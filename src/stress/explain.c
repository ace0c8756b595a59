/* SPDX-License-Identifier: BSD-2-Clause */
/* Verdicts in words: see explain.h. */
#include "stress/explain.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void say(struct rcs_result *r, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void say(struct rcs_result *r, const char *format, ...)
{
	size_t used = strlen(r->reason);
	va_list args;

	va_start(args, format);
	(void)vsnprintf(r->reason + used, sizeof(r->reason) - used, format, args);
	va_end(args);
}

static void say_duration(struct rcs_result *r, uint64_t ns)
{
	if (ns < 1000000)
		say(r, "%.1f us", (double)ns / 1e3);
	else
		say(r, "%.1f ms", (double)ns / 1e6);
}

/* Why the interrupts do not let the absent twin back anything. */
static void say_mechanism(const struct rcs_plan *plan, struct rcs_result *r)
{
	const struct rcs_mechanism *m = &r->mechanism;

	if (!plan->has_heavy)
		return;
	if (!rcs_plan_calls_alone(plan))
		say(r, "; the absent twin stands in for one writer only");
	else if (!m->readable)
		say(r, "; the absent twin cannot stand in: %s", m->rows);
	else if (!m->throughout)
		say(r,
		    "; the absent twin cannot stand in: it takes an interrupt for each "
		    "exposed call, and %.2f were seen over all rounds",
		    m->per_exposed);
}

static void say_inconclusive(const struct rcs_plan *plan, struct rcs_result *r)
{
	const struct rcs_arm_total *control = &r->control[r->twin];

	if (r->interrupted) {
		say(r, "interrupted: %" PRIu64 " of %" PRIu64 " blocks done",
		    r->evidence, r->needed);
	} else if (r->cpu_lost) {
		say(r,
		    "CPU %d was taken away while the run went on (by a cpuset, or "
		    "taken "
		    "offline): %" PRIu64 " of %" PRIu64 " blocks done",
		    r->lost_cpu, r->evidence, r->needed);
	} else if (plan->cpus_used < 2) {
		say(r, "only one CPU may be used: threads that take turns on one CPU "
		       "always "
		       "see each other's stores in order; allow two or more");
	} else if (plan->no_control) {
		say(r,
		    "--no-control: without a control that fails, not being hit means "
		    "nothing");
	} else if (r->evidence == 0 && r->reach_ns > 0 &&
		   r->exposed.p50_ns > 2 * r->reach_ns) {
		say(r, "a call of ");
		say_duration(r, r->exposed.p50_ns);
		say(r, " is %.0f times longer than stores can be held back for here (",
		    (double)r->exposed.p50_ns / (double)r->reach_ns);
		say_duration(r, r->reach_ns);
		say(r, " or so): its twin cannot be hit");
		say_mechanism(plan, r);
	} else if (r->subject.exposed > 0 && r->blocks == 0) {
		say(r, "the time was too short for a single block: more time");
	} else if (!plan->has_heavy && r->subject.exposed == 0) {
		say(r, r->subject.calls == 0
			       ? "the time was over before an instance of the test was "
				 "through: more time; or does a thread wait for a lock "
				 "that "
				 "nobody releases?"
			       : "no instance was seen whose threads ran at the same "
				 "time, "
				 "and that its filter lets pass: are there CPUs for "
				 "all of "
				 "them?");
	} else if (r->subject.calls == 0) {
		say(r, "the time was over before a heavy call was made: more time, or "
		       "fewer --threads or less --memory to set up");
	} else if (r->subject.exposed == 0) {
		say(r, "no reader was seen running during a heavy call: are there CPUs "
		       "for "
		       "readers and writer to run at the same time?");
	} else if (r->p_missed <= plan->p_target && r->reference.exposed == 0) {
		say(r, "not hit, but the reference had no exposed call to hold against "
		       "it: more time");
	} else if (r->p_missed <= plan->p_target &&
		   plan->sensitivity > r->sensitivity) {
		say(r,
		    "not hit, but only a failure of one call in %.0f or more often "
		    "would "
		    "have shown, not one in %.0f: more time",
		    r->sensitivity, plan->sensitivity);
	} else {
		say(r,
		    "%" PRIu64 " blocks in which the %s was hit count, and %" PRIu64
		    " are needed (%" PRIu64 " blocks were run)",
		    r->evidence,
		    !plan->has_heavy		? "control (fences stripped)"
		    : r->twin == RCS_TWIN_DELAY ? "delay twin"
						: "absent twin",
		    r->needed, r->blocks);
		if (plan->has_heavy && r->twin == RCS_TWIN_DELAY &&
		    control->rounds > 0 && control->hits == 0)
			say(r, ": calls take longer than stores can be held back for "
			       "with this amplifier");
		else
			say(r, ": more time would help");
		say_mechanism(plan, r);
	}
}

/* The promise that is broken; how, the witness says. */
static const char *broken_promise(const struct rcs_witness *witness)
{
	for (int n = 0; n < RCS_TORTURE_CHECKS; n++) {
		enum rcs_torture_check check = (enum rcs_torture_check)n;

		if (strcmp(rcs_torture_check_name(check), witness->state) == 0)
			return rcs_torture_check_meaning(check);
	}
	return witness->story;
}

static void say_broken(const struct rcs_plan *plan, struct rcs_result *r)
{
	if (plan->runner == RCS_RUNNER_RCU)
		say(r, "%s", broken_promise(&r->witness));
	else if (plan->runner == RCS_RUNNER_SB)
		say(r, "a reader and the writer both missed the other's store");
	else if (plan->has_heavy)
		say(r, "the target was seen, which no barrier that orders memory "
		       "allows");
	else
		say(r, "the target was seen, which this architecture forbids: the "
		       "machine, the kernel or the compiler is at fault");
}

void rcs_explain(const struct rcs_plan *plan, struct rcs_result *r)
{
	r->reason[0] = '\0';
	switch (r->verdict) {
	case RCS_INCONCLUSIVE:
		say_inconclusive(plan, r);
		break;
	case RCS_BROKEN:
		say_broken(plan, r);
		break;
	case RCS_FAULT:
		if (r->reference.hits > 0 && plan->rcu_plugin[0] != '\0')
			say(r,
			    "the reference was hit %" PRIu64
			    " times, and the subject never: with a full fence behind "
			    "read_lock() and one before read_unlock() RCU '%s' does "
			    "not wait for readers, and what it rests on instead is not "
			    "known here",
			    r->reference.hits, plan->rcu);
		else if (r->reference.hits > 0)
			say(r,
			    "the reference was hit %" PRIu64
			    " times: full fences did not order memory, so the machine, "
			    "the compiler "
			    "or "
			    "this program is at fault",
			    r->reference.hits);
		break;
	case RCS_ALLOWED:
	case RCS_HOLDS:
	case RCS_SKIPPED:
		break;
	}
}
