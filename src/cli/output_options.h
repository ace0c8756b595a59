/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * --format and --output: in which formats a report is written, and where to. An argp
 * child of every command that makes one.
 */
#ifndef RCS_CLI_OUTPUT_OPTIONS_H
#define RCS_CLI_OUTPUT_OPTIONS_H

#include <argp.h>

#include "report/format.h"

#define RCS_OUTPUTS_MAX 16

struct rcs_output {
	const struct rcs_format *format;
	const char *path;
};

/* All zero: text, on standard output. */
struct rcs_output_options {
	const struct rcs_format *format; /* on standard output; NULL: text */
	size_t outputs;
	struct rcs_output output[RCS_OUTPUTS_MAX];
};

/* Its input is a struct rcs_output_options. Malformed text ends with status 2. */
extern const struct argp rcs_output_argp;

/* Whether standard output is to have text; and whether some file is. */
bool rcs_outputs_text(const struct rcs_output_options *o);
bool rcs_outputs_text_file(const struct rcs_output_options *o);

/* Whether anything but text is to be written. */
bool rcs_outputs_documents(const struct rcs_output_options *o);

/*
 * Writes a document to standard output, unless that is text, and to all files. `text`
 * is what files with text are to hold; NULL: what that format makes of the document. 0,
 * or -1 and *e: one could not be written, and the others were, as far as they could be.
 */
int rcs_outputs_write(const struct rcs_output_options *o,
		      const struct rcs_document *document, const char *text,
		      struct rcs_error *e);

#endif
