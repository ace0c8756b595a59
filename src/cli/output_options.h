/* SPDX-License-Identifier: BSD-2-Clause */
/* The formats that a command writes its report in, and where to. */
#ifndef RCS_CLI_OUTPUT_OPTIONS_H
#define RCS_CLI_OUTPUT_OPTIONS_H

#include <argp.h>
#include <stdio.h>

#include "report/format.h"

#define RCS_OUTPUTS_MAX 16

struct rcs_output_options {
	const struct rcs_format *format; /* on standard output */
	size_t outputs;
	struct {
		const struct rcs_format *format;
		const char *path;
	} output[RCS_OUTPUTS_MAX];
};

/* --format and --output; its input is a struct rcs_output_options. */
extern const struct argp rcs_output_argp;

/* Files that are being written. Begins as {0}. */
struct rcs_outputs {
	size_t count;
	struct {
		const struct rcs_format *format;
		const char *path;
		char *temporary; /* beside it, until all is written */
		FILE *out;
	} output[RCS_OUTPUTS_MAX];
};

/* Opens the files, which are not there yet under their names. 0, or -1 and *e. */
int rcs_outputs_open(struct rcs_output_options *options, struct rcs_outputs *outputs,
		     struct rcs_error *e);

/* Writes them, and gives them their names. 0, or -1 and *e. */
int rcs_outputs_write(struct rcs_outputs *outputs, const struct rcs_document *document,
		      struct rcs_error *e);

/* Takes away what was not written. */
void rcs_outputs_end(struct rcs_outputs *outputs);

#endif
