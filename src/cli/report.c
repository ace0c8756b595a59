/* SPDX-License-Identifier: BSD-2-Clause */
/* `rcustress report`: files of runs put together, against a baseline if there is one.
 */
#include "cli/command.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/output_options.h"
#include "cli/report_files.h"
#include "cli/report_inventory.h"
#include "cli/report_merge.h"
#include "cli/team_options.h"
#include "cli/values.h"
#include "report/formats.h"
#include "report/matrix.h"
#include "report/words.h"

/* Files that are larger together are read without details. */
#define DETAILED_BYTES (UINT64_C(48) << 20)

struct report_options {
	char **file;	 /* arguments, … */
	char **baseline; /* … and values; as many as argc has room for */
	size_t files, baselines;
	struct rcs_output_options output;
	const char *inventory; /* NULL: none */
	bool fleet;
	bool check;
	int verbosity;
	enum rcs_color color;
};

enum { KEY_BASELINE = 0x200, KEY_CHECK, KEY_COLOR, KEY_FLEET, KEY_INVENTORY };

static const struct argp_option options[] = {
	{NULL, 0, NULL, 0, "What is compared, and what passes:", 4},
	{"baseline", KEY_BASELINE, "OLD", 0,
	 "Say what has changed since these files or folders of former runs; may be "
	 "said several times",
	 0},
	{"check", KEY_CHECK, NULL, 0,
	 "End as a run with these cells would; with a baseline, with 1 if something "
	 "is worse",
	 0},
	{NULL, 0, NULL, 0, "What is said:", 5},
	{"fleet", KEY_FLEET, NULL, 0,
	 "In place of the table: what speaks against a fleet of many machines, which "
	 "of "
	 "them are outliers, what CPU models, microcodes and kernels came to, and what "
	 "the "
	 "campaign as a whole says",
	 0},
	{"inventory", KEY_INVENTORY, "FILE", 0,
	 "The same, and which of the nodes, CPUs, microcodes and kernels in this file "
	 "were "
	 "never seen",
	 0},
	{"quiet", 'q', NULL, 0, "Only what speaks against a run, and the last line", 0},
	{"verbose", 'v', NULL, 0, "A line for each test, and every failure", 0},
	{"color", KEY_COLOR, "WHEN", 0, "auto, always or never", 0},
	{0},
};

static bool names_list(const char *path)
{
	return strcmp(path, "-") == 0;
}

