/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What RISC-V CPUs can do, asked of the kernel (riscv_hwprobe, Linux 6.4; keys as in
 * its Documentation/arch/riscv/hwprobe.rst). Elsewhere there is nothing to ask.
 */
#ifndef RCS_HOST_HWPROBE_H
#define RCS_HOST_HWPROBE_H

#include <stdint.h>

#define RCS_HWPROBE_IMA_EXT_0  4
#define RCS_HWPROBE_CPUPERF_0  5
#define RCS_HWPROBE_ZICBOM     (UINT64_C(1) << 55) /* of IMA_EXT_0, Linux 6.15 */
#define RCS_HWPROBE_MISALIGNED UINT64_C(7)	   /* mask in CPUPERF_0 … */
#define RCS_HWPROBE_FAST       UINT64_C(3)	   /* … in hardware, and fast */

/* The value of a key that all CPUs agree on; 0 where the kernel does not say. */
uint64_t rcs_hwprobe(int64_t key);

#endif
