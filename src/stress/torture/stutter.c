/* SPDX-License-Identifier: BSD-2-Clause */
/* Stutter: see environment.h. The watch sees to it that none lasts for ever. */
#include <time.h>

#include "stress/torture/environment.h"

#define LOOK_NS 50000

static void wait_a_little(void)
{
	const struct timespec t = {0, LOOK_NS};

	(void)nanosleep(&t, NULL);
}

void rcs_torture_stutter_begin(struct rcs_torture *t)
{
	if (!rcs_torture_stopped(t))
		ck_pr_store_uint(&t->pause, 1);
}

void rcs_torture_stutter_reader(struct rcs_torture_reader *r)
{
	struct rcs_torture *t = r->torture;

	if (ck_pr_load_uint(&t->pause) == 0 || rcs_torture_stopped(t))
		return;
	t->flavour->offline(r->self);
	rcs_torture_store(&r->parked, 1);
	while (ck_pr_load_uint(&t->pause) != 0 && !rcs_torture_stopped(t)) {
		wait_a_little();
		rcs_torture_store(&r->passes, r->passes + 1);
	}
	rcs_torture_store(&r->parked, 0);
	t->flavour->online(r->self);
	rcs_torture_was_away(r);
}

/* The last updater to come through ends it. */
void rcs_torture_stutter_updater(struct rcs_torture_updater *u)
{
	struct rcs_torture *t = u->torture;
	unsigned resumed = ck_pr_load_uint(&t->resumed);

	if (ck_pr_load_uint(&t->pause) == 0)
		return;
	if (ck_pr_faa_uint(&t->parked, 1) + 1 == (unsigned)t->runner.writers) {
		ck_pr_store_uint(&t->parked, 0);
		ck_pr_store_uint(&t->pause, 0);
		/* Whoever sees it resumed sees no pause: pairs with the load above. */
		ck_pr_fence_release();
		ck_pr_store_uint(&t->resumed, resumed + 1);
		return;
	}
	rcs_torture_store(&u->parked, 1);
	while (ck_pr_load_uint(&t->resumed) == resumed && !rcs_torture_stopped(t))
		wait_a_little();
	rcs_torture_store(&u->parked, 0);
	ck_pr_fence_acquire();
}
