/* SPDX-License-Identifier: BSD-2-Clause */
/* The private temporary folder that a test is compiled in. */
#ifndef RCS_LITMUS_WORKSHOP_H
#define RCS_LITMUS_WORKSHOP_H

#include <limits.h>
#include <stddef.h>

#include "host/error.h"

/* Makes one, in $TMPDIR or /tmp, that only the user can enter. 0, or -1 and *e. */
int rcs_workshop_open(char folder[PATH_MAX], struct rcs_error *e);

/* Removes it with all that is in it; what it has no folders. */
void rcs_workshop_close(const char *folder);

/* Writes folder/name, and the headers of generated code next to it. 0, or -1, *e. */
int rcs_workshop_write(const char *folder, const char *name, const char *text,
		       size_t size, struct rcs_error *e);

#endif
