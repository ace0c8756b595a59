/* SPDX-License-Identifier: BSD-2-Clause */
/* Values in columns: see state.h. */
#include "report/state.h"

#include <inttypes.h>
#include <stdio.h>

#include "report/event.h"

const char *rcs_value_text(const struct rcs_litmus *test,
			   const struct rcs_litmus_value *value)
{
	static char text[8][24];
	static unsigned int next;
	char *number = text[next++ % 8];

	if (value->is_address)
		return test->location[value->number].name;
	(void)snprintf(number, sizeof(text[0]), "%" PRId64, value->number);
	return number;
}

int rcs_state_text(const struct rcs_litmus *test, const struct rcs_proof *proof,
		   const struct rcs_state *state, char *text, size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (int c = 0; c < proof->columns && used < size; c++) {
		const struct rcs_state_column *column = &proof->column[c];
		const char *value = rcs_value_text(test, &state->value[c]);
		const char *blank = c > 0 ? " " : "";

		if (column->thread == RCS_NONE)
			used += (size_t)snprintf(
				text + used, size - used, "%s%s=%s;", blank,
				test->location[column->index].name, value);
		else
			used += (size_t)snprintf(
				text + used, size - used, "%s%d:%s=%s;", blank,
				column->thread,
				test->thread[column->thread].reg[column->index].name,
				value);
	}
	return (int)(used < size ? used : size - 1);
}

/* What the location holds in the end: nothing overwrites the last write. */
static struct rcs_litmus_value last_value(const struct rcs_proof_witness *w,
					  int location)
{
	const struct rcs_skeleton *s = &w->skeleton;
	int e;

	RCS_EACH(e, s->writes)
	{
		if (s->event[e].location == location && w->execution.co.row[e] == 0)
			return w->execution.value[e];
	}
	return s->test->location[location].initial;
}

/*
 * The read whose value the register has in the end; -1: the events do not tell, since
 * it is assigned more than once, or computed.
 */
static int read_of(const struct rcs_proof_witness *w, int thread, int reg)
{
	const struct rcs_skeleton *s = &w->skeleton;
	int found = -1, e;

	RCS_EACH(e, s->of_thread[thread])
	{
		int32_t statement = rcs_event_statement(s, e);

		if (s->event[e].action != RCS_ACTION_READ || statement == RCS_NONE ||
		    s->test->statement[statement].kind != RCS_STATEMENT_ASSIGN ||
		    s->test->statement[statement].target != reg)
			continue;
		found = e;
	}
	return found;
}

/* How often a register is assigned, in the text. */
static int assignments(const struct rcs_litmus *test, int32_t statement, int reg)
{
	int count = 0;

	for (; statement != RCS_NONE; statement = test->statement[statement].next) {
		const struct rcs_statement *s = &test->statement[statement];

		count += s->kind == RCS_STATEMENT_ASSIGN && s->target == reg;
		if (s->kind == RCS_STATEMENT_IF)
			count += assignments(test, s->then, reg) +
				 assignments(test, s->otherwise, reg);
	}
	return count;
}

static bool same(const struct rcs_litmus_value *a, const struct rcs_litmus_value *b)
{
	return a->is_address == b->is_address && a->number == b->number;
}

static bool agrees(const struct rcs_litmus *test, const struct rcs_proof *proof,
		   const struct rcs_proof_witness *w, const struct rcs_state *state)
{
	for (int c = 0; c < proof->columns; c++) {
		const struct rcs_state_column *column = &proof->column[c];
		struct rcs_litmus_value value;
		int e;

		if (column->thread == RCS_NONE) {
			value = last_value(w, column->index);
		} else {
			if (assignments(test, test->thread[column->thread].first,
					column->index) != 1)
				continue;
			e = read_of(w, column->thread, column->index);
			if (e < 0)
				continue;
			value = w->execution.value[e];
		}
		if (!same(&value, &state->value[c]))
			return false;
	}
	return true;
}

const struct rcs_state *rcs_state_of_witness(const struct rcs_litmus *test,
					     const struct rcs_proof *proof,
					     enum rcs_model model)
{
	bool forall = test->quantifier == RCS_FORALL;

	for (int i = 0; i < proof->states; i++) {
		const struct rcs_state *state = &proof->state[i];

		if ((state->allowed >> model & 1) != 0 && state->target != forall &&
		    agrees(test, proof, proof->model[model].witness, state))
			return state;
	}
	return NULL;
}
