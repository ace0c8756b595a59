/* SPDX-License-Identifier: BSD-2-Clause */
/* One thread, statement by statement: see interpret.h. */
#include "model/interpret.h"

#include <string.h>

#include "model/arithmetic.h"

/* A value, and the reads that it was computed from. */
struct computed {
	rcs_word word;
	rcs_set from;
};

struct interpreter {
	const struct rcs_litmus *test;
	int thread;
	enum rcs_prove_barrier barrier;
	const struct rcs_domain *domain;
	struct rcs_run *run;
	enum rcs_interpret_end end;
	int given;	       /* choices that were told */
	rcs_set control;       /* of the branches that are open */
	rcs_set control_after; /* of those that were closed, too */
	rcs_set depends[RCS_LITMUS_REGISTERS];
};

static const struct computed nothing;

/* A run in which there is no result ends. */
static rcs_word calculate(struct interpreter *in, enum rcs_operator op, rcs_word a,
			  rcs_word b)
{
	rcs_word result = 0;

	if (!rcs_word_apply(op, a, b, &result) && in->end == RCS_RUN_DONE)
		in->end = RCS_RUN_STRAYED;
	return result;
}

static rcs_word changed(struct interpreter *in, enum rcs_change change, rcs_word old,
			rcs_word by)
{
	switch (change) {
	case RCS_CHANGE_NONE:
		return by;
	case RCS_CHANGE_ADD:
		return calculate(in, RCS_OPERATOR_ADD, old, by);
	case RCS_CHANGE_SUBTRACT:
		return calculate(in, RCS_OPERATOR_SUBTRACT, old, by);
	case RCS_CHANGE_AND:
		return calculate(in, RCS_OPERATOR_AND, old, by);
	case RCS_CHANGE_OR:
		return calculate(in, RCS_OPERATOR_OR, old, by);
	case RCS_CHANGE_XOR:
		return calculate(in, RCS_OPERATOR_XOR, old, by);
	case RCS_CHANGE_ANDNOT:
		return calculate(in, RCS_OPERATOR_AND, old,
				 calculate(in, RCS_OPERATOR_INVERT, by, 0));
	}
	return 0;
}

/* Adds an event; its place, or -1 when there is no room. */
static int add(struct interpreter *in, enum rcs_event_kind kind, int location,
	       const struct rcs_primitive_row *row, const struct rcs_expression *x)
{
	struct rcs_path *path = &in->run->path;
	struct rcs_path_event *e;

	if (in->end != RCS_RUN_DONE)
		return -1;
	if (path->events == RCS_EVENTS) {
		in->end = RCS_RUN_TOO_LONG;
		return -1;
	}
	e = &path->event[path->events];
	memset(e, 0, sizeof(*e));
	e->event = (struct rcs_event){.kind = kind,
				      .thread = (int8_t)in->thread,
				      .location = (int8_t)location,
				      .action = row->action,
				      .ordering = row->ordering,
				      .at = x->at};
	/* Without any order an access is one that the compiler leaves alone. */
	if (in->barrier == RCS_PROVE_STRIPPED && row->ordering != RCS_ORDER_PLAIN)
		e->event.ordering = RCS_ORDER_RELAXED;
	e->control = in->control;
	e->control_after = in->control_after;
	e->rmw = -1;
	in->run->value[path->events] = 0;
	return path->events++;
}

static void add_fence(struct interpreter *in, enum rcs_ordering which,
		      const struct rcs_expression *x)
{
	const struct rcs_primitive_row row = {.action = RCS_ACTION_FENCE,
					      .ordering = which};

	(void)add(in, RCS_EVENT_FENCE, -1, &row, x);
}

/* The two points of a call that waits for other threads. */
static void add_call(struct interpreter *in, enum rcs_event_kind entry, int location,
		     const struct rcs_primitive_row *row,
		     const struct rcs_expression *x)
{
	(void)add(in, entry, location, row, x);
	(void)add(in, entry + 1, location, row, x);
}

static rcs_word choose(struct interpreter *in, int values, const rcs_word *value)
{
	struct rcs_run *run = in->run;
	int c = run->choices;

	if (in->end != RCS_RUN_DONE || c == RCS_CHOICES) /* no more than events */
		return 0;
	if (c >= in->given)
		run->chosen[c] = 0;
	run->of[c] = values;
	run->choices++;
	return value[run->chosen[c]];
}

static int add_read(struct interpreter *in, struct computed address, rcs_word word,
		    const struct rcs_primitive_row *row, const struct rcs_expression *x)
{
	int at =
		add(in, RCS_EVENT_READ, (int)(address.word - RCS_WORD_ADDRESS), row, x);

	if (at < 0)
		return at;
	in->run->path.reads |= rcs_one(at);
	in->run->path.event[at].address = address.from;
	in->run->value[at] = word;
	return at;
}

