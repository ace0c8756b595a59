/* SPDX-License-Identifier: BSD-2-Clause */
/* A plug-in as a barrier: see plugin.h. */
#include "barrier/plugin.h"

#include <ck_pr.h>
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/plugin_call.h"
#include "host/plugin_try.h"
#include "rcustress.h"

#define NAME_SIZE   41
#define KNOWN_FLAGS (RCUSTRESS_READERS_FENCE | RCUSTRESS_BY_SHOOTDOWN)

struct plugin {
	struct rcs_barrier barrier; /* first: what others have of it */
	struct rcs_plugin_place place;
	char name[NAME_SIZE];
	char summary[160];
	char left[160];
	int odd;     /* a result of heavy() that is none */
	bool loaded; /* and `its` is filled */
	struct rcustress_barrier its;
	void *state;
	struct plugin *next;
};

/* Of one writer; in lines of its own, as `in` of its thread is. */
struct writer {
	int (*heavy)(void *writer);
	void *its;
	struct plugin *of;
};

static struct plugin *plugins; /* in no order */

static const struct rcs_plugin_form form = {
	.symbol = "rcustress_barrier",
	.other = "rcustress_rcu",
	.other_option = "--rcu",
	.size = sizeof(struct rcustress_barrier),
	.least = offsetof(struct rcustress_barrier, teardown) + sizeof(void (*)(void)),
	.abi = RCUSTRESS_ABI,
};

/* Loads it into this process, unless it is there. */
static int load(struct plugin *p, struct rcs_error *e)
{
	if (!p->loaded && rcs_plugin_load(&p->place, &form, &p->its, e) != 0)
		return -1;
	p->loaded = true;
	return 0;
}

static int check(const struct plugin *p, struct rcs_error *e)
{
	const struct rcustress_barrier *its = &p->its;

	if (rcs_plugin_check_name(&p->place, its->name, NAME_SIZE, e) != 0)
		return -1;
	if (its->summary == NULL)
		return rcs_plugin_lacks(&p->place, "the summary is NULL", e);
	if (its->heavy == NULL)
		return rcs_plugin_lacks(
			&p->place, "heavy is NULL: there is no barrier without it", e);
	if (rcs_plugin_check_flags(&p->place, its->flags, KNOWN_FLAGS, e) != 0)
		return -1;
	if (its->writer_leave != NULL && its->writer_enter == NULL)
		return rcs_plugin_lacks(
			&p->place, "there is writer_leave, but no writer_enter", e);
	return 0;
}

/* What is told of it by a child that looked. */
struct description {
	struct rcs_error error; /* first: see rcs_plugin_try() */
	uint32_t flags;
	char name[NAME_SIZE];
	char summary[160];
};

static void describe(void *argument, void *answer)
{
	struct plugin *p = argument;
	struct description *d = answer;

	rcs_trial_step("loading it");
	if (load(p, &d->error) != 0)
		return;
	rcs_trial_step("reading its struct");
	if (check(p, &d->error) != 0)
		return;
	d->flags = p->its.flags;
	(void)snprintf(d->name, sizeof(d->name), "%s", p->its.name);
	rcs_plugin_copy_line(p->its.summary, d->summary, sizeof(d->summary));
}

static struct plugin *find(const char *name, size_t length)
{
	struct plugin *p = plugins;

	while (p != NULL &&
	       (strlen(p->name) != length || memcmp(p->name, name, length) != 0))
		p = p->next;
	return p;
}

const struct rcs_barrier *rcs_barrier_plugin_named(const char *name, size_t length)
{
	const struct plugin *p = find(name, length);

	return p != NULL ? &p->barrier : NULL;
}

static int setup(const char *name, void **state, struct rcs_error *e)
{
	struct plugin *p = find(name, strlen(name));
	int result = 0;

	*state = p;
	if (load(p, e) != 0)
		return -1;
	if (p->its.setup != NULL) {
		rcs_plugin_begin("setup()", RCS_PLUGIN_RETURNS);
		result = p->its.setup(&p->state);
		rcs_plugin_end();
	}
	return rcs_plugin_check_result(p->name, "setup()", result, e);
}

