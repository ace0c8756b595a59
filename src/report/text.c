/* SPDX-License-Identifier: BSD-2-Clause */
/* The report that people read: see text.h. */
#include "report/text.h"

#include <inttypes.h>
#include <string.h>

#include "report/quote.h"
#include "report/record.h"
#include "report/style.h"
#include "report/torture.h"
#include "report/witness.h"
#include "report/words.h"

/* What emulation leaves of a verdict. */
static void print_emulation(FILE *out, const struct rcs_machine *m)
{
	(void)fprintf(
		out,
		"         under emulation by %s: a verdict speaks of the emulator "
		"and its host, and is marked\n",
		m->emulator[0] != '\0' ? m->emulator : "an unknown emulator");
	(void)fprintf(out,
		      "         no %s CPU is tested, and HOLDS says nothing about any; "
		      "on an x86 host only a store behind a later load can be seen, "
		      "and nothing else that %s allows\n",
		      m->arch, m->arch);
}

/* Behind every verdict that an emulator had a part in, also when quiet. */
static const char *emulation_mark(const struct rcs_text *t)
{
	return t->emulated ? " (emulated)" : "";
}

void rcs_text_header(const struct rcs_text *t, const struct rcs_text_run *run)
{
	const struct rcs_machine *m = run->machine;

	if (t->verbosity < 0)
		return;
	(void)fprintf(t->out,
		      "machine  %s, %s, %s%s, CPUs %s, %d threads (%d writer%s, %d "
		      "reader%s), seed %" PRIu64 "\n",
		      m->arch, m->kernel, m->cpu, m->virtual ? " (virtual)" : "",
		      run->cpus, run->writers + run->readers, run->writers,
		      run->writers == 1 ? "" : "s", run->readers,
		      run->readers == 1 ? "" : "s", run->seed);
	if (t->verbosity > 0)
		(void)fprintf(t->out, "         CPU order from %s\n", run->topology);
	if (m->emulated)
		print_emulation(t->out, m);
}

void rcs_text_plugin(const struct rcs_text *t, const char *name, const char *place,
		     const char *summary)
{
	if (t->verbosity < 0)
		return;
	(void)fprintf(t->out, "plug-in  %s: %s, of ", name, summary);
	rcs_quote_line(t->out, place);
	(void)fputc('\n', t->out);
}

static void print_quantiles(FILE *out, const char *what, const struct rcs_quantiles *q)
{
	if (q->samples == 0) {
		(void)fprintf(out, "not measured %s", what);
		return;
	}
	rcs_report_duration(out, q->p50_ns);
	(void)fprintf(out, " / ");
	rcs_report_duration(out, q->p99_ns);
	(void)fprintf(out, " %s", what);
}

static void print_barrier(const struct rcs_text *t, const struct rcs_plan *plan,
			  const struct rcs_result *r)
{
	const struct rcs_mechanism *m = &r->mechanism;
	char barrier[RCS_BARRIER_SHOWN_SIZE];

	if (plan->own_barrier)
		(void)fprintf(t->out, "flavour  %s: grace period p50/p99 ", plan->rcu);
	else
		(void)fprintf(t->out, "barrier  %s: heavy call p50/p99 ",
			      rcs_record_barrier(plan, barrier));
	print_quantiles(t->out, "exposed", &r->exposed);
	(void)fprintf(t->out, ", ");
	print_quantiles(t->out, "alone", &r->alone);
	if (!m->readable) {
		(void)fprintf(t->out, "; interrupts not readable\n");
		if (t->verbosity > 0 && m->rows[0] != '\0')
			(void)fprintf(t->out, "         %s\n", m->rows);
		return;
	}
	(void)fprintf(t->out, "; %.2f interrupts per exposed call\n", m->per_exposed);
	if (t->verbosity > 0 && m->least_cpu >= 0)
		(void)fprintf(
			t->out,
			"         rows %s of /proc/interrupts; fewest: %.2f on CPU %d; "
			"one a call throughout: %s\n",
			m->rows, m->least, m->least_cpu, m->throughout ? "yes" : "no");
}

