/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For the unit tests: native code run without a runner, one thread after the other, in
 * an instance of its own between two guards.
 */
#ifndef RCS_LITMUS_TEST_INSTANCE_H
#define RCS_LITMUS_TEST_INSTANCE_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "litmus/ast.h"
#include "litmus/native/native.h"

#define GUARD ((size_t)4096)
#define BODY  ((size_t)RCS_LITMUS_LOCATIONS * RCS_NATIVE_STRIDE)

struct instance {
	char *memory; /* guard, locations, guard */
	char *base;
	struct rcs_native_env env;
	unsigned stop;
	unsigned heavy_calls;
	int nesting, sections, fenced, grace_periods; /* of RCU */
	intptr_t registers[RCS_LITMUS_THREADS][RCS_LITMUS_REGISTERS];
};

static struct instance instance;

static void count_heavy(struct rcs_native_env *env)
{
	(void)env;
	instance.heavy_calls++;
}

static void count_lock(struct rcs_native_env *env, int fenced)
{
	(void)env;
	instance.sections += instance.nesting++ == 0;
	instance.fenced += fenced;
}

static void count_unlock(struct rcs_native_env *env, int fenced)
{
	(void)env;
	instance.nesting--;
	instance.fenced += fenced;
}

static void count_grace_period(struct rcs_native_env *env)
{
	(void)env;
	/* From within a section it would never end. */
	if (instance.nesting > 0)
		abort();
	instance.grace_periods++;
}

static inline char *cell_of(int32_t location)
{
	return instance.base + (size_t)location * RCS_NATIVE_STRIDE;
}

static inline intptr_t value_of(const struct rcs_litmus_value *value)
{
	return value->is_address ? (intptr_t)cell_of((int32_t)value->number)
				 : (intptr_t)value->number;
}

/* What a location holds, as its type has it. */
static inline intptr_t held(const struct rcs_litmus *test, int32_t location)
{
	if (test->location[location].type == RCS_TYPE_POINTER)
		return *(intptr_t *)(void *)cell_of(location);
	return *(int32_t *)(void *)cell_of(location);
}

static inline void instance_reset(const struct rcs_litmus *test)
{
	if (instance.memory == NULL)
		instance.memory = aligned_alloc(4096, BODY + 2 * GUARD);
	if (instance.memory == NULL)
		abort();
	memset(instance.memory, 0xa5, BODY + 2 * GUARD);
	instance.base = instance.memory + GUARD;
	instance.env = (struct rcs_native_env){.heavy = count_heavy,
					       .read_lock = count_lock,
					       .read_unlock = count_unlock,
					       .synchronize = count_grace_period,
					       .stop = &instance.stop};
	instance.stop = 0;
	instance.heavy_calls = 0;
	instance.nesting = instance.sections = 0;
	instance.fenced = instance.grace_periods = 0;
	memset(instance.registers, 0xa5, sizeof(instance.registers));
	for (int32_t l = 0; l < test->locations; l++) {
		intptr_t value = value_of(&test->location[l].initial);

		if (test->location[l].type == RCS_TYPE_POINTER)
			*(intptr_t *)(void *)cell_of(l) = value;
		else
			*(int32_t *)(void *)cell_of(l) = (int32_t)value;
	}
}

static inline void instance_run(const struct rcs_native_test *native, int thread,
				enum rcs_variant variant)
{
	native->code[thread].once[variant](&instance.env, instance.base,
					   instance.registers[thread]);
}

/* Whether all but the cells is as it was. */
static inline bool instance_is_clean(const struct rcs_litmus *test)
{
	for (size_t i = 0; i < BODY + 2 * GUARD; i++) {
		size_t offset = i - GUARD; /* of the guard before: too large */
		size_t within = offset % RCS_NATIVE_STRIDE;

		if (offset / RCS_NATIVE_STRIDE < (size_t)test->locations &&
		    within < sizeof(intptr_t))
			continue;
		if ((unsigned char)instance.memory[i] != 0xa5)
			return false;
	}
	return true;
}

static inline intptr_t found(const struct rcs_litmus *test, int32_t thread,
			     int32_t index)
{
	return thread == RCS_NONE ? held(test, index)
				  : instance.registers[thread][index];
}

static inline bool instance_meets(const struct rcs_litmus *test, int32_t condition)
{
	const struct rcs_condition *c = &test->condition[condition];

	switch (c->kind) {
	case RCS_CONDITION_TRUE:
		return true;
	case RCS_CONDITION_NOT:
		return !instance_meets(test, c->operand[0]);
	case RCS_CONDITION_AND:
		return instance_meets(test, c->operand[0]) &&
		       instance_meets(test, c->operand[1]);
	case RCS_CONDITION_OR:
		return instance_meets(test, c->operand[0]) ||
		       instance_meets(test, c->operand[1]);
	case RCS_CONDITION_SAME:
	case RCS_CONDITION_DIFFERENT:
		return (found(test, c->thread, c->index) ==
			found(test, c->other.thread, c->other.index)) ==
		       (c->kind == RCS_CONDITION_SAME);
	default:
		return (found(test, c->thread, c->index) == value_of(&c->value)) ==
		       (c->kind == RCS_CONDITION_EQUAL);
	}
}

#endif
