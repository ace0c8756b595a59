/* SPDX-License-Identifier: BSD-2-Clause */
/* The memory models that the prover is to ask: `lkmm,host`. */
#ifndef RCS_CLI_MODEL_LIST_H
#define RCS_CLI_MODEL_LIST_H

#include <stdbool.h>

#include "host/error.h"
#include "litmus/ast.h"

#define RCS_MODELS_DEFAULT "lkmm,host"

/* Each once, in the order of asking. */
struct rcs_model_list {
	int models;
	enum rcs_model model[RCS_MODELS];
	bool no_host; /* `host` was asked for, and there is no model of this machine */
};

/* Adds names with commas between; host and all stand for others. -1 and *e (usage). */
int rcs_model_list_add(struct rcs_model_list *list, const char *text,
		       struct rcs_error *e);

#endif
