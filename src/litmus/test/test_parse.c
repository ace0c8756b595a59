/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parser makes of good files; the table of primitives; prefixes of files. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "litmus/parse.h"

static struct rcs_litmus *parsed(const char *text)
{
	struct rcs_error e = {.kind = RCS_ERROR_NONE};
	struct rcs_litmus *test = rcs_litmus_parse("t", text, strlen(text), &e);

	if (test == NULL)
		fail_msg("%s", e.text);
	return test;
}

/* With that as the body of P0. */
static struct rcs_litmus *body(const char *statements)
{
	char text[4096];

	snprintf(text, sizeof(text),
		 "C t\n{ 0:r8=y; 0:r9=1; }\nP0(int *x, int *y, int **p, atomic_t *a, "
		 "spinlock_t *s, struct srcu_struct *ss) {\n%s\n}\nexists (true)\n",
		 statements);
	return parsed(text);
}

static const struct rcs_statement *nth(const struct rcs_litmus *t, int n)
{
	int32_t i = t->thread[0].first;

	while (n-- > 0)
		i = t->statement[i].next;
	return &t->statement[i];
}

static const struct rcs_expression *operand(const struct rcs_litmus *t,
					    const struct rcs_expression *x, int n)
{
	return &t->expression[x->operand[n]];
}

static void the_table_is_sound(void **state)
{
	(void)state;
	assert_string_equal(rcs_primitives[RCS_PRIMITIVE_PLAIN_READ].name, "*");
	assert_int_equal(rcs_primitives[RCS_PRIMITIVE_PLAIN_READ].action,
			 RCS_ACTION_READ);
	assert_int_equal(rcs_primitives[RCS_PRIMITIVE_PLAIN_WRITE].action,
			 RCS_ACTION_WRITE);
	assert_int_equal(rcs_primitive_find("*"), RCS_PRIMITIVE_UNKNOWN);
	assert_int_equal(rcs_primitive_find("read_once"), RCS_PRIMITIVE_UNKNOWN);
	for (int i = RCS_PRIMITIVE_PLAIN_WRITE + 1; i < rcs_primitive_count; i++) {
		const struct rcs_primitive_row *row = &rcs_primitives[i];

		/* No name twice. */
		assert_int_equal(rcs_primitive_find(row->name), i);
		assert_true(strlen(row->name) < RCS_LITMUS_NAME_SIZE);
		if (row->change == RCS_CHANGE_NONE)
			assert_int_equal(row->step, 0);
		else
			assert_true(row->step == 1 ||
				    rcs_shape_operands(row->shape) > 1);
	}
	assert_int_equal(
		rcs_primitives[rcs_primitive_find("atomic_fetch_andnot_release")]
			.ordering,
		RCS_ORDER_RELEASE);
	assert_false(rcs_primitives[rcs_primitive_find("atomic_dec")].gives);
}

static void every_primitive_parses(void **state)
{
	(void)state;
	for (int i = RCS_PRIMITIVE_PLAIN_WRITE + 1; i < rcs_primitive_count; i++) {
		static const char *const shapes[] = {
			[RCS_SHAPE_NOTHING] = "()",
			[RCS_SHAPE_LVALUE] = "(*%s)",
			[RCS_SHAPE_LVALUE_VALUE] = "(*%s, 1)",
			[RCS_SHAPE_ADDRESS] = "(%s)",
			[RCS_SHAPE_ADDRESS_VALUE] = "(%s, 1)",
			[RCS_SHAPE_VALUE_ADDRESS] = "(1, %s)",
			[RCS_SHAPE_ADDRESS_VALUES] = "(%s, 1, 2)",
		};
		const struct rcs_primitive_row *row = &rcs_primitives[i];
		const char *where = strstr(row->name, "srcu")		 ? "ss"
				    : strncmp(row->name, "spin", 4) == 0 ? "s"
									 : "x";
		char arguments[32], text[128];
		struct rcs_litmus *t;
		const struct rcs_expression *call;

		const char *at = strstr(shapes[row->shape], "%s");

		if (at == NULL)
			strcpy(arguments, shapes[row->shape]);
		else
			snprintf(arguments, sizeof(arguments), "%.*s%s%s",
				 (int)(at - shapes[row->shape]), shapes[row->shape],
				 where, at + 2);
		snprintf(text, sizeof(text), "%s%s%s;", row->gives ? "r0 = " : "",
			 row->name, arguments);
		t = body(text);
		call = &t->expression[nth(t, 0)->expression];
		assert_int_equal(call->primitive, i);
		for (int n = 0; n < RCS_PRIMITIVE_OPERANDS; n++)
			assert_true((call->operand[n] != RCS_NONE) ==
				    (n < rcs_shape_operands(row->shape)));
		if (call->operand[0] != RCS_NONE)
			assert_int_equal(operand(t, call, 0)->kind,
					 RCS_EXPRESSION_LOCATION);
		rcs_litmus_free(t);
	}
}

