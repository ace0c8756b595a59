/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the tests of flavours share: domains, each on ground that holds, and a thread
 * that is in a section until it is told to leave.
 */
#ifndef RCS_RCU_TEST_READERS_H
#define RCS_RCU_TEST_READERS_H

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "barrier/membarrier_call.h"
#include "rcu/rcu.h"

#define LOAD(x)	    __atomic_load_n(&(x), __ATOMIC_SEQ_CST)
#define STORE(x, v) __atomic_store_n(&(x), (v), __ATOMIC_SEQ_CST)
#define ADD(x)	    __atomic_add_fetch(&(x), 1, __ATOMIC_SEQ_CST)

static inline void until(unsigned *word, unsigned value)
{
	while (LOAD(*word) < value)
		usleep(50);
}

static inline int heavy(void *writer)
{
	(void)writer;
	return rcs_membarrier(RCS_MEMBARRIER_PRIVATE_EXPEDITED);
}

static inline int ready_heavy(void **state)
{
	(void)state;
	(void)rcs_membarrier(RCS_MEMBARRIER_REGISTER_PRIVATE_EXPEDITED);
	return 0;
}

static inline struct rcs_rcu *domain(const struct rcs_rcu_flavour *flavour,
				     struct rcs_rcu_options options)
{
	struct rcs_error e = {.text = ""};
	struct rcs_rcu *rcu;

	if (options.ground.heavy == NULL)
		options.ground.heavy = heavy;
	rcu = flavour->create(&options, &e);
	assert_string_equal(e.text, "");
	assert_non_null(rcu);
	return rcu;
}

static inline bool able(const struct rcs_rcu_flavour *flavour, enum rcs_rcu_ability one)
{
	return (flavour->abilities & one) != 0;
}

/* A reader, and what it is told. */
struct reader {
	struct rcs_rcu *rcu;
	pthread_t thread;
	unsigned levels; /* of nesting */
	unsigned in;	 /* it is in its section */
	unsigned leave;	 /* it is to leave it */
	unsigned left;	 /* it is about to */
	bool ends;	 /* without leaving the domain */
};

static inline void *read_until_told(void *argument)
{
	struct reader *r = argument;
	const struct rcs_rcu_flavour *flavour = r->rcu->flavour;
	struct rcs_rcu_thread *self = flavour->enter(r->rcu, "reader", NULL);

	for (unsigned n = 0; n < r->levels; n++)
		flavour->read_lock(self);
	STORE(r->in, 1);
	until(&r->leave, 1);
	for (unsigned n = 0; n < r->levels; n++) {
		if (n == r->levels - 1)
			STORE(r->left, 1);
		flavour->read_unlock(self);
	}
	if (!r->ends)
		flavour->leave(self);
	return NULL;
}

static inline void start_reader(struct reader *r, struct rcs_rcu *rcu, unsigned levels)
{
	*r = (struct reader){.rcu = rcu, .levels = levels};
	assert_int_equal(pthread_create(&r->thread, NULL, read_until_told, r), 0);
	until(&r->in, 1);
}

static inline void end_reader(struct reader *r)
{
	STORE(r->leave, 1);
	pthread_join(r->thread, NULL);
}

/* Runs a test of every flavour; or of a plug-in, "path:symbol", if one is said. */
static inline void with_each(void (*test)(const struct rcs_rcu_flavour *flavour))
{
	const char *plugin = getenv("RCS_TEST_RCU");
	struct rcs_error e = {.text = ""};

	if (plugin != NULL) {
		const struct rcs_rcu_flavour *flavour = rcs_rcu_find(plugin, &e);

		assert_string_equal(e.text, "");
		test(flavour);
		return;
	}
	for (size_t i = 0; i < rcs_rcu_flavour_count; i++) {
		print_message("# %s\n", rcs_rcu_flavours[i]->name);
		test(rcs_rcu_flavours[i]);
	}
}

#endif
