/* SPDX-License-Identifier: BSD-2-Clause */
/* The tests that a run is asked for: by name, from files, from folders of files. */
#ifndef RCS_CLI_TEST_LIST_H
#define RCS_CLI_TEST_LIST_H

#include <argp.h>
#include <stdbool.h>

#include "litmus/compile.h"
#include "stress/tests.h"

#define RCS_TESTS_MAX 1024

struct rcs_test_list {
	bool rcu; /* the torture is one of them */
	size_t count;
	struct rcs_test test[RCS_TESTS_MAX];
	struct rcs_native_object *object[RCS_TESTS_MAX]; /* NULL: of the suite */
};

/*
 * For argp parsers: adds the test of the suite of that name, the one in that file, or
 * those in the folder's *.litmus files. Ends the program with status 2 and a message
 * when there is none, or a file cannot be read or understood.
 */
void rcs_test_option(struct argp_state *state, const char *name,
		     struct rcs_test_list *list);

/*
 * The tests of a run that names none: those of the suite in which a barrier forbids
 * something that this architecture would show without it, often; and the torture. 0, or
 * -1 and *e.
 */
int rcs_test_list_default(struct rcs_test_list *list, struct rcs_error *e);

/*
 * Native code for those that come from files, with the system's compiler; its source
 * is kept in the folder `keep` unless that is NULL. 0, or -1 and *e (USAGE).
 */
int rcs_test_list_compile(struct rcs_test_list *list, const char *keep,
			  struct rcs_error *e);

/* When the run is over: native code that no cache keeps is gone then. */
void rcs_test_list_end(struct rcs_test_list *list);

#endif
