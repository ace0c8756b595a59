/* SPDX-License-Identifier: BSD-2-Clause */
/* Statements and expressions as text. */
#include <inttypes.h>

#include "litmus/parse/parser.h"
#include "litmus/print.h"
#include "litmus/print/printer.h"

struct body {
	const struct rcs_litmus *test;
	const struct rcs_litmus_thread *thread;
	FILE *out;
};

static void expression(const struct body *b, int32_t index, int floor);

static void call(const struct body *b, const struct rcs_expression *x)
{
	const struct rcs_primitive_row *row = &rcs_primitives[x->primitive];
	int count = rcs_shape_operands(row->shape);

	if (row->shape == RCS_SHAPE_PLAIN_READ || row->shape == RCS_SHAPE_PLAIN_WRITE) {
		fputc('*', b->out);
		expression(b, x->operand[0], rcs_operator_level(RCS_OPERATOR_NOT));
		if (row->shape == RCS_SHAPE_PLAIN_WRITE) {
			fputs(" = ", b->out);
			expression(b, x->operand[1], 0);
		}
		return;
	}
	fprintf(b->out, "%s(", row->name);
	if (row->shape == RCS_SHAPE_LVALUE || row->shape == RCS_SHAPE_LVALUE_VALUE)
		fputc('*', b->out);
	for (int i = 0; i < count; i++) {
		int place = row->shape == RCS_SHAPE_VALUE_ADDRESS ? 1 - i : i;
		bool starred = i == 0 && (row->shape == RCS_SHAPE_LVALUE ||
					  row->shape == RCS_SHAPE_LVALUE_VALUE);

		fputs(i > 0 ? ", " : "", b->out);
		expression(b, x->operand[place],
			   starred ? rcs_operator_level(RCS_OPERATOR_NOT) : 0);
	}
	fputc(')', b->out);
}

/* Between parentheses where it binds less than `floor`. */
static void expression(const struct body *b, int32_t index, int floor)
{
	const struct rcs_expression *x = &b->test->expression[index];
	int level;

	switch (x->kind) {
	case RCS_EXPRESSION_NUMBER:
		fprintf(b->out, "%" PRId64, x->number);
		break;
	case RCS_EXPRESSION_REGISTER:
		fputs(b->thread->reg[x->index].name, b->out);
		break;
	case RCS_EXPRESSION_LOCATION:
		fputs(b->test->location[x->index].name, b->out);
		break;
	case RCS_EXPRESSION_UNARY:
		/* A blank keeps - - from being --. */
		fprintf(b->out, "%s", rcs_operator_text[x->op]);
		if (x->op == RCS_OPERATOR_NEGATE)
			fputc(' ', b->out);
		expression(b, x->operand[0], rcs_operator_level(x->op));
		break;
	case RCS_EXPRESSION_BINARY:
		level = rcs_operator_level(x->op);
		fputs(level < floor ? "(" : "", b->out);
		expression(b, x->operand[0], level);
		fprintf(b->out, " %s ", rcs_operator_text[x->op]);
		expression(b, x->operand[1], level + 1);
		fputs(level < floor ? ")" : "", b->out);
		break;
	case RCS_EXPRESSION_CALL:
		call(b, x);
		break;
	}
}

static void tabs(int depth, FILE *out)
{
	while (depth-- > 0)
		fputc('\t', out);
}

static void conditional(const struct body *b, const struct rcs_statement *s, int depth)
{
	const struct rcs_statement *list = b->test->statement;
	int32_t thread = (int32_t)(b->thread - b->test->thread);

	for (;;) {
		fputs("if (", b->out);
		expression(b, s->expression, 0);
		fputs(") {\n", b->out);
		rcs_print_block(b->test, thread, s->then, depth + 1, b->out);
		tabs(depth, b->out);
		fputc('}', b->out);
		if (s->otherwise == RCS_NONE)
			break;
		fputs(" else ", b->out);
		if (list[s->otherwise].kind != RCS_STATEMENT_IF ||
		    list[s->otherwise].next != RCS_NONE) {
			fputs("{\n", b->out);
			rcs_print_block(b->test, thread, s->otherwise, depth + 1,
					b->out);
			tabs(depth, b->out);
			fputc('}', b->out);
			break;
		}
		s = &list[s->otherwise];
	}
	fputc('\n', b->out);
}

void rcs_print_block(const struct rcs_litmus *test, int32_t thread, int32_t statement,
		     int depth, FILE *out)
{
	struct body b = {test, &test->thread[thread], out};

	for (int32_t i = statement; i != RCS_NONE; i = test->statement[i].next) {
		const struct rcs_statement *s = &test->statement[i];

		tabs(depth, out);
		if (s->kind == RCS_STATEMENT_IF) {
			conditional(&b, s, depth);
			continue;
		}
		if (s->kind == RCS_STATEMENT_ASSIGN)
			fprintf(out, "%s = ", b.thread->reg[s->target].name);
		expression(&b, s->expression, 0);
		fputs(";\n", out);
	}
}

void rcs_litmus_print_expression(const struct rcs_litmus *test, int32_t thread,
				 int32_t index, FILE *out)
{
	struct body b = {test, &test->thread[thread], out};

	expression(&b, index, 0);
}
