/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The contract of an RCU flavour. Each is one file that ends in one of these structs,
 * a header in read/ with its read side, to be inlined into readers, and one line in
 * list_own.h, or urcu/list.h.
 *
 * A domain is one instance: readers and grace periods of one know nothing of those of
 * another. A thread that reads must have entered (registered); one that only calls
 * synchronize(), call() and the like need not, and gives NULL for itself.
 *
 * What a grace period promises, of every flavour: synchronize() is a full barrier for
 * its caller, and for each read-side critical section either all of it, and all that
 * comes before it, is seen by what comes after the grace period; or what comes before
 * the grace period is seen by all of it, and all that comes after. (Alglave et al.,
 * "Frightening Small Children and Disconcerting Grown-ups", ASPLOS 2018, section 4.)
 */
#ifndef RCS_RCU_RCU_H
#define RCS_RCU_RCU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "host/error.h"
#include "rcu/delay.h"

#define RCS_RCU_NAME_SIZE 32

enum rcs_rcu_ability {
	/* Rests on a barrier: any can be put under it. Others bring their own. */
	RCS_RCU_ON_BARRIER = 1 << 0,
	/* Waits for quiescent states, not for sections: see quiescent(). */
	RCS_RCU_QUIESCES = 1 << 1,
	/* Signal handlers may read, within a section as well. */
	RCS_RCU_IN_HANDLERS = 1 << 2,
	/* A child of fork() may go on: see before_fork(). */
	RCS_RCU_FORKS = 1 << 3,
	/*
	 * A thread may end without leaving, within a section as well. It counts as
	 * having left as its thread-specific data is destroyed; until then it is waited
	 * for.
	 */
	RCS_RCU_FORGIVES_EXIT = 1 << 4,
	/* Calls `stalled` in synchronize(); and in its expedited form, unless that is a
	 * library's. */
	RCS_RCU_TELLS_STALLS = 1 << 5,
};

/*
 * What grace periods rest on. The flavour calls these from one thread at a time, and
 * not always the same.
 */
struct rcs_rcu_ground {
	/* The heavy side of a barrier; 0 or a negative errno value. Flavours
	 * ON_BARRIER. */
	int (*heavy)(void *writer);
	void *writer;
	/*
	 * If not NULL, a grace period is this call and nothing else. A control for
	 * flavours that have no barrier to swap; never called by those that have.
	 */
	int (*instead)(void *argument);
	void *argument;
};

/* A reader that a grace period has waited for longer than it should. */
struct rcs_rcu_stall {
	const char *thread; /* its name */
	pid_t tid;
	uint64_t waited_ns;
	unsigned nesting;  /* how deep in sections it is; 0: not known */
	const void *entry; /* where it entered, a code address; NULL: not noted */
};

struct rcs_rcu_options {
	struct rcs_rcu_ground ground;
	/*
	 * Called again and again while a grace period is stalled, by flavours that TELL
	 * STALLS, in the thread that runs it: it must not wait for one. NULL: nobody
	 * is.
	 */
	void (*stalled)(const struct rcs_rcu_stall *stall, void *argument);
	void *stalled_argument;
	uint64_t stall_ns; /* 0: 10 s */
	bool near_wrap;	   /* counters begin where they will soon wrap */
	bool per_cpu;	   /* a callback worker for each CPU, not one for all */
	struct rcs_rcu_delay delay; /* of torture builds: in the update side */
};

/* A domain; the first member of each flavour's own. */
struct rcs_rcu {
	const struct rcs_rcu_flavour *flavour;
	struct rcs_rcu_options options;
};

/* A thread in a domain; the first member of each flavour's own. */
struct rcs_rcu_thread {
	struct rcs_rcu *rcu;
	char name[16];
	pid_t tid;
	struct rcs_callbacks_queue
		*calls;		    /* of callbacks.c, from its first call() on */
	const void *entry;	    /* torture builds: where it entered its section */
	struct rcs_rcu_delay delay; /* torture builds: in the read side */
};

/* In every object that call() is to free; alive until the callback runs. */
struct rcs_rcu_head {
	struct rcs_rcu_head *next;
	void (*function)(struct rcs_rcu_head *head);
};

typedef void rcs_rcu_callback(struct rcs_rcu_head *head);

struct rcs_rcu_flavour {
	const char *name;
	const char *plugin;  /* "path:symbol"; NULL: it is one of rcustress */
	const char *summary; /* one line: how it knows that readers are through */
	const char *source;  /* whose it is, or where the idea is from */
	unsigned abilities;  /* of enum rcs_rcu_ability, or-ed together */
	/* The companion that its cells run in, and nothing else of it is here than
	 * create(), which fails; NULL: they run in this program. */
	const char *program;
	/*
	 * The same with delay points compiled into its primitives, for the torture;
	 * NULL: it has none. Read sides of both go with either.
	 */
	const struct rcs_rcu_flavour *torture;

