/* SPDX-License-Identifier: BSD-2-Clause */
/* Whether stores across lines and pages are made by the hardware. */
#ifndef RCS_HOST_MISALIGNED_H
#define RCS_HOST_MISALIGNED_H

#include <stdbool.h>

/*
 * False where a misaligned store of a word may trap, or be emulated by the kernel or
 * the firmware, which would be a barrier in itself. RISC-V asks the kernel.
 */
bool rcs_misaligned_works(void);

#endif
