/* SPDX-License-Identifier: BSD-2-Clause */
/* The value of --barrier: which barriers a command works on. */
#ifndef RCS_CLI_BARRIER_LIST_H
#define RCS_CLI_BARRIER_LIST_H

#include <argp.h>
#include <stdbool.h>

#include "barrier/barrier.h"

#define RCS_BARRIER_LIST_MAX 64

struct rcs_barrier_list {
	size_t count;
	struct rcs_barrier_choice choice[RCS_BARRIER_LIST_MAX];
	/* It came with "all": a control is there to be caught. */
	bool self_test[RCS_BARRIER_LIST_MAX];
};

/*
 * Adds what "a,b:1,…" names; "all" and "sound" stand for several. One that is there
 * already is not added again. -1 and *e (usage), with the nearest name there is.
 */
int rcs_barrier_list_add(struct rcs_barrier_list *list, const char *text,
			 struct rcs_error *e);

/*
 * rcs_barrier_find(), but an *e for a name that there is not has the nearest one, of
 * barriers and of the words in also (ended by NULL; NULL: none).
 */
int rcs_barrier_look_up(const char *name, const char *const *also,
			struct rcs_barrier_choice *choice, struct rcs_error *e);

/*
 * The option itself, for argp parsers: adds text to the list; "help" lists what there
 * is and ends the program, and so does a malformed text, with status 2.
 */
void rcs_barrier_option(struct argp_state *state, const char *text,
			struct rcs_barrier_list *list);

#endif
