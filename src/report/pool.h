/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory that a report's records live in, freed all at once; equal strings are kept
 * once. Not for two threads at a time.
 */
#ifndef RCS_REPORT_POOL_H
#define RCS_REPORT_POOL_H

#include <stddef.h>

struct rcs_pool;

/* NULL when there is no memory. */
struct rcs_pool *rcs_pool_create(void);
void rcs_pool_destroy(struct rcs_pool *pool); /* NULL is none */

/* Zeroed, and aligned for anything. NULL when there is no memory. */
void *rcs_pool_get(struct rcs_pool *pool, size_t size);

/*
 * The string, or the bytes, kept in the pool, where an equal one already is or from now
 * on. NULL when there is no memory.
 */
const char *rcs_pool_string(struct rcs_pool *pool, const char *text);
const void *rcs_pool_bytes(struct rcs_pool *pool, const void *bytes, size_t size);

#endif
