/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text to AST: the C dialect of the Linux-kernel memory model, as herd7 reads it,
 * with smp_memb() for the heavy side of a barrier and barrier() for the light one.
 *
 * Values have 32 bits: long and intptr_t are taken as int, and a number that does not
 * fit is refused. Locations and registers have the type that they are first declared
 * with; a register without a declaration is a pointer when what it is first given is an
 * address. As in herd7, a number may be given where that type wants an address, and
 * the reverse: the AST says so then (`mixes`).
 *
 * Anything that is not understood is refused, by name and with its position; nothing
 * is ever skipped or guessed at.
 */
#ifndef RCS_LITMUS_PARSE_H
#define RCS_LITMUS_PARSE_H

#include <stddef.h>

#include "host/error.h"
#include "litmus/ast.h"

/*
 * Parses `size` bytes of text, which need no final zero. source is named in errors,
 * as "source:line:column: what is wrong". NULL and *e (USAGE, RESOURCE) on failure;
 * else a test to be given to rcs_litmus_free(). Thread-safe.
 */
struct rcs_litmus *rcs_litmus_parse(const char *source, const char *text, size_t size,
				    struct rcs_error *e);

/* The same from a regular file of at most RCS_LITMUS_SIZE_MAX bytes. */
struct rcs_litmus *rcs_litmus_read(const char *path, struct rcs_error *e);

void rcs_litmus_free(struct rcs_litmus *test);

#endif
