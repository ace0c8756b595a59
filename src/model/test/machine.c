/* SPDX-License-Identifier: BSD-2-Clause */
/* All states that a machine can come to, each visited once. */
#include "model/test/machine.h"

#include <stdlib.h>
#include <string.h>

#include "model/test/machine_step.h"

#define STATES_MAX 400000

struct search {
	struct machine machine;
	size_t size; /* of a state: the threads that there are */
	char *state; /* in the order in which they were found */
	int states, room;
	int *slot; /* a hash table of their numbers, plus one; 0: free */
	uint32_t slots;
};

static uint64_t hash_of(const char *bytes, size_t size)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i + sizeof(uint16_t) <= size; i += sizeof(uint16_t)) {
		uint16_t word;

		memcpy(&word, bytes + i, sizeof(word));
		hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		hash ^= hash >> 29;
	}
	return hash;
}

/* Where it is in the table, or where it would be. */
static uint32_t slot_of(const struct search *s, const char *state)
{
	uint32_t i = (uint32_t)hash_of(state, s->size) & (s->slots - 1);

	while (s->slot[i] != 0 && memcmp(s->state + (size_t)(s->slot[i] - 1) * s->size,
					 state, s->size) != 0)
		i = (i + 1) & (s->slots - 1);
	return i;
}

static bool grow(struct search *s)
{
	char *state = realloc(s->state, (size_t)s->room * 2 * s->size);
	int *slot = calloc((size_t)s->slots * 2, sizeof(*slot));

	if (state != NULL)
		s->state = state;
	if (state == NULL || slot == NULL) {
		free(slot);
		return false;
	}
	free(s->slot);
	s->slot = slot;
	s->slots *= 2;
	s->room *= 2;
	for (int i = 0; i < s->states; i++)
		s->slot[slot_of(s, s->state + (size_t)i * s->size)] = i + 1;
	return true;
}

static void visit(struct search *s, const struct machine_state *state)
{
	uint32_t i = slot_of(s, (const char *)state);

	if (s->slot[i] != 0)
		return;
	if (s->states == STATES_MAX) {
		s->machine.why_not = "too many states";
		return;
	}
	if (s->states == s->room) {
		if (!grow(s)) {
			s->machine.why_not = "no memory";
			return;
		}
		i = slot_of(s, (const char *)state);
	}
	memcpy(s->state + (size_t)s->states * s->size, state, s->size);
	s->slot[i] = ++s->states;
}

static struct rcs_litmus_value at_end(const struct machine_state *s, int thread,
				      int index)
{
	return machine_value(thread == RCS_NONE ? s->memory[index]
						: s->thread[thread].reg[index]);
}

static bool same_value(struct rcs_litmus_value a, struct rcs_litmus_value b)
{
	return a.is_address == b.is_address && a.number == b.number;
}

static bool meets(const struct rcs_litmus *test, const struct machine_state *s,
		  int32_t condition)
{
	const struct rcs_condition *c = &test->condition[condition];

	switch (c->kind) {
	case RCS_CONDITION_TRUE:
		return true;
	case RCS_CONDITION_NOT:
		return !meets(test, s, c->operand[0]);
	case RCS_CONDITION_AND:
		return meets(test, s, c->operand[0]) && meets(test, s, c->operand[1]);
	case RCS_CONDITION_OR:
		return meets(test, s, c->operand[0]) || meets(test, s, c->operand[1]);
	case RCS_CONDITION_EQUAL:
		return same_value(at_end(s, c->thread, c->index), c->value);
	case RCS_CONDITION_UNEQUAL:
		return !same_value(at_end(s, c->thread, c->index), c->value);
	case RCS_CONDITION_SAME:
		return same_value(at_end(s, c->thread, c->index),
				  at_end(s, c->other.thread, c->other.index));
	case RCS_CONDITION_DIFFERENT:
		return !same_value(at_end(s, c->thread, c->index),
				   at_end(s, c->other.thread, c->other.index));
	}
	return false;
}

