/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which sanitizer the program is built with: gcc says so by a macro, clang by a
 * feature. Each is 0 or 1.
 */
#ifndef RCS_HOST_SANITIZER_H
#define RCS_HOST_SANITIZER_H

#if defined(__SANITIZE_ADDRESS__)
#define RCS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define RCS_ASAN 1
#endif
#endif
#ifndef RCS_ASAN
#define RCS_ASAN 0
#endif

#if defined(__SANITIZE_THREAD__)
#define RCS_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define RCS_TSAN 1
#endif
#endif
#ifndef RCS_TSAN
#define RCS_TSAN 0
#endif

/*
 * Whether a child that a process of several threads forks may allocate memory, or start
 * a thread, which does: a lock of a sanitizer's allocator may be held by a thread that
 * the child does not have.
 */
#define RCS_CHILD_ALLOCATES (!RCS_ASAN && !RCS_TSAN)

#endif
