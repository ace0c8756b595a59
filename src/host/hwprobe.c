/* SPDX-License-Identifier: BSD-2-Clause */
/* What RISC-V CPUs can do: see hwprobe.h. And what follows from it. */
#include "host/hwprobe.h"

#include <sys/syscall.h>
#include <unistd.h>

#include "host/flush.h"
#include "host/misaligned.h"

#if defined(__riscv)
#ifndef SYS_riscv_hwprobe
#define SYS_riscv_hwprobe 258
#endif

uint64_t rcs_hwprobe(int64_t key)
{
	struct {
		int64_t key;
		uint64_t value;
	} pair = {key, 0};

	/* All CPUs that are online; a key that is not known comes back as -1. */
	if (syscall(SYS_riscv_hwprobe, &pair, 1, 0, NULL, 0) != 0 || pair.key != key)
		return 0;
	return pair.value;
}

bool rcs_flush_works(void)
{
	return RCS_HAVE_FLUSH &&
	       (rcs_hwprobe(RCS_HWPROBE_IMA_EXT_0) & RCS_HWPROBE_ZICBOM) != 0;
}

bool rcs_misaligned_works(void)
{
	return (rcs_hwprobe(RCS_HWPROBE_CPUPERF_0) & RCS_HWPROBE_MISALIGNED) ==
	       RCS_HWPROBE_FAST;
}
#else
uint64_t rcs_hwprobe(int64_t key)
{
	(void)key;
	return 0;
}

bool rcs_flush_works(void)
{
	return RCS_HAVE_FLUSH;
}

bool rcs_misaligned_works(void)
{
	/* 32-bit Arm traps on some, and has kernels that emulate. */
#if defined(__x86_64__) || defined(__i386__) || defined(__aarch64__) ||                \
	defined(__powerpc64__) || defined(__s390x__)
	return true;
#else
	return false;
#endif
}
#endif
