/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Shared objects of the user's, with a struct in them that begins with its size and
 * version: see rcustress.h. What such a struct is for is not known here.
 */
#ifndef RCS_HOST_PLUGIN_H
#define RCS_HOST_PLUGIN_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "host/error.h"

#define RCS_PLUGIN_SYMBOL_SIZE 128

/* Room for a place as text, "path:symbol". */
#define RCS_PLUGIN_TEXT_SIZE (PATH_MAX + RCS_PLUGIN_SYMBOL_SIZE)

/* Where it is. */
struct rcs_plugin_place {
	char path[PATH_MAX]; /* absolute */
	char symbol[RCS_PLUGIN_SYMBOL_SIZE];
	char text[RCS_PLUGIN_TEXT_SIZE]; /* both */
};

/* What its struct is to be like. */
struct rcs_plugin_form {
	const char *symbol; /* where none is named */
	const char *other;  /* that of another struct, and the option it is for */
	const char *other_option;
	size_t size;  /* as this program has it */
	size_t least; /* that can be done with */
	uint32_t abi;
};

/* Whether a word of the command line means a plug-in, and no name: it has a slash. */
bool rcs_plugin_meant(const char *text);
/* Whether one may be meant all the same: "libmine.so", "libmine.so.1:mine". */
bool rcs_plugin_forgotten(const char *text);

/*
 * Takes "path[:symbol]" apart; a symbol may not have a slash in it. The file must be a
 * shared object for this architecture; nothing of it is run. -1 and *e (USAGE).
 */
int rcs_plugin_find(const char *text, const char *symbol,
		    struct rcs_plugin_place *place, struct rcs_error *e);

/*
 * Loads it into this process, for good, and copies its struct, of form->size, where
 * members that it does not have are 0. -1 and *e: USAGE, for whatever is wrong with it;
 * UNSUPPORTED if this program can load nothing.
 */
int rcs_plugin_load(const struct rcs_plugin_place *place,
		    const struct rcs_plugin_form *form, void *to, struct rcs_error *e);

/*
 * Whether that will do for a name: a letter or digit, then letters, digits and any of
 * "-_.+", shorter than `size`. -1 and *e (USAGE). Any text may be given, and NULL.
 */
int rcs_plugin_check_name(const struct rcs_plugin_place *place, const char *name,
			  size_t size, struct rcs_error *e);

/* -1 and *e (USAGE): what the struct there lacks, as the rest of a sentence. */
int rcs_plugin_lacks(const struct rcs_plugin_place *place, const char *what,
		     struct rcs_error *e);

/* Whether all flags that are set are among those that are known. -1 and *e (USAGE). */
int rcs_plugin_check_flags(const struct rcs_plugin_place *place, uint32_t flags,
			   uint32_t known, struct rcs_error *e);

/*
 * A copy of a summary on one line: what cannot be printed becomes '?', and what is too
 * long is cut. NULL is empty.
 */
void rcs_plugin_copy_line(const char *from, char *to, size_t size);

#endif
