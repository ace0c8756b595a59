/* SPDX-License-Identifier: BSD-2-Clause */
/* Finding a plug-in's RCU, and trying it out: see plugin.h. */
#include "rcu/plugin.h"

#include <ck_pr.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/plugin_call.h"
#include "host/plugin_try.h"
#include "rcu/plugin/domain.h"

#define KNOWN_FLAGS                                                                    \
	(RCUSTRESS_RCU_ON_BARRIER | RCUSTRESS_RCU_QUIESCES |                           \
	 RCUSTRESS_RCU_IN_HANDLERS | RCUSTRESS_RCU_FORKS |                             \
	 RCUSTRESS_RCU_FORGIVES_EXIT | RCUSTRESS_RCU_TELLS_STALLS)

static struct rcs_rcu_plugin *plugins; /* the newest first */

static const struct rcs_plugin_form form = {
	.symbol = "rcustress_rcu",
	.other = "rcustress_barrier",
	.other_option = "--barrier",
	.size = sizeof(struct rcustress_rcu),
	.least = sizeof(struct rcustress_rcu), /* of version 1: there is no older */
	.abi = RCUSTRESS_ABI,
};

int rcs_rcu_plugin_load(struct rcs_rcu_plugin *p, struct rcs_error *e)
{
	if (!p->loaded && rcs_plugin_load(&p->place, &form, &p->its, e) != 0)
		return -1;
	p->loaded = true;
	return 0;
}

struct rcs_rcu_plugin *rcs_rcu_plugin_current(void)
{
	return plugins;
}

/* Members that must be there. */
static int check_required(const struct rcs_rcu_plugin *p, struct rcs_error *e)
{
	const struct rcustress_rcu *its = &p->its;
	const struct {
		bool there;
		const char *name;
	} required[] = {
		{its->summary != NULL, "the summary is NULL"},
		{its->create != NULL, "create is NULL"},
		{its->destroy != NULL, "destroy is NULL"},
		{its->enter != NULL, "enter is NULL"},
		{its->leave != NULL, "leave is NULL"},
		{its->read_lock != NULL, "read_lock is NULL"},
		{its->read_unlock != NULL, "read_unlock is NULL"},
		{its->synchronize != NULL, "synchronize is NULL"},
	};

	for (size_t i = 0; i < sizeof(required) / sizeof(required[0]); i++) {
		if (!required[i].there)
			return rcs_plugin_lacks(&p->place, required[i].name, e);
	}
	return 0;
}

/* So many of so many are there: all, or else none. */
static bool torn(int there, int of)
{
	return there != 0 && there != of;
}

/* Members that come together, or with a flag. */
static int check_groups(const struct rcs_rcu_plugin *p, struct rcs_error *e)
{
	const struct rcustress_rcu *its = &p->its;
	int quiesces = (its->quiescent != NULL) + (its->offline != NULL) +
		       (its->online != NULL);
	int polls = (its->get_state != NULL) + (its->start_poll != NULL) +
		    (its->poll != NULL) + (its->cond_synchronize != NULL);
	int forks = (its->before_fork != NULL) + (its->after_fork_parent != NULL) +
		    (its->after_fork_child != NULL);

	if ((its->flags & RCUSTRESS_RCU_QUIESCES) != 0 && quiesces != 3)
		return rcs_plugin_lacks(
			&p->place,
			"RCUSTRESS_RCU_QUIESCES is set, and quiescent, offline or "
			"online is NULL",
			e);
	if ((its->flags & RCUSTRESS_RCU_FORKS) != 0 && forks != 3)
		return rcs_plugin_lacks(&p->place,
					"RCUSTRESS_RCU_FORKS is set, and before_fork, "
					"after_fork_parent or after_fork_child is NULL",
					e);
	if ((its->call != NULL) != (its->barrier != NULL))
		return rcs_plugin_lacks(
			&p->place, "one of call and barrier is NULL: want both or none",
			e);
	if (torn(polls, 4))
		return rcs_plugin_lacks(
			&p->place,
			"some of get_state, start_poll, poll and cond_synchronize "
			"are NULL: want all or none",
			e);
	return 0;
}

static int check(const struct rcs_rcu_plugin *p, struct rcs_error *e)
{
	const struct rcustress_rcu *its = &p->its;

	if (rcs_plugin_check_name(&p->place, its->name, RCS_RCU_PLUGIN_NAME_SIZE, e) !=
		    0 ||
	    check_required(p, e) != 0)
		return -1;
	if (rcs_plugin_check_flags(&p->place, its->flags, KNOWN_FLAGS, e) != 0)
		return -1;
	return check_groups(p, e);
}

