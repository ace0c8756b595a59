/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Compiled tests on disk, by the hash of all they were made of. An object is code that
 * will run: one is taken only from a folder and a file that are the user's own and that
 * no one else can write to, and only whole, which a sum behind its end says.
 */
#ifndef RCS_LITMUS_OBJECT_CACHE_H
#define RCS_LITMUS_OBJECT_CACHE_H

#include <limits.h>
#include <stdbool.h>

#include "litmus/compile/hash.h"

/* Where the object of that key is or would be; false: there is no cache. */
bool rcs_object_cache_path(struct rcs_hash key, char path[PATH_MAX]);

/* Whether a sound one is there. */
bool rcs_object_cache_has(const char *path);

/* Puts a copy of a file there; false if it cannot, which is no error. */
bool rcs_object_cache_put(const char *path, const char *object);

/* Removes one that turned out not to load. */
void rcs_object_cache_drop(const char *path);

#endif