static int thread_enter(void *state, struct rcs_error *e)
{
	struct plugin *p = state;
	int result = 0;

	rcs_plugin_list();
	if (p->its.thread_enter != NULL) {
		rcs_plugin_begin("thread_enter()", RCS_PLUGIN_RETURNS);
		result = p->its.thread_enter(p->state);
		rcs_plugin_end();
	}
	return rcs_plugin_check_result(p->name, "thread_enter()", result, e);
}

static void thread_leave(void *state)
{
	struct plugin *p = state;

	if (p->its.thread_leave != NULL) {
		rcs_plugin_begin("thread_leave()", RCS_PLUGIN_RETURNS);
		p->its.thread_leave(p->state);
		rcs_plugin_end();
	}
	rcs_plugin_unlist();
}

static int writer_enter(void *state, void **writer, struct rcs_error *e)
{
	struct plugin *p = state;
	struct writer *w = NULL;
	int result = 0;

	if (posix_memalign((void **)&w, 128, 128) != 0)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for barrier '%s'",
				p->name);
	*w = (struct writer){p->its.heavy, p->state, p};
	if (p->its.writer_enter != NULL) {
		rcs_plugin_begin("writer_enter()", RCS_PLUGIN_RETURNS);
		result = p->its.writer_enter(p->state, &w->its);
		rcs_plugin_end();
	}
	*writer = w;
	if (rcs_plugin_check_result(p->name, "writer_enter()", result, e) == 0)
		return 0;
	free(w);
	return -1;
}

static void writer_leave(void *state, void *writer)
{
	struct plugin *p = state;
	struct writer *w = writer;

	if (p->its.writer_leave != NULL) {
		rcs_plugin_begin("writer_leave()", RCS_PLUGIN_RETURNS);
		p->its.writer_leave(p->state, w->its);
		rcs_plugin_end();
	}
	free(w);
}

static int heavy(void *writer)
{
	const struct writer *w = writer;
	/* It may be a plug-in's grace period that calls. */
	struct rcs_plugin_outer outer = rcs_plugin_enter("heavy()", RCS_PLUGIN_RETURNS);
	int result = w->heavy(w->its);

	rcs_plugin_leave(outer);
	/* What is no errno value is an error all the same. */
	if (result == 0 || rcs_plugin_is_errno(result))
		return result;
	ck_pr_store_int(&w->of->odd, result);
	return -EPROTO;
}

static void teardown(void *state)
{
	struct plugin *p = state;

	if (p->its.teardown == NULL)
		return;
	rcs_plugin_begin("teardown()", RCS_PLUGIN_RETURNS);
	p->its.teardown(p->state);
	rcs_plugin_end();
}

/* Every member once, and heavy() twice. */
static void use(struct plugin *p, struct rcs_error *e)
{
	const char *failed = "heavy()";
	void *state, *writer;
	int result = 0;

	rcs_trial_step("setup()");
	if (setup(p->name, &state, e) != 0)
		return;
	rcs_trial_step("thread_enter()");
	if (thread_enter(state, e) != 0)
		return;
	rcs_trial_step("writer_enter()");
	if (writer_enter(state, &writer, e) != 0)
		return;
	rcs_trial_step(failed);
	for (int n = 0; n < 2 && result == 0; n++)
		result = p->its.heavy(((struct writer *)writer)->its);
	if (rcs_plugin_check_result(p->name, failed, result, e) != 0)
		return;
	rcs_trial_step("writer_leave()");
	writer_leave(state, writer);
	rcs_trial_step("thread_leave()");
	thread_leave(state);
	rcs_trial_step("teardown()");
	teardown(state);
}

struct trial_answer {
	struct rcs_error error; /* first */
	char left[160];
};

