/* SPDX-License-Identifier: BSD-2-Clause */
/* X(name), as in list.h: the flavours whose code is in this program. */
#include "rcu/list_own.h"
#ifdef RCS_URCU_HERE
#include "rcu/urcu/list.h"
#endif
