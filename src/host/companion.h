/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs that come with this one. */
#ifndef RCS_HOST_COMPANION_H
#define RCS_HOST_COMPANION_H

#include <stddef.h>

#include "host/error.h"

/*
 * The path of the program of that name which stands beside this one, wherever that was
 * started from; else of the one where it is installed to. 0, or -1 and *e
 * (UNSUPPORTED) if there is none that can be run.
 */
int rcs_companion_find(const char *name, char *path, size_t size, struct rcs_error *e);

#endif
