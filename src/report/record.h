/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Runs as reports have them: one that was just made, or any number read from files.
 * Every format but the text of a run prints this and nothing else. Strings are never
 * NULL, and empty where there is nothing to say; all memory is the pool's.
 */
#ifndef RCS_REPORT_RECORD_H
#define RCS_REPORT_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "host/machine.h"
#include "report/horizon.h"
#include "report/pool.h"
#include "stress/plan.h"
#include "stress/result.h"
#include "stress/round_log.h"
#include "verdict/family.h"
#include "verdict/status.h"

/* Of the documents that rcustress writes and reads; one that is newer is refused. */
#define RCS_SCHEMA_VERSION 1

/* What a merged report of many runs leaves out: NULL there. */
struct rcs_record_detail {
	int writers, readers, groups, antagonists;
	int placements;		   /* ways to seat the threads, and for each … */
	const enum rcs_pair *pair; /* … what the first writer and reader are to each
				      other */
	struct rcs_prospect prospect;
	uint64_t limit_ns;
	double p_target, sensitivity_wanted; /* 0: none was asked for */
	/* All of it. Reports take from it what is not in struct rcs_record_cell. */
	const struct rcs_result *result;
	size_t rounds; /* that are in round[] */
	const struct rcs_round_entry *round;
	uint64_t rounds_left_out; /* that were more than a log holds */
};

struct rcs_record_cell {
	const char *barrier; /* with its parameter; "-": none has a part in it */
	const char *test;    /* "SB+barrier+memb"; "rcu asym" */
	const char *rcu;     /* flavour that was tortured; empty: a litmus test */
	const char *runner;  /* "perpetual", "batched", "rcu", "sb"; empty: not run */
	enum rcs_verdict verdict;
	struct rcs_standing standing; /* how it is to be taken */
	bool judged, has_heavy, own_barrier;
	bool interrupted; /* partial */
	const char *reason;
	const char *proviso;
	const char *witness; /* lines, as text has them; of BROKEN only */
	enum rcs_twin twin;  /* that backs it, where has_heavy */
	struct rcs_arm_total subject, control, reference; /* control: that twin's */
	uint64_t evidence, needed, blocks;
	double p_missed, sensitivity; /* as in struct rcs_result */
	const char *amplifier;
	unsigned depth;
	uint64_t heavy_p50_ns, heavy_p99_ns; /* exposed; 0: not measured */
	double interrupts;		     /* per exposed call; -1: not readable */
	uint64_t elapsed_ns;
	const struct rcs_record_detail *detail; /* or NULL */
};

/* A name and a value, as the command line had them or would have had to. */
struct rcs_record_option {
	const char *name;  /* "p-missed" */
	const char *value; /* "1e-06" */
};

struct rcs_record_run {
	const char *file;    /* it was read from; empty: this very run */
	const char *version; /* of the program: "0.1.0" */
	const char *begun;   /* UTC: "2026-11-23T11:31:32Z" */
	uint64_t elapsed_ns;
	const char *command; /* line, with blanks between */
	const struct rcs_machine *machine;
	const char *topology; /* where the order of CPUs comes from */
	const char *cpus;     /* that it was to use: "0-1" */
	int writers, readers;
	uint64_t seed;
	size_t options;
	const struct rcs_record_option *option; /* all, also those that were not said */
	size_t cells;
	const struct rcs_record_cell *cell; /* in the order of running */
	enum rcs_run_end end;
	bool interrupted;
	int exit_status;
	struct rcs_family holding; /* what HOLDS and was to, self-tests apart */
};

/* What `rcustress horizon` found. */
struct rcs_record_cost {
	const char *barrier;
	struct rcs_quantiles alone, exposed;
	struct rcs_horizon_twins twins; /* that can be hit */
};

struct rcs_record_horizon {
	const char *file;
	const char *version;
	const char *begun;
	const struct rcs_machine *machine;
	const char *pair; /* of CPUs, in words */
	struct rcs_horizon curve;
	size_t costs;
	const struct rcs_record_cost *cost;
};

/* A file that is not in a report, and why. */
struct rcs_record_refused {
	const char *file;
	const char *why;
};

/* Pointers, so that reports can be put together. Begins as {.pool = …}. */
struct rcs_report {
	struct rcs_pool *pool;
	size_t runs;
	const struct rcs_record_run **run;
	size_t horizons;
	const struct rcs_record_horizon **horizon;
	size_t refused;
	struct rcs_record_refused *refuse;
};

/* Add to it. 0, or -1 when there is no memory. */
int rcs_report_add_run(struct rcs_report *r, const struct rcs_record_run *run);
int rcs_report_add_horizon(struct rcs_report *r, const struct rcs_record_horizon *h);
int rcs_report_refuse(struct rcs_report *r, const char *file, const char *why);

/* Now, as "2026-11-23T11:31:32Z". NULL when there is no memory. */
const char *rcs_record_now(struct rcs_pool *pool);

/* Frees what is not the pool's, and not the pool. */
void rcs_report_release(struct rcs_report *r);

/* Behind the name of a barrier whose readers had a fence that it does not ask for. */
#define RCS_LIGHT_FENCE_MARK   "+light-fence"
#define RCS_BARRIER_SHOWN_SIZE (RCS_BARRIER_NAME_SIZE + sizeof(RCS_LIGHT_FENCE_MARK))

/*
 * The barrier as reports name it: "-" where none has a part in the cell. With
 * --light-fence it is another barrier, and is not to be counted with what it is
 * without. The name is in the array, or a constant.
 */
const char *rcs_record_barrier(const struct rcs_plan *plan,
			       char name[RCS_BARRIER_SHOWN_SIZE]);

/*
 * A cell that has just ended, with its log (or NULL), as a record in the pool. What it
 * is given need not outlive the call. 0, or -1 when there is no memory.
 */
int rcs_record_cell_of(struct rcs_pool *pool, const struct rcs_plan *plan,
		       const struct rcs_result *result, const struct rcs_round_log *log,
		       const struct rcs_standing *standing,
		       struct rcs_record_cell *record);

#endif
