/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The functions of struct rcs_rcu_flavour over those of struct rcustress_rcu. What the
 * program asks of a flavour beyond that, other ground to stand on, is seen to here.
 */
#include "rcu/plugin/domain.h"

#include <ck_pr.h>
#include <stdlib.h>
#include <string.h>

#include "rcu/plugin/call.h"

static int ground_heavy(void *domain)
{
	struct rcs_rcu_plugin_domain *d = domain;
	int result;

	(void)pthread_mutex_lock(&d->ground);
	result = d->rcu.options.ground.heavy(d->rcu.options.ground.writer);
	(void)pthread_mutex_unlock(&d->ground);
	return result;
}

static void stalled(const char *thread, long tid, uint64_t waited_ns, void *domain)
{
	const struct rcs_rcu_plugin_domain *d = domain;
	const struct rcs_rcu_stall stall = {
		.thread = thread != NULL ? thread : "a thread",
		.tid = (pid_t)tid,
		.waited_ns = waited_ns,
	};

	if (d->rcu.options.stalled != NULL)
		d->rcu.options.stalled(&stall, d->rcu.options.stalled_argument);
}

static void release(struct rcs_rcu_plugin_domain *d)
{
	rcs_callbacks_destroy(d->callbacks);
	rcs_rcu_registry_destroy(&d->registry);
	(void)pthread_mutex_destroy(&d->ground);
	(void)pthread_mutex_destroy(&d->lock);
	free(d);
}

static void destroy(struct rcs_rcu *rcu)
{
	struct rcs_rcu_plugin_domain *d = rcs_rcu_plugin_domain_of(rcu);

	/* A worker may still be in a grace period of the plug-in's. */
	rcs_callbacks_destroy(d->callbacks);
	d->callbacks = NULL;
	rcs_plugin_begin_alone("destroy()");
	d->its->destroy(d->domain);
	rcs_plugin_end_alone();
	release(d);
}

static int create_its(struct rcs_rcu_plugin_domain *d, const struct rcs_rcu_plugin *p,
		      struct rcs_error *e)
{
	int result;

	d->options = (struct rcustress_rcu_options){
		.size = sizeof(d->options),
		.heavy = ground_heavy,
		.writer = d,
		.stall_ns = d->rcu.options.stall_ns,
		.stalled = stalled,
		.stalled_argument = d,
		.near_wrap = d->rcu.options.near_wrap,
	};
	rcs_plugin_begin_alone("create()");
	result = d->its->create(&d->options, &d->domain);
	rcs_plugin_end_alone();
	return rcs_plugin_check_result(p->name, "create()", result, e);
}

static struct rcs_rcu *create(const struct rcs_rcu_options *options,
			      struct rcs_error *e)
{
	static const struct rcs_rcu_design honest;
	struct rcs_rcu_plugin *p = rcs_rcu_plugin_current();
	struct rcs_rcu_plugin_domain *d = calloc(1, sizeof(*d));

	if (d == NULL) {
		rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for an RCU domain");
		return NULL;
	}
	d->rcu.flavour = &p->flavour;
	d->rcu.options = *options;
	d->its = &p->its;
	(void)pthread_mutex_init(&d->ground, NULL);
	(void)pthread_mutex_init(&d->lock, NULL);
	rcs_rcu_registry_init(&d->registry);
	d->callbacks = rcs_callbacks_create(&d->rcu, &honest, e);
	if (d->callbacks == NULL || rcs_rcu_plugin_load(p, e) != 0 ||
	    create_its(d, p, e) != 0) {
		release(d);
		return NULL;
	}
	return &d->rcu;
}

static int synchronize_its(struct rcs_rcu_plugin_domain *d, struct rcs_rcu_thread *self)
{
	struct rcs_plugin_outer outer = begin("synchronize()", RCS_PLUGIN_WAITS);

	return end_with(outer,
			d->its->synchronize(d->domain, rcs_rcu_plugin_self(self)));
}

