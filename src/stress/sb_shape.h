/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Store buffering with one light and one heavy side, whatever its names: the one shape
 * whose readers can share a writer, so that a single heavy call tests many of them
 * (sb.h). A test of this shape need not be run an instance at a time.
 */
#ifndef RCS_STRESS_SB_SHAPE_H
#define RCS_STRESS_SB_SHAPE_H

#include <stdbool.h>

#include "litmus/ast.h"

/*
 * Two threads; each stores to a location of its own, has its side of the barrier, and
 * loads that of the other; the target is that both load the initial value, 0.
 */
bool rcs_sb_shape(const struct rcs_litmus *test);

#endif
