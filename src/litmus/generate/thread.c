/* SPDX-License-Identifier: BSD-2-Clause */
/* A thread's part of one instance, as C: see thread.h. */
#include "litmus/generate/thread.h"

#include <inttypes.h>

#include "litmus/generate/expression.h"

const char *rcs_generate_order(enum rcs_ordering ordering)
{
	switch (ordering) {
	case RCS_ORDER_PLAIN:
		return "RCS_PLAIN";
	case RCS_ORDER_ACQUIRE:
		return "RCS_ACQUIRE";
	case RCS_ORDER_RELEASE:
		return "RCS_RELEASE";
	case RCS_ORDER_FULL:
		return "RCS_FULL";
	case RCS_ORDER_DEREFERENCE:
		return "RCS_DEREFERENCE";
	default:
		return "RCS_RELAXED";
	}
}

void rcs_generate_fence(enum rcs_ordering ordering, FILE *out)
{
	static const char *const fences[] = {
		[RCS_ORDER_BARRIER] = "RCS_FENCE_BARRIER",
		[RCS_ORDER_MB] = "RCS_FENCE_MB",
		[RCS_ORDER_RMB] = "RCS_FENCE_RMB",
		[RCS_ORDER_WMB] = "RCS_FENCE_WMB",
		[RCS_ORDER_BEFORE_ATOMIC] = "RCS_FENCE_BEFORE_ATOMIC",
		[RCS_ORDER_AFTER_ATOMIC] = "RCS_FENCE_AFTER_ATOMIC",
		[RCS_ORDER_AFTER_SPINLOCK] = "RCS_FENCE_AFTER_SPINLOCK",
		[RCS_ORDER_AFTER_UNLOCK_LOCK] = "RCS_FENCE_AFTER_UNLOCK_LOCK",
	};

	if (ordering == RCS_ORDER_MEMB)
		(void)fputs("rcs_memb(v, env)", out);
	else
		(void)fprintf(out, "rcs_fence(v, %s)", fences[ordering]);
}

static void print_block(const struct rcs_litmus *test, int32_t first, int depth,
			FILE *out);

/* Node numbers mark uses of registers; statements have the numbers behind those. */
static int32_t branch_tag(int32_t statement, bool otherwise)
{
	return RCS_LITMUS_NODES + 2 * statement + otherwise;
}

static void print_if(const struct rcs_litmus *test, int32_t statement, int depth,
		     FILE *out)
{
	const struct rcs_statement *s = &test->statement[statement];

	rcs_generate_indent(depth, out);
	(void)fputs("if (", out);
	rcs_generate_value(test, s->expression, out);
	(void)fprintf(out, " != 0) {\n");
	rcs_generate_indent(depth + 1, out);
	(void)fprintf(out, "RCS_BRANCH(%" PRId32 ");\n", branch_tag(statement, false));
	print_block(test, s->then, depth + 1, out);
	rcs_generate_indent(depth, out);
	(void)fputs("} else {\n", out);
	rcs_generate_indent(depth + 1, out);
	(void)fprintf(out, "RCS_BRANCH(%" PRId32 ");\n", branch_tag(statement, true));
	print_block(test, s->otherwise, depth + 1, out);
	rcs_generate_indent(depth, out);
	(void)fputs("}\n", out);
}

static bool gives(const struct rcs_litmus *test, int32_t call)
{
	return rcs_primitives[test->expression[call].primitive].gives;
}

static void print_block(const struct rcs_litmus *test, int32_t first, int depth,
			FILE *out)
{
	for (int32_t i = first; i != RCS_NONE; i = test->statement[i].next) {
		const struct rcs_statement *s = &test->statement[i];

		rcs_generate_calls(test, s->expression, depth, out);
		if (s->kind == RCS_STATEMENT_IF)
			print_if(test, i, depth, out);
		if (s->kind == RCS_STATEMENT_CALL && gives(test, s->expression)) {
			rcs_generate_indent(depth, out);
			(void)fprintf(out, "(void)t%" PRId32 ";\n", s->expression);
		}
		if (s->kind == RCS_STATEMENT_ASSIGN) {
			rcs_generate_indent(depth, out);
			(void)fprintf(out, "r%" PRId32 " = ", s->target);
			rcs_generate_value(test, s->expression, out);
			(void)fputs(";\n", out);
		}
	}
}

static void print_registers(const struct rcs_litmus_thread *thread, FILE *out)
{
	for (int32_t r = 0; r < thread->registers; r++) {
		const struct rcs_litmus_value *initial = &thread->reg[r].initial;
		int32_t number = (int32_t)initial->number;

		(void)fprintf(out, "\tintptr_t r%" PRId32 " = ", r);
		if (!thread->reg[r].initialised)
			(void)fputs("0;\n", out);
		else if (initial->is_address)
			(void)fprintf(out, "(intptr_t)l%" PRId32 ";\n", number);
		else
			(void)fprintf(out, "%" PRId32 ";\n", number);
	}
}

void rcs_generate_once(const struct rcs_litmus *test, int thread, FILE *out)
{
	const struct rcs_litmus_thread *t = &test->thread[thread];

	(void)fprintf(out,
		      "RCS_INLINE void once_%d(enum rcs_variant v, struct "
		      "rcs_native_env *env,\n\t\t\tchar *base, intptr_t *registers)\n"
		      "{\n",
		      thread);
	for (int32_t l = 0; l < test->locations; l++)
		(void)fprintf(out,
			      "\tchar *const l%" PRId32 " = base + %" PRId32
			      " * RCS_NATIVE_STRIDE;\n",
			      l, l);
	print_registers(t, out);
	(void)fputc('\n', out);
	for (int32_t l = 0; l < test->locations; l++)
		(void)fprintf(out, "\t(void)l%" PRId32 ";\n", l);
	(void)fputs("\t(void)env;\n\t(void)registers;\n\trcs_between(v);\n", out);
	print_block(test, t->first, 1, out);
	for (int32_t r = 0; r < t->registers; r++)
		(void)fprintf(out, "\tregisters[%" PRId32 "] = r%" PRId32 ";\n", r, r);
	(void)fputs("}\n\n", out);
}
