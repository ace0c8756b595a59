/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `rcustress horizon`: for how long stores can be held back on this machine, and which
 * barriers can therefore be judged with which twin. Every delay is a cell in a process
 * of its own, which first picks the amplifier that hits it most often.
 */
#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/interrupt.h"
#include "cli/measure.h"
#include "cli/measure_options.h"
#include "cli/output_options.h"
#include "report/horizon.h"
#include "stress/tests.h"

/* 100 ns to 1 ms, eight steps to the decade. */
static const unsigned step[] = {100, 130, 180, 240, 320, 420, 560, 750};
#define STEPS	(sizeof(step) / sizeof(step[0]))
#define LAST_NS 1000000u
#define DECADES 4 /* below the last, which is alone in its own */

struct horizon_options {
	struct rcs_measure_options measure;
	struct rcs_output_options output;
};

/* What is under way. */
struct horizon {
	const struct rcs_measure_options *o;
	struct rcs_progress_line line;
	/* Where text goes: standard output, and what files are to hold. */
	FILE *text[2];
	size_t texts;
	char *kept;
	size_t kept_size;
	struct rcs_report report;
	struct rcs_record_horizon record;
	struct rcs_record_cost cost[RCS_BARRIER_LIST_MAX];
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct horizon_options *o = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &o->measure;
		state->child_inputs[1] = &o->output;
		break;
	case ARGP_KEY_ARG:
		argp_failure(state, argp_err_exit_status, 0,
			     "horizon takes no argument, but got '%.60s'", arg);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static int measure_delay(struct horizon *h, unsigned delay_ns, struct rcs_error *e)
{
	struct rcs_horizon *curve = &h->record.curve;
	char barrier[RCS_BARRIER_NAME_SIZE];
	struct rcs_measurement m = {&h->o->team, RCS_JOB_RATE,	  RCS_TEST_DEFAULT,
				    barrier,	 h->o->amplifier, h->o->limit_ns,
				    &h->line};
	struct rcs_result result;

	(void)snprintf(barrier, sizeof(barrier), "delay:%u", delay_ns);
	if (rcs_measure(&m, &result, e) != 0)
		return -1;
	if (result.interrupted)
		return 0;
	if (result.reason[0] != '\0')
		return rcs_fail(e, RCS_ERROR_FAULT, "%s", result.reason);
	rcs_horizon_add(curve, delay_ns, &result);
	for (size_t t = 0; t < h->texts; t++)
		rcs_horizon_row(h->text[t], &curve->point[curve->count - 1]);
	return 0;
}

static int measure_delays(struct horizon *h, struct rcs_error *e)
{
	unsigned factor = 1;

	for (size_t s = 0; !rcs_interrupted(); s++) {
		unsigned delay_ns;

		if (s == STEPS) {
			s = 0;
			factor *= 10;
		}
		delay_ns = step[s] * factor;
		if (delay_ns > LAST_NS)
			break;
		if (measure_delay(h, delay_ns, e) != 0)
			return -1;
	}
	return 0;
}

static int measure_costs(struct horizon *h, struct rcs_error *e)
{
	const struct rcs_measure_options *o = h->o;
	const struct rcs_horizon *curve = &h->record.curve;
	const struct rcs_horizon_point *horizon = rcs_horizon_of(curve);
	struct rcs_measurement m = {&o->team, RCS_JOB_LATENCY, RCS_TEST_DEFAULT,
				    NULL,     {"none", 0},     o->limit_ns,
				    &h->line};

	for (size_t i = 0; i < o->barriers.count && !rcs_interrupted(); i++) {
		struct rcs_result result;

		m.barrier = o->barriers.choice[i].name;
		if (rcs_measure(&m, &result, e) != 0)
			return -1;
		for (size_t t = 0; t < h->texts; t++)
			rcs_horizon_cost(h->text[t], curve, m.barrier, &result);
		h->cost[h->record.costs++] = (struct rcs_record_cost){
			.barrier = m.barrier,
			.alone = result.alone,
			.exposed = result.exposed,
			.twins = rcs_horizon_twins(
				horizon != NULL ? horizon->delay_ns : 0, &result),
		};
	}
	return 0;
}

/* The kind of pair that the first placement seats writer and reader on. */
static const char *pair_name(const struct rcs_measure_options *o)
{
	static struct rcs_plan plan;
	struct rcs_error e;

	return rcs_team_plan(&o->team, &plan, &e) == 0
		       ? rcs_pair_name(plan.placement[0].pair)
		       : "";
}

static void say_end(const struct horizon *h, FILE *f)
{
	const struct rcs_horizon *curve = &h->record.curve;

	if (rcs_interrupted())
		(void)fprintf(
			f, "interrupted: delays up to %.0f us were measured\n",
			curve->count > 0
				? (double)curve->point[curve->count - 1].delay_ns / 1e3
				: 0.0);
	else
		rcs_horizon_foot(f, curve);
	(void)fflush(f);
}

static int measure(struct horizon *h, struct rcs_error *e)
{
	h->line.shown = rcs_progress_wanted();
	h->line.cells = DECADES * STEPS + 1 + h->o->barriers.count;
	h->record.pair = pair_name(h->o);
	for (size_t t = 0; t < h->texts; t++)
		rcs_horizon_head(h->text[t], h->record.pair);
	if (measure_delays(h, e) != 0)
		return -1;
	if (!rcs_interrupted()) {
		for (size_t t = 0; t < h->texts; t++)
			rcs_horizon_plot(h->text[t], &h->record.curve);
		if (measure_costs(h, e) != 0)
			return -1;
	}
	for (size_t t = 0; t < h->texts; t++)
		say_end(h, h->text[t]);
	return 0;
}

/* Where text goes, and what a report of it begins with. */
static int open_report(struct horizon *h, const struct rcs_output_options *output,
		       struct rcs_machine *machine, struct rcs_error *e)
{
	h->report.pool = rcs_pool_create();
	if (rcs_outputs_text(output))
		h->text[h->texts++] = stdout;
	if (rcs_outputs_text_file(output)) {
		h->text[h->texts] = open_memstream(&h->kept, &h->kept_size);
		h->texts += h->text[h->texts] != NULL;
	}
	rcs_machine_read(machine);
	h->record.file = "";
	h->record.version = RCS_VERSION;
	h->record.machine = machine;
	h->record.cost = h->cost;
	if (h->report.pool != NULL)
		h->record.begun = rcs_record_now(h->report.pool);
	if (h->record.begun == NULL ||
	    (rcs_outputs_text_file(output) &&
	     (h->texts == 0 || h->text[h->texts - 1] == stdout)))
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a report");
	return 0;
}

/* All of it, or, if it was cut short, what there is. */
static int write_report(struct horizon *h, const struct rcs_output_options *output,
			struct rcs_error *e)
{
	struct rcs_document document = {.report = &h->report};

