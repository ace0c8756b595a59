/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the models of machines have in common: where the fences stand that the kernel
 * puts around an access on architectures whose accesses do not come ordered. Each file
 * of a model says at its top which of them it has, and where that is from.
 *
 * Such fences are no events. What stands in front of an RMW is in front of its read,
 * and what stands behind it is behind its write.
 */
#ifndef RCS_MODEL_MAPPING_H
#define RCS_MODEL_MAPPING_H

#include "model/skeleton.h"

/*
 * smp_mb() and what is one on all machines but x86, and the calls that are full fences
 * of their thread. Not smp_mb__after_unlock_lock().
 */
rcs_set rcs_full_fences(const struct rcs_skeleton *s);

/*
 * From what stands before an access of that ordering to that access and to what comes
 * after it. A failed RMW counts as well: it has run the fence before it failed.
 */
struct rcs_relation rcs_fenced_in_front(const struct rcs_skeleton *s,
					enum rcs_ordering ordering);

/*
 * From an access of the set and from what stands before it to what comes after it.
 * Failed RMWs do not count: they jump over the fence.
 */
struct rcs_relation rcs_fenced_behind(const struct rcs_skeleton *s, rcs_set accesses);

/* Accesses of that ordering. */
rcs_set rcs_ordered(const struct rcs_skeleton *s, enum rcs_ordering ordering);

/* Updates that look at the value before they write, and so have a branch, unless there
 * is one instruction for them: cmpxchg(), atomic_add_unless(). */
rcs_set rcs_comparing(const struct rcs_skeleton *s);

/* Failed RMWs that were nothing but a relaxed load: atomic_add_unless() looks first,
 * and so does spin_trylock(). */
rcs_set rcs_only_looked(const struct rcs_skeleton *s);

#endif
