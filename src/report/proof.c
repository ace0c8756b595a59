/* SPDX-License-Identifier: BSD-2-Clause */
/* Answers, states and flags as lines: see proof.h. */
#include "report/proof.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "litmus/print.h"
#include "report/state.h"
#include "report/style.h"

#define FEW_STATES 16	/* are shown without --states, of one test */
#define STATE_SIZE 8192 /* of all registers and locations that there can be */

/* As the verdicts of a run that are of the same kind. */
static const enum rcs_verdict colors[] = {
	[RCS_STANDING_UNSTATED] = RCS_ALLOWED,
	[RCS_STANDING_EXPECTED] = RCS_HOLDS,
	[RCS_STANDING_CONTRADICTED] = RCS_BROKEN,
	[RCS_STANDING_GAVE_UP] = RCS_INCONCLUSIVE,
};

static const struct {
	enum rcs_flag flag;
	const char *text;
} flags[] = {
	{RCS_FLAG_DATA_RACE, "data race"},
	{RCS_FLAG_RCU_UNBALANCED,
	 "rcu_read_lock() and rcu_read_unlock() are not pairs"},
	{RCS_FLAG_SRCU_UNBALANCED,
	 "srcu_read_lock() and srcu_read_unlock() are not pairs"},
	{RCS_FLAG_SLEEP, "synchronize_srcu() in an RCU read-side section"},
	{RCS_FLAG_UNLOCK, "spin_unlock() of a lock that was not taken"},
	{RCS_FLAG_MIXED, "plain writes and marked accesses in one region"},
};

static void print_seconds(double seconds, char *text, size_t size)
{
	if (seconds < 0.9995e-3)
		(void)snprintf(text, size, "%.0f us", seconds * 1e6);
	else if (seconds < 0.9995)
		(void)snprintf(text, size, "%.1f ms", seconds * 1e3);
	else
		(void)snprintf(text, size, "%.2f s", seconds);
}

void rcs_proof_head(const struct rcs_proof_table *t)
{
	if (!t->quiet)
		(void)fprintf(t->out, "%-*s  model  %-9s  %6s  %13s  %10s  %8s  %s\n",
			      t->width, "test", "answer", "states", "true/allowed",
			      "candidates", "time", "its file");
}

static void print_standing(const struct rcs_proof_table *t,
			   const struct rcs_litmus *test, enum rcs_model model,
			   enum rcs_answer_standing standing)
{
	enum rcs_answer stated = rcs_answer_stated(test, t->barrier, model);

	if (standing == RCS_STANDING_EXPECTED)
		(void)fprintf(t->out, "  as expected");
	else if (standing == RCS_STANDING_CONTRADICTED)
		(void)fprintf(t->out, "  %sEXPECTED %s%s",
			      rcs_style_verdict(RCS_BROKEN, t->colored),
			      rcs_answer_names[stated], rcs_style_plain(t->colored));
	else if (stated != RCS_ANSWER_UNKNOWN)
		(void)fprintf(t->out, "  expected %s", rcs_answer_names[stated]);
}

static void print_row(const struct rcs_proof_table *t, const struct rcs_litmus *test,
		      const struct rcs_proof *proof, enum rcs_model model,
		      enum rcs_answer_standing standing)
{
	const struct rcs_answers *a = &proof->model[model];
	char time[32], executions[48];

	print_seconds(proof->seconds, time, sizeof(time));
	(void)snprintf(executions, sizeof(executions), "%" PRIu64 "/%" PRIu64,
		       a->with_target, a->allowed);
	(void)fprintf(t->out, "%-*s  %-5s  %s%-9s%s  %6d  %13s  %10" PRIu64 "  %8s",
		      t->width, test->name, rcs_model_names[model],
		      rcs_style_verdict(colors[standing], t->colored),
		      rcs_answer_text(a->answer), rcs_style_plain(t->colored),
		      a->states, executions, proof->candidates, time);
	print_standing(t, test, model, standing);
	(void)fputc('\n', t->out);
}

