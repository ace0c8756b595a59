/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A test with its RCU spelt out: rcu_read_lock(), rcu_read_unlock() and
 * synchronize_rcu() as what asym makes of them (rcu/asym.c), of accesses, barrier() and
 * smp_memb(). So the prover can be asked what asym does over a barrier that is none;
 * and whether it keeps what synchronize_rcu() promises.
 */
#ifndef RCS_LITMUS_SPELL_H
#define RCS_LITMUS_SPELL_H

#include "host/error.h"
#include "litmus/ast.h"

/*
 * A copy, to be freed. Only runs in which no scan finds a reader that is to be waited
 * for pass its filter: a grace period ends with such a scan. NULL and *e: UNSUPPORTED
 * where sections are not as rcs_litmus_check_sections() has them, or there is no room
 * for what is added; RESOURCE.
 */
struct rcs_litmus *rcs_litmus_spell(const struct rcs_litmus *test, struct rcs_error *e);

#endif
