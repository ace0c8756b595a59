/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads: their parameters, and what can be said of them when all have been read. */
#include <stdlib.h>
#include <string.h>

#include "litmus/parse/parser.h"

static void parameter(struct rcs_parser *p)
{
	struct rcs_written_type type;
	struct rcs_token name;
	enum rcs_type held;
	int32_t l;

	if (!rcs_parse_type(p, &type)) {
		rcs_parse_unexpected(p, "want a parameter's type");
		return;
	}
	if (!rcs_parse_name(p, "want a parameter's name", &name))
		return;
	if (rcs_parse_sees(p, "["))
		rcs_parse_unexpected(p, "");
	if (type.stars == 0) {
		(void)rcs_lexer_fail(&p->lexer, name.at,
				     "a parameter is the address of a shared variable: "
				     "write *%.*s",
				     (int)name.length, name.text);
		return;
	}
	held = type.stars > 1 ? RCS_TYPE_POINTER : type.type;
	l = rcs_parse_location(p, &name);
	if (l == RCS_NONE)
		return;
	rcs_parse_location_type(p, l, &type, held);
	if (rcs_parse_find_register(p, p->thread, &name) != RCS_NONE)
		(void)rcs_lexer_fail(&p->lexer, name.at,
				     "'%s' is a register in the init block",
				     p->test->location[l].name);
	if ((p->test->thread[p->thread].parameters >> l & 1) != 0)
		(void)rcs_lexer_fail(&p->lexer, name.at, "'%s' is a parameter already",
				     p->test->location[l].name);
	p->test->thread[p->thread].parameters |= (uint32_t)1 << l;
}

static void parameters(struct rcs_parser *p)
{
	rcs_parse_want(p, "(");
	if (rcs_parse_sees(p, "void") && rcs_token_is(&p->next, ")"))
		rcs_parse_advance(p);
	if (!rcs_parse_sees(p, ")"))
		do
			parameter(p);
		while (rcs_parse_accept(p, ","));
	rcs_parse_want(p, ")");
}

/* The order that the printer gives them: those that the init block names, those that
 * are declared, the rest. */
static int rank(const struct rcs_litmus_register *r)
{
	return r->initialised ? 0 : r->declared ? 1 : 2;
}

static void sort_registers(struct rcs_parser *p, int32_t expressions,
			   int32_t statements)
{
	struct rcs_litmus_thread *t = &p->test->thread[p->thread];
	struct rcs_litmus_register old[RCS_LITMUS_REGISTERS];
	typeof(p->reg[0]) old_state;
	int32_t place[RCS_LITMUS_REGISTERS], n = 0;

	memcpy(old, t->reg, sizeof(old));
	memcpy(old_state, p->reg[p->thread], sizeof(old_state));
	for (int k = 0; k < 3; k++)
		for (int32_t r = 0; r < t->registers; r++)
			if (rank(&old[r]) == k) {
				t->reg[n] = old[r];
				p->reg[p->thread][n] = old_state[r];
				place[r] = n++;
			}
	for (int32_t i = expressions; i < p->test->expressions; i++)
		if (p->test->expression[i].kind == RCS_EXPRESSION_REGISTER)
			p->test->expression[i].index =
				place[p->test->expression[i].index];
	for (int32_t i = statements; i < p->test->statements; i++)
		if (p->test->statement[i].kind == RCS_STATEMENT_ASSIGN)
			p->test->statement[i].target =
				place[p->test->statement[i].target];
}

/* Whether it is P and a number, and which one; -1 when that is none that can be. */
static bool sees_thread(const struct rcs_parser *p, int *number)
{
	const struct rcs_token *t = &p->token;

	if (t->kind != RCS_TOKEN_WORD || t->length < 2 || t->text[0] != 'P')
		return false;
	*number = 0;
	for (size_t i = 1; i < t->length; i++) {
		if (t->text[i] < '0' || t->text[i] > '9')
			return false;
		if (*number >= 0)
			*number = *number * 10 + t->text[i] - '0';
		if (*number > 9999 || (t->text[1] == '0' && t->length > 2))
			*number = -1;
	}
	return true;
}

static void thread(struct rcs_parser *p, int number)
{
	int32_t expressions = p->test->expressions, statements = p->test->statements;
	int32_t first;

	if (p->test->threads == RCS_LITMUS_THREADS) {
		(void)rcs_lexer_fail(&p->lexer, p->token.at,
				     "a test has %d threads at most",
				     RCS_LITMUS_THREADS);
		return;
	}
	if (number != p->test->threads) {
		(void)rcs_lexer_fail(&p->lexer, p->token.at, "want P%d here, not %s",
				     p->test->threads,
				     rcs_quote(p->token.text, p->token.length).text);
		return;
	}
	p->thread = number;
	p->test->threads++;
	rcs_parse_advance(p);
	parameters(p);
	first = rcs_parse_block(p);
	p->test->thread[p->thread].first = first;
	p->expressions_end[p->thread] = p->test->expressions;
	p->statements_end[p->thread] = p->test->statements;
	if (!p->lexer.failed)
		sort_registers(p, expressions, statements);
}

/* An undeclared register with a location's name would be taken for it. */
static void check_names(struct rcs_parser *p)
{
	for (int32_t t = 0; t < p->test->threads; t++)
		for (int32_t r = 0; r < p->test->thread[t].registers; r++) {
			const struct rcs_litmus_register *reg =
				&p->test->thread[t].reg[r];

			if (reg->declared)
				continue;
			for (int32_t l = 0; l < p->test->locations; l++)
				if (strcmp(p->test->location[l].name, reg->name) == 0)
					(void)rcs_lexer_fail(
						&p->lexer, p->reg[t][r].at,
						"'%s' is a shared variable, but no "
						"parameter of P%d",
						reg->name, t);
		}
}

/* What the init block said of threads before their number was known. */
static void check_init(struct rcs_parser *p)
{
	for (int32_t t = p->test->threads; t < RCS_LITMUS_THREADS; t++) {
		struct rcs_position at = p->bare[t];

		if (p->test->thread[t].registers > 0)
			at = p->reg[t][0].at;
		if (at.line > 0)
			(void)rcs_lexer_fail(&p->lexer, at, "there is no thread P%d",
					     t);
	}
}

void rcs_parse_threads(struct rcs_parser *p)
{
	int number;

	while (!p->lexer.failed && sees_thread(p, &number))
		thread(p, number);
	if (p->test->threads == 0)
		rcs_parse_unexpected(p, "want P0, the first thread");
	if (p->lexer.failed)
		return;
	check_names(p);
	check_init(p);
	rcs_parse_cells(p);
}
