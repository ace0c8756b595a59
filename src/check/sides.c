/* SPDX-License-Identifier: BSD-2-Clause */
/* The caller's functions as a barrier, and a watch over them: see sides.h. */
#include "check/sides.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "host/clock.h"
#include "stress/sb.h"
#include "stress/twin.h"

/* A tick counts as so much at the most: a process that was stopped has not hung. */
#define TICK_MAX_NS UINT64_C(100000000)

/* For so long light calls are timed, at the most. */
#define LIGHT_NS UINT64_C(20000000)

const char *const rcs_check_places[RCS_CHECK_PLACES] = {
	[RCS_CHECK_ELSEWHERE] = "no function of the caller's",
	[RCS_CHECK_LIGHT] = "light",
	[RCS_CHECK_HEAVY] = "heavy",
	[RCS_CHECK_ENTER] = "thread_enter",
	[RCS_CHECK_LEAVE] = "thread_leave",
};

/* Of the threads of one check at a time. */
static __thread struct rcs_check_thread *self;

static void go(enum rcs_check_place place)
{
	ck_pr_store_uint(&self->place, place);
	ck_pr_store_uint(&self->visits, self->visits + 1);
}

/* Notes what the cell's error has no kind for. */
static int note(struct rcs_check *check, int error)
{
	/* Only at first: what worked once is supported. */
	if (error != 0)
		check->shared->unsupported =
			error == -EOPNOTSUPP && ck_pr_load_uint(&check->worked) == 0;
	return error;
}

static int enter(void *state, struct rcs_error *e)
{
	struct rcs_check *check = state;
	int error = 0;

	self = &check->thread[ck_pr_faa_uint(&check->threads, 1)];
	if (check->what.thread_enter == NULL)
		return 0;
	go(RCS_CHECK_ENTER);
	error = note(check, check->what.thread_enter(check->what.argument));
	go(RCS_CHECK_ELSEWHERE);
	if (error == 0)
		return 0;
	return rcs_fail(e, RCS_ERROR_FAULT, "thread_enter failed: %s",
			strerror(error < 0 ? -error : error));
}

static void leave(void *state)
{
	struct rcs_check *check = state;

	if (check->what.thread_leave == NULL)
		return;
	go(RCS_CHECK_LEAVE);
	check->what.thread_leave(check->what.argument);
	go(RCS_CHECK_ELSEWHERE);
}

static int heavy(void *writer)
{
	struct rcs_check *check = writer;
	int error;

	go(RCS_CHECK_HEAVY);
	/* The heavy side: pairs with the light side in every reader's loop. */
	error = check->what.heavy(check->what.argument);
	go(RCS_CHECK_ELSEWHERE);
	if (error == 0 && ck_pr_load_uint(&check->worked) == 0)
		ck_pr_store_uint(&check->worked, 1);
	/* What is not negative is no errno value, but it is not 0 either. */
	return note(check, error > 0 ? -error : error);
}

void rcs_check_sides(struct rcs_check *check)
{
	check->barrier = (struct rcs_barrier){
		.name = "check",
		.thread_enter = enter,
		.thread_leave = leave,
		.heavy = heavy,
	};
	check->cell.choice.barrier = &check->barrier;
	check->cell.barrier_state = check;
	check->cell.light = check->what.light;
	check->cell.light_argument = check->what.argument;
	check->cell.watch = rcs_check_watch;
}

static uint64_t duration(void (*light)(void *), void *argument)
{
	uint64_t start = rcs_cycles();

	ck_pr_barrier();
	light(argument);
	ck_pr_barrier();
	return rcs_cycles() - start;
}

/* The others run meanwhile as they do in rounds: a sibling makes a CPU slower. */
static void keep_busy(struct rcs_check *check, int thread)
{
	while (ck_pr_load_uint(&check->timed) == 0) {
		if (thread >= check->cell.plan->writers) {
			go(RCS_CHECK_LIGHT);
			check->what.light(check->what.argument);
			go(RCS_CHECK_ELSEWHERE);
		} else if (heavy(check) != 0)
			return; /* it is found out when it is called alone */
	}
}