static int add_write(struct interpreter *in, struct computed address,
		     struct computed value, const struct rcs_primitive_row *row,
		     const struct rcs_expression *x)
{
	int at = add(in, RCS_EVENT_WRITE, (int)(address.word - RCS_WORD_ADDRESS), row,
		     x);

	if (at < 0)
		return at;
	in->run->path.writes |= rcs_one(at);
	in->run->path.event[at].address = address.from;
	in->run->path.event[at].data = value.from;
	in->run->value[at] = value.word;
	return at;
}

static struct computed evaluate(struct interpreter *in, int32_t index);

/* The location that operand 0 names, or what it points to. */
static bool addressed(struct interpreter *in, const struct rcs_expression *x,
		      struct computed *address)
{
	*address = evaluate(in, x->operand[0]);
	if (in->end == RCS_RUN_DONE && !rcs_word_is_address(address->word))
		in->end = RCS_RUN_STRAYED;
	return in->end == RCS_RUN_DONE;
}

/* The place of its last store to that location; -1: none yet. */
static int last_store(const struct rcs_path *path, int location)
{
	for (int i = path->events - 1; i >= 0; i--) {
		if (rcs_in(i, path->writes) &&
		    path->event[i].event.location == location)
			return i;
	}
	return -1;
}

/* Anything that can be there, as far as anybody knows. What the thread itself has
 * overwritten is gone, unless another stores it again. */
static rcs_word found(struct interpreter *in, struct computed address)
{
	const int location = (int)(address.word - RCS_WORD_ADDRESS);
	const struct rcs_domain *d = &in->domain[location];
	const int own = last_store(&in->run->path, location);
	rcs_word word[RCS_DOMAIN_MAX + 1];
	int words = 0;

	if (own < 0)
		return choose(in, d->values, d->value);
	word[words++] = in->run->value[own];
	for (int i = d->initial_again ? 0 : 1; i < d->values; i++) {
		if (d->value[i] != word[0])
			word[words++] = d->value[i];
	}
	return choose(in, words, word);
}

static struct computed read(struct interpreter *in, const struct rcs_expression *x,
			    const struct rcs_primitive_row *row)
{
	struct computed address;
	int at;

	if (!addressed(in, x, &address))
		return nothing;
	at = add_read(in, address, found(in, address), row, x);
	if (at < 0)
		return nothing;
	return (struct computed){in->run->value[at], rcs_one(at)};
}

static struct computed write(struct interpreter *in, const struct rcs_expression *x,
			     const struct rcs_primitive_row *row)
{
	struct rcs_primitive_row plain = *row;
	struct computed address;

	if (!addressed(in, x, &address))
		return nothing;
	/* smp_store_mb(): a store, then a fence. */
	if (row->ordering == RCS_ORDER_FULL)
		plain.ordering = RCS_ORDER_RELAXED;
	(void)add_write(in, address, evaluate(in, x->operand[1]), &plain, x);
	if (row->ordering == RCS_ORDER_FULL && in->barrier != RCS_PROVE_STRIPPED)
		add_fence(in, RCS_ORDER_MB, x);
	return nothing;
}

/* Whether the RMW writes, having found that. */
static bool writes(enum rcs_action action, rcs_word old, const struct computed *operand)
{
	if (action == RCS_ACTION_COMPARE)
		return old == operand[1].word;
	if (action == RCS_ACTION_ADD_UNLESS)
		return old != operand[2].word;
	return true;
}

static struct computed update(struct interpreter *in, const struct rcs_expression *x,
			      const struct rcs_primitive_row *row)
{
	struct computed address, operand[RCS_PRIMITIVE_OPERANDS] = {{0}}, value;
	bool computes = row->action >= RCS_ACTION_FETCH;
	int shape = rcs_shape_operands(row->shape);
	struct rcs_path_event *event = in->run->path.event;
	rcs_word old;
	int r, w;

	if (!addressed(in, x, &address))
		return nothing;
	for (int i = 1; i < shape; i++)
		operand[i] = evaluate(in, x->operand[i]);
	if (shape < 2)
		operand[1].word = row->step;
	old = found(in, address);
	r = add_read(in, address, old, row, x);
	if (r < 0)
		return nothing;
	if (!writes(row->action, old, operand)) {
		event[r].event.failed = true;
		if (row->action == RCS_ACTION_COMPARE)
			return (struct computed){old, rcs_one(r)};
		return (struct computed){0, rcs_one(r) | operand[2].from};
	}
	value = row->action == RCS_ACTION_COMPARE ? operand[2] : operand[1];
	if (computes)
		value.word = changed(in, row->change, old, value.word);
	w = add_write(in, address, value, row, x);
	if (w < 0)
		return nothing;
	event[w].rmw = (int8_t)r;
	event[w].computed = computes;
	value.from |= rcs_one(r);
	switch (row->action) {
	case RCS_ACTION_CHANGE:
		return value;
	case RCS_ACTION_TEST:
		return (struct computed){value.word == 0, value.from};
	case RCS_ACTION_NEGATIVE:
		return (struct computed){value.word < 0, value.from};
	case RCS_ACTION_ADD_UNLESS:
		return (struct computed){1, rcs_one(r) | operand[2].from};
	case RCS_ACTION_UPDATE:
		return nothing;
	default:
		return (struct computed){old, rcs_one(r)};
	}
}