static int compare_values(const struct rcs_litmus_value *a,
			  const struct rcs_litmus_value *b, int columns)
{
	for (int i = 0; i < columns; i++) {
		if (a[i].is_address != b[i].is_address)
			return a[i].is_address ? 1 : -1;
		if (a[i].number != b[i].number)
			return a[i].number < b[i].number ? -1 : 1;
	}
	return 0;
}

/* Where it is among them, or should be. */
static int place_of(const struct machine_finals *f,
		    const struct rcs_litmus_value *value)
{
	int from = 0, to = f->count;

	while (from < to) {
		int i = (from + to) / 2;

		if (compare_values(&f->value[i * f->columns], value, f->columns) < 0)
			from = i + 1;
		else
			to = i;
	}
	return from;
}

bool machine_finds(const struct machine_finals *finals,
		   const struct rcs_litmus_value *value)
{
	int i = place_of(finals, value);

	return i < finals->count && compare_values(&finals->value[i * finals->columns],
						   value, finals->columns) == 0;
}

static bool add_final(struct machine_finals *f, const struct machine_state *s,
		      const struct rcs_state_column *column)
{
	struct rcs_litmus_value value[RCS_LITMUS_LOCATIONS], *all;
	size_t row = (size_t)f->columns * sizeof(*all);
	int place;

	for (int i = 0; i < f->columns; i++)
		value[i] = at_end(s, column[i].thread, column[i].index);
	if (machine_finds(f, value))
		return true;
	all = realloc(f->value, ((size_t)f->count + 1) * row + 1);
	if (all == NULL)
		return false;
	f->value = all;
	place = place_of(f, value);
	memmove(&all[(place + 1) * f->columns], &all[place * f->columns],
		(size_t)(f->count - place) * row);
	memcpy(&all[place * f->columns], value, row);
	f->count++;
	return true;
}

/* From the first state on; those that are found stand in line behind it. */
static void search(struct search *s, struct machine_finals *f,
		   const struct rcs_state_column *column)
{
	const struct rcs_litmus *test = s->machine.test;

	for (int i = 0; i < s->states && s->machine.why_not == NULL; i++) {
		struct machine_state from, to;

		memset(&from, 0, sizeof(from));
		memcpy(&from, s->state + (size_t)i * s->size, s->size);
		for (int t = 0; t < test->threads; t++) {
			to = from;
			if (machine_flush(&s->machine, &to, t))
				visit(s, &to);
			to = from;
			if (machine_step(&s->machine, &to, t))
				visit(s, &to);
		}
		if (machine_ended(&s->machine, &from) &&
		    (test->filter == RCS_NONE || meets(test, &from, test->filter)) &&
		    !add_final(f, &from, column))
			s->machine.why_not = "no memory";
	}
}

struct machine_finals machine_run(const struct rcs_litmus *test, enum machine_kind kind,
				  enum rcs_prove_barrier barrier, int columns,
				  const struct rcs_state_column *column)
{
	struct search *s = calloc(1, sizeof(*s));
	struct machine_finals f = {.columns = columns};
	struct machine_state start;

	if (s == NULL) {
		f.why_not = "no memory";
		return f;
	}
	s->machine.test = test;
	s->machine.kind = kind;
	s->machine.barrier = barrier;
	s->size = offsetof(struct machine_state, thread) +
		  (size_t)test->threads * sizeof(struct machine_thread);
	s->room = 1024;
	s->slots = 4096;
	s->state = malloc((size_t)s->room * s->size);
	s->slot = calloc(s->slots, sizeof(*s->slot));
	if (s->state == NULL || s->slot == NULL)
		s->machine.why_not = "no memory";
	else
		machine_prepare(&s->machine);
	if (s->machine.why_not == NULL) {
		machine_start(&s->machine, &start);
		visit(s, &start);
		search(s, &f, column);
	}
	f.why_not = s->machine.why_not;
	f.visited = s->states;
	free(s->state);
	free(s->slot);
	free(s);
	return f;
}

void machine_release(struct machine_finals *finals)
{
	free(finals->value);
	finals->value = NULL;
	finals->count = 0;
}
