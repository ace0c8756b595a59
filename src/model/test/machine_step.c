/* SPDX-License-Identifier: BSD-2-Clause */
/* What the threads of the machines do: statements, expressions and primitives. */
#include "model/test/machine_step.h"

#include <string.h>

static const struct rcs_primitive_row *row_of(const struct machine *m, int32_t call)
{
	return &rcs_primitives[m->test->expression[call].primitive];
}

/* ---- before the first step */

static void note_calls(struct machine *m, int32_t statement, int32_t expression)
{
	const struct rcs_expression *x;

	if (expression == RCS_NONE)
		return;
	x = &m->test->expression[expression];
	for (int i = 0; i < RCS_PRIMITIVE_OPERANDS; i++)
		note_calls(m, statement, x->operand[i]);
	if (x->kind != RCS_EXPRESSION_CALL)
		return;
	if (m->calls[statement] == MACHINE_CALLS) {
		m->why_not = "too many calls in one statement";
		return;
	}
	m->ordinal[expression] = m->calls[statement];
	m->call[statement][m->calls[statement]++] = expression;
}

static void note_block(struct machine *m, int32_t first, int32_t follow)
{
	for (int32_t i = first; i != RCS_NONE; i = m->test->statement[i].next) {
		const struct rcs_statement *s = &m->test->statement[i];

		m->after[i] = s->next != RCS_NONE ? s->next : follow;
		note_calls(m, i, s->expression);
		if (s->kind == RCS_STATEMENT_IF) {
			note_block(m, s->then, m->after[i]);
			note_block(m, s->otherwise, m->after[i]);
		}
	}
}

void machine_prepare(struct machine *m)
{
	const struct rcs_litmus *test = m->test;

	if (test->threads > MACHINE_THREADS || test->locations > MACHINE_LOCATIONS)
		m->why_not = "too many threads or locations";
	for (int t = 0; t < test->threads; t++) {
		if (test->thread[t].registers > MACHINE_REGISTERS)
			m->why_not = "too many registers";
		note_block(m, test->thread[t].first, RCS_NONE);
	}
}

/* ---- values */

static int16_t word_of(struct machine *m, int64_t number)
{
	if (number >= MACHINE_ADDRESS + MACHINE_LOCATIONS || number < -MACHINE_ADDRESS)
		m->why_not = "a large number";
	return (int16_t)number;
}

static int16_t word_of_value(struct machine *m, struct rcs_litmus_value value)
{
	if (value.is_address)
		return (int16_t)(MACHINE_ADDRESS + value.number);
	if (value.number >= MACHINE_ADDRESS)
		m->why_not = "a large number";
	return word_of(m, value.number);
}

struct rcs_litmus_value machine_value(int16_t word)
{
	bool is_address = word >= MACHINE_ADDRESS;

	return (struct rcs_litmus_value){is_address,
					 is_address ? word - MACHINE_ADDRESS : word};
}

static int64_t binary(enum rcs_operator op, int32_t a, int32_t b)
{
	switch (op) {
	case RCS_OPERATOR_ADD:
		return (int64_t)a + b;
	case RCS_OPERATOR_SUBTRACT:
		return (int64_t)a - b;
	case RCS_OPERATOR_MULTIPLY:
		return (int64_t)a * b;
	case RCS_OPERATOR_AND:
		return a & b;
	case RCS_OPERATOR_OR:
		return a | b;
	case RCS_OPERATOR_XOR:
		return a ^ b;
	case RCS_OPERATOR_LEFT:
		return (int64_t)((uint64_t)a << (b & 31));
	case RCS_OPERATOR_RIGHT:
		return a >> (b & 31);
	case RCS_OPERATOR_EQUAL:
		return a == b;
	case RCS_OPERATOR_UNEQUAL:
		return a != b;
	case RCS_OPERATOR_LESS:
		return a < b;
	case RCS_OPERATOR_LESS_EQUAL:
		return a <= b;
	case RCS_OPERATOR_GREATER:
		return a > b;
	case RCS_OPERATOR_GREATER_EQUAL:
		return a >= b;
	case RCS_OPERATOR_BOTH:
		return a != 0 && b != 0;
	case RCS_OPERATOR_EITHER:
		return a != 0 || b != 0;
	default:
		return 0;
	}
}

