/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tests as the rest of the program knows them: the parsed file, its native code, and
 * what is to be expected of it on this machine. The suite comes from the files in
 * litmus/; a user's own file is added to it.
 */
#ifndef RCS_STRESS_TESTS_H
#define RCS_STRESS_TESTS_H

#include <stdbool.h>
#include <stddef.h>

#include "host/error.h"
#include "litmus/ast.h"
#include "litmus/native/native.h"
#include "stress/prospect.h"

struct rcs_test {
	const struct rcs_litmus *litmus;
	const struct rcs_native_test *native; /* NULL: not loaded, or there is none */
	const char *object; /* shared object with a user's test; NULL: of the suite */
	bool has_heavy;	    /* it has a heavy side: a barrier can be put under test */
	bool has_light;	    /* a thread has a light side, and no heavy one */
	bool runs;	    /* there is native code for it, … */
	char why_not[320];  /* … or this is why not */
	/* On this machine; found out when first asked for: rcs_test_prospect(). */
	struct rcs_prospect prospect;
	bool foreseen;
};

/*
 * What this machine's model says of it. The first call for a test asks the prover,
 * which takes milliseconds, and for some a good part of a second: what needs no more
 * than names does not call this. One thread at a time.
 */
const struct rcs_prospect *rcs_test_prospect(const struct rcs_test *test);

/* What is to be done about a test's target where it is run. */
enum rcs_claim {
	RCS_CLAIM_NEVER, /* forbidden, and seen without barriers: to be judged */
	/*
	 * Forbidden, and a twin of the barrier could not show it: a twin has fences of
	 * its own, as any system call has, and to order its caller is enough here. To
	 * be looked for: a hit tells of a barrier that does not do that much.
	 */
	RCS_CLAIM_CALLER,
	RCS_CLAIM_ALLOWED,  /* no fault: counted */
	RCS_CLAIM_NOWHERE,  /* not seen even without any barrier */
	RCS_CLAIM_UNSTATED, /* neither model nor file says: counted */
};

/* By its prospect. */
enum rcs_claim rcs_test_claim(const struct rcs_test *test);

/* The suite, in the order of its files' names. NULL and *e on failure (a bug). */
const struct rcs_test *rcs_suite_tests(size_t *count, struct rcs_error *e);

/* The test of that name in the suite. NULL and *e: USAGE when there is none, RESOURCE.
 */
const struct rcs_test *rcs_test_find(const char *name, struct rcs_error *e);

/* Makes a test of a shared object (litmus/compile.h), in a cell's process. NULL and *e.
 */
const struct rcs_test *rcs_test_open(const char *object, struct rcs_error *e);

/* A test that was parsed just now; `object` is NULL until it is compiled. */
void rcs_test_fill(struct rcs_test *test, const struct rcs_litmus *litmus);

/* The test that measuring commands use. */
#define RCS_TEST_DEFAULT "SB+barrier+memb"

#endif
