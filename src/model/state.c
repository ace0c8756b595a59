/* SPDX-License-Identifier: BSD-2-Clause */
/* Final states: see state.h. */
#include "model/state.h"

#include <stdlib.h>
#include <string.h>

static rcs_word word_of(const struct rcs_final *final, int32_t thread, int32_t index)
{
	return thread == RCS_NONE ? final->memory[index] : final->reg[thread][index];
}

/* Depth is bounded by the parser (RCS_LITMUS_DEPTH). */
bool rcs_condition_holds(const struct rcs_litmus *test, int32_t condition,
			 const struct rcs_final *final)
{
	const struct rcs_condition *c;

	if (condition == RCS_NONE)
		return true;
	c = &test->condition[condition];
	switch (c->kind) {
	case RCS_CONDITION_TRUE:
		return true;
	case RCS_CONDITION_NOT:
		return !rcs_condition_holds(test, c->operand[0], final);
	case RCS_CONDITION_AND:
		return rcs_condition_holds(test, c->operand[0], final) &&
		       rcs_condition_holds(test, c->operand[1], final);
	case RCS_CONDITION_OR:
		return rcs_condition_holds(test, c->operand[0], final) ||
		       rcs_condition_holds(test, c->operand[1], final);
	case RCS_CONDITION_EQUAL:
		return word_of(final, c->thread, c->index) == rcs_word_of(c->value);
	case RCS_CONDITION_UNEQUAL:
		return word_of(final, c->thread, c->index) != rcs_word_of(c->value);
	case RCS_CONDITION_SAME:
		return word_of(final, c->thread, c->index) ==
		       word_of(final, c->other.thread, c->other.index);
	case RCS_CONDITION_DIFFERENT:
		return word_of(final, c->thread, c->index) !=
		       word_of(final, c->other.thread, c->other.index);
	}
	return false;
}

static void add_column(struct rcs_state_column *column, int *columns, int32_t thread,
		       int32_t index)
{
	for (int i = 0; i < *columns; i++) {
		if (column[i].thread == thread && column[i].index == index)
			return;
	}
	column[(*columns)++] =
		(struct rcs_state_column){.thread = thread, .index = index};
}

static void add_columns(const struct rcs_litmus *test, int32_t condition,
			struct rcs_state_column *column, int *columns)
{
	const struct rcs_condition *c;

	if (condition == RCS_NONE)
		return;
	c = &test->condition[condition];
	switch (c->kind) {
	case RCS_CONDITION_TRUE:
		return;
	case RCS_CONDITION_EQUAL:
	case RCS_CONDITION_UNEQUAL:
		add_column(column, columns, c->thread, c->index);
		return;
	case RCS_CONDITION_SAME:
	case RCS_CONDITION_DIFFERENT:
		add_column(column, columns, c->thread, c->index);
		add_column(column, columns, c->other.thread, c->other.index);
		return;
	case RCS_CONDITION_AND:
	case RCS_CONDITION_OR:
		add_columns(test, c->operand[0], column, columns);
		add_columns(test, c->operand[1], column, columns);
		return;
	case RCS_CONDITION_NOT:
		add_columns(test, c->operand[0], column, columns);
		return;
	}
}

struct rcs_state_column *rcs_state_columns(const struct rcs_litmus *test, int *columns)
{
	struct rcs_state_column *column =
		calloc((size_t)(2 * test->conditions + test->shown_count + 1),
		       sizeof(*column));

	*columns = 0;
	if (column == NULL)
		return NULL;
	add_columns(test, test->target, column, columns);
	for (int32_t i = 0; i < test->shown_count; i++)
		add_column(column, columns, test->shown[i].thread,
			   test->shown[i].index);
	return column;
}

/* A prime, and bytes from the low ones up: FNV-1a. */
static size_t hash(const rcs_word *word, int words)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (int i = 0; i < words; i++) {
		h ^= (uint64_t)word[i];
		h *= UINT64_C(1099511628211);
		h ^= h >> 29;
	}
	return (size_t)h;
}

