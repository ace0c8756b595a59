/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where CPUs sit: which package, last-level cache and core each belongs to. Read
 * through hwloc where the build has it (topology_hwloc.c), else from sysfs
 * (topology_sysfs.c); both fill the same struct.
 */
#ifndef RCS_HOST_TOPOLOGY_H
#define RCS_HOST_TOPOLOGY_H

#include "host/cpus.h"

/* Numbers mean nothing but same or different; -1 is not known. */
struct rcs_seat {
	int cpu;
	int package;
	int cache; /* last-level cache shared with other cores */
	int core;  /* SMT siblings have the same core in the same package */
};

/* Fills seats[i] for cpus->id[i]. Never fails: what is not known is -1. */
void rcs_topology_read(const struct rcs_cpus *cpus, struct rcs_seat *seats);

/* What reads it, for the header line of verbose reports: "hwloc" or "sysfs". */
const char *rcs_topology_source(void);

#endif
