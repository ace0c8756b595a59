/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Structs to JSON objects and back, by tables of their members: one row for both
 * directions, so that what is written can be read.
 */
#ifndef RCS_REPORT_JSON_FIELD_H
#define RCS_REPORT_JSON_FIELD_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "host/error.h"
#include "report/pool.h"

enum rcs_json_kind {
	RCS_JSON_BOOL,	 /* bool */
	RCS_JSON_INT,	 /* int */
	RCS_JSON_U32,	 /* uint32_t, unsigned */
	RCS_JSON_U64,	 /* uint64_t; of size_t as well where that is as large */
	RCS_JSON_DIGITS, /* uint64_t, as a string: may be beyond what doubles hold */
	RCS_JSON_REAL,	 /* double; null if it is not finite, which reads as 0 */
	RCS_JSON_RATE,	 /* double; null if it is negative, which reads as -1 */
	RCS_JSON_TEXT,	 /* char[size] */
	RCS_JSON_STRING, /* const char *, in the pool */
	RCS_JSON_ENUM,	 /* int-sized enum: a name of names[] */
	RCS_JSON_NAME,	 /* int: a name of names[]; -1 is null */
	RCS_JSON_SET,	 /* unsigned, a bit for each name: an array of names */
	RCS_JSON_COUNTS, /* uint64_t[count]: an object with a number for each name */
	RCS_JSON_U64S,	 /* uint64_t[count]: an array of that many */
	RCS_JSON_OBJECT, /* a struct, by a table of its own */
	RCS_JSON_LIST,	 /* struct[] with so many of them as a uint32_t says */
};

struct rcs_json_field {
	const char *name; /* NULL ends a table */
	enum rcs_json_kind kind;
	size_t offset;
	size_t size;		  /* TEXT: of the array; LIST: of one struct */
	size_t count;		  /* ENUM, SET, COUNTS: names; U64S, LIST: room */
	const char *const *names; /* of 0, 1, …; NULL entries have none */
	const struct rcs_json_field *fields; /* OBJECT, LIST */
	size_t counter;			     /* LIST: offset of its uint32_t */
};

/* A string, of which bytes that are no UTF-8 are question marks. NULL when there is no
 * memory. */
json_t *rcs_json_text(const char *text);

/* The object for a struct. NULL when there is no memory. */
json_t *rcs_json_object(const struct rcs_json_field *fields, const void *from);

/*
 * Fills a struct from an object, of which members that no row names are ignored. 0, or
 * -1 and *e (USAGE), which names what is missing or not as it should be: `path` is what
 * the object is called there. RESOURCE when there is no memory.
 */
int rcs_json_fill(const struct rcs_json_field *fields, const json_t *object, void *to,
		  struct rcs_pool *pool, const char *path, struct rcs_error *e);

#endif
