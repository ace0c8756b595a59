/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names get numbers, from 0 in the order of first appearance: a hash table, so that ten
 * thousand runs can be put in order. A name is a text in a context, which is itself a
 * number, so that those of several parts are made of one table for each.
 */
#ifndef RCS_REPORT_MATRIX_NAMES_H
#define RCS_REPORT_MATRIX_NAMES_H

#include <stddef.h>
#include <stdint.h>

#define RCS_NAME_NONE UINT32_MAX

struct rcs_name_slot {
	uint64_t hash;
	const char *text; /* NULL: free. Not a copy */
	uint32_t context, number;
};

/* Begins as {0}. */
struct rcs_names {
	struct rcs_name_slot *slot;
	size_t slots;
	uint32_t count;
};

/* Its number, a new one if need be. RCS_NAME_NONE when there is no memory. */
uint32_t rcs_name_number(struct rcs_names *names, uint32_t context, const char *text);

/* Its number; RCS_NAME_NONE if it has none. */
uint32_t rcs_name_find(const struct rcs_names *names, uint32_t context,
		       const char *text);

void rcs_names_free(struct rcs_names *names);

/*
 * The order of names that have numbers in them, which count as numbers: "5.9" comes
 * before "5.10", "6.1.0-13" before "6.1.0-20". As strcmp() has it.
 */
int rcs_name_compare(const char *a, const char *b);

#endif
