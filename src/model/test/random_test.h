/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For the unit tests: small litmus tests drawn from a seed, as lines of text, which
 * can be changed before they are printed and parsed. The same seed and classes give
 * the same test.
 *
 * Every test shows all its registers and all locations that have a value; in the order
 * of the threads as they were drawn, whatever order they are printed in.
 */
#ifndef RCS_MODEL_TEST_RANDOM_TEST_H
#define RCS_MODEL_TEST_RANDOM_TEST_H

#include <stdbool.h>
#include <stdint.h>

#include "host/random.h"
#include "litmus/ast.h"

/* What tests are made of, besides READ_ONCE() and WRITE_ONCE(). */
enum random_class {
	RANDOM_ACQUIRE = 1 << 0,
	RANDOM_RELEASE = 1 << 1,
	RANDOM_MB = 1 << 2, /* smp_mb() and smp_store_mb() */
	RANDOM_RMB = 1 << 3,
	RANDOM_WMB = 1 << 4,
	RANDOM_MEMB = 1 << 5,
	RANDOM_LIGHT = 1 << 6, /* barrier() */
	RANDOM_DATA = 1 << 7,
	RANDOM_ADDRESS = 1 << 8,
	RANDOM_CONTROL = 1 << 9,
	RANDOM_RMW = 1 << 10,	  /* that always write */
	RANDOM_FAILING = 1 << 11, /* cmpxchg() and atomic_add_unless() */
	RANDOM_LOCK = 1 << 12,
	RANDOM_TRYLOCK = 1 << 13, /* and spin_is_locked() */
	RANDOM_RCU = 1 << 14,
	RANDOM_ATOMIC_FENCE = 1 << 15, /* smp_mb__before_atomic() and its kin */
	RANDOM_PLAIN = 1 << 16,
};
#define RANDOM_ALL ((1u << 17) - 1)

#define RANDOM_THREADS	 4
#define RANDOM_LINES	 40 /* of one thread */
#define RANDOM_LINE_SIZE 72
#define RANDOM_TEXT_SIZE 12288

struct random_thread {
	int lines, registers;
	char line[RANDOM_LINES][RANDOM_LINE_SIZE];
	bool pointer[RCS_LITMUS_REGISTERS]; /* by register: it holds an address */
};

struct random_test {
	uint64_t seed;
	int threads, ints;    /* the ints are x, y, z, w */
	bool pointers, locks; /* p and s */
	struct random_thread thread[RANDOM_THREADS];
	int order[RANDOM_THREADS]; /* which thread is printed first, second, … */
	int heavy;		   /* calls of smp_memb() and synchronize_rcu() */
	char target[RANDOM_LINE_SIZE];
};

/* At most so many accesses in all, that of locks and RMWs counted twice. */
void random_test_draw(struct random_test *test, uint64_t seed, unsigned int classes,
		      int accesses);

/* A line before that one of a thread, or, if it is thread->lines, after all. */
void random_test_insert(struct random_test *test, int thread, int before,
			const char *line);

/* Where `from` stands in any line, `to` instead; how often that was. */
int random_test_replace(struct random_test *test, const char *from, const char *to);

/* Is that in any line? */
bool random_thread_has(const struct random_thread *thread, const char *part);
bool random_test_has(const struct random_test *test, const char *part);

/* text: RANDOM_TEXT_SIZE bytes. */
void random_test_print(const struct random_test *test, char *text);

#endif