static void heads(void **state)
{
	struct rcs_litmus *t =
		parsed("C a.b-c_d+9\n\"PodWR Fre\"\r\nCycle=Fre\nCom-x=* (* text\n"
		       "(*\n * Store (*nested*) b\xc3\xbc"
		       "ffer\x01ing,\n *  twice.\n *\n * Second.\n"
		       " * Result: tso=Always\n *)\n// Result: Never\n{}\n/* Stripped: "
		       "power=Sometimes */ P0() { barrier(); // Result: sc=Never\n } "
		       "exists (true)");

	(void)state;
	assert_string_equal(t->name, "a.b-c_d+9");
	assert_string_equal(t->about, "Store (nested) b?ffer?ing, twice.");
	assert_int_equal(t->result[RCS_MODEL_TSO], RCS_ALWAYS);
	assert_int_equal(t->result[RCS_MODEL_LKMM], RCS_NEVER);
	assert_int_equal(t->result[RCS_MODEL_SC], RCS_NEVER);
	assert_int_equal(t->result[RCS_MODEL_POWER], RCS_ANSWER_UNKNOWN);
	assert_int_equal(t->stripped[RCS_MODEL_POWER], RCS_SOMETIMES);
	rcs_litmus_free(t);
	t = parsed("C a\n{}\n(* not the first *)\nP0() {} exists (true)");
	assert_string_equal(t->about, "");
	rcs_litmus_free(t);
	t = parsed("C a\n(*\n * Result: Never\n *\n * The text.\n *)\n{}P0() {} exists "
		   "(true)");
	assert_string_equal(t->about, "The text.");
	rcs_litmus_free(t);
}

static void long_names_and_paths(void **state)
{
	char text[200] = "C b-2/a/";
	struct rcs_litmus *t = parsed("C auto/C-a+[b-c]d\n{}P0() {} exists (true)");

	(void)state;
	assert_string_equal(t->name, "C-a+[b-c]d");
	rcs_litmus_free(t);
	for (int i = 0; i < 127; i++)
		strcat(text, "n");
	strcat(text, "\n{}P0() {} exists (true)");
	t = parsed(text);
	assert_int_equal(strlen(t->name), 127);
	rcs_litmus_free(t);
}

