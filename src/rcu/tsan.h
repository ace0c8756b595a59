/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What ThreadSanitizer must be told, all in one place: it knows the orders of C11, but
 * neither dependencies nor barriers that another CPU forces on this one.
 */
#ifndef RCS_RCU_TSAN_H
#define RCS_RCU_TSAN_H

#include "host/sanitizer.h"

/*
 * How a pointer is loaded whose uses depend on it: the CPU orders those by the
 * dependency alone (all but Alpha, which is not built for).
 */
#if RCS_TSAN
#define RCS_DEPENDENT __ATOMIC_ACQUIRE
#else
#define RCS_DEPENDENT __ATOMIC_RELAXED
#endif

/* How a word is stored that a heavy barrier orders what was before it for. */
#if RCS_TSAN
#define RCS_BY_HEAVY __ATOMIC_RELEASE
#else
#define RCS_BY_HEAVY __ATOMIC_RELAXED
#endif

/*
 * For flavours of libraries, whose stores and fences it does not see: sections are over
 * for whoever waited for them, and what came before a grace period is seen by sections
 * that come after it.
 */
#if RCS_TSAN
void __tsan_acquire(void *place);
void __tsan_release(void *place);
#define RCS_TSAN_ACQUIRE(PLACE) __tsan_acquire((void *)(PLACE))
#define RCS_TSAN_RELEASE(PLACE) __tsan_release((void *)(PLACE))
#else
#define RCS_TSAN_ACQUIRE(PLACE) ((void)(PLACE))
#define RCS_TSAN_RELEASE(PLACE) ((void)(PLACE))
#endif

#endif
