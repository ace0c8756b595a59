/* SPDX-License-Identifier: BSD-2-Clause */
/* A witness as a graph, in the language of Graphviz. */
#ifndef RCS_REPORT_GRAPH_H
#define RCS_REPORT_GRAPH_H

#include <stdio.h>

#include "model/prove.h"

/*
 * Events by thread, in program order from top to bottom, and how they stand to each
 * other, in the colours of herd7: what follows from the rest by transitivity is left
 * out.
 */
void rcs_graph_print(const struct rcs_litmus *test, enum rcs_model model,
		     const struct rcs_proof_witness *witness, FILE *out);

#endif
