/* SPDX-License-Identifier: BSD-2-Clause */
/* Final states of the prover as text. */
#ifndef RCS_REPORT_STATE_H
#define RCS_REPORT_STATE_H

#include "model/prove.h"

/* "0" or the name of a location. What is given as text lives until the eighth call
 * from then. */
const char *rcs_value_text(const struct rcs_litmus *test,
			   const struct rcs_litmus_value *value);

/* "0:r0=0; x=1;" into text; how long it is. */
int rcs_state_text(const struct rcs_litmus *test, const struct rcs_proof *proof,
		   const struct rcs_state *state, char *text, size_t size);

#endif
