/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For ci/plugins.bats: one object of several sources, full of barriers that are wrong
 * in one way each. A symbol is one of them; what is wrong with a whole object is asked
 * for by -D.
 */
#ifndef FAULTY_H
#define FAULTY_H

#include <rcustress.h>

#define EXPORT RCUSTRESS_EXPORT const struct rcustress_barrier
#define BASICS .size = sizeof(struct rcustress_barrier), .abi = RCUSTRESS_ABI
/* Readers have a fence, so that none of these is BROKEN before it is a FAULT. */
#define SOUND BASICS, .flags = RCUSTRESS_READERS_FENCE, .summary = "for a test"

/* A heavy side that is right: a fence. */
int order(void *writer);
/* Whether that was called more often: never in a try-out, which does so twice. */
int is_late(unsigned after);

/* As through a wild pointer. */
void crash(void);
/* Never returns. */
void hang(void);

#endif
