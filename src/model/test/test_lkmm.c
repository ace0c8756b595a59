/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the kernel's model allows, row by row, worked out from its definitions
 * (tools/memory-model of Linux 6.17: linux-kernel.cat, linux-kernel.bell, lock.cat) and
 * from explanation.txt beside them. Rows that stand together differ in one thing. RCU
 * and smp_memb() are in test_rcu.c.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "litmus/parse.h"
#include "model/prove.h"

/* What every thread of the tests below may name. */
#define PARAMETERS                                                                     \
	"int *x, int *y, int *z, int *w, int **p, int **q, atomic_t *a, atomic_t *b, " \
	"spinlock_t *s, spinlock_t *t"

#define INITIAL "int *p = z; int *q = z;"

#define R(to, from)	  #to " = READ_ONCE(*" #from "); "
#define W(to, value)	  "WRITE_ONCE(*" #to ", " #value "); "
#define ACQUIRE(to, from) #to " = smp_load_acquire(" #from "); "
#define RELEASE(to, v)	  "smp_store_release(" #to ", " #v "); "
#define IF(r, then)	  "if (" #r ") { " then "} "
#define RMW(r, call)	  #r " = " call "; "
#define CALL(call)	  call "; "
#define PLAIN(statement)  statement "; "
#define MB		  "smp_mb(); "
#define RMB		  "smp_rmb(); "
#define WMB		  "smp_wmb(); "
#define LOCK(l)		  "spin_lock(" #l "); "
#define UNLOCK(l)	  "spin_unlock(" #l "); "
#define AND		  " /\\ "

#define RACE	RCS_FLAG_DATA_RACE
#define MIXED	RCS_FLAG_MIXED
#define BAD_UNL RCS_FLAG_UNLOCK

struct row {
	const char *name;
	char expected; /* N: never, S: sometimes, A: always */
	const char *thread[4];
	const char *target;
	unsigned int flags;
	uint64_t allowed; /* executions; 0: not said */
	const char *filter;
	bool deadlock;
};

/* That it is one execution: reads have their values from where they say. */
static void check_witness(const struct rcs_proof_witness *w)
{
	const struct rcs_execution *x = &w->execution;
	int r;

	assert_ptr_equal(x->skeleton, &w->skeleton);
	assert_true(rel_acyclic(w->order));
	RCS_EACH(r, w->skeleton.reads)
	{
		int source = x->source[r];

		if (source < 0)
			continue;
		assert_true(rcs_in(r, x->rf.row[source]));
		assert_true(rcs_in(r, w->skeleton.location.row[source]));
		assert_int_equal(x->value[r].number, x->value[source].number);
		assert_int_equal(x->value[r].is_address, x->value[source].is_address);
	}
}

static bool agrees(const struct row *row, const struct rcs_proof *proof)
{
	static const char letters[] = {[RCS_ANSWER_UNKNOWN] = '?',
				       [RCS_NEVER] = 'N',
				       [RCS_SOMETIMES] = 'S',
				       [RCS_ALWAYS] = 'A'};
	const struct rcs_answers *lkmm = &proof->model[RCS_MODEL_LKMM];

	if (lkmm->witness != NULL)
		check_witness(lkmm->witness);
	if (letters[lkmm->answer] == row->expected && lkmm->flags == row->flags &&
	    (row->allowed == 0 || lkmm->allowed == row->allowed) &&
	    proof->deadlock == row->deadlock && !proof->gave_up && !proof->strayed &&
	    (lkmm->witness != NULL) == (lkmm->with_target > 0))
		return true;
	print_message("# %s: %c, flags %u, %u executions%s; not %c, %u, %u%s\n",
		      row->name, letters[lkmm->answer], lkmm->flags,
		      (unsigned int)lkmm->allowed, proof->deadlock ? ", deadlock" : "",
		      row->expected, row->flags, (unsigned int)row->allowed,
		      row->deadlock ? ", deadlock" : "");
	return false;
}

static bool holds(const struct row *row)
{
	const struct rcs_prove_options options = {.models = 1U << RCS_MODEL_LKMM,
						  .barrier = RCS_PROVE_IDEAL,
						  .witness = true};
	struct rcs_error e = {0};
	struct rcs_litmus *test;
	struct rcs_proof proof;
	char text[4096];
	size_t size;
	bool good;

	size = (size_t)snprintf(text, sizeof(text), "C %s\n{ " INITIAL " }\n",
				row->name);
	for (int i = 0; i < 4 && row->thread[i] != NULL; i++)
		size += (size_t)snprintf(text + size, sizeof(text) - size,
					 "P%d(" PARAMETERS ")\n{ %s}\n", i,
					 row->thread[i]);
	if (row->filter != NULL)
		size += (size_t)snprintf(text + size, sizeof(text) - size,
					 "filter (%s)\n", row->filter);
	size += (size_t)snprintf(text + size, sizeof(text) - size, "exists (%s)\n",
				 row->target);
	assert_true(size < sizeof(text));
	test = rcs_litmus_parse(row->name, text, size, &e);
	if (test == NULL)
		fail_msg("%s", e.text);
	if (rcs_prove(test, &options, &proof, &e) != 0)
		fail_msg("%s: %s", row->name, e.text);
	good = agrees(row, &proof);
	rcs_proof_release(&proof);
	rcs_litmus_free(test);
	return good;
}

static void compare(const struct row *rows, size_t count)
{
	int wrong = 0;

	for (size_t i = 0; i < count; i++)
		wrong += !holds(&rows[i]);
	assert_int_equal(wrong, 0);
}
#define COMPARE(rows) compare(rows, sizeof(rows) / sizeof((rows)[0]))