	/* A domain. NULL and *e: RESOURCE, UNSUPPORTED. One at a time for flavours
	 * that are a library's, with state of its own. */
	struct rcs_rcu *(*create)(const struct rcs_rcu_options *options,
				  struct rcs_error *e);
	/* All threads have left, all callbacks have run. */
	void (*destroy)(struct rcs_rcu *rcu);
	/*
	 * Puts it on other ground. Nobody is in a section, a grace period or a call()
	 * that has not run its callback; but one that start_poll() started may still
	 * run, as barrier() does not wait for those, and is waited for here.
	 */
	void (*stand_on)(struct rcs_rcu *rcu, const struct rcs_rcu_ground *ground);

	/*
	 * Registers the calling thread. NULL and *e (RESOURCE). leave() ends that,
	 * outside any section; once it has begun, handlers must not read as that
	 * thread.
	 */
	struct rcs_rcu_thread *(*enter)(struct rcs_rcu *rcu, const char *name,
					struct rcs_error *e);
	void (*leave)(struct rcs_rcu_thread *self);

	/*
	 * The read side as functions, for where speed does not matter; readers inline
	 * what read/ has. Sections nest, 65535 deep at most.
	 */
	void (*read_lock)(struct rcs_rcu_thread *self);
	void (*read_unlock)(struct rcs_rcu_thread *self);
	/*
	 * Of flavours that QUIESCE; others need not be told, and do nothing. In no
	 * section: the thread holds nothing. Offline: until online() it is not waited
	 * for; to be told before it sleeps.
	 */
	void (*quiescent)(struct rcs_rcu_thread *self);
	void (*offline)(struct rcs_rcu_thread *self);
	void (*online)(struct rcs_rcu_thread *self);
	/*
	 * The word that entering a section stores to, or NULL: amplifiers hold it
	 * back. The thread itself may store its value again at any time. Amplifiers use
	 * it if it is aligned to 128 bytes: then the last bytes of its line of 64, and
	 * 8 bytes behind that line, are there and not used for anything else.
	 */
	void *(*word)(struct rcs_rcu_thread *self);

	/*
	 * Waits for a grace period; not from within a section. 0, or the negative
	 * errno value of a heavy side that failed: then nothing is promised. The
	 * expedited form may spin on every CPU; it may be synchronize(), where a
	 * flavour knows no faster way.
	 */
	int (*synchronize)(struct rcs_rcu *rcu, struct rcs_rcu_thread *self);
	int (*synchronize_expedited)(struct rcs_rcu *rcu, struct rcs_rcu_thread *self);

	/*
	 * Workers that run callbacks may use the CPUs that whoever created the domain
	 * might then.
	 *
	 * call() and barrier() are NULL of plug-ins that do not have them, and never of
	 * others.
	 *
	 * Has function(head) called after a grace period, from another thread or a
	 * later call. Those given with the same `self` run in the order in which they
	 * were given, and so do those given with NULL; a thread that has left and
	 * entered again is another. May be called from within sections and callbacks,
	 * the latter with NULL.
	 */
	void (*call)(struct rcs_rcu *rcu, struct rcs_rcu_thread *self,
		     struct rcs_rcu_head *head, rcs_rcu_callback *function);
	/*
	 * Until all callbacks that any thread has given before have run: 0. Or an error
	 * as of synchronize(), or -ENOMEM or -EAGAIN where there was no memory, or no
	 * thread to run them: then they may not have run yet. Not from a section or a
	 * callback.
	 */
	int (*barrier)(struct rcs_rcu *rcu, struct rcs_rcu_thread *self);

	/*
	 * Polled grace periods; NULL where there are none. A cookie stands for the
	 * grace periods that begin after it was had: poll() says whether one is over,
	 * start_poll() sees to it that one will be. Having one is a full barrier: what
	 * its caller did before comes before those grace periods.
	 */
	uint64_t (*get_state)(struct rcs_rcu *rcu);
	uint64_t (*start_poll)(struct rcs_rcu *rcu, struct rcs_rcu_thread *self);
	bool (*poll)(struct rcs_rcu *rcu, uint64_t cookie);
	int (*cond_synchronize)(struct rcs_rcu *rcu, struct rcs_rcu_thread *self,
				uint64_t cookie);

	/*
	 * Around fork(), in the thread that forks; not from a section or a callback.
	 * NULL without the ability. In the child, what was pending goes on: callbacks
	 * run, and cookies of start_poll() will be over.
	 */
	void (*before_fork)(struct rcs_rcu *rcu, struct rcs_rcu_thread *self);
	void (*after_fork_parent)(struct rcs_rcu *rcu);
	void (*after_fork_child)(struct rcs_rcu *rcu, struct rcs_rcu_thread *self);
};

/* By place in list.h. */
extern const struct rcs_rcu_flavour *const rcs_rcu_flavours[];
extern const size_t rcs_rcu_flavour_count;

/*
 * NULL and *e (usage, with the names that there are). Text with a slash is a plug-in,
 * "path[:symbol]", which is known by its name from then on; of these also FAULT and
 * RESOURCE, see plugin.h.
 */
const struct rcs_rcu_flavour *rcs_rcu_find(const char *name, struct rcs_error *e);

#endif