static int32_t value_of(struct machine *m, const struct machine_thread *t,
			int32_t expression)
{
	const struct rcs_expression *x = &m->test->expression[expression];
	int32_t a;

	switch (x->kind) {
	case RCS_EXPRESSION_NUMBER:
		return word_of(m, x->number);
	case RCS_EXPRESSION_REGISTER:
		return t->reg[x->index];
	case RCS_EXPRESSION_LOCATION:
		return MACHINE_ADDRESS + x->index;
	case RCS_EXPRESSION_CALL:
		return t->result[m->ordinal[expression]];
	case RCS_EXPRESSION_UNARY:
		a = value_of(m, t, x->operand[0]);
		return x->op == RCS_OPERATOR_NEGATE   ? -a
		       : x->op == RCS_OPERATOR_INVERT ? ~a
						      : a == 0;
	case RCS_EXPRESSION_BINARY:
		a = value_of(m, t, x->operand[0]);
		return (int32_t)binary(x->op, a, value_of(m, t, x->operand[1]));
	}
	return 0;
}

/* ---- memory */

/* The youngest store of its own, or memory. */
static int16_t load(const struct machine_state *s, const struct machine_thread *t,
		    int location)
{
	for (int i = t->stores - 1; i >= 0; i--) {
		if (t->location[i] == location)
			return t->value[i];
	}
	return s->memory[location];
}

static void store(struct machine *m, struct machine_state *s, struct machine_thread *t,
		  int location, int64_t value)
{
	if (m->kind == MACHINE_SC) {
		s->memory[location] = word_of(m, value);
	} else if (t->stores == MACHINE_STORES) {
		m->why_not = "too many stores in a buffer";
	} else {
		t->location[t->stores] = (int16_t)location;
		t->value[t->stores++] = word_of(m, value);
	}
}

static int64_t changed(enum rcs_change change, int32_t old, int32_t by)
{
	switch (change) {
	case RCS_CHANGE_NONE:
		return by;
	case RCS_CHANGE_ADD:
		return (int64_t)old + by;
	case RCS_CHANGE_SUBTRACT:
		return (int64_t)old - by;
	case RCS_CHANGE_AND:
		return old & by;
	case RCS_CHANGE_OR:
		return old | by;
	case RCS_CHANGE_XOR:
		return old ^ by;
	case RCS_CHANGE_ANDNOT:
		return old & ~by;
	}
	return 0;
}

/* Read, compute and write, at once and in memory. */
static int64_t update(struct machine *m, struct machine_state *s,
		      const struct machine_thread *t, const struct rcs_expression *x,
		      int location)
{
	const struct rcs_primitive_row *row = &rcs_primitives[x->primitive];
	int16_t old = s->memory[location];
	int32_t by =
		x->operand[1] == RCS_NONE ? row->step : value_of(m, t, x->operand[1]);
	int64_t new = changed(row->change, old, by);

	switch (row->action) {
	case RCS_ACTION_COMPARE:
		new = old == by ? value_of(m, t, x->operand[2]) : old;
		break;
	case RCS_ACTION_LOCK:
	case RCS_ACTION_TRYLOCK:
		new = 1;
		break;
	default:
		break;
	}
	s->memory[location] = word_of(m, new);
	switch (row->action) {
	case RCS_ACTION_CHANGE:
		return new;
	case RCS_ACTION_TEST:
		return new == 0;
	case RCS_ACTION_NEGATIVE:
		return new < 0;
	case RCS_ACTION_ADD_UNLESS:
	case RCS_ACTION_TRYLOCK:
		return 1;
	default:
		return old;
	}
}

/* ---- calls that wait */

static void begin(struct machine *m, struct machine_state *s, int thread,
		  enum machine_call call)
{
	struct machine_thread *t = &s->thread[thread];