/* The axioms coherence and atomic. */
static void one_location(void **state)
{
	static const struct row rows[] = {
		{"CoRR",
		 'N',
		 {W(x, 1), R(r0, x) R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0",
		 .allowed = 3},
		{"CoRR2",
		 'N',
		 {W(x, 1), W(x, 2), R(r0, x) R(r1, x), R(r0, x) R(r1, x)},
		 .target = "2:r0=1" AND "2:r1=2" AND "3:r0=2" AND "3:r1=1"},
		{"CoWW", 'N', {W(x, 1) W(x, 2)}, .target = "x=1", .allowed = 1},
		{"CoRW1", 'N', {R(r0, x) W(x, 1)}, .target = "0:r0=1", .allowed = 1},
		{"CoRW2",
		 'N',
		 {R(r0, x) W(x, 2), W(x, 1)},
		 .target = "0:r0=1" AND "x=1",
		 .allowed = 3},
		{"CoWR",
		 'N',
		 {W(x, 1) R(r0, x), W(x, 2)},
		 .target = "0:r0=2" AND "x=1",
		 .allowed = 3},
		{"CoWR0", 'N', {W(x, 1) R(r0, x), W(x, 2)}, .target = "0:r0=0"},
		{"xchgs",
		 'N',
		 {RMW(r0, "xchg_relaxed(x, 1)"), RMW(r0, "xchg_relaxed(x, 2)")},
		 .target = "0:r0=0" AND "1:r0=0",
		 .allowed = 2},
		{"incs",
		 'N',
		 {CALL("atomic_inc(a)"), CALL("atomic_inc(a)")},
		 .target = "a=1",
		 .allowed = 2},
		{"inc+set",
		 'N',
		 {CALL("atomic_inc(a)"), CALL("atomic_set(a, 5)")},
		 .target = "a=1",
		 .allowed = 2},
		{"read-write+set", /* no RMW */
		 'S',
		 {RMW(r0, "atomic_read(a)") CALL("atomic_set(a, r0 + 1)"),
		  CALL("atomic_set(a, 5)")},
		 .target = "a=1",
		 .allowed = 3},
		{"cmpxchgs",
		 'N',
		 {RMW(r0, "cmpxchg_relaxed(x, 0, 1)"),
		  RMW(r0, "cmpxchg_relaxed(x, 0, 2)")},
		 .target = "0:r0=0" AND "1:r0=0",
		 .allowed = 2},
	};

	(void)state;
	COMPARE(rows);
}

static void message_passing(void **state)
{
	static const struct row rows[] = {
		{"MP",
		 'S',
		 {W(x, 1) W(y, 1), R(r0, y) R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0",
		 .allowed = 4},
		{"MP+wmb+rmb",
		 'N',
		 {W(x, 1) WMB W(y, 1), R(r0, y) RMB R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0",
		 .allowed = 3},
		{"MP+wmb+po",
		 'S',
		 {W(x, 1) WMB W(y, 1), R(r0, y) R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+po+rmb",
		 'S',
		 {W(x, 1) W(y, 1), R(r0, y) RMB R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+rmb+wmb",
		 'S',
		 {W(x, 1) RMB W(y, 1), R(r0, y) WMB R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+mbs",
		 'N',
		 {W(x, 1) MB W(y, 1), R(r0, y) MB R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+barriers",
		 'S',
		 {W(x, 1) CALL("barrier()") W(y, 1),
		  R(r0, y) CALL("barrier()") R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+release+acquire",
		 'N',
		 {W(x, 1) RELEASE(y, 1), ACQUIRE(r0, y) R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+release+po",
		 'S',
		 {W(x, 1) RELEASE(y, 1), R(r0, y) R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+po+acquire",
		 'S',
		 {W(x, 1) W(y, 1), ACQUIRE(r0, y) R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+release-first+acquire", /* nothing behind a release waits for it */
		 'S',
		 {RELEASE(x, 1) W(y, 1), ACQUIRE(r0, y) R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+release+acquire-last",
		 'S',
		 {W(x, 1) RELEASE(y, 1), R(r0, y) ACQUIRE(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+release+rmb",
		 'N',
		 {W(x, 1) RELEASE(y, 1), R(r0, y) RMB R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+wmb+acquire",
		 'N',
		 {W(x, 1) WMB W(y, 1), ACQUIRE(r0, y) R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+release-coi+acquire", /* no release sequence but by RMWs */
		 'S',
		 {W(x, 1) RELEASE(y, 1) W(y, 2), ACQUIRE(r0, y) R(r1, x)},
		 .target = "1:r0=2" AND "1:r1=0"},
		{"MP+store_mb+rmb",
		 'N',
		 {CALL("smp_store_mb(*x, 1)") W(y, 1), R(r0, y) RMB R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+store_mb-last+rmb", /* its fence is behind it alone */
		 'S',
		 {W(x, 1) CALL("smp_store_mb(*y, 1)"), R(r0, y) RMB R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
	};

	(void)state;
	COMPARE(rows);
}

static void two_threads(void **state)
{
	static const struct row rows[] = {
		{"SB",
		 'S',
		 {W(x, 1) R(r0, y), W(y, 1) R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0",
		 .allowed = 4},
		{"SB+mbs",
		 'N',
		 {W(x, 1) MB R(r0, y), W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0",
		 .allowed = 3},
		{"SB+mb+po",
		 'S',
		 {W(x, 1) MB R(r0, y), W(y, 1) R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+wmb-rmbs",
		 'S',
		 {W(x, 1) WMB RMB R(r0, y), W(y, 1) WMB RMB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+release-acquires",
		 'S',
		 {RELEASE(x, 1) ACQUIRE(r0, y), RELEASE(y, 1) ACQUIRE(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+store-mbs",
		 'N',
		 {CALL("smp_store_mb(*x, 1)") R(r0, y),
		  CALL("smp_store_mb(*y, 1)") R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+rfi-rmbs", /* a thread sees its own store early */
		 'S',
		 {W(x, 1) R(r1, x) RMB R(r0, y), W(y, 1) R(r1, y) RMB R(r0, x)},
		 .target = "0:r1=1" AND "1:r1=1" AND "0:r0=0" AND "1:r0=0"},
		{"SB+rfi-mbs",
		 'N',
		 {W(x, 1) R(r1, x) MB R(r0, y), W(y, 1) R(r1, y) MB R(r0, x)},
		 .target = "0:r1=1" AND "1:r1=1" AND "0:r0=0" AND "1:r0=0"},
		{"LB",
		 'S',
		 {R(r0, x) W(y, 1), R(r0, y) W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		{"LB+mbs",
		 'N',
		 {R(r0, x) MB W(y, 1), R(r0, y) MB W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		{"LB+mb+po",
		 'S',
		 {R(r0, x) MB W(y, 1), R(r0, y) W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		{"LB+acquire+release",
		 'N',
		 {ACQUIRE(r0, x) W(y, 1), R(r0, y) RELEASE(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		{"LB+acquire-last+mb",
		 'S',
		 {R(r0, x) ACQUIRE(r1, z) W(y, 1), R(r0, y) MB W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		{"LB+rmb+mb",
		 'S',
		 {R(r0, x) RMB W(y, 1), R(r0, y) MB W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		{"LB+wmb+mb",
		 'S',
		 {R(r0, x) WMB W(y, 1), R(r0, y) MB W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		{"S+wmb+po",
		 'S',
		 {W(x, 2) WMB W(y, 1), R(r0, y) W(x, 1)},
		 .target = "1:r0=1" AND "x=2"},
		{"S+po+mb",
		 'S',
		 {W(x, 2) W(y, 1), R(r0, y) MB W(x, 1)},
		 .target = "1:r0=1" AND "x=2"},
		{"S+wmb+mb",
		 'N',
		 {W(x, 2) WMB W(y, 1), R(r0, y) MB W(x, 1)},
		 .target = "1:r0=1" AND "x=2"},
		{"S+wmb+rmb",
		 'S',
		 {W(x, 2) WMB W(y, 1), R(r0, y) RMB W(x, 1)},
		 .target = "1:r0=1" AND "x=2"},
		{"S+release+acquire",
		 'N',
		 {W(x, 2) RELEASE(y, 1), ACQUIRE(r0, y) W(x, 1)},
		 .target = "1:r0=1" AND "x=2"},
		{"R+mbs",
		 'N',
		 {W(x, 1) MB W(y, 1), W(y, 2) MB R(r0, x)},
		 .target = "y=2" AND "1:r0=0"},
		{"R+wmb+mb", /* a store's way to the others takes a full fence */
		 'S',
		 {W(x, 1) WMB W(y, 1), W(y, 2) MB R(r0, x)},
		 .target = "y=2" AND "1:r0=0"},
		{"R+release+mb",
		 'S',
		 {W(x, 1) RELEASE(y, 1), W(y, 2) MB R(r0, x)},
		 .target = "y=2" AND "1:r0=0"},
		{"R+mb+wmb",
		 'S',
		 {W(x, 1) MB W(y, 1), W(y, 2) WMB R(r0, x)},
		 .target = "y=2" AND "1:r0=0"},
		{"2+2W+mbs",
		 'N',
		 {W(x, 1) MB W(y, 2), W(y, 1) MB W(x, 2)},
		 .target = "x=1" AND "y=1"},
		{"2+2W+mb+wmb",
		 'S',
		 {W(x, 1) MB W(y, 2), W(y, 1) WMB W(x, 2)},
		 .target = "x=1" AND "y=1"},
		{"2+2W+wmbs",
		 'S',
		 {W(x, 1) WMB W(y, 2), W(y, 1) WMB W(x, 2)},
		 .target = "x=1" AND "y=1"},
	};

	(void)state;
	COMPARE(rows);
}

/* What a thread saw goes before a release (A-cumul), and before no wmb. */
static void more_threads(void **state)
{
	static const struct row rows[] = {
		{"WRC+release+acquire",
		 'N',
		 {W(x, 1), R(r0, x) RELEASE(y, 1), ACQUIRE(r0, y) R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"WRC+release+rmb",
		 'N',
		 {W(x, 1), R(r0, x) RELEASE(y, 1), R(r0, y) RMB R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"WRC+mb+rmb",
		 'N',
		 {W(x, 1), R(r0, x) MB W(y, 1), R(r0, y) RMB R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"WRC+acquire+rmb",
		 'S',
		 {W(x, 1), ACQUIRE(r0, x) W(y, 1), R(r0, y) RMB R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"WRC+data+rmb",
		 'S',
		 {W(x, 1), R(r0, x) W(y, r0), R(r0, y) RMB R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"WRC+acquire-wmb+rmb",
		 'S',
		 {W(x, 1), ACQUIRE(r0, x) W(z, 1) WMB W(y, 1), R(r0, y) RMB R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"WRC+release+po",
		 'S',
		 {W(x, 1), R(r0, x) RELEASE(y, 1), R(r0, y) R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"ISA2+wmb+release+rmb",
		 'N',
		 {W(x, 1) WMB W(y, 1), R(r0, y) RELEASE(z, 1), R(r0, z) RMB R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"ISA2+wmb+data+rmb",
		 'S',
		 {W(x, 1) WMB W(y, 1), R(r0, y) W(z, r0), R(r0, z) RMB R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"ISA2+release+acquire-release+acquire",
		 'N',
		 {W(x, 1) RELEASE(y, 1), ACQUIRE(r0, y) RELEASE(z, 1),
		  ACQUIRE(r0, z) R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"ISA2+po+acquire-release+acquire",
		 'S',
		 {W(x, 1) W(y, 1), ACQUIRE(r0, y) RELEASE(z, 1),
		  ACQUIRE(r0, z) R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"ISA2+release+acquire-wmb+acquire",
		 'S',
		 {W(x, 1) RELEASE(y, 1), ACQUIRE(r0, y) W(w, 1) WMB W(z, 1),
		  ACQUIRE(r0, z) R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"W+RWC+mbs",
		 'N',
		 {W(x, 1) MB W(y, 1), R(r0, y) MB R(r1, z), W(z, 1) MB R(r0, x)},
		 .target = "1:r0=1" AND "1:r1=0" AND "2:r0=0"},
		{"W+RWC+release+acquire+mb",
		 'S',
		 {W(x, 1) RELEASE(y, 1), ACQUIRE(r0, y) R(r1, z), W(z, 1) MB R(r0, x)},
		 .target = "1:r0=1" AND "1:r1=0" AND "2:r0=0"},
		{"RWC+mbs",
		 'N',
		 {W(x, 1), R(r0, x) MB R(r1, y), W(y, 1) MB R(r0, x)},
		 .target = "1:r0=1" AND "1:r1=0" AND "2:r0=0"},
		{"RWC+rmb+mb",
		 'S',
		 {W(x, 1), R(r0, x) RMB R(r1, y), W(y, 1) MB R(r0, x)},
		 .target = "1:r0=1" AND "1:r1=0" AND "2:r0=0"},
		{"Z6.0+mb+release+mb",
		 'N',
		 {W(x, 1) MB W(y, 1), R(r0, y) RELEASE(z, 1), W(z, 2) MB R(r0, x)},
		 .target = "1:r0=1" AND "z=2" AND "2:r0=0"},
		{"Z6.0+mb+po+mb",
		 'S',
		 {W(x, 1) MB W(y, 1), R(r0, y) W(z, 1), W(z, 2) MB R(r0, x)},
		 .target = "1:r0=1" AND "z=2" AND "2:r0=0"},
		{"Z6.0+release+acquire-release+mb",
		 'S',
		 {W(x, 1) RELEASE(y, 1), ACQUIRE(r0, y) RELEASE(z, 1),
		  W(z, 2) MB R(r0, x)},
		 .target = "1:r0=1" AND "z=2" AND "2:r0=0"},
		{"Z6.3+mb+mb+rmb",
		 'N',
		 {W(x, 1) MB W(y, 1), W(y, 2) MB W(z, 1), R(r0, z) RMB R(r1, x)},
		 .target = "y=2" AND "2:r0=1" AND "2:r1=0"},
		{"Z6.3+mb+wmb+rmb",
		 'S',
		 {W(x, 1) MB W(y, 1), W(y, 2) WMB W(z, 1), R(r0, z) RMB R(r1, x)},
		 .target = "y=2" AND "2:r0=1" AND "2:r1=0"},
		{"Z6.3+wmb+mb+rmb",
		 'S',
		 {W(x, 1) WMB W(y, 1), W(y, 2) MB W(z, 1), R(r0, z) RMB R(r1, x)},
		 .target = "y=2" AND "2:r0=1" AND "2:r1=0"},
		{"IRIW+mbs",
		 'N',
		 {W(x, 1), R(r0, x) MB R(r1, y), W(y, 1), R(r0, y) MB R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0" AND "3:r0=1" AND "3:r1=0"},
		{"IRIW+mb+rmb",
		 'S',
		 {W(x, 1), R(r0, x) MB R(r1, y), W(y, 1), R(r0, y) RMB R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0" AND "3:r0=1" AND "3:r1=0"},
		{"IRIW+acquires",
		 'S',
		 {W(x, 1), ACQUIRE(r0, x) R(r1, y), W(y, 1), ACQUIRE(r0, y) R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0" AND "3:r0=1" AND "3:r1=0"},
	};

	(void)state;
	COMPARE(rows);
}

static void dependencies(void **state)
{
	static const struct row rows[] = {
		{"MP+wmb+addr",
		 'N',
		 {W(x, 1) WMB W(p, x), R(r0, p) R(r1, r0)},
		 .target = "1:r0=x" AND "1:r1=0"},
		{"MP+po+addr",
		 'S',
		 {W(x, 1) W(p, x), R(r0, p) R(r1, r0)},
		 .target = "1:r0=x" AND "1:r1=0"},
		{"MP+wmb+addr-po",
		 'S',
		 {W(x, 1) WMB W(p, w), R(r0, p) R(r1, r0) R(r2, x)},
		 .target = "1:r0=w" AND "1:r2=0"},
		{"MP+assign+dereference",
		 'N',
		 {W(x, 1) CALL("rcu_assign_pointer(*p, x)"),
		  RMW(r0, "rcu_dereference(*p)") R(r1, r0)},
		 .target = "1:r0=x" AND "1:r1=0"},
		{"MP+wmb+ctrl", /* not to a load */
		 'S',
		 {W(x, 1) WMB W(y, 1), R(r0, y) IF(r0, R(r1, x))},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+wmb+ctrl-rmb",
		 'N',
		 {W(x, 1) WMB W(y, 1), R(r0, y) IF(r0, RMB R(r1, x))},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"S+wmb+data",
		 'N',
		 {W(x, 2) WMB W(y, 1), R(r0, y) W(x, r0)},
		 .target = "1:r0=1" AND "x=2"},
		{"S+wmb+ctrl",
		 'N',
		 {W(x, 2) WMB W(y, 1), R(r0, y) IF(r0, W(x, 1))},
		 .target = "1:r0=1" AND "x=2"},
		{"LB+data+mb",
		 'N',
		 {R(r0, x) W(y, r0), R(r0, y) MB W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		{"LB+false-data+mb",
		 'N',
		 {R(r0, x) W(y, 1 + r0 - r0), R(r0, y) MB W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		{"LB+addr+mb",
		 'N',
		 {R(r0, p) W(r0, 1), R(r0, x) MB W(p, x)},
		 .target = "0:r0=x" AND "1:r0=1"},
		{"LB+addr-po+mb", /* machines wait here; the model does not say so */
		 'S',
		 {R(r0, p) R(r1, r0) W(y, 1), R(r0, y) MB W(p, x)},
		 .target = "0:r0=x" AND "1:r0=1"},
		{"LB+ctrl+mb",
		 'N',
		 {R(r0, x) IF(r0, W(y, 1)), R(r0, y) MB W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		{"LB+ctrl-else+mb",
		 'N',
		 {R(r0, x) "if (r0 == 0) { } else { " W(y, 1) "} ",
		  R(r0, y) MB W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		{"LB+ctrl-ended+mb", /* behind the if there is no dependency */
		 'S',
		 {R(r0, x) IF(r0, W(z, 1)) W(y, 1), R(r0, y) MB W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		{"LB+ctrl-nested+mb",
		 'N',
		 {R(r0, x) R(r1, z) IF(r0, "if (r1 == 0) { " W(y, 1) "} "),
		  R(r0, y) MB W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		/* dep ; [Marked] ; rfi: a load waits for the value of the store that it
		 * reads, or for its address; not for its branch. */
		{"MP+wmb+data-rfi-addr",
		 'N',
		 {W(x, 1) WMB W(p, x), R(r0, p) W(q, r0) R(r1, q) R(r2, r1)},
		 .target = "1:r0=x" AND "1:r1=x" AND "1:r2=0"},
		{"MP+wmb+ctrl-rfi-addr",
		 'S',
		 {W(x, 1) WMB W(y, 1), R(r0, y) IF(r0, W(q, x)) R(r1, q) R(r2, r1)},
		 .target = "1:r0=1" AND "1:r1=x" AND "1:r2=0"},
		{"MP+wmb+data-rfi-acquire",
		 'N',
		 {W(x, 1) WMB W(y, 1), R(r0, y) W(w, r0) ACQUIRE(r1, w) R(r2, x)},
		 .target = "1:r0=1" AND "1:r1=1" AND "1:r2=0"},
		{"MP+wmb+addr-rfi-acquire",
		 'N',
		 {W(x, 1) WMB W(p, w), R(r0, p) W(r0, 1) ACQUIRE(r1, w) R(r2, x)},
		 .target = "1:r0=w" AND "1:r1=1" AND "1:r2=0"},
		{"MP+wmb+ctrl-rfi-acquire",
		 'S',
		 {W(x, 1) WMB W(y, 1),
		  R(r0, y) IF(r0, W(w, 1)) ACQUIRE(r1, w) R(r2, x)},
		 .target = "1:r0=1" AND "1:r1=1" AND "1:r2=0"},
		{"MP+wmb+po-rfi-acquire",
		 'S',
		 {W(x, 1) WMB W(y, 1), R(r0, y) W(w, 1) ACQUIRE(r1, w) R(r2, x)},
		 .target = "1:r0=1" AND "1:r1=1" AND "1:r2=0"},
		/* But a load that sees what another thread wrote over the store comes
		 * after it: (prop \ id) & int. */
		{"MP+wmb+ctrl-detour-acquire",
		 'N',
		 {W(x, 1) WMB W(y, 1), R(r0, y) IF(r0, W(w, 1)) ACQUIRE(r1, w) R(r2, x),
		  W(w, 2)},
		 .target = "1:r0=1" AND "1:r1=2" AND "1:r2=0" AND "w=2"},
		{"MP+wmb+po-detour-acquire",
		 'S',
		 {W(x, 1) WMB W(y, 1), R(r0, y) W(w, 1) ACQUIRE(r1, w) R(r2, x),
		  W(w, 2)},
		 .target = "1:r0=1" AND "1:r1=2" AND "1:r2=0" AND "w=2"},
		/* overwrite & int */
		{"MP+wmb+fri-data",
		 'N',
		 {R(r0, x) W(y, r0), R(r0, y) W(y, 2), R(r0, y) MB W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1" AND "2:r0=2"},
		{"LB+data-coi+mb",
		 'N',
		 {R(r0, x) W(y, r0) W(y, 2), R(r0, y) MB W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=2"},
		{"LB+fri+mb",
		 'N',
		 {R(r0, x) W(x, 2), R(r0, x) MB W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=2"},
	};

	(void)state;
	COMPARE(rows);
}

/* Mb & R, Mb & W, and what goes together with fences before and after. */
static void updates(void **state)
{
	static const struct row rows[] = {
		{"SB+xchgs",
		 'N',
		 {RMW(r1, "xchg(x, 1)") R(r0, y), RMW(r1, "xchg(y, 1)") R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+mb+po-xchg", /* it reads as a fence in front of it asks */
		 'N',
		 {W(x, 1) RMW(r0, "xchg(y, 2)"), W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+mb+po-xchg_release", /* only its write is a release */
		 'S',
		 {W(x, 1) RMW(r0, "xchg_release(y, 2)"), W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+xchg_acquire+mb", /* only its read is an acquire */
		 'S',
		 {RMW(r1, "xchg_acquire(x, 1)") R(r0, y), W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+xchg-between+mb",
		 'N',
		 {W(x, 1) RMW(r1, "xchg(z, 1)") R(r0, y), W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+xchg_relaxed-between+mb",
		 'S',
		 {W(x, 1) RMW(r1, "xchg_relaxed(z, 1)") R(r0, y), W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+add_return-between+mb",
		 'N',
		 {W(x, 1) RMW(r1, "atomic_add_return(2, a)") R(r0, y),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+dec_and_test-between+mb",
		 'N',
		 {W(x, 1) RMW(r1, "atomic_dec_and_test(a)") R(r0, y),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+inc-between+mb",
		 'S',
		 {W(x, 1) CALL("atomic_inc(a)") R(r0, y), W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+before-inc+mb",
		 'N',
		 {W(x, 1) CALL("smp_mb__before_atomic(); atomic_inc(a)") R(r0, y),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+inc-before+mb",
		 'S',
		 {W(x, 1) CALL("atomic_inc(a); smp_mb__before_atomic()") R(r0, y),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+inc-after+mb",
		 'N',
		 {W(x, 1) CALL("atomic_inc(a); smp_mb__after_atomic()") R(r0, y),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+after-inc+mb",
		 'S',
		 {W(x, 1) CALL("smp_mb__after_atomic(); atomic_inc(a)") R(r0, y),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+before-set+mb", /* which is no RMW */
		 'S',
		 {W(x, 1) CALL("smp_mb__before_atomic(); atomic_set(a, 1)") R(r0, y),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+before-xchg+mb", /* the RMW itself is behind the fence */
		 'N',
		 {W(x, 1) CALL("smp_mb__before_atomic()") RMW(r0, "xchg_relaxed(y, 2)"),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+xchg-after+mb",
		 'N',
		 {RMW(r1, "xchg_relaxed(x, 1)") CALL("smp_mb__after_atomic()") R(r0, y),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+cmpxchg+mb",
		 'N',
		 {W(x, 1) RMW(r1, "cmpxchg(z, 0, 1)") R(r0, y), W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+cmpxchg-fails+mb",
		 'S',
		 {W(x, 1) RMW(r1, "cmpxchg(z, 1, 2)") R(r0, y), W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+cmpxchg-fails-after+mb",
		 'N',
		 {W(x, 1) RMW(r1, "cmpxchg(z, 1, 2)") CALL("smp_mb__after_atomic()")
			  R(r0, y),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+before-cmpxchg-fails+mb",
		 'N',
		 {W(x, 1) CALL("smp_mb__before_atomic()") RMW(r1, "cmpxchg(z, 1, 2)")
			  R(r0, y),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+add_unless+mb",
		 'N',
		 {W(x, 1) RMW(r1, "atomic_add_unless(a, 1, 5)") R(r0, y),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+add_unless-fails+mb",
		 'S',
		 {W(x, 1) RMW(r1, "atomic_add_unless(a, 1, 0)") R(r0, y),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"MP+xchg_release+xchg_acquire",
		 'N',
		 {W(x, 1) RMW(r0, "xchg_release(y, 1)"),
		  RMW(r0, "xchg_acquire(y, 2)") R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+xchg_relaxed+xchg_acquire",
		 'S',
		 {W(x, 1) RMW(r0, "xchg_relaxed(y, 1)"),
		  RMW(r0, "xchg_acquire(y, 2)") R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+xchg_acquire+xchg_acquire",
		 'S',
		 {W(x, 1) RMW(r0, "xchg_acquire(y, 1)"),
		  RMW(r0, "xchg_acquire(y, 2)") R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+xchg_release+xchg_release",
		 'S',
		 {W(x, 1) RMW(r0, "xchg_release(y, 1)"),
		  RMW(r0, "xchg_release(y, 2)") R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+wmb+cmpxchg_acquire",
		 'N',
		 {W(x, 1) WMB W(y, 1), RMW(r0, "cmpxchg_acquire(y, 1, 2)") R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+wmb+cmpxchg_acquire-fails",
		 'S',
		 {W(x, 1) WMB W(y, 1), RMW(r0, "cmpxchg_acquire(y, 5, 2)") R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		/* Noreturn: it is as if nobody had read for a rmb to order. */
		{"MP+wmb+inc-rmb",
		 'S',
		 {W(x, 1) WMB CALL("atomic_set(a, 1)"),
		  CALL("atomic_inc(a)") RMB R(r1, x)},
		 .target = "a=2" AND "1:r1=0"},
		{"MP+wmb+fetch_inc_relaxed-rmb",
		 'N',
		 {W(x, 1) WMB CALL("atomic_set(a, 1)"),
		  RMW(r0, "atomic_fetch_inc_relaxed(a)") RMB R(r1, x)},
		 .target = "a=2" AND "1:r0=1" AND "1:r1=0"},
		{"MP+wmb+rmb-inc",
		 'S',
		 {CALL("atomic_set(a, 4)") WMB W(y, 1),
		  R(r0, y) RMB CALL("atomic_inc(a)")},
		 .target = "1:r0=1" AND "a=4"},
		{"MP+wmb+rmb-inc_return_relaxed",
		 'N',
		 {CALL("atomic_set(a, 4)") WMB W(y, 1),
		  R(r0, y) RMB RMW(r1, "atomic_inc_return_relaxed(a)")},
		 .target = "1:r0=1" AND "a=4"},
		{"MP+wmb+inc-mb",
		 'N',
		 {W(x, 1) WMB CALL("atomic_set(a, 1)"),
		  CALL("atomic_inc(a)") MB R(r1, x)},
		 .target = "a=2" AND "1:r1=0"},
		/* The write of an RMW that computes has its data from the read. */
		{"LB+fetch_inc_relaxed-rfi-data+mb",
		 'N',
		 {RMW(r0, "atomic_fetch_inc_relaxed(a)") RMW(r1, "atomic_read(a)")
			  W(y, r1),
		  R(r0, y) MB CALL("atomic_set(a, 1)")},
		 .target = "0:r0=1" AND "0:r1=2" AND "1:r0=2"},
		{"LB+xchg_relaxed-rfi-data+mb",
		 'S',
		 {RMW(r0, "xchg_relaxed(x, 2)") R(r1, x) W(y, r1), R(r0, y) MB W(x, 1)},
		 .target = "0:r0=1" AND "0:r1=2" AND "1:r0=2"},
	};

	(void)state;
	COMPARE(rows);
}

/* rmw-sequence: RMWs by whomever hand on what a release, or any fence, ordered. */
static void update_sequences(void **state)
{
	static const struct row rows[] = {
		{"MP+release+xchg_relaxed+acquire",
		 'N',
		 {W(x, 1) RELEASE(y, 1), RMW(r0, "xchg_relaxed(y, 2)"),
		  ACQUIRE(r0, y) R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=2" AND "2:r1=0"},
		{"MP+release+read-write+acquire",
		 'S',
		 {W(x, 1) RELEASE(y, 1), R(r0, y) W(y, 2), ACQUIRE(r0, y) R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=2" AND "2:r1=0"},
		{"MP+release+read-data+acquire",
		 'S',
		 {W(x, 1) RELEASE(y, 1), R(r0, y) W(y, r0 + 1),
		  ACQUIRE(r0, y) R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=2" AND "2:r1=0"},
		{"MP+wmb+xchg_relaxed+acquire",
		 'N',
		 {W(x, 1) WMB W(y, 1), RMW(r0, "xchg_relaxed(y, 2)"),
		  ACQUIRE(r0, y) R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=2" AND "2:r1=0"},
		{"MP+po+xchg_relaxed+acquire",
		 'S',
		 {W(x, 1) W(y, 1), RMW(r0, "xchg_relaxed(y, 2)"),
		  ACQUIRE(r0, y) R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=2" AND "2:r1=0"},
		{"MP+release+incs+acquire",
		 'N',
		 {W(x, 1) CALL("atomic_set_release(a, 1)"), CALL("atomic_inc(a)"),
		  CALL("atomic_inc(a)"), RMW(r0, "atomic_read_acquire(a)") R(r1, x)},
		 .target = "a=3" AND "3:r0=3" AND "3:r1=0"},
		{"MP+release-xchg_relaxed+acquire", /* by the same thread as well */
		 'N',
		 {W(x, 1) RELEASE(y, 1) RMW(r0, "xchg_relaxed(y, 2)"),
		  ACQUIRE(r0, y) R(r1, x)},
		 .target = "1:r0=2" AND "1:r1=0"},
		{"MP+release+xchg_relaxed-coi+acquire",
		 'S',
		 {W(x, 1) RELEASE(y, 1), RMW(r0, "xchg_relaxed(y, 2)") W(y, 3),
		  ACQUIRE(r0, y) R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=3" AND "2:r1=0"},
	};

	(void)state;
	COMPARE(rows);
}

static void locks(void **state)
{
	static const struct row rows[] = {
		{"Lock+inc",
		 'N',
		 {LOCK(s) R(r0, x) W(x, r0 + 1) UNLOCK(s),
		  LOCK(s) R(r0, x) W(x, r0 + 1) UNLOCK(s)},
		 .target = "x=1",
		 .allowed = 2},
		{"Lock+inc-other",
		 'S',
		 {LOCK(s) R(r0, x) W(x, r0 + 1) UNLOCK(s),
		  LOCK(t) R(r0, x) W(x, r0 + 1) UNLOCK(t)},
		 .target = "x=1"},
		{"MP+locks",
		 'N',
		 {LOCK(s) W(x, 1) W(y, 1) UNLOCK(s),
		  LOCK(s) R(r0, y) R(r1, x) UNLOCK(s)},
		 .target = "1:r0=1" AND "1:r1=0",
		 .allowed = 2},
		{"MP+lock+other-lock",
		 'S',
		 {LOCK(s) W(x, 1) W(y, 1) UNLOCK(s),
		  LOCK(t) R(r0, y) R(r1, x) UNLOCK(t)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"SB+locks",
		 'N',
		 {LOCK(s) W(x, 1) R(r0, y) UNLOCK(s),
		  LOCK(s) W(y, 1) R(r0, x) UNLOCK(s)},
		 .target = "0:r0=0" AND "1:r0=0",
		 .allowed = 2},
		/* po-unlock-lock-po in one thread: of any two locks; but no full fence.
		 */
		{"MP+unlock-lock+rmb",
		 'N',
		 {LOCK(s) W(x, 1) UNLOCK(s) LOCK(t) W(y, 1) UNLOCK(t),
		  R(r0, y) RMB R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+lock-unlock+rmb",
		 'S',
		 {W(x, 1) LOCK(s) UNLOCK(s) W(y, 1), R(r0, y) RMB R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+wmb+unlock-lock",
		 'N',
		 {W(x, 1) WMB W(y, 1),
		  LOCK(s) R(r0, y) UNLOCK(s) LOCK(t) R(r1, x) UNLOCK(t)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+wmb+lock-unlock",
		 'S',
		 {W(x, 1) WMB W(y, 1), R(r0, y) LOCK(s) UNLOCK(s) R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"SB+unlock-lock+mb",
		 'S',
		 {LOCK(s) W(x, 1) UNLOCK(s) LOCK(t) R(r0, y) UNLOCK(t),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+unlock-lock-after_unlock_lock+mb",
		 'N',
		 {LOCK(s) W(x, 1) UNLOCK(s) LOCK(t) CALL("smp_mb__after_unlock_lock()")
			  R(r0, y) UNLOCK(t),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+lock-after_unlock_lock+mb",
		 'S',
		 {W(x, 1) LOCK(s) CALL("smp_mb__after_unlock_lock()") R(r0, y)
			  UNLOCK(s),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+lock-after_spinlock+mb",
		 'N',
		 {W(x, 1) LOCK(s) CALL("smp_mb__after_spinlock()") R(r0, y) UNLOCK(s),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+after_spinlock+mb",
		 'S',
		 {W(x, 1) CALL("smp_mb__after_spinlock()") R(r0, y),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		/* From thread to thread: seen by a third, which does not lock. */
		{"ISA2+lock+lock+rmb",
		 'N',
		 {LOCK(s) W(x, 1) UNLOCK(s), LOCK(s) R(r0, x) W(y, 1) UNLOCK(s),
		  R(r0, y) RMB R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"ISA2+lock+lock-unlock-po+rmb", /* behind the second section, too */
		 'N',
		 {LOCK(s) W(x, 1) UNLOCK(s), LOCK(s) R(r0, x) UNLOCK(s) W(y, 1),
		  R(r0, y) RMB R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"ISA2+lock+other-lock+rmb",
		 'S',
		 {LOCK(s) W(x, 1) UNLOCK(s), LOCK(t) R(r0, x) W(y, 1) UNLOCK(t),
		  R(r0, y) RMB R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"Z6.0+lock+lock+mb",
		 'S',
		 {LOCK(s) W(x, 1) W(y, 1) UNLOCK(s), LOCK(s) R(r0, y) W(z, 1) UNLOCK(s),
		  W(z, 2) MB R(r0, x)},
		 .target = "1:r0=1" AND "z=2" AND "2:r0=0"},
		{"Z6.0+lock+lock-after_spinlock+mb",
		 'N',
		 {LOCK(s) W(x, 1) W(y, 1) UNLOCK(s),
		  LOCK(s) CALL("smp_mb__after_spinlock()") R(r0, y) W(z, 1) UNLOCK(s),
		  W(z, 2) MB R(r0, x)},
		 .target = "1:r0=1" AND "z=2" AND "2:r0=0"},
		{"Z6.0+lock+lock-after_unlock_lock+mb",
		 'N',
		 {LOCK(s) W(x, 1) W(y, 1) UNLOCK(s),
		  LOCK(s) CALL("smp_mb__after_unlock_lock()") R(r0, y) W(z, 1)
			  UNLOCK(s),
		  W(z, 2) MB R(r0, x)},
		 .target = "1:r0=1" AND "z=2" AND "2:r0=0"},
		{"Z6.0+lock+other-lock-after_unlock_lock+mb",
		 'S',
		 {LOCK(s) W(x, 1) W(y, 1) UNLOCK(s),
		  LOCK(t) CALL("smp_mb__after_unlock_lock()") R(r0, y) W(z, 1)
			  UNLOCK(t),
		  W(z, 2) MB R(r0, x)},
		 .target = "1:r0=1" AND "z=2" AND "2:r0=0"},
	};

	(void)state;
	COMPARE(rows);
}

static void locks_that_are_asked(void **state)
{
	static const struct row rows[] = {
		{"MP+lock+trylock",
		 'N',
		 {LOCK(s) W(x, 1) W(y, 1) UNLOCK(s),
		  RMW(r2, "spin_trylock(s)") R(r0, y) R(r1, x) IF(r2, UNLOCK(s))},
		 .target = "1:r2=1" AND "1:r0=1" AND "1:r1=0"},
		{"MP+lock+trylock-fails",
		 'S',
		 {LOCK(s) W(x, 1) W(y, 1) UNLOCK(s),
		  RMW(r2, "spin_trylock(s)") R(r0, y) R(r1, x) IF(r2, UNLOCK(s))},
		 .target = "1:r2=0" AND "1:r0=1" AND "1:r1=0"},
		{"SB+trylock-after_spinlock+mb",
		 'N',
		 {W(x, 1) RMW(r2, "spin_trylock(s)") CALL("smp_mb__after_spinlock()")
			  R(r0, y),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r2=1" AND "0:r0=0" AND "1:r0=0"},
		{"SB+trylock-fails-after_spinlock+mb",
		 'S',
		 {W(x, 1) RMW(r2, "spin_trylock(s)") CALL("smp_mb__after_spinlock()")
			  R(r0, y),
		  W(y, 1) MB R(r0, x), LOCK(s)},
		 .target = "0:r2=0" AND "0:r0=0" AND "1:r0=0"},
		{"MP+wmb-lock+trylock-fails-rmb", /* it has read what the lock wrote */
		 'N',
		 {W(x, 1) WMB LOCK(s), RMW(r0, "spin_trylock(s)") RMB R(r1, x)},
		 .target = "1:r0=0" AND "1:r1=0"},
		{"MP+wmb-lock+trylock-fails",
		 'S',
		 {W(x, 1) WMB LOCK(s), RMW(r0, "spin_trylock(s)") R(r1, x)},
		 .target = "1:r0=0" AND "1:r1=0"},
		{"MP+wmb-lock+is_locked-rmb",
		 'N',
		 {W(x, 1) WMB LOCK(s), RMW(r0, "spin_is_locked(s)") RMB R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+wmb-lock+is_locked",
		 'S',
		 {W(x, 1) WMB LOCK(s), RMW(r0, "spin_is_locked(s)") R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"trylock-free", 'A', {RMW(r0, "spin_trylock(s)")}, .target = "0:r0=1"},
		{"trylock-twice",
		 'A',
		 {RMW(r0, "spin_trylock(s)") RMW(r1, "spin_trylock(s)")},
		 .target = "0:r0=1" AND "0:r1=0",
		 .allowed = 1},
		{"lock-is_locked",
		 'A',
		 {LOCK(s) RMW(r0, "spin_is_locked(s)") UNLOCK(s)
			  RMW(r1, "spin_is_locked(s)")},
		 .target = "0:r0=1" AND "0:r1=0",
		 .allowed = 1},
		{"lock+is_locked",
		 'A',
		 {LOCK(s) RMW(r0, "spin_is_locked(s)") UNLOCK(s), LOCK(s) UNLOCK(s)},
		 .target = "0:r0=1",
		 .allowed = 2},
		{"AB-BA", /* a deadlock is no end */
		 'A',
		 {LOCK(s) LOCK(t) UNLOCK(t) UNLOCK(s),
		  LOCK(t) LOCK(s) UNLOCK(s) UNLOCK(t)},
		 .target = "true",
		 .allowed = 2},
		{"lock-lock",
		 'N',
		 {LOCK(s) LOCK(s)},
		 .target = "true",
		 .deadlock = true},
		{"lock-lock-unlock",
		 'N',
		 {LOCK(s) LOCK(s) UNLOCK(s), W(x, 1)},
		 .target = "x=1",
		 .deadlock = true},
		{"lock+lock",
		 'N',
		 {LOCK(s), LOCK(s)},
		 .target = "true",
		 .deadlock = true},
		{"lock-unlock+lock",
		 'A',
		 {LOCK(s) UNLOCK(s), LOCK(s)},
		 .target = "true"},
		{"unlock", 'A', {UNLOCK(s)}, .target = "true", .flags = BAD_UNL},
		{"lock-unlock-unlock",
		 'A',
		 {LOCK(s) UNLOCK(s) UNLOCK(s)},
		 .target = "true",
		 .flags = BAD_UNL},
		{"lock+unlock",
		 'A',
		 {LOCK(s), UNLOCK(s)},
		 .target = "true",
		 .flags = BAD_UNL},
		{"lock-unlock-other",
		 'A',
		 {LOCK(s) UNLOCK(t)},
		 .target = "true",
		 .flags = BAD_UNL},
		{"lock-unlock-lock-unlock",
		 'A',
		 {LOCK(s) UNLOCK(s) LOCK(s) UNLOCK(s)},
		 .target = "true"},
	};

	(void)state;
	COMPARE(rows);
}

/* Dependencies that plain accesses carry, and where they order by themselves. */
static void plain_dependencies(void **state)
{
	static const struct row rows[] = {
		{"LB+plain-carry-data+mb",
		 'N',
		 {R(r0, x) PLAIN("*w = r0") PLAIN("r1 = *w") W(y, r1),
		  R(r0, y) MB W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		{"LB+plain-carry-ctrl+mb",
		 'N',
		 {R(r0, x) PLAIN("*w = r0") PLAIN("r1 = *w") IF(r1, W(y, 1)),
		  R(r0, y) MB W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		{"LB+plain-carry-addr+mb",
		 'N',
		 {R(r0, p) PLAIN("*q = r0") PLAIN("r1 = *q") W(r1, 1),
		  R(r0, x) MB W(p, x)},
		 .target = "0:r0=x" AND "1:r0=1"},
		{"LB+plain-no-carry+mb",
		 'S',
		 {R(r0, x) PLAIN("*w = 1") PLAIN("r1 = *w") W(y, r1),
		  R(r0, y) MB W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		/* addr ; [Plain] ; wmb */
		{"LB+addr-plain-wmb+mb",
		 'N',
		 {R(r0, p) PLAIN("*r0 = 1") WMB W(y, 1), R(r0, y) MB W(p, w)},
		 .target = "0:r0=w" AND "1:r0=1"},
		{"LB+addr-plain+mb",
		 'S',
		 {R(r0, p) PLAIN("*r0 = 1") W(y, 1), R(r0, y) MB W(p, w)},
		 .target = "0:r0=w" AND "1:r0=1"},
		{"LB+data-plain-wmb+mb",
		 'S',
		 {R(r0, x) PLAIN("*w = r0") WMB W(y, 1), R(r0, y) MB W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		{"LB+data-once-wmb+mb",
		 'N',
		 {R(r0, x) W(w, r0) WMB W(y, 1), R(r0, y) MB W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		/* A plain store that a compiler may forward hands nothing on. */
		{"MP+wmb+addr-plain-rfi-acquire",
		 'S',
		 {W(x, 1) WMB W(p, w),
		  R(r0, p) PLAIN("*r0 = 1") ACQUIRE(r1, w) R(r2, x)},
		 .target = "1:r0=w" AND "1:r1=1" AND "1:r2=0",
		 .flags = MIXED},
		/* What a thread did plainly takes no part in happens-before. */
		{"S+wmb+data-plain",
		 'S',
		 {W(x, 2) WMB W(y, 1), R(r0, y) PLAIN("*x = r0")},
		 .target = "1:r0=1" AND "x=2",
		 .flags = RACE},
	};

	(void)state;
	COMPARE(rows);
}

static void races(void **state)
{
	static const struct row rows[] = {
		{"write+write",
		 'S',
		 {PLAIN("*x = 1"), PLAIN("*x = 2")},
		 .target = "x=1",
		 .flags = RACE,
		 .allowed = 2},
		{"write+once",
		 'S',
		 {PLAIN("*x = 1"), W(x, 2)},
		 .target = "x=1",
		 .flags = RACE},
		{"once+once", 'S', {W(x, 1), W(x, 2)}, .target = "x=1"},
		{"write+read",
		 'S',
		 {PLAIN("*x = 1"), PLAIN("r0 = *x")},
		 .target = "1:r0=1",
		 .flags = RACE},
		{"once+read",
		 'S',
		 {W(x, 1), PLAIN("r0 = *x")},
		 .target = "1:r0=1",
		 .flags = RACE},
		{"read+read",
		 'A',
		 {PLAIN("r0 = *x"), PLAIN("r0 = *x")},
		 .target = "0:r0=0"},
		{"other-places",
		 'A',
		 {PLAIN("*x = 1"), PLAIN("r0 = *y")},
		 .target = "1:r0=0"},
		{"CoRR+plains", /* one location is coherent all the same */
		 'N',
		 {PLAIN("*x = 1"), PLAIN("r0 = *x") PLAIN("r1 = *x")},
		 .target = "1:r0=1" AND "1:r1=0",
		 .flags = RACE,
		 .allowed = 3},
		{"Lock+plains",
		 'N',
		 {LOCK(s) PLAIN("r0 = *x") PLAIN("*x = r0 + 1") UNLOCK(s),
		  LOCK(s) PLAIN("r0 = *x") PLAIN("*x = r0 + 1") UNLOCK(s)},
		 .target = "x=1",
		 .allowed = 2},
		{"Lock+plains-other",
		 'S',
		 {LOCK(s) PLAIN("r0 = *x") PLAIN("*x = r0 + 1") UNLOCK(s),
		  LOCK(t) PLAIN("r0 = *x") PLAIN("*x = r0 + 1") UNLOCK(t)},
		 .target = "x=1",
		 .flags = RACE},
		/* A write, and then a read: wr-vis. */
		{"MP+release+acquire-read",
		 'N',
		 {PLAIN("*x = 1") RELEASE(y, 1),
		  ACQUIRE(r0, y) IF(r0, PLAIN("r1 = *x"))},
		 .target = "1:r0=1" AND "1:r1=0",
		 .allowed = 2},
		{"MP+release+acquire-read-anyway",
		 'N',
		 {PLAIN("*x = 1") RELEASE(y, 1), ACQUIRE(r0, y) PLAIN("r1 = *x")},
		 .target = "1:r0=1" AND "1:r1=0",
		 .flags = RACE},
		{"MP+po+acquire-read",
		 'S',
		 {PLAIN("*x = 1") W(y, 1), ACQUIRE(r0, y) IF(r0, PLAIN("r1 = *x"))},
		 .target = "1:r0=1" AND "1:r1=0",
		 .flags = RACE},
		{"MP+release+ctrl-read",
		 'S',
		 {PLAIN("*x = 1") RELEASE(y, 1), R(r0, y) IF(r0, PLAIN("r1 = *x"))},
		 .target = "1:r0=1" AND "1:r1=0",
		 .flags = RACE},
		{"MP+wmb+rmb-read",
		 'N',
		 {PLAIN("*x = 1") WMB W(y, 1), R(r0, y) RMB IF(r0, PLAIN("r1 = *x"))},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+wmb+inc-rmb-read",
		 'S',
		 {PLAIN("*x = 1") WMB CALL("atomic_set(a, 1)"),
		  CALL("atomic_inc(a)") RMB PLAIN("r1 = *x")},
		 .target = "a=2" AND "1:r1=0",
		 .flags = RACE},
		{"MP+assign+dereference-read",
		 'N',
		 {PLAIN("*x = 1") CALL("rcu_assign_pointer(*p, x)"),
		  RMW(r0, "rcu_dereference(*p)") PLAIN("r1 = *r0")},
		 .target = "1:r0=x" AND "1:r1=0"},
		{"MP+po+dereference-read",
		 'S',
		 {PLAIN("*x = 1") W(p, x),
		  RMW(r0, "rcu_dereference(*p)") PLAIN("r1 = *r0")},
		 .target = "1:r0=x" AND "1:r1=0",
		 .flags = RACE},
		/* A write, and then a write: it may be read as well while it is being
		 * made, so wmb is not enough. */
		{"MP+release+acquire-write",
		 'N',
		 {PLAIN("*x = 1") RELEASE(y, 1),
		  ACQUIRE(r0, y) IF(r0, PLAIN("*x = 2"))},
		 .target = "1:r0=1" AND "x=1"},
		{"MP+wmb+acquire-write",
		 'N',
		 {PLAIN("*x = 1") WMB W(y, 1), ACQUIRE(r0, y) IF(r0, PLAIN("*x = 2"))},
		 .target = "1:r0=1" AND "x=1",
		 .flags = RACE},
		{"MP+wmb+acquire-write-of-once",
		 'N',
		 {W(x, 1) WMB W(y, 1), ACQUIRE(r0, y) IF(r0, PLAIN("*x = 2"))},
		 .target = "1:r0=1" AND "x=1"},
		{"MP+release+ctrl-write",
		 'S',
		 {PLAIN("*x = 1") RELEASE(y, 1), R(r0, y) IF(r0, PLAIN("*x = 2"))},
		 .target = "1:r0=1" AND "x=1",
		 .flags = RACE},
		{"MP+release+ctrl-once",
		 'N',
		 {PLAIN("*x = 1") RELEASE(y, 1), R(r0, y) IF(r0, W(x, 2))},
		 .target = "1:r0=1" AND "x=1"},
		{"MP+assign+addr-write",
		 'N',
		 {PLAIN("*x = 1") CALL("rcu_assign_pointer(*p, x)"),
		  R(r0, p) PLAIN("*r0 = 2")},
		 .target = "1:r0=x" AND "x=1"},
		/* A read, and then a write: rw-xbstar. */
		{"LB+read-release+acquire-write",
		 'N',
		 {PLAIN("r0 = *x") RELEASE(y, 1),
		  ACQUIRE(r1, y) IF(r1, PLAIN("*x = 1"))},
		 .target = "0:r0=1" AND "1:r1=1",
		 .allowed = 2},
		{"LB+read-wmb+acquire-write",
		 'S',
		 {PLAIN("r0 = *x") WMB W(y, 1), ACQUIRE(r1, y) IF(r1, PLAIN("*x = 1"))},
		 .target = "0:r0=1" AND "1:r1=1",
		 .flags = RACE},
		{"LB+read-rmb-data+acquire-write",
		 'N',
		 {PLAIN("r0 = *x") RMB R(r1, z) W(y, r1 + 1),
		  ACQUIRE(r1, y) IF(r1, PLAIN("*x = 1"))},
		 .target = "0:r0=1" AND "1:r1=1"},
		{"LB+read-rmb-po+acquire-write",
		 'S',
		 {PLAIN("r0 = *x") RMB R(r1, z) W(y, 1),
		  ACQUIRE(r1, y) IF(r1, PLAIN("*x = 1"))},
		 .target = "0:r0=1" AND "1:r1=1",
		 .flags = RACE},
		{"LB+read-mb+ctrl-once",
		 'N',
		 {PLAIN("r0 = *x") MB W(y, 1), R(r1, y) IF(r1, W(x, 1))},
		 .target = "0:r0=1" AND "1:r1=1"},
		/* By RMWs of other threads, and by locks that were handed on. */
		{"MP+release+fetch_inc_relaxed+acquire-read",
		 'N',
		 {PLAIN("*x = 1") CALL("atomic_set_release(a, 4)"),
		  RMW(r0, "atomic_fetch_inc_relaxed(a)"),
		  RMW(r0, "atomic_read_acquire(a)") "if (r0 == 5) { r1 = *x; } "},
		 .target = "2:r0=5" AND "2:r1=0"},
		{"MP+release+read-write+acquire-read",
		 'S',
		 {PLAIN("*x = 1") RELEASE(y, 4), R(r0, y) W(y, r0 + 1),
		  ACQUIRE(r0, y) "if (r0 == 5) { r1 = *x; } "},
		 .target = "2:r0=5" AND "2:r1=0",
		 .flags = RACE},
		{"WRC+release+acquire-read",
		 'N',
		 {PLAIN("*x = 1") RELEASE(y, 1), R(r0, y) IF(r0, RELEASE(z, 1)),
		  ACQUIRE(r0, z) IF(r0, PLAIN("r1 = *x"))},
		 .target = "2:r0=1" AND "2:r1=0"},
		{"WRC+ctrl+acquire-read",
		 'S',
		 {PLAIN("*x = 1") RELEASE(y, 1), R(r0, y) IF(r0, W(z, 1)),
		  ACQUIRE(r0, z) IF(r0, PLAIN("r1 = *x"))},
		 .target = "2:r0=1" AND "2:r1=0",
		 .flags = RACE},
		{"WRC+mb-first+ctrl+acquire-read", /* a full fence is for all to see */
		 'N',
		 {PLAIN("*x = 1") MB W(y, 1), R(r0, y) IF(r0, W(z, 1)),
		  ACQUIRE(r0, z) IF(r0, PLAIN("r1 = *x"))},
		 .target = "2:r0=1" AND "2:r1=0"},
	};

	(void)state;
	COMPARE(rows);
}

/* Plain writes and marked accesses that a compiler can mix up. */
static void mixed(void **state)
{
	static const struct row rows[] = {
		{"write-once",
		 'A',
		 {PLAIN("*x = 1") W(x, 2)},
		 .target = "x=2",
		 .flags = MIXED},
		{"once-write",
		 'A',
		 {W(x, 2) PLAIN("*x = 1")},
		 .target = "x=1",
		 .flags = MIXED},
		{"write-read_once",
		 'A',
		 {PLAIN("*x = 1") R(r0, x)},
		 .target = "0:r0=1",
		 .flags = MIXED},
		{"read-once", 'A', {PLAIN("r0 = *x") W(x, 2)}, .target = "x=2"},
		{"write-write",
		 'A',
		 {PLAIN("*x = 1") PLAIN("*x = 2")},
		 .target = "x=2"},
		{"write-once-elsewhere",
		 'A',
		 {PLAIN("*x = 1") W(y, 2)},
		 .target = "x=1"},
		{"write+once-locked",
		 'S',
		 {LOCK(s) PLAIN("*x = 1") UNLOCK(s), LOCK(s) W(x, 2) UNLOCK(s)},
		 .target = "x=2"},
		{"write-barrier-once",
		 'A',
		 {PLAIN("*x = 1") CALL("barrier()") W(x, 2)},
		 .target = "x=2"},
		{"write-mb-once", 'A', {PLAIN("*x = 1") MB W(x, 2)}, .target = "x=2"},
		{"write-rmb-once", 'A', {PLAIN("*x = 1") RMB W(x, 2)}, .target = "x=2"},
		{"write-release",
		 'A',
		 {PLAIN("*x = 1") RELEASE(x, 2)},
		 .target = "x=2"},
		{"release-write",
		 'A',
		 {RELEASE(x, 2) PLAIN("*x = 1")},
		 .target = "x=1",
		 .flags = MIXED},
		{"write-release-elsewhere-once",
		 'A',
		 {PLAIN("*x = 1") RELEASE(y, 1) W(x, 2)},
		 .target = "x=2"},
		{"acquire-write",
		 'A',
		 {ACQUIRE(r0, x) PLAIN("*x = 1")},
		 .target = "x=1"},
		{"write-acquire",
		 'A',
		 {PLAIN("*x = 1") ACQUIRE(r0, x)},
		 .target = "x=1",
		 .flags = MIXED},
		{"write-lock-once",
		 'A',
		 {PLAIN("*x = 1") LOCK(s) W(x, 2) UNLOCK(s)},
		 .target = "x=2"},
		{"write-xchg-once",
		 'A',
		 {PLAIN("*x = 1") RMW(r0, "xchg(y, 1)") W(x, 2)},
		 .target = "x=2"},
		{"write-xchg_relaxed-once",
		 'A',
		 {PLAIN("*x = 1") RMW(r0, "xchg_relaxed(y, 1)") W(x, 2)},
		 .target = "x=2",
		 .flags = MIXED},
		{"write-cmpxchg-fails-once",
		 'A',
		 {PLAIN("*x = 1") RMW(r0, "cmpxchg(y, 1, 2)") W(x, 2)},
		 .target = "x=2",
		 .flags = MIXED},
		{"write-rcu-once",
		 'A',
		 {PLAIN("*x = 1") CALL("rcu_read_lock()") W(x, 2)
			  CALL("rcu_read_unlock()")},
		 .target = "x=2"},
	};

	(void)state;
	COMPARE(rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_location),
		cmocka_unit_test(message_passing),
		cmocka_unit_test(two_threads),
		cmocka_unit_test(more_threads),
		cmocka_unit_test(dependencies),
		cmocka_unit_test(updates),
		cmocka_unit_test(update_sequences),
		cmocka_unit_test(locks),
		cmocka_unit_test(locks_that_are_asked),
		cmocka_unit_test(plain_dependencies),
		cmocka_unit_test(races),
		cmocka_unit_test(mixed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