/* What other collections say of their tests. */
static void results_of_others(void **state)
{
	static const struct {
		const char *line;
		enum rcs_answer lkmm, tso;
	} lines[] = {
		{"Never DATARACE", RCS_NEVER, RCS_ANSWER_UNKNOWN},
		{"Sometimes for x=1 alone", RCS_SOMETIMES, RCS_ANSWER_UNKNOWN},
		{"Always tso=Never", RCS_ALWAYS, RCS_NEVER},
		{"Never DATARACE tso=Always", RCS_NEVER, RCS_ALWAYS},
		{"Maybe", RCS_ANSWER_UNKNOWN, RCS_ANSWER_UNKNOWN},
		{"DEADLOCK", RCS_ANSWER_UNKNOWN, RCS_ANSWER_UNKNOWN},
		{"Flag srcu-bad-nesting", RCS_ANSWER_UNKNOWN, RCS_ANSWER_UNKNOWN},
		{"\?\?\? x=1", RCS_ANSWER_UNKNOWN, RCS_ANSWER_UNKNOWN},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct rcs_litmus *t;
		char text[200];

		snprintf(text, sizeof(text),
			 "C a\n(*\n * Result: %s\n *)\n{}P0() {} exists (true)",
			 lines[i].line);
		t = parsed(text);
		assert_int_equal(t->result[RCS_MODEL_LKMM], lines[i].lkmm);
		assert_int_equal(t->result[RCS_MODEL_TSO], lines[i].tso);
		assert_string_equal(t->about, "");
		rcs_litmus_free(t);
	}
}

/* Where numbers and addresses stand for each other: all of it is taken, and noted. */
static void mixed_types(void **state)
{
	static const struct {
		const char *statements; /* from column 1 of line 4 */
		const char *why;
		int column;
	} cases[] = {
		{"int r8;", "'r8' is an int and begins as an address", -1},
		{"int *r9;", "'r9' is a pointer and begins as a number", -1},
		{"int r0 = y;", "'r0' is an int and is given an address", 10},
		{"int *r0 = 5;", "'r0' is a pointer and is given a number", 11},
		{"r0 = READ_ONCE(*r9);", "'r9' is an int and is taken for an address",
		 17},
		{"*(int *)r9 = 1;", "'r9' is an int and is taken for an address", 9},
		{"int r0 = READ_ONCE(*p);", "'r0' is an int and is given an address",
		 10},
		{"int *r0 = READ_ONCE(*x);", "'r0' is a pointer and is given a number",
		 11},
		{"WRITE_ONCE(*x, y);", "'x' is an int and is given an address", 16},
		{"WRITE_ONCE(*r8, (int)y);", "'*' is an int and is given an address",
		 22},
		{"WRITE_ONCE(*p, 1);", "'p' is a pointer and is given a number", 16},
		{"WRITE_ONCE(*p, p);",
		 "'p' is a pointer and is given the address of what is no int", 16},
		{"r0 = cmpxchg(p, 1, x);", "'p' is a pointer and is given a number",
		 17},
		{"r0 = (y + (r9 ^ r9));", "'+' is given an address", 7},
		{"r0 = -r8;", "'-' is given an address", 7},
		{"r0 = *(x + 1);", "'+' is given an address", 8},
		{"r0 = *(r9 + 1);", "an address is computed", 11},
		{"r0 = r8 == 1;", "an address is compared with a number", 12},
		{"r0 = r8 == p;",
		 "an address is compared with the address of what is no int", 12},
		{"if (p) ;", "'if' is given the address of what is no int", 5},
		{"r0 = p || r9;", "'||' is given the address of what is no int", 6},
		{"atomic_inc(p);", "atomic_inc works on an int, and 'p' is a pointer",
		 12},
		{"r0 = atomic_read(p);",
		 "atomic_read works on an int, and 'p' is a pointer", 18},
		/* The first in the file, not in the order of looking. */
		{"int r0 = y; if (p) ; *x = y;",
		 "'r0' is an int and is given an address", 10},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct rcs_litmus *t = body(cases[i].statements);

		if (!t->mixes)
			fail_msg("does not mix: %s", cases[i].statements);
		assert_string_equal(t->mixes_why, cases[i].why);
		if (cases[i].column >= 0) {
			assert_int_equal(t->mixes_at.line, 4);
			assert_int_equal(t->mixes_at.column, cases[i].column);
		} else {
			assert_int_equal(t->mixes_at.line, 2);
		}
		rcs_litmus_free(t);
	}
}