static void print_counts(const struct rcs_text *t, const struct rcs_plan *plan,
			 const struct rcs_result *r)
{
	const struct rcs_arm_total *control = &r->control[r->twin];
	bool judged = plan->judged;

	(void)fprintf(t->out, "  subject %" PRIu64 "/%" PRIu64, r->subject.hits,
		      r->subject.exposed);
	if (!judged && r->subject.time_ns > 0)
		(void)fprintf(
			t->out, ", %.3g hits/s at %.3g iterations/s",
			(double)r->subject.hits / ((double)r->subject.time_ns * 1e-9),
			(double)r->subject.calls / ((double)r->subject.time_ns * 1e-9));
	if (judged && control->rounds == 0)
		(void)fprintf(t->out, ", control not run");
	else if (judged)
		(void)fprintf(t->out, ", control %" PRIu64 "/%" PRIu64 " (%s%s)",
			      control->hits, control->exposed,
			      plan->has_heavy ? "twin " : "fences stripped",
			      plan->has_heavy ? rcs_twin_name(r->twin) : "");
	if (r->amplifier[0] != '\0') {
		(void)fprintf(t->out, ", amplifier %s", r->amplifier);
		if (r->depth > 1)
			(void)fprintf(t->out, " x%u", r->depth);
	}
	if (r->verdict == RCS_HOLDS || r->verdict == RCS_INCONCLUSIVE) {
		(void)fputs(", ", t->out);
		rcs_words_p_missed(t->out, r->p_missed);
		if (r->sensitivity >= 1.0)
			(void)fprintf(t->out, ", sensitivity one in %.0f",
				      r->sensitivity);
	}
}

static void print_amplified(const struct rcs_text *t, const struct rcs_plan *plan,
			    const struct rcs_result *r)
{
	if (r->amplified.samples == 0)
		return;
	(void)fprintf(t->out, "         %s p50/p99 ",
		      plan->own_barrier ? "grace period" : "heavy call");
	print_quantiles(t->out, "with amplified readers", &r->amplified);
	(void)fputc('\n', t->out);
}

static void print_arm(const struct rcs_text *t, const char *name,
		      const struct rcs_arm_total *a)
{
	if (a->rounds == 0)
		return;
	(void)fprintf(t->out,
		      "         %-14s %" PRIu64 " rounds, %" PRIu64 " hit; %" PRIu64
		      " hits in %" PRIu64 " exposed of %" PRIu64 " calls; %.2f s\n",
		      name, a->rounds, a->hit_rounds, a->hits, a->exposed, a->calls,
		      (double)a->time_ns * 1e-9);
}

/* Which kinds of pair of CPUs were tried, and which were hit. */
static void print_pairs(const struct rcs_text *t, const struct rcs_result *r)
{
	for (int p = 0; p < RCS_PAIRS; p++) {
		const struct rcs_pair_total *subject = &r->subject_by_pair[p];
		const struct rcs_pair_total *control = &r->control_by_pair[p];

		if (subject->exposed + control->exposed > 0)
			(void)fprintf(t->out,
				      "  on %s: subject %" PRIu64 "/%" PRIu64
				      ", control %" PRIu64 "/%" PRIu64 "%s\n",
				      rcs_pair_name((enum rcs_pair)p), subject->hits,
				      subject->exposed, control->hits, control->exposed,
				      r->verdict == RCS_HOLDS && control->hits == 0
					      ? ": never hit, so nothing is said of it"
					      : "");
	}
}

static int pairs_seen(const struct rcs_result *r)
{
	int seen = 0;

	for (int p = 0; p < RCS_PAIRS; p++)
		seen += r->subject_by_pair[p].exposed > 0;
	return seen;
}

/* Final states, the target marked with a star. */
static void print_states(const struct rcs_text *t, const struct rcs_plan *plan,
			 const struct rcs_result *r)
{
	if (r->state_count == 0)
		return;
	(void)fprintf(t->out, "         %12s %12s   final state (* %s)\n", "subject",
		      "control", plan->judged ? "forbidden" : "target");
	for (uint32_t i = 0; i < r->state_count; i++)
		(void)fprintf(t->out, "         %12" PRIu64 " %12" PRIu64 " %c %s\n",
			      r->state[i].subject, r->state[i].control,
			      r->state[i].target ? '*' : ' ', r->state[i].label);
	if (r->states_left_out > 0)
		(void)fprintf(t->out, "         and %" PRIu32 " more\n",
			      r->states_left_out);
}

