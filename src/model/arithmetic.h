/* SPDX-License-Identifier: BSD-2-Clause */
/* What operators make of values: numbers of 32 bits that wrap around, and addresses. */
#ifndef RCS_MODEL_ARITHMETIC_H
#define RCS_MODEL_ARITHMETIC_H

#include "model/path.h"

static inline bool rcs_word_is_address(rcs_word word)
{
	return word >= RCS_WORD_ADDRESS;
}

/* b is 0 of unary operators. False: of these values there is no result. */
bool rcs_word_apply(enum rcs_operator op, rcs_word a, rcs_word b, rcs_word *result);

#endif
