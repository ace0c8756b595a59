/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * x86: loads acquire and stores release by themselves; only a store and a later load
 * change places, and any locked instruction keeps them apart. Part of native/cpu.h.
 */
#ifndef RCS_LITMUS_NATIVE_X86_H
#define RCS_LITMUS_NATIVE_X86_H

#define RCS_CPU_EXCHANGE_IS_STORE_MB

/* A locked instruction that changes nothing, on a line that this CPU owns: a full
 * fence, and quicker than mfence. */
RCS_INLINE void rcs_cpu_mb(void)
{
#ifdef __x86_64__
	__asm__ volatile("lock; addl $0,-4(%%rsp)" : : : "memory", "cc");
#else
	__asm__ volatile("lock; addl $0,-4(%%esp)" : : : "memory", "cc");
#endif
}

#define rcs_cpu_rmb() rcs_compiler_barrier()
#define rcs_cpu_wmb() rcs_compiler_barrier()
/* Atomics and the taking of locks are full fences themselves. */
#define rcs_cpu_around_atomic()	    rcs_compiler_barrier()
#define rcs_cpu_after_spinlock()    rcs_compiler_barrier()
#define rcs_cpu_after_unlock_lock() rcs_compiler_barrier()
#define rcs_cpu_pause()		    __asm__ volatile("pause" : : : "memory")

#define RCS_X86_CELL(suffix, type)                                                     \
	RCS_INLINE type rcs_cpu_acquire_##suffix(type *cell)                           \
	{                                                                              \
		type value = *(volatile type *)cell;                                   \
                                                                                       \
		rcs_compiler_barrier();                                                \
		return value;                                                          \
	}                                                                              \
	RCS_INLINE void rcs_cpu_release_##suffix(type *cell, type value)               \
	{                                                                              \
		rcs_compiler_barrier();                                                \
		*(volatile type *)cell = value;                                        \
	}                                                                              \
	/* An exchange with memory is locked without saying so. */                     \
	RCS_INLINE type rcs_cpu_exchange_##suffix(enum rcs_order order,                \
						  volatile type *cell, type value)     \
	{                                                                              \
		(void)order;                                                           \
		__asm__ volatile("xchg %0,%1"                                          \
				 : "+r"(value), "+m"(*cell)                            \
				 :                                                     \
				 : "memory");                                          \
		return value;                                                          \
	}                                                                              \
	RCS_INLINE type rcs_cpu_compare_##suffix(                                      \
		enum rcs_order order, volatile type *cell, type old, type value)       \
	{                                                                              \
		(void)order;                                                           \
		__asm__ volatile("lock; cmpxchg %2,%1"                                 \
				 : "+a"(old), "+m"(*cell)                              \
				 : "r"(value)                                          \
				 : "memory", "cc");                                    \
		return old;                                                            \
	}

RCS_X86_CELL(int, rcs_int_cell)
RCS_X86_CELL(wide, rcs_wide_cell)

RCS_INLINE int32_t rcs_x86_modified(enum rcs_modify modify, int32_t old,
				    int32_t operand)
{
	switch (modify) {
	case RCS_MODIFY_AND:
		return old & operand;
	case RCS_MODIFY_OR:
		return old | operand;
	case RCS_MODIFY_XOR:
		return old ^ operand;
	default:
		return old & ~operand;
	}
}

RCS_INLINE int32_t rcs_cpu_fetch(enum rcs_order order, enum rcs_modify modify,
				 rcs_int_cell *cell, int32_t operand)
{
	int32_t old, found;

	if (modify == RCS_MODIFY_ADD) {
		__asm__ volatile("lock; xaddl %0,%1"
				 : "+r"(operand), "+m"(*cell)
				 :
				 : "memory", "cc");
		return operand;
	}
	found = *(volatile rcs_int_cell *)cell;
	do {
		old = found;
		found = rcs_cpu_compare_int(order, cell, old,
					    rcs_x86_modified(modify, old, operand));
	} while (found != old);
	return old;
}

#define RCS_X86_UPDATE(instruction, cell, operand)                                     \
	__asm__ volatile("lock; " instruction " %1,%0"                                 \
			 : "+m"(*(cell))                                               \
			 : "ir"(operand)                                               \
			 : "memory", "cc")

RCS_INLINE void rcs_cpu_update(enum rcs_order order, enum rcs_modify modify,
			       rcs_int_cell *cell, int32_t operand)
{
	(void)order;
	switch (modify) {
	case RCS_MODIFY_ADD:
		RCS_X86_UPDATE("addl", cell, operand);
		break;
	case RCS_MODIFY_AND:
		RCS_X86_UPDATE("andl", cell, operand);
		break;
	case RCS_MODIFY_OR:
		RCS_X86_UPDATE("orl", cell, operand);
		break;
	case RCS_MODIFY_XOR:
		RCS_X86_UPDATE("xorl", cell, operand);
		break;
	case RCS_MODIFY_ANDNOT:
		RCS_X86_UPDATE("andl", cell, ~operand);
		break;
	}
}

#endif
