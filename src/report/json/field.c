/* SPDX-License-Identifier: BSD-2-Clause */
/* Structs to JSON and back: see field.h. */
#include "report/json/field.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes that are no UTF-8, as a file's name may have, must not cost the report. */
json_t *rcs_json_text(const char *text)
{
	json_t *whole = json_string(text);
	size_t length = strlen(text);
	char *copy;

	if (whole != NULL)
		return whole;
	copy = malloc(length + 1);
	if (copy == NULL)
		return NULL;
	for (size_t i = 0; i <= length; i++)
		copy[i] = (unsigned char)text[i] < 0x80 ? text[i] : '?';
	whole = json_string(copy);
	free(copy);
	return whole;
}

static json_t *real_of(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

static json_t *digits_of(uint64_t value)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%" PRIu64, value);
	return json_string(text);
}

/* From shared memory anything may come. */
static json_t *name_of(const struct rcs_json_field *f, unsigned place)
{
	return place < f->count ? json_string(f->names[place]) : json_null();
}

static json_t *set_of(const struct rcs_json_field *f, unsigned set)
{
	json_t *array = json_array();

	for (size_t i = 0; i < f->count; i++) {
		if ((set >> i & 1) && f->names[i] != NULL)
			(void)json_array_append_new(array, json_string(f->names[i]));
	}
	return array;
}

static json_t *counts_of(const struct rcs_json_field *f, const uint64_t *count)
{
	json_t *object = json_object();

	for (size_t i = 0; i < f->count; i++) {
		if (f->names[i] != NULL)
			(void)json_object_set_new(object, f->names[i],
						  json_integer((json_int_t)count[i]));
	}
	return object;
}

static json_t *numbers_of(const uint64_t *number, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		(void)json_array_append_new(array, json_integer((json_int_t)number[i]));
	return array;
}

static json_t *list_of(const struct rcs_json_field *f, const void *first,
		       uint32_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count && i < f->count; i++)
		(void)json_array_append_new(
			array,
			rcs_json_object(f->fields, (const char *)first + i * f->size));
	return array;
}

static json_t *value_of(const struct rcs_json_field *f, const void *from)
{
	const void *at = (const char *)from + f->offset;

	switch (f->kind) {
	case RCS_JSON_BOOL:
		return json_boolean(*(const bool *)at);
	case RCS_JSON_INT:
		return json_integer(*(const int *)at);
	case RCS_JSON_U32:
		return json_integer(*(const uint32_t *)at);
	case RCS_JSON_U64:
		return json_integer((json_int_t) * (const uint64_t *)at);
	case RCS_JSON_DIGITS:
		return digits_of(*(const uint64_t *)at);
	case RCS_JSON_REAL:
		return real_of(*(const double *)at);
	case RCS_JSON_RATE:
		return *(const double *)at < 0.0 ? json_null()
						 : real_of(*(const double *)at);
	case RCS_JSON_TEXT:
		return rcs_json_text(at);
	case RCS_JSON_STRING:
		return rcs_json_text(*(const char *const *)at);
	case RCS_JSON_ENUM:
		return name_of(f, *(const unsigned *)at);
	case RCS_JSON_NAME:
		return *(const int *)at < 0 ? json_null()
					    : json_string(f->names[*(const int *)at]);
	case RCS_JSON_SET:
		return set_of(f, *(const unsigned *)at);
	case RCS_JSON_COUNTS:
		return counts_of(f, at);
	case RCS_JSON_U64S:
		return numbers_of(at, f->count);
	case RCS_JSON_OBJECT:
		return rcs_json_object(f->fields, at);
	case RCS_JSON_LIST:
		return list_of(f, at,
			       *(const uint32_t *)(const void *)((const char *)from +
								 f->counter));
	}
	return NULL;
}

json_t *rcs_json_object(const struct rcs_json_field *fields, const void *from)
{
	json_t *object = json_object();

	for (const struct rcs_json_field *f = fields; f->name != NULL; f++) {
		if (json_object_set_new(object, f->name, value_of(f, from)) != 0) {
			json_decref(object);
			return NULL;
		}
	}
	return object;
}