/* What cannot be together. */
static void settle(struct argp_state *state, const struct report_options *o)
{
	size_t lists = 0;

	if (o->files == 0)
		argp_failure(state, argp_err_exit_status, 0,
			     "no files: name some, or folders, or - for a list of them "
			     "on standard input");
	for (size_t i = 0; i < o->files; i++)
		lists += names_list(o->file[i]);
	for (size_t i = 0; i < o->baselines; i++)
		lists += names_list(o->baseline[i]);
	if (lists > 1)
		argp_failure(state, argp_err_exit_status, 0,
			     "- is named twice, and standard input is read once");
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct report_options *o = state->input;
	struct rcs_error e;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &o->output;
		break;
	case KEY_BASELINE:
		o->baseline[o->baselines++] = arg;
		break;
	case KEY_FLEET:
		o->fleet = true;
		break;
	case KEY_INVENTORY:
		o->fleet = true;
		o->inventory = arg;
		break;
	case KEY_CHECK:
		o->check = true;
		break;
	case 'q':
		o->verbosity = -1;
		break;
	case 'v':
		o->verbosity = 1;
		break;
	case KEY_COLOR:
		rcs_option_check(state, rcs_value_color(arg, &o->color, &e), "--color",
				 arg, &e);
		break;
	case ARGP_KEY_ARG:
		o->file[o->files++] = arg;
		break;
	case ARGP_KEY_END:
		settle(state, o);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

/* Everything that is made on the way. */
struct work {
	struct rcs_merged merged, baseline;
	struct rcs_fleet_inventory inventory;
	struct rcs_document document;
};

/* Reads all that is named, of folders and lists as well. */
static int read_files(char **name, size_t names, bool brief, struct rcs_merged *merged,
		      struct rcs_error *e)
{
	struct rcs_report_files files = {0};
	int failed = 0;

	for (size_t i = 0; failed == 0 && i < names; i++)
		failed = names_list(name[i])
				 ? rcs_report_files_add_list(&files, stdin,
							     &merged->report, e)
				 : rcs_report_files_add(&files, name[i],
							&merged->report, e);
	if (failed == 0)
		failed = rcs_merged_read(merged, &files,
					 brief || files.bytes > DETAILED_BYTES, e);
	rcs_report_files_free(&files);
	return failed;
}

/* What was left out, and why. */
static void say_left_out(const struct rcs_merged *m)
{
	for (size_t i = 0; i < m->report.refused; i++)
		(void)fprintf(stderr, "rcustress: %s: %s\n", m->report.refuse[i].file,
			      m->report.refuse[i].why);
	if (m->repeated == 1)
		(void)fprintf(stderr,
			      "rcustress: %s: a record that is there already is "
			      "counted once\n",
			      m->repeated_file != NULL ? m->repeated_file : "");
	else if (m->repeated > 1)
		(void)fprintf(stderr,
			      "rcustress: %s: the first of %zu records that are there "
			      "already; each is counted once\n",
			      m->repeated_file != NULL ? m->repeated_file : "",
			      m->repeated);
}

static int read_all(const struct report_options *o, struct work *w, struct rcs_error *e)
{
	struct rcs_report *report = &w->merged.report;

	/* A mistake in it is said before much is read. */
	if (rcs_merged_begin(&w->merged, e) != 0 ||
	    (o->inventory != NULL &&
	     rcs_inventory_read(&w->inventory, report->pool, o->inventory, e) != 0))
		return -1;
	if (read_files(o->file, o->files, false, &w->merged, e) != 0)
		return -1;
	say_left_out(&w->merged);
	if (report->runs + report->horizons == 0)
		return rcs_fail(e, RCS_ERROR_USAGE, "no file could be read");
	if (o->baselines == 0)
		return 0;
	if (rcs_merged_begin(&w->baseline, e) != 0 ||
	    read_files(o->baseline, o->baselines, true, &w->baseline, e) != 0)
		return -1;
	say_left_out(&w->baseline);
	if (w->baseline.report.runs == 0)
		return rcs_fail(e, RCS_ERROR_USAGE, "the baseline has no run in it");
	return 0;
}

static int make_document(const struct report_options *o, struct work *w,
			 struct rcs_error *e)
{
	const struct rcs_report *report = &w->merged.report;
	const struct rcs_matrix *before;

	w->document = (struct rcs_document){
		.report = report,
		.matrix = rcs_matrix_of(report),
		.colored = rcs_style_wanted(o->color, stdout),
		.verbosity = o->verbosity,
	};
	if (w->document.matrix != NULL && o->baselines > 0) {
		before = rcs_matrix_of(&w->baseline.report);
		if (before != NULL)
			w->document.changes = rcs_matrix_changes_of(
				report->pool, before, w->document.matrix);
	}
	if (w->document.matrix == NULL ||
	    (o->baselines > 0 && w->document.changes == NULL))
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for the matrix");
	if (!o->fleet)
		return 0;
	w->document.fleet =
		rcs_fleet_of(report, o->inventory != NULL ? &w->inventory : NULL);
	if (w->document.fleet == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for the fleet");
	return 0;
}

/* What could not be told passes where all runs were made to let it pass. */
static bool inconclusive_passes(const struct rcs_report *report)
{
	for (size_t r = 0; r < report->runs; r++) {
		if (!rcs_words_inconclusive_passes(report->run[r]))
			return false;
	}
	return true;
}

/*
 * A failure that was found is not hidden by a file that could not be read, nor is such
 * a file by a report in which nothing else is wrong.
 */
static int exit_status(const struct report_options *o, const struct work *w)
{
	const struct rcs_document *d = &w->document;
	int status = RCS_EXIT_HOLDS;

	if (o->check && d->changes != NULL)
		status = d->changes->worse > 0 ? RCS_EXIT_BROKEN : RCS_EXIT_HOLDS;
	else if (o->check)
		status = (int)rcs_exit_status(d->matrix->end,
					      inconclusive_passes(d->report),
					      d->matrix->interrupted);
	if (status == RCS_EXIT_BROKEN || status == RCS_EXIT_FAULT)
		return status;
	return w->merged.report.refused + w->baseline.report.refused > 0
		       ? RCS_EXIT_USAGE
		       : status;
}

static int make_report(const struct report_options *o, struct work *w,
		       struct rcs_error *e)
{
	struct rcs_document *d = &w->document;
	int failed = 0;

	if (read_all(o, w, e) != 0 || make_document(o, w, e) != 0)
		return -1;
	if (rcs_outputs_text(&o->output))
		failed = rcs_format_text.write(d, stdout, e);
	/* Files are for others to read than those at this terminal. */
	d->colored = false;
	return failed != 0 ? -1 : rcs_outputs_write(&o->output, d, NULL, e);
}

int rcs_command_report(int argc, char **argv)
{
	static const struct argp_child children[] = {
		{&rcs_output_argp, 0, NULL, 0},
		{NULL, 0, NULL, 0},
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "FILE|DIR|-...",
		.doc = "Puts together what runs and horizons have written as JSON, of "
		       "any number of machines. - takes the names of files from "
		       "standard input, one a line."
		       "\vThe exit status is 0 unless --check is given, and 2 where a "
		       "file could not be read. With --check it is that of a run with "
		       "these cells: 0, 1 (BROKEN or not as expected), 3 "
		       "(INCONCLUSIVE), 4 (FAULT), 77 (all skipped); with --baseline "
		       "as "
		       "well, 1 when something is worse and 0 when nothing is. 1 and 4 "
		       "win over 2.",
		.children = children,
	};
	struct report_options o = {0};
	struct work w = {0};
	struct rcs_error e = {0};
	int status;

	o.file = calloc((size_t)argc, sizeof(*o.file));
	o.baseline = calloc((size_t)argc, sizeof(*o.baseline));
	if (o.file == NULL || o.baseline == NULL)
		return RCS_EXIT_FAULT;
	(void)argp_parse(&argp, argc, argv, 0, NULL, &o);
	if (make_report(&o, &w, &e) == 0) {
		status = exit_status(&o, &w);
	} else {
		(void)fflush(stdout);
		(void)fprintf(stderr, "rcustress: %s\n", e.text);
		status = e.kind == RCS_ERROR_USAGE ? RCS_EXIT_USAGE : RCS_EXIT_FAULT;
	}
	rcs_merged_end(&w.merged);
	rcs_merged_end(&w.baseline);
	rcs_inventory_free(&w.inventory);
	free(o.file);
	free(o.baseline);
	return status;
}
