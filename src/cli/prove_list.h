/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the prover is asked about: tests of the suite and paths of files. Files are read
 * only when it is their turn, so that there may be any number of them.
 */
#ifndef RCS_CLI_PROVE_LIST_H
#define RCS_CLI_PROVE_LIST_H

#include <stddef.h>

#include "host/error.h"
#include "litmus/ast.h"

struct rcs_prove_item {
	const struct rcs_litmus *suite; /* NULL: in a file */
	char *path;
};

struct rcs_prove_list {
	size_t count, room;
	struct rcs_prove_item *item;
	int unreadable; /* folders; each was complained about on standard error */
};

/*
 * Adds what an argument names; of a folder all *.litmus files, in the folders in it
 * too, in the order of their names. Links to folders are not followed. -1 and *e: USAGE
 * when it names nothing, RESOURCE.
 */
int rcs_prove_list_add(struct rcs_prove_list *list, const char *argument,
		       struct rcs_error *e);

/* All of the suite. */
int rcs_prove_list_suite(struct rcs_prove_list *list, struct rcs_error *e);

void rcs_prove_list_end(struct rcs_prove_list *list);

#endif
