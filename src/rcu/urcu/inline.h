/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * To be included before any header of liburcu: has its read sides inlined, as readers
 * here are. Not where sanitizers would look at them: ThreadSanitizer knows nothing of
 * their fences, and UBSan, which comes with ASan here, stops at readers of bp that are
 * less aligned than their type says. Both leave the library alone.
 */
#ifndef RCS_RCU_URCU_INLINE_H
#define RCS_RCU_URCU_INLINE_H

#include "host/sanitizer.h"

#if !RCS_TSAN && !RCS_ASAN && !defined(_LGPL_SOURCE)
#define _LGPL_SOURCE
#endif

#endif
