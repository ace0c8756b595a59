/* SPDX-License-Identifier: BSD-2-Clause */
/* Plug-ins between parent and cell: see plugins.h. */
#include "stress/plugins.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "host/clock.h"
#include "host/plugin_call.h"
#include "rcu/plugin.h"

/* Looks that find a thread in the same call, so far apart at least: 10 s. */
#define LOOKS	 200
#define APART_NS UINT64_C(50000000)

void rcs_plugins_place(struct rcs_plan *plan)
{
	struct rcs_barrier_choice choice;
	const struct rcs_rcu_flavour *flavour = NULL;
	const char *barrier = NULL, *rcu = NULL;

	if (rcs_barrier_find(plan->barrier, &choice, NULL) == 0)
		barrier = choice.barrier->plugin;
	if (plan->rcu[0] != '\0')
		flavour = rcs_rcu_find(plan->rcu, NULL);
	if (flavour != NULL)
		rcu = flavour->plugin;
	(void)snprintf(plan->barrier_plugin, sizeof(plan->barrier_plugin), "%s",
		       barrier != NULL ? barrier : "");
	(void)snprintf(plan->rcu_plugin, sizeof(plan->rcu_plugin), "%s",
		       rcu != NULL ? rcu : "");
}

static bool has_plugin(const struct rcs_plan *plan)
{
	return plan->barrier_plugin[0] != '\0' || plan->rcu_plugin[0] != '\0';
}

static int replaced(const char *place, const char *was, const char *is,
		    struct rcs_error *e)
{
	return rcs_fail(e, RCS_ERROR_FAULT,
			"%.280s: it was '%.60s' when the run began, and is '%.60s' now",
			place, was, is);
}

static int open_them(const struct rcs_plan *plan, struct rcs_error *e)
{
	struct rcs_barrier_choice choice;
	const struct rcs_rcu_flavour *flavour;

	if (plan->barrier_plugin[0] != '\0') {
		if (rcs_barrier_find(plan->barrier_plugin, &choice, e) != 0)
			return -1;
		if (strcmp(choice.name, plan->barrier) != 0)
			return replaced(plan->barrier_plugin, plan->barrier,
					choice.name, e);
	}
	if (plan->rcu_plugin[0] != '\0') {
		flavour = rcs_rcu_find(plan->rcu_plugin, e);
		if (flavour == NULL)
			return -1;
		if (strcmp(flavour->name, plan->rcu) != 0)
			return replaced(plan->rcu_plugin, plan->rcu, flavour->name, e);
		if (rcs_rcu_plugin_probe(flavour, e) != 0)
			return -1;
	}
	return 0;
}

int rcs_plugins_open(struct rcs_board *board, struct rcs_error *e)
{
	const struct rcs_plan *plan = &board->plan;

	if (!has_plugin(plan))
		return 0;
	/* What it prints is no part of a report. */
	(void)dup2(STDERR_FILENO, STDOUT_FILENO);
	rcs_plugin_catch_crash(board->crashed_in, sizeof(board->crashed_in));
	if (open_them(plan, e) != 0) {
		/* It was all right when the run began. */
		if (e->kind == RCS_ERROR_USAGE)
			e->kind = RCS_ERROR_FAULT;
		return -1;
	}
	rcs_plugin_list();
	return 0;
}

/* Whose function that is, of two. */
static const char *owner_of(const struct rcs_plan *plan, const char *in)
{
	static const char *const of_barriers[] = {
		"setup()",	  "thread_enter()", "thread_leave()", "writer_enter()",
		"writer_leave()", "heavy()",	    "teardown()"};

	for (size_t i = 0; i < sizeof(of_barriers) / sizeof(of_barriers[0]); i++) {
		if (strcmp(in, of_barriers[i]) == 0)
			return plan->barrier;
	}
	return plan->rcu;
}

void rcs_plugins_fault(struct rcs_result *r, const char *reason)
{
	if (r->filled && r->verdict == RCS_BROKEN) {
		if (r->note_count < RCS_NOTES_MAX)
			(void)snprintf(r->note[r->note_count++], sizeof(r->note[0]),
				       "afterwards: %.180s", reason);
		return;
	}
	r->verdict = RCS_FAULT;
	(void)snprintf(r->reason, sizeof(r->reason), "%s", reason);
}

static void end_hung(struct rcs_board *board, const char *in)
{
	struct rcs_result *r = &board->result;
	char reason[sizeof(r->reason)];

	(void)snprintf(reason, sizeof(reason),
		       "%s of plug-in '%.100s' hangs: it has not returned for %.0f s",
		       in, owner_of(&board->plan, in), LOOKS * (double)APART_NS * 1e-9);
	rcs_plugins_fault(r, reason);
	r->error = RCS_ERROR_FAULT;
	r->filled = true;
	/* There is no getting that thread back. */
	_exit(0);
}

void rcs_plugins_watch(struct rcs_board *board)
{
	static uint64_t looked_ns;
	const struct rcs_plan *plan = &board->plan;
	const char *in;
	uint64_t now;

	if (!has_plugin(plan))
		return;
	now = rcs_clock_ns();
	if (now - looked_ns < APART_NS)
		return;
	looked_ns = now;
	in = rcs_plugin_look(LOOKS);
	if (in != NULL)
		end_hung(board, in);
}

void rcs_plugins_blame(const struct rcs_board *board, char *reason, size_t size)
{
	const char *in = has_plugin(&board->plan) ? rcs_plugin_any() : NULL;
	size_t used = strlen(reason);

	if (in != NULL)
		(void)snprintf(reason + used, size - used,
			       "; a thread is in %s of plug-in '%.100s'", in,
			       owner_of(&board->plan, in));
}

void rcs_plugins_where(const struct rcs_board *board, char *text, size_t size)
{
	char in[sizeof(board->crashed_in) + 1] = "";

	memcpy(in, board->crashed_in, sizeof(board->crashed_in));
	(void)snprintf(text, size, "%s%s%s", in[0] != '\0' ? ", in " : "", in,
		       in[0] != '\0' ? " of a plug-in" : "");
}
