/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * RISC-V: fences that name what is before and what is after, r for loads, w for
 * stores; atomic operations, and lr/sc where there is none. Part of native/cpu.h.
 */
#ifndef RCS_LITMUS_NATIVE_RISCV_H
#define RCS_LITMUS_NATIVE_RISCV_H

#define RCS_RISCV_FENCE(before, after)                                                 \
	__asm__ volatile("fence " #before "," #after : : : "memory")

#define rcs_cpu_mb()		 RCS_RISCV_FENCE(rw, rw)
#define rcs_cpu_rmb()		 RCS_RISCV_FENCE(r, r)
#define rcs_cpu_wmb()		 RCS_RISCV_FENCE(w, w)
#define rcs_cpu_around_atomic()	 RCS_RISCV_FENCE(rw, rw)
#define rcs_cpu_after_spinlock() RCS_RISCV_FENCE(iorw, iorw) /* devices too */
/* Releasing and acquiring with fences leaves a store and a later load unordered. */
#define rcs_cpu_after_unlock_lock() RCS_RISCV_FENCE(rw, rw)
#define rcs_cpu_pause()		    rcs_compiler_barrier() /* Zihintpause may be absent */

/* Before a releasing update, and after an acquiring one. */
RCS_INLINE void rcs_riscv_before(enum rcs_order order)
{
	if (order == RCS_RELEASE)
		RCS_RISCV_FENCE(rw, w);
}

RCS_INLINE void rcs_riscv_after(enum rcs_order order)
{
	if (order == RCS_ACQUIRE)
		RCS_RISCV_FENCE(r, rw);
}

/* amo…: old = *cell, *cell = old … operand. Full with both its bits, aq and rl. */
#define RCS_RISCV_AMO(order, instruction, old, cell, operand)                          \
	do {                                                                           \
		rcs_riscv_before(order);                                               \
		if ((order) == RCS_FULL)                                               \
			__asm__ volatile(instruction ".aqrl %0,%2,%1"                  \
					 : "=r"(old), "+A"(*(cell))                    \
					 : "r"(operand)                                \
					 : "memory");                                  \
		else                                                                   \
			__asm__ volatile(instruction " %0,%2,%1"                       \
					 : "=r"(old), "+A"(*(cell))                    \
					 : "r"(operand)                                \
					 : "memory");                                  \
		rcs_riscv_after(order);                                                \
	} while (0)

/* The loop of cmpxchg: unchanged, and unfenced, unless it found what it expected. */
#define RCS_RISCV_COMPARE(load, store, fence, found, cell, old, value, failed)         \
	__asm__ volatile("0:	" load " %0,%2\n"                                      \
			 "	bne %0,%z3,1f\n"                                            \
			 "	" store " %1,%z4,%2\n"                                 \
			 "	bnez %1,0b\n"                                               \
			 "	" fence "\n"                                           \
			 "1:"                                                          \
			 : "=&r"(found), "=&r"(failed), "+A"(*(cell))                  \
			 : "rJ"((intptr_t)(old)), "rJ"(value)                          \
			 : "memory")

#define RCS_RISCV_CELL(suffix, type, letter)                                           \
	RCS_INLINE type rcs_cpu_acquire_##suffix(type *cell)                           \
	{                                                                              \
		type value = *(volatile type *)cell;                                   \
                                                                                       \
		RCS_RISCV_FENCE(r, rw);                                                \
		return value;                                                          \
	}                                                                              \
	RCS_INLINE void rcs_cpu_release_##suffix(type *cell, type value)               \
	{                                                                              \
		RCS_RISCV_FENCE(rw, w);                                                \
		*(volatile type *)cell = value;                                        \
	}                                                                              \
	RCS_INLINE type rcs_cpu_exchange_##suffix(enum rcs_order order,                \
						  volatile type *cell, type value)     \
	{                                                                              \
		type old;                                                              \
                                                                                       \
		RCS_RISCV_AMO(order, "amoswap." letter, old, cell, value);             \
		return old;                                                            \
	}                                                                              \
	RCS_INLINE type rcs_cpu_compare_##suffix(                                      \
		enum rcs_order order, volatile type *cell, type old, type value)       \
	{                                                                              \
		intptr_t failed;                                                       \
		type found;                                                            \
                                                                                       \
		rcs_riscv_before(order);                                               \
		if (order == RCS_FULL)                                                 \
			RCS_RISCV_COMPARE("lr." letter, "sc." letter ".rl",            \
					  "fence rw,rw", found, cell, old, value,      \
					  failed);                                     \
		else if (order == RCS_ACQUIRE)                                         \
			RCS_RISCV_COMPARE("lr." letter, "sc." letter, "fence r,rw",    \
					  found, cell, old, value, failed);            \
		else                                                                   \
			RCS_RISCV_COMPARE("lr." letter, "sc." letter, "", found, cell, \
					  old, value, failed);                         \
		return found;                                                          \
	}

RCS_RISCV_CELL(int, rcs_int_cell, "w")
#if __riscv_xlen == 64
RCS_RISCV_CELL(wide, rcs_wide_cell, "d")
#else
RCS_RISCV_CELL(wide, rcs_wide_cell, "w")
#endif

RCS_INLINE int32_t rcs_cpu_fetch(enum rcs_order order, enum rcs_modify modify,
				 rcs_int_cell *cell, int32_t operand)
{
	int32_t old = 0;

	switch (modify) {
	case RCS_MODIFY_ADD:
		RCS_RISCV_AMO(order, "amoadd.w", old, cell, operand);
		break;
	case RCS_MODIFY_AND:
		RCS_RISCV_AMO(order, "amoand.w", old, cell, operand);
		break;
	case RCS_MODIFY_OR:
		RCS_RISCV_AMO(order, "amoor.w", old, cell, operand);
		break;
	case RCS_MODIFY_XOR:
		RCS_RISCV_AMO(order, "amoxor.w", old, cell, operand);
		break;
	case RCS_MODIFY_ANDNOT:
		RCS_RISCV_AMO(order, "amoand.w", old, cell, ~operand);
		break;
	}
	return old;
}

/* Without a register for the old value it is rd = zero, which the kernel has, too. */
RCS_INLINE void rcs_cpu_update(enum rcs_order order, enum rcs_modify modify,
			       rcs_int_cell *cell, int32_t operand)
{
	(void)rcs_cpu_fetch(order, modify, cell, operand);
}

#endif
