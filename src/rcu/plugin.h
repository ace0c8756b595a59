/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * RCUs from shared objects of the user's (rcustress.h): what makes a struct
 * rcs_rcu_flavour of one. The object is read in a child, and not loaded into this
 * process before its first domain. A process has domains of one such flavour at most:
 * of the one that was opened last.
 */
#ifndef RCS_RCU_PLUGIN_H
#define RCS_RCU_PLUGIN_H

#include "host/plugin.h"
#include "rcu/rcu.h"

/*
 * The flavour of "path[:symbol]", from now on known by its name as well. NULL and *e:
 * USAGE for what is wrong with it, FAULT if it crashed or hung, RESOURCE. One thread.
 */
const struct rcs_rcu_flavour *rcs_rcu_plugin_open(const char *text,
						  struct rcs_error *e);

/* One that was opened. NULL: there is none of that name. */
const struct rcs_rcu_flavour *rcs_rcu_plugin_named(const char *name);

/*
 * Tries it out in a child process, each of its functions once but those around fork().
 * 0, or -1 and *e: UNSUPPORTED if it says that it cannot work here, FAULT, RESOURCE.
 * Call it while the process has one thread.
 */
int rcs_rcu_plugin_probe(const struct rcs_rcu_flavour *flavour, struct rcs_error *e);

/* What the probe found to be left behind, in words; empty: nothing. */
const char *rcs_rcu_plugin_left(const struct rcs_rcu_flavour *flavour);

#endif
