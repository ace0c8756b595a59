/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For libFuzzer: whatever text is taken for a test, proving it ends in time, with
 * answers that fit together, and what is found can be told and drawn.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "litmus/parse.h"
#include "report/graph.h"
#include "report/story.h"

#define ALL_MODELS ((1U << RCS_MODELS) - 1)

static void check(const struct rcs_proof *proof, int model)
{
	const struct rcs_answers *a = &proof->model[model];

	if (a->with_target > a->allowed || a->allowed > proof->candidates)
		abort();
	/* Whoever gives up has not shown that there is nothing. */
	if (proof->gave_up && (a->answer == RCS_NEVER || a->answer == RCS_ALWAYS))
		abort();
	if (a->answer == RCS_SOMETIMES &&
	    (a->with_target == 0 || a->with_target == a->allowed))
		abort();
	if (a->witness != NULL &&
	    (!rel_acyclic(a->witness->order) || a->witness->state == NULL))
		abort();
}

static void tell(const struct rcs_litmus *test, const struct rcs_proof *proof,
		 int model)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out;

	if (proof->model[model].witness == NULL)
		return;
	out = open_memstream(&text, &length);
	if (out == NULL)
		abort();
	rcs_story_print(test, proof, (enum rcs_model)model, out);
	rcs_graph_print(test, (enum rcs_model)model, proof->model[model].witness, out);
	(void)fclose(out);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rcs_prove_options options = {.models = ALL_MODELS,
					    .seconds = 0.5,
					    .executions = 200,
					    .witness = true};
	struct rcs_error e;
	struct rcs_litmus *test =
		rcs_litmus_parse("fuzz", (const char *)data, size, &e);
	struct rcs_proof proof;

	if (test == NULL)
		return 0;
	for (int b = RCS_PROVE_IDEAL; b <= RCS_PROVE_STRIPPED; b++) {
		options.barrier = (enum rcs_prove_barrier)b;
		if (rcs_prove(test, &options, &proof, &e) != 0) {
			if (e.kind != RCS_ERROR_USAGE)
				abort();
			continue;
		}
		for (int m = 0; m < RCS_MODELS; m++) {
			check(&proof, m);
			tell(test, &proof, m);
		}
		rcs_proof_release(&proof);
	}
	rcs_litmus_free(test);
	return 0;
}
