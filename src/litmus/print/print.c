/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The file as a whole: every location with its initial value, declarations at the top
 * of each body, braces around all branches; parentheses only where they are needed.
 */
#include "litmus/print.h"

#include <inttypes.h>
#include <string.h>

#include "litmus/print/printer.h"

#define WIDTH 80

/*
 * The words of it, line by line. None that would be read as a line of results may
 * begin one.
 */
static void print_about(const char *about, FILE *out)
{
	size_t column = 0;

	while (*about != '\0') {
		size_t length = strcspn(about, " ");
		bool results = strncmp(about, "Result:", 7) == 0 ||
			       strncmp(about, "Stripped:", 9) == 0 ||
			       strncmp(about, "Local:", 6) == 0;

		if (column == 0 || (column + 1 + length > WIDTH && !results))
			column = (size_t)fprintf(out, "%s *", column > 0 ? "\n" : "") -
				 (column > 0);
		column += (size_t)fprintf(out, " %.*s", (int)length, about);
		about += length + (about[length] == ' ');
	}
	if (column > 0)
		fputc('\n', out);
}

static void print_answers(const char *name, const enum rcs_answer *answers,
			  bool *paragraph, FILE *out)
{
	bool any = false;

	for (int m = 0; m < RCS_MODELS; m++) {
		if (answers[m] == RCS_ANSWER_UNKNOWN)
			continue;
		if (!any && *paragraph)
			fputs(" *\n", out);
		if (!any)
			fprintf(out, " * %s:", name);
		fprintf(out, " %s=%s", rcs_model_names[m],
			rcs_answer_names[answers[m]]);
		any = true;
		*paragraph = false;
	}
	if (any)
		fputc('\n', out);
}

static bool any_answer(const enum rcs_answer *answers)
{
	for (int m = 0; m < RCS_MODELS; m++)
		if (answers[m] != RCS_ANSWER_UNKNOWN)
			return true;
	return false;
}

static void print_comment(const struct rcs_litmus *test, FILE *out)
{
	bool paragraph = test->about[0] != '\0';

	if (!paragraph && !any_answer(test->result) && !any_answer(test->stripped) &&
	    !any_answer(test->local))
		return;
	fputs("(*\n", out);
	print_about(test->about, out);
	print_answers("Result", test->result, &paragraph, out);
	print_answers("Stripped", test->stripped, &paragraph, out);
	print_answers("Local", test->local, &paragraph, out);
	fputs(" *)\n\n", out);
}

static void print_value(const struct rcs_litmus *test,
			const struct rcs_litmus_value *value, FILE *out)
{
	if (value->is_address)
		fputs(test->location[value->number].name, out);
	else
		fprintf(out, "%" PRId64, value->number);
}

/* With the star before the name of what is a pointer. */
static const char *type_text(enum rcs_type type, bool atomic)
{
	switch (type) {
	case RCS_TYPE_INT:
		return atomic ? "atomic_t " : "int ";
	case RCS_TYPE_POINTER:
		return "int *";
	case RCS_TYPE_LOCK:
		return "spinlock_t ";
	case RCS_TYPE_SRCU:
		return "struct srcu_struct ";
	}
	return "";
}

/*
 * Locations have the order in which they are first named. Where an initial value would
 * name one too early, those before it are named on lines of their own. Returns how
 * many have been named with the line of location i.
 */
static int32_t print_names(const struct rcs_litmus *test, int32_t i, int32_t named,
			   FILE *out)
{
	const struct rcs_litmus_value *initial = &test->location[i].initial;
	int32_t last = initial->is_address ? (int32_t)initial->number : i;

	if (last > (i < named ? named : i + 1))
		for (; named < last; named++)
			fprintf(out, "\t%s;\n", test->location[named].name);
	if (named <= last)
		named = last + 1;
	return named <= i ? i + 1 : named;
}

static void print_init(const struct rcs_litmus *test, FILE *out)
{
	int32_t named = 0;

	fputs("{\n", out);
	for (int32_t i = 0; i < test->locations; i++) {
		const struct rcs_litmus_location *l = &test->location[i];

		named = print_names(test, i, named, out);
		fprintf(out, "\t%s%s", type_text(l->type, l->atomic), l->name);
		if (l->type == RCS_TYPE_INT || l->initial.is_address ||
		    l->initial.number != 0) {
			fputs(l->initial.is_address ? " = &" : " = ", out);
			print_value(test, &l->initial, out);
		}
		fputs(";\n", out);
	}
	for (int32_t t = 0; t < test->threads; t++)
		for (int32_t r = 0; r < test->thread[t].registers; r++) {
			const struct rcs_litmus_register *reg = &test->thread[t].reg[r];

			if (!reg->initialised)
				continue;
			fprintf(out, "\t%d:%s = ", t, reg->name);
			print_value(test, &reg->initial, out);
			fputs(";\n", out);
		}
	fputs("}\n\n", out);
}

