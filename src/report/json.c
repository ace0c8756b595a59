/* SPDX-License-Identifier: BSD-2-Clause */
#include "report/json.h"

#include "report/format.h"
#include "report/formats.h"

static int write_document(const struct rcs_document *document, FILE *out,
			  struct rcs_error *e)
{
	(void)document;
	(void)out;
	return rcs_fail(e, RCS_ERROR_USAGE, "json: not written yet");
}

int rcs_json_read(const char *path, bool brief, struct rcs_report *report,
		  struct rcs_error *e)
{
	(void)path;
	(void)brief;
	(void)report;
	return rcs_fail(e, RCS_ERROR_USAGE, "json: not read yet");
}

const struct rcs_format rcs_format_json = {"json", "", write_document};
