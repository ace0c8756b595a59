/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a thread can do by itself: the paths through its code, and on each the values
 * that it can come with. A path is a row of events without values; a run is a path with
 * values. What a read may give is what its own thread has stored last, or any value
 * that another could ever store; whether one did in time is for others to say
 * (search.h).
 */
#ifndef RCS_MODEL_PATH_H
#define RCS_MODEL_PATH_H

#include "host/error.h"
#include "model/prove.h"

/* A value: a 32-bit number, or RCS_WORD_ADDRESS + location. */
typedef int64_t rcs_word;
#define RCS_WORD_ADDRESS ((rcs_word)1 << 40)

static inline rcs_word rcs_word_of(struct rcs_litmus_value value)
{
	return value.is_address ? RCS_WORD_ADDRESS + value.number : value.number;
}

static inline struct rcs_litmus_value rcs_value_of(rcs_word word)
{
	bool is_address = word >= RCS_WORD_ADDRESS;

	return (struct rcs_litmus_value){.is_address = is_address,
					 .number = is_address ? word - RCS_WORD_ADDRESS
							      : word};
}

struct rcs_path_event {
	struct rcs_event event;
	/* Bits are places in the path: of the reads that it depends on, see skeleton.h.
	 */
	rcs_set address, data, control, control_after;
	int8_t rmw; /* of a write: place of its RMW's read; -1 */
	bool computed;
};

struct rcs_path {
	int events;
	struct rcs_path_event event[RCS_EVENTS];
	rcs_set reads, writes; /* places of accesses */
	int runs;
	/* runs × events words, and runs × registers of the thread. */
	rcs_word *value, *reg;
};

static inline const rcs_word *rcs_run_values(const struct rcs_path *path, int run)
{
	return path->value + (size_t)run * (size_t)path->events;
}

struct rcs_paths {
	int paths, registers, room;
	struct rcs_path *path;
	size_t words; /* of all runs */
	/*
	 * A run follows what is no address, or computes with one; it ends there, and is
	 * dropped. What it had written by then is kept: with another value it may go
	 * on, having read that.
	 */
	bool strayed;
	int lost, lost_room;
	struct rcs_lost_write {
		int location;
		rcs_word word;
	} * lost_write;
};

/* What a thread could find in a location that it has not stored to itself: the initial
 * value first, then what other threads could store. */
#define RCS_DOMAIN_MAX 256
struct rcs_domain {
	int values;
	rcs_word value[RCS_DOMAIN_MAX];
	bool initial_again; /* another thread could store the initial value */
};

/* Of one thread, in all its runs: so many words (8 bytes), and so many paths. */
#define RCS_RUN_WORDS_MAX (1 << 19)
#define RCS_PATHS_MAX	  1024

enum rcs_paths_end {
	RCS_PATHS_OK,
	RCS_PATHS_TOO_MANY, /* paths, runs, or values of a location */
	RCS_PATHS_TOO_LATE, /* the deadline came first */
	RCS_PATHS_TOO_LONG, /* more than RCS_EVENTS events */
	RCS_PATHS_NO_MEMORY,
};

/*
 * All paths and runs of a thread over these domains (by location). *paths is to be
 * released in any case.
 */
enum rcs_paths_end rcs_paths_of_thread(const struct rcs_litmus *test, int thread,
				       enum rcs_prove_barrier barrier,
				       uint64_t deadline_ns,
				       const struct rcs_domain *domain,
				       struct rcs_paths *paths);
void rcs_paths_release(struct rcs_paths *paths);

/*
 * The same of all threads, over domains that are closed: they hold every value that a
 * run of another thread writes. Ends, since a value needs a chain of at most as many
 * writes as there are in an execution.
 */
enum rcs_paths_end rcs_paths_of_test(const struct rcs_litmus *test,
				     enum rcs_prove_barrier barrier,
				     uint64_t deadline_ns, struct rcs_paths *by_thread);

#endif