static void stand_on(struct rcs_rcu *rcu, const struct rcs_rcu_ground *ground)
{
	struct rcs_rcu_plugin_domain *d = rcs_rcu_plugin_domain_of(rcu);

	/* One that start_poll() began may still be under way. */
	if ((rcu->flavour->abilities & RCS_RCU_ON_BARRIER) != 0 &&
	    d->its->start_poll != NULL)
		(void)synchronize_its(d, NULL);
	(void)pthread_mutex_lock(&d->lock);
	(void)pthread_mutex_lock(&d->ground);
	rcu->options.ground = *ground;
	(void)pthread_mutex_unlock(&d->ground);
	(void)pthread_mutex_unlock(&d->lock);
}

static struct rcs_rcu_thread *enter(struct rcs_rcu *rcu, const char *name,
				    struct rcs_error *e)
{
	struct rcs_rcu_plugin_domain *d = rcs_rcu_plugin_domain_of(rcu);
	struct rcs_rcu_plugin_thread *t =
		rcs_rcu_registry_new(rcu, sizeof(*t), __alignof__(*t), name, e);
	struct rcs_plugin_outer outer;
	int result;

	if (t == NULL)
		return NULL;
	t->its = d->its;
	outer = begin("enter()", RCS_PLUGIN_QUEUES);
	result = d->its->enter(d->domain, t->member.thread.name, &t->self);
	end(outer);
	if (rcs_plugin_check_result(rcu->flavour->name, "enter()", result, e) != 0) {
		free(t);
		return NULL;
	}
	rcs_rcu_registry_add(&d->registry, &t->member);
	return &t->member.thread;
}

static void leave(struct rcs_rcu_thread *self)
{
	struct rcs_rcu_plugin_thread *t = rcs_rcu_plugin_thread_of(self);
	struct rcs_rcu_plugin_domain *d = rcs_rcu_plugin_domain_of(self->rcu);
	struct rcs_plugin_outer outer;

	rcs_callbacks_leave(d->callbacks, self);
	outer = begin("leave()", RCS_PLUGIN_WAITS);
	d->its->leave(t->self);
	end(outer);
	rcs_rcu_registry_remove(&d->registry, &t->member);
	free(t);
}

static void read_lock(struct rcs_rcu_thread *self)
{
	const struct rcs_rcu_plugin_thread *t = rcs_rcu_plugin_thread_of(self);
	struct rcs_plugin_outer outer = begin("read_lock()", RCS_PLUGIN_RETURNS);

	t->its->read_lock(t->self);
	end(outer);
}

static void read_unlock(struct rcs_rcu_thread *self)
{
	const struct rcs_rcu_plugin_thread *t = rcs_rcu_plugin_thread_of(self);
	struct rcs_plugin_outer outer = begin("read_unlock()", RCS_PLUGIN_RETURNS);

	t->its->read_unlock(t->self);
	end(outer);
}

static void quiescent(struct rcs_rcu_thread *self)
{
	const struct rcs_rcu_plugin_thread *t = rcs_rcu_plugin_thread_of(self);

	struct rcs_plugin_outer outer;

	if (t->its->quiescent == NULL)
		return;
	outer = begin("quiescent()", RCS_PLUGIN_RETURNS);
	t->its->quiescent(t->self);
	end(outer);
}

static void offline(struct rcs_rcu_thread *self)
{
	const struct rcs_rcu_plugin_thread *t = rcs_rcu_plugin_thread_of(self);

	struct rcs_plugin_outer outer;

	if (t->its->offline == NULL)
		return;
	outer = begin("offline()", RCS_PLUGIN_RETURNS);
	t->its->offline(t->self);
	end(outer);
}

static void online(struct rcs_rcu_thread *self)
{
	const struct rcs_rcu_plugin_thread *t = rcs_rcu_plugin_thread_of(self);

	struct rcs_plugin_outer outer;

	if (t->its->online == NULL)
		return;
	outer = begin("online()", RCS_PLUGIN_QUEUES);
	t->its->online(t->self);
	end(outer);
}

static void *word(struct rcs_rcu_thread *self)
{
	const struct rcs_rcu_plugin_thread *t = rcs_rcu_plugin_thread_of(self);

	struct rcs_plugin_outer outer = begin("word()", RCS_PLUGIN_RETURNS);
	void *word_of_it = t->its->word(t->self);

	end(outer);
	return word_of_it;
}