static void print_parameters(const struct rcs_litmus *test, int32_t thread, FILE *out)
{
	const char *comma = "";

	fprintf(out, "P%d(", thread);
	for (int32_t i = 0; i < test->locations; i++) {
		const struct rcs_litmus_location *l = &test->location[i];

		if ((test->thread[thread].parameters >> i & 1) == 0)
			continue;
		fprintf(out, "%s%s*%s", comma, type_text(l->type, l->atomic), l->name);
		comma = ", ";
	}
	fputs(")\n", out);
}

static void print_thread(const struct rcs_litmus *test, int32_t thread, FILE *out)
{
	const struct rcs_litmus_thread *t = &test->thread[thread];
	bool declared = false;

	print_parameters(test, thread, out);
	fputs("{\n", out);
	for (int32_t r = 0; r < t->registers; r++)
		if (t->reg[r].declared) {
			fprintf(out, "\t%s%s;\n", type_text(t->reg[r].type, false),
				t->reg[r].name);
			declared = true;
		}
	if (declared && t->first != RCS_NONE)
		fputc('\n', out);
	rcs_print_block(test, thread, t->first, 1, out);
	fputs("}\n\n", out);
}

static void print_subject(const struct rcs_litmus *test, int32_t thread, int32_t index,
			  FILE *out)
{
	if (thread == RCS_NONE)
		fputs(test->location[index].name, out);
	else
		fprintf(out, "%d:%s", thread, test->thread[thread].reg[index].name);
}

/* OR binds less than AND, AND less than all else. */
static int level(enum rcs_condition_kind kind)
{
	return kind == RCS_CONDITION_OR ? 1 : kind == RCS_CONDITION_AND ? 2 : 3;
}

/* Between parentheses where it binds less than `floor`. */
static void print_condition(const struct rcs_litmus *test, int32_t condition, int floor,
			    FILE *out)
{
	const struct rcs_condition *c = &test->condition[condition];
	bool parentheses = level(c->kind) < floor;

	if (parentheses)
		fputc('(', out);
	switch (c->kind) {
	case RCS_CONDITION_TRUE:
		fputs("true", out);
		break;
	case RCS_CONDITION_NOT:
		fputc('~', out);
		print_condition(test, c->operand[0], 3, out);
		break;
	case RCS_CONDITION_AND:
	case RCS_CONDITION_OR:
		print_condition(test, c->operand[0], level(c->kind), out);
		fputs(c->kind == RCS_CONDITION_AND ? " /\\ " : " \\/ ", out);
		print_condition(test, c->operand[1], level(c->kind) + 1, out);
		break;
	case RCS_CONDITION_EQUAL:
	case RCS_CONDITION_UNEQUAL:
		print_subject(test, c->thread, c->index, out);
		fputs(c->kind == RCS_CONDITION_EQUAL ? "=" : "!=", out);
		print_value(test, &c->value, out);
		break;
	case RCS_CONDITION_SAME:
	case RCS_CONDITION_DIFFERENT:
		print_subject(test, c->thread, c->index, out);
		fputs(c->kind == RCS_CONDITION_SAME ? "=" : "!=", out);
		print_subject(test, c->other.thread, c->other.index, out);
		break;
	}
	if (parentheses)
		fputc(')', out);
}

void rcs_litmus_print_condition(const struct rcs_litmus *test, int32_t condition,
				FILE *out)
{
	print_condition(test, condition, 0, out);
}

void rcs_litmus_print(const struct rcs_litmus *test, FILE *out)
{
	static const char *const quantifiers[] = {
		[RCS_EXISTS] = "exists",
		[RCS_NOT_EXISTS] = "~exists",
		[RCS_FORALL] = "forall",
	};

	fprintf(out, "C %s\n\n", test->name);
	print_comment(test, out);
	print_init(test, out);
	for (int32_t t = 0; t < test->threads; t++)
		print_thread(test, t, out);
	if (test->shown_count > 0) {
		fputs("locations [", out);
		for (int32_t i = 0; i < test->shown_count; i++) {
			fputs(i > 0 ? " " : "", out);
			print_subject(test, test->shown[i].thread, test->shown[i].index,
				      out);
			fputc(';', out);
		}
		fputs("]\n", out);
	}
	if (test->filter != RCS_NONE) {
		fputs("filter (", out);
		print_condition(test, test->filter, 0, out);
		fputs(")\n", out);
	}
	fprintf(out, "%s (", quantifiers[test->quantifier]);
	print_condition(test, test->target, 0, out);
	fputs(")\n", out);
}

int rcs_litmus_summary(const struct rcs_litmus *test)
{
	const char *end = strstr(test->about, ". ");

	return (int)(end != NULL ? (size_t)(end + 1 - test->about)
				 : strlen(test->about));
}