/* What is being filled. */
struct filling {
	struct rcs_pool *pool;
	const char *path;
	const struct rcs_json_field *field;
	struct rcs_error *e;
};

static int wrong(const struct filling *in, const char *wanted)
{
	return rcs_fail(in->e, RCS_ERROR_USAGE, "%.200s.%s: %s", in->path,
			in->field->name, wanted);
}

static int no_memory(const struct filling *in)
{
	return rcs_fail(in->e, RCS_ERROR_RESOURCE, "no memory for a report");
}

static int fill_count(const struct filling *in, const json_t *value, uint64_t most,
		      uint64_t *to)
{
	json_int_t number = json_integer_value(value);

	if (!json_is_integer(value) || number < 0 || (uint64_t)number > most)
		return wrong(in, "want a whole number that is not negative");
	*to = (uint64_t)number;
	return 0;
}

static int fill_u32(const struct filling *in, const json_t *value, uint32_t *to)
{
	uint64_t number = 0;

	if (fill_count(in, value, UINT32_MAX, &number) != 0)
		return -1;
	*to = (uint32_t)number;
	return 0;
}

static int fill_int(const struct filling *in, const json_t *value, int *to)
{
	json_int_t number = json_integer_value(value);

	if (!json_is_integer(value) || number < INT_MIN || number > INT_MAX)
		return wrong(in, "want a whole number");
	*to = (int)number;
	return 0;
}

static int fill_digits(const struct filling *in, const json_t *value, uint64_t *to)
{
	const char *text = json_string_value(value);
	char *end;

	if (text == NULL || text[0] < '0' || text[0] > '9')
		return wrong(in, "want a string of digits");
	errno = 0;
	*to = strtoull(text, &end, 10);
	return *end == '\0' && errno == 0 ? 0 : wrong(in, "want a string of digits");
}

static int fill_real(const struct filling *in, const json_t *value, double other,
		     double *to)
{
	if (!json_is_number(value) && !json_is_null(value))
		return wrong(in, "want a number or null");
	*to = json_is_null(value) ? other : json_number_value(value);
	return 0;
}

static int fill_text(const struct filling *in, const json_t *value, char *to)
{
	if (!json_is_string(value))
		return wrong(in, "want a string");
	(void)snprintf(to, in->field->size, "%s", json_string_value(value));
	return 0;
}

static int fill_string(const struct filling *in, const json_t *value, const char **to)
{
	if (!json_is_string(value))
		return wrong(in, "want a string");
	*to = rcs_pool_string(in->pool, json_string_value(value));
	return *to != NULL ? 0 : no_memory(in);
}

/* The place of a name, or -1. */
static int place_of(const struct rcs_json_field *f, const json_t *value)
{
	const char *text = json_string_value(value);

	for (size_t i = 0; text != NULL && i < f->count; i++) {
		if (f->names[i] != NULL && strcmp(f->names[i], text) == 0)
			return (int)i;
	}
	return -1;
}

static int fill_enum(const struct filling *in, const json_t *value, unsigned *to)
{
	int place = place_of(in->field, value);

	if (place < 0)
		return wrong(in, "not one of the words that may stand there");
	*to = (unsigned)place;
	return 0;
}

static int fill_name(const struct filling *in, const json_t *value, int *to)
{
	*to = json_is_null(value) ? -1 : place_of(in->field, value);
	return *to >= 0 || json_is_null(value)
		       ? 0
		       : wrong(in, "not one of the words that may stand there");
}

static int fill_set(const struct filling *in, const json_t *value, unsigned *to)
{
	const json_t *item;
	size_t i;

	if (!json_is_array(value))
		return wrong(in, "want an array");
	*to = 0;
	json_array_foreach(value, i, item)
	{
		int place = place_of(in->field, item);

		if (place < 0)
			return wrong(in, "not one of the words that may stand there");
		*to |= 1u << place;
	}
	return 0;
}

