/* SPDX-License-Identifier: BSD-2-Clause */
/* Final states and exposed instances of a segment: see batched.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/clock.h"
#include "stress/batched_rig.h"

/*
 * An instance is exposed when its threads ran at the same time: they started together,
 * and no thread without a heavy side took much longer than it usually does, as one
 * does that is taken off its CPU.
 */
#define APART_NS  5000
#define LONGER_BY 8    /* times the median, … */
#define LONGER_NS 4000 /* … and this more */

/* What decides whether a group's instances are exposed; in cycles. */
struct limits {
	uint64_t apart;
	uint64_t longest[RCS_LITMUS_THREADS]; /* by seat; 0: any */
};

static int by_size(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static struct limits limits_of(struct rcs_batched *b, int group, size_t done)
{
	struct limits limits = {.apart = rcs_cycles_from_ns(APART_NS)};

	for (int s = 0; s < b->seats; s++) {
		const struct rcs_batched_seat *seat =
			&b->seat[rcs_batched_thread(b, group, s)];

		if ((b->by_twin && seat->heavy) || done == 0)
			continue;
		for (size_t k = 0; k < done; k++)
			b->durations[k] = seat->note[k].end - seat->note[k].start;
		qsort(b->durations, done, sizeof(*b->durations), by_size);
		limits.longest[s] = LONGER_BY * b->durations[done / 2] +
				    rcs_cycles_from_ns(LONGER_NS);
	}
	return limits;
}

static bool exposed(const struct rcs_batched *b, int group, size_t k,
		    const struct limits *limits)
{
	uint64_t first = 0, last = 0;

	for (int s = 0; s < b->seats; s++) {
		const struct rcs_batched_note *note =
			&b->seat[rcs_batched_thread(b, group, s)].note[k];

		if (s == 0 || (int64_t)(note->start - first) < 0)
			first = note->start;
		if (s == 0 || (int64_t)(note->start - last) > 0)
			last = note->start;
		if (limits->longest[s] > 0 &&
		    note->end - note->start > limits->longest[s])
			return false;
	}
	return last - first <= limits->apart;
}

/* A cell's or register's content as a value of a final state. */
static int64_t value_of(const struct rcs_batched *b, const char *base, intptr_t content)
{
	uintptr_t offset = (uintptr_t)content - (uintptr_t)base;

	if (offset < b->instance_size && offset % RCS_NATIVE_STRIDE == 0)
		return RCS_ADDRESS_VALUE((int64_t)(offset / RCS_NATIVE_STRIDE));
	return (int64_t)content;
}

static void read_state(const struct rcs_batched *b, int group, uint32_t instance,
		       int64_t *value)
{
	const char *base = rcs_batched_cells(b, group, instance);

	for (int i = 0; i < b->histogram.observed; i++) {
		const struct rcs_litmus_shown *item = &b->histogram.item[i];
		intptr_t content;

		if (item->thread != RCS_NONE) {
			content = rcs_batched_registers(b, item->thread, group,
							instance)[item->index];
		} else if (b->test->location[item->index].type == RCS_TYPE_POINTER) {
			memcpy(&content, base + (size_t)item->index * RCS_NATIVE_STRIDE,
			       sizeof(content));
		} else {
			int32_t narrow;

			memcpy(&narrow, base + (size_t)item->index * RCS_NATIVE_STRIDE,
			       sizeof(narrow));
			content = narrow;
		}
		value[i] = value_of(b, base, content);
	}
}

static void fill_witness(const struct rcs_batched *b, int group, size_t k,
			 const struct rcs_state *state, struct rcs_witness *w)
{
	size_t used = 0;

	*w = (struct rcs_witness){
		.present = true,
		.call = k + 1,
		.pair = (enum rcs_pair)
				b->runner.placement->pair_of[group * b->readers_each],
	};
	rcs_histogram_label(&b->histogram, state, w->state, sizeof(w->state));
	for (int s = 0; s < b->seats; s++) {
		int thread = rcs_batched_thread(b, group, s);
		const struct rcs_batched_seat *seat = &b->seat[thread];
		const struct rcs_batched_part *part =
			&b->way[rcs_batched_phase(b, k)].part[s];
		int cpu = b->runner.placement->cpu[thread];

		if (seat->note[k].call_end != seat->note[k].call_start)
			w->heavy_ns = rcs_cycles_to_ns(seat->note[k].call_end -
						       seat->note[k].call_start);
		for (int n = 0; n < part->threads && used < sizeof(w->seats); n++) {
			int wrote = cpu < 0 ? snprintf(w->seats + used,
						       sizeof(w->seats) - used,
						       "%sP%d not bound",
						       used > 0 ? ", " : "",
						       part->thread[n])
					    : snprintf(w->seats + used,
						       sizeof(w->seats) - used,
						       "%sP%d on CPU %d",
						       used > 0 ? ", " : "",
						       part->thread[n], cpu);

			used += wrote > 0 ? (size_t)wrote : 0;
		}
	}
}

static void add_samples(const struct rcs_batched *b, int group, size_t k)
{
	for (int s = 0; s < b->seats && b->has_heavy; s++) {
		const struct rcs_batched_note *note =
			&b->seat[rcs_batched_thread(b, group, s)].note[k];

		if (note->call_end != note->call_start)
			rcs_samples_add(b->round->samples,
					note->call_end - note->call_start);
	}
}

/* Each heavy call that another thread made, a reader was exposed to. */
static void count_readers(struct rcs_batched *b, int group, size_t k)
{
	uint64_t *by_reader = &b->runner.exposed_by_reader[group * b->readers_each];
	unsigned all = 0;

	for (int s = 0; s < b->seats; s++)
		all += b->seat[rcs_batched_thread(b, group, s)].note[k].calls;
	for (int r = 0; r < b->readers_each; r++) {
		int seat = b->writers_each + r;

		by_reader[r] +=
			all - b->seat[rcs_batched_thread(b, group, seat)].note[k].calls;
	}
}

/* How long heavy calls of this round take, for the next segment's skew. */
static void note_calls(struct rcs_batched *b, int group, size_t done)
{
	uint64_t cycles = 0, calls = 0;

	for (int s = 0; s < b->seats; s++) {
		const struct rcs_batched_seat *seat =
			&b->seat[rcs_batched_thread(b, group, s)];

		for (size_t k = 0; k < done; k++) {
			cycles += seat->note[k].call_end - seat->note[k].call_start;
			calls += seat->note[k].calls > 0;
		}
	}
	if (calls > 0)
		b->call_ns = rcs_cycles_to_ns(cycles / calls);
}

void rcs_batched_score(struct rcs_batched *b, int group, struct rcs_tally *tally)
{
	struct rcs_pair_total *pair =
		&tally->by_pair[b->runner.placement->pair_of[group * b->readers_each]];
	size_t done = b->count;
	struct limits limits;

	for (int s = 0; s < b->seats; s++) {
		size_t of_seat = b->seat[rcs_batched_thread(b, group, s)].done;

		done = of_seat < done ? of_seat : done;
	}
	limits = limits_of(b, group, done);
	note_calls(b, group, done);
	for (size_t k = 0; k < done; k++) {
		int64_t value[RCS_OBSERVED_MAX] = {0};
		struct rcs_state *state;
		bool shown = exposed(b, group, k, &limits);

		read_state(b, group, b->order[k], value);
		state = rcs_histogram_find(&b->histogram, value);
		tally->calls++;
		/* As it was hit, it was exposed. */
		shown = shown || state->target;
		/*
		 * Every call interrupts and takes time, whether or not it was exposed
		 * or passed the filter: to count fewer would make more interrupts of
		 * each.
		 */
		if (b->has_heavy)
			count_readers(b, group, k);
		if (shown && b->round->samples != NULL)
			add_samples(b, group, k);
		if (state->filtered)
			continue;
		state->count++;
		if (b->round->histogram != NULL)
			rcs_histogram_find(b->round->histogram, value)->count++;
		if (state->target && tally->all_hits == 0) {
			tally->first_hit_ns = rcs_clock_ns();
			fill_witness(b, group, k, state, &tally->witness);
		}
		if (state->target && b->round->learn)
			rcs_batched_learn(b, k);
		tally->all_hits += state->target;
		tally->all_exposed += shown;
		pair->exposed += shown;
		pair->hits += state->target;
		if (tally->exposed < b->round->exposed) {
			tally->exposed += shown;
			tally->hits += state->target;
			tally->exposed_calls += shown;
			tally->hit_calls += state->target;
		}
	}
}
