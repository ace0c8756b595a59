/* SPDX-License-Identifier: BSD-2-Clause */
/* The system's C compiler as a process. */
#ifndef RCS_LITMUS_COMPILER_H
#define RCS_LITMUS_COMPILER_H

#include <limits.h>
#include <signal.h>

#include "host/error.h"
#include "litmus/compile/hash.h"

struct rcs_compiler {
	char path[PATH_MAX];
	struct rcs_hash identity; /* changes when it is another */
};

/* $RCUSTRESS_CC, or cc, in PATH: 0, or -1 and *e (UNSUPPORTED). subject: who asks. */
int rcs_compiler_find(struct rcs_compiler *compiler, const char *subject,
		      struct rcs_error *e);

/*
 * Holds back the signals that end a program, until sigprocmask(SIG_SETMASK, before):
 * rcs_compiler_run() sees one that waits, and ends the compiler.
 */
void rcs_compiler_hold_signals(sigset_t *before);

/*
 * Compiles folder/source to folder/object, with no other folder for headers, or for
 * its temporary files. 0; or -1 and *e, which has the first line of what it said.
 */
int rcs_compiler_run(const struct rcs_compiler *compiler, const char *folder,
		     const char *source, const char *object, struct rcs_error *e);

#endif
