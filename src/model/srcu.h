/* SPDX-License-Identifier: BSD-2-Clause */
/* Read-side sections of SRCU, which are where the value goes that opens them. */
#ifndef RCS_MODEL_SRCU_H
#define RCS_MODEL_SRCU_H

#include "model/execution.h"

/*
 * srcu-rscs: from srcu_read_lock() to the srcu_read_unlock() of the same srcu_struct
 * that gets what it gave, through registers or through memory, in any thread. Of an
 * execution as the kernel's model sees it.
 */
struct rcs_relation rcs_srcu_sections(const struct rcs_execution *execution);

#endif
