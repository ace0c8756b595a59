/* SPDX-License-Identifier: BSD-2-Clause */
/* Formats and files of a report: see output_options.h. */
#include "cli/output_options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEY_FORMAT = 0x300, KEY_OUTPUT };

static const struct argp_option options[] = {
	{NULL, 0, NULL, 0, "Reports:", 6},
	{"format", KEY_FORMAT, "FORMAT", 0,
	 "On standard output: text (the default), tap, json, junit, html or markdown",
	 0},
	{"output", KEY_OUTPUT, "FORMAT=FILE", 0,
	 "Also to this file; may be said several times", 0},
	{0},
};

static int read_output(struct rcs_output_options *o, const char *text,
		       struct rcs_error *e)
{
	const char *sign = strchr(text, '=');
	char name[32];

	if (sign == NULL || sign[1] == '\0')
		return rcs_fail(e, RCS_ERROR_USAGE, "want FORMAT=FILE");
	if (o->outputs == RCS_OUTPUTS_MAX)
		return rcs_fail(e, RCS_ERROR_USAGE, "more than %d files",
				RCS_OUTPUTS_MAX);
	(void)snprintf(name, sizeof(name), "%.*s", (int)(sign - text), text);
	o->output[o->outputs].format = rcs_format_find(name, e);
	o->output[o->outputs].path = sign + 1;
	if (o->output[o->outputs].format == NULL)
		return -1;
	o->outputs++;
	return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct rcs_output_options *o = state->input;
	struct rcs_error e;

	switch (key) {
	case KEY_FORMAT:
		o->format = rcs_format_find(arg, &e);
		if (o->format == NULL)
			argp_failure(state, argp_err_exit_status, 0, "--format: %s",
				     e.text);
		break;
	case KEY_OUTPUT:
		if (read_output(o, arg, &e) != 0)
			argp_failure(state, argp_err_exit_status, 0,
				     "--output=%.60s: %s", arg, e.text);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

const struct argp rcs_output_argp = {.options = options, .parser = parse};

static int open_one(struct rcs_outputs *outputs, const struct rcs_format *format,
		    const char *path, struct rcs_error *e)
{
	size_t size = strlen(path) + sizeof(".XXXXXX");
	char *temporary = malloc(size);
	int file;

	if (temporary == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory");
	(void)snprintf(temporary, size, "%s.XXXXXX", path);
	file = mkstemp(temporary);
	if (file < 0) {
		(void)rcs_fail(e, RCS_ERROR_USAGE, "%.200s: cannot be written: %s",
			       path, strerror(errno));
		free(temporary);
		return -1;
	}
	outputs->output[outputs->count].format = format;
	outputs->output[outputs->count].path = path;
	outputs->output[outputs->count].temporary = temporary;
	outputs->output[outputs->count].out = fdopen(file, "w");
	if (outputs->output[outputs->count++].out == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "%.200s: %s", path,
				strerror(errno));
	return 0;
}

int rcs_outputs_open(struct rcs_output_options *o, struct rcs_outputs *outputs,
		     struct rcs_error *e)
{
	for (size_t i = 0; i < o->outputs; i++) {
		if (open_one(outputs, o->output[i].format, o->output[i].path, e) != 0) {
			rcs_outputs_end(outputs);
			return -1;
		}
	}
	return 0;
}

int rcs_outputs_write(struct rcs_outputs *outputs, const struct rcs_document *document,
		      struct rcs_error *e)
{
	struct rcs_document plain = *document;

	plain.colored = false;
	for (size_t i = 0; i < outputs->count; i++) {
		FILE *out = outputs->output[i].out;
		const char *path = outputs->output[i].path;
		int failed = outputs->output[i].format->write(&plain, out, e);

		if (failed != 0)
			return -1;
		outputs->output[i].out = NULL;
		failed = ferror(out);
		if ((fclose(out) != 0) | failed ||
		    rename(outputs->output[i].temporary, path) != 0)
			return rcs_fail(e, RCS_ERROR_RESOURCE,
					"%.200s: cannot be written: %s", path,
					strerror(errno));
		free(outputs->output[i].temporary);
		outputs->output[i].temporary = NULL;
	}
	return 0;
}

void rcs_outputs_end(struct rcs_outputs *outputs)
{
	for (size_t i = 0; i < outputs->count; i++) {
		if (outputs->output[i].out != NULL)
			(void)fclose(outputs->output[i].out);
		if (outputs->output[i].temporary != NULL)
			(void)unlink(outputs->output[i].temporary);
		free(outputs->output[i].temporary);
	}
	*outputs = (struct rcs_outputs){0};
}
