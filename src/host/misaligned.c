/* SPDX-License-Identifier: BSD-2-Clause */
/* Whether hardware makes misaligned stores: see misaligned.h. */
#include "host/misaligned.h"

#include "host/hwprobe.h"

bool rcs_misaligned_works(void)
{
#if defined(__riscv)
	return (rcs_hwprobe(RCS_HWPROBE_CPUPERF_0) & RCS_HWPROBE_MISALIGNED) ==
	       RCS_HWPROBE_FAST;
#elif defined(__x86_64__) || defined(__i386__) || defined(__aarch64__) ||              \
	defined(__powerpc64__) || defined(__s390x__)
	return true;
#else
	/* 32-bit Arm traps on some, and has kernels that emulate. */
	return false;
#endif
}
