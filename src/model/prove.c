/* SPDX-License-Identifier: BSD-2-Clause */
/* From a test to answers: see prove.h. */
#include "model/prove.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/clock.h"
#include "model/cuts.h"
#include "model/search.h"
#include "model/srcu.h"
#include "model/state.h"

struct prover {
	const struct rcs_litmus *test;
	const struct rcs_prove_options *options;
	struct rcs_proof *proof;
	uint64_t began; /* ns */
	void *prepared[RCS_MODELS];
	struct rcs_cuts cuts, rcu_cuts; /* of the skeleton at hand */
	bool cuts_found[2];
	bool has_srcu; /* then machines see something else: */
	struct rcs_skeleton machine;
	struct rcs_execution seen;
	struct rcs_state_set states;
	int witness_place[RCS_MODELS]; /* of the state that each model's ends in */
	bool no_memory, too_many_cuts, too_many_states, out_of_time;
};

static bool asked(const struct rcs_prove_options *options, int model)
{
	return (options->models >> model & 1) != 0;
}

static bool begin_skeleton(void *data, const struct rcs_skeleton *skeleton)
{
	struct prover *p = data;

	p->cuts_found[0] = p->cuts_found[1] = false;
	p->has_srcu = (rcs_accesses(skeleton, RCS_ACTION_SRCU_LOCK) |
		       rcs_accesses(skeleton, RCS_ACTION_SRCU_UNLOCK)) != 0;
	if (p->has_srcu)
		rcs_skeleton_for_machines(skeleton, &p->machine);
	for (int m = 0; m < RCS_MODELS; m++) {
		if (!asked(p->options, m))
			continue;
		memset(p->prepared[m], 0, rcs_models[m]->prepared_size);
		rcs_models[m]->prepare(p->has_srcu && !rcs_models[m]->knows_rcu
					       ? &p->machine
					       : skeleton,
				       p->prepared[m]);
	}
	return true;
}

/* The execution as that model is to see it. */
static const struct rcs_execution *seen_by(struct prover *p, int model,
					   const struct rcs_execution *execution)
{
	if (!p->has_srcu || rcs_models[model]->knows_rcu)
		return execution;
	rcs_execution_for_machines(execution, &p->machine, &p->seen);
	return &p->seen;
}

static void look_at_part(void *data, const struct rcs_execution *execution,
			 unsigned int *models)
{
	struct prover *p = data;
	const struct rcs_relation none = rel_none(execution->skeleton->events);

	for (int m = 0; m < RCS_MODELS; m++) {
		if ((*models >> m & 1) != 0 &&
		    !rcs_models[m]
			     ->allows(seen_by(p, m, execution), p->prepared[m], &none)
			     .allowed)
			*models &= ~(1U << m);
	}
}

static bool has_time(void *data)
{
	struct prover *p = data;
	double seconds = (double)(rcs_clock_ns() - p->began) / 1e9;

	p->out_of_time = p->options->seconds > 0 && seconds > p->options->seconds;
	return !p->out_of_time;
}

/* The choices of calls for that execution; NULL: something failed. */
static const struct rcs_cuts *cuts_for(struct prover *p,
				       const struct rcs_execution *execution, bool rcu)
{
	struct rcs_cuts *cuts = rcu ? &p->rcu_cuts : &p->cuts;
	const struct rcs_skeleton *skeleton = execution->skeleton;
	struct rcs_relation sections;
	bool srcu = rcu && p->has_srcu;

	/* Those of SRCU are where its values went. */
	if (p->cuts_found[rcu] && !srcu)
		return cuts;
	if (srcu) {
		sections = rcs_srcu_sections(execution);
		skeleton = &p->machine;
	}
	if (rcs_cuts_find(cuts, skeleton, rcu, srcu ? &sections : NULL) != 0) {
		p->too_many_cuts = true;
		return NULL;
	}
	p->cuts_found[rcu] = true;
	return cuts;
}

