/* SPDX-License-Identifier: BSD-2-Clause */
/* What the torture is made of; shared by the files in this folder. */
#ifndef RCS_STRESS_TORTURE_RIG_H
#define RCS_STRESS_TORTURE_RIG_H

#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "rcu/rcu.h"
#include "stress/plan.h"
#include "stress/runner.h"
#include "stress/torture/meter.h"
#include "stress/torture/note.h"
#include "stress/torture/object.h"
#include "stress/torture/stamp.h"
#include "stress/torture/torture.h"

struct rcs_torture;
struct rcs_torture_reader;

/* So many sections, with a read side inlined. */
typedef void rcs_torture_read_function(struct rcs_torture_reader *r, unsigned sections);

/* Of a flavour: without and with full fences. */
struct rcs_torture_side {
	const char *name; /* as in C; NULL: the end of a list */
	rcs_torture_read_function *read[2];
};

/* Of all flavours; of those with delay points; and of mutants, which all have them. */
extern const struct rcs_torture_side rcs_torture_sides[];
extern const struct rcs_torture_side rcs_torture_sides_delayed[];
extern const struct rcs_torture_side rcs_torture_sides_mutants[];
/* Calls the flavour's functions, where none is inlined. */
extern const struct rcs_torture_side rcs_torture_side_by_call;

/* That of the name, or that by call. */
const struct rcs_torture_side *rcs_torture_side_find(const char *name);
/* With delay points; NULL: there is none. */
const struct rcs_torture_side *rcs_torture_side_find_delayed(const char *name);

struct rcs_torture_reader {
	struct rcs_torture_presence presence;
	/*
	 * Of a reference for flavours without a barrier: odd within a section. Looked
	 * at by wait_for_guards().
	 */
	rcs_torture_word guard RCS_TORTURE_ALIGNED;
	/* All else is the reader's own. */
	struct rcs_torture *torture RCS_TORTURE_ALIGNED;
	struct rcs_rcu_thread *self;
	int number;
	rcs_torture_word last;	     /* what presence.now was set to */
	rcs_torture_word piece, gap; /* in cycles */
	rcs_torture_word us;	     /* cycles in a microsecond */
	struct rcs_amplify amplify;
	rcs_amplify_function *amplifier;
	struct rcs_random random;
	bool guarded, quiesces, shuffled;
	unsigned stutter_one_in; /* turns of its loop */
	/* Looked at by the watch: it stays away; how often it was in no section. */
	rcs_torture_word parked, passes;
	pthread_t thread; /* of the team, once it is present */
	int nice;	  /* as it came */
	bool reprioritized;
	pid_t tid;
	unsigned present;
	struct rcs_torture_stamp *const *stamps; /* all that there are */
	unsigned stamp_count;
	rcs_torture_word sections;		   /* looked at by the watch */
	const struct rcs_torture_section *section; /* that it is in, or NULL */
	uint64_t pipe[RCS_TORTURE_PIPE_MAX + 1];
	struct rcs_error error; /* it could not enter the domain */
	char *spare;		/* two lines to amplify on in place of a word */
	struct rcs_torture_log log;
};

#define RCS_TORTURE_CALLBACKS 1024 /* of an updater, not yet invoked */

struct rcs_torture_callback {
	struct rcs_rcu_head head;
	struct rcs_torture_updater *updater;
	struct rcs_torture_object *object; /* to be freed by it, or NULL */
	rcs_torture_word number;
	bool queued;
};

