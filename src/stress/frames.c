/* SPDX-License-Identifier: BSD-2-Clause */
/* The search for frames: see frames.h. */
#include "stress/frames.h"

#include <string.h>

/* The statement's constant, which the a-th store of the perpetual form stands for. */
static bool store_of_value(const struct rcs_litmus *test, const struct rcs_perpetual *p,
			   int32_t location, int64_t value, uint32_t *store)
{
	for (int32_t s = 0; s < test->statements; s++) {
		const struct rcs_expression *call, *stored;

		if (p->store[s] == 0)
			continue;
		call = &test->expression[test->statement[s].expression];
		stored = &test->expression[call->operand[1]];
		if (test->expression[call->operand[0]].index != location ||
		    stored->number != value)
			continue;
		*store = p->store[s];
		return true;
	}
	return false;
}

void rcs_frame_pattern_of(const struct rcs_litmus *test, const struct rcs_perpetual *p,
			  const struct rcs_histogram *items, const int64_t *value,
			  struct rcs_frame_pattern *pattern)
{
	memset(pattern, 0, sizeof(*pattern));
	for (int i = 0; i < items->observed; i++) {
		const struct rcs_litmus_shown *item = &items->item[i];
		int32_t location = p->loaded[item->thread][item->index];
		struct rcs_frame_edge *edge = &pattern->edge[pattern->edges];
		bool initial;

		/* A register that nothing is loaded into keeps its first value. */
		if (location == RCS_NONE) {
			pattern->impossible = pattern->impossible ||
					      value[i] != test->thread[item->thread]
								  .reg[item->index]
								  .initial.number;
			continue;
		}
		initial = value[i] == test->location[location].initial.number;
		if (p->location[location].writer == RCS_NONE) {
			pattern->impossible = pattern->impossible || !initial;
			continue;
		}
		*edge = (struct rcs_frame_edge){
			.reader = item->thread,
			.log = item->index,
			.writer = p->location[location].writer,
			.stores = (uint32_t)p->location[location].stores,
		};
		if (!initial &&
		    !store_of_value(test, p, location, value[i], &edge->store))
			pattern->impossible = true;
		pattern->pivot = edge->reader;
		pattern->edges++;
	}
}

void rcs_frame_loads_of(const struct rcs_litmus *test, const struct rcs_perpetual *p,
			int32_t thread, struct rcs_frame_loads *loads)
{
	loads->count = 0;
	/* Straight-line code, and a register is loaded into once. */
	for (int32_t s = test->thread[thread].first; s != RCS_NONE;
	     s = test->statement[s].next) {
		int32_t into = test->statement[s].target;

		if (test->statement[s].kind != RCS_STATEMENT_ASSIGN ||
		    p->loaded[thread][into] == RCS_NONE)
			continue;
		loads->log[loads->count] = into;
		loads->location[loads->count++] = p->loaded[thread][into];
	}
}

bool rcs_frames_coherent(const struct rcs_frame_loads *loads, uint32_t *const *log,
			 uint32_t done, uint32_t *at, int32_t *location)
{
	for (int i = 0; i < loads->count; i++) {
		const uint32_t *loaded = log[loads->log[i]], *before;
		uint32_t back = 0; /* iterations */
		int k = i;

		/* The load of that location that comes before, round the loop. */
		do {
			back += k == 0;
			k = k > 0 ? k - 1 : loads->count - 1;
		} while (loads->location[k] != loads->location[i]);
		before = log[loads->log[k]];
		for (uint32_t n = 1 + back; n <= done; n++) {
			if (loaded[n] >= before[n - back])
				continue;
			*at = n;
			*location = loads->location[i];
			return false;
		}
	}
	return true;
}

