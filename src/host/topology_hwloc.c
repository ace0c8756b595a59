/* SPDX-License-Identifier: BSD-2-Clause */
/* The seats of CPUs as hwloc sees them: see topology.h. */
#include "host/topology.h"

#include <hwloc.h>
#include <stdbool.h>

/* The outermost cache below the package: the one that cores share, if any do. */
static int last_level_cache(hwloc_obj_t pu)
{
	int cache = -1;

	for (hwloc_obj_t o = pu->parent; o != NULL; o = o->parent) {
		if (hwloc_obj_type_is_dcache(o->type))
			cache = (int)o->attr->cache.depth << 16 | (int)o->logical_index;
	}
	return cache;
}

static int ancestor(hwloc_topology_t topology, hwloc_obj_t pu, hwloc_obj_type_t type)
{
	hwloc_obj_t o = hwloc_get_ancestor_obj_by_type(topology, type, pu);

	return o != NULL ? (int)o->logical_index : -1;
}

void rcs_topology_read(const struct rcs_cpus *cpus, struct rcs_seat *seats)
{
	hwloc_topology_t topology = NULL;
	bool loaded = hwloc_topology_init(&topology) == 0 &&
		      hwloc_topology_load(topology) == 0;

	for (int i = 0; i < cpus->count; i++) {
		hwloc_obj_t pu = NULL;

		seats[i] = (struct rcs_seat){cpus->id[i], -1, -1, -1};
		if (loaded)
			pu = hwloc_get_pu_obj_by_os_index(topology,
							  (unsigned)cpus->id[i]);
		if (pu == NULL)
			continue;
		seats[i].package = ancestor(topology, pu, HWLOC_OBJ_PACKAGE);
		seats[i].core = ancestor(topology, pu, HWLOC_OBJ_CORE);
		seats[i].cache = last_level_cache(pu);
	}
	if (topology != NULL)
		hwloc_topology_destroy(topology);
}

const char *rcs_topology_source(void)
{
	return "hwloc";
}
