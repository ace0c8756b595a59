/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The search for executions, one location after the other. For each, every order of its
 * writes and every way to read from them is tried that is coherent; a choice is dropped
 * as soon as no run of a thread has such values, or as all models forbid it.
 */
#ifndef RCS_MODEL_SEARCH_H
#define RCS_MODEL_SEARCH_H

#include "model/path.h"

/* What to do with executions. What gives false ends the search. */
struct rcs_search_visitor {
	void *data;
	/* A skeleton is new; its executions follow. */
	bool (*skeleton)(void *data, const struct rcs_skeleton *skeleton);
	/*
	 * Some locations are decided, others not: is it worth going on? `models` are
	 * bits of those that allowed it up to here, and are left with those that do;
	 * with none left, what can be made of it is skipped.
	 */
	void (*partial)(void *data, const struct rcs_execution *execution,
			unsigned int *models);
	/* A candidate: all is decided. */
	bool (*candidate)(void *data, const struct rcs_execution *execution,
			  unsigned int models, const rcs_word *const *reg,
			  const rcs_word *memory);
	/* From time to time, beside the others: is there time left? */
	bool (*tick)(void *data);
};

enum rcs_search_end {
	RCS_SEARCH_DONE,
	RCS_SEARCH_ENDED, /* by the visitor */
	RCS_SEARCH_TOO_LONG,
	RCS_SEARCH_NO_MEMORY,
};

/* Paths by thread, from rcs_paths_of_test(). `models`: bits that partial() gets first.
 */
enum rcs_search_end rcs_search(const struct rcs_litmus *test,
			       const struct rcs_paths *by_thread, unsigned int models,
			       const struct rcs_search_visitor *visitor);

#endif