void rcs_frame_pivot(struct rcs_frame_pattern *pattern,
		     const struct rcs_frame_logs *logs)
{
	for (int i = 0; i < pattern->edges; i++) {
		const struct rcs_frame_edge *edge = &pattern->edge[i];

		if (logs->done[edge->reader] < logs->done[pattern->pivot])
			pattern->pivot = edge->reader;
		if (logs->done[edge->writer] < logs->done[pattern->pivot])
			pattern->pivot = edge->writer;
	}
}

/* The first iteration of the writer whose first store is newer than what was loaded. */
static inline uint32_t first_newer(const struct rcs_frame_edge *edge, uint32_t loaded)
{
	if (loaded == 0)
		return 1;
	return (edge->stores == 1 ? loaded : (loaded - 1) / edge->stores + 1) + 1;
}

/* The iteration of the writer that stored what was loaded, if it was that store. */
static inline bool iteration_of(const struct rcs_frame_edge *edge, uint32_t loaded,
				uint32_t *n)
{
	if (loaded == 0)
		return false;
	*n = edge->stores == 1 ? loaded : (loaded - 1) / edge->stores + 1;
	return edge->stores == 1 || loaded - (*n - 1) * edge->stores == edge->store;
}

/* Both ends are one thread: its own iteration must do. */
static bool advance_own(const struct rcs_frame_edge *edge, const uint32_t *log,
			uint32_t done, uint32_t *n)
{
	for (; *n <= done; (*n)++) {
		uint32_t first = edge->stores * (*n - 1) + 1;

		if (edge->store == 0 ? log[*n] < first
				     : log[*n] == first + edge->store - 1)
			return true;
	}
	return false;
}

/*
 * Moves the edge's two iterations on, as little as makes it hold. false: one has come
 * to the end of what was logged.
 */
static inline bool advance(const struct rcs_frame_edge *edge, const uint32_t *log,
			   uint32_t reader_done, uint32_t writer_done, uint32_t *reader,
			   uint32_t *writer)
{
	uint32_t n;

	if (edge->store == 0) {
		n = first_newer(edge, log[*reader]);
		if (*writer < n)
			*writer = n;
		return *writer <= writer_done;
	}
	for (; *reader <= reader_done; (*reader)++) {
		if (iteration_of(edge, log[*reader], &n) && n >= *writer) {
			*writer = n;
			return n <= writer_done;
		}
	}
	return false;
}

static bool settle(const struct rcs_frame_pattern *pattern,
		   const struct rcs_frame_logs *logs, struct rcs_frame *frame)
{
	bool moved = true;

	while (moved) {
		moved = false;
		for (int i = 0; i < pattern->edges; i++) {
			const struct rcs_frame_edge *edge = &pattern->edge[i];
			const uint32_t *log = logs->log[edge->reader][edge->log];
			uint32_t *reader = &frame->n[edge->reader];
			uint32_t *writer = &frame->n[edge->writer];
			uint32_t was = *reader + *writer;
			bool found =
				reader == writer
					? advance_own(edge, log,
						      logs->done[edge->reader], reader)
					: advance(edge, log, logs->done[edge->reader],
						  logs->done[edge->writer], reader,
						  writer);

			if (!found)
				return false;
			moved = moved || *reader + *writer != was;
		}
	}
	return true;
}

uint64_t rcs_frames_count(const struct rcs_frame_pattern *pattern, int threads,
			  const struct rcs_frame_logs *logs, struct rcs_frame *first)
{
	struct rcs_frame frame;
	uint64_t count = 0;

	if (pattern->impossible)
		return 0;
	for (int t = 0; t < threads; t++) {
		frame.n[t] = 1;
		if (logs->done[t] == 0)
			return 0;
	}
	/* Every iteration matches where nothing is asked of any. */
	if (pattern->edges == 0) {
		*first = frame;
		return logs->done[pattern->pivot];
	}
	while (frame.n[pattern->pivot] <= logs->done[pattern->pivot] &&
	       settle(pattern, logs, &frame)) {
		if (count++ == 0)
			*first = frame;
		frame.n[pattern->pivot]++;
	}
	return count;
}
