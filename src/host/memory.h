/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory: how much may be taken, and pages that are in place before a
 * measurement starts (a page fault inside one would be a free barrier).
 */
#ifndef RCS_HOST_MEMORY_H
#define RCS_HOST_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "host/error.h"

/*
 * Bytes that are free: the lesser of the machine's (MemAvailable) and of what the
 * memory cgroup (version 1 or 2) of this process leaves. 0 where none is readable.
 */
uint64_t rcs_memory_free(void);

/* What --memory is when nobody says: a quarter of that, from 32 MiB to 1 GiB. */
uint64_t rcs_memory_default(void);

/*
 * Anonymous pages, zeroed, in a mapping of their own; NULL and *e if they cannot be
 * had ("what" names them in the message). Give back with rcs_memory_release() and the
 * same size. They are not in place before rcs_memory_fill().
 */
void *rcs_memory_pages(size_t size, const char *what, struct rcs_error *e);

/*
 * Faults pages in from byte `from` on. That takes a second for a few GiB, so stop is
 * asked now and then and ends it when it says true. Gives where it came to: `size`
 * when all are in place, else what to go on from.
 */
size_t rcs_memory_fill(char *pages, size_t from, size_t size, bool (*stop)(void *),
		       void *argument);
void rcs_memory_release(void *pages, size_t size);

#endif
