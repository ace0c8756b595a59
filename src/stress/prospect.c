/* SPDX-License-Identifier: BSD-2-Clause */
/* Asking the prover before a run: see prospect.h. */
#include "stress/prospect.h"

#include <string.h>

#include "litmus/parse.h"
#include "litmus/spell.h"
#include "model/prove.h"

#define SECONDS 1.0 /* for each question */

static enum rcs_outlook outlook_of(const struct rcs_litmus *test,
				   enum rcs_answer answer)
{
	if (answer == RCS_ANSWER_UNKNOWN)
		return RCS_OUTLOOK_UNKNOWN;
	return rcs_answer_forbids(test, answer) ? RCS_OUTLOOK_FORBIDDEN
						: RCS_OUTLOOK_ALLOWED;
}

static enum rcs_outlook ask(const struct rcs_litmus *test, int model,
			    enum rcs_prove_barrier barrier)
{
	const struct rcs_prove_options options = {
		.models = 1U << model, .barrier = barrier, .seconds = SECONDS};
	enum rcs_outlook outlook;
	struct rcs_proof proof;
	struct rcs_error e;

	if (rcs_prove(test, &options, &proof, &e) != 0)
		return RCS_OUTLOOK_UNKNOWN;
	/* Where nothing comes to its end the target does not either, whatever it is. */
	outlook = proof.deadlock ? RCS_OUTLOOK_FORBIDDEN
				 : outlook_of(test, proof.model[model].answer);
	rcs_proof_release(&proof);
	return outlook;
}

/*
 * With a barrier that is none, RCU is no more than what it is made of: asym, as that is
 * what tests run on.
 */
static void ask_without(const struct rcs_litmus *test, int model,
			struct rcs_prospect *p)
{
	struct rcs_error e;
	struct rcs_litmus *spelt = rcs_litmus_spell(test, &e);

	if (spelt == NULL)
		return;
	p->none = ask(spelt, model, RCS_PROVE_NONE);
	p->local = ask(spelt, model, RCS_PROVE_LOCAL);
	rcs_litmus_free(spelt);
}

static bool has_plain_access(const struct rcs_litmus *test)
{
	for (int32_t i = 0; i < test->expressions; i++) {
		const struct rcs_expression *x = &test->expression[i];

		if (x->kind == RCS_EXPRESSION_CALL &&
		    rcs_primitives[x->primitive].ordering == RCS_ORDER_PLAIN)
			return true;
	}
	return false;
}

/* The model's word, or else the file's. */
static enum rcs_outlook settle(enum rcs_outlook proved, enum rcs_outlook stated,
			       bool *contradicts)
{
	if (proved == RCS_OUTLOOK_UNKNOWN)
		return stated;
	*contradicts =
		*contradicts || (stated != RCS_OUTLOOK_UNKNOWN && stated != proved);
	return proved;
}

void rcs_prospect_find(const struct rcs_litmus *test, int model, struct rcs_prospect *p)
{
	enum rcs_outlook by_kernel = outlook_of(test, test->result[RCS_MODEL_LKMM]);

	memset(p, 0, sizeof(*p));
	p->model = model;
	if (model >= 0 && !has_plain_access(test)) {
		p->ideal = ask(test, model, RCS_PROVE_IDEAL);
		ask_without(test, model, p);
		p->stripped = ask(test, model, RCS_PROVE_STRIPPED);
	}
	p->ideal_stated = p->ideal == RCS_OUTLOOK_UNKNOWN;
	p->stripped_stated = p->stripped == RCS_OUTLOOK_UNKNOWN;
	if (model >= 0) {
		p->ideal = settle(p->ideal, outlook_of(test, test->result[model]),
				  &p->contradicts);
		p->local = settle(p->local, outlook_of(test, test->local[model]),
				  &p->contradicts);
		p->stripped =
			settle(p->stripped, outlook_of(test, test->stripped[model]),
			       &p->contradicts);
	}
	/* What the kernel's model forbids, no architecture of the kernel may show. */
	if (p->ideal == RCS_OUTLOOK_UNKNOWN && by_kernel == RCS_OUTLOOK_FORBIDDEN)
		p->ideal = by_kernel;
}
