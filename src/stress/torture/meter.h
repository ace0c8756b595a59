/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which calls of the heavy side met which readers on a CPU.
 *
 * A reader says, every half microsecond, what time it is (`now`), and since when it
 * has been at it without a gap (`since`): it knows best when it was off its CPU, as the
 * counter jumps then. A call is exposed to a reader that ran without a gap from
 * before the call until after it. Nothing is looked at between the stores and loads
 * that a grace period rests on, which would make it longer: the calls are noted down,
 * and held against what readers say a little later, when what they say has left their
 * store buffers (amplifiers hold it back as well). A reader that has had a gap since
 * then may have run, but nobody knows: it does not count.
 *
 * One that was made on the CPU that a reader is bound to was not exposed to it, however
 * short it was.
 *
 * An interrupt is no gap: it is what many barriers are made of. The counters of two
 * CPUs are compared; where they differ by more than a call takes, calls at the edges
 * of a gap count wrongly, and nothing else.
 */
#ifndef RCS_STRESS_TORTURE_METER_H
#define RCS_STRESS_TORTURE_METER_H

#include <stdbool.h>
#include <stdint.h>

#include "stress/samples.h"
#include "stress/torture/word.h"

#define RCS_TORTURE_GAP_NS 100000 /* off the CPU, rather than interrupted */
/* Grace periods of a flavour's own last as long as others' turns on the CPU. */
#define RCS_TORTURE_GAP_OWN_NS 20000000
#define RCS_TORTURE_PIECE_NS   250
/* How long what a reader says may stay in its store buffer. */
#define RCS_TORTURE_LAG_NS 60000

/* Stored by a reader, in the cut of rcs_cycles(). */
struct rcs_torture_presence {
	rcs_torture_word now;
	rcs_torture_word since;
} RCS_TORTURE_ALIGNED;

#define RCS_TORTURE_NOTED 256

/* Of those who call one at a time: a domain's grace periods, or an updater. */
struct rcs_torture_meter {
	rcs_torture_word made; /* calls; stored by whoever makes them */
	struct {
		rcs_torture_word start, end;
		int cpu; /* that it was made on; -1: not known */
	} call[RCS_TORTURE_NOTED];
	/* Of whoever counts; one at a time. */
	rcs_torture_word counted RCS_TORTURE_ALIGNED;
	uint64_t exposed;	/* pairs of a call and a reader */
	uint64_t exposed_calls; /* with one reader or more */
};

/* What calls are held against. */
struct rcs_torture_readers {
	int count;
	const struct rcs_torture_presence *(*presence)(const void *readers, int reader);
	const void *readers;
	const int *cpu;	   /* that each is bound to, -1 if it is not; NULL: none is */
	uint64_t *exposed; /* by reader */
	struct rcs_samples *samples; /* durations of exposed calls; or NULL */
};

/* Notes a call down. false: there is no room before some are counted. */
bool rcs_torture_meter_note(struct rcs_torture_meter *meter, rcs_torture_word start,
			    rcs_torture_word end);

/*
 * Counts those that can be; with `all`, as it stands, those as well that a reader may
 * yet say something about. Gives the newly exposed pairs.
 */
uint64_t rcs_torture_meter_count(struct rcs_torture_meter *meter,
				 const struct rcs_torture_readers *readers, bool all);

#endif