static void try_all(void *argument, void *answer)
{
	struct plugin *p = argument;
	struct trial_answer *a = answer;
	struct rcs_plugin_holdings before;
	int result = 0;

	rcs_trial_step("loading it");
	if (load(p, &a->error) != 0)
		return;
	rcs_trial_step("probe()");
	if (p->its.probe != NULL)
		result = p->its.probe();
	if (rcs_plugin_check_probe(p->name, result, &a->error) != 0)
		return;
	rcs_plugin_count(&before);
	use(p, &a->error);
	if (a->error.kind == RCS_ERROR_NONE)
		rcs_plugin_left_behind(&before, a->left, sizeof(a->left));
}

static struct plugin *plugin_of(const struct rcs_barrier *barrier)
{
	return find(barrier->name, strlen(barrier->name));
}

int rcs_barrier_plugin_probe(const struct rcs_barrier *barrier, struct rcs_error *e)
{
	struct plugin *p = plugin_of(barrier);
	struct trial_answer answer;

	if (rcs_plugin_try(&p->place, try_all, p, &answer, sizeof(answer), e) != 0)
		return -1;
	memcpy(p->left, answer.left, sizeof(p->left));
	return 0;
}

const char *rcs_barrier_plugin_left(const struct rcs_barrier *barrier)
{
	const struct plugin *p = plugin_of(barrier);

	return p != NULL ? p->left : "";
}

/* Words of the command line for several barriers, or none. */
static bool is_reserved(const char *name)
{
	return strcmp(name, "all") == 0 || strcmp(name, "sound") == 0 ||
	       strcmp(name, "help") == 0;
}

static int take_over(struct plugin *p, const struct description *d, struct rcs_error *e)
{
	const struct plugin *other = find(d->name, strlen(d->name));

	if (other != NULL)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"%.200s: its name is '%s', and so is that of %.200s",
				p->place.text, d->name, other->place.text);
	if (is_reserved(d->name))
		return rcs_plugin_lacks(
			&p->place, "the name means something else to --barrier", e);
	for (size_t i = 0; i < rcs_barrier_count; i++) {
		if (strcmp(rcs_barriers[i]->name, d->name) == 0)
			return rcs_plugin_lacks(
				&p->place,
				"the name is that of a barrier of rcustress: give "
				"it another",
				e);
	}
	memcpy(p->name, d->name, sizeof(p->name));
	memcpy(p->summary, d->summary, sizeof(p->summary));
	p->barrier = (struct rcs_barrier){
		.name = p->name,
		.summary = p->summary,
		.plugin = p->place.text,
		.in_the_wild = "a plug-in",
		.claim = "where its plug-in says",
		.claimed_here = true,
		.by_shootdown = (d->flags & RCUSTRESS_BY_SHOOTDOWN) != 0,
		.readers_fence = (d->flags & RCUSTRESS_READERS_FENCE) != 0,
		.setup = setup,
		.thread_enter = thread_enter,
		.thread_leave = thread_leave,
		.writer_enter = writer_enter,
		.writer_leave = writer_leave,
		.heavy = heavy,
		.teardown = teardown,
	};
	return 0;
}

int rcs_barrier_plugin_odd(const struct rcs_barrier *barrier)
{
	const struct plugin *p = plugin_of(barrier);

	return p != NULL ? ck_pr_load_int(&p->odd) : 0;
}

static struct plugin *at_place(const char *text)
{
	struct plugin *p = plugins;

	while (p != NULL && strcmp(p->place.text, text) != 0)
		p = p->next;
	return p;
}

const struct rcs_barrier *rcs_barrier_plugin_open(const char *text, struct rcs_error *e)
{
	struct plugin *p = calloc(1, sizeof(*p)), *there;
	struct description d;

	if (p == NULL) {
		rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a plug-in");
		return NULL;
	}
	if (rcs_plugin_find(text, form.symbol, &p->place, e) != 0) {
		free(p);
		return NULL;
	}
	there = at_place(p->place.text);
	if (there != NULL) {
		free(p);
		return &there->barrier;
	}
	if (rcs_plugin_try(&p->place, describe, p, &d, sizeof(d), e) != 0 ||
	    take_over(p, &d, e) != 0) {
		free(p);
		return NULL;
	}
	p->next = plugins;
	plugins = p;
	return &p->barrier;
}