static int fill_counts(const struct filling *in, const json_t *value, uint64_t *to)
{
	const struct rcs_json_field *f = in->field;

	for (size_t i = 0; i < f->count; i++) {
		if (f->names[i] != NULL &&
		    fill_count(in, json_object_get(value, f->names[i]), INT64_MAX,
			       &to[i]) != 0)
			return -1;
	}
	return 0;
}

static int fill_numbers(const struct filling *in, const json_t *value, uint64_t *to)
{
	if (!json_is_array(value) || json_array_size(value) != in->field->count)
		return wrong(in, "want an array of as many numbers as there are");
	for (size_t i = 0; i < in->field->count; i++) {
		if (fill_count(in, json_array_get(value, i), INT64_MAX, &to[i]) != 0)
			return -1;
	}
	return 0;
}

static int fill_object(const struct filling *in, const json_t *value, void *to)
{
	char path[256];

	if (!json_is_object(value))
		return wrong(in, "want an object");
	(void)snprintf(path, sizeof(path), "%.200s.%s", in->path, in->field->name);
	return rcs_json_fill(in->field->fields, value, to, in->pool, path, in->e);
}

static int fill_list(const struct filling *in, const json_t *value, void *to,
		     uint32_t *count)
{
	const struct rcs_json_field *f = in->field;
	char path[256];

	if (!json_is_array(value) || json_array_size(value) > f->count)
		return wrong(in, "want an array that is not too long");
	*count = (uint32_t)json_array_size(value);
	for (uint32_t i = 0; i < *count; i++) {
		(void)snprintf(path, sizeof(path), "%.200s.%s[%" PRIu32 "]", in->path,
			       f->name, i);
		if (rcs_json_fill(f->fields, json_array_get(value, i),
				  (char *)to + i * f->size, in->pool, path, in->e) != 0)
			return -1;
	}
	return 0;
}

static int fill(const struct filling *in, const json_t *value, void *to)
{
	void *at = (char *)to + in->field->offset;

	switch (in->field->kind) {
	case RCS_JSON_BOOL:
		*(bool *)at = json_is_true(value);
		return json_is_boolean(value) ? 0 : wrong(in, "want true or false");
	case RCS_JSON_INT:
		return fill_int(in, value, at);
	case RCS_JSON_U32:
		return fill_u32(in, value, at);
	case RCS_JSON_U64:
		return fill_count(in, value, INT64_MAX, at);
	case RCS_JSON_DIGITS:
		return fill_digits(in, value, at);
	case RCS_JSON_REAL:
		return fill_real(in, value, 0.0, at);
	case RCS_JSON_RATE:
		return fill_real(in, value, -1.0, at);
	case RCS_JSON_TEXT:
		return fill_text(in, value, at);
	case RCS_JSON_STRING:
		return fill_string(in, value, at);
	case RCS_JSON_ENUM:
		return fill_enum(in, value, at);
	case RCS_JSON_NAME:
		return fill_name(in, value, at);
	case RCS_JSON_SET:
		return fill_set(in, value, at);
	case RCS_JSON_COUNTS:
		return fill_counts(in, value, at);
	case RCS_JSON_U64S:
		return fill_numbers(in, value, at);
	case RCS_JSON_OBJECT:
		return fill_object(in, value, at);
	case RCS_JSON_LIST:
		return fill_list(in, value, at,
				 (uint32_t *)(void *)((char *)to + in->field->counter));
	}
	return wrong(in, "of no known kind");
}

int rcs_json_fill(const struct rcs_json_field *fields, const json_t *object, void *to,
		  struct rcs_pool *pool, const char *path, struct rcs_error *e)
{
	struct filling in = {pool, path, NULL, e};

	if (!json_is_object(object))
		return rcs_fail(e, RCS_ERROR_USAGE, "%.200s: want an object", path);
	for (in.field = fields; in.field->name != NULL; in.field++) {
		const json_t *value = json_object_get(object, in.field->name);

		if (value == NULL)
			return rcs_fail(e, RCS_ERROR_USAGE, "%.200s.%s is missing",
					path, in.field->name);
		if (fill(&in, value, to) != 0)
			return -1;
	}
	return 0;
}
