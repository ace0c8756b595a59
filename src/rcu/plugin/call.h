/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls of a plug-in's RCU, as they are noted in host/plugin_call.h. */
#ifndef RCS_RCU_PLUGIN_CALL_H
#define RCS_RCU_PLUGIN_CALL_H

#include "host/plugin_call.h"

/* Around each call of the plug-in's; threads that have not entered call, too. */
static inline struct rcs_plugin_outer begin(const char *function,
					    enum rcs_plugin_waits waits)
{
	if (__builtin_expect(!rcs_plugin_here.listed, 0))
		rcs_plugin_list();
	return rcs_plugin_enter(function, waits);
}

static inline void end(struct rcs_plugin_outer outer)
{
	rcs_plugin_leave(outer);
}

/* The same where a result is returned. */
static inline int end_with(struct rcs_plugin_outer outer, int result)
{
	if (__builtin_expect(result != 0, 0))
		rcs_plugin_here.failed = rcs_plugin_here.in;
	end(outer);
	return result;
}

#endif
