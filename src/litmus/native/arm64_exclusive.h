/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * 64-bit ARM without LSE: updates as loops of an exclusive load and store. ldaxr
 * acquires, stlxr releases; a full update releases and ends with a dmb, which is what
 * the kernel found to be needed. It acquires here as well, which the kernel's does not:
 * so that it is no weaker than that of LSE, which the model of the prover has, also
 * where a comparison fails. Part of native/arm64.h.
 */
#ifndef RCS_LITMUS_NATIVE_ARM64_EXCLUSIVE_H
#define RCS_LITMUS_NATIVE_ARM64_EXCLUSIVE_H

/* DO(load, store, fence) with those of that order. */
#define RCS_ARM64_ORDERED(order, DO)                                                   \
	do {                                                                           \
		if ((order) == RCS_FULL)                                               \
			DO("ldaxr", "stlxr", "dmb ish");                               \
		else if ((order) == RCS_ACQUIRE)                                       \
			DO("ldaxr", "stxr", "");                                       \
		else if ((order) == RCS_RELEASE)                                       \
			DO("ldxr", "stlxr", "");                                       \
		else                                                                   \
			DO("ldxr", "stxr", "");                                        \
	} while (0)

#define RCS_ARM64_SWAP(load, store, fence, w)                                          \
	__asm__ volatile("1:	" load " %" w "0,%2\n"                                 \
			 "	" store " %w1,%" w "3,%2\n"                            \
			 "	cbnz %w1,1b\n"                                              \
			 "	" fence                                                \
			 : "=&r"(old), "=&r"(failed), "+Q"(*cell)                      \
			 : "r"(value)                                                  \
			 : "memory")
/* Without the fence, unless it found what it expected. */
#define RCS_ARM64_CAS(load, store, fence, w)                                           \
	__asm__ volatile("1:	" load " %" w "0,%2\n"                                 \
			 "	cmp %" w "0,%" w "3\n"                                 \
			 "	b.ne 2f\n"                                                  \
			 "	" store " %w1,%" w "4,%2\n"                            \
			 "	cbnz %w1,1b\n"                                              \
			 "	" fence "\n"                                           \
			 "2:"                                                          \
			 : "=&r"(found), "=&r"(failed), "+Q"(*cell)                    \
			 : "r"(old), "r"(value)                                        \
			 : "memory", "cc")
#define RCS_ARM64_SWAP_INT(load, store, fence)	RCS_ARM64_SWAP(load, store, fence, "w")
#define RCS_ARM64_SWAP_WIDE(load, store, fence) RCS_ARM64_SWAP(load, store, fence, "x")
#define RCS_ARM64_CAS_INT(load, store, fence)	RCS_ARM64_CAS(load, store, fence, "w")
#define RCS_ARM64_CAS_WIDE(load, store, fence)	RCS_ARM64_CAS(load, store, fence, "x")

#define RCS_ARM64_CELL(suffix, type, SWAP, CAS)                                        \
	RCS_INLINE type rcs_cpu_exchange_##suffix(enum rcs_order order,                \
						  volatile type *cell, type value)     \
	{                                                                              \
		uint32_t failed;                                                       \
		type old;                                                              \
                                                                                       \
		RCS_ARM64_ORDERED(order, SWAP);                                        \
		return old;                                                            \
	}                                                                              \
	RCS_INLINE type rcs_cpu_compare_##suffix(                                      \
		enum rcs_order order, volatile type *cell, type old, type value)       \
	{                                                                              \
		uint32_t failed;                                                       \
		type found;                                                            \
                                                                                       \
		RCS_ARM64_ORDERED(order, CAS);                                         \
		return found;                                                          \
	}

RCS_ARM64_CELL(int, rcs_int_cell, RCS_ARM64_SWAP_INT, RCS_ARM64_CAS_INT)
RCS_ARM64_CELL(wide, rcs_wide_cell, RCS_ARM64_SWAP_WIDE, RCS_ARM64_CAS_WIDE)

#define RCS_ARM64_FETCH(instruction, load, store, fence)                               \
	__asm__ volatile("1:	" load " %w0,%3\n"                                     \
			 "	" instruction " %w1,%w0,%w4\n"                         \
			 "	" store " %w2,%w1,%3\n"                                \
			 "	cbnz %w2,1b\n"                                              \
			 "	" fence                                                \
			 : "=&r"(old), "=&r"(modified), "=&r"(failed), "+Q"(*cell)     \
			 : "r"(operand)                                                \
			 : "memory")
#define RCS_ARM64_ADD(load, store, fence) RCS_ARM64_FETCH("add", load, store, fence)
#define RCS_ARM64_AND(load, store, fence) RCS_ARM64_FETCH("and", load, store, fence)
#define RCS_ARM64_OR(load, store, fence)  RCS_ARM64_FETCH("orr", load, store, fence)
#define RCS_ARM64_XOR(load, store, fence) RCS_ARM64_FETCH("eor", load, store, fence)
#define RCS_ARM64_BIC(load, store, fence) RCS_ARM64_FETCH("bic", load, store, fence)

RCS_INLINE int32_t rcs_cpu_fetch(enum rcs_order order, enum rcs_modify modify,
				 rcs_int_cell *cell, int32_t operand)
{
	uint32_t failed;
	int32_t old = 0, modified;

	switch (modify) {
	case RCS_MODIFY_ADD:
		RCS_ARM64_ORDERED(order, RCS_ARM64_ADD);
		break;
	case RCS_MODIFY_AND:
		RCS_ARM64_ORDERED(order, RCS_ARM64_AND);
		break;
	case RCS_MODIFY_OR:
		RCS_ARM64_ORDERED(order, RCS_ARM64_OR);
		break;
	case RCS_MODIFY_XOR:
		RCS_ARM64_ORDERED(order, RCS_ARM64_XOR);
		break;
	case RCS_MODIFY_ANDNOT:
		RCS_ARM64_ORDERED(order, RCS_ARM64_BIC);
		break;
	}
	return old;
}

RCS_INLINE void rcs_cpu_update(enum rcs_order order, enum rcs_modify modify,
			       rcs_int_cell *cell, int32_t operand)
{
	(void)rcs_cpu_fetch(order, modify, cell, operand);
}

#endif
