/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An error as a value: which kind it is, and one line that says what was tried,
 * on what, why it failed and, where there is something, what to do about it.
 * It travels up to main, the only place that exits.
 */
#ifndef RCS_HOST_ERROR_H
#define RCS_HOST_ERROR_H

enum rcs_error_kind {
	RCS_ERROR_NONE,
	RCS_ERROR_USAGE,       /* what the user asked for cannot be: exit 2 */
	RCS_ERROR_UNSUPPORTED, /* this machine does not have it: SKIPPED */
	RCS_ERROR_RESOURCE,    /* memory, threads, descriptors: FAULT, exit 4 */
	RCS_ERROR_FAULT,       /* the program or the machine misbehaved: exit 4 */
};

struct rcs_error {
	enum rcs_error_kind kind;
	char text[480];
};

/*
 * Fills *e from a printf format and returns -1, so that a function can end with
 * `return rcs_fail(e, …);`. e may be NULL. Any thread, on an error of its own.
 */
int rcs_fail(struct rcs_error *e, enum rcs_error_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
