/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs that are still possible: see runs.h. */
#include "model/runs.h"

#include <string.h>

void rcs_runs_lay_out(struct rcs_runs *runs, const struct rcs_skeleton *skeleton,
		      const struct rcs_path *const *path)
{
	int base = 0;

	memset(runs, 0, sizeof(*runs));
	runs->skeleton = skeleton;
	for (int t = 0; t < skeleton->threads; t++) {
		runs->path[t] = path[t];
		runs->base[t] = base;
		runs->words[t] = (path[t]->runs + 63) / 64;
		runs->at[t] = runs->all;
		base += path[t]->events;
		runs->all += runs->words[t];
	}
}

void rcs_runs_fill(const struct rcs_runs *runs, uint64_t *live)
{
	for (int t = 0; t < runs->skeleton->threads; t++) {
		uint64_t *own = live + runs->at[t];
		int left = runs->path[t]->runs;

		for (int w = 0; w < runs->words[t]; w++, left -= 64)
			own[w] = rcs_below(left);
	}
}

int rcs_runs_next(const struct rcs_runs *runs, const uint64_t *live, int thread,
		  int from)
{
	const uint64_t *own = live + runs->at[thread];

	for (int w = from / 64; w < runs->words[thread]; w++) {
		uint64_t bits = own[w];

		if (w == from / 64)
			bits &= ~rcs_below(from % 64);
		if (bits != 0)
			return w * 64 + __builtin_ctzll(bits);
	}
	return -1;
}

void rcs_runs_choose(const struct rcs_runs *runs, uint64_t *live, int thread, int run)
{
	uint64_t *own = live + runs->at[thread];

	memset(own, 0, (size_t)runs->words[thread] * sizeof(*own));
	own[run / 64] = rcs_one(run % 64);
}

/* Runs of a thread and one event of it, to go through. */
struct view {
	const struct rcs_runs *runs;
	uint64_t *live;
	int thread, place;
};

static struct view view_of(const struct rcs_runs *runs, uint64_t *live, int event)
{
	int thread = runs->skeleton->event[event].thread;

	return (struct view){runs, live, thread, event - runs->base[thread]};
}

static rcs_word word_at(const struct view *v, int run)
{
	return rcs_run_values(v->runs->path[v->thread], run)[v->place];
}

static int next(const struct view *v, int from)
{
	return rcs_runs_next(v->runs, v->live, v->thread, from);
}

static void drop(const struct view *v, int run)
{
	v->live[v->runs->at[v->thread] + run / 64] &= ~rcs_one(run % 64);
}

/* Different values that the event has; a thread has few. More than this, and a value
 * is taken for one of them. */
#define SAMPLES 32
struct sample {
	int count;
	bool all;
	rcs_word word[SAMPLES];
};

static bool sampled(const struct sample *s, rcs_word word)
{
	for (int i = 0; i < s->count; i++) {
		if (s->word[i] == word)
			return true;
	}
	return s->all;
}

static void sample(struct sample *s, const struct view *v)
{
	s->count = 0;
	s->all = false;
	for (int run = next(v, 0); run >= 0; run = next(v, run + 1)) {
		rcs_word word = word_at(v, run);

		if (sampled(s, word))
			continue;
		if (s->count < SAMPLES)
			s->word[s->count++] = word;
		else
			s->all = true;
	}
}

static bool keep(const struct view *v, const struct sample *s)
{
	bool kept = false;

	for (int run = next(v, 0); run >= 0; run = next(v, run + 1)) {
		if (sampled(s, word_at(v, run)))
			kept = true;
		else
			drop(v, run);
	}
	return kept;
}

bool rcs_runs_read_initial(const struct rcs_runs *runs, uint64_t *live, int read,
			   rcs_word value)
{
	const struct view r = view_of(runs, live, read);
	const struct sample one = {.count = 1, .word = {value}};

	return keep(&r, &one);
}

bool rcs_runs_read_from(const struct rcs_runs *runs, uint64_t *live, int read,
			int write)
{
	const struct view r = view_of(runs, live, read), w = view_of(runs, live, write);
	struct sample values;
	bool kept = false;

	if (r.thread == w.thread) {
		for (int run = next(&r, 0); run >= 0; run = next(&r, run + 1)) {
			if (word_at(&r, run) == word_at(&w, run))
				kept = true;
			else
				drop(&r, run);
		}
		return kept;
	}
	sample(&values, &w);
	if (!keep(&r, &values))
		return false;
	sample(&values, &r);
	return keep(&w, &values);
}
