/* SPDX-License-Identifier: BSD-2-Clause */
/* What RISC-V CPUs can do: see hwprobe.h. */
#include "host/hwprobe.h"

#if defined(__riscv)
#include <sys/syscall.h>
#include <unistd.h>

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
#else
uint64_t rcs_hwprobe(int64_t key)
{
	(void)key;
	return 0;
}
#endif
