/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The flavours, in the order in which they are shown: X(name), for the descriptor
 * rcs_rcu_name and the read side in read/name.h.
 */
#include "rcu/list_own.h"
#if RCS_HAVE_URCU
#include "rcu/urcu/list.h"
#endif
