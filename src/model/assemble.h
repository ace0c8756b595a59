/* SPDX-License-Identifier: BSD-2-Clause */
/* Paths to a skeleton. */
#ifndef RCS_MODEL_ASSEMBLE_H
#define RCS_MODEL_ASSEMBLE_H

#include "model/path.h"

/* One path of each thread. False: more than RCS_EVENTS events. */
bool rcs_skeleton_assemble(const struct rcs_litmus *test,
			   const struct rcs_path *const *path,
			   struct rcs_skeleton *skeleton);

#endif
