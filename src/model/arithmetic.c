/* SPDX-License-Identifier: BSD-2-Clause */
/* Operators: see arithmetic.h. Numbers are computed as native/integers.h does it. */
#include "model/arithmetic.h"

static rcs_word wrapped(rcs_word word)
{
	return (int32_t)(uint32_t)(uint64_t)word;
}

/* With addresses there is nothing to compute but what keeps them, or leaves nothing of
 * them: the dependencies that tests are made of. False: anything else. */
static bool apply_to_address(enum rcs_operator op, rcs_word a, rcs_word b,
			     rcs_word *result)
{
	switch (op) {
	case RCS_OPERATOR_ADD:
	case RCS_OPERATOR_OR:
		*result = rcs_word_is_address(a) ? a : b;
		return a == 0 || b == 0;
	case RCS_OPERATOR_SUBTRACT:
	case RCS_OPERATOR_XOR:
		*result = a == b ? 0 : rcs_word_is_address(a) ? a : b;
		return a == b || b == 0 || (op == RCS_OPERATOR_XOR && a == 0);
	case RCS_OPERATOR_AND:
		*result = a == b ? a : 0;
		return a == b || a == 0 || b == 0;
	case RCS_OPERATOR_MULTIPLY:
		*result = 0;
		return a == 0 || b == 0;
	default:
		return false;
	}
}

static rcs_word apply(enum rcs_operator op, rcs_word a, rcs_word b)
{
	uint32_t x = (uint32_t)(uint64_t)a, y = (uint32_t)(uint64_t)b;

	switch (op) {
	case RCS_OPERATOR_NEGATE:
		return wrapped(-a);
	case RCS_OPERATOR_INVERT:
		return wrapped(~a);
	case RCS_OPERATOR_NOT:
		return a == 0;
	case RCS_OPERATOR_ADD:
		return wrapped(a + b);
	case RCS_OPERATOR_SUBTRACT:
		return wrapped(a - b);
	case RCS_OPERATOR_MULTIPLY:
		return wrapped((rcs_word)((uint64_t)x * y));
	case RCS_OPERATOR_AND:
		return wrapped(x & y);
	case RCS_OPERATOR_OR:
		return wrapped(x | y);
	case RCS_OPERATOR_XOR:
		return wrapped(x ^ y);
	case RCS_OPERATOR_LEFT: /* counts as native/integers.h takes them */
		return wrapped(x << (y & 31));
	case RCS_OPERATOR_RIGHT:
		return (int32_t)x >> (y & 31);
	case RCS_OPERATOR_EQUAL:
		return a == b;
	case RCS_OPERATOR_UNEQUAL:
		return a != b;
	case RCS_OPERATOR_LESS:
		return a < b;
	case RCS_OPERATOR_LESS_EQUAL:
		return a <= b;
	case RCS_OPERATOR_GREATER:
		return a > b;
	case RCS_OPERATOR_GREATER_EQUAL:
		return a >= b;
	case RCS_OPERATOR_BOTH:
		return a != 0 && b != 0;
	case RCS_OPERATOR_EITHER:
		return a != 0 || b != 0;
	case RCS_OPERATORS:
		break;
	}
	return 0;
}

bool rcs_word_apply(enum rcs_operator op, rcs_word a, rcs_word b, rcs_word *result)
{
	bool asks = op == RCS_OPERATOR_NOT || op == RCS_OPERATOR_EQUAL ||
		    op == RCS_OPERATOR_UNEQUAL || op == RCS_OPERATOR_BOTH ||
		    op == RCS_OPERATOR_EITHER;

	if (asks || (!rcs_word_is_address(a) && !rcs_word_is_address(b))) {
		*result = apply(op, a, b);
		return true;
	}
	return apply_to_address(op, a, b, result);
}
