/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files that are there whole or not at all: written under another name in the same
 * folder, and renamed when all of it is on the disk. Who is killed in between leaves
 * the old file as it was.
 */
#ifndef RCS_REPORT_ATOMIC_H
#define RCS_REPORT_ATOMIC_H

#include <stdbool.h>
#include <stdio.h>

#include "host/error.h"

/*
 * Whether a file of that name can be made, before the work whose result it is to hold.
 * 0, or -1 and *e (USAGE).
 */
int rcs_atomic_check(const char *path, struct rcs_error *e);

/* Whether two names are of one file, which both would be written to. */
bool rcs_atomic_same(const char *a, const char *b);

struct rcs_atomic {
	FILE *out; /* to be written to */
	char *path;
	char *temporary; /* NULL: it is written straight, being no plain file */
};

/* 0, or -1 and *e (FAULT). A link to a file stays a link. */
int rcs_atomic_open(const char *path, struct rcs_atomic *file, struct rcs_error *e);

/* Puts it in its place. 0; or -1 and *e (FAULT), and nothing has changed. */
int rcs_atomic_commit(struct rcs_atomic *file, struct rcs_error *e);

/* Drops it instead. */
void rcs_atomic_drop(struct rcs_atomic *file);

#endif