	t->call = (int16_t)call;
	for (int i = 0; i < m->test->threads; i++) {
		const struct machine_thread *other = &s->thread[i];

		if (i == thread)
			t->wait[i] = 0;
		else if (call == MACHINE_MEMB)
			t->wait[i] = MACHINE_UNTIL_EMPTY;
		else
			t->wait[i] = other->depth > 0 ? MACHINE_UNTIL_UNLOCKS
						      : other->closed;
	}
}

static void unlock(struct machine *m, struct machine_state *s, int thread)
{
	struct machine_thread *t = &s->thread[thread];

	if (--t->depth > 0)
		return;
	t->closed = t->stores;
	for (int i = 0; i < m->test->threads; i++) {
		if (s->thread[i].wait[thread] == MACHINE_UNTIL_UNLOCKS)
			s->thread[i].wait[thread] = t->stores;
	}
}

static bool waits(const struct machine *m, const struct machine_thread *t)
{
	for (int i = 0; i < m->test->threads; i++) {
		if (t->wait[i] != 0)
			return true;
	}
	return false;
}

/* ---- statements */

/* Calls that no other thread can ever notice. */
static bool is_idle(const struct machine *m, int32_t call)
{
	const struct rcs_primitive_row *row = row_of(m, call);
	bool stripped = m->barrier == RCS_PROVE_STRIPPED;

	switch (row->action) {
	case RCS_ACTION_FENCE:
		if (m->kind == MACHINE_SC || stripped)
			return true;
		return row->ordering == RCS_ORDER_MEMB ? m->barrier == RCS_PROVE_NONE
						       : row->ordering != RCS_ORDER_MB;
	case RCS_ACTION_RCU_LOCK:
	case RCS_ACTION_RCU_UNLOCK:
	case RCS_ACTION_RCU_SYNC:
		return stripped;
	default:
		return false;
	}
}

/* Goes on to the next call; what stands between is nobody else's business. */
static void advance(struct machine *m, struct machine_thread *t)
{
	while (t->statement != RCS_NONE) {
		const struct rcs_statement *s = &m->test->statement[t->statement];
		int32_t next = m->after[t->statement];

		if (t->calls < m->calls[t->statement]) {
			if (!is_idle(m, m->call[t->statement][t->calls]))
				return;
			t->result[t->calls++] = 0;
			continue;
		}
		if (s->kind == RCS_STATEMENT_ASSIGN) {
			t->reg[s->target] = word_of(m, value_of(m, t, s->expression));
		} else if (s->kind == RCS_STATEMENT_IF) {
			int32_t branch = value_of(m, t, s->expression) != 0
						 ? s->then
						 : s->otherwise;

			next = branch != RCS_NONE ? branch : next;
		}
		t->statement = (int16_t)next;
		t->calls = 0;
		memset(t->result, 0, sizeof(t->result));
	}
}

static void finish_call(struct machine *m, struct machine_thread *t, int64_t result)
{
	t->result[t->calls++] = word_of(m, result);
	advance(m, t);
}

/*
 * What calls wait for is looked at as soon as it may have come: a call that could end
 * and does not can do nothing that it could not do later.
 */
static void end_calls(struct machine *m, struct machine_state *s)
{
	for (int i = 0; i < m->test->threads; i++) {
		struct machine_thread *t = &s->thread[i];

		if (t->call == MACHINE_NO_CALL)
			continue;
		for (int j = 0; j < m->test->threads; j++) {
			if (t->wait[j] == MACHINE_UNTIL_EMPTY &&
			    s->thread[j].stores == 0)
				t->wait[j] = 0;
		}
		if (!waits(m, t)) {
			t->call = MACHINE_NO_CALL;
			finish_call(m, t, 0);
		}
	}
}

