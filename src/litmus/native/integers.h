/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The arithmetic of generated code: 32-bit ints that wrap around, in which nothing is
 * undefined, whatever a file computes. Comparisons take the whole value, as addresses
 * may be compared too.
 */
#ifndef RCS_LITMUS_NATIVE_INTEGERS_H
#define RCS_LITMUS_NATIVE_INTEGERS_H

#include <stdint.h>

#define RCS_WRAPPED(name, formula)                                                     \
	static inline __attribute__((always_inline)) intptr_t name(intptr_t a,         \
								   intptr_t b)         \
	{                                                                              \
		uint32_t x = (uint32_t)a, y = (uint32_t)b;                             \
                                                                                       \
		return (int32_t)(formula);                                             \
	}

#define RCS_COMPARED(name, formula)                                                    \
	static inline __attribute__((always_inline)) intptr_t name(intptr_t a,         \
								   intptr_t b)         \
	{                                                                              \
		return (formula);                                                      \
	}

RCS_WRAPPED(rcs_add, x + y)
RCS_WRAPPED(rcs_subtract, x - y)
RCS_WRAPPED(rcs_multiply, x *y)
RCS_WRAPPED(rcs_and, x &y)
RCS_WRAPPED(rcs_or, x | y)
RCS_WRAPPED(rcs_xor, x ^ y)
/* C leaves counts from 32 on to the CPU, and they differ. */
RCS_WRAPPED(rcs_left, x << (y & 31))
/* Of signed numbers: arithmetic, with every compiler that takes this file. */
RCS_WRAPPED(rcs_right, (int32_t)x >> (y & 31))

RCS_COMPARED(rcs_equal, a == b)
RCS_COMPARED(rcs_unequal, a != b)
RCS_COMPARED(rcs_less, a < b)
RCS_COMPARED(rcs_less_equal, a <= b)
RCS_COMPARED(rcs_greater, a > b)
RCS_COMPARED(rcs_greater_equal, a >= b)
/* Not lazy: both are known already. */
RCS_COMPARED(rcs_both, (a != 0) & (b != 0))
RCS_COMPARED(rcs_either, (a != 0) | (b != 0))

static inline __attribute__((always_inline)) intptr_t rcs_negate(intptr_t a)
{
	return rcs_subtract(0, a);
}

static inline __attribute__((always_inline)) intptr_t rcs_invert(intptr_t a)
{
	return rcs_xor(a, -1);
}

static inline __attribute__((always_inline)) intptr_t rcs_not(intptr_t a)
{
	return a == 0;
}

#endif
