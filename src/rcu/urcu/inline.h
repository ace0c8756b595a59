/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * To be included before any header of liburcu: has its read sides inlined, as readers
 * here are. Not where ThreadSanitizer would look at them: it knows nothing of their
 * fences, and leaves the library alone.
 */
#ifndef RCS_RCU_URCU_INLINE_H
#define RCS_RCU_URCU_INLINE_H

#include "rcu/tsan.h"

#if !RCS_TSAN && !defined(_LGPL_SOURCE)
#define _LGPL_SOURCE
#endif

#endif
