/* SPDX-License-Identifier: BSD-2-Clause */
/* Faults of what is called: loading, each member, at once or later. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "faulty.h"

static _Atomic unsigned calls;

int order(void *writer)
{
	(void)writer;
	atomic_fetch_add_explicit(&calls, 1, memory_order_relaxed);
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	return 0;
}

int is_late(unsigned after)
{
	return atomic_load(&calls) > after;
}

void crash(void)
{
	/* Compilers and sanitizers do not see through it. */
	static char *volatile nowhere = (char *)16;

	*nowhere = 1;
}

void hang(void)
{
	for (;;)
		(void)pause();
}

EXPORT rcustress_barrier = {SOUND, .name = "faulty", .heavy = order};

/* ---- Loading. ---- */

#if defined(CRASHES)
__attribute__((constructor)) static void crash_at_once(void)
{
	crash();
}
#elif defined(EXITS)
__attribute__((constructor)) static void exit_at_once(void)
{
	exit(0);
}
#elif defined(HANGS)
__attribute__((constructor)) static void hang_at_once(void)
{
	hang();
}
#elif defined(PRINTS)
__attribute__((constructor)) static void print_at_once(void)
{
	printf("garbage of a constructor\n");
}
#elif defined(REPLACES)
/* The file, by another one or by none, once it has been read. */
__attribute__((constructor)) static void replace_itself(void)
{
	const char *other = getenv("FAULTY_OTHER"), *path = getenv("FAULTY_PATH");

	if (other != NULL)
		(void)rename(other, path);
	else
		(void)unlink(path);
}
#elif defined(UNRESOLVED)
extern int a_function_that_nobody_has(void);
EXPORT unresolved = {SOUND, .name = "unresolved", .probe = a_function_that_nobody_has,
		     .heavy = order};
#endif

/* ---- What is called: each member, and each way not to come back from it. ---- */

static int forbidden(void)
{
	return raise(SIGSYS);
}

static int fails(void)
{
	return -ENODEV;
}
static int positive(void)
{
	return 7;
}
static int absurd(void)
{
	return -100000;
}
static int crashes(void)
{
	crash();
	return 0;
}
static int exits(void)
{
	exit(3);
}
static int hangs(void)
{
	hang();
	return 0;
}
static int aborts(void)
{
	abort();
}

/* Members have arguments that these ways do without. */
#define WAYS(X)                                                                        \
	X(fails)                                                                       \
	X(positive) X(absurd) X(crashes) X(exits) X(hangs) X(forbidden) X(aborts)
#define IN_PROBE(way)                                                                  \
	EXPORT probe_##way = {SOUND, .name = "probe-" #way, .probe = way,              \
			      .heavy = order};
#define IN_SETUP(way)                                                                  \
	static int setup_that_##way(void **state)                                      \
	{                                                                              \
		(void)state;                                                           \
		return way();                                                          \
	}                                                                              \
	EXPORT setup_##way = {SOUND, .name = "setup-" #way, .setup = setup_that_##way, \
			      .heavy = order};
#define IN_ENTER(way)                                                                  \
	static int enter_that_##way(void *state)                                       \
	{                                                                              \
		(void)state;                                                           \
		return way();                                                          \
	}                                                                              \
	EXPORT thread_enter_##way = {SOUND, .name = "thread_enter-" #way,              \
				     .thread_enter = enter_that_##way,                 \
				     .heavy = order};
#define IN_WRITER(way)                                                                 \
	static int writer_that_##way(void *state, void **writer)                       \
	{                                                                              \
		(void)state;                                                           \
		(void)writer;                                                          \
		return way();                                                          \
	}                                                                              \
	EXPORT writer_enter_##way = {SOUND, .name = "writer_enter-" #way,              \
				     .writer_enter = writer_that_##way,                \
				     .heavy = order};
#define IN_HEAVY(way)                                                                  \
	EXPORT heavy_##way = {SOUND, .name = "heavy-" #way, .heavy = enter_that_##way};
#define IN_LEAVE(way)                                                                  \
	static void leave_that_##way(void *state)                                      \
	{                                                                              \
		(void)state;                                                           \
		(void)way();                                                           \
	}                                                                              \
	static void writer_leave_that_##way(void *state, void *writer)                 \
	{                                                                              \
		(void)state;                                                           \
		(void)writer;                                                          \
		(void)way();                                                           \
	}                                                                              \
	EXPORT thread_leave_##way = {SOUND, .name = "thread_leave-" #way,              \
				     .heavy = order,                                   \
				     .thread_leave = leave_that_##way};                \
	EXPORT writer_leave_##way = {SOUND, .name = "writer_leave-" #way,              \
				     .heavy = order,                                   \
				     .writer_enter = writer_that_is_fine,              \
				     .writer_leave = writer_leave_that_##way};         \
	EXPORT teardown_##way = {SOUND, .name = "teardown-" #way, .heavy = order,      \
				 .teardown = leave_that_##way};

static int writer_that_is_fine(void *state, void **writer)
{
	(void)state;
	(void)writer;
	return 0;
}

WAYS(IN_PROBE)
WAYS(IN_SETUP)
WAYS(IN_ENTER)
WAYS(IN_WRITER)
WAYS(IN_HEAVY)
WAYS(IN_LEAVE)

/* ---- What is called, later: found in the cell only. ---- */

#define LATER(way, after)                                                              \
	static int heavy_that_##way##_later(void *writer)                              \
	{                                                                              \
		return is_late(after) ? way() : order(writer);                         \
	}                                                                              \
	EXPORT later_##way = {SOUND, .name = "later-" #way,                            \
			      .heavy = heavy_that_##way##_later};                      \
	static void end_that_##way##_later(void *state)                                \
	{                                                                              \
		(void)state;                                                           \
		if (is_late(after))                                                    \
			(void)way();                                                   \
	}                                                                              \
	EXPORT leave_later_##way = {SOUND, .name = "leave-later-" #way,                \
				    .heavy = order,                                    \
				    .thread_leave = end_that_##way##_later};           \
	EXPORT teardown_later_##way = {SOUND, .name = "teardown-later-" #way,          \
				       .heavy = order,                                 \
				       .teardown = end_that_##way##_later};

/* The stack of a thread of the program: it has to end, by its guard page. */
static int overflows(void)
{
	volatile char much[4096];

	much[0] = (char)calls;
	return calls != 0 ? overflows() + much[0] : 0;
}

LATER(fails, 4999)
LATER(positive, 4999)
LATER(crashes, 10000)
LATER(exits, 1000)
LATER(hangs, 1000)
LATER(forbidden, 1000)
LATER(aborts, 1000)
LATER(overflows, 1000)
