/* SPDX-License-Identifier: BSD-2-Clause */
/* The run: each barrier under each test, a cell at a time, and what they come to. */
#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/interrupt.h"
#include "cli/run_options.h"
#include "host/clock.h"
#include "host/machine.h"
#include "report/progress.h"
#include "report/text.h"
#include "stress/supervise.h"

#define ALLOWED_LIMIT_NS UINT64_C(1000000000) /* nothing to decide: a look will do */

struct run {
	const struct rcs_run_options *o;
	struct rcs_text text;
	struct rcs_outcome *outcome;
	struct rcs_family holding;
	size_t cells, done;
	uint64_t begun_ns;
};

static int fill_plan(const struct rcs_run_options *o, const struct rcs_test *test,
		     const char *barrier, uint64_t limit_ns, struct rcs_plan *plan,
		     struct rcs_error *e)
{
	struct rcs_team_options pairs = o->team;

	memset(plan, 0, sizeof(*plan));
	plan->job = RCS_JOB_VERDICT;
	(void)snprintf(plan->test, sizeof(plan->test), "%s", test->name);
	(void)snprintf(plan->barrier, sizeof(plan->barrier), "%s", barrier);
	(void)snprintf(plan->amplifier, sizeof(plan->amplifier), "%s",
		       o->amplifier.name);
	plan->depth = o->amplifier.depth;
	plan->limit_ns = limit_ns;
	plan->p_target = o->p_target;
	plan->sensitivity = o->sensitivity;
	plan->full = o->full;
	plan->no_control = o->no_control;
	if (test->takes_barrier)
		return rcs_team_plan(&o->team, plan, e);
	if (!o->full && plan->limit_ns > ALLOWED_LIMIT_NS)
		plan->limit_ns = ALLOWED_LIMIT_NS;
	/* Pairs of threads and nobody else: no antagonists either. */
	(void)snprintf(plan->amplifier, sizeof(plan->amplifier), "none");
	pairs.writers = pairs.readers = o->team.threads / 2;
	return rcs_team_plan(&pairs, plan, e);
}

/* How the verdict of the barrier at this place of the list is to be taken. */
static struct rcs_standing standing_of(const struct rcs_run_options *o, size_t place)
{
	const struct rcs_barrier *b = o->barriers.choice[place].barrier;

	return (struct rcs_standing){
		.self_test = o->barriers.self_test[place] && o->expected[place] == 0,
		.unclaimed = !b->control && !rcs_barrier_claimed(b),
		.expected = o->expected[place],
	};
}

static int run_cell(struct run *run, const struct rcs_test *test, const char *barrier,
		    const struct rcs_standing *standing, struct rcs_error *e)
{
	static struct rcs_plan plan; /* large, and one at a time */
	struct rcs_progress_line line = {
		.shown = run->o->verbosity >= 0 && rcs_progress_wanted(),
		.cell = (int)run->done + 1,
		.cells = (int)run->cells,
		.barrier = test->takes_barrier ? barrier : "-",
		.test = test->name,
	};
	struct rcs_watcher watcher = {rcs_progress_draw, &line, rcs_interrupted};
	struct rcs_result result;
	uint64_t share = rcs_budget_share(&run->o->time, rcs_clock_ns() - run->begun_ns,
					  run->cells - run->done);

	if (fill_plan(run->o, test, barrier, share, &plan, e) != 0)
		return -1;
	line.limit_ns = plan.limit_ns;
	if (rcs_supervise(&plan, &watcher, &result, e) != 0)
		return -1;
	rcs_progress_clear(&line);
	rcs_text_cell(&run->text, &plan, &result, standing);
	if (result.verdict == RCS_HOLDS && !standing->self_test &&
	    !rcs_unexpected(result.verdict, standing->expected))
		rcs_family_add(&run->holding, result.p_missed);
	run->outcome[run->done++] = (struct rcs_outcome){result.verdict, *standing};
	return 0;
}

static int run_cells(struct run *run, struct rcs_error *e)
{
	const struct rcs_run_options *o = run->o;

	for (size_t t = 0; t < o->test_count; t++) {
		const struct rcs_test *test = o->test[t];
		size_t barriers = test->takes_barrier ? o->barriers.count : 1;

		for (size_t b = 0; b < barriers; b++) {
			/* A test without a heavy side has nothing to set up either. */
			const char *barrier = "none";
			struct rcs_standing standing = {0};

			if (rcs_interrupted())
				return 0;
			if (test->takes_barrier) {
				barrier = o->barriers.choice[b].name;
				standing = standing_of(o, b);
			}
			if (run_cell(run, test, barrier, &standing, e) != 0)
				return -1;
		}
	}
	return 0;
}

static void print_header(struct run *run)
{
	const struct rcs_team_options *team = &run->o->team;
	struct rcs_machine machine;
	char cpus[128];

	rcs_machine_read(&machine);
	rcs_cpus_print(&team->cpus, cpus, sizeof(cpus));
	rcs_text_header(&run->text, &(struct rcs_text_run){
					    .machine = &machine,
					    .cpus = cpus,
					    .topology = rcs_topology_source(),
					    .writers = (int)team->writers,
					    .readers = (int)team->readers,
					    .seed = team->seed,
				    });
}

static int complain(const struct rcs_error *e)
{
	(void)fflush(stdout);
	(void)fprintf(stderr, "rcustress: %s\n", e->text);
	return e->kind == RCS_ERROR_USAGE ? RCS_EXIT_USAGE : RCS_EXIT_FAULT;
}

int rcs_command_run(int argc, char **argv)
{
	static struct rcs_run_options o;
	struct run run = {.o = &o, .begun_ns = rcs_clock_ns()};
	struct rcs_error e;
	enum rcs_run_end end;
	bool cut;

	rcs_run_options_read(argc, argv, &o);
	if (rcs_team_settle(&o.team, 0, &e) != 0)
		return complain(&e);
	run.text = (struct rcs_text){stdout, rcs_style_wanted(o.color, stdout),
				     o.verbosity};
	run.cells = rcs_run_cells(&o);
	run.outcome = calloc(run.cells, sizeof(*run.outcome));
	if (run.outcome == NULL)
		return complain(&(struct rcs_error){RCS_ERROR_RESOURCE, "no memory"});
	rcs_interrupt_catch();
	print_header(&run);
	if (run_cells(&run, &e) != 0) {
		free(run.outcome);
		return complain(&e);
	}
	cut = rcs_interrupted();
	end = rcs_run_end(run.outcome, run.done, cut);
	rcs_text_footer(&run.text, &(struct rcs_text_end){
					   .end = end,
					   .interrupted = cut,
					   .cells = (int)run.done,
					   .elapsed_ns = rcs_clock_ns() - run.begun_ns,
					   .holding = run.holding,
				   });
	free(run.outcome);
	return (int)rcs_exit_status(end, o.inconclusive_passes, cut);
}
