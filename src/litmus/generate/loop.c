/* SPDX-License-Identifier: BSD-2-Clause */
/* A thread's perpetual form, as C: see thread.h and perpetual.h. */
#include "litmus/generate/thread.h"

#include <inttypes.h>

#include "litmus/generate/expression.h"

/* Whether that thread stores to location l, loads from it. */
struct uses {
	bool stored[RCS_LITMUS_LOCATIONS], loaded[RCS_LITMUS_LOCATIONS];
};

static void find_uses(const struct rcs_litmus *test, const struct rcs_perpetual *p,
		      int thread, struct uses *uses)
{
	*uses = (struct uses){0};
	for (int32_t l = 0; l < test->locations; l++)
		uses->stored[l] = p->location[l].writer == thread;
	for (int32_t r = 0; r < test->thread[thread].registers; r++) {
		if (p->loaded[thread][r] != RCS_NONE)
			uses->loaded[p->loaded[thread][r]] = true;
	}
}

/* All that the loop needs, out of memory and into registers before it begins. */
static void print_locals(const struct rcs_litmus *test, const struct rcs_perpetual *p,
			 int thread, const struct uses *uses, FILE *out)
{
	(void)fputs("\tstruct rcs_native_env *const env = run->env;\n"
		    "\tconst unsigned *const stop = env->stop;\n"
		    "\tconst uint32_t iterations = run->iterations;\n"
		    "\tvoid (*const before)(void *, uint32_t) = run->before;\n"
		    "\tvoid *const argument = run->before_argument;\n",
		    out);
	for (int32_t l = 0; l < test->locations; l++) {
		if (uses->stored[l] || uses->loaded[l])
			(void)fprintf(out,
				      "\tchar *const l%" PRId32
				      " = run->location[%" PRId32 "];\n",
				      l, l);
		if (uses->stored[l])
			(void)fprintf(out, "\tuint32_t s%" PRId32 " = 0;\n", l);
	}
	for (int32_t r = 0; r < test->thread[thread].registers; r++) {
		if (p->loaded[thread][r] != RCS_NONE)
			(void)fprintf(out,
				      "\tuint32_t *const log%" PRId32
				      " = run->log[%" PRId32 "];\n",
				      r, r);
	}
	(void)fputs("\tuint32_t n;\n\n", out);
}

/* Plain accesses, too, are the memory's here: else the compiler would make one of all
 * those of a loop, and no test. */
static const char *order_of(const struct rcs_primitive_row *row)
{
	if (row->ordering == RCS_ORDER_PLAIN)
		return rcs_generate_order(RCS_ORDER_RELAXED);
	return rcs_generate_order(row->ordering);
}

static void print_statement(const struct rcs_litmus *test,
			    const struct rcs_perpetual *p, int32_t i, FILE *out)
{
	const struct rcs_statement *s = &test->statement[i];
	const struct rcs_expression *x = &test->expression[s->expression];
	const struct rcs_primitive_row *row = &rcs_primitives[x->primitive];
	int32_t l;

	rcs_generate_indent(2, out);
	if (row->action == RCS_ACTION_FENCE) {
		rcs_generate_fence(row->ordering, out);
		(void)fputs(";\n", out);
		return;
	}
	l = test->expression[x->operand[0]].index;
	if (row->action == RCS_ACTION_READ)
		(void)fprintf(out,
			      "log%" PRId32
			      "[n] = (uint32_t)rcs_read(v, %s, rcs_cell(l%" PRId32
			      ", RCS_INT));\n",
			      s->target, order_of(row), l);
	else
		(void)fprintf(out,
			      "rcs_write(v, %s, rcs_cell(l%" PRId32
			      ", RCS_INT), (int32_t)(s%" PRId32 " + %u));\n",
			      order_of(row), l, l, p->store[i]);
}

void rcs_generate_loop(const struct rcs_litmus *test, const struct rcs_perpetual *p,
		       int thread, FILE *out)
{
	struct uses uses;

	find_uses(test, p, thread, &uses);
	(void)fprintf(
		out,
		"RCS_INLINE void loop_%d(enum rcs_variant v, struct rcs_native_run "
		"*run)\n{\n",
		thread);
	print_locals(test, p, thread, &uses, out);
	(void)fputs("\trcs_between(v);\n"
		    "\tfor (n = 1; n - 1 < iterations && !rcs_stopped(stop); n++) {\n"
		    "\t\tif (before)\n\t\t\tbefore(argument, n);\n",
		    out);
	for (int32_t i = test->thread[thread].first; i != RCS_NONE;
	     i = test->statement[i].next)
		print_statement(test, p, i, out);
	for (int32_t l = 0; l < test->locations; l++) {
		if (uses.stored[l])
			(void)fprintf(out, "\t\ts%" PRId32 " += %" PRId32 ";\n", l,
				      p->location[l].stores);
	}
	(void)fputs("\t}\n\trun->done = n - 1;\n}\n\n", out);
}
