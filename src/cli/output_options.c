/* SPDX-License-Identifier: BSD-2-Clause */
/* --format and --output: see output_options.h. */
#include "cli/output_options.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/team_options.h"
#include "report/atomic.h"
#include "report/formats.h"

enum {
	KEY_FORMAT = 0x300,
	KEY_OUTPUT,
};

static const struct argp_option options[] = {
	{NULL, 0, NULL, 0, "In which form it is said:", 6},
	{"format", KEY_FORMAT, "FORMAT", 0,
	 "The report on standard output: text (the default), tap, json, junit, html or "
	 "markdown",
	 0},
	{"output", KEY_OUTPUT, "FORMAT=FILE", 0,
	 "Write it to a file as well; may be given more than once", 0},
	{0},
};

static bool is_text(const struct rcs_format *format)
{
	return format == NULL || format == &rcs_format_text;
}

static int add_output(struct rcs_output_options *o, char *arg, struct rcs_error *e)
{
	const char *equals = strchr(arg, '=');
	const struct rcs_format *format;
	char name[24];

	if (equals == NULL || equals[1] == '\0')
		return rcs_fail(e, RCS_ERROR_USAGE, "want FORMAT=FILE");
	(void)snprintf(name, sizeof(name), "%.*s", (int)(equals - arg), arg);
	format = rcs_format_find(name, e);
	if (format == NULL)
		return -1;
	if (strcmp(equals + 1, "-") == 0)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"standard output has what --format says");
	if (o->outputs == RCS_OUTPUTS_MAX)
		return rcs_fail(e, RCS_ERROR_USAGE, "no more than %d files",
				RCS_OUTPUTS_MAX);
	for (size_t i = 0; i < o->outputs; i++) {
		if (rcs_atomic_same(o->output[i].path, equals + 1))
			return rcs_fail(e, RCS_ERROR_USAGE,
					"two reports to the same file");
	}
	if (rcs_atomic_check(equals + 1, e) != 0)
		return -1;
	/* A reader that leaves a pipe must not cost the others their reports. */
	(void)signal(SIGPIPE, SIG_IGN);
	o->output[o->outputs++] = (struct rcs_output){format, equals + 1};
	return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct rcs_output_options *o = state->input;
	struct rcs_error e;

	switch (key) {
	case KEY_FORMAT:
		o->format = rcs_format_find(arg, &e);
		rcs_option_check(state, o->format == NULL ? -1 : 0, "--format", arg,
				 &e);
		break;
	case KEY_OUTPUT:
		rcs_option_check(state, add_output(o, arg, &e), "--output", arg, &e);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

const struct argp rcs_output_argp = {.options = options, .parser = parse};

bool rcs_outputs_text(const struct rcs_output_options *o)
{
	return is_text(o->format);
}

bool rcs_outputs_text_file(const struct rcs_output_options *o)
{
	for (size_t i = 0; i < o->outputs; i++) {
		if (is_text(o->output[i].format))
			return true;
	}
	return false;
}

bool rcs_outputs_documents(const struct rcs_output_options *o)
{
	for (size_t i = 0; i < o->outputs; i++) {
		if (!is_text(o->output[i].format))
			return true;
	}
	return !is_text(o->format);
}

static int write_file(const struct rcs_output *output,
		      const struct rcs_document *document, const char *text,
		      struct rcs_error *e)
{
	struct rcs_atomic file;
	int failed = 0;

	if (rcs_atomic_open(output->path, &file, e) != 0)
		return -1;
	if (text != NULL && is_text(output->format))
		(void)fputs(text, file.out);
	else
		failed = output->format->write(document, file.out, e);
	if (failed == 0)
		return rcs_atomic_commit(&file, e);
	rcs_atomic_drop(&file);
	return -1;
}

int rcs_outputs_write(const struct rcs_output_options *o,
		      const struct rcs_document *document, const char *text,
		      struct rcs_error *e)
{
	struct rcs_error later, *to = e;
	int failed = 0;

	for (size_t i = 0; i < o->outputs; i++) {
		if (write_file(&o->output[i], document, text, to) != 0) {
			failed = -1;
			to = &later; /* the first is what is told */
		}
	}
	if (!is_text(o->format) && o->format->write(document, stdout, to) != 0)
		failed = -1;
	return failed;
}
