/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What rcustress asks of a barrier, or of an RCU, that is not its own: a shared object
 * with one of these structs in it, for
 *
 *     rcustress --barrier ./libmine.so[:symbol]
 *     rcustress --rcu ./libmine.so[:symbol]
 *
 * For C (C99 and later) and C++. rcustress-plugin(7) goes from an empty file to a
 * verdict.
 *
 * The object is loaded once for each cell, in a process of that cell's own, and never
 * in the program that plans and reports; before that, children that do nothing else
 * read its struct and try it out. It may use threads, signals and registrations of its
 * own, as long as they are taken down by what takes down here.
 *
 * Where a function returns an int, that is 0 or a negative errno value, as -ENOMEM. No
 * C++ exception and no longjmp() may leave any of them.
 *
 * Which thread calls what is said at each member, in these words: *main* is the thread
 * that set up, which runs no rounds; a *reader* runs the light side, a *writer* the
 * heavy side, and a thread of the program can be both. Members marked (optional) may
 * be NULL.
 */
#ifndef RCUSTRESS_H
#define RCUSTRESS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The version of these structs. Members are only ever added at the end, with NULL or 0
 * standing for what was before: `size` tells how many there are, and a program and an
 * object of different size get along as long as neither needs what the other does not
 * know. The version changes when that is not enough, and then they do not.
 */
#define RCUSTRESS_ABI 1

/* For the struct, where everything else is hidden (-fvisibility=hidden). */
#define RCUSTRESS_EXPORT __attribute__((visibility("default")))

/* ---- A barrier: a heavy side for writers, with or without a fence in readers. ---- */

/* Readers need a real fence: the light side is one, and not a compiler barrier. */
#define RCUSTRESS_READERS_FENCE (UINT32_C(1) << 0)
/* It rests on TLB shootdowns by interrupt, as revoking a page's permissions does: where
 * the CPU can broadcast them instead, it is made to before anything is judged. */
#define RCUSTRESS_BY_SHOOTDOWN (UINT32_C(1) << 1)

struct rcustress_barrier {
	size_t size;	/* sizeof(struct rcustress_barrier) */
	uint32_t abi;	/* RCUSTRESS_ABI */
	uint32_t flags; /* of RCUSTRESS_READERS_FENCE …, or-ed together; others are 0 */

	/*
	 * For the command line and reports: a letter or digit, then letters, digits and
	 * any of "-_.+", 40 at most. Not the name of a barrier of rcustress.
	 */
	const char *name;
	const char *summary; /* one line: what the heavy side does */

	/*
	 * (optional) Whether it can work on this machine: 0, or an error, which makes
	 * its cells SKIPPED. Main, in a child, before anything else.
	 */
	int (*probe)(void);
	/*
	 * (optional) Readies the process: registrations, handlers, what all threads
	 * share. *state is handed to what is below; without setup() it is NULL. Main,
	 * once, before there is any other thread of the program; first of all in a
	 * child, which then calls every other member as well.
	 */
	int (*setup)(void **state);
	/* (optional) In each reader and writer, before its first and after its last
	 * round. */
	int (*thread_enter)(void *state);
	void (*thread_leave)(void *state);
	/*
	 * (optional) In each writer, after thread_enter(): what two writers must not
	 * share, such as a page that one protects while the other stores to it. *writer
	 * is what heavy() gets; without writer_enter() that is the state.
	 */
	int (*writer_enter)(void *state, void **writer);
	void (*writer_leave)(void *state, void *writer);
	/*
	 * The barrier: what the writer did before it is seen by whatever each other
	 * thread does after some point of that thread's run, and what that thread did
	 * before this point is seen by the writer afterwards. The point is anywhere
	 * between the call and its return. Writers, several at once, each with its own
	 * *writer; never a thread that has not entered. An error ends the cell: FAULT.
	 */
	int (*heavy)(void *writer);
	/* (optional) Main, after all threads have left. */
	void (*teardown)(void *state);
};

/* The symbol that is looked for when none is named. Declared so that C++ exports it. */
extern RCUSTRESS_EXPORT const struct rcustress_barrier rcustress_barrier;

/* ---- An RCU. ---- */

/* Grace periods rest on a barrier that it is given (struct rcustress_rcu_options,
 * `heavy`): then any barrier can be put under it. Otherwise it brings its own. */
#define RCUSTRESS_RCU_ON_BARRIER (UINT32_C(1) << 0)
/* It waits for quiescent states and not for the ends of sections: quiescent(),
 * offline() and online() are there. */
#define RCUSTRESS_RCU_QUIESCES (UINT32_C(1) << 1)
/* Signal handlers may read, and interrupt any function of the read side. */
#define RCUSTRESS_RCU_IN_HANDLERS (UINT32_C(1) << 2)
/* A child of fork() may go on: before_fork() and the two after it are there. */
#define RCUSTRESS_RCU_FORKS (UINT32_C(1) << 3)
/* A thread may end without leave(), within a section as well: it counts as having left
 * from then on. */
#define RCUSTRESS_RCU_FORGIVES_EXIT (UINT32_C(1) << 4)
/* It calls `stalled` of its options. */
#define RCUSTRESS_RCU_TELLS_STALLS (UINT32_C(1) << 5)