/* What is told of it by a child that looked. */
struct description {
	struct rcs_error error; /* first: see rcs_plugin_try() */
	uint32_t flags;
	struct rcs_rcu_plugin_has has;
	char name[RCS_RCU_PLUGIN_NAME_SIZE];
	char summary[160];
};

static void describe(void *argument, void *answer)
{
	struct rcs_rcu_plugin *p = argument;
	struct description *d = answer;

	rcs_trial_step("loading it");
	if (rcs_rcu_plugin_load(p, &d->error) != 0)
		return;
	rcs_trial_step("reading its struct");
	if (check(p, &d->error) != 0)
		return;
	d->flags = p->its.flags;
	d->has = (struct rcs_rcu_plugin_has){
		.word = p->its.word != NULL,
		.calls = p->its.call != NULL,
		.polls = p->its.poll != NULL,
		.forks = (p->its.flags & RCUSTRESS_RCU_FORKS) != 0,
	};
	(void)snprintf(d->name, sizeof(d->name), "%s", p->its.name);
	rcs_plugin_copy_line(p->its.summary, d->summary, sizeof(d->summary));
}

static struct rcs_rcu_plugin *find(const char *name)
{
	struct rcs_rcu_plugin *p = plugins;

	while (p != NULL && strcmp(p->name, name) != 0)
		p = p->next;
	return p;
}

const struct rcs_rcu_flavour *rcs_rcu_plugin_named(const char *name)
{
	const struct rcs_rcu_plugin *p = find(name);

	return p != NULL ? &p->flavour : NULL;
}

static int only_fence(void *nothing)
{
	(void)nothing;
	/* For one thread alone: it has no partner. */
	ck_pr_fence_memory();
	return 0;
}

static void called(struct rcs_rcu_head *head)
{
	(void)head;
}

/* The read side, as one that has entered. */
static void read_in(const struct rcs_rcu_flavour *f, struct rcs_rcu_thread *self)
{
	rcs_trial_step("read_lock()");
	f->read_lock(self);
	f->read_lock(self);
	rcs_trial_step("read_unlock()");
	f->read_unlock(self);
	f->read_unlock(self);
	rcs_trial_step("quiescent()");
	f->quiescent(self);
	if (f->word != NULL) {
		rcs_trial_step("word()");
		(void)f->word(self);
	}
	rcs_trial_step("offline()");
	f->offline(self);
	rcs_trial_step("online()");
	f->online(self);
}

/* The update side, as one that has not entered; a callback, and cookies. */
static int update(const struct rcs_rcu_flavour *f, struct rcs_rcu *rcu, const char **in)
{
	struct rcs_rcu_head head;
	uint64_t cookie;
	int result;

	rcs_trial_step(*in = "synchronize()");
	result = f->synchronize(rcu, NULL);
	if (result != 0)
		return result;
	rcs_trial_step(*in = "synchronize_expedited()");
	result = f->synchronize_expedited(rcu, NULL);
	if (result != 0)
		return result;
	if (f->get_state != NULL) {
		rcs_trial_step("get_state()");
		cookie = f->get_state(rcu);
		rcs_trial_step("poll()");
		(void)f->poll(rcu, cookie);
		rcs_trial_step("start_poll()");
		cookie = f->start_poll(rcu, NULL);
		rcs_trial_step(*in = "cond_synchronize()");
		result = f->cond_synchronize(rcu, NULL, cookie);
	}
	if (result != 0 || f->call == NULL)
		return result;
	rcs_trial_step("call()");
	f->call(rcu, NULL, &head, called);
	rcs_trial_step(*in = "barrier()");
	return f->barrier(rcu, NULL);
}

static void use(struct rcs_rcu_plugin *p, struct rcs_error *e)
{
	const struct rcs_rcu_options options = {.ground.heavy = only_fence};
	const struct rcs_rcu_flavour *f = &p->flavour;
	struct rcs_rcu_thread *self;
	struct rcs_rcu *rcu;
	const char *in = "";
	int result;

	rcs_trial_step("create()");
	rcu = f->create(&options, e);
	if (rcu == NULL)
		return;
	rcs_trial_step("enter()");
	self = f->enter(rcu, "trial", e);
	if (self == NULL)
		return;
	read_in(f, self);
	rcs_trial_step("leave()");
	f->leave(self);
	result = update(f, rcu, &in);
	if (rcs_plugin_check_result(p->name, in, result, e) != 0)
		return;
	rcs_trial_step("destroy()");
	f->destroy(rcu);
}

