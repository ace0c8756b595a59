/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A likely way to choose cuts: that in which every call interrupts the others at the
 * moment at which it is made, in an order in which the accesses took effect. Where the
 * model has such an order it is right, and all cuts are settled at once.
 */
#ifndef RCS_MODEL_GUESS_H
#define RCS_MODEL_GUESS_H

#include "model/cuts.h"

/* chosen[c]: which way of cut c. order: acyclic, as the model's (model.h) is. */
void rcs_cuts_guess(const struct rcs_cuts *cuts, const struct rcs_skeleton *skeleton,
		    const struct rcs_relation *order, int *chosen);

#endif