/* A lock is 0 when it is free. */
static const rcs_word lock_words[] = {0, 1};

static struct computed lock(struct interpreter *in, const struct rcs_expression *x,
			    const struct rcs_primitive_row *row)
{
	struct computed address;
	rcs_word old = 0;
	int r, w;

	if (!addressed(in, x, &address))
		return nothing;
	if (row->action == RCS_ACTION_TRYLOCK)
		old = choose(in, 2, lock_words);
	r = add_read(in, address, old, row, x);
	if (r < 0)
		return nothing;
	if (old != 0) {
		in->run->path.event[r].event.failed = true;
		in->run->path.event[r].event.locked = true;
		return (struct computed){0, rcs_one(r)};
	}
	w = add_write(in, address, (struct computed){1, 0}, row, x);
	if (w < 0)
		return nothing;
	in->run->path.event[w].rmw = (int8_t)r;
	in->control_after |= rcs_one(r);
	return (struct computed){1, rcs_one(r)};
}

static struct computed unlock(struct interpreter *in, const struct rcs_expression *x,
			      const struct rcs_primitive_row *row)
{
	struct computed address;

	if (addressed(in, x, &address))
		(void)add_write(in, address, nothing, row, x);
	return nothing;
}

static struct computed is_locked(struct interpreter *in, const struct rcs_expression *x,
				 const struct rcs_primitive_row *row)
{
	struct computed address;
	int r;

	if (!addressed(in, x, &address))
		return nothing;
	r = add_read(in, address, choose(in, 2, lock_words), row, x);
	if (r < 0)
		return nothing;
	in->run->path.event[r].event.locked = in->run->value[r] != 0;
	return (struct computed){in->run->value[r], rcs_one(r)};
}

static struct computed fence(struct interpreter *in, const struct rcs_expression *x,
			     const struct rcs_primitive_row *row)
{
	if (in->barrier == RCS_PROVE_STRIPPED)
		return nothing;
	if (row->ordering != RCS_ORDER_MEMB)
		add_fence(in, row->ordering, x);
	else if (in->barrier == RCS_PROVE_IDEAL)
		add_call(in, RCS_EVENT_MEMB_ENTRY, -1, row, x);
	else if (in->barrier == RCS_PROVE_LOCAL)
		add_fence(in, RCS_ORDER_MB, x);
	return nothing;
}

/* A section of SRCU is between a load of its srcu_struct and a store to it, of what was
 * loaded; which value that is says nothing, but where it goes, everything. */
static struct computed srcu(struct interpreter *in, const struct rcs_expression *x,
			    const struct rcs_primitive_row *row)
{
	if (in->barrier == RCS_PROVE_STRIPPED)
		return nothing;
	if (row->action == RCS_ACTION_SRCU_LOCK)
		return read(in, x, row);
	return write(in, x, row);
}

static struct computed rcu(struct interpreter *in, const struct rcs_expression *x,
			   const struct rcs_primitive_row *row)
{
	struct computed address;

	if (in->barrier == RCS_PROVE_STRIPPED)
		return nothing;
	if (row->action == RCS_ACTION_RCU_LOCK)
		(void)add(in, RCS_EVENT_RCU_LOCK, -1, row, x);
	else if (row->action == RCS_ACTION_RCU_UNLOCK)
		(void)add(in, RCS_EVENT_RCU_UNLOCK, -1, row, x);
	else if (row->action == RCS_ACTION_RCU_SYNC)
		add_call(in, RCS_EVENT_RCU_ENTRY, -1, row, x);
	else if (addressed(in, x, &address))
		add_call(in, RCS_EVENT_SRCU_ENTRY,
			 (int)(address.word - RCS_WORD_ADDRESS), row, x);
	return nothing;
}

static struct computed call(struct interpreter *in, const struct rcs_expression *x)
{
	const struct rcs_primitive_row *row = &rcs_primitives[x->primitive];