	if (rcs_report_add_horizon(&h->report, &h->record) == 0)
		document.matrix = rcs_matrix_of(&h->report);
	if (document.matrix == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a report");
	return rcs_outputs_write(output, &document, h->kept, e);
}

static void release(struct horizon *h)
{
	for (size_t t = 0; t < h->texts; t++) {
		if (h->text[t] != stdout)
			(void)fclose(h->text[t]);
	}
	free(h->kept);
	rcs_report_release(&h->report);
	rcs_pool_destroy(h->report.pool);
}

static int run(struct horizon_options *o, struct rcs_error *e)
{
	static struct rcs_machine machine;
	static struct horizon h;
	int failed;

	h.o = &o->measure;
	if (rcs_measure_options_settle(&o->measure, e) != 0)
		return -1;
	if (o->measure.team.cpus.count < 2)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"the horizon takes two CPUs, and only one may be used");
	failed = open_report(&h, &o->output, &machine, e) != 0;
	if (!failed) {
		struct rcs_error later;

		/* What was measured is not to be lost. */
		failed = measure(&h, e) != 0;
		if ((!failed || h.record.curve.count > 0) &&
		    write_report(&h, &o->output, failed ? &later : e) != 0)
			failed = true;
	}
	release(&h);
	return failed ? -1 : 0;
}

int rcs_command_horizon(int argc, char **argv)
{
	static const struct argp_child children[] = {
		{&rcs_measure_argp, 0, NULL, 0},
		{&rcs_output_argp, 0, NULL, 0},
		{NULL, 0, NULL, 0},
	};
	static const struct argp argp = {
		.parser = parse,
		.doc = "For how long stores can be held back here, and so which "
		       "barriers this machine can judge.",
		.children = children,
	};
	static struct horizon_options o;
	struct rcs_error e;

	rcs_measure_options_start(&o.measure);
	(void)argp_parse(&argp, argc, argv, 0, NULL, &o);
	rcs_interrupt_catch();
	if (run(&o, &e) != 0) {
		(void)fflush(stdout);
		(void)fprintf(stderr, "rcustress: %s\n", e.text);
		return e.kind == RCS_ERROR_USAGE ? RCS_EXIT_USAGE : RCS_EXIT_FAULT;
	}
	return rcs_interrupted() ? RCS_EXIT_INCONCLUSIVE : 0;
}
