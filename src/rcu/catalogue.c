/* SPDX-License-Identifier: BSD-2-Clause */
/* The flavours that there are. To add one: its files, and a line in list_own.h. */
#include "rcu/rcu.h"

#include <stdio.h>
#include <string.h>

#include "rcu/plugin.h"

#define X(name) extern const struct rcs_rcu_flavour rcs_rcu_##name;
#include "rcu/list.h"
#undef X

const struct rcs_rcu_flavour *const rcs_rcu_flavours[] = {
#define X(name) &rcs_rcu_##name,
#include "rcu/list.h"
#undef X
};
const size_t rcs_rcu_flavour_count =
	sizeof(rcs_rcu_flavours) / sizeof(rcs_rcu_flavours[0]);

const struct rcs_rcu_flavour *rcs_rcu_find(const char *name, struct rcs_error *e)
{
	const struct rcs_rcu_flavour *plugin;
	char names[256] = "";
	size_t length = 0;

	if (rcs_plugin_meant(name))
		return rcs_rcu_plugin_open(name, e);
	plugin = rcs_rcu_plugin_named(name);
	if (plugin != NULL)
		return plugin;

	for (size_t i = 0; i < rcs_rcu_flavour_count; i++) {
		if (strcmp(rcs_rcu_flavours[i]->name, name) == 0)
			return rcs_rcu_flavours[i];
		if (length < sizeof(names))
			length += (size_t)snprintf(
				names + length, sizeof(names) - length, "%s%s",
				i == 0 ? "" : ", ", rcs_rcu_flavours[i]->name);
	}
	rcs_fail(e, RCS_ERROR_USAGE, "there is no RCU flavour '%.60s'; there are %s",
		 name, names);
	return NULL;
}
