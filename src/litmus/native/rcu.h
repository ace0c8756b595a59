/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * RCU of generated code: calls of the runner's. Stripped, it does nothing: nobody waits
 * for anybody. Part of native/primitives.h.
 */
#ifndef RCS_LITMUS_NATIVE_RCU_H
#define RCS_LITMUS_NATIVE_RCU_H

/* Whether the light sides within are full fences in that variant. */
RCS_INLINE int rcs_rcu_fenced(enum rcs_variant v)
{
	return v == RCS_LIGHT_FENCED || v == RCS_FENCED;
}

RCS_INLINE void rcs_rcu_lock(enum rcs_variant v, struct rcs_native_env *env)
{
	rcs_compiler_barrier();
	if (v != RCS_STRIPPED)
		env->read_lock(env, rcs_rcu_fenced(v));
	rcs_compiler_barrier();
}

RCS_INLINE void rcs_rcu_unlock(enum rcs_variant v, struct rcs_native_env *env)
{
	rcs_compiler_barrier();
	if (v != RCS_STRIPPED)
		env->read_unlock(env, rcs_rcu_fenced(v));
	rcs_compiler_barrier();
}

RCS_INLINE void rcs_rcu_synchronize(enum rcs_variant v, struct rcs_native_env *env)
{
	rcs_compiler_barrier();
	if (v != RCS_STRIPPED)
		env->synchronize(env);
	rcs_compiler_barrier();
}

#endif