/* In every object that call() is given: room for a link and the function. Whoever needs
 * more has it elsewhere. */
struct rcustress_rcu_head {
	void *room[2];
};

typedef void rcustress_rcu_callback(struct rcustress_rcu_head *head);

/* What create() is told. */
struct rcustress_rcu_options {
	size_t size; /* of this struct, as the program has it */
	/*
	 * The heavy side of a barrier, for who rests on one; to be called with
	 * `writer`, by one thread at a time, though not always the same. 0, or an
	 * error, with which the grace period then fails.
	 */
	int (*heavy)(void *writer);
	void *writer;
	/*
	 * To be called, by who can tell, again and again while a grace period waits for
	 * longer than stall_ns for one thread: its name, its kernel's number (or 0) and
	 * for how long. It takes no part in grace periods. Any thread.
	 */
	uint64_t stall_ns;
	void (*stalled)(const char *thread, long tid, uint64_t waited_ns,
			void *argument);
	void *stalled_argument;
	/* Counters may as well begin where they will soon wrap. Not binding. */
	uint32_t near_wrap;
	uint32_t reserved; /* 0; so that nothing but members is at the end */
};

/*
 * What a grace period promises: synchronize() is a full barrier for its caller; and for
 * each read-side critical section, either all of it and all before it is seen by what
 * comes after the grace period, or what comes before the grace period is seen by all
 * of it and all that comes after.
 *
 * `rcu` is a domain, of create(). `self` is a thread in it, of enter(); members that
 * are not of the read side may be called by threads that have not entered, with NULL.
 */
struct rcustress_rcu {
	size_t size;	/* sizeof(struct rcustress_rcu) */
	uint32_t abi;	/* RCUSTRESS_ABI */
	uint32_t flags; /* of RCUSTRESS_RCU_ON_BARRIER …, or-ed together */

	/* As of a barrier, but 24 characters at most; not a flavour of rcustress. */
	const char *name;
	const char *summary; /* one line: how it knows that readers are through */

	/* (optional) As of a barrier. */
	int (*probe)(void);
	/* A domain. Main; one at a time, and another when that one is destroyed. */
	int (*create)(const struct rcustress_rcu_options *options, void **rcu);
	/* All threads have left, all callbacks have run. Main. */
	void (*destroy)(void *rcu);

	/*
	 * Registers the calling thread, and the end of that, outside any section. The
	 * name is there until leave() returns. Readers; writers as they like; threads
	 * come and go.
	 */
	int (*enter)(void *rcu, const char *name, void **self);
	void (*leave)(void *self);

	/*
	 * A read-side critical section, of the thread `self`. They nest, 100 deep at
	 * least.
	 */
	void (*read_lock)(void *self);
	void (*read_unlock)(void *self);
	/* Waits for a grace period. Any thread, several at once; not in a section. */
	int (*synchronize)(void *rcu, void *self);

	/* (with QUIESCES) The thread holds nothing; it is about to sleep, and is not
	 * waited for until it is back. The thread `self`, in no section. */
	void (*quiescent)(void *self);
	void (*offline)(void *self);
	void (*online)(void *self);

	/*
	 * (optional) The word that read_lock() stores to: aligned to 128 bytes, with
	 * nothing of anybody else's behind it in those. It is stored to, with the value
	 * that it has, to hold the store of read_lock() back: much is found that way
	 * that is not found otherwise. The thread `self`.
	 */
	void *(*word)(void *self);

	/* (optional) As synchronize(), sooner, at whatever cost. */
	int (*synchronize_expedited)(void *rcu, void *self);

	/*
	 * (optional, both or none) Has function(head) called after a grace period, in
	 * any thread; those of one thread in the order in which they were given. Any
	 * thread, in sections and callbacks too. barrier(): until all that were given
	 * before have been called; any thread, in no section and no callback.
	 */
	void (*call)(void *rcu, void *self, struct rcustress_rcu_head *head,
		     rcustress_rcu_callback *function);
	int (*barrier)(void *rcu, void *self);

	/*
	 * (optional, all or none) Polled grace periods. get_state() and start_poll(),
	 * each a full barrier, give a cookie for the grace periods that begin
	 * afterwards; start_poll() sees to it that there will be one; poll() is other
	 * than 0 when one is over; cond_synchronize() waits unless one is. Any thread.
	 */
	uint64_t (*get_state)(void *rcu);
	uint64_t (*start_poll)(void *rcu, void *self);
	int (*poll)(void *rcu, uint64_t cookie);
	int (*cond_synchronize)(void *rcu, void *self, uint64_t cookie);

	/* (with FORKS) Around fork(), in the thread that forks, in no section. In the
	 * child what was pending goes on. */
	void (*before_fork)(void *rcu, void *self);
	void (*after_fork_parent)(void *rcu);
	void (*after_fork_child)(void *rcu, void *self);
};

/* The symbol that is looked for when none is named. */
extern RCUSTRESS_EXPORT const struct rcustress_rcu rcustress_rcu;

#ifdef __cplusplus
}
#endif

#endif
