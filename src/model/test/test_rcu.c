/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * RCU and SRCU in the kernel's model (tools/memory-model of Linux 6.17), and what
 * smp_memb() is to it (cuts.h); written as test_lkmm.c is.
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
	"struct srcu_struct *ss, struct srcu_struct *tt"

/* w is what no SRCU index is. */
#define INITIAL "int *p = z; int *q = z; int w = 5;"

#define R(to, from)	     #to " = READ_ONCE(*" #from "); "
#define W(to, value)	     "WRITE_ONCE(*" #to ", " #value "); "
#define ACQUIRE(to, from)    #to " = smp_load_acquire(" #from "); "
#define RELEASE(to, v)	     "smp_store_release(" #to ", " #v "); "
#define IF(r, then)	     "if (" #r ") { " then "} "
#define RMW(r, call)	     #r " = " call "; "
#define CALL(call)	     call "; "
#define PLAIN(statement)     statement "; "
#define MB		     "smp_mb(); "
#define RMB		     "smp_rmb(); "
#define WMB		     "smp_wmb(); "
#define GP		     "synchronize_rcu(); "
#define BEGIN		     "rcu_read_lock(); "
#define END		     "rcu_read_unlock(); "
#define SGP(domain)	     "synchronize_srcu(" #domain "); "
#define SBEGIN(r, domain)    #r " = srcu_read_lock(" #domain "); "
#define SEND(r, domain)	     "srcu_read_unlock(" #domain ", " #r "); "
#define SECTION(inside)	     BEGIN inside END
#define SRCU(domain, inside) SBEGIN(r9, domain) inside SEND(r9, domain)
#define MEMB		     "smp_memb(); "
#define LIGHT		     "barrier(); "
#define AND		     " /\\ "

#define RACE		RCS_FLAG_DATA_RACE
#define UNBALANCED	RCS_FLAG_RCU_UNBALANCED
#define SRCU_UNBALANCED RCS_FLAG_SRCU_UNBALANCED
#define SLEEP		RCS_FLAG_SLEEP

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

/*
 * The fundamental law: a section begins after the grace period began, or ends before it
 * ends. What counts is what stands behind the begin and before the end.
 */
