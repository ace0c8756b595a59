/* SPDX-License-Identifier: BSD-2-Clause */
/* The suite, a user's test, and what is expected of them: see tests.h. */
#include "stress/tests.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "litmus/compile.h"
#include "litmus/generate.h"
#include "litmus/parse.h"
#include "litmus/suite.h"
#include "model/prove.h"
#include "stress/footprint.h"

const struct rcs_prospect *rcs_test_prospect(const struct rcs_test *test)
{
	/* No test is const where it is defined: they are filled in below. */
	struct rcs_test *own = (struct rcs_test *)(uintptr_t)test;

	if (!own->foreseen) {
		rcs_prospect_find(own->litmus, rcs_model_of_host(), &own->prospect);
		own->foreseen = true;
	}
	return &own->prospect;
}

enum rcs_claim rcs_test_claim(const struct rcs_test *test)
{
	const struct rcs_prospect *p = rcs_test_prospect(test);

	if (p->ideal == RCS_OUTLOOK_UNKNOWN)
		return RCS_CLAIM_UNSTATED;
	if (p->ideal == RCS_OUTLOOK_ALLOWED)
		return RCS_CLAIM_ALLOWED;
	if (p->stripped == RCS_OUTLOOK_FORBIDDEN)
		return RCS_CLAIM_NOWHERE;
	if (test->has_heavy && (!test->has_light || p->local == RCS_OUTLOOK_FORBIDDEN))
		return RCS_CLAIM_CALLER;
	return RCS_CLAIM_NEVER;
}

void rcs_test_fill(struct rcs_test *test, const struct rcs_litmus *litmus)
{
	struct rcs_footprint footprint[RCS_LITMUS_THREADS];
	struct rcs_error e;

	memset(test, 0, sizeof(*test));
	test->litmus = litmus;
	rcs_footprint_of(litmus, footprint);
	for (int32_t t = 0; t < litmus->threads; t++) {
		test->has_heavy = test->has_heavy || footprint[t].heavy > 0;
		test->has_light = test->has_light ||
				  (footprint[t].light > 0 && footprint[t].heavy == 0);
	}
	test->runs = rcs_litmus_generates(litmus, &e) == 0;
	if (!test->runs)
		(void)snprintf(test->why_not, sizeof(test->why_not), "%.319s", e.text);
}

/* By place in rcs_suite[]: parsed when first asked for. */
static struct rcs_test *suite;

static const struct rcs_test *suite_test(int i, struct rcs_error *e)
{
	const char *source = rcs_suite[i].native->source;
	struct rcs_litmus *litmus;

	if (suite == NULL)
		suite = calloc((size_t)rcs_suite_count + 1, sizeof(*suite));
	if (suite == NULL) {
		(void)rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for the suite");
		return NULL;
	}
	if (suite[i].litmus != NULL)
		return &suite[i];
	litmus = rcs_litmus_parse(rcs_suite[i].file, source, strlen(source), e);
	if (litmus == NULL)
		return NULL;
	rcs_test_fill(&suite[i], litmus);
	if (suite[i].runs)
		suite[i].native = rcs_suite[i].native;
	return &suite[i];
}

const struct rcs_test *rcs_suite_tests(size_t *count, struct rcs_error *e)
{
	*count = (size_t)rcs_suite_count;
	for (int i = 0; i < rcs_suite_count; i++) {
		if (suite_test(i, e) == NULL)
			return NULL;
	}
	return suite;
}

const struct rcs_test *rcs_test_find(const char *name, struct rcs_error *e)
{
	for (int i = 0; i < rcs_suite_count; i++) {
		if (strcmp(rcs_suite[i].name, name) == 0)
			return suite_test(i, e);
	}
	(void)rcs_fail(e, RCS_ERROR_USAGE, "there is no test '%.60s'", name);
	return NULL;
}

const struct rcs_test *rcs_test_open(const char *object, struct rcs_error *e)
{
	static struct rcs_test test;
	const struct rcs_native_test *native = rcs_native_open(object, NULL, e);
	struct rcs_litmus *litmus;

	if (native == NULL)
		return NULL;
	litmus = rcs_litmus_parse(object, native->source, strlen(native->source), e);
	if (litmus == NULL)
		return NULL;
	rcs_test_fill(&test, litmus);
	test.native = native;
	test.object = object;
	return &test;
}