static void types_that_do_not_mix(void **state)
{
	static const char *const same[] = {
		"r0 = (int)r9; r1 = (long)(r9 + 1); *(int *)x = 1;",
		"int *r0 = (void *)0; r1 = NULL; WRITE_ONCE(*p, (int *)x);",
		"r0 = &x; r1 = *(int *)r0; r2 = smp_load_acquire(&x);",
		"int **r0; void *r1 = y; int r2, **r3 = x; r2 = READ_ONCE(*r1);",
		"r0 = r1; int r0; int r0; int r1 = 1;",
		"if (r9) { int r0 = 1; } else { int r0 = 2; }",
		/* A lock that is only an int. */
		"r0 = xchg_acquire(s, 1); smp_store_release(s, r0); *ss = 1;",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		struct rcs_litmus *t = body(same[i]);

		if (t->mixes)
			fail_msg("%s: %s", same[i], t->mixes_why);
		rcs_litmus_free(t);
	}
}

/* The first declaration counts, and what primitives make of a location. */
static void types_of_locations(void **state)
{
	struct rcs_litmus *t = parsed(
		"C a\n{ int *n = 5; x = y; void *v = &n; w; int u; int *0:r5; }\n"
		"P0(int *x, spinlock_t *s, int *l, void **q, int ***d, int *a) {}\n"
		"P1(int **x, int *s, spinlock_t *l, atomic_t *a) { r0 = *s; "
		"spin_lock(l); r1 = r7; }\nexists (x=5 /\\ d=v)");
	static const struct {
		const char *name;
		enum rcs_type type;
	} types[] = {
		{"n", RCS_TYPE_POINTER}, {"x", RCS_TYPE_INT},  {"y", RCS_TYPE_INT},
		{"v", RCS_TYPE_POINTER}, {"w", RCS_TYPE_INT},  {"u", RCS_TYPE_INT},
		{"s", RCS_TYPE_INT},	 {"l", RCS_TYPE_LOCK}, {"q", RCS_TYPE_POINTER},
		{"d", RCS_TYPE_POINTER}, {"a", RCS_TYPE_INT},
	};

	(void)state;
	assert_int_equal(t->locations, sizeof(types) / sizeof(types[0]));
	for (int32_t i = 0; i < t->locations; i++) {
		assert_string_equal(t->location[i].name, types[i].name);
		assert_int_equal(t->location[i].type, types[i].type);
	}
	assert_int_equal(t->location[0].initial.number, 5);
	assert_true(t->location[1].initial.is_address);
	assert_true(t->location[10].atomic);
	assert_true(t->mixes);
	assert_string_equal(t->mixes_why, "'n' is a pointer and begins as a number");
	/* r7 is nobody's, and 0. */
	assert_int_equal(t->thread[0].registers, 0);
	assert_int_equal(t->thread[1].registers, 3);
	rcs_litmus_free(t);
}

/* Other names of primitives, and one that orders nothing any more. */
static void older_primitives(void **state)
{
	struct rcs_litmus *t = body("r0 = lockless_dereference(*p); "
				    "smp_read_barrier_depends(); "
				    "if (r9) smp_read_barrier_depends(); "
				    "r1 = srcu_down_read(ss); srcu_up_read(ss, r1);");
	const struct rcs_expression *x = &t->expression[nth(t, 0)->expression];

	(void)state;
	assert_int_equal(rcs_primitives[x->primitive].ordering, RCS_ORDER_DEREFERENCE);
	assert_int_equal(nth(t, 1)->kind, RCS_STATEMENT_IF);
	assert_int_equal(nth(t, 1)->then, RCS_NONE);
	x = &t->expression[nth(t, 2)->expression];
	assert_int_equal(rcs_primitives[x->primitive].action, RCS_ACTION_SRCU_LOCK);
	rcs_litmus_free(t);
}

