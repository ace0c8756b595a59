/* SPDX-License-Identifier: BSD-2-Clause */
/* rcustress_check(): what is asked for, and one check at a time. */
#include "check/check.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>

#include "host/clock.h"

/* What the first version of this library has; later members are 0 where size ends. */
#define CHECK_SIZE                                                                     \
	(offsetof(struct rcustress_check, seed) +                                      \
	 sizeof(((struct rcustress_check *)0)->seed))
#define RESULT_SIZE                                                                    \
	(offsetof(struct rcustress_check_result, seed) +                               \
	 sizeof(((struct rcustress_check_result *)0)->seed))

/* One check at a time: the engine has words of its own that are static. */
static unsigned busy;
/* Its threads did not come back, and may still use all of it. */
static struct rcs_check *lost;

static void refuse(struct rcustress_check_result *result, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void refuse(struct rcustress_check_result *result, const char *format, ...)
{
	va_list args;

	result->verdict = RCUSTRESS_FAULT;
	va_start(args, format);
	(void)vsnprintf(result->reason, sizeof(result->reason), format, args);
	va_end(args);
}

/* What a newer caller asks for, and this library does not have. */
static bool has_tail(const struct rcustress_check *check)
{
	const unsigned char *byte = (const unsigned char *)check;

	for (size_t n = sizeof(*check); n < check->size; n++) {
		if (byte[n] != 0)
			return true;
	}
	return false;
}

/* What is wrong with it; NULL: nothing. */
static const char *fault_of(const struct rcustress_check *what)
{
	if (what->heavy == NULL)
		return "heavy: NULL, but there is nothing to check without it";
	if ((what->flags & ~RCUSTRESS_CHECK_FORK) != 0)
		return "flags: has some that this version of the library does not know";
	if (what->threads == 1 || what->threads > RCS_THREADS_MAX)
		return "threads: a writer and a reader are the fewest, 4096 the most";
	/* Written so that what is no number is refused as well. */
	if (!(what->p_missed >= 0.0 && what->p_missed < 1.0))
		return "p_missed: must be above 0 and below 1, or 0 for 1e-6";
	if (!(what->sensitivity >= 0.0) || isinf(what->sensitivity))
		return "sensitivity: must be a number that is not negative";
	return NULL;
}

static uint64_t new_seed(void)
{
	uint64_t seed = 0;

	if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != sizeof(seed))
		seed = rcs_clock_ns() << 32;
	seed >>= 32; /* short enough to type again */
	return seed != 0 ? seed : 1;
}

static void fill_defaults(struct rcustress_check *what)
{
	if (what->name == NULL)
		what->name = "barrier";
	if (what->time_ms == 0)
		what->time_ms = 10000;
	if (what->hang_ms == 0)
		what->hang_ms = 5000;
	if (what->p_missed == 0.0)
		what->p_missed = 1e-6;
	if (what->seed == 0)
		what->seed = new_seed();
}

/* Copies what is known of it. 0; -EINVAL and the reason. */
static int take(const struct rcustress_check *check, struct rcustress_check *what,
		struct rcustress_check_result *result)
{
	const char *fault;

	memset(what, 0, sizeof(*what));
	if (check->size < CHECK_SIZE) {
		refuse(result,
		       "size: %zu is too little: want sizeof(struct "
		       "rcustress_check)",
		       check->size);
		return -EINVAL;
	}
	if (has_tail(check)) {
		refuse(result,
		       "size: %zu: has members set that this version of the library "
		       "does not know",
		       check->size);
		return -EINVAL;
	}
	memcpy(what, check, check->size < sizeof(*what) ? check->size : sizeof(*what));
	fault = fault_of(what);
	if (fault != NULL) {
		refuse(result, "%s", fault);
		return -EINVAL;
	}
	fill_defaults(what);
	(void)snprintf(result->name, sizeof(result->name), "%s", what->name);
	result->seed = what->seed;
	return 0;
}

static void release(struct rcs_check *check)
{
	if (check == NULL)
		return;
	if (check->shared != NULL)
		(void)munmap(check->shared, sizeof(*check->shared));
	free(check);
}

static struct rcs_check *begin(const struct rcustress_check *what)
{
	struct rcs_check *check = calloc(1, sizeof(*check));
	void *shared;

	if (check == NULL)
		return NULL;
	check->what = *what;
	shared = mmap(NULL, sizeof(*check->shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED) {
		free(check);
		return NULL;
	}
	check->shared = shared;
	return check;
}

/* The only one under way. false: an earlier one's threads are still lost. */
static bool alone(void)
{
	if (lost == NULL)
		return true;
	if (!rcs_check_recover(lost))
		return false;
	release(lost);
	lost = NULL;
	return true;
}

static void run(const struct rcustress_check *what,
		struct rcustress_check_result *result)
{
	struct rcs_check *check = begin(what);
	struct rcs_error e;

	if (check == NULL) {
		refuse(result, "no memory for a check");
		return;
	}
	if (rcs_check_plan(check, &e) != 0) {
		refuse(result, "%s", e.text);
		release(check);
		return;
	}
	if (what->flags & RCUSTRESS_CHECK_FORK)
		rcs_check_run_in_child(check);
	else if (!rcs_check_run(check))
		lost = check;
	rcs_check_report(check, result);
	if (lost == NULL)
		release(check);
}

/* In a struct of this version's, whatever the caller's is. */
static int check_into(const struct rcustress_check *check,
		      struct rcustress_check_result *result)
{
	struct rcustress_check what;
	int failed;

	result->verdict = RCUSTRESS_FAULT;
	if (check == NULL) {
		refuse(result, "there is no check: NULL");
		return -EINVAL;
	}
	failed = take(check, &what, result);
	if (failed != 0)
		return failed;
	if (!ck_pr_cas_uint(&busy, 0, 1)) {
		refuse(result, "another check is under way in this process");
		return -EBUSY;
	}
	ck_pr_fence_acquire(); /* pairs with the fence below */
	if (alone()) {
		run(&what, result);
	} else {
		refuse(result,
		       "a thread of an earlier check has not come back from the "
		       "caller's function");
		failed = -EBUSY;
	}
	ck_pr_fence_release();
	ck_pr_store_uint(&busy, 0);
	return failed;
}

int rcustress_check(const struct rcustress_check *check,
		    struct rcustress_check_result *result)
{
	struct rcustress_check_result own = {.p_missed = 1.0};
	size_t size;
	int failed;

	if (result == NULL || result->size < RESULT_SIZE)
		return -EINVAL;
	size = result->size;
	failed = check_into(check, &own);
	memset(result, 0, size);
	memcpy(result, &own, size < sizeof(own) ? size : sizeof(own));
	result->size = size;
	return failed;
}
