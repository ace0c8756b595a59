/* SPDX-License-Identifier: BSD-2-Clause */
/* The read sides of list_here.h, for the code that they are inlined into. */
#ifndef RCS_RCU_READ_ALL_H
#define RCS_RCU_READ_ALL_H

#include "rcu/read/asym.h"
#include "rcu/read/asym_parity.h"
#include "rcu/read/asym_two.h"
#include "rcu/read/ck_epoch.h"
#include "rcu/read/qsbr.h"
#ifdef RCS_URCU_HERE
#include "rcu/read/urcu_bp.h"
#include "rcu/read/urcu_mb.h"
#include "rcu/read/urcu_memb.h"
#include "rcu/read/urcu_qsbr.h"
#endif

#endif