static void init_blocks(void **state)
{
	struct rcs_litmus *t = parsed(
		"C a\n{ x=-2147483648; int y=0x7fffffff; int *p=&x; q=x; int *n; "
		"[z]=3; "
		"atomic_t a = ATOMIC_INIT(7); spinlock_t s; struct srcu_struct ss; "
		"0:r1=5; 1:r2=&w; int 0:r3=1; int *1:r4=x; long l; intptr_t i = 2 }\n"
		"P0(int **v) {} P1() {} exists (p=x /\\ n=0)");

	(void)state;
	assert_int_equal(t->locations, 13);
	assert_int_equal(t->location[0].initial.number, INT32_MIN);
	assert_int_equal(t->location[1].initial.number, INT32_MAX);
	assert_int_equal(t->location[2].type, RCS_TYPE_POINTER);
	assert_true(t->location[2].initial.is_address);
	assert_int_equal(t->location[2].initial.number, 0);
	assert_int_equal(t->location[3].type, RCS_TYPE_POINTER);
	assert_false(t->location[4].initial.is_address);
	assert_string_equal(t->location[5].name, "z");
	assert_true(t->location[6].atomic);
	assert_int_equal(t->location[6].initial.number, 7);
	assert_int_equal(t->location[7].type, RCS_TYPE_LOCK);
	assert_int_equal(t->location[8].type, RCS_TYPE_SRCU);
	assert_string_equal(t->location[9].name, "w");
	assert_int_equal(t->location[12].type, RCS_TYPE_POINTER);
	assert_int_equal(t->thread[0].registers, 2);
	assert_int_equal(t->thread[1].registers, 2);
	assert_int_equal(t->thread[1].reg[0].type, RCS_TYPE_POINTER);
	assert_int_equal(t->thread[1].reg[0].initial.number, 9);
	assert_int_equal(t->thread[0].parameters, (uint32_t)1 << 12);
	rcs_litmus_free(t);
}

static void registers(void **state)
{
	struct rcs_litmus *t = body("r5 = 1; int r0, *r1 = x, r2 = r5; r6 = r1;\n"
				    "intptr_t r3; *r6 = r2; r7 = READ_ONCE(*r8);");

	(void)state;
	/* Initialised, declared, the rest. */
	static const char *const names[] = {"r8", "r9", "r0", "r1", "r2",
					    "r3", "r5", "r6", "r7"};
	static const bool pointer[] = {true,  false, false, true, false,
				       false, false, true,  false};

	assert_int_equal(t->thread[0].registers, 9);
	for (int i = 0; i < 9; i++) {
		assert_string_equal(t->thread[0].reg[i].name, names[i]);
		assert_int_equal(t->thread[0].reg[i].type,
				 pointer[i] ? RCS_TYPE_POINTER : RCS_TYPE_INT);
		assert_true(t->thread[0].reg[i].declared == (i >= 2 && i < 6));
		assert_true(t->thread[0].reg[i].initialised == (i < 2));
	}
	assert_int_equal(nth(t, 0)->target, 6);
	assert_int_equal(nth(t, 2)->target, 4);
	assert_int_equal(t->expression[nth(t, 2)->expression].index, 6);
	rcs_litmus_free(t);
}

static void precedence(void **state)
{
	struct rcs_litmus *t =
		body("r0 = 1 + 2 * r9 - -3 << 1 < 4 == !r9 & 5 ^ 6 | 7 && ~8;");
	const struct rcs_expression *x = &t->expression[nth(t, 0)->expression];
	static const enum rcs_operator left[] = {
		RCS_OPERATOR_BOTH, RCS_OPERATOR_OR,	  RCS_OPERATOR_XOR,
		RCS_OPERATOR_AND,  RCS_OPERATOR_EQUAL,	  RCS_OPERATOR_LESS,
		RCS_OPERATOR_LEFT, RCS_OPERATOR_SUBTRACT, RCS_OPERATOR_ADD};

	(void)state;
	for (size_t i = 0; i < sizeof(left) / sizeof(left[0]); i++) {
		assert_int_equal(x->kind, RCS_EXPRESSION_BINARY);
		assert_int_equal(x->op, left[i]);
		if (x->op == RCS_OPERATOR_SUBTRACT)
			assert_int_equal(operand(t, x, 1)->number, -3);
		if (x->op == RCS_OPERATOR_ADD)
			assert_int_equal(operand(t, x, 1)->op, RCS_OPERATOR_MULTIPLY);
		x = operand(t, x, 0);
	}
	rcs_litmus_free(t);
	t = body("r0 = r9 - (2 - 1) - (-(-5)); r1 = - r9; r2 = -2147483648;");
	x = &t->expression[nth(t, 0)->expression];
	assert_int_equal(operand(t, x, 1)->number, 5);
	assert_int_equal(operand(t, operand(t, x, 0), 1)->op, RCS_OPERATOR_SUBTRACT);
	assert_int_equal(t->expression[nth(t, 1)->expression].op, RCS_OPERATOR_NEGATE);
	assert_int_equal(t->expression[nth(t, 2)->expression].number, INT32_MIN);
	rcs_litmus_free(t);
}

