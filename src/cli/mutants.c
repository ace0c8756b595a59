/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `rcustress mutants`: tortures builds of the RCU that lie a little, and says which of
 * the lies were found out. What passes the torture is worth what this shows. Every run
 * is a cell in a process of its own.
 */
#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "barrier/barrier.h"
#include "cli/barrier_list.h"
#include "cli/interrupt.h"
#include "cli/suggest.h"
#include "cli/team_options.h"
#include "cli/values.h"
#include "rcu/mutants/mutants.h"
#include "report/kill.h"
#include "report/progress.h"
#include "stress/supervise.h"

#define RUNS_DEFAULT  5
#define LIMIT_DEFAULT UINT64_C(10000000000)
#define NAMED_MAX     64
#define UPDATERS      2 /* grace periods are shared, callbacks race */

struct mutants {
	struct rcs_team_options team;
	struct rcs_barrier_choice barrier;
	uint64_t runs;
	uint64_t limit_ns; /* of a run */
	bool witness;
	size_t named;
	const struct rcs_rcu_mutant *name[NAMED_MAX];
	struct rcs_progress_line line;
};

enum { KEY_RUNS = 0x200, KEY_WITNESS };

static const struct argp_option options[] = {
	{NULL, 0, NULL, 0, "How they are tortured:", 1},
	{"barrier", 'b', "BARRIER", 0, "The sound barrier below (default: membarrier)",
	 0},
	{"runs", KEY_RUNS, "N", 0, "Runs of each (default: 5)", 0},
	{"time", 'T', "LIMIT", 0,
	 "Limit for each run, and how long the RCU itself is tortured (default: 10s)",
	 0},
	{"witness", KEY_WITNESS, NULL, 0, "What the failing check saw, in words", 0},
	{0},
};

