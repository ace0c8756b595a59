/* SPDX-License-Identifier: BSD-2-Clause */
/* What the memory model of a machine says of a test's target before it is run there. */
#ifndef RCS_STRESS_PROSPECT_H
#define RCS_STRESS_PROSPECT_H

#include <stdbool.h>

#include "litmus/ast.h"

enum rcs_outlook {
	RCS_OUTLOOK_UNKNOWN, /* there is no model, or the prover cannot say */
	RCS_OUTLOOK_FORBIDDEN,
	RCS_OUTLOOK_ALLOWED,
};

struct rcs_prospect {
	int model; /* enum rcs_model; -1: none */
	/* Of the target: as the test stands, with an ideal barrier; … */
	enum rcs_outlook ideal;
	/* … with smp_memb() that does nothing, or that orders its caller only; … */
	enum rcs_outlook none, local;
	/* … and with fences and sides that do nothing. */
	enum rcs_outlook stripped;
	/* These were taken from the file's lines. */
	bool ideal_stated, stripped_stated;
	/* The file says something else somewhere; the model is believed. */
	bool contradicts;
};

/*
 * Asks the prover; what it does not answer within a moment is taken from the file's
 * lines. Where a test has plain accesses, the compiler may do what no model of a
 * machine knows of, and only the lines are believed.
 */
void rcs_prospect_find(const struct rcs_litmus *test, int model,
		       struct rcs_prospect *prospect);

#endif