static void operands_come_before_their_node(void **state)
{
	struct rcs_litmus *t =
		body("*x = r9 + 1; WRITE_ONCE(*x, READ_ONCE(*y) + (r9 ^ 2)); "
		     "atomic_add(r9 + 1, a); (*y) = 3;");

	(void)state;
	for (int32_t i = 0; i < t->expressions; i++)
		for (int n = 0; n < RCS_PRIMITIVE_OPERANDS; n++)
			assert_true(t->expression[i].operand[n] < i);
	assert_int_equal(t->expression[nth(t, 0)->expression].primitive,
			 RCS_PRIMITIVE_PLAIN_WRITE);
	assert_int_equal(t->expression[nth(t, 3)->expression].primitive,
			 RCS_PRIMITIVE_PLAIN_WRITE);
	rcs_litmus_free(t);
}

static void branches(void **state)
{
	struct rcs_litmus *t =
		body("if (r9) r0 = 1; else if (r8 == 0) { r0 = 2; { r0 = 3; } } "
		     "else ; if (READ_ONCE(*x)) if (r9) smp_mb(); else smp_wmb(); "
		     "(void)xchg(x, 2);");
	const struct rcs_statement *s = nth(t, 0);

	(void)state;
	assert_int_equal(s->kind, RCS_STATEMENT_IF);
	assert_int_equal(t->statement[s->then].kind, RCS_STATEMENT_ASSIGN);
	s = &t->statement[s->otherwise];
	assert_int_equal(s->kind, RCS_STATEMENT_IF);
	assert_int_equal(s->otherwise, RCS_NONE);
	assert_int_equal(t->statement[t->statement[s->then].next].next, RCS_NONE);
	/* else belongs to the nearer if. */
	s = nth(t, 1);
	assert_int_equal(s->otherwise, RCS_NONE);
	assert_int_not_equal(t->statement[s->then].otherwise, RCS_NONE);
	assert_int_equal(nth(t, 2)->kind, RCS_STATEMENT_CALL);
	rcs_litmus_free(t);
}

static void pointers_and_null(void **state)
{
	struct rcs_litmus *t =
		body("int *r0 = 0; r0 = rcu_dereference(*p); if (r0 != 0 && r8) "
		     "r1 = *r0; rcu_assign_pointer(*p, r0); WRITE_ONCE(*p, 0); "
		     "r2 = xchg(p, y); r3 = r2 == x; r4 = !r2; "
		     "r5 = cmpxchg(p, r2, 0);");

	(void)state;
	assert_int_equal(t->thread[0].registers, 8);
	rcs_litmus_free(t);
}

