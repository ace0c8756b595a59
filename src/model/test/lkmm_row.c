/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows of the kernel's model: see lkmm_row.h. */
#include "model/test/lkmm_row.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "litmus/parse.h"

/* That it is one execution: reads have their values from where they say. */
static bool is_execution(const struct rcs_proof_witness *w)
{
	const struct rcs_execution *x = &w->execution;
	bool good = x->skeleton == &w->skeleton && rel_acyclic(w->order);
	int r;

	RCS_EACH(r, w->skeleton.reads)
	{
		int from = x->source[r];

		good = good && (from < 0 ||
				(rcs_in(r, x->rf.row[from]) &&
				 rcs_in(r, w->skeleton.location.row[from]) &&
				 x->value[r].number == x->value[from].number &&
				 x->value[r].is_address == x->value[from].is_address));
	}
	return good;
}

static bool agrees(const struct rcs_lkmm_row *row, const struct rcs_proof *proof)
{
	static const char letters[] = {[RCS_ANSWER_UNKNOWN] = '?',
				       [RCS_NEVER] = 'N',
				       [RCS_SOMETIMES] = 'S',
				       [RCS_ALWAYS] = 'A'};
	const struct rcs_answers *lkmm = &proof->model[RCS_MODEL_LKMM];

	if (letters[lkmm->answer] == row->expected && lkmm->flags == row->flags &&
	    (row->allowed == 0 || lkmm->allowed == row->allowed) &&
	    proof->deadlock == row->deadlock && !proof->gave_up && !proof->strayed &&
	    (lkmm->witness != NULL) == (lkmm->with_target > 0) &&
	    (lkmm->witness == NULL || is_execution(lkmm->witness)))
		return true;
	print_message("# %s: %c, flags %u, %u executions%s; not %c, %u, %u%s\n",
		      row->name, letters[lkmm->answer], lkmm->flags,
		      (unsigned int)lkmm->allowed, proof->deadlock ? ", deadlock" : "",
		      row->expected, row->flags, (unsigned int)row->allowed,
		      row->deadlock ? ", deadlock" : "");
	return false;
}

static bool holds(const struct rcs_lkmm_row *row, const char *parameters,
		  const char *initial)
{
	const struct rcs_prove_options options = {.models = 1U << RCS_MODEL_LKMM,
						  .barrier = RCS_PROVE_IDEAL,
						  .witness = true};
	struct rcs_error e = {0};
	struct rcs_litmus *test;
	struct rcs_proof proof;
	char text[4096];
	size_t size;
	bool good;

	size = (size_t)snprintf(text, sizeof(text), "C %s\n{ %s }\n", row->name,
				initial);
	for (int i = 0; i < 4 && row->thread[i] != NULL; i++)
		size += (size_t)snprintf(text + size, sizeof(text) - size,
					 "P%d(%s)\n{ %s}\n", i, parameters,
					 row->thread[i]);
	if (row->filter != NULL)
		size += (size_t)snprintf(text + size, sizeof(text) - size,
					 "filter (%s)\n", row->filter);
	size += (size_t)snprintf(text + size, sizeof(text) - size, "exists (%s)\n",
				 row->target);
	assert_true(size < sizeof(text));
	test = rcs_litmus_parse(row->name, text, size, &e);
	if (test == NULL)
		fail_msg("%s", e.text);
	if (rcs_prove(test, &options, &proof, &e) != 0)
		fail_msg("%s: %s", row->name, e.text);
	good = agrees(row, &proof);
	rcs_proof_release(&proof);
	rcs_litmus_free(test);
	return good;
}

void rcs_compare_rows(const struct rcs_lkmm_row *rows, size_t count,
		      const char *parameters, const char *initial)
{
	int wrong = 0;

	for (size_t i = 0; i < count; i++)
		wrong += !holds(&rows[i], parameters, initial);
	assert_int_equal(wrong, 0);
}