static bool keep_witness(struct prover *p, int model,
			 const struct rcs_execution *execution,
			 const struct rcs_relation *strong)
{
	const struct rcs_model_row *row = rcs_models[model];
	struct rcs_proof_witness *w = malloc(sizeof(*w));

	if (w == NULL)
		return false;
	w->skeleton = *execution->skeleton;
	w->execution = *execution;
	w->execution.skeleton = &w->skeleton;
	w->strong = *strong;
	w->state = NULL; /* when all are known */
	w->order = row->order(execution, p->prepared[model], strong);
	w->flags = row->flags == NULL
			   ? 0
			   : row->flags(execution, p->prepared[model], strong);
	p->proof->model[model].witness = w;
	return true;
}

/* The flags of an execution that is allowed with these edges; other ways to choose may
 * leave a race. False: there was no time to see. */
static bool add_flags(struct prover *p, int model, const struct rcs_cuts *cuts,
		      const struct rcs_execution *seen,
		      const struct rcs_relation *strong)
{
	const struct rcs_model_row *row = rcs_models[model];
	struct rcs_answers *answers = &p->proof->model[model];
	struct rcs_relation other;

	answers->flags |= row->flags(seen, p->prepared[model], strong);
	if (cuts->cuts == 0 || (answers->flags & RCS_FLAG_DATA_RACE) != 0)
		return true;
	switch (rcs_cuts_allow(cuts, row, p->prepared[model], seen, RCS_FLAG_DATA_RACE,
			       has_time, p, &other)) {
	case RCS_CUTS_FORBIDDEN:
		return true;
	case RCS_CUTS_ENDED:
		return false;
	case RCS_CUTS_ALLOWED:
		break;
	}
	answers->flags |= RCS_FLAG_DATA_RACE;
	return true;
}

static bool ask_model(struct prover *p, int model,
		      const struct rcs_execution *execution, bool target,
		      unsigned int *allowing)
{
	const struct rcs_model_row *row = rcs_models[model];
	const struct rcs_cuts *cuts = cuts_for(p, execution, !row->knows_rcu);
	const struct rcs_execution *seen = seen_by(p, model, execution);
	struct rcs_answers *answers = &p->proof->model[model];
	bool wanted = target != (p->test->quantifier == RCS_FORALL);
	struct rcs_relation strong;

	if (cuts == NULL)
		return false;
	switch (rcs_cuts_allow(cuts, row, p->prepared[model], seen, 0, has_time, p,
			       &strong)) {
	case RCS_CUTS_FORBIDDEN:
		return true;
	case RCS_CUTS_ENDED:
		return false;
	case RCS_CUTS_ALLOWED:
		break;
	}
	*allowing |= 1U << model;
	answers->allowed++;
	answers->with_target += target;
	if (row->flags != NULL && !add_flags(p, model, cuts, seen, &strong))
		return false;
	if (p->options->witness && wanted && answers->witness == NULL &&
	    !keep_witness(p, model, seen, &strong)) {
		p->no_memory = true;
		return false;
	}
	return true;
}

static bool look_at(void *data, const struct rcs_execution *execution,
		    unsigned int models, const rcs_word *const *reg,
		    const rcs_word *memory)
{
	struct prover *p = data;
	struct rcs_final final;
	unsigned int allowing = 0;
	bool target;
	int state;

	if (p->options->executions != 0 &&
	    p->proof->candidates == p->options->executions) {
		(void)snprintf(p->proof->why, sizeof(p->proof->why),
			       "gave up after %llu candidate execution%s",
			       (unsigned long long)p->proof->candidates,
			       p->proof->candidates == 1 ? "" : "s");
		return false;
	}
	p->proof->candidates++;
	memcpy(final.memory, memory, sizeof(final.memory));
	memcpy(final.reg, reg, sizeof(final.reg));
	if (!rcs_condition_holds(p->test, p->test->filter, &final)) {
		p->proof->filtered++;
		return true;
	}
	target = rcs_condition_holds(p->test, p->test->target, &final);
	for (int m = 0; m < RCS_MODELS; m++) {
		if ((models >> m & 1) != 0 &&
		    !ask_model(p, m, execution, target, &allowing))
			return false;
	}
	if (allowing == 0)
		return true;
	state = rcs_state_note(&p->states, p->proof->column, &final);
	if (state < 0) {
		p->no_memory = state == RCS_STATES_NO_MEMORY;
		p->too_many_states = !p->no_memory;
		return false;
	}
	for (int m = 0; m < RCS_MODELS; m++) {
		if (p->proof->model[m].witness != NULL && p->witness_place[m] < 0)
			p->witness_place[m] = state;
	}
	p->states.allowed[state] |= allowing;
	p->states.target[state] = target;
	return true;
}

