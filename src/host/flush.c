/* SPDX-License-Identifier: BSD-2-Clause */
/* Whether user space may flush: see flush.h. */
#include "host/flush.h"

#include "host/hwprobe.h"

bool rcs_flush_works(void)
{
#if defined(__riscv)
	return (rcs_hwprobe(RCS_HWPROBE_IMA_EXT_0) & RCS_HWPROBE_ZICBOM) != 0;
#else
	return RCS_HAVE_FLUSH;
#endif
}
