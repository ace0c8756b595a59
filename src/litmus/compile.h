/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Native code at run time: a user's own test through the system's C compiler (`cc` in
 * PATH, or $RCUSTRESS_CC) to a shared object, which is kept in the user's cache for the
 * next time ($XDG_CACHE_HOME/rcustress).
 */
#ifndef RCS_LITMUS_COMPILE_H
#define RCS_LITMUS_COMPILE_H

#include "host/error.h"
#include "litmus/ast.h"
#include "litmus/native/native.h"

struct rcs_native_object;

/*
 * Compiles a test, or finds it compiled. keep_dir: the C and its headers are kept
 * there as well, unless NULL; it is made if it is not there. Blocks for the time the
 * compiler takes, 60 s at most. NULL and *e on failure: UNSUPPORTED without a compiler
 * or a native form, USAGE where keep_dir cannot be written, FAULT, RESOURCE.
 * To be given to rcs_native_object_free(). Starts a process; not thread-safe.
 */
struct rcs_native_object *rcs_native_compile(const struct rcs_litmus *test,
					     const char *keep_dir, struct rcs_error *e);

/* The file of the object, for rcs_native_open(); gone when the object is freed, where
 * there is no cache to keep it in. */
const char *rcs_native_object_path(const struct rcs_native_object *object);

void rcs_native_object_free(struct rcs_native_object *object);

/*
 * Loads the code of such a file into the process. NULL and *e (FAULT) when it is no
 * such code, or of another version. *handle is for rcs_native_close(), after which the
 * test is gone; with NULL for handle it stays. Thread-safe.
 */
const struct rcs_native_test *rcs_native_open(const char *path, void **handle,
					      struct rcs_error *e);
void rcs_native_close(void *handle);

#endif