/* " (lkmm, sc)": of the models that are printed, those in a set. */
static void print_models(const struct rcs_proof_table *t, unsigned int models)
{
	const char *comma = " (";

	if (models == 0)
		(void)fprintf(t->out, " (none");
	for (int i = 0; i < t->models; i++) {
		if ((models >> t->model[i] & 1) == 0)
			continue;
		(void)fprintf(t->out, "%s%s", comma, rcs_model_names[t->model[i]]);
		comma = ", ";
	}
	(void)fputc(')', t->out);
}

static void print_flags(const struct rcs_proof_table *t, const struct rcs_proof *proof)
{
	for (size_t f = 0; f < sizeof(flags) / sizeof(flags[0]); f++) {
		unsigned int models = 0;

		for (int i = 0; i < t->models; i++) {
			if ((proof->model[t->model[i]].flags & flags[f].flag) != 0)
				models |= 1u << t->model[i];
		}
		if (models == 0)
			continue;
		(void)fprintf(t->out, "  flag: %s", flags[f].text);
		print_models(t, models);
		(void)fputc('\n', t->out);
	}
	if (proof->deadlock)
		(void)fprintf(
			t->out,
			"  flag: every execution deadlocks%s or is filtered out\n",
			proof->strayed ? ", is left out" : "");
	if (proof->strayed)
		(void)fprintf(t->out, "  note: executions are left out in which a "
				      "thread would follow what is no address, or "
				      "compute what has no value\n");
}

/* With forall, what fails it. */
static bool is_target(const struct rcs_litmus *test, const struct rcs_state *s)
{
	return s->target != (test->quantifier == RCS_FORALL);
}

static void print_states(const struct rcs_proof_table *t, const struct rcs_litmus *test,
			 const struct rcs_proof *proof)
{
	char text[STATE_SIZE];
	int width = 0;

	for (int s = 0; s < proof->states; s++) {
		int length = rcs_state_text(test, proof, &proof->state[s], text,
					    sizeof(text));

		width = length > width ? length : width;
	}
	(void)fprintf(t->out, "  %d final state%s, and the models that allow %s%s:\n",
		      proof->states, proof->states == 1 ? "" : "s",
		      proof->states == 1 ? "it" : "each",
		      proof->gave_up ? ", as far as is known" : "");
	for (int s = 0; s < proof->states; s++) {
		(void)rcs_state_text(test, proof, &proof->state[s], text, sizeof(text));
		(void)fprintf(t->out, "    %c %-*s ",
			      is_target(test, &proof->state[s]) ? '*' : ' ', width,
			      text);
		print_models(t, proof->state[s].allowed);
		(void)fputc('\n', t->out);
	}
}

static void print_condition(const struct rcs_proof_table *t,
			    const struct rcs_litmus *test)
{
	static const char *const quantifiers[] = {
		[RCS_EXISTS] = "exists",
		[RCS_NOT_EXISTS] = "~exists",
		[RCS_FORALL] = "forall",
	};
	static const char *const barriers[] = {
		[RCS_PROVE_NONE] = "smp_memb() does nothing here",
		[RCS_PROVE_LOCAL] =
			"smp_memb() is a full fence of its caller here, and "
			"nothing to others",
		[RCS_PROVE_STRIPPED] = "no fence does anything here",
	};

	(void)fprintf(t->out, "%s: %s (", test->name, quantifiers[test->quantifier]);
	rcs_litmus_print_condition(test, test->target, t->out);
	(void)fprintf(t->out, ")\n");
	if (test->about[0] != '\0')
		(void)fprintf(t->out, "  %.*s\n", rcs_litmus_summary(test),
			      test->about);
	if (t->barrier != RCS_PROVE_IDEAL)
		(void)fprintf(t->out, "  %s\n", barriers[t->barrier]);
}

