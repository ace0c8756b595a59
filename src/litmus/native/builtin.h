/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For architectures whose updates are the compiler's own, and full fences whatever was
 * asked for: s390x, where the instructions are so, and those that are not known here.
 * Part of native/cpu.h.
 */
#ifndef RCS_LITMUS_NATIVE_BUILTIN_H
#define RCS_LITMUS_NATIVE_BUILTIN_H

#define RCS_BUILTIN_CELL(suffix, type)                                                 \
	RCS_INLINE type rcs_cpu_acquire_##suffix(volatile type *cell)                  \
	{                                                                              \
		return __atomic_load_n(cell, __ATOMIC_ACQUIRE);                        \
	}                                                                              \
	RCS_INLINE void rcs_cpu_release_##suffix(volatile type *cell, type value)      \
	{                                                                              \
		__atomic_store_n(cell, value, __ATOMIC_RELEASE);                       \
	}                                                                              \
	RCS_INLINE type rcs_cpu_exchange_##suffix(enum rcs_order order,                \
						  volatile type *cell, type value)     \
	{                                                                              \
		(void)order;                                                           \
		return __atomic_exchange_n(cell, value, __ATOMIC_SEQ_CST);             \
	}                                                                              \
	RCS_INLINE type rcs_cpu_compare_##suffix(                                      \
		enum rcs_order order, volatile type *cell, type old, type value)       \
	{                                                                              \
		(void)order;                                                           \
		(void)__atomic_compare_exchange_n(cell, &old, value, 0,                \
						  __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
		return old;                                                            \
	}

RCS_BUILTIN_CELL(int, rcs_int_cell)
RCS_BUILTIN_CELL(wide, rcs_wide_cell)

RCS_INLINE int32_t rcs_cpu_fetch(enum rcs_order order, enum rcs_modify modify,
				 volatile rcs_int_cell *cell, int32_t operand)
{
	(void)order;
	switch (modify) {
	case RCS_MODIFY_ADD:
		return __atomic_fetch_add(cell, operand, __ATOMIC_SEQ_CST);
	case RCS_MODIFY_AND:
		return __atomic_fetch_and(cell, operand, __ATOMIC_SEQ_CST);
	case RCS_MODIFY_OR:
		return __atomic_fetch_or(cell, operand, __ATOMIC_SEQ_CST);
	case RCS_MODIFY_XOR:
		return __atomic_fetch_xor(cell, operand, __ATOMIC_SEQ_CST);
	default:
		return __atomic_fetch_and(cell, ~operand, __ATOMIC_SEQ_CST);
	}
}

RCS_INLINE void rcs_cpu_update(enum rcs_order order, enum rcs_modify modify,
			       rcs_int_cell *cell, int32_t operand)
{
	(void)rcs_cpu_fetch(order, modify, cell, operand);
}

#endif
