/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers for names, and their order: see matrix_names.h. */
#include "report/matrix_names.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS_FIRST 64 /* a power of two */

/* FNV-1a, 64 bits, as in pool.c; the context first. */
static uint64_t hash_of(uint32_t context, const char *text)
{
	const uint64_t prime = UINT64_C(1099511628211);
	uint64_t hash = (UINT64_C(14695981039346656037) ^ context) * prime;

	for (; *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * prime;
	return hash ^ hash >> 32;
}

/* Where that is, or is to be. */
static struct rcs_name_slot *slot_of(const struct rcs_names *names, uint64_t hash,
				     uint32_t context, const char *text)
{
	size_t i = (size_t)hash & (names->slots - 1);

	for (;; i = (i + 1) & (names->slots - 1)) {
		struct rcs_name_slot *s = &names->slot[i];

		if (s->text == NULL)
			return s;
		if (s->hash == hash && s->context == context &&
		    (s->text == text || strcmp(s->text, text) == 0))
			return s;
	}
}

static int grow(struct rcs_names *names)
{
	struct rcs_names more = {
		.slots = names->slots > 0 ? names->slots * 2 : SLOTS_FIRST,
		.count = names->count,
	};

	more.slot = calloc(more.slots, sizeof(*more.slot));
	if (more.slot == NULL)
		return -1;
	for (size_t i = 0; i < names->slots; i++) {
		const struct rcs_name_slot *s = &names->slot[i];

		if (s->text != NULL)
			*slot_of(&more, s->hash, s->context, s->text) = *s;
	}
	free(names->slot);
	*names = more;
	return 0;
}

uint32_t rcs_name_number(struct rcs_names *names, uint32_t context, const char *text)
{
	uint64_t hash = hash_of(context, text);
	struct rcs_name_slot *s;

	if ((size_t)names->count * 2 >= names->slots && grow(names) != 0)
		return RCS_NAME_NONE;
	s = slot_of(names, hash, context, text);
	if (s->text == NULL)
		*s = (struct rcs_name_slot){hash, text, context, names->count++};
	return s->number;
}

uint32_t rcs_name_find(const struct rcs_names *names, uint32_t context,
		       const char *text)
{
	const struct rcs_name_slot *s;

	if (names->slots == 0)
		return RCS_NAME_NONE;
	s = slot_of(names, hash_of(context, text), context, text);
	return s->text != NULL ? s->number : RCS_NAME_NONE;
}

void rcs_names_free(struct rcs_names *names)
{
	free(names->slot);
	*names = (struct rcs_names){0};
}

static int is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Of two runs of digits, which are left behind. */
static int compare_numbers(const char **a, const char **b)
{
	size_t digits_a, digits_b;
	int order;

	while (**a == '0')
		(*a)++;
	while (**b == '0')
		(*b)++;
	digits_a = strspn(*a, "0123456789");
	digits_b = strspn(*b, "0123456789");
	order = digits_a == digits_b ? strncmp(*a, *b, digits_a)
				     : (digits_a > digits_b) - (digits_a < digits_b);
	*a += digits_a;
	*b += digits_b;
	return order;
}

int rcs_name_compare(const char *a, const char *b)
{
	const char *all_a = a, *all_b = b;

	while (*a != '\0' && *b != '\0') {
		if (is_digit(*a) && is_digit(*b)) {
			int order = compare_numbers(&a, &b);

			if (order != 0)
				return order;
		} else if (*a == *b) {
			a++;
			b++;
		} else {
			break;
		}
	}
	if (*a != *b)
		return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
	/* Equal but for zeros in front. */
	return strcmp(all_a, all_b);
}
