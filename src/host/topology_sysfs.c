/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The seats of CPUs from /sys/devices/system/cpu, for builds without hwloc: see
 * topology.h.
 */
#include "host/topology.h"

#include <stdio.h>

static int read_int(int cpu, const char *name)
{
	char path[128];
	FILE *f;
	int value = -1;

	(void)snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%d/%s", cpu,
		       name);
	f = fopen(path, "re");
	if (f == NULL)
		return -1;
	if (fscanf(f, "%d", &value) != 1)
		value = -1;
	fclose(f);
	return value;
}

/* A cache is named by the first CPU that shares it; the last index is outermost. */
static int last_level_cache(int cpu)
{
	int cache = -1;

	for (int index = 0; index < 8; index++) {
		char name[64];
		int first;

		(void)snprintf(name, sizeof(name), "cache/index%d/shared_cpu_list",
			       index);
		first = read_int(cpu, name);
		if (first < 0)
			break;
		cache = first;
	}
	return cache;
}

void rcs_topology_read(const struct rcs_cpus *cpus, struct rcs_seat *seats)
{
	for (int i = 0; i < cpus->count; i++) {
		int cpu = cpus->id[i];

		seats[i].cpu = cpu;
		seats[i].package = read_int(cpu, "topology/physical_package_id");
		/* Its first sibling's number: core_id need not be unique. */
		seats[i].core = read_int(cpu, "topology/thread_siblings_list");
		seats[i].cache = last_level_cache(cpu);
	}
}

const char *rcs_topology_source(void)
{
	return "sysfs";
}