struct trial_answer {
	struct rcs_error error; /* first */
	char left[160];
};

static void try_all(void *argument, void *answer)
{
	struct rcs_rcu_plugin *p = argument;
	struct trial_answer *a = answer;
	struct rcs_plugin_holdings before;
	int result = 0;

	rcs_trial_step("loading it");
	if (rcs_rcu_plugin_load(p, &a->error) != 0)
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

int rcs_rcu_plugin_probe(const struct rcs_rcu_flavour *flavour, struct rcs_error *e)
{
	struct rcs_rcu_plugin *p = find(flavour->name);
	struct trial_answer answer;

	if (rcs_plugin_try(&p->place, try_all, p, &answer, sizeof(answer), e) != 0)
		return -1;
	memcpy(p->left, answer.left, sizeof(p->left));
	return 0;
}

const char *rcs_rcu_plugin_left(const struct rcs_rcu_flavour *flavour)
{
	const struct rcs_rcu_plugin *p = find(flavour->name);

	return p != NULL ? p->left : "";
}

static unsigned abilities_of(uint32_t flags)
{
	static const struct {
		uint32_t flag;
		enum rcs_rcu_ability ability;
	} pairs[] = {
		{RCUSTRESS_RCU_ON_BARRIER, RCS_RCU_ON_BARRIER},
		{RCUSTRESS_RCU_QUIESCES, RCS_RCU_QUIESCES},
		{RCUSTRESS_RCU_IN_HANDLERS, RCS_RCU_IN_HANDLERS},
		{RCUSTRESS_RCU_FORKS, RCS_RCU_FORKS},
		{RCUSTRESS_RCU_FORGIVES_EXIT, RCS_RCU_FORGIVES_EXIT},
		{RCUSTRESS_RCU_TELLS_STALLS, RCS_RCU_TELLS_STALLS},
	};
	unsigned abilities = 0;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if ((flags & pairs[i].flag) != 0)
			abilities |= (unsigned)pairs[i].ability;
	}
	return abilities;
}

static int take_over(struct rcs_rcu_plugin *p, const struct description *d,
		     struct rcs_error *e)
{
	const struct rcs_rcu_plugin *other = find(d->name);

	if (other != NULL)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"%.200s: its name is '%s', and so is that of %.200s",
				p->place.text, d->name, other->place.text);
	if (strcmp(d->name, "all") == 0 || strcmp(d->name, "help") == 0)
		return rcs_plugin_lacks(
			&p->place,
			"the name is a word that --rcu knows: give it another", e);
	for (size_t i = 0; i < rcs_rcu_flavour_count; i++) {
		if (strcmp(rcs_rcu_flavours[i]->name, d->name) == 0)
			return rcs_plugin_lacks(
				&p->place,
				"the name is that of a flavour of rcustress: give "
				"it another",
				e);
	}
	memcpy(p->name, d->name, sizeof(p->name));
	memcpy(p->summary, d->summary, sizeof(p->summary));
	p->flavour.name = p->name;
	p->flavour.plugin = p->place.text;
	p->flavour.summary = p->summary;
	p->flavour.source = "a plug-in";
	p->flavour.abilities = abilities_of(d->flags);
	rcs_rcu_plugin_functions(&p->flavour, &d->has);
	return 0;
}

static const struct rcs_rcu_flavour *at_place(const char *text)
{
	const struct rcs_rcu_plugin *p = plugins;

	while (p != NULL && strcmp(p->place.text, text) != 0)
		p = p->next;
	return p != NULL ? &p->flavour : NULL;
}

const struct rcs_rcu_flavour *rcs_rcu_plugin_open(const char *text, struct rcs_error *e)
{
	struct rcs_rcu_plugin *p = calloc(1, sizeof(*p));
	const struct rcs_rcu_flavour *there;
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
		return there;
	}
	if (rcs_plugin_try(&p->place, describe, p, &d, sizeof(d), e) != 0 ||
	    take_over(p, &d, e) != 0) {
		free(p);
		return NULL;
	}
	p->next = plugins;
	plugins = p;
	return &p->flavour;
}