/* What the answers mean, once each. */
static void print_meaning(const struct rcs_proof_table *t,
			  const struct rcs_proof *proof)
{
	static const char *const meaning[] = {
		[RCS_NEVER] = "no allowed execution ends so",
		[RCS_SOMETIMES] = "some allowed executions end so, and some do not",
		[RCS_ALWAYS] = "every allowed execution ends so",
	};
	bool said[RCS_ALWAYS + 1] = {false};

	for (int i = 0; i < t->models; i++)
		said[proof->model[t->model[i]].answer] = true;
	for (int a = RCS_NEVER; a <= RCS_ALWAYS; a++) {
		if (said[a])
			(void)fprintf(t->out, "  %s: %s\n", rcs_answer_names[a],
				      meaning[a]);
	}
	if (proof->filtered > 0)
		(void)fprintf(t->out, "  filter: %" PRIu64 " candidate%s dropped\n",
			      proof->filtered, proof->filtered == 1 ? "" : "s");
}

/* Counts a test's answers. Whether something has to be said of them. */
static bool count_test(const struct rcs_proof_table *t, const struct rcs_litmus *test,
		       const struct rcs_proof *proof, struct rcs_proof_count *count)
{
	bool amiss = proof->deadlock || proof->gave_up;

	count->tests++;
	count->seconds += proof->seconds;
	for (int i = 0; i < t->models; i++) {
		const struct rcs_answers *a = &proof->model[t->model[i]];

		count->answers++;
		amiss = amiss || a->flags != 0;
		switch (rcs_answer_standing(test, t->barrier, t->model[i], a->answer)) {
		case RCS_STANDING_UNSTATED:
			count->unstated++;
			break;
		case RCS_STANDING_EXPECTED:
			count->expected++;
			break;
		case RCS_STANDING_CONTRADICTED:
			count->contradicted++;
			amiss = true;
			break;
		case RCS_STANDING_GAVE_UP:
			count->gave_up++;
			amiss = true;
			break;
		}
	}
	return amiss;
}

bool rcs_proof_test(const struct rcs_proof_table *t, const struct rcs_litmus *test,
		    const struct rcs_proof *proof, struct rcs_proof_count *count)
{
	bool amiss = count_test(t, test, proof, count);

	if (t->quiet && !amiss)
		return false;
	if (t->alone && !t->quiet) {
		print_condition(t, test);
		rcs_proof_head(t);
	}
	for (int i = 0; i < t->models; i++)
		print_row(t, test, proof, t->model[i],
			  rcs_answer_standing(test, t->barrier, t->model[i],
					      proof->model[t->model[i]].answer));
	if (proof->gave_up)
		(void)fprintf(t->out, "  why: %s\n", proof->why);
	print_flags(t, proof);
	if (t->alone && !t->quiet)
		print_meaning(t, proof);
	if (proof->states > 0 &&
	    (t->states || (t->alone && proof->states <= FEW_STATES)))
		print_states(t, test, proof);
	else if (proof->states > 0 && t->alone)
		(void)fprintf(t->out, "  %d final states: --states lists them\n",
			      proof->states);
	(void)fflush(t->out);
	return true;
}

void rcs_proof_foot(const struct rcs_proof_table *t,
		    const struct rcs_proof_count *count)
{
	char time[32];

	print_seconds(count->seconds, time, sizeof(time));
	(void)fprintf(
		t->out, "%d test%s, %d model%s: %d answer%s, %d as expected, %d not",
		count->tests, count->tests == 1 ? "" : "s", t->models,
		t->models == 1 ? "" : "s", count->answers,
		count->answers == 1 ? "" : "s", count->expected, count->contradicted);
	if (count->unstated > 0)
		(void)fprintf(t->out, ", %d unstated", count->unstated);
	(void)fprintf(t->out, ", %d gave up; %s", count->gave_up, time);
	if (count->failed > 0)
		(void)fprintf(t->out, "; %d not understood", count->failed);
	(void)fputc('\n', t->out);
	(void)fflush(t->out);
}