static enum rcs_answer answer_of(const struct rcs_answers *a, bool complete)
{
	if (a->with_target > 0 && a->with_target < a->allowed)
		return RCS_SOMETIMES;
	if (!complete)
		return RCS_ANSWER_UNKNOWN;
	return a->with_target > 0 ? RCS_ALWAYS : RCS_NEVER;
}

static int conclude(struct prover *p, struct rcs_error *e)
{
	struct rcs_proof *proof = p->proof;
	int *of_place;

	proof->deadlock = !proof->gave_up;
	for (int m = 0; m < RCS_MODELS; m++) {
		struct rcs_answers *a = &proof->model[m];

		if (!asked(p->options, m))
			continue;
		a->answer = answer_of(a, !proof->gave_up);
		for (int i = 0; i < p->states.states; i++)
			a->states += (int)(p->states.allowed[i] >> m & 1);
		proof->deadlock = proof->deadlock && a->allowed == 0;
	}
	of_place = calloc((size_t)p->states.states + 1, sizeof(*of_place));
	if (of_place == NULL ||
	    rcs_states_hand_over(&p->states, proof, of_place) != 0) {
		free(of_place);
		return rcs_fail(e, RCS_ERROR_RESOURCE, "%s: no memory for its states",
				p->test->name);
	}
	for (int m = 0; m < RCS_MODELS; m++) {
		if (p->witness_place[m] >= 0)
			proof->model[m].witness->state =
				&proof->state[of_place[p->witness_place[m]]];
	}
	free(of_place);
	proof->seconds = (double)(rcs_clock_ns() - p->began) / 1e9;
	return 0;
}

static void give_up(struct prover *p, const char *why)
{
	p->proof->gave_up = true;
	if (p->proof->why[0] == '\0')
		(void)snprintf(p->proof->why, sizeof(p->proof->why), "%s", why);
}

static int search(struct prover *p, const struct rcs_paths *paths, struct rcs_error *e)
{
	const struct rcs_search_visitor visitor = {.data = p,
						   .skeleton = begin_skeleton,
						   .partial = look_at_part,
						   .candidate = look_at,
						   .tick = has_time};

	switch (rcs_search(p->test, paths, p->options->models, &visitor)) {
	case RCS_SEARCH_DONE:
		return 0;
	case RCS_SEARCH_TOO_LONG:
		return rcs_fail(e, RCS_ERROR_USAGE,
				"%s: the prover takes %d events in one execution, "
				"accesses and fences together, and this has more",
				p->test->name, RCS_EVENTS);
	case RCS_SEARCH_NO_MEMORY:
		return rcs_fail(e, RCS_ERROR_RESOURCE, "%s: no memory to prove it",
				p->test->name);
	case RCS_SEARCH_ENDED:
		break;
	}
	if (p->no_memory)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "%s: no memory to prove it",
				p->test->name);
	if (p->too_many_cuts)
		give_up(p, "gave up: too many calls that wait for other threads");
	if (p->too_many_states)
		give_up(p, "gave up: too many final states");
	if (p->out_of_time && p->proof->why[0] == '\0')
		(void)snprintf(p->proof->why, sizeof(p->proof->why),
			       "gave up after %g s and %llu candidate executions",
			       p->options->seconds,
			       (unsigned long long)p->proof->candidates);
	p->proof->gave_up = true;
	return 0;
}

