/* SPDX-License-Identifier: BSD-2-Clause */
/* The command line of `rcustress prove`. */
#ifndef RCS_CLI_PROVE_OPTIONS_H
#define RCS_CLI_PROVE_OPTIONS_H

#include "cli/model_list.h"
#include "cli/prove_list.h"
#include "model/prove.h"
#include "report/style.h"

struct rcs_prove_request {
	struct rcs_prove_list tests;
	struct rcs_model_list models;
	struct rcs_prove_options options; /* for the prover */
	bool states, story, quiet;
	const char *dot; /* a file, "-", or NULL */
	enum rcs_color color;
};

/* Reads it, and settles what was not said. Ends the program when it cannot be. */
void rcs_prove_options_read(int argc, char **argv, struct rcs_prove_request *request);

#endif
