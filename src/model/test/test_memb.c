/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What smp_memb() is to the kernel's model (cuts.h), alone and beside RCU; written as
 * test_lkmm.c is.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/test/lkmm_row.h"

/* What every thread of the tests below may name. */
#define PARAMETERS                                                                     \
	"int *x, int *y, int *z, int *w, int **p, int **q, atomic_t *a, atomic_t *b, " \
	"struct srcu_struct *ss, struct srcu_struct *tt"

/* w is what no SRCU index is. */
#define INITIAL "int *p = z; int *q = z; int w = 5;"

#define MEMB  "smp_memb(); "
#define LIGHT "barrier(); "

/* smp_memb() in this model: strong fences at both ends, and at a cut elsewhere. */
static void memb(void **state)
{
	static const struct rcs_lkmm_row rows[] = {
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

/* A smp_memb() and a grace period, one right behind the other, add up. */
static void calls_side_by_side(void **state)
{
	static const struct rcs_lkmm_row rows[] = {
		{"3.SB+rcu+barrier+memb-gp",
		 'N',
		 {SECTION(W(x, 1) R(r0, y)), W(y, 1) LIGHT R(r0, z),
		  W(z, 1) MEMB GP R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0"},
		{"3.SB+rcu+barrier+gp",
		 'S',
		 {SECTION(W(x, 1) R(r0, y)), W(y, 1) LIGHT R(r0, z),
		  W(z, 1) GP R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0"},
		{"3.SB+barrier+rcu+gp-memb",
		 'N',
		 {W(x, 1) LIGHT R(r0, y), SECTION(W(y, 1) R(r0, z)),
		  W(z, 1) GP MEMB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0"},
		{"3.SB+barrier+rcu+memb",
		 'S',
		 {W(x, 1) LIGHT R(r0, y), SECTION(W(y, 1) R(r0, z)),
		  W(z, 1) MEMB R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0"},
		{"3.SB+srcu+barrier+memb-gp",
		 'N',
		 {SRCU(ss, W(x, 1) R(r0, y)), W(y, 1) LIGHT R(r0, z),
		  W(z, 1) MEMB SGP(ss) R(r0, x)},
		 .target = "0:r0=0" AND "1:r0=0" AND "2:r0=0"},
	};

	(void)state;
	COMPARE(rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memb),
		cmocka_unit_test(calls_side_by_side),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
