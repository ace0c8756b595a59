/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The membarrier(2) system call and its commands, as the kernel's ABI has them: not
 * every C library ships <linux/membarrier.h>, and none wraps the call.
 */
#ifndef RCS_BARRIER_MEMBARRIER_CALL_H
#define RCS_BARRIER_MEMBARRIER_CALL_H

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "host/error.h"

enum rcs_membarrier_command {
	RCS_MEMBARRIER_GLOBAL = 1 << 0,
	RCS_MEMBARRIER_GLOBAL_EXPEDITED = 1 << 1,
	RCS_MEMBARRIER_REGISTER_GLOBAL_EXPEDITED = 1 << 2,
	RCS_MEMBARRIER_PRIVATE_EXPEDITED = 1 << 3,
	RCS_MEMBARRIER_REGISTER_PRIVATE_EXPEDITED = 1 << 4,
	RCS_MEMBARRIER_SYNC_CORE = 1 << 5,
	RCS_MEMBARRIER_REGISTER_SYNC_CORE = 1 << 6,
	RCS_MEMBARRIER_RSEQ = 1 << 7,
	RCS_MEMBARRIER_REGISTER_RSEQ = 1 << 8,
	RCS_MEMBARRIER_GET_REGISTRATIONS = 1 << 9,
};

/* 0 or what the command gives, or a negative errno value. Any thread. */
static inline int rcs_membarrier(enum rcs_membarrier_command command)
{
	long got = syscall(SYS_membarrier, (int)command, 0, 0);

	return got >= 0 ? (int)got : -errno;
}

/*
 * Registers this process, which cannot be undone and is inherited over fork. what
 * names the command and needs the kernel that has it, in messages. 0, or -1 and *e
 * (UNSUPPORTED).
 */
int rcs_membarrier_register(enum rcs_membarrier_command command, const char *what,
			    const char *needs, struct rcs_error *e);

/*
 * For the controls that call without having registered: 0 if this process has none
 * of these registrations (command bits or-ed together); -1 and *e (UNSUPPORTED) if
 * it has one, from a library's constructor, say, or if the kernel cannot tell.
 */
int rcs_membarrier_not_registered(int commands, struct rcs_error *e);

#endif