static int *slot_of(const struct rcs_state_set *set, const rcs_word *word)
{
	size_t mask = (size_t)set->room * 2 - 1, at = hash(word, set->columns) & mask;

	while (set->slot[at] != 0 &&
	       memcmp(set->word + (size_t)(set->slot[at] - 1) * (size_t)set->columns,
		      word, (size_t)set->columns * sizeof(*word)) != 0)
		at = (at + 1) & mask;
	return &set->slot[at];
}

static bool grow(struct rcs_state_set *set)
{
	int room = set->room == 0 ? 16 : set->room * 2;
	size_t columns = (size_t)set->columns;
	rcs_word *word =
		realloc(set->word, ((size_t)room * columns + 1) * sizeof(*word));
	unsigned int *allowed;
	bool *target;

	if (word == NULL)
		return false;
	set->word = word;
	allowed = realloc(set->allowed, (size_t)room * sizeof(*allowed));
	if (allowed == NULL)
		return false;
	set->allowed = allowed;
	target = realloc(set->target, (size_t)room * sizeof(*target));
	if (target == NULL)
		return false;
	set->target = target;
	free(set->slot);
	set->slot = calloc((size_t)room * 2, sizeof(*set->slot));
	if (set->slot == NULL)
		return false;
	set->room = room;
	for (int i = 0; i < set->states; i++)
		*slot_of(set, set->word + (size_t)i * columns) = i + 1;
	return true;
}

int rcs_state_note(struct rcs_state_set *set, const struct rcs_state_column *column,
		   const struct rcs_final *final)
{
	rcs_word *word;
	int *slot;

	if (set->states == RCS_STATES_MAX)
		return RCS_STATES_TOO_MANY;
	if (set->states == set->room && !grow(set))
		return RCS_STATES_NO_MEMORY;
	/* Written where it would stand, to be looked for. */
	word = set->word + (size_t)set->states * (size_t)set->columns;
	for (int i = 0; i < set->columns; i++)
		word[i] = word_of(final, column[i].thread, column[i].index);
	slot = slot_of(set, word);
	if (*slot == 0) {
		*slot = set->states + 1;
		set->allowed[set->states] = 0;
		set->target[set->states] = false;
		set->states++;
	}
	return *slot - 1;
}

void rcs_state_set_release(struct rcs_state_set *set)
{
	free(set->word);
	free(set->allowed);
	free(set->target);
	free(set->slot);
	memset(set, 0, sizeof(*set));
}

struct row {
	const rcs_word *word;
	int columns, place;
};

static int compare(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	for (int i = 0; i < x->columns; i++) {
		if (x->word[i] != y->word[i])
			return x->word[i] < y->word[i] ? -1 : 1;
	}
	return 0;
}

/* Values stand behind the states, in one piece of memory. */
int rcs_states_hand_over(const struct rcs_state_set *set, struct rcs_proof *proof,
			 int *of_place)
{
	size_t columns = (size_t)set->columns, states = (size_t)set->states;
	struct row *row = calloc(states + 1, sizeof(*row));
	struct rcs_litmus_value *value;
	int kept = 0;

	proof->state = calloc(
		1, (states + 1) * (sizeof(*proof->state) + columns * sizeof(*value)));
	if (row == NULL || proof->state == NULL) {
		free(row);
		return -1;
	}
	for (size_t i = 0; i < states; i++) {
		if (set->allowed[i] != 0)
			row[kept++] = (struct row){set->word + i * columns,
						   set->columns, (int)i};
	}
	qsort(row, (size_t)kept, sizeof(*row), compare);
	value = (void *)(proof->state + states + 1);
	for (int i = 0; i < kept; i++) {
		proof->state[i] =
			(struct rcs_state){.value = value,
					   .target = set->target[row[i].place],
					   .allowed = set->allowed[row[i].place]};
		of_place[row[i].place] = i;
		for (size_t c = 0; c < columns; c++)
			*value++ = rcs_value_of(row[i].word[c]);
	}
	proof->states = kept;
	free(row);
	return 0;
}