struct rcs_torture_updater {
	struct rcs_torture_stamp waited; /* of grace periods that it waits for */
	struct rcs_torture_stamp called; /* of callbacks */
	struct rcs_torture_meter meter;	 /* for flavours without a barrier */
	struct rcs_torture *torture;
	struct rcs_rcu_thread *self; /* NULL: it is not registered */
	int number;
	struct rcs_random random;
	pid_t tid;
	pthread_t thread;
	uint64_t had_ns; /* of CPU time, when its turns last changed: of the watch */
	/*
	 * Looked at by the watch: what it is through with; that it stays away; that it
	 * looks, again and again, for what others must do, and how often it was not
	 * done.
	 */
	rcs_torture_word turns RCS_TORTURE_ALIGNED;
	rcs_torture_word parked, looking, looks;
	rcs_torture_word serial; /* of its objects */
	rcs_torture_word given;	 /* callbacks, by number */
	unsigned floods;	 /* those that it has had a part in */
	uint64_t periods[RCS_TORTURE_WAYS];
	uint64_t longest; /* cycles */
	struct rcs_error error;
	/* What callbacks touch as well. */
	pthread_mutex_t lock;
	struct rcs_torture_fifo freed, aging;
	struct rcs_torture_list list;
	struct rcs_torture_table *table;
	struct rcs_torture_slot page; /* see protect.c */
	rcs_torture_word pages_used;
	rcs_torture_word invoked;	       /* how many */
	rcs_torture_word newest;	       /* the number of the last one */
	struct rcs_torture_callback *callback; /* by number, modulo */
};

struct rcs_torture {
	struct rcs_runner runner;
	const struct rcs_rcu_flavour *flavour; /* with delay points, if it has those */
	const struct rcs_torture_side *side, *delayed; /* the second may be NULL */
	struct rcs_rcu *rcu;
	struct rcs_torture_options options;
	bool delays;		  /* the flavour is built with delay points */
	bool kill;		  /* the first violation ends a round */
	struct rcs_random random; /* of whoever starts rounds */
	/* Of rounds that ask for one, drawn: what updaters are at most of the time.
	 */
	enum rcs_torture_theme {
		RCS_TORTURE_THEME_ALL, /* must be the first */
		RCS_TORTURE_THEME_CALLS,
		RCS_TORTURE_THEME_OTHERS, /* what other threads must do, and whether
					   * they do
					   */
		RCS_TORTURE_THEMES
	} theme;
	struct rcs_torture_reader *reader;
	struct rcs_torture_updater *updater;
	struct rcs_torture_stamp **stamps;
	struct rcs_torture_slot *slot;
	struct rcs_torture_object *objects;
	char *lines; /* spare lines and contended pages */
	size_t lines_size;
	char *pages; /* of each updater one, that is taken away now and then */
	size_t page_size;

	/* A copy: threads that are lost go on with it when its owner has gone. */
	struct rcs_round copy;
	const struct rcs_round *round;
	enum rcs_torture_arm arm;
	bool own; /* grace periods are the flavour's own: it rests on no barrier */
	uint64_t deadline_ns;
	unsigned late_ticks; /* after that */
	struct rcs_torture_watch {
		rcs_torture_word turns; /* of all updaters, when that last changed */
		unsigned ticks;		/* since then */
		rcs_torture_word *sections; /* of each reader, then */
		/* Since when all who could go on sleep: see watch.c. */
		unsigned asleep;	  /* ticks */
		uint64_t slept;		  /* see asleep.h */
		rcs_torture_word looks;	  /* of all updaters, then */
		rcs_torture_word *passes; /* of each reader, then */
		pid_t *others;		  /* threads that may be awake */
		bool stuck;
	} watch;

	/* The heavy side's calls: one at a time, from any thread. */
	struct rcs_torture_meter meter RCS_TORTURE_ALIGNED;
	/* What they call; kept between rounds, where a worker may be late. */
	int (*heavy)(void *writer);
	void *const *writer;
	void *self[1];	    /* the runner: for its own arm */
	unsigned turn;	    /* whose twin waits next */
	int error;	    /* of a call that failed, negative */
	const char *failed; /* a plug-in's function; NULL: the heavy side */
	/* Held by whoever counts exposed calls. */
	unsigned counting RCS_TORTURE_ALIGNED;
	uint64_t exposed; /* in this round */

	/* What is found on the update side. */
	pthread_mutex_t lock RCS_TORTURE_ALIGNED;
	struct rcs_torture_log log;
	/* What the flavour said of a reader that it waits for, or what a child was at. */
	char told[120];

