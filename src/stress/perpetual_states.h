/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * All final states that the loads of a perpetual test could end in, each with the
 * pattern of its frames.
 */
#ifndef RCS_STRESS_PERPETUAL_STATES_H
#define RCS_STRESS_PERPETUAL_STATES_H

#include "stress/frames.h"

/*
 * Fills *states with every combination of values that the named registers can load, at
 * count 0. false: they are more than it has room for.
 */
bool rcs_perpetual_states(const struct rcs_litmus *test, const struct rcs_perpetual *p,
			  struct rcs_histogram *states);

#endif
