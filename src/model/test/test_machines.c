/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the models of machines allow, test by test, next to each other. The answers are
 * those of the publications that are named, for the instructions that the kernel uses:
 * sync is mb, lwsync wmb, rmb or a release. Where they do not have the very test, its
 * answer is what their axioms say, worked out by hand.
 *
 * PLDI11: S. Sarkar, P. Sewell, J. Alglave, L. Maranget, D. Williams, "Understanding
 * POWER multiprocessors". HC: J. Alglave, L. Maranget, M. Tautschnig, "Herding cats",
 * TOPLAS 2014. TPHOLs09: S. Owens, S. Sarkar, P. Sewell, "A better x86 memory model".
 * DDI0487: Arm Architecture Reference Manual, B2.3, and herd's aarch64.cat. RVWMO: the
 * chapter of that name of the RISC-V manual, and herd's riscv.cat.
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
	"spinlock_t *s, spinlock_t *t, struct srcu_struct *ss"

#define INITIAL "int *p = z; int *q = z;"

#define R(to, from)	  #to " = READ_ONCE(*" #from "); "
#define W(to, value)	  "WRITE_ONCE(*" #to ", " #value "); "
#define ACQUIRE(to, from) #to " = smp_load_acquire(" #from "); "
#define RELEASE(to, v)	  "smp_store_release(" #to ", " #v "); "
#define IF(r, then)	  "if (" #r ") { " then "} "
#define RMW(r, call)	  #r " = " call "; "
#define MB		  "smp_mb(); "
#define RMB		  "smp_rmb(); "
#define WMB		  "smp_wmb(); "
#define LOCK(l)		  "spin_lock(" #l "); "
#define UNLOCK(l)	  "spin_unlock(" #l "); "
#define SRCU		  "r9 = srcu_read_lock(ss); srcu_read_unlock(ss, r9); "
#define AND		  " /\\ "

struct row {
	const char *name;
	/* By model, in the order of `columns`: N, never; S, sometimes. */
	const char *expected;
	const char *thread[4];
	const char *target;
};

static const enum rcs_model columns[] = {RCS_MODEL_SC, RCS_MODEL_TSO, RCS_MODEL_ARMV8,
					 RCS_MODEL_RISCV, RCS_MODEL_POWER};
#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

static void ask(const struct row *row, char answers[COLUMNS + 1])
{
	static const char letters[] = {[RCS_ANSWER_UNKNOWN] = '?',
				       [RCS_NEVER] = 'N',
				       [RCS_SOMETIMES] = 'S',
				       [RCS_ALWAYS] = 'A'};
	struct rcs_prove_options options = {.barrier = RCS_PROVE_IDEAL,
					    .witness = true};
	struct rcs_error e = {0};
	struct rcs_litmus *test;
	struct rcs_proof proof;
	char text[4096];
	size_t size;

	size = (size_t)snprintf(text, sizeof(text), "C %s\n{ " INITIAL " }\n",
				row->name);
	for (int i = 0; i < 4 && row->thread[i] != NULL; i++)
		size += (size_t)snprintf(text + size, sizeof(text) - size,
					 "P%d(" PARAMETERS ")\n{ %s}\n", i,
					 row->thread[i]);
	size += (size_t)snprintf(text + size, sizeof(text) - size, "exists (%s)\n",
				 row->target);
	assert_true(size < sizeof(text));
	test = rcs_litmus_parse(row->name, text, size, &e);
	if (test == NULL)
		fail_msg("%s", e.text);
	for (size_t c = 0; c < COLUMNS; c++)
		options.models |= 1U << columns[c];
	if (rcs_prove(test, &options, &proof, &e) != 0)
		fail_msg("%s: %s", row->name, e.text);
	for (size_t c = 0; c < COLUMNS; c++) {
		const struct rcs_answers *model = &proof.model[columns[c]];

		answers[c] = letters[model->answer];
		/* An order that it can be told in. */
		if (model->witness != NULL)
			assert_true(rel_acyclic(model->witness->order));
	}
	answers[COLUMNS] = '\0';
	rcs_proof_release(&proof);
	rcs_litmus_free(test);
}