	struct rcs_torture_result result;
	/* Read in all loops. */
	unsigned stop RCS_TORTURE_ALIGNED;
	pid_t antagonist[RCS_ANTAGONISTS_MAX];
	unsigned mixing;   /* updaters that have not ended */
	unsigned pause;	   /* all are to stay away: see environment.h */
	unsigned updating; /* updaters in their loops; readers go on for them */
	unsigned reading RCS_TORTURE_ALIGNED;
	unsigned parked, resumed; /* updaters, of a stutter; and stutters */
	unsigned floods;	  /* of callbacks, that all are to join */
	unsigned handlers;	  /* signals sent */
	bool is_child;		  /* a copy of it, in a child of fork() */
};

/* Whether that may happen. */
static inline bool rcs_torture_has(const struct rcs_torture *t,
				   enum rcs_torture_feature feature)
{
	return (t->options.without & feature) == 0;
}

static inline pid_t rcs_torture_tid(void)
{
	return (pid_t)syscall(SYS_gettid);
}

static inline bool rcs_torture_stopped(const struct rcs_torture *t)
{
	return ck_pr_load_uint(&t->stop) != 0;
}

/* A thread's part of a round. */
void rcs_torture_read(struct rcs_torture_reader *r);
void rcs_torture_update(struct rcs_torture_updater *u);

/* A grace period, with stamps around it. Its number; 0: there was none. */
rcs_torture_word rcs_torture_wait_for_period(struct rcs_torture_updater *u,
					     enum rcs_torture_way way);
/* That one is over for an object: it is marked, with its history, and poisoned. */
void rcs_torture_object_free(struct rcs_torture_object *object,
			     const struct rcs_torture_updater *u,
			     enum rcs_torture_way way, rcs_torture_word number);

/* The number of the newest call of the meter that this updater's periods go by. */
rcs_torture_word rcs_torture_newest_call(const struct rcs_torture_updater *u);

/* A call of the flavour returned an error: the round ends with that. */
void rcs_torture_call_fails(struct rcs_torture *t, int error);
/* The heavy side of the domain's ground; argument: the torture. */
int rcs_torture_heavy(void *torture);
/* Which of the arm's states the calling thread has; others have the first. */
void rcs_torture_call_as(int updater);

/* Has an updater's callback invoked later; frees object then. false: too many are. */
bool rcs_torture_give(struct rcs_torture_updater *u, struct rcs_torture_object *object);
/* barrier(). false: it failed, and they need not have run. */
bool rcs_torture_wait_for_all(struct rcs_torture *t, struct rcs_rcu_thread *self);
/* All callbacks that were given must have been invoked. */
void rcs_torture_look_for_lost(struct rcs_torture *t);
/* An object that was removed may be used again, after a while. Under u->lock. */
void rcs_torture_retire(struct rcs_torture_updater *u,
			struct rcs_torture_object *object, enum rcs_torture_way way,
			rcs_torture_word number);

/* Asked by the waiting coordinator: whether grace periods go on. */
void rcs_torture_watch_start(struct rcs_torture *t);
unsigned rcs_torture_watch_ticks(const struct rcs_torture *t); /* of patience */
void rcs_torture_watch_tick(struct rcs_torture *t);
/*
 * Whether all may be quiet because nobody was woken: nothing is to happen now that
 * could set it right, such as readers that read again.
 */
bool rcs_torture_watch_suspects(const struct rcs_torture *t);

/* Counts exposed calls, unless somebody does; all: whatever readers may yet say. */
void rcs_torture_count(struct rcs_torture *t, bool all);

/* Notes a violation that is not a reader's. */
void rcs_torture_update_fails(struct rcs_torture_updater *u,
			      enum rcs_torture_check check, rcs_torture_word held,
			      rcs_torture_word found);

/* Ends the round early, if the first violation does. */
static inline void rcs_torture_violated(struct rcs_torture *t)
{
	if (t->kill)
		ck_pr_store_uint(&t->stop, 1);
}

/* Another domain, between rounds: counters begin anew. 0, or -1 and *e. */
int rcs_torture_renew(struct rcs_torture *t, struct rcs_error *e);

/* rcs_runner_kind.destroy. */
void rcs_torture_destroy(struct rcs_runner *runner);

#endif