/* An access: false if it has to wait. */
static bool do_access(struct machine *m, struct machine_state *s,
		      struct machine_thread *t, const struct rcs_expression *x,
		      int64_t *result)
{
	const struct rcs_primitive_row *row = &rcs_primitives[x->primitive];
	int location = value_of(m, t, x->operand[0]) - MACHINE_ADDRESS;
	bool empty = t->stores == 0;

	if (location < 0) {
		m->why_not = "followed what is no address";
		return false;
	}
	switch (row->action) {
	case RCS_ACTION_READ:
		*result = load(s, t, location);
		return true;
	case RCS_ACTION_IS_LOCKED:
		*result = load(s, t, location) != 0;
		return true;
	case RCS_ACTION_UNLOCK:
		store(m, s, t, location, 0);
		return true;
	case RCS_ACTION_WRITE:
		if (row->ordering == RCS_ORDER_FULL && m->barrier != RCS_PROVE_STRIPPED)
			break;
		store(m, s, t, location, value_of(m, t, x->operand[1]));
		return true;
	case RCS_ACTION_LOCK:
		if (!empty || s->memory[location] != 0)
			return false;
		break;
	case RCS_ACTION_TRYLOCK: /* looks first */
		if (load(s, t, location) != 0)
			return true;
		break;
	case RCS_ACTION_ADD_UNLESS:
		if (load(s, t, location) == value_of(m, t, x->operand[2]))
			return true;
		break;
	default:
		break;
	}
	if (!empty)
		return false;
	*result = update(m, s, t, x, location);
	return true;
}

bool machine_step(struct machine *m, struct machine_state *s, int thread)
{
	struct machine_thread *t = &s->thread[thread];
	const struct rcs_expression *x;
	const struct rcs_primitive_row *row;
	int64_t result = 0;
	int32_t call;

	if (t->statement == RCS_NONE || t->call != MACHINE_NO_CALL)
		return false;
	call = m->call[t->statement][t->calls];
	x = &m->test->expression[call];
	row = row_of(m, call);
	switch (row->action) {
	case RCS_ACTION_FENCE:
		if (t->stores != 0)
			return false;
		if (row->ordering == RCS_ORDER_MEMB && m->barrier == RCS_PROVE_IDEAL)
			begin(m, s, thread, MACHINE_MEMB);
		break;
	case RCS_ACTION_RCU_SYNC:
		if (t->stores != 0)
			return false;
		begin(m, s, thread, MACHINE_GRACE_PERIOD);
		break;
	case RCS_ACTION_RCU_LOCK:
		t->depth++;
		break;
	case RCS_ACTION_RCU_UNLOCK:
		unlock(m, s, thread);
		break;
	case RCS_ACTION_SRCU_LOCK:
	case RCS_ACTION_SRCU_UNLOCK:
	case RCS_ACTION_SRCU_SYNC:
		m->why_not = "SRCU";
		return false;
	default:
		if (!do_access(m, s, t, x, &result))
			return false;
		break;
	}
	if (t->call == MACHINE_NO_CALL)
		finish_call(m, t, result);
	end_calls(m, s);
	return true;
}

bool machine_flush(struct machine *m, struct machine_state *s, int thread)
{
	struct machine_thread *t = &s->thread[thread];

	if (t->stores == 0)
		return false;
	s->memory[t->location[0]] = t->value[0];
	t->stores--;
	for (int i = 0; i < t->stores; i++) {
		t->location[i] = t->location[i + 1];
		t->value[i] = t->value[i + 1];
	}
	t->location[t->stores] = t->value[t->stores] = 0;
	t->closed -= t->closed > 0;
	for (int i = 0; i < m->test->threads; i++)
		s->thread[i].wait[thread] -= s->thread[i].wait[thread] > 0;
	end_calls(m, s);
	return true;
}

bool machine_ended(const struct machine *m, const struct machine_state *s)
{
	for (int i = 0; i < m->test->threads; i++) {
		if (s->thread[i].statement != RCS_NONE || s->thread[i].stores != 0)
			return false;
	}
	return true;
}

void machine_start(struct machine *m, struct machine_state *s)
{
	const struct rcs_litmus *test = m->test;

	memset(s, 0, sizeof(*s));
	for (int i = 0; i < test->locations; i++)
		s->memory[i] = word_of_value(m, test->location[i].initial);
	for (int i = 0; i < test->threads; i++) {
		const struct rcs_litmus_thread *code = &test->thread[i];

		for (int j = 0; j < code->registers; j++) {
			if (code->reg[j].initialised)
				s->thread[i].reg[j] =
					word_of_value(m, code->reg[j].initial);
		}
		s->thread[i].statement = (int16_t)code->first;
		advance(m, &s->thread[i]);
	}
}