static void compare(const struct row *rows, size_t count)
{
	int wrong = 0;

	for (size_t i = 0; i < count; i++) {
		char answers[COLUMNS + 1];

		ask(&rows[i], answers);
		if (strcmp(answers, rows[i].expected) == 0)
			continue;
		print_message("# %s: %s, not %s (sc tso armv8 riscv power)\n",
			      rows[i].name, answers, rows[i].expected);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}
#define COMPARE(rows) compare(rows, sizeof(rows) / sizeof((rows)[0]))

/* HC; n1 to n7 and amd3: TPHOLs09, and its predecessors that it speaks of. */
static void without_fences(void **state)
{
	static const struct row rows[] = {
		{"CoRR", "NNNNN", {W(x, 1), R(r0, x) R(r1, x)}, "1:r0=1" AND "1:r1=0"},
		{"CoWW", "NNNNN", {W(x, 1) W(x, 2)}, "x=1"},
		{"CoRW", "NNNNN", {R(r0, x) W(x, 1)}, "0:r0=1"},
		{"MP",
		 "NNSSS",
		 {W(x, 1) W(y, 1), R(r0, y) R(r1, x)},
		 "1:r0=1" AND "1:r1=0"},
		{"SB",
		 "NSSSS",
		 {W(x, 1) R(r0, y), W(y, 1) R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"LB",
		 "NNSSS",
		 {R(r0, x) W(y, 1), R(r0, y) W(x, 1)},
		 "0:r0=1" AND "1:r0=1"},
		{"S", "NNSSS", {W(x, 2) W(y, 1), R(r0, y) W(x, 1)}, "1:r0=1" AND "x=2"},
		{"R", "NSSSS", {W(x, 1) W(y, 1), W(y, 2) R(r0, x)}, "y=2" AND "1:r0=0"},
		{"2+2W", "NNSSS", {W(x, 1) W(y, 2), W(y, 1) W(x, 2)}, "x=1" AND "y=1"},
		{"WRC",
		 "NNSSS",
		 {W(x, 1), R(r0, x) W(y, 1), R(r0, y) R(r1, x)},
		 "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"IRIW",
		 "NNSSS",
		 {W(x, 1), R(r0, x) R(r1, y), W(y, 1), R(r0, y) R(r1, x)},
		 "1:r0=1" AND "1:r1=0" AND "3:r0=1" AND "3:r1=0"},
		/* TPHOLs09: a thread sees its own store before others do. */
		{"amd3",
		 "NSSSS",
		 {W(x, 1) R(r0, x) R(r1, y), W(y, 1) R(r0, y) R(r1, x)},
		 "0:r0=1" AND "0:r1=0" AND "1:r0=1" AND "1:r1=0"},
		{"n1",
		 "NSSSS",
		 {W(x, 2) R(r0, y), W(y, 1) W(x, 1), R(r0, x) R(r1, x)},
		 "0:r0=0" AND "2:r0=1" AND "2:r1=2"},
		{"n4b",
		 "NNNNN",
		 {R(r0, x) W(x, 1), R(r0, x) W(x, 2)},
		 "0:r0=2" AND "1:r0=1"},
		{"n5",
		 "NNNNN",
		 {W(x, 1) R(r0, x), W(x, 2) R(r0, x)},
		 "0:r0=2" AND "1:r0=1"},
		{"n6",
		 "NSSSS",
		 {W(x, 1) R(r0, x) R(r1, y), W(y, 1) W(x, 2)},
		 "0:r0=1" AND "0:r1=0" AND "x=1"},
		{"n7",
		 "NSSSS",
		 {W(x, 1) R(r0, x) R(r1, y), W(y, 1), R(r0, y) R(r1, x)},
		 "0:r0=1" AND "0:r1=0" AND "2:r0=1" AND "2:r1=0"},
	};

	(void)state;
	COMPARE(rows);
}

/* POWER: HC; Armv8: DDI0487, bob; RISC-V: RVWMO, rule 4. */
static void fences_of_two_threads(void **state)
{
	static const struct row rows[] = {
		{"MP+wmb+rmb",
		 "NNNNN",
		 {W(x, 1) WMB W(y, 1), R(r0, y) RMB R(r1, x)},
		 "1:r0=1" AND "1:r1=0"},
		{"MP+wmb+po",
		 "NNSSS",
		 {W(x, 1) WMB W(y, 1), R(r0, y) R(r1, x)},
		 "1:r0=1" AND "1:r1=0"},
		{"MP+po+rmb",
		 "NNSSS",
		 {W(x, 1) W(y, 1), R(r0, y) RMB R(r1, x)},
		 "1:r0=1" AND "1:r1=0"},
		{"MP+rmb+wmb",
		 "NNSSN", /* lwsync is both; fence r,r and fence w,w are neither */
		 {W(x, 1) RMB W(y, 1), R(r0, y) WMB R(r1, x)},
		 "1:r0=1" AND "1:r1=0"},
		{"SB+mbs",
		 "NNNNN",
		 {W(x, 1) MB R(r0, y), W(y, 1) MB R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+mb+po",
		 "NSSSS",
		 {W(x, 1) MB R(r0, y), W(y, 1) R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+wmb-rmbs",
		 "NSSSS", /* HC: lwsync leaves a store and a later load alone */
		 {W(x, 1) WMB RMB R(r0, y), W(y, 1) WMB RMB R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+barriers",
		 "NSSSS",
		 {W(x, 1) "barrier(); " R(r0, y), W(y, 1) "barrier(); " R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"LB+rmbs",
		 "NNNSN", /* dmb ishld and lwsync: loads before stores as well */
		 {R(r0, x) RMB W(y, 1), R(r0, y) RMB W(x, 1)},
		 "0:r0=1" AND "1:r0=1"},
		{"LB+wmbs",
		 "NNSSN",
		 {R(r0, x) WMB W(y, 1), R(r0, y) WMB W(x, 1)},
		 "0:r0=1" AND "1:r0=1"},
		{"2+2W+wmbs",
		 "NNNNN",
		 {W(x, 1) WMB W(y, 2), W(y, 1) WMB W(x, 2)},
		 "x=1" AND "y=1"},
		{"2+2W+wmb+po",
		 "NNSSS",
		 {W(x, 1) WMB W(y, 2), W(y, 1) W(x, 2)},
		 "x=1" AND "y=1"},
		{"R+mbs",
		 "NNNNN",
		 {W(x, 1) MB W(y, 1), W(y, 2) MB R(r0, x)},
		 "y=2" AND "1:r0=0"},
		{"R+wmb+mb",
		 "NNNNS", /* PLDI11 and HC: R+lwsync+sync is allowed, R+syncs is not */
		 {W(x, 1) WMB W(y, 1), W(y, 2) MB R(r0, x)},
		 "y=2" AND "1:r0=0"},
		{"R+mb+wmb",
		 "NSSSS",
		 {W(x, 1) MB W(y, 1), W(y, 2) WMB R(r0, x)},
		 "y=2" AND "1:r0=0"},
		{"S+wmb+rmb",
		 "NNNSN",
		 {W(x, 2) WMB W(y, 1), R(r0, y) RMB W(x, 1)},
		 "1:r0=1" AND "x=2"},
		{"S+wmb+po",
		 "NNSSS",
		 {W(x, 2) WMB W(y, 1), R(r0, y) W(x, 1)},
		 "1:r0=1" AND "x=2"},
	};

	(void)state;
	COMPARE(rows);
}

/*
 * Where the machine must be multi-copy atomic, or its fences cumulative. POWER: PLDI11
 * and HC, whose tests are named as they have them. TSO, Armv8 and RVWMO are such that
 * a store is seen by all other threads at once.
 */
static void fences_of_more_threads(void **state)
{
	static const struct row rows[] = {
		{"WRC+mb+rmb",
		 "NNNNN",
		 {W(x, 1), R(r0, x) MB W(y, 1), R(r0, y) RMB R(r1, x)},
		 "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"WRC+data+rmb",
		 "NNNNS",
		 {W(x, 1), R(r0, x) W(y, r0), R(r0, y) RMB R(r1, x)},
		 "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"WRC+ctrl+addr",
		 "NNNNS", /* WRC+addrs */
		 {W(x, 1), R(r0, x) IF(r0, W(p, x)), R(r0, p) R(r1, r0)},
		 "1:r0=1" AND "2:r0=x" AND "2:r1=0"},
		{"WRC+assign+addr",
		 "NNNNN", /* WRC+lwsync+addr */
		 {W(x, 1), R(r0, x) "rcu_assign_pointer(*p, x); ",
		  "r0 = rcu_dereference(*p); " R(r1, r0)},
		 "1:r0=1" AND "2:r0=x" AND "2:r1=0"},
		{"ISA2+wmb+data+addr",
		 "NNNNN",
		 {W(x, 1) WMB W(y, 1), R(r0, y) IF(r0, W(p, x)), R(r0, p) R(r1, r0)},
		 "1:r0=1" AND "2:r0=x" AND "2:r1=0"},
		{"ISA2+wmb+data+rmb",
		 "NNNNN",
		 {W(x, 1) WMB W(y, 1), R(r0, y) W(z, r0), R(r0, z) RMB R(r1, x)},
		 "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"ISA2+po+data+rmb",
		 "NNSSS",
		 {W(x, 1) W(y, 1), R(r0, y) W(z, r0), R(r0, z) RMB R(r1, x)},
		 "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"WWC+datas",
		 "NNNNS", /* WWC+addrs */
		 {W(x, 2), R(r0, x) W(y, r0), R(r0, y) W(x, r0 - 1)},
		 "1:r0=2" AND "2:r0=2" AND "x=2"},
		{"WWC+mb+data",
		 "NNNNN",
		 {W(x, 2), R(r0, x) MB W(y, 1), R(r0, y) W(x, r0)},
		 "1:r0=2" AND "2:r0=1" AND "x=2"},
		{"RWC+mbs",
		 "NNNNN",
		 {W(x, 1), R(r0, x) MB R(r1, y), W(y, 1) MB R(r0, x)},
		 "1:r0=1" AND "1:r1=0" AND "2:r0=0"},
		{"RWC+rmb+mb",
		 "NNNNS", /* RWC+lwsync+sync */
		 {W(x, 1), R(r0, x) RMB R(r1, y), W(y, 1) MB R(r0, x)},
		 "1:r0=1" AND "1:r1=0" AND "2:r0=0"},
		{"RWC+mb+po",
		 "NSSSS",
		 {W(x, 1), R(r0, x) MB R(r1, y), W(y, 1) R(r0, x)},
		 "1:r0=1" AND "1:r1=0" AND "2:r0=0"},
		{"IRIW+mbs",
		 "NNNNN",
		 {W(x, 1), R(r0, x) MB R(r1, y), W(y, 1), R(r0, y) MB R(r1, x)},
		 "1:r0=1" AND "1:r1=0" AND "3:r0=1" AND "3:r1=0"},
		{"IRIW+rmbs",
		 "NNNNS", /* IRIW+lwsyncs */
		 {W(x, 1), R(r0, x) RMB R(r1, y), W(y, 1), R(r0, y) RMB R(r1, x)},
		 "1:r0=1" AND "1:r1=0" AND "3:r0=1" AND "3:r1=0"},
		{"IRIW+acquires",
		 "NNNNS",
		 {W(x, 1), ACQUIRE(r0, x) R(r1, y), W(y, 1), ACQUIRE(r0, y) R(r1, x)},
		 "1:r0=1" AND "1:r1=0" AND "3:r0=1" AND "3:r1=0"},
		{"W+RWC+wmb+rmb+mb",
		 "NNNNS", /* HC: W+RWC+lwsync+lwsync+sync */
		 {W(x, 1) WMB W(y, 1), R(r0, y) RMB R(r1, z), W(z, 1) MB R(r0, x)},
		 "1:r0=1" AND "1:r1=0" AND "2:r0=0"},
		{"W+RWC+wmb+mb+mb",
		 "NNNNN",
		 {W(x, 1) WMB W(y, 1), R(r0, y) MB R(r1, z), W(z, 1) MB R(r0, x)},
		 "1:r0=1" AND "1:r1=0" AND "2:r0=0"},
		{"W+RWC+mbs",
		 "NNNNN",
		 {W(x, 1) MB W(y, 1), R(r0, y) MB R(r1, z), W(z, 1) MB R(r0, x)},
		 "1:r0=1" AND "1:r1=0" AND "2:r0=0"},
		{"Z6.0+mb+mb+mb",
		 "NNNNN",
		 {W(x, 1) MB W(y, 1), R(r0, y) MB W(z, 1), W(z, 2) MB R(r0, x)},
		 "1:r0=1" AND "z=2" AND "2:r0=0"},
		{"Z6.0+wmb+data+mb",
		 "NNNNS", /* Z6.0+lwsync+data+sync */
		 {W(x, 1) WMB W(y, 1), R(r0, y) W(z, r0), W(z, 2) MB R(r0, x)},
		 "1:r0=1" AND "z=2" AND "2:r0=0"},
		{"Z6.0+wmb+mb+mb",
		 "NNNNN",
		 {W(x, 1) WMB W(y, 1), R(r0, y) MB W(z, 1), W(z, 2) MB R(r0, x)},
		 "1:r0=1" AND "z=2" AND "2:r0=0"},
		{"Z6.1+wmbs+data",
		 "NNNNN",
		 {W(x, 3) WMB W(y, 1), W(y, 2) WMB W(z, 1), R(r0, z) W(x, r0)},
		 "y=2" AND "2:r0=1" AND "x=3"},
		{"Z6.2+wmb+datas",
		 "NNNNN",
		 {W(x, 2) WMB W(y, 1), R(r0, y) W(z, r0), R(r0, z) W(x, r0)},
		 "1:r0=1" AND "2:r0=1" AND "x=2"},
		{"Z6.3+wmb+wmb+rmb",
		 "NNNNS", /* Z6.3+lwsync+lwsync+addr */
		 {W(x, 1) WMB W(y, 1), W(y, 2) WMB W(z, 1), R(r0, z) RMB R(r1, x)},
		 "y=2" AND "2:r0=1" AND "2:r1=0"},
		{"Z6.3+mb+mb+rmb",
		 "NNNNN",
		 {W(x, 1) MB W(y, 1), W(y, 2) MB W(z, 1), R(r0, z) RMB R(r1, x)},
		 "y=2" AND "2:r0=1" AND "2:r1=0"},
		{"3.2W+wmbs",
		 "NNNNN",
		 {W(x, 2) WMB W(y, 1), W(y, 2) WMB W(z, 1), W(z, 2) WMB W(x, 1)},
		 "x=2" AND "y=2" AND "z=2"},
	};

	(void)state;
	COMPARE(rows);
}

/*
 * POWER: PLDI11; HC, ppo. Armv8: DDI0487, dob. RISC-V: RVWMO, rules 9 to 13. An if that
 * has nothing in it may have no branch.
 */
static void dependencies(void **state)
{
	static const struct row rows[] = {
		{"LB+datas",
		 "NNNNN", /* the machine does not see that r0 ^ r0 is 0 */
		 {R(r0, x) W(y, (r0 ^ r0) + 1), R(r0, y) W(x, (r0 ^ r0) + 1)},
		 "0:r0=1" AND "1:r0=1"},
		{"LB+data+mb",
		 "NNNNN",
		 {R(r0, x) W(y, r0), R(r0, y) MB W(x, 1)},
		 "0:r0=1" AND "1:r0=1"},
		{"LB+data+po",
		 "NNSSS",
		 {R(r0, x) W(y, r0), R(r0, y) W(x, 1)},
		 "0:r0=1" AND "1:r0=1"},
		{"LB+ctrls",
		 "NNNNN",
		 {R(r0, x) IF(r0, W(y, 1)), R(r0, y) IF(r0, W(x, 1))},
		 "0:r0=1" AND "1:r0=1"},
		{"LB+ctrl-after+mb",
		 "NNNNN",
		 {R(r0, x) IF(r0, W(z, 1)) W(y, 1), R(r0, y) MB W(x, 1)},
		 "0:r0=1" AND "1:r0=1"},
		{"LB+ctrl-empty+mb",
		 "NNSSS",
		 {R(r0, x) IF(r0, "r1 = 1; ") W(y, 1), R(r0, y) MB W(x, 1)},
		 "0:r0=1" AND "1:r0=1"},
		{"LB+data-rfi-data+mb",
		 "NNNNN",
		 {R(r0, x) W(z, r0) R(r1, z) W(y, r1), R(r0, y) MB W(x, 1)},
		 "0:r0=1" AND "0:r1=1" AND "1:r0=1"},
		{"LB+data-rfi-ctrl+mb",
		 "NNNNN",
		 {R(r0, x) W(z, r0) R(r1, z) IF(r1, W(y, 1)), R(r0, y) MB W(x, 1)},
		 "0:r0=1" AND "0:r1=1" AND "1:r0=1"},
		{"3.LB+data+po-loc+data",
		 "NNNNN",
		 {R(r0, z) W(y, (r0 ^ r0) + 1), R(r0, y) W(y, 2),
		  R(r0, y) W(z, r0 - 1)},
		 "0:r0=1" AND "1:r0=1" AND "2:r0=2"},
		{"LB+addr+mb",
		 "NNNNN",
		 {R(r0, p) W(r0, 1), R(r0, x) MB W(p, x)},
		 "0:r0=x" AND "1:r0=1"},
		{"LB+addr-po+mb",
		 "NNNNN", /* addr ; po to a store: it waits until it is known where */
		 {R(r0, p) R(r1, r0) W(y, 1), R(r0, y) MB W(p, x)},
		 "0:r0=x" AND "1:r0=1"},
		{"MP+wmb+addr",
		 "NNNNN",
		 {W(x, 1) WMB W(p, x), R(r0, p) R(r1, r0)},
		 "1:r0=x" AND "1:r1=0"},
		{"MP+wmb+addr-po",
		 "NNSSS", /* not to a load */
		 {W(x, 1) WMB W(p, w), R(r0, p) R(r1, r0) R(r2, x)},
		 "1:r0=w" AND "1:r2=0"},
		{"MP+wmb+ctrl",
		 "NNSSS",
		 {W(x, 1) WMB W(y, 1), R(r0, y) IF(r0, R(r1, x))},
		 "1:r0=1" AND "1:r1=0"},
		{"MP+mb+ctrl",
		 "NNSSS",
		 {W(x, 1) MB W(y, 1), R(r0, y) IF(r0, R(r1, x))},
		 "1:r0=1" AND "1:r1=0"},
		{"S+wmb+data",
		 "NNNNN",
		 {W(x, 2) WMB W(y, 1), R(r0, y) W(x, r0)},
		 "1:r0=1" AND "x=2"},
		{"S+wmb+ctrl",
		 "NNNNN",
		 {W(x, 2) WMB W(y, 1), R(r0, y) IF(r0, W(x, 1))},
		 "1:r0=1" AND "x=2"},
		/* A load takes its value from a store that waits for a branch … */
		{"PPOCA",
		 "NNSSS",
		 {W(x, 1) MB W(y, 1), R(r0, y) IF(r0, W(q, x)) R(r1, q) R(r2, r1)},
		 "1:r0=1" AND "1:r1=x" AND "1:r2=0"},
		/* … but not from one whose value is not there. */
		{"MP+mb+data-rfi-addr",
		 "NNNNN", /* as PPOAA */
		 {W(x, 1) MB W(p, x), R(r0, p) W(q, r0) R(r1, q) R(r2, r1)},
		 "1:r0=x" AND "1:r1=x" AND "1:r2=0"},
		{"MP+mb+data-ws-rfi-addr",
		 "NNSSS",
		 {W(x, 1) MB W(p, w), R(r0, p) W(q, r0) W(q, x) R(r1, q) R(r2, r1)},
		 "1:r0=w" AND "1:r1=x" AND "1:r2=0"},
		{"MP+mb+fri-rfi-addr",
		 "NNSSS",
		 {W(x, 1) MB W(q, w), R(r0, q) W(q, x) R(r1, q) R(r2, r1)},
		 "1:r0=w" AND "1:r1=x" AND "1:r2=0"},
		/* HC, detour: as PPOCA, but the load reads what another thread wrote
		 * over the store, and so must come after it. */
		{"MP+mb+ctrl-detour-addr",
		 "NNNNN",
		 {W(x, 1) MB W(y, 1), R(r0, y) IF(r0, W(q, w)) R(r1, q) R(r2, r1),
		  W(q, x)},
		 "1:r0=1" AND "1:r1=x" AND "1:r2=0" AND "q=x"},
		{"MP+mb+po-detour-addr",
		 "NNSSS",
		 {W(x, 1) MB W(y, 1), R(r0, y) W(q, w) R(r1, q) R(r2, r1), W(q, x)},
		 "1:r0=1" AND "1:r1=x" AND "1:r2=0" AND "q=x"},
	};

	(void)state;
	COMPARE(rows);
}

/*
 * Where an acquire is an access on Armv8 (DDI0487, bob), it is a fence behind one on
 * RISC-V and POWER, which orders what stands before the access as well; but a release
 * and a later acquire stay in order on Armv8 alone.
 */
static void acquire_and_release(void **state)
{
	static const struct row rows[] = {
		{"MP+release+acquire",
		 "NNNNN",
		 {W(x, 1) RELEASE(y, 1), ACQUIRE(r0, y) R(r1, x)},
		 "1:r0=1" AND "1:r1=0"},
		{"MP+release-coi+acquire",
		 "NNNNN",
		 {W(x, 1) RELEASE(y, 1) W(y, 2), ACQUIRE(r0, y) R(r1, x)},
		 "1:r0=2" AND "1:r1=0"},
		{"MP+release-po+acquire",
		 "NNSNN",
		 {W(x, 1) RELEASE(z, 1) W(y, 1), ACQUIRE(r0, y) R(r1, x)},
		 "1:r0=1" AND "1:r1=0"},
		{"MP+release+po-acquire",
		 "NNSNN",
		 {W(x, 1) RELEASE(y, 1), R(r0, y) ACQUIRE(r1, z) R(r2, x)},
		 "1:r0=1" AND "1:r2=0"},
		{"SB+release-acquires",
		 "NSNSS",
		 {RELEASE(x, 1) ACQUIRE(r0, y), RELEASE(y, 1) ACQUIRE(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+release-pos",
		 "NSSSS",
		 {RELEASE(x, 1) R(r0, y), RELEASE(y, 1) R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+po-acquires",
		 "NSSSS",
		 {W(x, 1) ACQUIRE(r0, y), W(y, 1) ACQUIRE(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"R+release+mb",
		 "NNNNS",
		 {W(x, 1) RELEASE(y, 1), W(y, 2) MB R(r0, x)},
		 "y=2" AND "1:r0=0"},
		{"R+release+release-acquire",
		 "NSNSS",
		 {W(x, 1) RELEASE(y, 1), RELEASE(y, 2) ACQUIRE(r0, x)},
		 "y=2" AND "1:r0=0"},
		{"2+2W+releases",
		 "NNNNN",
		 {W(x, 1) RELEASE(y, 2), W(y, 1) RELEASE(x, 2)},
		 "x=1" AND "y=1"},
		{"LB+acquires",
		 "NNNNN",
		 {ACQUIRE(r0, x) W(y, 1), ACQUIRE(r0, y) W(x, 1)},
		 "0:r0=1" AND "1:r0=1"},
		{"WRC+release+acquire",
		 "NNNNN",
		 {W(x, 1), R(r0, x) RELEASE(y, 1), ACQUIRE(r0, y) R(r1, x)},
		 "1:r0=1" AND "2:r0=1" AND "2:r1=0"},
		{"Z6.0+release+acquire-release+mb",
		 "NNNNS",
		 {W(x, 1) RELEASE(y, 1), ACQUIRE(r0, y) RELEASE(z, 1),
		  W(z, 2) MB R(r0, x)},
		 "1:r0=1" AND "z=2" AND "2:r0=0"},
		{"SB+store-mbs",
		 "NNNNN",
		 {"smp_store_mb(*x, 1); " R(r0, y), "smp_store_mb(*y, 1); " R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
	};

	(void)state;
	COMPARE(rows);
}

/* RMWs: locked on x86 (TPHOLs09); DDI0487, aob and bob; RVWMO, rules 3 to 8;
 * loops on POWER, with the kernel's fences around them. */
static void updates(void **state)
{
	static const struct row rows[] = {
		{"SB+xchgs",
		 "NNNNN",
		 {RMW(r1, "xchg(x, 1)") R(r0, y), RMW(r1, "xchg(y, 1)") R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+xchg_relaxeds",
		 "NNSSS",
		 {RMW(r1, "xchg_relaxed(x, 1)") R(r0, y),
		  RMW(r1, "xchg_relaxed(y, 1)") R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+xchg_acquires",
		 "NNSSS", /* the load acquires, and not the store */
		 {RMW(r1, "xchg_acquire(x, 1)") R(r0, y),
		  RMW(r1, "xchg_acquire(y, 1)") R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+xchg+xchg_release",
		 "NNSSS",
		 {RMW(r1, "xchg(x, 1)") R(r0, y),
		  RMW(r1, "xchg_release(y, 1)") R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+fetch_adds-between",
		 "NNNNN",
		 {W(x, 1) RMW(r1, "atomic_fetch_add(1, a)") R(r0, y),
		  W(y, 1) RMW(r1, "atomic_fetch_add(1, b)") R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+fetch_add_relaxeds-between",
		 "NNSSS",
		 {W(x, 1) RMW(r1, "atomic_fetch_add_relaxed(1, a)") R(r0, y),
		  W(y, 1) RMW(r1, "atomic_fetch_add_relaxed(1, b)") R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+cmpxchgs-between",
		 "NNNNN",
		 {W(x, 1) RMW(r1, "cmpxchg(z, 0, 1)") R(r0, y),
		  W(y, 1) RMW(r1, "cmpxchg(w, 0, 1)") R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+inc-after_atomics",
		 "NNNNN",
		 {W(x, 1) "atomic_inc(a); smp_mb__after_atomic(); " R(r0, y),
		  W(y, 1) "atomic_inc(b); smp_mb__after_atomic(); " R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+incs-between",
		 "NNSSS",
		 {W(x, 1) "atomic_inc(a); " R(r0, y),
		  W(y, 1) "atomic_inc(b); " R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+mb+po-xchg",
		 "NNNNN", /* where it reads the old value, it writes before the other */
		 {W(x, 1) RMW(r0, "xchg(y, 2)"), W(y, 1) MB R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"MP+xchg_release+xchg_acquire",
		 "NNNNN",
		 {W(x, 1) RMW(r0, "xchg_release(y, 1)"),
		  RMW(r0, "xchg_acquire(y, 2)") R(r1, x)},
		 "1:r0=1" AND "1:r1=0"},
		{"MP+cmpxchg+rmb",
		 "NNNNN",
		 {W(x, 1) RMW(r0, "cmpxchg(y, 0, 1)"), R(r0, y) RMB R(r1, x)},
		 "1:r0=1" AND "1:r1=0"},
		{"LB+xchg_release+mb",
		 "NNSSS",
		 {RMW(r0, "xchg_release(x, 2)") W(y, 1), R(r0, y) MB W(x, 1)},
		 "0:r0=1" AND "1:r0=1"},
		{"MP+xchg_acquire+xchg_release",
		 "NNSSS",
		 {W(x, 1) RMW(r0, "xchg_acquire(y, 1)"),
		  RMW(r0, "xchg_release(y, 2)") R(r1, x)},
		 "1:r0=1" AND "1:r1=0"},
		{"MP+wmb+po-cmpxchg_acquire",
		 "NNSSS",
		 {W(x, 1) WMB W(y, 1), R(r0, y) RMW(r1, "cmpxchg_acquire(x, 0, 5)")},
		 "1:r0=1" AND "1:r1=0"},
		{"MP+wmb+po-cmpxchg_release",
		 "NNNNN",
		 {W(x, 1) WMB W(y, 1), R(r0, y) RMW(r1, "cmpxchg_release(x, 0, 5)")},
		 "1:r0=1" AND "1:r1=0"},
		/* An atomic without a result is a store to dmb ishld (DDI0487, NoRet).
		 */
		{"MP+wmb+inc-rmb",
		 "NNSNN",
		 {W(x, 1) WMB "atomic_set(a, 1); ", "atomic_inc(a); " RMB R(r1, x)},
		 "a=2" AND "1:r1=0"},
		{"MP+wmb+fetch_inc_relaxed-rmb",
		 "NNNNN",
		 {W(x, 1) WMB "atomic_set(a, 1); ",
		  RMW(r0, "atomic_fetch_inc_relaxed(a)") RMB R(r1, x)},
		 "a=2" AND "1:r0=1" AND "1:r1=0"},
		/* A load that takes its value from an RMW of its thread: RVWMO, rule 3;
		 * DDI0487: if it acquires. POWER: neither loop nor forwarding waits. */
		{"MP+wmb+xchg-rfi-addr",
		 "NNSNS",
		 {W(x, 1) WMB W(q, w),
		  RMW(r0, "xchg_relaxed(q, x)") R(r1, q) R(r2, r1)},
		 "1:r0=w" AND "1:r1=x" AND "1:r2=0"},
		{"MP+wmb+xchg-rfi-acquire",
		 "NNNNN",
		 {W(x, 1) WMB W(y, 1),
		  RMW(r0, "xchg_relaxed(y, 2)") ACQUIRE(r1, y) R(r2, x)},
		 "1:r0=1" AND "1:r1=2" AND "1:r2=0"},
		{"MP+wmb+xchg-po-acquire",
		 "NNSNN",
		 {W(x, 1) WMB W(y, 1),
		  RMW(r0, "xchg_relaxed(y, 2)") ACQUIRE(r1, z) R(r2, x)},
		 "1:r0=1" AND "1:r2=0"},
		/* HC, scXX: stores of loops stay in order on POWER. */
		{"2+2W+xchg_relaxeds",
		 "NNSSN",
		 {RMW(r0, "xchg_relaxed(x, 1)") RMW(r1, "xchg_relaxed(y, 2)"),
		  RMW(r0, "xchg_relaxed(y, 1)") RMW(r1, "xchg_relaxed(x, 2)")},
		 "x=1" AND "y=1"},
		{"Inc+atomics",
		 "NNNNN",
		 {"atomic_inc(a); ", RMW(r0, "atomic_fetch_add_relaxed(1, a)")},
		 "a=1"},
	};

	(void)state;
	COMPARE(rows);
}

/* Those that find that they are not to write: on x86 locked all the same, on Armv8 a
 * load that may acquire, elsewhere what their loop has run by then. */
static void updates_that_fail(void **state)
{
	static const struct row rows[] = {
		{"SB+cmpxchg-fails",
		 "NNSSN", /* POWER: the sync in front */
		 {W(x, 1) RMW(r1, "cmpxchg(z, 1, 2)") R(r0, y),
		  W(y, 1) RMW(r1, "cmpxchg(w, 1, 2)") R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+cmpxchg_relaxed-fails",
		 "NNSSS",
		 {W(x, 1) RMW(r1, "cmpxchg_relaxed(z, 1, 2)") R(r0, y),
		  W(y, 1) RMW(r1, "cmpxchg_relaxed(w, 1, 2)") R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+add_unless-fails",
		 "NSSSN",
		 {W(x, 1) RMW(r1, "atomic_add_unless(a, 1, 0)") R(r0, y),
		  W(y, 1) RMW(r1, "atomic_add_unless(b, 1, 0)") R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+trylock-fail+mb",
		 "NSSSS",
		 {W(x, 1) RMW(r1, "spin_trylock(s)") R(r0, y), W(y, 1) MB R(r0, x),
		  LOCK(s)},
		 "0:r1=0" AND "0:r0=0" AND "1:r0=0"},
		{"MP+wmb+cmpxchg-fail",
		 "NNNSS",
		 {W(x, 1) WMB W(y, 1), RMW(r0, "cmpxchg(y, 5, 6)") R(r1, x)},
		 "1:r0=1" AND "1:r1=0"},
		{"MP+wmb+cmpxchg_acquire-fail",
		 "NNNSS",
		 {W(x, 1) WMB W(y, 1), RMW(r0, "cmpxchg_acquire(y, 5, 6)") R(r1, x)},
		 "1:r0=1" AND "1:r1=0"},
		{"MP+wmb+cmpxchg_release-fail",
		 "NNSSS",
		 {W(x, 1) WMB W(y, 1), RMW(r0, "cmpxchg_release(y, 5, 6)") R(r1, x)},
		 "1:r0=1" AND "1:r1=0"},
		{"MP+wmb+add_unless-fail",
		 "NNSSS",
		 {W(x, 1) WMB "atomic_set(a, 1); ",
		  RMW(r0, "atomic_add_unless(a, 1, 1)") R(r1, x)},
		 "1:r0=0" AND "1:r1=0"},
		{"MP+cmpxchg_release-fail+rmb",
		 "NNSNN", /* the fence in front has been run */
		 {W(x, 1) RMW(r0, "cmpxchg_release(z, 1, 2)") W(y, 1),
		  R(r0, y) RMB R(r1, x)},
		 "1:r0=1" AND "1:r1=0"},
		{"LB+cmpxchg_relaxed-fail+mb",
		 "NNSSN", /* POWER: the branch */
		 {RMW(r0, "cmpxchg_relaxed(x, 5, 6)") W(y, 1), R(r0, y) MB W(x, 1)},
		 "0:r0=1" AND "1:r0=1"},
	};

	(void)state;
	COMPARE(rows);
}

/* Locks: an acquiring compare-and-exchange and a releasing store. The kernel's table
 * of orders in Documentation/memory-barriers.txt; smp_mb__after_spinlock() in
 * include/linux/spinlock.h, smp_mb__after_unlock_lock() in include/linux/rcupdate.h. */
static void locks(void **state)
{
	static const struct row rows[] = {
		{"MP+locks",
		 "NNNNN",
		 {LOCK(s) W(x, 1) W(y, 1) UNLOCK(s),
		  LOCK(s) R(r0, y) R(r1, x) UNLOCK(s)},
		 "1:r0=1" AND "1:r1=0"},
		{"SB+lock-unlocks",
		 "NNSSS",
		 {W(x, 1) LOCK(s) UNLOCK(s) R(r0, y),
		  W(y, 1) LOCK(t) UNLOCK(t) R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+unlock-locks",
		 "NNNSS",
		 {LOCK(s) W(x, 1) UNLOCK(s) LOCK(t) R(r0, y) UNLOCK(t),
		  W(y, 1) MB R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+unlock-lock-after_unlock_locks",
		 "NNNNN",
		 {LOCK(s) W(x, 1) UNLOCK(s)
			  LOCK(t) "smp_mb__after_unlock_lock(); " R(r0, y) UNLOCK(t),
		  W(y, 1) MB R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+lock-after_unlock_lock+mb",
		 "NNSNN", /* it counts on an unlock before */
		 {W(x, 1) LOCK(s) "smp_mb__after_unlock_lock(); " R(r0, y) UNLOCK(s),
		  W(y, 1) MB R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+lock-after_spinlock+mb",
		 "NNNNN",
		 {W(x, 1) LOCK(s) "smp_mb__after_spinlock(); " R(r0, y) UNLOCK(s),
		  W(y, 1) MB R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"Z6.0+lock+lock+mb",
		 "NNNNS",
		 {LOCK(s) W(x, 1) W(y, 1) UNLOCK(s), LOCK(s) R(r0, y) W(z, 1) UNLOCK(s),
		  W(z, 2) MB R(r0, x)},
		 "1:r0=1" AND "z=2" AND "2:r0=0"},
		{"MP+unlock-lock+rmb",
		 "NNNNN",
		 {LOCK(s) W(x, 1) UNLOCK(s) LOCK(t) W(y, 1) UNLOCK(t),
		  R(r0, y) RMB R(r1, x)},
		 "1:r0=1" AND "1:r1=0"},
	};

	(void)state;
	COMPARE(rows);
}

/* Each is a full fence of its own thread; what they are to others is cuts.h. */
static void calls(void **state)
{
	static const struct row rows[] = {
		{"SB+memb+mb",
		 "NNNNN",
		 {W(x, 1) "smp_memb(); " R(r0, y), W(y, 1) MB R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+gp+mb",
		 "NNNNN",
		 {W(x, 1) "synchronize_rcu(); " R(r0, y), W(y, 1) MB R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+srcu-gp+mb",
		 "NNNNN",
		 {W(x, 1) "synchronize_srcu(ss); " R(r0, y), W(y, 1) MB R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+rcu+mb",
		 "NSSSS",
		 {W(x, 1) "rcu_read_lock(); rcu_read_unlock(); " R(r0, y),
		  W(y, 1) MB R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+srcu+mb",
		 "NSSSS",
		 {W(x, 1) SRCU R(r0, y), W(y, 1) MB R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
		{"SB+srcu-after_srcu_read_unlock+mb",
		 "NNNNN",
		 {W(x, 1) SRCU "smp_mb__after_srcu_read_unlock(); " R(r0, y),
		  W(y, 1) MB R(r0, x)},
		 "0:r0=0" AND "1:r0=0"},
	};

	(void)state;
	COMPARE(rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_fences),
		cmocka_unit_test(fences_of_two_threads),
		cmocka_unit_test(fences_of_more_threads),
		cmocka_unit_test(dependencies),
		cmocka_unit_test(acquire_and_release),
		cmocka_unit_test(updates),
		cmocka_unit_test(updates_that_fail),
		cmocka_unit_test(locks),
		cmocka_unit_test(calls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