static void print_details(const struct rcs_text *t, const struct rcs_plan *plan,
			  const struct rcs_result *r)
{
	static const char *const runners[] = {
		[RCS_RUNNER_SB] = "perpetual, readers share writers",
		[RCS_RUNNER_PERPETUAL] = "perpetual",
		[RCS_RUNNER_BATCHED] = "batched",
		[RCS_RUNNER_RCU] = "RCU torture",
	};

	if (r->torture.flavour[0] != '\0')
		rcs_report_torture_details(t->out, &r->torture);
	print_amplified(t, plan, r);
	print_arm(t, "subject", &r->subject);
	print_arm(t, plan->has_heavy ? "control delay" : "control",
		  &r->control[RCS_TWIN_DELAY]);
	print_arm(t, "control absent", &r->control[RCS_TWIN_ABSENT]);
	print_arm(t, "reference", &r->reference);
	(void)fprintf(t->out, "         runner %s: %d threads in %d group%s\n",
		      runners[plan->runner], plan->writers + plan->readers,
		      plan->groups, plan->groups == 1 ? "" : "s");
	print_states(t, plan, r);
	if (r->needed > 0)
		(void)fprintf(t->out,
			      "         %" PRIu64 " blocks; %" PRIu64 " of the %" PRIu64
			      " needed count for %s%s; layout %u; %.2f s\n",
			      r->blocks, r->evidence, r->needed,
			      plan->has_heavy ? "twin " : "the control",
			      plan->has_heavy ? rcs_twin_name(r->twin) : "", r->layout,
			      (double)r->elapsed_ns * 1e-9);
}

/* What stands in brackets behind the verdict; nothing where it speaks for itself. */
static void print_mark(FILE *out, enum rcs_verdict verdict,
		       const struct rcs_standing *s)
{
	bool expected = rcs_as_expected(verdict, s->expected);

	if (s->self_test && verdict == RCS_BROKEN)
		(void)fprintf(out, " (as a control must be)");
	else if (s->unclaimed && verdict == RCS_HOLDS)
		(void)fprintf(out, " (%snot claimed here)",
			      expected ? "as expected, " : "");
	else if (expected)
		(void)fprintf(out, " (as expected)");
}

static void print_verdict(const struct rcs_text *t, const struct rcs_plan *plan,
			  const struct rcs_result *r, const struct rcs_standing *s)
{
	char barrier[RCS_BARRIER_SHOWN_SIZE];

	(void)fprintf(t->out, "%s%s%s", rcs_style_verdict(r->verdict, t->colored),
		      rcs_verdict_name(r->verdict), rcs_style_plain(t->colored));
	print_mark(t->out, r->verdict, s);
	(void)fprintf(t->out, "%s  %s  %s", emulation_mark(t),
		      rcs_record_barrier(plan, barrier), plan->test);
	if (r->interrupted)
		(void)fprintf(t->out, "  (partial: interrupted)");
	if (r->subject.rounds > 0)
		print_counts(t, plan, r);
	(void)fputc('\n', t->out);
}

/* What was to be seen, according to the model of the machine or to the test's file. */
static void print_prospect(const struct rcs_text *t, const struct rcs_plan *plan)
{
	static const char *const words[] = {
		[RCS_OUTLOOK_UNKNOWN] = "not known",
		[RCS_OUTLOOK_FORBIDDEN] = "forbidden",
		[RCS_OUTLOOK_ALLOWED] = "allowed",
	};
	const struct rcs_prospect *p = &plan->prospect;
	enum rcs_outlook without = plan->has_heavy ? p->none : p->stripped;

	if (p->model < 0 || p->ideal == RCS_OUTLOOK_UNKNOWN)
		return;
	/* One line, and one source. */
	if (!plan->has_heavy && p->stripped_stated != p->ideal_stated)
		without = RCS_OUTLOOK_UNKNOWN;
	if (p->ideal_stated)
		(void)fprintf(t->out, "  its file: ");
	else
		(void)fprintf(t->out, "  model: %s, ", rcs_model_names[p->model]);
	(void)fprintf(t->out, "%s %s", words[p->ideal],
		      plan->has_heavy ? "with the barrier" : "as it stands");
	if (without != RCS_OUTLOOK_UNKNOWN)
		(void)fprintf(t->out, ", %s %s", words[without],
			      plan->has_heavy ? "without it"
					      : "with its fences stripped");
	(void)fprintf(t->out, "%s\n",
		      p->contradicts ? " (its file says something else)" : "");
}

