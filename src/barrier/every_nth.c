/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Control: a sound barrier that is left out in every Nth call of each writer. Barriers
 * in the wild have failed once in a million calls; this one says how rare a failure a
 * run would have seen, to be held against the sensitivity that it states.
 *
 * The call that fails is a local fence: no interrupt is sent, and it returns at once.
 */
#include "barrier/over.h"

#include <ck_pr.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME	"every-nth"
#define N_MOST	1000000000
#define DEFAULT "membarrier"

struct state {
	struct rcs_over over; /* first: see over.h */
	uint64_t n;
};

struct writer {
	int (*heavy)(void *writer);
	void *inner;
	uint64_t n, left; /* calls until one fails */
};

/* Takes "N" or "N:BARRIER" apart. */
static int read_parameter(const char *parameter, uint64_t *n,
			  const struct rcs_barrier **inner, struct rcs_error *e)
{
	char *end;

	errno = 0;
	*n = *parameter >= '1' && *parameter <= '9' ? strtoull(parameter, &end, 10) : 0;
	if (*n < 1 || *n > N_MOST || errno != 0 || (*end != '\0' && *end != ':'))
		return rcs_fail(
			e, RCS_ERROR_USAGE,
			"barrier '" NAME ":N' or '" NAME
			":N:BARRIER': '%.40s' does not begin with a whole number "
			"from 1 to %d",
			parameter, N_MOST);
	return rcs_over_find(NAME, *end == ':' ? end + 1 : DEFAULT, inner, e);
}

static int check(const char *parameter, struct rcs_error *e)
{
	const struct rcs_barrier *inner;
	uint64_t n;

	return read_parameter(parameter, &n, &inner, e);
}

static int setup(const char *parameter, void **state, struct rcs_error *e)
{
	struct state *s = malloc(sizeof(*s));
	const struct rcs_barrier *inner;

	if (s == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE,
				"no memory for barrier '" NAME "'");
	if (read_parameter(parameter, &s->n, &inner, e) != 0 ||
	    rcs_over_setup(&s->over, inner, e) != 0) {
		free(s);
		return -1;
	}
	*state = s;
	return 0;
}

static int writer_enter(void *state, void **writer, struct rcs_error *e)
{
	const struct state *s = state;
	struct writer *w = malloc(sizeof(*w));

	if (w == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE,
				"no memory for barrier '" NAME "'");
	if (rcs_over_writer_enter(state, &w->inner, e) != 0) {
		free(w);
		return -1;
	}
	w->heavy = s->over.inner->heavy;
	w->n = w->left = s->n;
	*writer = w;
	return 0;
}

static void writer_leave(void *state, void *writer)
{
	struct writer *w = writer;

	rcs_over_writer_leave(state, w->inner);
	free(w);
}

static int heavy(void *writer)
{
	struct writer *w = writer;

	if (--w->left > 0)
		return w->heavy(w->inner);
	w->left = w->n;
	/* Has no partner: this is the call that fails. */
	ck_pr_fence_memory();
	return 0;
}

static void teardown(void *state)
{
	rcs_over_teardown(state);
	free(state);
}

const struct rcs_barrier rcs_barrier_every_nth = {
	.name = NAME,
	.parameter = "N[:BARRIER]",
	.parameter_default = "100",
	.check = check,
	.summary = "BARRIER (" DEFAULT "), but a local fence in every Nth call",
	.in_the_wild = ".NET on arm64, one failure in a million (2018-2020)",
	.claim = "nowhere",
	.control = true,
	.setup = setup,
	.thread_enter = rcs_over_thread_enter,
	.thread_leave = rcs_over_thread_leave,
	.writer_enter = writer_enter,
	.writer_leave = writer_leave,
	.heavy = heavy,
	.teardown = teardown,
};