static void time_body(int thread, void *argument)
{
	struct rcs_check *check = argument;
	const struct rcs_plan *plan = check->cell.plan;
	uint64_t none = 0, until = rcs_clock_ns() + LIGHT_NS;

	if (thread >= plan->writers + plan->readers)
		return;
	if (thread != plan->writers) {
		keep_busy(check, thread);
		return;
	}
	go(RCS_CHECK_LIGHT);
	do {
		rcs_samples_add(&check->light,
				duration(check->what.light, check->what.argument));
		rcs_samples_add(&check->empty, duration(rcs_twin_light, &none));
	} while (rcs_samples_count(&check->light) < RCS_SAMPLES_MAX &&
		 rcs_clock_ns() < until);
	go(RCS_CHECK_ELSEWHERE);
	ck_pr_store_uint(&check->timed, 1);
}

int rcs_check_time_light(struct rcs_check *check, struct rcs_error *e)
{
	struct rcs_cell *cell = &check->cell;
	uint64_t light, empty;

	if (check->what.light == NULL)
		return 0;
	rcs_team_go(cell->team, time_body, check);
	if (rcs_team_wait(cell->team, rcs_cell_tick, cell, RCS_TEAM_GRACE_NS, e) != 0)
		return -1;
	/* Rather too long than too short: that only makes the twin harder to hit. */
	light = rcs_samples_quantile(&check->light, 0.99);
	empty = rcs_samples_quantile(&check->empty, 0.5);
	cell->light_cycles = light > empty ? 2 * (light - empty) : 0;
	light = rcs_samples_quantile(&check->light, 0.5);
	light = rcs_cycles_to_ns(light > empty ? light - empty : 0);
	check->slow_light_ns = light > RCS_CHECK_LIGHT_MOST_NS ? light : 0;
	return 0;
}

enum rcs_check_place rcs_check_here(const struct rcs_check *check)
{
	enum rcs_check_place place;

	if (self == NULL)
		return RCS_CHECK_ELSEWHERE;
	place = (enum rcs_check_place)self->place;
	return place == RCS_CHECK_ELSEWHERE && check->what.light != NULL
		       ? RCS_CHECK_LIGHT
		       : place;
}

static bool give_up(struct rcs_check *check, enum rcs_check_place place)
{
	struct rcs_result *r = check->cell.result;

	if (!check->hung)
		(void)snprintf(r->reason, sizeof(r->reason),
			       "%s has not returned for %.1f s",
			       rcs_check_places[place], check->what.hang_ms / 1e3);
	check->hung = true;
	ck_pr_store_uint(&check->timed, 1); /* read in keep_busy() */
	rcs_team_give_up(check->cell.team);
	if (check->cell.runner != NULL)
		rcs_sb_abandon(check->cell.runner);
	return true;
}

/* One of the threads is in a function that it does not come out of. */
static bool stuck_thread(struct rcs_check_thread *t, uint64_t passed, uint64_t most)
{
	unsigned visits = ck_pr_load_uint(&t->visits);

	if (visits != t->seen || ck_pr_load_uint(&t->place) == RCS_CHECK_ELSEWHERE)
		t->still_ns = 0;
	else
		t->still_ns += passed;
	t->seen = visits;
	return t->still_ns > most;
}

/* Readers are in their loops, and none of them gets on. */
static bool stuck_readers(struct rcs_check *check, uint64_t passed, uint64_t most)
{
	uint64_t steps =
		check->cell.runner != NULL ? rcs_sb_steps(check->cell.runner) : 0;

	if (steps == 0 || steps != check->steps)
		check->still_ns = 0;
	else
		check->still_ns += passed;
	check->steps = steps;
	return check->still_ns > most;
}

bool rcs_check_watch(struct rcs_cell *cell)
{
	struct rcs_check *check = cell->barrier_state;
	uint64_t now = rcs_clock_ns(), passed = now - check->looked_ns;
	uint64_t most = (uint64_t)check->what.hang_ms * 1000000;
	unsigned threads = ck_pr_load_uint(&check->threads);

	check->looked_ns = now;
	if (passed > TICK_MAX_NS)
		passed = TICK_MAX_NS;
	for (unsigned t = 0; t < threads; t++) {
		struct rcs_check_thread *thread = &check->thread[t];

		if (stuck_thread(thread, passed, most))
			return give_up(check, (enum rcs_check_place)ck_pr_load_uint(
						      &thread->place));
	}
	return check->what.light != NULL && stuck_readers(check, passed, most) &&
	       give_up(check, RCS_CHECK_LIGHT);
}
