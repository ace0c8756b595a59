/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Trying a barrier in a child process: set it up, call the heavy side. A filter that
 * kills (SIGSYS), a registration that cannot be undone and a call that never returns
 * then harm nobody but the child.
 */
#include "barrier/barrier.h"

#include <string.h>

#include "barrier/plugin.h"
#include "host/trial.h"

#define PROBE_LIMIT 5 /* seconds */

static void try_it(void *argument, void *answer)
{
	const struct rcs_barrier_choice *choice = argument;
	const struct rcs_barrier *b = choice->barrier;
	struct rcs_error *e = answer;
	void *state = NULL, *writer;
	int err;

	if (b->setup != NULL && b->setup(choice->parameter, &state, e) != 0)
		return;
	if (b->thread_enter != NULL && b->thread_enter(state, e) != 0)
		return;
	writer = state;
	if (b->writer_enter != NULL && b->writer_enter(state, &writer, e) != 0)
		return;
	err = b->heavy(writer);
	if (err == 0)
		err = b->heavy(writer);
	if (err != 0)
		rcs_fail(e, RCS_ERROR_UNSUPPORTED, "its heavy side fails: %s",
			 strerror(-err));
}

int rcs_barrier_probe(const struct rcs_barrier_choice *choice, struct rcs_error *e)
{
	struct rcs_barrier_choice copy = *choice;
	struct rcs_error answer, why;
	struct rcs_trial trial;
	char how[160];

	if (choice->barrier->plugin != NULL)
		return rcs_barrier_plugin_probe(choice->barrier, e);
	if (rcs_trial_run(try_it, &copy, &answer, sizeof(answer), PROBE_LIMIT, &trial,
			  &why) != 0)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "cannot probe '%s': %.200s",
				choice->name, why.text);
	if (trial.end != RCS_TRIAL_ANSWERED) {
		rcs_trial_print(&trial, PROBE_LIMIT, how, sizeof(how));
		return rcs_fail(e, RCS_ERROR_UNSUPPORTED, "a try of '%s' %s",
				choice->name, how);
	}
	if (answer.kind == RCS_ERROR_NONE)
		return 0;
	answer.text[sizeof(answer.text) - 1] = '\0';
	return rcs_fail(e, RCS_ERROR_UNSUPPORTED, "%s", answer.text);
}