static void give_back(struct prover *p, struct rcs_paths *paths)
{
	for (int t = 0; t < p->test->threads; t++) {
		p->proof->strayed = p->proof->strayed || paths[t].strayed;
		rcs_paths_release(&paths[t]);
	}
}

static int prove(struct prover *p, struct rcs_paths *paths, struct rcs_error *e)
{
	uint64_t deadline = UINT64_MAX;
	int result;

	if (p->options->seconds > 0)
		deadline = p->began + (uint64_t)(p->options->seconds * 1e9);
	switch (rcs_paths_of_test(p->test, p->options->barrier, deadline, paths)) {
	case RCS_PATHS_OK:
		break;
	case RCS_PATHS_TOO_LATE:
		give_up(p,
			"gave up: there was no time to find the paths of its threads");
		return conclude(p, e);
	case RCS_PATHS_TOO_MANY:
		give_up(p, "gave up: too many ways to go through one of its threads");
		return conclude(p, e);
	case RCS_PATHS_TOO_LONG:
		return rcs_fail(e, RCS_ERROR_USAGE,
				"%s: the prover takes %d events in one execution, and "
				"one thread alone has more",
				p->test->name, RCS_EVENTS);
	case RCS_PATHS_NO_MEMORY:
		return rcs_fail(e, RCS_ERROR_RESOURCE, "%s: no memory to prove it",
				p->test->name);
	}
	p->proof->column = rcs_state_columns(p->test, &p->proof->columns);
	if (p->proof->column == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "%s: no memory to prove it",
				p->test->name);
	p->states.columns = p->proof->columns;
	result = search(p, paths, e);
	/* What is handed over takes memory of its own. */
	give_back(p, paths);
	return result != 0 ? -1 : conclude(p, e);
}

int rcs_prove(const struct rcs_litmus *test, const struct rcs_prove_options *options,
	      struct rcs_proof *proof, struct rcs_error *e)
{
	struct prover p = {.test = test,
			   .options = options,
			   .proof = proof,
			   .began = rcs_clock_ns()};
	struct rcs_paths paths[RCS_LITMUS_THREADS];
	int result = 0;

	memset(proof, 0, sizeof(*proof));
	memset(paths, 0, sizeof(paths));
	for (int m = 0; m < RCS_MODELS; m++)
		p.witness_place[m] = -1;
	for (int m = 0; m < RCS_MODELS; m++) {
		if (asked(options, m))
			p.prepared[m] = malloc(rcs_models[m]->prepared_size);
		if (asked(options, m) && p.prepared[m] == NULL)
			result = rcs_fail(e, RCS_ERROR_RESOURCE,
					  "%s: no memory to prove it", test->name);
	}
	if (result == 0)
		result = prove(&p, paths, e);
	give_back(&p, paths);
	for (int m = 0; m < RCS_MODELS; m++)
		free(p.prepared[m]);
	rcs_cuts_release(&p.cuts);
	rcs_cuts_release(&p.rcu_cuts);
	rcs_state_set_release(&p.states);
	if (result != 0)
		rcs_proof_release(proof);
	return result;
}

void rcs_proof_release(struct rcs_proof *proof)
{
	for (int m = 0; m < RCS_MODELS; m++)
		free(proof->model[m].witness);
	free(proof->column);
	free(proof->state);
	memset(proof, 0, sizeof(*proof));
}

bool rcs_answer_forbids(const struct rcs_litmus *test, enum rcs_answer answer)
{
	return answer == (test->quantifier == RCS_FORALL ? RCS_ALWAYS : RCS_NEVER);
}

int rcs_model_of_host(void)
{
#if defined(__x86_64__) || defined(__i386__) || defined(__s390__)
	/* z/Architecture reorders what x86 does: a store with a later load. */
	return RCS_MODEL_TSO;
#elif defined(__aarch64__)
	return RCS_MODEL_ARMV8;
#elif defined(__riscv)
	return RCS_MODEL_RISCV;
#elif defined(__powerpc__)
	return RCS_MODEL_POWER;
#else
	return -1;
#endif
}
