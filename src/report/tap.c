/* SPDX-License-Identifier: BSD-2-Clause */
#include "report/format.h"
#include "report/formats.h"

static int write_document(const struct rcs_document *document, FILE *out,
			  struct rcs_error *e)
{
	(void)document;
	(void)out;
	return rcs_fail(e, RCS_ERROR_USAGE, "tap: not written yet");
}

const struct rcs_format rcs_format_tap = {"tap", "", write_document};