static void conclusions(void **state)
{
	struct rcs_litmus *t =
		parsed("C a\n{int *p;}\nP0(int *x) { int r0; int *r1; }\n"
		       "locations [x; 0:r0; [p];]\nfilter (0:r0!=3)\n"
		       "~exists (0:r0=1 \\/ x=-2 /\\ not 0:r1=&x)");
	const struct rcs_condition *c = &t->condition[t->target];

	(void)state;
	assert_int_equal(t->quantifier, RCS_NOT_EXISTS);
	assert_int_equal(t->shown_count, 3);
	assert_int_equal(t->shown[0].thread, RCS_NONE);
	assert_int_equal(t->shown[1].thread, 0);
	assert_int_equal(t->condition[t->filter].kind, RCS_CONDITION_UNEQUAL);
	assert_int_equal(c->kind, RCS_CONDITION_OR);
	c = &t->condition[c->operand[1]];
	assert_int_equal(c->kind, RCS_CONDITION_AND);
	assert_int_equal(t->condition[c->operand[0]].value.number, -2);
	c = &t->condition[c->operand[1]];
	assert_int_equal(c->kind, RCS_CONDITION_NOT);
	assert_true(t->condition[c->operand[0]].value.is_address);
	rcs_litmus_free(t);
	t = parsed("C a\n{int *p;}P0(int *x) { int r0; r1 = r0; } P1() { int *r0; }\n"
		   "exists (0:r0=0:r1 (* both *) /\\ x!=0:r1 // or\n"
		   "\\/ p==1:r0 /\\ 0:r0==0x1);\n(* the end *)\n");
	c = &t->condition[t->target];
	c = &t->condition[c->operand[0]];
	assert_int_equal(t->condition[c->operand[0]].kind, RCS_CONDITION_SAME);
	assert_int_equal(t->condition[c->operand[0]].other.thread, 0);
	assert_int_equal(t->condition[c->operand[0]].other.index, 1);
	c = &t->condition[c->operand[1]];
	assert_int_equal(c->kind, RCS_CONDITION_DIFFERENT);
	assert_int_equal(c->thread, RCS_NONE);
	assert_false(t->mixes);
	rcs_litmus_free(t);
	t = parsed("C a\n{}P0() { int r0; int *r1; } exists (0:r0=0:r1)");
	assert_true(t->mixes);
	assert_string_equal(t->mixes_why,
			    "'r0' is an int and is compared with 'r1', a pointer");
	rcs_litmus_free(t);
	t = parsed("C a\n{}P0(int *x) {} forall x=1");
	assert_int_equal(t->quantifier, RCS_FORALL);
	assert_int_equal(t->filter, RCS_NONE);
	rcs_litmus_free(t);
}

/* Every beginning of a good file comes back: refused, as a rule. */
static void prefixes(void **state)
{
	static const char text[] =
		"C a\n(* About. Result: \n * Result: tso=Never *)\n{ int *p=&x; "
		"0:r1=5; }\n"
		"P0(int *x, int **p) // one\n{ int r0 = READ_ONCE(*x); if (r0 == 1) { "
		"*x = 2; } "
		"else smp_mb(); }\nP1() {}\nlocations [x;]\nexists (0:r0=1 /\\ (p=x))";

	(void)state;
	for (size_t size = 0; size <= strlen(text); size++) {
		struct rcs_error e = {.kind = RCS_ERROR_NONE};
		char *copy = malloc(size + 1); /* to the byte, for sanitizers */
		struct rcs_litmus *t;

		memcpy(copy, text, size);
		t = rcs_litmus_parse("t", copy, size, &e);
		assert_true((t != NULL) == (size == strlen(text)));
		rcs_litmus_free(t);
		free(copy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_is_sound),
		cmocka_unit_test(every_primitive_parses),
		cmocka_unit_test(heads),
		cmocka_unit_test(long_names_and_paths),
		cmocka_unit_test(results_of_others),
		cmocka_unit_test(older_primitives),
		cmocka_unit_test(mixed_types),
		cmocka_unit_test(types_that_do_not_mix),
		cmocka_unit_test(types_of_locations),
		cmocka_unit_test(init_blocks),
		cmocka_unit_test(registers),
		cmocka_unit_test(precedence),
		cmocka_unit_test(operands_come_before_their_node),
		cmocka_unit_test(branches),
		cmocka_unit_test(pointers_and_null),
		cmocka_unit_test(conclusions),
		cmocka_unit_test(prefixes),
	};

	return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
