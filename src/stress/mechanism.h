/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The mechanism: whether other CPUs were interrupted, round by round. The counts of
 * /proc/interrupts are system-wide, so what control rounds show (where nobody sends
 * any for us) is taken off, by time.
 */
#ifndef RCS_STRESS_MECHANISM_H
#define RCS_STRESS_MECHANISM_H

#include <stdbool.h>
#include <stdint.h>

#include "host/interrupts.h"
#include "stress/result.h"

/*
 * Fewer than this many per exposed call is "not each time". Below 1, because a call
 * counts as exposed though its reader was off the CPU for the blink of an eye.
 */
#define RCS_INTERRUPTED_EACH 0.95

/* What a subject round said. */
enum rcs_mechanism_news {
	RCS_MECHANISM_STEADY,  /* or nothing could be told */
	RCS_MECHANISM_ODD,     /* too few interrupts in this one round */
	RCS_MECHANISM_LACKING, /* fewer than one per exposed call, of late */
	RCS_MECHANISM_CHANGED, /* calls interrupt now and did not, or the other way */
};

struct rcs_mechanism_watch {
	bool readable;
	int readers;
	const int *reader_cpu; /* -1: not bound */
	struct rcs_interrupts before, after;
	uint64_t begun_ns;
	/* Of control and reference rounds. */
	uint64_t background[RCS_CPUS_MAX];
	uint64_t background_ns;
	double background_exposed;
	/* Of subject rounds, by CPU; without the background. */
	double sent[RCS_CPUS_MAX];
	double exposed[RCS_CPUS_MAX];
	double sent_all, exposed_all;
	/* Since the mechanism last changed. */
	double mean;
	unsigned rounds;
	unsigned odd; /* rounds in a row that do not agree with the mean */
	/* Since calls were last seen to lack interrupts. */
	double since_sent, since_exposed;
	unsigned lacking; /* rounds in a row that had too few */
	struct rcs_mechanism *result;
};

/* Readies a watch that fills *result. reader_cpu must outlive it. */
void rcs_mechanism_start(struct rcs_mechanism_watch *m, int readers,
			 const int *reader_cpu, struct rcs_mechanism *result);

/* Before each round of any arm. */
void rcs_mechanism_begin(struct rcs_mechanism_watch *m);

/* After a round in which no heavy call of ours interrupts, with its exposed pairs. */
void rcs_mechanism_background(struct rcs_mechanism_watch *m, uint64_t exposed);

/*
 * Takes up a round with so many interrupts per exposed call, of which noise may be
 * other programs'. true when calls have gone over from interrupting others to not
 * doing so, or back, two rounds running: evidence from before speaks of another
 * mechanism. More of the same (a call has met two readers) is no change.
 */
bool rcs_mechanism_changed(struct rcs_mechanism_watch *m, double is, double noise);

/*
 * Takes up a round with so many interrupts and exposed calls, of which each has had
 * `most` at most, given how few they are. LACKING when there are fewer than one each
 * in all rounds since that was last so, or two rounds running; ODD when there are in
 * this one: while other programs have the CPUs, a round may count oddly.
 */
enum rcs_mechanism_news rcs_mechanism_lacks(struct rcs_mechanism_watch *m, double sent,
					    double exposed, double most);

/*
 * After a subject round with these exposed calls by reader. When the mechanism has
 * CHANGED (*was and *is are interrupts per exposed call then), evidence from before
 * speaks of another one. The more the rest of the system interrupts, the larger a
 * change must be: other programs' interrupts come and go.
 */
enum rcs_mechanism_news rcs_mechanism_subject(struct rcs_mechanism_watch *m,
					      const uint64_t *exposed, double *was,
					      double *is);

#endif