static void one_section(void **state)
{
	static const struct row rows[] = {
		{"MP+gp+rcu",
		 'N',
		 {W(x, 1) GP W(y, 1), SECTION(R(r0, y) R(r1, x))},
		 .target = "1:r0=1" AND "1:r1=0",
		 .allowed = 3},
		{"MP+gp+rcu-reversed",
		 'N',
		 {W(x, 1) GP W(y, 1), SECTION(R(r1, x) R(r0, y))},
		 .target = "1:r0=1" AND "1:r1=0",
		 .allowed = 3},
		{"MP+gp+po",
		 'S',
		 {W(x, 1) GP W(y, 1), R(r0, y) R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+mb+rcu",
		 'S',
		 {W(x, 1) MB W(y, 1), SECTION(R(r0, y) R(r1, x))},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+expedited+rcu",
		 'N',
		 {W(x, 1) CALL("synchronize_rcu_expedited()") W(y, 1),
		  SECTION(R(r1, x) R(r0, y))},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+gp-before+rcu",
		 'S',
		 {GP W(x, 1) W(y, 1), SECTION(R(r0, y) R(r1, x))},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+gp-behind+rcu",
		 'S',
		 {W(x, 1) W(y, 1) GP, SECTION(R(r0, y) R(r1, x))},
		 .target = "1:r0=1" AND "1:r1=0"},
		/* r0=1: the section ended too late; r1=0: it began too early. */
		{"MP+gp+read-begin-read",
		 'N',
		 {W(x, 1) GP W(y, 1), R(r0, y) SECTION(R(r1, x))},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+gp+read-end-read",
		 'N',
		 {W(x, 1) GP W(y, 1), SECTION(R(r0, y)) R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+gp+read-section-read",
		 'N',
		 {W(x, 1) GP W(y, 1), R(r0, y) SECTION("") R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+gp+reversed-end-read",
		 'S',
		 {W(x, 1) GP W(y, 1), SECTION(R(r1, x)) R(r0, y)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+gp+reversed-read-begin",
		 'S',
		 {W(x, 1) GP W(y, 1), R(r1, x) SECTION(R(r0, y))},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+gp+reversed-split",
		 'S',
		 {W(x, 1) GP W(y, 1), SECTION(R(r1, x)) SECTION(R(r0, y))},
		 .target = "1:r0=1" AND "1:r1=0"},
		/* The outermost pair counts. */
		{"MP+gp+nested-behind",
		 'N',
		 {W(x, 1) GP W(y, 1), SECTION(SECTION(R(r1, x)) R(r0, y))},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+gp+nested-before",
		 'N',
		 {W(x, 1) GP W(y, 1), SECTION(R(r1, x) SECTION(R(r0, y)))},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+gp+nested-between",
		 'N',
		 {W(x, 1) GP W(y, 1), SECTION(R(r1, x) SECTION("") R(r0, y))},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"SB+gp+rcu",
		 'N',
		 {W(x, 1) GP R(r0, y), SECTION(W(y, 1) R(r0, x))},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+mb+rcu",
		 'S',
		 {W(x, 1) MB R(r0, y), SECTION(W(y, 1) R(r0, x))},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+rcus",
		 'S',
		 {SECTION(W(x, 1) R(r0, y)), SECTION(W(y, 1) R(r0, x))},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"LB+gp+rcu",
		 'N',
		 {R(r0, x) GP W(y, 1), SECTION(R(r0, y) W(x, 1))},
		 .target = "0:r0=1" AND "1:r0=1"},
		{"LB+gp+read-end-write",
		 'N',
		 {R(r0, x) GP W(y, 1), SECTION(R(r0, y)) W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		{"LB+gp+po",
		 'S',
		 {R(r0, x) GP W(y, 1), R(r0, y) W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		{"2+2W+gp+rcu",
		 'N',
		 {W(x, 1) GP W(y, 2), SECTION(W(y, 1) W(x, 2))},
		 .target = "x=1" AND "y=1"},
		/* It is a full fence, with or without sections. */
		{"SB+gps",
		 'N',
		 {W(x, 1) GP R(r0, y), W(y, 1) GP R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+gp+mb",
		 'N',
		 {W(x, 1) GP R(r0, y), W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+gp+po",
		 'S',
		 {W(x, 1) GP R(r0, y), W(y, 1) R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"IRIW+gp+mb",
		 'N',
		 {W(x, 1), R(r0, x) GP R(r1, y), W(y, 1), R(r0, y) MB R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0" AND "3:r0=1" AND "3:r1=0"},
		/* It never ends within a section of its own thread. */
		{"gp-inside",
		 'N',
		 {SECTION(W(x, 1) GP)},
		 .target = "x=1",
		 .deadlock = true},
		{"gp-inside-nested",
		 'N',
		 {SECTION(SECTION("") GP)},
		 .target = "true",
		 .deadlock = true},
		{"gp-between", 'A', {SECTION("") GP SECTION("")}, .target = "true"},
		{"gp-inside-branch",
		 'N',
		 {R(r0, x) SECTION(IF(r0, GP)), W(x, 1)},
		 .target = "0:r0=1"},
	};

	(void)state;
	COMPARE(rows);
}

/* In a cycle, as many grace periods as sections. */
static void counting(void **state)
{
	static const struct row rows[] = {
		{"3.SB+rcus+gp",
		 'S',
		 {SECTION(W(x, 1) R(r0, y)), SECTION(W(y, 1) R(r0, z)),
		  W(z, 1) GP R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0"},
		{"3.SB+rcus+gp-gp",
		 'N',
		 {SECTION(W(x, 1) R(r0, y)), SECTION(W(y, 1) R(r0, z)),
		  W(z, 1) GP GP R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0"},
		{"3.SB+rcus+gp-mb",
		 'S',
		 {SECTION(W(x, 1) R(r0, y)), SECTION(W(y, 1) R(r0, z)),
		  W(z, 1) GP MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0"},
		{"3.SB+rcu+gps",
		 'N',
		 {SECTION(W(x, 1) R(r0, y)), W(y, 1) GP R(r0, z), W(z, 1) GP R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0"},
		{"3.SB+rcu+gp+mb",
		 'N',
		 {SECTION(W(x, 1) R(r0, y)), W(y, 1) GP R(r0, z), W(z, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0"},
		{"3.SB+rcu+gp+po",
		 'S',
		 {SECTION(W(x, 1) R(r0, y)), W(y, 1) GP R(r0, z), W(z, 1) R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0"},
		{"3.LB+rcus+gp",
		 'S',
		 {SECTION(R(r0, x) W(y, 1)), SECTION(R(r0, y) W(z, 1)),
		  R(r0, z) GP W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1" AND "2:r0=1"},
		{"3.LB+rcus+gp-gp",
		 'N',
		 {SECTION(R(r0, x) W(y, 1)), SECTION(R(r0, y) W(z, 1)),
		  R(r0, z) GP GP W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1" AND "2:r0=1"},
		{"4.SB+rcus+gps",
		 'N',
		 {SECTION(W(x, 1) R(r0, y)), SECTION(W(y, 1) R(r0, z)),
		  W(z, 1) GP R(r0, w), W(w, 1) GP R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0" AND "3:r0=5"},
		{"4.SB+rcu+gp+rcu+gp",
		 'N',
		 {SECTION(W(x, 1) R(r0, y)), W(y, 1) GP R(r0, z),
		  SECTION(W(z, 1) R(r0, w)), W(w, 1) GP R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=5" AND "3:r0=0"},
		{"4.SB+rcu+mb+rcu+gp",
		 'S',
		 {SECTION(W(x, 1) R(r0, y)), W(y, 1) MB R(r0, z),
		  SECTION(W(z, 1) R(r0, w)), W(w, 1) GP R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=5" AND "3:r0=0"},
		/* Nested, or overlapping by what is done between, it is one section. */
		{"SB+nested+gp",
		 'N',
		 {SECTION(SECTION(W(x, 1) R(r0, y))), W(y, 1) GP R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
	};

	(void)state;
	COMPARE(rows);
}

static void balance(void **state)
{
	static const struct row rows[] = {
		{"lock", 'A', {BEGIN W(x, 1)}, .target = "x=1", .flags = UNBALANCED},
		{"unlock", 'A', {W(x, 1) END}, .target = "x=1", .flags = UNBALANCED},
		{"unlock-lock",
		 'A',
		 {END W(x, 1) BEGIN},
		 .target = "x=1",
		 .flags = UNBALANCED},
		{"lock-lock-unlock",
		 'A',
		 {BEGIN BEGIN END},
		 .target = "true",
		 .flags = UNBALANCED},
		{"lock+unlock",
		 'A',
		 {BEGIN, END},
		 .target = "true",
		 .flags = UNBALANCED},
		{"lock-lock-unlock-unlock",
		 'A',
		 {BEGIN BEGIN END END},
		 .target = "true"},
		{"unlock-in-branch", /* in some executions */
		 'S',
		 {BEGIN R(r0, x) IF(r0, END), W(x, 1)},
		 .target = "0:r0=1",
		 .flags = UNBALANCED},
		{"unlock-in-both-branches",
		 'S',
		 {BEGIN R(r0, x) "if (r0) { " END "} else { " END "} ", W(x, 1)},
		 .target = "0:r0=1"},
		/* What has no end is no section. */
		{"MP+gp+lock",
		 'S',
		 {W(x, 1) GP W(y, 1), BEGIN R(r1, x) R(r0, y)},
		 .target = "1:r0=1" AND "1:r1=0",
		 .flags = UNBALANCED},
		{"MP+gp+lock-lock-unlock", /* the inner lock's */
		 'S',
		 {W(x, 1) GP W(y, 1), BEGIN R(r1, x) BEGIN R(r0, y) END},
		 .target = "1:r0=1" AND "1:r1=0",
		 .flags = UNBALANCED},
		{"srcu-lock",
		 'A',
		 {SBEGIN(r0, ss) W(x, 1)},
		 .target = "x=1",
		 .flags = SRCU_UNBALANCED},
		{"srcu-unlock-of-a-number",
		 'A',
		 {SBEGIN(r0, ss) SEND(0, ss)},
		 .target = "true",
		 .flags = SRCU_UNBALANCED},
		{"srcu-unlock-of-other",
		 'A',
		 {SBEGIN(r0, ss) SEND(r0, tt)},
		 .target = "true",
		 .flags = SRCU_UNBALANCED},
		{"srcu-unlock-twice",
		 'A',
		 {SBEGIN(r0, ss) SEND(r0, ss) SEND(r0, ss)},
		 .target = "true",
		 .flags = SRCU_UNBALANCED},
		{"srcu-of-two-domains",
		 'A',
		 {SBEGIN(r0, ss) SBEGIN(r1, tt) SEND(r0, ss) SEND(r1, tt)},
		 .target = "true"},
		/* SRCU's readers may sleep, RCU's may not. */
		{"srcu-gp-in-rcu",
		 'A',
		 {SECTION(W(x, 1) SGP(ss))},
		 .target = "x=1",
		 .flags = SLEEP},
		{"srcu-gp-in-nested-rcu",
		 'A',
		 {SECTION(SECTION("") SGP(ss))},
		 .target = "true",
		 .flags = SLEEP},
		{"srcu-gp-behind-rcu", 'A', {SECTION("") SGP(ss)}, .target = "true"},
		{"srcu-gp-between-rcus",
		 'A',
		 {SECTION("") SGP(ss) SECTION("")},
		 .target = "true"},
		{"gp-in-srcu", 'A', {SRCU(ss, W(x, 1) GP)}, .target = "x=1"},
		{"srcu-gp-in-srcu",
		 'N',
		 {SRCU(ss, W(x, 1) SGP(ss))},
		 .target = "x=1",
		 .deadlock = true},
		{"srcu-gp-in-other-srcu",
		 'A',
		 {SRCU(ss, W(x, 1) SGP(tt))},
		 .target = "x=1"},
	};

	(void)state;
	COMPARE(rows);
}

static void srcu(void **state)
{
	static const struct row rows[] = {
		{"MP+srcu-gp+srcu",
		 'N',
		 {W(x, 1) SGP(ss) W(y, 1), SRCU(ss, R(r1, x) R(r0, y))},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+srcu-gp+other-srcu",
		 'S',
		 {W(x, 1) SGP(ss) W(y, 1), SRCU(tt, R(r1, x) R(r0, y))},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+srcu-expedited+srcu",
		 'N',
		 {W(x, 1) CALL("synchronize_srcu_expedited(ss)") W(y, 1),
		  SRCU(ss, R(r1, x) R(r0, y))},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+srcu-gp+rcu",
		 'S',
		 {W(x, 1) SGP(ss) W(y, 1), SECTION(R(r1, x) R(r0, y))},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+gp+srcu",
		 'S',
		 {W(x, 1) GP W(y, 1), SRCU(ss, R(r1, x) R(r0, y))},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+gp-srcu-gp+rcu-srcu",
		 'N',
		 {W(x, 1) GP SGP(ss) W(y, 1), SECTION(R(r1, x) SRCU(ss, R(r0, y)))},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+srcu-gp+read-section-read",
		 'N',
		 {W(x, 1) SGP(ss) W(y, 1), R(r0, y) SRCU(ss, "") R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+srcu-gp+reversed-split",
		 'S',
		 {W(x, 1) SGP(ss) W(y, 1), SRCU(ss, R(r1, x)) SRCU(ss, R(r0, y))},
		 .target = "1:r0=1" AND "1:r1=0"},
		/* Sections are where their index goes. */
		{"MP+srcu-gp+overlap",
		 'S',
		 {W(x, 1) SGP(ss) W(y, 1), SBEGIN(r8, ss) R(r1, x) SBEGIN(r9, ss)
						   SEND(r8, ss) R(r0, y) SEND(r9, ss)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+srcu-gp+nested",
		 'N',
		 {W(x, 1) SGP(ss) W(y, 1), SBEGIN(r8, ss) R(r1, x) SBEGIN(r9, ss)
						   SEND(r9, ss) R(r0, y) SEND(r8, ss)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+srcu-gp+overlap-of-two",
		 'S',
		 {W(x, 1) SGP(ss) W(y, 1), SBEGIN(r8, ss) R(r1, x) SBEGIN(r9, tt)
						   SEND(r8, ss) R(r0, y) SEND(r9, tt)},
		 .target = "1:r0=1" AND "1:r1=0"},
		/* Given to another thread, which ends it. */
		{"MP+srcu-gp+down+up",
		 'N',
		 {SBEGIN(r9, ss) R(r1, x) W(w, r9),
		  R(r8, w) R(r0, y) "if (r8 != 5) { " SEND(r8, ss) "} ",
		  W(x, 1) SGP(ss) W(y, 1)},
		 .target = "0:r1=0" AND "1:r0=1",
		 .filter = "1:r8=0"},
		{"MP+srcu-gp+down+up-of-other",
		 'S',
		 {SBEGIN(r9, ss) R(r1, x) W(w, r9),
		  R(r8, w) R(r0, y) "if (r8 != 5) { " SEND(r8, ss) "} ",
		  W(x, 1) SGP(tt) W(y, 1)},
		 .target = "0:r1=0" AND "1:r0=1",
		 .filter = "1:r8=0"},
		{"MP+srcu-gp+down+no-up",
		 'S',
		 {SBEGIN(r9, ss) R(r1, x) W(w, r9),
		  R(r8, w) R(r0, y) "if (r8 != 5) { " SEND(r8, ss) "} ",
		  W(x, 1) SGP(ss) W(y, 1)},
		 .target = "0:r1=0" AND "1:r0=1",
		 .filter = "1:r8=5",
		 .flags = SRCU_UNBALANCED},
		{"MP+srcu-gp+down-up", /* through memory, in one thread */
		 'N',
		 {SBEGIN(r9, ss) W(z, r9) R(r1, x) R(r8, z) R(r0, y) SEND(r8, ss),
		  W(x, 1) SGP(ss) W(y, 1)},
		 .target = "0:r1=0" AND "0:r0=1"},
		{"MP+srcu-gp+down-xchg-up",
		 'N',
		 {SBEGIN(r9, ss) R(r1, x) W(w, r9),
		  RMW(r8, "xchg_relaxed(w, 6)")
			  R(r0, y) "if (r8 != 5) { " SEND(r8, ss) "} ",
		  W(x, 1) SGP(ss) W(y, 1)},
		 .target = "0:r1=0" AND "1:r0=1",
		 .filter = "1:r8=0"},
		/* Brackets: pairs of one kind, with what is in order between. */
		{"4.SB+rcu+srcu+srcu-gp+gp",
		 'N',
		 {SECTION(W(x, 1) R(r0, y)), SRCU(ss, W(y, 1) R(r0, z)),
		  W(z, 1) SGP(ss) R(r0, w), W(w, 1) GP R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=5" AND "3:r0=0"},
		{"4.SB+rcu+srcu+gp+srcu-gp",
		 'S',
		 {SECTION(W(x, 1) R(r0, y)), SRCU(ss, W(y, 1) R(r0, z)),
		  W(z, 1) GP R(r0, w), W(w, 1) SGP(ss) R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=5" AND "3:r0=0"},
		{"4.SB+srcus+srcu-gps",
		 'N',
		 {SRCU(ss, W(x, 1) R(r0, y)), SRCU(ss, W(y, 1) R(r0, z)),
		  W(z, 1) SGP(ss) R(r0, w), W(w, 1) SGP(ss) R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=5" AND "3:r0=0"},
		{"4.SB+srcus+srcu-gp+gp",
		 'S',
		 {SRCU(ss, W(x, 1) R(r0, y)), SRCU(ss, W(y, 1) R(r0, z)),
		  W(z, 1) SGP(ss) R(r0, w), W(w, 1) GP R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=5" AND "3:r0=0"},
		/* synchronize_srcu() is a full fence, a section is none. */
		{"SB+srcu-gp+mb",
		 'N',
		 {W(x, 1) SGP(ss) R(r0, y), W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+srcu-section+mb",
		 'S',
		 {W(x, 1) SRCU(ss, "") R(r0, y), W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+srcu-section-after+mb",
		 'N',
		 {W(x, 1) SRCU(ss, "") CALL("smp_mb__after_srcu_read_unlock()")
			  R(r0, y),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+after-srcu-section+mb",
		 'S',
		 {W(x, 1) CALL("smp_mb__after_srcu_read_unlock()") SRCU(ss, "")
			  R(r0, y),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+srcu-section-inside-after+mb",
		 'N',
		 {SRCU(ss, W(x, 1)) CALL("smp_mb__after_srcu_read_unlock()") R(r0, y),
		  W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
	};

	(void)state;
	COMPARE(rows);
}

/* What is protected may be plain. */
static void plain_accesses(void **state)
{
	static const struct row rows[] = {
		{"free+rcu",
		 'N',
		 {SECTION(RMW(r0, "rcu_dereference(*p)") PLAIN("r1 = *r0")),
		  W(p, x) GP PLAIN("*z = 1")},
		 .target = "0:r0=z" AND "0:r1=1"},
		{"free+po",
		 'S',
		 {RMW(r0, "rcu_dereference(*p)") PLAIN("r1 = *r0"),
		  W(p, x) GP PLAIN("*z = 1")},
		 .target = "0:r0=z" AND "0:r1=1",
		 .flags = RACE},
		{"free+rcu-mb",
		 'S',
		 {SECTION(RMW(r0, "rcu_dereference(*p)") PLAIN("r1 = *r0")),
		  W(p, x) MB PLAIN("*z = 1")},
		 .target = "0:r0=z" AND "0:r1=1",
		 .flags = RACE},
		{"free+rcu-too-late",
		 'S',
		 {SECTION(RMW(r0, "rcu_dereference(*p)")) PLAIN("r1 = *r0"),
		  W(p, x) GP PLAIN("*z = 1")},
		 .target = "0:r0=z" AND "0:r1=1",
		 .flags = RACE},
		{"write-gp+write-rcu", /* of a section that began before */
		 'N',
		 {SECTION(R(r0, y) IF(r0 == 0, PLAIN("*x = 1"))),
		  W(y, 1) GP PLAIN("*x = 2")},
		 .target = "0:r0=0" AND "x=1"},
		{"write-gp+write-po",
		 'S',
		 {R(r0, y) IF(r0 == 0, PLAIN("*x = 1")), W(y, 1) GP PLAIN("*x = 2")},
		 .target = "0:r0=0" AND "x=1",
		 .flags = RACE},
		{"free+srcu",
		 'N',
		 {SRCU(ss, RMW(r0, "rcu_dereference(*p)") PLAIN("r1 = *r0")),
		  W(p, x) SGP(ss) PLAIN("*z = 1")},
		 .target = "0:r0=z" AND "0:r1=1"},
		{"free+other-srcu",
		 'S',
		 {SRCU(tt, RMW(r0, "rcu_dereference(*p)") PLAIN("r1 = *r0")),
		  W(p, x) SGP(ss) PLAIN("*z = 1")},
		 .target = "0:r0=z" AND "0:r1=1",
		 .flags = RACE},
	};

	(void)state;
	COMPARE(rows);
}

/* smp_memb() in this model: strong fences at both ends, and at a cut elsewhere. */
static void memb(void **state)
{
	static const struct row rows[] = {
		{"SB+barrier+memb",
		 'N',
		 {W(x, 1) LIGHT R(r0, y), W(y, 1) MEMB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0",
		 .allowed = 3},
		{"SB+barrier+mb",
		 'S',
		 {W(x, 1) LIGHT R(r0, y), W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0",
		 .allowed = 4},
		{"SB+barriers",
		 'S',
		 {W(x, 1) LIGHT R(r0, y), W(y, 1) LIGHT R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+memb+mb",
		 'N',
		 {W(x, 1) MEMB R(r0, y), W(y, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+barrier+memb-before",
		 'S',
		 {W(x, 1) LIGHT R(r0, y), MEMB W(y, 1) R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"SB+barrier+memb-behind",
		 'S',
		 {W(x, 1) LIGHT R(r0, y), W(y, 1) R(r0, x) MEMB},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"MP+barrier+memb",
		 'N',
		 {W(x, 1) LIGHT W(y, 1), R(r0, y) MEMB R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"MP+memb+barrier",
		 'N',
		 {W(x, 1) MEMB W(y, 1), R(r0, y) LIGHT R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"LB+barrier+memb",
		 'N',
		 {R(r0, x) LIGHT W(y, 1), R(r0, y) MEMB W(x, 1)},
		 .target = "0:r0=1" AND "1:r0=1"},
		{"2+2W+barrier+memb",
		 'N',
		 {W(x, 1) LIGHT W(y, 2), W(y, 1) MEMB W(x, 2)},
		 .target = "x=1" AND "y=1"},
		{"3.SB+barriers+memb",
		 'S',
		 {W(x, 1) LIGHT R(r0, y), W(y, 1) LIGHT R(r0, z),
		  W(z, 1) MEMB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0"},
		{"3.SB+barriers+memb-memb",
		 'N',
		 {W(x, 1) LIGHT R(r0, y), W(y, 1) LIGHT R(r0, z),
		  W(z, 1) MEMB MEMB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0"},
		{"3.SB+barriers+memb-mb",
		 'S',
		 {W(x, 1) LIGHT R(r0, y), W(y, 1) LIGHT R(r0, z),
		  W(z, 1) MEMB MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0"},
		{"3.SB+barrier+membs",
		 'N',
		 {W(x, 1) LIGHT R(r0, y), W(y, 1) MEMB R(r0, z), W(z, 1) MEMB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0"},
		{"3.SB+barrier+memb+mb",
		 'N',
		 {W(x, 1) LIGHT R(r0, y), W(y, 1) MEMB R(r0, z), W(z, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0"},
		{"4.SB+barrier+memb+barrier+memb",
		 'N',
		 {W(x, 1) LIGHT R(r0, y), W(y, 1) MEMB R(r0, z), W(z, 1) LIGHT R(r0, w),
		  W(w, 1) MEMB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=5" AND "3:r0=0"},
		{"4.SB+barriers+mb+memb",
		 'S',
		 {W(x, 1) LIGHT R(r0, y), W(y, 1) LIGHT R(r0, z), W(z, 1) MB R(r0, w),
		  W(w, 1) MEMB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=5" AND "3:r0=0"},
		{"IRIW+membs",
		 'N',
		 {W(x, 1), R(r0, x) MEMB R(r1, y), W(y, 1), R(r0, y) MEMB R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0" AND "3:r0=1" AND "3:r1=0"},
		{"IRIW+barrier+memb",
		 'N',
		 {W(x, 1), R(r0, x) LIGHT R(r1, y), W(y, 1), R(r0, y) MEMB R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0" AND "3:r0=1" AND "3:r1=0"},
		{"IRIW+barrier+mb",
		 'S',
		 {W(x, 1), R(r0, x) LIGHT R(r1, y), W(y, 1), R(r0, y) MB R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0" AND "3:r0=1" AND "3:r1=0"},
		{"IRIW+barriers+memb-by-writer", /* it reads nothing, and waits */
		 'S',
		 {W(x, 1), R(r0, x) LIGHT R(r1, y), W(y, 1) MEMB,
		  R(r0, y) LIGHT R(r1, x)},
		 .target = "1:r0=1" AND "1:r1=0" AND "3:r0=1" AND "3:r1=0"},
		/* What others were seen to do counts as well. */
		{"RWC+barrier+memb",
		 'N',
		 {W(x, 1), R(r0, x) LIGHT R(r1, y), W(y, 1) MEMB R(r0, x)},
		 .target = "1:r0=1" AND "1:r1=0" AND "2:r0=0"},
		{"RWC+barrier+mb",
		 'S',
		 {W(x, 1), R(r0, x) LIGHT R(r1, y), W(y, 1) MB R(r0, x)},
		 .target = "1:r0=1" AND "1:r1=0" AND "2:r0=0"},
		{"WRC+barrier+memb",
		 'N',
		 {W(x, 1), R(r0, x) LIGHT W(y, 1), R(r0, y) MEMB R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"WRC+memb+barrier",
		 'N',
		 {W(x, 1), R(r0, x) MEMB W(y, 1), R(r0, y) LIGHT R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"WRC+barriers",
		 'S',
		 {W(x, 1), R(r0, x) LIGHT W(y, 1), R(r0, y) LIGHT R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"WRC+memb-by-writer+barriers",
		 'S',
		 {W(x, 1) MEMB, R(r0, x) LIGHT W(y, 1), R(r0, y) LIGHT R(r1, x)},
		 .target = "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		/* With RCU: neither counts for the other, and both count. */
		{"SB+rcu+memb", /* a section is cut as all else is */
		 'N',
		 {SECTION(W(x, 1) R(r0, y)), W(y, 1) MEMB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0"},
		{"3.SB+rcu+barrier+memb",
		 'S',
		 {SECTION(W(x, 1) R(r0, y)), W(y, 1) LIGHT R(r0, z),
		  W(z, 1) MEMB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0"},
		{"3.SB+rcu+barrier+memb-read-gp",
		 'N',
		 {SECTION(W(x, 1) R(r0, y)), W(y, 1) LIGHT R(r0, z),
		  W(z, 1) MEMB R(r1, w) GP R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0"},
		{"3.SB+barrier+rcu+gp-read-memb",
		 'N',
		 {W(x, 1) LIGHT R(r0, y), SECTION(W(y, 1) R(r0, z)),
		  W(z, 1) GP R(r1, w) MEMB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0"},
		{"4.SB+rcu+gp+barrier+memb",
		 'N',
		 {SECTION(W(x, 1) R(r0, y)), W(y, 1) GP R(r0, z),
		  W(z, 1) LIGHT R(r0, w), W(w, 1) MEMB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=5" AND "3:r0=0"},
		{"4.SB+rcu+gp+barrier+mb",
		 'S',
		 {SECTION(W(x, 1) R(r0, y)), W(y, 1) GP R(r0, z),
		  W(z, 1) LIGHT R(r0, w), W(w, 1) MB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=5" AND "3:r0=0"},
		{"4.SB+barrier+gp+barrier+memb", /* no section to wait for */
		 'S',
		 {W(x, 1) LIGHT R(r0, y), W(y, 1) GP R(r0, z), W(z, 1) LIGHT R(r0, w),
		  W(w, 1) MEMB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=5" AND "3:r0=0"},
		/* What it protects may be plain. */
		{"MP+plain-memb+ctrl-barrier",
		 'N',
		 {PLAIN("*x = 1") MEMB W(y, 1),
		  ACQUIRE(r0, y) IF(r0, PLAIN("r1 = *x"))},
		 .target = "1:r0=1" AND "1:r1=0"},
		{"a-race-if-cut-late", /* and none if P1 is cut before it reads */
		 'A',
		 {PLAIN("*x = 1") MEMB, PLAIN("r0 = *x")},
		 .target = "1:r0=1",
		 .flags = RACE,
		 .filter = "1:r0=1"},
		{"write-memb-once",
		 'A',
		 {PLAIN("*x = 1") MEMB W(x, 2)},
		 .target = "x=2"},
	};

	(void)state;
	COMPARE(rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_section),	  cmocka_unit_test(counting),
		cmocka_unit_test(balance),	  cmocka_unit_test(srcu),
		cmocka_unit_test(plain_accesses), cmocka_unit_test(memb),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