static int synchronize(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	if (rcs_rcu_plugin_instead(rcu))
		return rcs_rcu_plugin_instead_synchronize(rcu);
	return synchronize_its(rcs_rcu_plugin_domain_of(rcu), self);
}

static int synchronize_expedited(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	struct rcs_rcu_plugin_domain *d = rcs_rcu_plugin_domain_of(rcu);
	struct rcs_plugin_outer outer;

	if (rcs_rcu_plugin_instead(rcu) || d->its->synchronize_expedited == NULL)
		return synchronize(rcu, self);
	outer = begin("synchronize_expedited()", RCS_PLUGIN_WAITS);
	return end_with(outer, d->its->synchronize_expedited(
				       d->domain, rcs_rcu_plugin_self(self)));
}

/* A member that is added must make these larger: none may go into padding. */
#define ENDS_IN(type, member)                                                          \
	(offsetof(struct type, member) + sizeof(((struct type *)NULL)->member) ==      \
	 sizeof(struct type))
_Static_assert(ENDS_IN(rcustress_rcu_options, reserved), "padding at the end");
_Static_assert(ENDS_IN(rcustress_rcu, after_fork_child), "padding at the end");
_Static_assert(ENDS_IN(rcustress_barrier, teardown), "padding at the end");

/* Heads and callbacks are alike in both contracts: two words, and one argument. */
_Static_assert(sizeof(struct rcustress_rcu_head) == sizeof(struct rcs_rcu_head),
	       "a head of the plug-in's is to fit in one of ours");

static void call(struct rcs_rcu *rcu, struct rcs_rcu_thread *self,
		 struct rcs_rcu_head *head, rcs_rcu_callback *function)
{
	struct rcs_rcu_plugin_domain *d = rcs_rcu_plugin_domain_of(rcu);

	struct rcs_plugin_outer outer;

	if (rcs_rcu_plugin_instead(rcu)) {
		rcs_callbacks_call(d->callbacks, self, head, function);
		return;
	}
	outer = begin("call()", RCS_PLUGIN_QUEUES);
	d->its->call(d->domain, rcs_rcu_plugin_self(self),
		     (struct rcustress_rcu_head *)(void *)head,
		     (rcustress_rcu_callback *)(void (*)(void))function);
	end(outer);
}

static int barrier(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	struct rcs_rcu_plugin_domain *d = rcs_rcu_plugin_domain_of(rcu);
	struct rcs_plugin_outer outer;

	if (rcs_rcu_plugin_instead(rcu))
		return rcs_callbacks_barrier(d->callbacks, self);
	outer = begin("barrier()", RCS_PLUGIN_WAITS);
	return end_with(outer, d->its->barrier(d->domain, rcs_rcu_plugin_self(self)));
}

static uint64_t get_state(struct rcs_rcu *rcu)
{
	struct rcs_rcu_plugin_domain *d = rcs_rcu_plugin_domain_of(rcu);
	struct rcs_plugin_outer outer;
	uint64_t cookie;

	if (rcs_rcu_plugin_instead(rcu))
		return rcs_rcu_plugin_instead_state(rcu);
	outer = begin("get_state()", RCS_PLUGIN_RETURNS);
	cookie = d->its->get_state(d->domain);
	end(outer);
	return cookie;
}

static uint64_t start_poll(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	struct rcs_rcu_plugin_domain *d = rcs_rcu_plugin_domain_of(rcu);
	struct rcs_plugin_outer outer;
	uint64_t cookie;

	if (rcs_rcu_plugin_instead(rcu)) {
		cookie = rcs_rcu_plugin_instead_state(rcu);
		rcs_callbacks_kick(d->callbacks);
		return cookie;
	}
	outer = begin("start_poll()", RCS_PLUGIN_QUEUES);
	cookie = d->its->start_poll(d->domain, rcs_rcu_plugin_self(self));
	end(outer);
	return cookie;
}

static bool poll(struct rcs_rcu *rcu, uint64_t cookie)
{
	struct rcs_rcu_plugin_domain *d = rcs_rcu_plugin_domain_of(rcu);
	struct rcs_plugin_outer outer;
	bool over;

	if (rcs_rcu_plugin_instead(rcu))
		return rcs_rcu_plugin_instead_poll(rcu, cookie);
	outer = begin("poll()", RCS_PLUGIN_RETURNS);
	over = d->its->poll(d->domain, cookie) != 0;
	end(outer);
	return over;
}

