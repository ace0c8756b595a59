/* SPDX-License-Identifier: BSD-2-Clause */
/* 64-bit ARM with LSE: updates in one instruction, ordered by its suffix: a acquires,
 * l releases, al is full. Part of native/arm64.h. */
#ifndef RCS_LITMUS_NATIVE_ARM64_ATOMIC_H
#define RCS_LITMUS_NATIVE_ARM64_ATOMIC_H

/* DO(suffix) with the suffix of that order. */
#define RCS_ARM64_ORDERED(order, DO)                                                   \
	do {                                                                           \
		if ((order) == RCS_FULL)                                               \
			DO("al");                                                      \
		else if ((order) == RCS_ACQUIRE)                                       \
			DO("a");                                                       \
		else if ((order) == RCS_RELEASE)                                       \
			DO("l");                                                       \
		else                                                                   \
			DO("");                                                        \
	} while (0)

#define RCS_ARM64_SWAP(suffix, w)                                                      \
	__asm__ volatile("swp" suffix " %" w "2,%" w "0,%1"                            \
			 : "=r"(old), "+Q"(*cell)                                      \
			 : "rZ"(value)                                                 \
			 : "memory")
#define RCS_ARM64_CAS(suffix, w)                                                       \
	__asm__ volatile("cas" suffix " %" w "0,%" w "2,%1"                            \
			 : "+r"(old), "+Q"(*cell)                                      \
			 : "rZ"(value)                                                 \
			 : "memory")
#define RCS_ARM64_SWAP_INT(suffix)  RCS_ARM64_SWAP(suffix, "w")
#define RCS_ARM64_SWAP_WIDE(suffix) RCS_ARM64_SWAP(suffix, "x")
#define RCS_ARM64_CAS_INT(suffix)   RCS_ARM64_CAS(suffix, "w")
#define RCS_ARM64_CAS_WIDE(suffix)  RCS_ARM64_CAS(suffix, "x")

#define RCS_ARM64_CELL(suffix, type, SWAP, CAS)                                        \
	RCS_INLINE type rcs_cpu_exchange_##suffix(enum rcs_order order,                \
						  volatile type *cell, type value)     \
	{                                                                              \
		type old;                                                              \
                                                                                       \
		RCS_ARM64_ORDERED(order, SWAP);                                        \
		return old;                                                            \
	}                                                                              \
	RCS_INLINE type rcs_cpu_compare_##suffix(                                      \
		enum rcs_order order, volatile type *cell, type old, type value)       \
	{                                                                              \
		RCS_ARM64_ORDERED(order, CAS);                                         \
		return old;                                                            \
	}

RCS_ARM64_CELL(int, rcs_int_cell, RCS_ARM64_SWAP_INT, RCS_ARM64_CAS_INT)
RCS_ARM64_CELL(wide, rcs_wide_cell, RCS_ARM64_SWAP_WIDE, RCS_ARM64_CAS_WIDE)

#define RCS_ARM64_FETCH(instruction, suffix)                                           \
	__asm__ volatile(instruction suffix " %w2,%w0,%1"                              \
			 : "=r"(old), "+Q"(*cell)                                      \
			 : "rZ"(operand)                                               \
			 : "memory")
#define RCS_ARM64_ADD(suffix)	RCS_ARM64_FETCH("ldadd", suffix)
#define RCS_ARM64_SET(suffix)	RCS_ARM64_FETCH("ldset", suffix)
#define RCS_ARM64_XOR(suffix)	RCS_ARM64_FETCH("ldeor", suffix)
#define RCS_ARM64_CLEAR(suffix) RCS_ARM64_FETCH("ldclr", suffix)

RCS_INLINE int32_t rcs_cpu_fetch(enum rcs_order order, enum rcs_modify modify,
				 rcs_int_cell *cell, int32_t operand)
{
	int32_t old = 0;

	switch (modify) {
	case RCS_MODIFY_ADD:
		RCS_ARM64_ORDERED(order, RCS_ARM64_ADD);
		break;
	case RCS_MODIFY_OR:
		RCS_ARM64_ORDERED(order, RCS_ARM64_SET);
		break;
	case RCS_MODIFY_XOR:
		RCS_ARM64_ORDERED(order, RCS_ARM64_XOR);
		break;
	case RCS_MODIFY_AND: /* there is no such, but one that clears */
		operand = ~operand;
		RCS_ARM64_ORDERED(order, RCS_ARM64_CLEAR);
		break;
	case RCS_MODIFY_ANDNOT:
		RCS_ARM64_ORDERED(order, RCS_ARM64_CLEAR);
		break;
	}
	return old;
}

/* st…: without a result. A load fence does not wait for its reading half. */
#define RCS_ARM64_UPDATE(instruction)                                                  \
	__asm__ volatile(instruction " %w1,%0"                                         \
			 : "+Q"(*cell)                                                 \
			 : "rZ"(operand)                                               \
			 : "memor"                                                     \
			   "y")

RCS_INLINE void rcs_cpu_update(enum rcs_order order, enum rcs_modify modify,
			       rcs_int_cell *cell, int32_t operand)
{
	if (order != RCS_RELAXED) {
		(void)rcs_cpu_fetch(order, modify, cell, operand);
		return;
	}
	switch (modify) {
	case RCS_MODIFY_ADD:
		RCS_ARM64_UPDATE("stadd");
		break;
	case RCS_MODIFY_OR:
		RCS_ARM64_UPDATE("stset");
		break;
	case RCS_MODIFY_XOR:
		RCS_ARM64_UPDATE("steor");
		break;
	case RCS_MODIFY_AND:
		operand = ~operand;
		RCS_ARM64_UPDATE("stclr");
		break;
	case RCS_MODIFY_ANDNOT:
		RCS_ARM64_UPDATE("stclr");
		break;
	}
}

#endif
