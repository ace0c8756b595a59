/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Words that one thread stores and others load: whole, on every machine, without a
 * fence or a locked instruction.
 */
#ifndef RCS_STRESS_TORTURE_WORD_H
#define RCS_STRESS_TORTURE_WORD_H

#define RCS_TORTURE_INLINE static inline __attribute__((always_inline))

/* Two lines: neighbours are fetched together on x86. */
#define RCS_TORTURE_ALIGNED __attribute__((aligned(128)))

typedef unsigned long rcs_torture_word;

RCS_TORTURE_INLINE rcs_torture_word rcs_torture_load(const rcs_torture_word *word)
{
	return __atomic_load_n(word, __ATOMIC_RELAXED);
}

RCS_TORTURE_INLINE void rcs_torture_store(rcs_torture_word *word,
					  rcs_torture_word value)
{
	__atomic_store_n(word, value, __ATOMIC_RELAXED);
}

#endif
