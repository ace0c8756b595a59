/* SPDX-License-Identifier: BSD-2-Clause */
/* Rounds as columns: see rounds.h. */
#include "report/json/rounds.h"

#include <string.h>

#include "report/json/tables.h"

typedef struct rcs_round_entry entry;

/* The columns of numbers; `width` is of the member. */
static const struct {
	const char *name;
	size_t offset, width;
} columns[] = {
	{"block", offsetof(entry, block), sizeof(uint32_t)},
	{"placement", offsetof(entry, placement), sizeof(uint16_t)},
	{"marks", offsetof(entry, marks), sizeof(uint8_t)},
	{"calls", offsetof(entry, calls), sizeof(uint64_t)},
	{"exposed", offsetof(entry, exposed), sizeof(uint64_t)},
	{"hits", offsetof(entry, hits), sizeof(uint64_t)},
	{"exposed_calls", offsetof(entry, exposed_calls), sizeof(uint64_t)},
	{"hit_calls", offsetof(entry, hit_calls), sizeof(uint64_t)},
	{"time_ns", offsetof(entry, time_ns), sizeof(uint64_t)},
};
#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

static uint64_t get(const struct rcs_round_entry *round, size_t column)
{
	const void *at = (const char *)round + columns[column].offset;

	switch (columns[column].width) {
	case sizeof(uint8_t):
		return *(const uint8_t *)at;
	case sizeof(uint16_t):
		return *(const uint16_t *)at;
	case sizeof(uint32_t):
		return *(const uint32_t *)at;
	default:
		return *(const uint64_t *)at;
	}
}

static void set(struct rcs_round_entry *round, size_t column, uint64_t value)
{
	void *at = (char *)round + columns[column].offset;

	switch (columns[column].width) {
	case sizeof(uint8_t):
		*(uint8_t *)at = (uint8_t)value;
		break;
	case sizeof(uint16_t):
		*(uint16_t *)at = (uint16_t)value;
		break;
	case sizeof(uint32_t):
		*(uint32_t *)at = (uint32_t)value;
		break;
	default:
		*(uint64_t *)at = value;
	}
}

static json_t *letters_of(const struct rcs_record_detail *detail)
{
	char letters[RCS_ROUND_LOG_MAX + 1];

	for (size_t i = 0; i < detail->rounds; i++)
		letters[i] =
			rcs_json_arm_letters[detail->round[i].arm % RCS_ROUND_ARMS];
	return json_stringn(letters, detail->rounds);
}

json_t *rcs_json_rounds(const struct rcs_record_detail *detail)
{
	json_t *object = json_object();
	bool failed = json_object_set_new(
			      object, "left_out",
			      json_integer((json_int_t)detail->rounds_left_out)) != 0 ||
		      json_object_set_new(object, "arm", letters_of(detail)) != 0;

	for (size_t c = 0; c < COLUMNS && !failed; c++) {
		json_t *array = json_array();

		for (size_t i = 0; i < detail->rounds; i++)
			(void)json_array_append_new(
				array,
				json_integer((json_int_t)get(&detail->round[i], c)));
		failed = json_object_set_new(object, columns[c].name, array) != 0;
	}
	if (!failed)
		return object;
	json_decref(object);
	return NULL;
}

static int wrong(struct rcs_error *e, const char *column)
{
	return rcs_fail(e, RCS_ERROR_USAGE,
			"rounds.%s: want as many values as there are rounds, none of "
			"them out of bounds",
			column);
}

static int fill_column(const json_t *array, size_t column, size_t count,
		       struct rcs_round_entry *round, struct rcs_error *e)
{
	uint64_t most = columns[column].width == sizeof(uint64_t)
				? INT64_MAX
				: (UINT64_C(1) << (8 * columns[column].width)) - 1;

	if (!json_is_array(array) || json_array_size(array) != count)
		return wrong(e, columns[column].name);
	for (size_t i = 0; i < count; i++) {
		const json_t *value = json_array_get(array, i);
		json_int_t number = json_integer_value(value);

		if (!json_is_integer(value) || number < 0 || (uint64_t)number > most)
			return wrong(e, columns[column].name);
		set(&round[i], column, (uint64_t)number);
	}
	return 0;
}

int rcs_json_rounds_fill(const json_t *object, struct rcs_record_detail *detail,
			 struct rcs_pool *pool, struct rcs_error *e)
{
	const char *letters = json_string_value(json_object_get(object, "arm"));
	const json_t *left_out = json_object_get(object, "left_out");
	struct rcs_round_entry *round;
	size_t count;

	if (letters == NULL || strlen(letters) > RCS_ROUND_LOG_MAX)
		return wrong(e, "arm");
	if (!json_is_integer(left_out) || json_integer_value(left_out) < 0)
		return wrong(e, "left_out");
	count = strlen(letters);
	round = rcs_pool_get(pool, (count + 1) * sizeof(*round));
	if (round == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a report");
	for (size_t i = 0; i < count; i++) {
		const char *letter = strchr(rcs_json_arm_letters, letters[i]);

		if (letter == NULL)
			return wrong(e, "arm");
		round[i].arm = (uint8_t)(letter - rcs_json_arm_letters);
	}
	for (size_t c = 0; c < COLUMNS; c++) {
		if (fill_column(json_object_get(object, columns[c].name), c, count,
				round, e) != 0)
			return -1;
	}
	detail->rounds = count;
	detail->round = round;
	detail->rounds_left_out = (uint64_t)json_integer_value(left_out);
	return 0;
}