static int cond_synchronize(struct rcs_rcu *rcu, struct rcs_rcu_thread *self,
			    uint64_t cookie)
{
	struct rcs_rcu_plugin_domain *d = rcs_rcu_plugin_domain_of(rcu);
	struct rcs_plugin_outer outer;

	if (rcs_rcu_plugin_instead(rcu))
		return rcs_rcu_plugin_instead_poll(rcu, cookie)
			       ? 0
			       : rcs_rcu_plugin_instead_synchronize(rcu);
	outer = begin("cond_synchronize()", RCS_PLUGIN_WAITS);
	return end_with(outer, d->its->cond_synchronize(
				       d->domain, rcs_rcu_plugin_self(self), cookie));
}

static void before_fork(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	struct rcs_rcu_plugin_domain *d = rcs_rcu_plugin_domain_of(rcu);
	struct rcs_plugin_outer outer;

	/* In the order that callbacks.h has. */
	rcs_callbacks_before_fork(d->callbacks);
	(void)pthread_mutex_lock(&d->lock);
	outer = begin("before_fork()", RCS_PLUGIN_WAITS);
	d->its->before_fork(d->domain, rcs_rcu_plugin_self(self));
	end(outer);
	(void)pthread_mutex_lock(&d->ground);
	rcs_callbacks_hold(d->callbacks);
	(void)pthread_mutex_lock(&d->registry.lock);
}

static void let_go(struct rcs_rcu_plugin_domain *d, bool child)
{
	(void)pthread_mutex_unlock(&d->registry.lock);
	rcs_callbacks_let_go(d->callbacks, child);
	(void)pthread_mutex_unlock(&d->ground);
}

static void after_fork_parent(struct rcs_rcu *rcu)
{
	struct rcs_rcu_plugin_domain *d = rcs_rcu_plugin_domain_of(rcu);
	struct rcs_plugin_outer outer;

	let_go(d, false);
	outer = begin("after_fork_parent()", RCS_PLUGIN_WAITS);
	d->its->after_fork_parent(d->domain);
	end(outer);
	(void)pthread_mutex_unlock(&d->lock);
	rcs_callbacks_after_fork(d->callbacks, false);
}

static void after_fork_child(struct rcs_rcu *rcu, struct rcs_rcu_thread *self)
{
	struct rcs_rcu_plugin_domain *d = rcs_rcu_plugin_domain_of(rcu);
	struct rcs_plugin_outer outer;

	let_go(d, true);
	outer = begin("after_fork_child()", RCS_PLUGIN_WAITS);
	d->its->after_fork_child(d->domain, rcs_rcu_plugin_self(self));
	end(outer);
	/* Only now: it has the names of those that are not here. */
	rcs_rcu_registry_outlive(&d->registry, self);
	(void)pthread_mutex_unlock(&d->lock);
	rcs_callbacks_after_fork(d->callbacks, true);
}

void rcs_rcu_plugin_functions(struct rcs_rcu_flavour *f,
			      const struct rcs_rcu_plugin_has *has)
{
	f->create = create;
	f->destroy = destroy;
	f->stand_on = stand_on;
	f->enter = enter;
	f->leave = leave;
	f->read_lock = read_lock;
	f->read_unlock = read_unlock;
	f->quiescent = quiescent;
	f->offline = offline;
	f->online = online;
	f->synchronize = synchronize;
	f->synchronize_expedited = synchronize_expedited;
	f->word = has->word ? word : NULL;
	f->call = has->calls ? call : NULL;
	f->barrier = has->calls ? barrier : NULL;
	f->get_state = has->polls ? get_state : NULL;
	f->start_poll = has->polls ? start_poll : NULL;
	f->poll = has->polls ? poll : NULL;
	f->cond_synchronize = has->polls ? cond_synchronize : NULL;
	f->before_fork = has->forks ? before_fork : NULL;
	f->after_fork_parent = has->forks ? after_fork_parent : NULL;
	f->after_fork_child = has->forks ? after_fork_child : NULL;
}