/* Said of every verdict that another was expected instead of, also when quiet. */
static void print_expected(const struct rcs_text *t, const struct rcs_result *r,
			   unsigned expected)
{
	char verdicts[64];

	if (!rcs_unexpected(r->verdict, expected))
		return;
	rcs_verdicts_print(expected, " or ", verdicts, sizeof(verdicts));
	(void)fprintf(t->out, "  %s was expected%s\n", verdicts,
		      r->verdict == RCS_INCONCLUSIVE ? ", and this could not tell"
						     : ", and not this");
}

static void print_reasons(const struct rcs_text *t, const struct rcs_result *r,
			  const struct rcs_standing *s)
{
	bool quiet = t->verbosity < 0;

	if (r->reason[0] != '\0' && (!quiet || r->verdict == RCS_FAULT))
		(void)fprintf(t->out, "  why: %s\n", r->reason);
	print_expected(t, r, s->expected);
	if (s->self_test && r->verdict != RCS_BROKEN && r->verdict != RCS_SKIPPED)
		(void)fprintf(t->out,
			      "  this control does nothing and was not caught, so "
			      "the run as a whole could not have told\n");
	if (s->unclaimed && r->verdict == RCS_HOLDS && !quiet)
		(void)fprintf(t->out,
			      "  note: nothing says that this orders memory on this "
			      "architecture: it did here, which is no promise\n");
}

void rcs_text_cell(const struct rcs_text *t, const struct rcs_plan *plan,
		   const struct rcs_result *r, const struct rcs_standing *standing)
{
	if (t->verbosity >= 0 && r->subject.rounds > 0 &&
	    r->exposed.samples + r->alone.samples > 0)
		print_barrier(t, plan, r);
	print_verdict(t, plan, r, standing);
	if (t->verbosity >= 0)
		print_prospect(t, plan);
	print_reasons(t, r, standing);
	if (r->verdict == RCS_BROKEN && r->witness.present && t->verbosity >= 0)
		rcs_report_witness(t->out, &r->witness);
	if (r->torture.sections > 0 && t->verbosity >= 0)
		rcs_report_torture(t->out, &r->torture);
	if (r->verdict == RCS_HOLDS && r->proviso[0] != '\0')
		(void)fprintf(t->out, "  proviso: %s\n", r->proviso);
	if (t->verbosity > 0 || (t->verbosity == 0 && pairs_seen(r) > 1))
		print_pairs(t, r);
	for (uint32_t n = 0; n < r->note_count && t->verbosity >= 0; n++)
		(void)fprintf(t->out, "  note: %s\n", r->note[n]);
	if (t->verbosity > 0 && r->subject.rounds > 0)
		print_details(t, plan, r);
	(void)fflush(t->out);
}

void rcs_text_footer(const struct rcs_text *t, const struct rcs_text_end *run)
{
	(void)fprintf(t->out, "%s%s%s%s: %d cell%s in %.1f s",
		      rcs_style_run_end(run->end, t->colored),
		      rcs_run_end_name(run->end), rcs_style_plain(t->colored),
		      emulation_mark(t), run->cells, run->cells == 1 ? "" : "s",
		      (double)run->elapsed_ns * 1e-9);
	if (run->holding.count > 0)
		(void)fprintf(t->out, ", P(any missed) at most %.1e",
			      run->holding.p_any_missed);
	(void)fprintf(t->out, "%s\n", run->interrupted ? ", interrupted" : "");
	(void)fflush(t->out);
}