static void add_name(struct mutants *m, const char *arg, struct argp_state *state)
{
	struct rcs_error e;
	const struct rcs_rcu_mutant *mutant = rcs_rcu_mutant_find(arg, &e);
	struct rcs_suggestion near = {0};

	for (size_t i = 0; mutant == NULL && i < rcs_rcu_mutant_count; i++)
		rcs_suggest(&near, arg, rcs_rcu_mutants[i].name);
	if (near.best != NULL)
		argp_failure(state, argp_err_exit_status, 0, "%s; did you mean '%s'?",
			     e.text, near.best);
	else if (mutant == NULL)
		argp_failure(state, argp_err_exit_status, 0,
			     "%s; `rcustress list --mutants' shows them", e.text);
	else if (m->named == NAMED_MAX)
		argp_failure(state, argp_err_exit_status, 0,
			     "at most %d mutants can be named", NAMED_MAX);
	else
		m->name[m->named++] = mutant;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct mutants *m = state->input;
	struct rcs_error e;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &m->team;
		break;
	case 'b':
		rcs_option_check(state, rcs_barrier_look_up(arg, NULL, &m->barrier, &e),
				 "--barrier", arg, &e);
		break;
	case KEY_RUNS:
		rcs_option_check(
			state, rcs_value_count(arg, 1, RCS_KILL_RUNS_MAX, &m->runs, &e),
			"--runs", arg, &e);
		break;
	case 'T':
		rcs_option_check(state, rcs_value_duration(arg, &m->limit_ns, &e),
				 "--time", arg, &e);
		break;
	case KEY_WITNESS:
		m->witness = true;
		break;
	case ARGP_KEY_ARG:
		add_name(m, arg, state);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

/* One run of one flavour. */
static int torture(struct mutants *m, const char *flavour, uint64_t seed,
		   struct rcs_result *result, struct rcs_error *e)
{
	static struct rcs_plan plan; /* large, and one at a time */
	struct rcs_watcher watcher = {rcs_progress_draw, &m->line, rcs_interrupted};
	struct rcs_team_options team = rcs_team_of_rcu(&m->team, UPDATERS);
	int got;

	memset(&plan, 0, sizeof(plan));
	plan.job = RCS_JOB_KILL;
	plan.runner = RCS_RUNNER_RCU;
	plan.groups = 1;
	plan.judged = plan.has_heavy = true;
	plan.limit_ns = m->limit_ns;
	(void)snprintf(plan.test, sizeof(plan.test), "rcu");
	(void)snprintf(plan.rcu, sizeof(plan.rcu), "%s", flavour);
	(void)snprintf(plan.barrier, sizeof(plan.barrier), "%s", m->barrier.name);
	(void)snprintf(plan.amplifier, sizeof(plan.amplifier), "auto");
	team.seed = seed;
	if (rcs_team_plan(&team, &plan, e) != 0)
		return -1;
	rcs_progress_begin(&m->line, NULL, flavour, m->limit_ns,
			   m->limit_ns * (m->line.cells - m->line.done));
	got = rcs_supervise(&plan, &watcher, result, NULL, e);
	rcs_progress_end(&m->line);
	if (got != 0)
		return -1;
	/* What comes before anything is tortured is no verdict on a mutant. */
	if (result->verdict == RCS_SKIPPED)
		return rcs_fail(e, RCS_ERROR_UNSUPPORTED, "%s", result->reason);
	if (result->verdict == RCS_FAULT)
		return rcs_fail(e, RCS_ERROR_FAULT, "%s", result->reason);
	return 0;
}

static void add_run(struct rcs_kill *kill, const struct rcs_result *r)
{
	kill->runs++;
	if (r->verdict != RCS_BROKEN)
		return;
	if (kill->killed == 0) {
		(void)snprintf(kill->check, sizeof(kill->check), "%.23s",
			       r->witness.state);
		(void)snprintf(kill->witness, sizeof(kill->witness), "%s",
			       r->witness.story);
	}
	kill->kill_ns[kill->killed++] = r->witness.after_ns;
}

static int run_mutant(struct mutants *m, const struct rcs_rcu_mutant *mutant,
		      struct rcs_kill_sum *sum, struct rcs_error *e)
{
	struct rcs_kill kill = {
		.name = mutant->name,
		.summary = mutant->summary,
		.why_not = mutant->why_not,
	};
	struct rcs_result result;
	size_t end = m->line.done + (size_t)m->runs;

	for (uint64_t n = 0; n < m->runs && !rcs_interrupted(); n++) {
		if (torture(m, mutant->flavour->name, m->team.seed + n, &result, e) !=
		    0)
			return -1;
		if (!result.interrupted || result.verdict == RCS_BROKEN)
			add_run(&kill, &result);
		/* One that may survive is given one chance to be seen. */
		if (mutant->why_not != NULL && kill.killed == 0)
			break;
	}
	m->line.done = end;
	if (kill.runs > 0)
		rcs_kill_row(stdout, &kill, m->witness, sum);
	return 0;
}

/* Without a lie there is nothing to be found. *violated: there was. */
static int run_sound(struct mutants *m, bool *violated, struct rcs_error *e)
{
	struct rcs_kill kill = {.name = "asym", .summary = "the RCU without a lie"};
	struct rcs_result r;
	uint64_t periods = 0;

	if (torture(m, "asym", m->team.seed, &r, e) != 0)
		return -1;
	add_run(&kill, &r);
	for (int way = 0; way < RCS_TORTURE_WAYS; way++)
		periods += r.torture.periods[way];
	*violated = kill.killed > 0;
	rcs_kill_sound(stdout, &kill, r.subject.time_ns, periods);
	return 0;
}

static int run(struct mutants *m, struct rcs_kill_sum *sum, bool *violated,
	       struct rcs_error *e)
{
	if (rcs_team_settle(&m->team, 0, e) != 0)
		return -1;
	if (m->team.cpus.count < 2)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"mutants takes two CPUs, and only one may be used");
	m->line.shown = rcs_progress_wanted();
	m->line.cells =
		1 + (m->named > 0 ? m->named : rcs_rcu_mutant_count) * (size_t)m->runs;
	rcs_kill_head(stdout);
	if (run_sound(m, violated, e) != 0)
		return -1;
	for (size_t i = 0; i < rcs_rcu_mutant_count && !rcs_interrupted(); i++) {
		const struct rcs_rcu_mutant *mutant = &rcs_rcu_mutants[i];
		bool wanted = m->named == 0;

		for (size_t n = 0; n < m->named; n++)
			wanted = wanted || m->name[n] == mutant;
		if (wanted && run_mutant(m, mutant, sum, e) != 0)
			return -1;
	}
	rcs_kill_foot(stdout, sum);
	return 0;
}

int rcs_command_mutants(int argc, char **argv)
{
	static const struct argp_child children[] = {
		{&rcs_team_argp, 0, NULL, 0},
		{NULL, 0, NULL, 0},
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "[MUTANT...]",
		.doc = "Whether the torture would notice an RCU that is wrong: each "
		       "mutant is one small lie, and must be found out.",
		.children = children,
	};
	static struct mutants m;
	struct rcs_kill_sum sum = {0};
	struct rcs_error e;
	bool violated = false;

	m.runs = RUNS_DEFAULT;
	m.limit_ns = LIMIT_DEFAULT;
	(void)rcs_barrier_find("membarrier", &m.barrier, &e);
	(void)argp_parse(&argp, argc, argv, 0, NULL, &m);
	rcs_interrupt_catch();
	if (run(&m, &sum, &violated, &e) != 0) {
		(void)fflush(stdout);
		(void)fprintf(stderr, "rcustress: %s\n", e.text);
		if (e.kind == RCS_ERROR_UNSUPPORTED)
			return RCS_EXIT_SKIPPED;
		return e.kind == RCS_ERROR_USAGE ? RCS_EXIT_USAGE : RCS_EXIT_FAULT;
	}
	if (sum.survived > 0 || violated)
		return RCS_EXIT_BROKEN;
	return rcs_interrupted() ? RCS_EXIT_INCONCLUSIVE : 0;
}
