/* SPDX-License-Identifier: BSD-2-Clause */
/* Errors as values: see error.h. */
#include "host/error.h"

#include <stdarg.h>
#include <stdio.h>

int rcs_fail(struct rcs_error *e, enum rcs_error_kind kind, const char *format, ...)
{
	va_list args;

	if (e == NULL)
		return -1;
	e->kind = kind;
	va_start(args, format);
	(void)vsnprintf(e->text, sizeof(e->text), format, args);
	va_end(args);
	return -1;
}
