/* SPDX-License-Identifier: BSD-2-Clause */
/* The run: each barrier under each test, a cell at a time, and what they come to. */
#include "cli/command.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/interrupt.h"
#include "cli/run_plan.h"
#include "cli/run_record.h"
#include "cli/run_settings.h"
#include "host/clock.h"
#include "host/machine.h"
#include "report/formats.h"
#include "report/progress.h"
#include "report/tap.h"
#include "report/text.h"
#include "stress/supervise.h"

struct run {
	const struct rcs_run_options *o;
	/* On standard output, and for files, as far as either is to have text. */
	struct rcs_text text[2];
	size_t texts;
	char *kept; /* what the second has written */
	size_t kept_size;
	struct rcs_run_record record;
	struct rcs_tap tap; /* of standard output; out is NULL if that is not TAP */
	struct rcs_outcome *outcome;
	struct rcs_progress_line line;
	struct rcs_family holding;
	size_t cells, done;
	uint64_t begun_ns;
};

/* What the counts of a test that is not judged come to. */
static void conclude_counted(const struct rcs_test *test, struct rcs_result *result)
{
	enum rcs_claim claim = rcs_test_claim(test);
	bool hit = result->subject.hits > 0;
	const char *why =
		"the target is allowed without a barrier: counted, not judged";

	if (claim == RCS_CLAIM_NOWHERE || claim == RCS_CLAIM_CALLER)
		result->verdict = hit ? RCS_BROKEN : RCS_SKIPPED;
	if (claim == RCS_CLAIM_CALLER)
		why = hit ? "the target was seen: the barrier does not even order its "
			    "caller"
			  : "not seen, but no twin of a barrier would be: to order the "
			    "caller, as a system call does, is enough on this "
			    "architecture";
	else if (claim == RCS_CLAIM_NOWHERE && hit)
		why = "the target was seen, which this architecture forbids: the "
		      "machine, "
		      "the kernel or the compiler is at fault";
	else if (claim == RCS_CLAIM_NOWHERE)
		why = rcs_run_nowhere;
	else if (claim == RCS_CLAIM_UNSTATED)
		why = "neither its file nor a model says what this architecture "
		      "allows: "
		      "counted, not judged";
	else if (test->has_heavy)
		why = "the target is allowed even with an ideal barrier: counted, not "
		      "judged";
	(void)snprintf(result->reason, sizeof(result->reason), "%s", why);
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

/* Where only hits are looked for, nothing else can be expected. */
static struct rcs_standing standing_for(const struct rcs_run_item *item,
					const struct rcs_result *result,
					const struct rcs_standing *by_barrier)
{
	enum rcs_claim claim =
		item->test != NULL ? rcs_test_claim(item->test) : RCS_CLAIM_NEVER;

	if (claim == RCS_CLAIM_NEVER ||
	    (claim == RCS_CLAIM_CALLER && result->verdict == RCS_BROKEN))
		return *by_barrier;
	return (struct rcs_standing){0};
}

static bool has_heavy(const struct rcs_run_item *item)
{
	return item->test != NULL ? item->test->has_heavy : rcs_run_by_barrier(item);
}

/* What a report is told of a cell that is not run. */
static void plan_nothing(const struct rcs_run_item *item, struct rcs_plan *plan)
{
	memset(plan, 0, sizeof(*plan));
	if (item->test == NULL) {
		plan->has_heavy = has_heavy(item);
		(void)snprintf(plan->test, sizeof(plan->test), RCS_TEST_RCU " %s",
			       item->flavour->name);
		return;
	}
	plan->has_heavy = has_heavy(item);
	plan->prospect = *rcs_test_prospect(item->test);
	(void)snprintf(plan->test, sizeof(plan->test), "%s", item->test->litmus->name);
}

static int run_cell(struct run *run, const struct rcs_run_item *item,
		    const char *barrier, const struct rcs_standing *by_barrier,
		    struct rcs_error *e)
{
	static struct rcs_plan plan; /* large, and one at a time */
	static struct rcs_round_log log;
	struct rcs_progress_line *line = &run->line;
	struct rcs_watcher watcher = {rcs_progress_draw, line, rcs_interrupted};
	struct rcs_result result;
	struct rcs_standing standing;
	uint64_t share = rcs_budget_share(&run->o->time, rcs_clock_ns() - run->begun_ns,
					  run->cells - run->done);
	bool skip = rcs_run_skips(run->o, item, &result);

	if (!skip && rcs_run_plan(run->o, item, barrier, share, &plan, e) != 0) {
		if (e->kind != RCS_ERROR_UNSUPPORTED)
			return -1;
		skip = true;
		(void)snprintf(result.reason, sizeof(result.reason), "%.399s", e->text);
	}
	if (skip) {
		plan_nothing(item, &plan);
		line->done++;
	} else {
		rcs_progress_begin(line, has_heavy(item) ? barrier : NULL, plan.test,
				   plan.limit_ns, share * (run->cells - run->done));
		if (rcs_supervise(&plan, &watcher, &result, &log, e) != 0)
			return -1;
		rcs_progress_end(line);
	}
	if (result.verdict == RCS_ALLOWED)
		conclude_counted(item->test, &result);
	standing = standing_for(item, &result, by_barrier);
	for (size_t t = 0; t < run->texts; t++)
		rcs_text_cell(&run->text[t], &plan, &result, &standing);
	if (rcs_run_record_add(&run->record, &plan, &result, skip ? NULL : &log,
			       &standing, e) != 0)
		return -1;
	if (run->tap.out != NULL)
		rcs_tap_cell(&run->tap, rcs_run_record_last(&run->record));
	if (result.verdict == RCS_HOLDS && !standing.self_test &&
	    !rcs_unexpected(result.verdict, standing.expected))
		rcs_family_add(&run->holding, result.p_missed);
	run->outcome[run->done++] = (struct rcs_outcome){result.verdict, standing};
	return 0;
}

static int run_cells(struct run *run, struct rcs_error *e)
{
	const struct rcs_run_options *o = run->o;

	for (size_t i = 0; i < rcs_run_items(o); i++) {
		struct rcs_run_item item = rcs_run_item_at(o, i);
		bool by_barrier = rcs_run_by_barrier(&item);

		for (size_t b = 0; b < (by_barrier ? o->barriers.count : 1); b++) {
			/* A test without a heavy side has nothing to set up either. */
			const char *barrier = "none";
			struct rcs_standing standing = {0};

			if (rcs_interrupted())
				return 0;
			if (by_barrier) {
				barrier = o->barriers.choice[b].name;
				standing = standing_of(o, b);
			}
			if (run_cell(run, &item, barrier, &standing, e) != 0)
				return -1;
		}
	}
	return 0;
}

/* What cannot be is said before anything is run. */
static int try_plans(const struct rcs_run_options *o, struct rcs_error *e)
{
	static struct rcs_plan plan;

	for (size_t i = 0; i < rcs_run_items(o); i++) {
		struct rcs_run_item item = rcs_run_item_at(o, i);
		struct rcs_result result;

		if (!rcs_run_skips(o, &item, &result) &&
		    rcs_run_plan(o, &item, "none", 1, &plan, e) != 0 &&
		    e->kind != RCS_ERROR_UNSUPPORTED)
			return -1;
	}
	return 0;
}

static void print_plugins(const struct run *run, const struct rcs_text *text)
{
	const struct rcs_run_options *o = run->o;

	for (size_t i = 0; i < o->barriers.count; i++) {
		const struct rcs_barrier *b = o->barriers.choice[i].barrier;

		if (b->plugin != NULL)
			rcs_text_plugin(text, b->name, b->plugin, b->summary);
	}
	for (size_t i = 0; i < o->flavours.count; i++) {
		const struct rcs_rcu_flavour *f = o->flavours.flavour[i];

		if (f->plugin != NULL)
			rcs_text_plugin(text, f->name, f->plugin, f->summary);
	}
}

static void print_header(struct run *run, const struct rcs_machine *machine)
{
	const struct rcs_team_options *team = &run->o->team;
	char cpus[128];

	rcs_cpus_print(&team->cpus, cpus, sizeof(cpus));
	for (size_t t = 0; t < run->texts; t++)
		run->text[t].emulated = machine->emulated;
	for (size_t t = 0; t < run->texts; t++)
		rcs_text_header(&run->text[t],
				&(struct rcs_text_run){
					.machine = machine,
					.cpus = cpus,
					.topology = rcs_topology_source(),
					.writers = (int)team->writers,
					.readers = (int)team->readers,
					.seed = team->seed,
				});
	for (size_t t = 0; t < run->texts; t++)
		print_plugins(run, &run->text[t]);
}

static int complain(const struct rcs_error *e)
{
	(void)fflush(stdout);
	(void)fprintf(stderr, "rcustress: %s\n", e->text);
	/* What is not there (a compiler) cannot be asked for either. */
	return e->kind == RCS_ERROR_USAGE || e->kind == RCS_ERROR_UNSUPPORTED
		       ? RCS_EXIT_USAGE
		       : RCS_EXIT_FAULT;
}

/* Where text goes. 0, or -1 when there is no memory. */
static int open_texts(struct run *run)
{
	const struct rcs_run_options *o = run->o;

	if (rcs_outputs_text(&o->output))
		run->text[run->texts++] = (struct rcs_text){
			.out = stdout,
			.colored = rcs_style_wanted(o->color, stdout),
			.verbosity = o->verbosity,
		};
	if (rcs_outputs_text_file(&o->output)) {
		FILE *f = open_memstream(&run->kept, &run->kept_size);

		if (f == NULL)
			return -1;
		run->text[run->texts++] = (struct rcs_text){
			.out = f,
			.verbosity = o->verbosity,
		};
	}
	return 0;
}

/*
 * The last line, and all reports; failed: of a run that could not go on. The exit
 * status, or -1 and *e.
 */
static int conclude(struct run *run, bool failed, struct rcs_error *e)
{
	struct rcs_run_record_end end = {
		.interrupted = failed || rcs_interrupted(),
		.elapsed_ns = rcs_clock_ns() - run->begun_ns,
		.holding = run->holding,
	};
	struct rcs_output_options output = run->o->output;

	end.end = failed ? RCS_RUN_FAULT
			 : rcs_run_end(run->outcome, run->done, end.interrupted);
	end.exit_status = (int)rcs_exit_status(end.end, run->o->inconclusive_passes,
					       end.interrupted);
	for (size_t t = 0; t < run->texts; t++)
		rcs_text_footer(&run->text[t], &(struct rcs_text_end){
						       .end = end.end,
						       .interrupted = end.interrupted,
						       .cells = (int)run->done,
						       .elapsed_ns = end.elapsed_ns,
						       .holding = end.holding,
					       });
	rcs_run_record_conclude(&run->record, &end);
	if (run->tap.out != NULL) {
		rcs_tap_end(&run->tap, &run->record.run);
		output.format = NULL; /* is there already */
	}
	/* Flushed by its footer: what it has written is in run->kept. */
	if (rcs_run_record_write(&run->record, &output, run->o->verbosity, run->kept,
				 e) != 0)
		return -1;
	return end.exit_status;
}

static int make(struct run *run, const char *command, struct rcs_error *e)
{
	struct rcs_machine machine;
	struct rcs_error later;

	run->cells = rcs_run_cells(run->o);
	run->line.shown = run->o->verbosity >= 0 && rcs_progress_wanted();
	run->line.cells = run->cells;
	run->outcome = calloc(run->cells, sizeof(*run->outcome));
	if (run->outcome == NULL || open_texts(run) != 0)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory");
	rcs_machine_read(&machine);
	if (rcs_run_record_begin(&run->record, run->o, command, &machine, run->cells,
				 e) != 0)
		return -1;
	rcs_interrupt_catch();
	print_header(run, &machine);
	if (run->o->output.format == &rcs_format_tap) {
		run->tap = (struct rcs_tap){.out = stdout};
		rcs_tap_begin(&run->tap, &run->record.run);
	}
	if (run_cells(run, e) == 0)
		return conclude(run, false, e);
	/* What there is so far is not to be lost, unless there was nothing to run. */
	if (e->kind == RCS_ERROR_RESOURCE || e->kind == RCS_ERROR_FAULT)
		(void)conclude(run, true, &later);
	return -1;
}

static void release(struct run *run)
{
	if (run->texts > 0 && run->text[run->texts - 1].out != stdout)
		(void)fclose(run->text[run->texts - 1].out);
	free(run->kept);
	rcs_run_record_release(&run->record);
	free(run->outcome);
}

int rcs_command_run(int argc, char **argv)
{
	static struct rcs_run_options o;
	struct run run = {.o = &o, .begun_ns = rcs_clock_ns()};
	char *command = rcs_run_command(argc, argv);
	struct rcs_error e;
	int status;

	rcs_run_options_read(argc, argv, &o);
	if (rcs_team_settle(&o.team, 0, &e) != 0 || try_plans(&o, &e) != 0 ||
	    rcs_test_list_compile(&o.tests, o.keep, &e) != 0) {
		status = complain(&e);
	} else {
		status = make(&run, command != NULL ? command : "", &e);
		release(&run);
		if (status < 0)
			status = complain(&e);
	}
	rcs_test_list_end(&o.tests);
	free(command);
	return status;
}
