/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What generated code and the runners know of each other. Generated code is C that was
 * printed from a parsed litmus test (generate.h): at build time for the suite, at run
 * time for a user's own file. This header goes with it to wherever it is compiled, so
 * it stands alone: no other header of the program, none of a library.
 */
#ifndef RCS_LITMUS_NATIVE_H
#define RCS_LITMUS_NATIVE_H

#include <stdint.h>

/* Changes with every change of this file: objects are cached. */
#define RCS_NATIVE_VERSION 3

/* Bytes between an instance's locations: lines of their own, with a free one between.
 */
#define RCS_NATIVE_STRIDE 256

/* One test, compiled several ways. */
enum rcs_variant {
	RCS_AS_WRITTEN,	  /* barrier() is a compiler barrier */
	RCS_LIGHT_FENCED, /* barrier() is a full fence: for barriers whose readers need
			     it */
	RCS_STRIPPED,	  /* fences order the compiler only, accesses are relaxed */
	RCS_FENCED, /* full fences between all accesses: sequentially consistent */
	RCS_VARIANTS
};

/* What a thread's code runs with. The runner fills it; one for each thread. */
struct rcs_native_env {
	/* smp_memb(): never NULL. */
	void (*heavy)(struct rcs_native_env *env);
	/*
	 * rcu_read_lock(), rcu_read_unlock() and synchronize_rcu(): never NULL where
	 * the test has one of them. fenced: the light side is a full fence.
	 */
	void (*read_lock)(struct rcs_native_env *env, int fenced);
	void (*read_unlock)(struct rcs_native_env *env, int fenced);
	void (*synchronize)(struct rcs_native_env *env);
	/* Raised from outside: give up waiting, for a lock or for anything. */
	const unsigned *stop;
	/* Set by the code: a register that holds no location's address was followed;
	 * the access did not take place. */
	unsigned astray;
};

/*
 * One thread's part of one instance of the test. Location l stands at base +
 * l * RCS_NATIVE_STRIDE; its first 4 bytes, or for pointers 8 (4 on 32-bit machines),
 * are its cell. Addresses of locations, in cells and registers, are those addresses.
 * At the end registers[] has the thread's registers, as many as the AST has.
 */
typedef void rcs_native_once(struct rcs_native_env *env, char *base,
			     intptr_t *registers);

/*
 * The perpetual form of a thread (perpetual.h): iterations n = 1, 2, 3 … without any
 * synchronisation, each with its number in what it stores and a line in its logs.
 */
struct rcs_native_run {
	struct rcs_native_env *env;
	char *const *location; /* the cell of each location */
	uint32_t *const *log;  /* log[r][n]: what iteration n loaded into register r */
	uint32_t iterations;   /* to make, unless *env->stop is raised */
	uint32_t done;	       /* that were made: written at the end */
	/* Called before each iteration, with its number, unless NULL. */
	void (*before)(void *argument, uint32_t n);
	void *before_argument;
};

typedef void rcs_native_loop(struct rcs_native_run *run);

struct rcs_native_code {
	rcs_native_once *once[RCS_VARIANTS];
	rcs_native_loop *loop[RCS_VARIANTS]; /* NULL: the test has no perpetual form */
};

struct rcs_native_test {
	uint32_t version; /* RCS_NATIVE_VERSION */
	uint32_t threads;
	const char *source;		    /* the AST, printed */
	const struct rcs_native_code *code; /* by thread */
};

#endif
