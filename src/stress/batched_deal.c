/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Dealing threads of the test out to seats. Where there are fewer seats than threads, a
 * target may be seen only with some of the ways to share them, and then only with one
 * order, and one thread whose store is held up: of three threads on two CPUs perhaps
 * one way of twenty. So half of all ways are drawn from those that were hit while the
 * runner was calibrated with a control, and the others from all that there are.
 */
#include <string.h>

#include "stress/batched_rig.h"

static void shuffle(struct rcs_random *random, uint8_t *list, int count)
{
	for (int i = count - 1; i > 0; i--) {
		int k = (int)rcs_random_below(random, (uint32_t)i + 1);
		uint8_t kept = list[i];

		list[i] = list[k];
		list[k] = kept;
	}
}

static void give(struct rcs_batched_way *way, int seat, uint8_t thread)
{
	struct rcs_batched_part *part = &way->part[seat];

	part->thread[part->threads++] = thread;
}

/* The threads of the test with a heavy side, and the rest, light ones first. */
struct kinds {
	uint8_t heavy[RCS_LITMUS_THREADS], rest[RCS_LITMUS_THREADS];
	int heavies, rests;
};

static void sort_kinds(struct rcs_batched *b, struct kinds *k)
{
	uint8_t other[RCS_LITMUS_THREADS];
	int others = 0;

	k->heavies = k->rests = 0;
	for (int t = 0; t < b->test->threads; t++) {
		if (b->by_twin && b->footprint[t].heavy > 0)
			k->heavy[k->heavies++] = (uint8_t)t;
		else if (b->by_twin && b->footprint[t].light > 0)
			k->rest[k->rests++] = (uint8_t)t;
		else
			other[others++] = (uint8_t)t;
	}
	shuffle(&b->random, k->heavy, k->heavies);
	shuffle(&b->random, k->rest, k->rests);
	shuffle(&b->random, other, others);
	for (int n = 0; n < others; n++)
		k->rest[k->rests++] = other[n];
}

/*
 * Any way: each seat gets a thread, readers' seats a light one if there is one; where
 * there are more threads than seats, the rest go anywhere, since what one light side
 * holds back may take several threads to be seen, which must then run on another CPU.
 */
static void draw(struct rcs_batched *b, struct rcs_batched_way *way)
{
	int first = b->by_twin ? b->writers_each : 0;
	struct kinds k;

	memset(way, 0, sizeof(*way));
	/* Two that are held up would only wait for each other. */
	way->amplified =
		(int8_t)(b->by_twin ? -1
				    : (int)rcs_random_below(
					      &b->random, (uint32_t)b->test->threads));
	sort_kinds(b, &k);
	for (int n = 0; n < k.heavies; n++)
		give(way, n % b->writers_each, k.heavy[n]);
	for (int n = 0; n < k.rests; n++)
		give(way,
		     first + n < b->seats
			     ? first + n
			     : (int)rcs_random_below(&b->random, (uint32_t)b->seats),
		     k.rest[n]);
	for (int s = 0; s < b->seats; s++)
		shuffle(&b->random, way->part[s].thread, way->part[s].threads);
}

void rcs_batched_deal(struct rcs_batched *b)
{
	for (unsigned phase = 0; phase < RCS_BATCHED_PHASES; phase++) {
		bool known = b->favourites > 0 && rcs_random_below(&b->random, 2) == 0;

		if (known)
			b->way[phase] = b->favourite[rcs_random_below(
				&b->random, (uint32_t)b->favourites)];
		else
			draw(b, &b->way[phase]);
	}
}

void rcs_batched_learn(struct rcs_batched *b, size_t k)
{
	struct rcs_batched_way *slot;

	if (b->favourites < RCS_BATCHED_FAVOURITES)
		slot = &b->favourite[b->favourites++];
	else
		slot = &b->favourite[rcs_random_below(&b->random,
						      RCS_BATCHED_FAVOURITES)];
	*slot = b->way[rcs_batched_phase(b, k)];
}