	switch (row->action) {
	case RCS_ACTION_READ:
		return read(in, x, row);
	case RCS_ACTION_WRITE:
		return write(in, x, row);
	case RCS_ACTION_EXCHANGE:
	case RCS_ACTION_COMPARE:
	case RCS_ACTION_FETCH:
	case RCS_ACTION_CHANGE:
	case RCS_ACTION_UPDATE:
	case RCS_ACTION_TEST:
	case RCS_ACTION_NEGATIVE:
	case RCS_ACTION_ADD_UNLESS:
		return update(in, x, row);
	case RCS_ACTION_FENCE:
		return fence(in, x, row);
	case RCS_ACTION_LOCK:
	case RCS_ACTION_TRYLOCK:
		return lock(in, x, row);
	case RCS_ACTION_UNLOCK:
		return unlock(in, x, row);
	case RCS_ACTION_IS_LOCKED:
		return is_locked(in, x, row);
	case RCS_ACTION_SRCU_LOCK:
	case RCS_ACTION_SRCU_UNLOCK:
		return srcu(in, x, row);
	default:
		return rcu(in, x, row);
	}
}

/* Depth is bounded by the parser (RCS_LITMUS_DEPTH). */
static struct computed evaluate(struct interpreter *in, int32_t index)
{
	const struct rcs_expression *x;
	struct computed a, b;

	if (index == RCS_NONE || in->end != RCS_RUN_DONE)
		return nothing;
	x = &in->test->expression[index];
	switch (x->kind) {
	case RCS_EXPRESSION_NUMBER:
		return (struct computed){x->number, 0};
	case RCS_EXPRESSION_REGISTER:
		return (struct computed){in->run->reg[x->index], in->depends[x->index]};
	case RCS_EXPRESSION_LOCATION:
		return (struct computed){RCS_WORD_ADDRESS + x->index, 0};
	case RCS_EXPRESSION_UNARY:
		a = evaluate(in, x->operand[0]);
		return (struct computed){calculate(in, x->op, a.word, 0), a.from};
	case RCS_EXPRESSION_BINARY:
		a = evaluate(in, x->operand[0]);
		b = evaluate(in, x->operand[1]);
		return (struct computed){calculate(in, x->op, a.word, b.word),
					 a.from | b.from};
	case RCS_EXPRESSION_CALL:
		return call(in, x);
	}
	return nothing;
}

static bool calls(const struct rcs_litmus *test, int32_t index)
{
	const struct rcs_expression *x;

	if (index == RCS_NONE)
		return false;
	x = &test->expression[index];
	return x->kind == RCS_EXPRESSION_CALL ||
	       ((x->kind == RCS_EXPRESSION_UNARY || x->kind == RCS_EXPRESSION_BINARY) &&
		(calls(test, x->operand[0]) || calls(test, x->operand[1])));
}

/* Whether these statements have a primitive in them: then a jump has to be there. */
static bool does_something(const struct rcs_litmus *test, int32_t index)
{
	for (; index != RCS_NONE; index = test->statement[index].next) {
		const struct rcs_statement *s = &test->statement[index];

		if (calls(test, s->expression))
			return true;
		if (s->kind == RCS_STATEMENT_IF && (does_something(test, s->then) ||
						    does_something(test, s->otherwise)))
			return true;
	}
	return false;
}

static void execute(struct interpreter *in, int32_t index)
{
	const struct rcs_statement *s;
	struct computed value;
	rcs_set control = in->control;

	for (; index != RCS_NONE && in->end == RCS_RUN_DONE; index = s->next) {
		s = &in->test->statement[index];
		value = evaluate(in, s->expression);
		if (in->end != RCS_RUN_DONE)
			return;
		if (s->kind == RCS_STATEMENT_ASSIGN) {
			in->run->reg[s->target] = value.word;
			in->depends[s->target] = value.from;
		} else if (s->kind == RCS_STATEMENT_IF) {
			rcs_set after = in->control_after;

			in->control |= value.from;
			in->control_after |= value.from;
			execute(in, value.word != 0 ? s->then : s->otherwise);
			in->control = control;
			if (!does_something(in->test, s->then) &&
			    !does_something(in->test, s->otherwise))
				in->control_after = after;
		}
	}
}

enum rcs_interpret_end rcs_interpret(const struct rcs_litmus *test, int thread,
				     enum rcs_prove_barrier barrier,
				     const struct rcs_domain *domain,
				     struct rcs_run *run)
{
	const struct rcs_litmus_thread *t = &test->thread[thread];
	struct interpreter in = {.test = test,
				 .thread = thread,
				 .barrier = barrier,
				 .domain = domain,
				 .run = run,
				 .given = run->choices};

	run->choices = 0;
	run->path.events = 0;
	run->path.reads = run->path.writes = 0;
	for (int32_t r = 0; r < t->registers; r++)
		run->reg[r] =
			t->reg[r].initialised ? rcs_word_of(t->reg[r].initial) : 0;
	execute(&in, t->first);
	return in.end;
}
