/* SPDX-License-Identifier: BSD-2-Clause */
/* Children of fork(): see environment.h. */
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "stress/torture/environment.h"

/* Looks at a child that are too many. Alone in its process, it needs no time at all. */
#define LOOKS	   10000
#define LOOKS_KILL 1000
#define LOOK_NS	   1000000

enum { GOT_ALONG, SAW_WRONG };

/* Nothing of the parent's torture goes on here; its memory is a copy. */
static int be_child(struct rcs_torture *t, struct rcs_rcu_thread *self)
{
	const struct rcs_rcu_flavour *f = t->flavour;
	struct rcs_torture_object *object;
	int wrong = GOT_ALONG;

	if (self != NULL) {
		f->online(self);
		f->read_lock(self);
		object = ck_pr_load_ptr(&t->slot[0].object);
		if (object->canary != RCS_TORTURE_CANARY_VALUE)
			wrong = SAW_WRONG;
		f->read_unlock(self);
		f->offline(self);
	}
	/* Nobody else counts calls here, and who did may have been in the midst of it.
	 */
	t->meter.counted = t->meter.made;
	/* Nor is any reader in a section: the reference would wait for it. */
	for (int r = 0; r < t->runner.readers; r++)
		rcs_torture_store(&t->reader[r].guard, 0);
	/* A heavy side need not work in a child: then nothing is promised. */
	(void)f->synchronize(t->rcu, self);
	return wrong;
}

void rcs_torture_fork(struct rcs_torture_updater *u)
{
	struct rcs_torture *t = u->torture;
	const struct rcs_rcu_flavour *f = t->flavour;
	const struct timespec look = {0, LOOK_NS};
	int status = 0;
	pid_t child;

	if ((f->abilities & RCS_RCU_FORKS) == 0)
		return;
	f->before_fork(t->rcu);
	child = fork();
	if (child == 0) {
		f->after_fork_child(t->rcu, u->self);
		_exit(be_child(t, u->self));
	}
	f->after_fork_parent(t->rcu);
	if (child < 0)
		return;
	for (int looks = 0; waitpid(child, &status, WNOHANG) == 0; looks++) {
		if (looks == (t->kill ? LOOKS_KILL : LOOKS))
			(void)kill(child, SIGKILL);
		/* It is the child that is slow: the watch need not bark. */
		rcs_torture_store(&u->turns, u->turns + 1);
		(void)nanosleep(&look, NULL);
	}
	if (status != 0)
		rcs_torture_update_fails(u, RCS_TORTURE_CHILD, 0,
					 (rcs_torture_word)status);
}
