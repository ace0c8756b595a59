/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What one build of asym and of the callback machinery is like: its choices, and the
 * lies of mutants. Always a constant that the templates are inlined with, so that what
 * is not chosen leaves nothing behind. All zero is the RCU as it should be.
 */
#ifndef RCS_RCU_DESIGN_H
#define RCS_RCU_DESIGN_H

#include <stdbool.h>

/* How readers say which grace period they began in: see asym/word.h. */
enum rcs_rcu_counting {
	RCS_RCU_SEQUENCE,
	RCS_RCU_PARITY,
};

struct rcs_rcu_design {
	/* Choices. */
	enum rcs_rcu_counting counting;
	bool two_heavy; /* leaving is a plain store, and a second heavy barrier follows
			   the scan */
	bool delays;	/* with delay points, and notes of where readers entered */

	/* Lies: of the heavy side and the counter. */
	bool no_heavy;		/* no heavy barrier at all */
	bool local_heavy;	/* a fence of the caller's in its place */
	bool no_first_heavy;	/* two_heavy, without the one before the scan */
	bool no_second_heavy;	/* two_heavy, without the one after it */
	bool advances_early;	/* the sequence goes on before the heavy barrier */
	bool one_flip;		/* parity: one flip and scan, not two */
	bool waits_one_less;	/* not for readers of the last grace period but one */
	bool compares_unsigned; /* sequence numbers, as if they never wrapped */
	bool expedited_light;	/* expedited, without the heavy barrier */
	bool keeps_passed; /* parity: the second scan goes by the first one's marks */
	/* Of the read side. */
	bool plain_leave;     /* leaving orders nothing, nor does anything after it */
	bool no_light;	      /* not even a compiler barrier */
	bool counts_late;     /* the counter is stored after the pointer is loaded */
	bool inner_clears;    /* leaving an inner section leaves them all */
	bool enters_as_outer; /* entering an inner section takes the newest sequence */
	bool short_nesting;   /* two bits of nesting: the fourth level is none */
	/* Of the scan. */
	bool skips_last;	 /* the thread that registered last */
	bool looks_once;	 /* at each reader, and does not wait for it */
	bool stale_scan;	 /* looks at readers before the heavy barrier */
	bool misses_new;	 /* threads that registered since the scan before */
	bool expedited_gives_up; /* on readers that have not left soon */
	bool no_wake;		 /* the last reader does not wake who waits for it */
	bool sleeps_unseen;	 /* no heavy barrier between saying so and sleeping */
	bool departs_unseen;	 /* counts departures after its last look, not before */
	bool first_leaves_all;	 /* who is woken takes all readers to have left */
	/* Of sharing and polling. */
	bool shares_early;  /* a grace period that had begun before */
	bool polls_early;   /* a cookie is over one grace period early */
	bool ends_early;    /* says that it is over before the scan */
	bool begins_late;   /* says that it has begun after its scan */
	bool over_unsigned; /* numbers of grace periods, as if they never wrapped */
	bool next_sleeps;   /* who is to run the next one is not woken */
	bool done_sleeps;   /* those who shared this one are not woken */
	bool start_idle;    /* start_poll() starts nothing */
	bool kicks_once;    /* … nor while what it had started before still runs */
	/* Of threads and processes. */
	bool enters_ahead;  /* a thread begins with the number of the next grace period
			     */
	bool exit_unseen;   /* a thread that ends has not left */
	bool leave_forgets; /* leaving drops the thread's callbacks */
	bool child_keeps;   /* a child of fork() waits for threads it does not have */
	bool child_idle;    /* … and leaves callbacks to a worker it does not have */
	bool fork_silently; /* after fork() nobody is woken that came meanwhile */
	/* Of callbacks. */
	bool call_at_once;	/* runs them without a grace period */
	bool call_joins;	/* those given while one runs, after that one */
	bool call_reverses;	/* runs a batch in reverse order */
	bool call_twice;	/* now and then */
	bool call_never;	/* now and then */
	bool call_races;	/* two threads that give one at once may lose one */
	bool worker_dozes;	/* falls asleep without a last look */
	bool barrier_at_once;	/* does not wait */
	bool barrier_skips_one; /* does not wait for the last of the workers */
	bool barrier_joins; /* answered for those who asked during the grace period */
	bool barrier_of_taken; /* waits for those that are queued, not for running ones
				*/
};

#endif
