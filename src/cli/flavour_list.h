/* SPDX-License-Identifier: BSD-2-Clause */
/* The value of --rcu: which RCU flavours a command works on. */
#ifndef RCS_CLI_FLAVOUR_LIST_H
#define RCS_CLI_FLAVOUR_LIST_H

#include <argp.h>

#include "rcu/rcu.h"

#define RCS_FLAVOUR_LIST_MAX 32

struct rcs_flavour_list {
	size_t count;
	const struct rcs_rcu_flavour *flavour[RCS_FLAVOUR_LIST_MAX];
};

/*
 * Adds "asym,qsbr" or "all"; each flavour is there once. 0, or -1 and *e, which names
 * what is nearest.
 */
int rcs_flavour_list_add(struct rcs_flavour_list *list, const char *text,
			 struct rcs_error *e);

/* The same for argp: ends the program with an error, or with the list for "help". */
void rcs_flavour_option(struct argp_state *state, const char *option, const char *text,
			struct rcs_flavour_list *list);

#endif
