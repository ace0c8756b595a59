/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lists of CPUs: the ones this process may use, and the notation people write
 * them in ("0-3,8", as taskset(1) and the kernel's cpulist files have it).
 */
#ifndef RCS_HOST_CPUS_H
#define RCS_HOST_CPUS_H

#include <stddef.h>

#include "host/error.h"

#define RCS_CPUS_MAX 4096

/* CPU numbers, ascending unless the holder says otherwise. */
struct rcs_cpus {
	int count;
	int id[RCS_CPUS_MAX];
};

/* The CPUs that the calling thread's affinity mask allows. 0, or -1 and *e. */
int rcs_cpus_available(struct rcs_cpus *cpus, struct rcs_error *e);

/*
 * Reads a list such as "0-3,8". Numbers must be below RCS_CPUS_MAX; repeats count
 * once; the result is ascending. 0, or -1 and *e naming what is wrong with it.
 */
int rcs_cpus_parse(const char *text, struct rcs_cpus *cpus, struct rcs_error *e);

/* Writes cpus (which must be ascending) in that notation, cut to size bytes. */
void rcs_cpus_print(const struct rcs_cpus *cpus, char *text, size_t size);

/* Binds the calling thread to one CPU. 0, or -1 and *e. */
int rcs_cpus_bind(int cpu, struct rcs_error *e);

#endif
