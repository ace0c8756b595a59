/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which function of a plug-in a thread is in: so that a crash or a hang there can be
 * told by its name. Three stores before the call and one after it, to a line of the
 * thread's own.
 */
#ifndef RCS_HOST_PLUGIN_CALL_H
#define RCS_HOST_PLUGIN_CALL_H

#include <ck_pr.h>
#include <stdbool.h>
#include <stddef.h>

#include "host/error.h"

/* What becomes of a call that does not come back soon. */
enum rcs_plugin_waits {
	RCS_PLUGIN_RETURNS, /* it hangs */
	RCS_PLUGIN_WAITS,   /* it waits for others, as long as it takes */
	RCS_PLUGIN_QUEUES,  /* it hangs, unless another thread WAITS all the while */
};

struct rcs_plugin_thread {
	const char *in;	    /* "heavy()"; NULL: in none */
	const char *failed; /* the last that returned an error */
	unsigned calls;	    /* that have begun */
	unsigned waits;	    /* enum rcs_plugin_waits, of this one */
	bool listed;	    /* and what follows is the list's */
	unsigned seen;	    /* calls, at the last look */
	unsigned looks;	    /* at which it was in the same call */
	struct rcs_plugin_thread *next;
};

extern _Thread_local struct rcs_plugin_thread rcs_plugin_here;

/* The name must be a constant. */
static inline void rcs_plugin_begin(const char *function, enum rcs_plugin_waits waits)
{
	ck_pr_store_uint(&rcs_plugin_here.waits, waits);
	ck_pr_store_uint(&rcs_plugin_here.calls, rcs_plugin_here.calls + 1);
	ck_pr_store_ptr(&rcs_plugin_here.in, function);
}

static inline void rcs_plugin_end(void)
{
	ck_pr_store_ptr(&rcs_plugin_here.in, NULL);
}

/*
 * Around calls that may be nested in others: a handler reads, a callback calls, a grace
 * period calls the heavy side. What enter() returns is for leave(), which goes back to
 * the outer one, as that call still.
 */
struct rcs_plugin_outer {
	const char *in;
	unsigned calls;
	enum rcs_plugin_waits waits;
};

static inline struct rcs_plugin_outer rcs_plugin_enter(const char *function,
						       enum rcs_plugin_waits waits)
{
	const struct rcs_plugin_outer outer = {
		rcs_plugin_here.in,
		rcs_plugin_here.calls,
		(enum rcs_plugin_waits)rcs_plugin_here.waits,
	};

	rcs_plugin_begin(function, waits);
	return outer;
}

static inline void rcs_plugin_leave(struct rcs_plugin_outer outer)
{
	if (__builtin_expect(outer.in == NULL, 1)) {
		rcs_plugin_end();
		return;
	}
	ck_pr_store_uint(&rcs_plugin_here.waits, outer.waits);
	ck_pr_store_ptr(&rcs_plugin_here.in, outer.in);
	ck_pr_store_uint(&rcs_plugin_here.calls, outer.calls);
}

/*
 * Lists the calling thread, so that others can look at where it is, and takes it off
 * the list; the end of the thread does so too.
 */
void rcs_plugin_list(void);
void rcs_plugin_unlist(void);

/*
 * Looks at all threads that are listed. The function that hangs: that one has not come
 * back from in the last `looks` looks; NULL: there is none. One thread at a time.
 */
const char *rcs_plugin_look(unsigned looks);

/*
 * When this process crashes, or is killed by another signal that a thread brings upon
 * itself, or ends by exit(), leaves the name of the plug-in's function that the thread
 * was in there, before the process ends; nothing, if in none. For the calling thread
 * and those that are listed; SIGABRT from elsewhere asks the main thread. Once in a
 * process.
 */
void rcs_plugin_catch_crash(char *where, size_t size);

/* Whether it is a negative errno value, as functions of plug-ins return it. */
bool rcs_plugin_is_errno(int result);

/*
 * As rcs_plugin_begin() and _end(), for the thread that looks at the others: should the
 * process be killed from outside meanwhile, the name is there as after a crash.
 */
void rcs_plugin_begin_alone(const char *function);
void rcs_plugin_end_alone(void);

/* The function that a thread that is listed is in, whatever it does there; or NULL. */
const char *rcs_plugin_any(void);

/*
 * 0; or -1 and *e (FAULT) if that is no result: 0 or a negative errno value. For
 * `function` of the plug-in `of`.
 */
int rcs_plugin_check_result(const char *of, const char *function, int result,
			    struct rcs_error *e);

/* The same of a probe(), which may say that it cannot work here: then UNSUPPORTED. */
int rcs_plugin_check_probe(const char *of, int result, struct rcs_error *e);

#endif
