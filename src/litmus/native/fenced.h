/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For architectures whose kernel makes acquiring, releasing and full accesses out of
 * relaxed ones and fences around them: POWER and 32-bit ARM. The relaxed updates are
 * the compiler's, which are the same load-linked and store-conditional loops.
 *
 * RCS_FENCE_FULL, _ACQUIRE and _RELEASE are defined before. Part of native/cpu.h.
 */
#ifndef RCS_LITMUS_NATIVE_FENCED_H
#define RCS_LITMUS_NATIVE_FENCED_H

RCS_INLINE void rcs_fenced_before(enum rcs_order order)
{
	if (order == RCS_FULL)
		RCS_FENCE_FULL();
	else if (order == RCS_RELEASE)
		RCS_FENCE_RELEASE();
}

RCS_INLINE void rcs_fenced_after(enum rcs_order order)
{
	if (order == RCS_FULL)
		RCS_FENCE_FULL();
	else if (order == RCS_ACQUIRE)
		RCS_FENCE_ACQUIRE();
}

#define RCS_FENCED_CELL(suffix, type)                                                  \
	RCS_INLINE type rcs_cpu_acquire_##suffix(type *cell)                           \
	{                                                                              \
		type value = *(volatile type *)cell;                                   \
                                                                                       \
		RCS_FENCE_ACQUIRE();                                                   \
		return value;                                                          \
	}                                                                              \
	RCS_INLINE void rcs_cpu_release_##suffix(type *cell, type value)               \
	{                                                                              \
		RCS_FENCE_RELEASE();                                                   \
		*(volatile type *)cell = value;                                        \
	}                                                                              \
	RCS_INLINE type rcs_cpu_exchange_##suffix(enum rcs_order order,                \
						  volatile type *cell, type value)     \
	{                                                                              \
		rcs_fenced_before(order);                                              \
		value = __atomic_exchange_n(cell, value, __ATOMIC_RELAXED);            \
		rcs_fenced_after(order);                                               \
		return value;                                                          \
	}                                                                              \
	/* One that fails ends without the fence. */                                   \
	RCS_INLINE type rcs_cpu_compare_##suffix(                                      \
		enum rcs_order order, volatile type *cell, type old, type value)       \
	{                                                                              \
		rcs_fenced_before(order);                                              \
		if (__atomic_compare_exchange_n(cell, &old, value, 0,                  \
						__ATOMIC_RELAXED, __ATOMIC_RELAXED))   \
			rcs_fenced_after(order);                                       \
		return old;                                                            \
	}

RCS_FENCED_CELL(int, rcs_int_cell)
RCS_FENCED_CELL(wide, rcs_wide_cell)

RCS_INLINE int32_t rcs_fenced_fetch(enum rcs_modify modify, volatile rcs_int_cell *cell,
				    int32_t operand)
{
	switch (modify) {
	case RCS_MODIFY_ADD:
		return __atomic_fetch_add(cell, operand, __ATOMIC_RELAXED);
	case RCS_MODIFY_AND:
		return __atomic_fetch_and(cell, operand, __ATOMIC_RELAXED);
	case RCS_MODIFY_OR:
		return __atomic_fetch_or(cell, operand, __ATOMIC_RELAXED);
	case RCS_MODIFY_XOR:
		return __atomic_fetch_xor(cell, operand, __ATOMIC_RELAXED);
	default:
		return __atomic_fetch_and(cell, ~operand, __ATOMIC_RELAXED);
	}
}

RCS_INLINE int32_t rcs_cpu_fetch(enum rcs_order order, enum rcs_modify modify,
				 rcs_int_cell *cell, int32_t operand)
{
	int32_t old;

	rcs_fenced_before(order);
	old = rcs_fenced_fetch(modify, cell, operand);
	rcs_fenced_after(order);
	return old;
}

RCS_INLINE void rcs_cpu_update(enum rcs_order order, enum rcs_modify modify,
			       rcs_int_cell *cell, int32_t operand)
{
	(void)rcs_cpu_fetch(order, modify, cell, operand);
}

#endif
