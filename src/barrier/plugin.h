/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Barriers from shared objects of the user's (rcustress.h): what makes a struct
 * rcs_barrier of one. The object is read in a child, and not loaded into this process
 * before its setup().
 */
#ifndef RCS_BARRIER_PLUGIN_H
#define RCS_BARRIER_PLUGIN_H

#include "barrier/barrier.h"
#include "host/plugin.h"

/*
 * The barrier of "path[:symbol]", from now on known by its name as well. NULL and *e:
 * USAGE for what is wrong with it, FAULT if it crashed or hung, RESOURCE. One thread.
 */
const struct rcs_barrier *rcs_barrier_plugin_open(const char *text,
						  struct rcs_error *e);

/* One that was opened, by its name (not ended by NUL). NULL: there is none. */
const struct rcs_barrier *rcs_barrier_plugin_named(const char *name, size_t length);

/* The part of rcs_barrier_probe() for one of these. */
int rcs_barrier_plugin_probe(const struct rcs_barrier *barrier, struct rcs_error *e);

/* In a cell: what heavy() has returned that is neither 0 nor a negative errno value,
 * for which others were given -EPROTO; 0: nothing. */
int rcs_barrier_plugin_odd(const struct rcs_barrier *barrier);

/* What the probe found to be left behind, in words; empty: nothing. */
const char *rcs_barrier_plugin_left(const struct rcs_barrier *barrier);

#endif
