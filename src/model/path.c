/* SPDX-License-Identifier: BSD-2-Clause */
/* All runs of a thread, by path; and the values that make them up: see path.h. */
#include "model/path.h"

#include <stdlib.h>
#include <string.h>

#include "host/clock.h"
#include "model/interpret.h"

/* Two runs of one path differ in values alone. */
static bool same_path(const struct rcs_path *a, const struct rcs_path *b)
{
	if (a->events != b->events)
		return false;
	for (int i = 0; i < a->events; i++) {
		const struct rcs_path_event *x = &a->event[i], *y = &b->event[i];

		if (x->event.kind != y->event.kind ||
		    x->event.location != y->event.location ||
		    x->event.action != y->event.action ||
		    x->event.ordering != y->event.ordering ||
		    x->event.failed != y->event.failed ||
		    x->event.locked != y->event.locked || x->address != y->address ||
		    x->data != y->data || x->control != y->control ||
		    x->control_after != y->control_after || x->rmw != y->rmw ||
		    x->computed != y->computed)
			return false;
	}
	return true;
}

/* NULL and *end. */
static struct rcs_path *path_like(struct rcs_paths *paths, const struct rcs_path *like,
				  enum rcs_paths_end *end)
{
	struct rcs_path *grown;

	for (int i = 0; i < paths->paths; i++) {
		if (same_path(&paths->path[i], like))
			return &paths->path[i];
	}
	*end = RCS_PATHS_TOO_MANY;
	if (paths->paths == RCS_PATHS_MAX)
		return NULL;
	*end = RCS_PATHS_NO_MEMORY;
	if (paths->paths == paths->room) {
		int room = paths->room == 0 ? 4 : paths->room * 2;

		grown = realloc(paths->path, (size_t)room * sizeof(*grown));
		if (grown == NULL)
			return NULL;
		paths->path = grown;
		paths->room = room;
	}
	grown = &paths->path[paths->paths++];
	*grown = *like;
	grown->runs = 0;
	grown->value = grown->reg = NULL;
	return grown;
}

/* Grows at powers of two; one word more, as a path may have no events. */
static bool append(rcs_word **to, int count, const rcs_word *words, int each)
{
	rcs_word *grown;

	if ((count & (count - 1)) == 0) {
		size_t room = count == 0 ? 1 : (size_t)count * 2;

		grown = realloc(*to, (room * (size_t)each + 1) * sizeof(**to));
		if (grown == NULL)
			return false;
		*to = grown;
	}
	memcpy(*to + (size_t)count * (size_t)each, words, (size_t)each * sizeof(**to));
	return true;
}

static enum rcs_paths_end keep(struct rcs_paths *paths, const struct rcs_run *run)
{
	enum rcs_paths_end end;
	struct rcs_path *path = path_like(paths, &run->path, &end);

	if (path == NULL)
		return end;
	paths->words += (size_t)path->events + (size_t)paths->registers;
	if (paths->words > RCS_RUN_WORDS_MAX)
		return RCS_PATHS_TOO_MANY;
	if (!append(&path->value, path->runs, run->value, path->events) ||
	    !append(&path->reg, path->runs, run->reg, paths->registers))
		return RCS_PATHS_NO_MEMORY;
	path->runs++;
	return RCS_PATHS_OK;
}

/* Each once: a run that strays is tried with all values of what it read before. */
static enum rcs_paths_end keep_writes(struct rcs_paths *paths,
				      const struct rcs_run *run)
{
	int i;

	RCS_EACH(i, run->path.writes)
	{
		const struct rcs_lost_write w = {run->path.event[i].event.location,
						 run->value[i]};
		bool known = false;

		for (int k = 0; k < paths->lost && !known; k++)
			known = paths->lost_write[k].location == w.location &&
				paths->lost_write[k].word == w.word;
		if (known)
			continue;
		if (paths->lost == paths->lost_room) {
			int room = paths->lost_room == 0 ? 8 : paths->lost_room * 2;
			struct rcs_lost_write *grown = realloc(
				paths->lost_write, (size_t)room * sizeof(*grown));

			if (grown == NULL)
				return RCS_PATHS_NO_MEMORY;
			paths->lost_write = grown;
			paths->lost_room = room;
		}
		paths->lost_write[paths->lost++] = w;
	}
	return RCS_PATHS_OK;
}

/* The next row of choices, as an odometer counts; false after the last. */
static bool advance(struct rcs_run *run)
{
	while (run->choices > 0) {
		int last = run->choices - 1;

		if (++run->chosen[last] < run->of[last])
			return true;
		run->choices--;
	}
	return false;
}

enum rcs_paths_end rcs_paths_of_thread(const struct rcs_litmus *test, int thread,
				       enum rcs_prove_barrier barrier,
				       uint64_t deadline_ns,
				       const struct rcs_domain *domain,
				       struct rcs_paths *paths)
{
	enum rcs_paths_end end = RCS_PATHS_OK;
	struct rcs_run run;

	memset(paths, 0, sizeof(*paths));
	paths->registers = test->thread[thread].registers;
	run.choices = 0;
	for (size_t tried = 0; end == RCS_PATHS_OK && (tried == 0 || advance(&run));
	     tried++) {
		if ((tried & 1023) == 1023 && rcs_clock_ns() > deadline_ns)
			return RCS_PATHS_TOO_LATE;
		switch (rcs_interpret(test, thread, barrier, domain, &run)) {
		case RCS_RUN_TOO_LONG:
			return RCS_PATHS_TOO_LONG;
		case RCS_RUN_STRAYED:
			paths->strayed = true;
			end = keep_writes(paths, &run);
			break;
		case RCS_RUN_DONE:
			end = keep(paths, &run);
			break;
		}
	}
	return end;
}

void rcs_paths_release(struct rcs_paths *paths)
{
	for (int i = 0; i < paths->paths; i++) {
		free(paths->path[i].value);
		free(paths->path[i].reg);
	}
	free(paths->path);
	free(paths->lost_write);
	memset(paths, 0, sizeof(*paths));
}

/* 1: it was new; 0: it was there; -1: no room. */
static int note(struct rcs_domain *d, rcs_word word)
{
	for (int i = 0; i < d->values; i++) {
		if (d->value[i] == word)
			return 0;
	}
	if (d->values == RCS_DOMAIN_MAX)
		return -1;
	d->value[d->values++] = word;
	return 1;
}

static uint32_t note_write(struct rcs_domain *domain, int location, rcs_word word,
			   bool *full)
{
	int is_new = note(&domain[location], word);

	*full = *full || is_new < 0;
	return is_new > 0 ? UINT32_C(1) << location : 0;
}

/* Adds what these paths write. Bits of the locations that changed; *full: no room. */
static uint32_t note_all(struct rcs_domain *domain, const struct rcs_paths *paths,
			 bool *full)
{
	uint32_t changed = 0;

	for (int p = 0; p < paths->paths; p++) {
		const struct rcs_path *path = &paths->path[p];
		int i;

		for (int run = 0; run < path->runs; run++) {
			const rcs_word *value = rcs_run_values(path, run);

			RCS_EACH(i, path->writes)
			changed |= note_write(domain, path->event[i].event.location,
					      value[i], full);
		}
	}
	for (int w = 0; w < paths->lost; w++)
		changed |= note_write(domain, paths->lost_write[w].location,
				      paths->lost_write[w].word, full);
	return changed;
}

/* Locations that a path of the thread reads. */
static uint32_t read_by(const struct rcs_paths *paths)
{
	uint32_t read = 0;

	for (int p = 0; p < paths->paths; p++) {
		int i;

		RCS_EACH(i, paths->path[p].reads)
		read |= UINT32_C(1) << paths->path[p].event[i].event.location;
	}
	return read;
}

/* No execution has more: there are no loops. */
static int most_writes(const struct rcs_litmus *test)
{
	int writes = 0;

	for (int32_t x = 0; x < test->expressions; x++) {
		const struct rcs_expression *e = &test->expression[x];

		writes +=
			e->kind == RCS_EXPRESSION_CALL &&
			rcs_primitives[e->primitive].action >= RCS_ACTION_WRITE &&
			(rcs_primitives[e->primitive].action <= RCS_ACTION_ADD_UNLESS ||
			 rcs_primitives[e->primitive].action == RCS_ACTION_SRCU_UNLOCK);
	}
	return writes;
}

/* What the thread could find: from what each of the others could store. */
static void see(const struct rcs_litmus *test, const struct rcs_domain *stored,
		int thread, struct rcs_domain *domain, bool *full)
{
	for (int32_t l = 0; l < test->locations; l++) {
		const rcs_word initial = rcs_word_of(test->location[l].initial);

		domain[l].values = 0;
		domain[l].initial_again = false;
		(void)note(&domain[l], initial);
		for (int t = 0; t < test->threads; t++) {
			const struct rcs_domain *by = &stored[t * test->locations + l];

			for (int i = 0; t != thread && i < by->values; i++) {
				*full = note(&domain[l], by->value[i]) < 0 || *full;
				if (by->value[i] == initial)
					domain[l].initial_again = true;
			}
		}
	}
}

enum rcs_paths_end rcs_paths_of_test(const struct rcs_litmus *test,
				     enum rcs_prove_barrier barrier,
				     uint64_t deadline_ns, struct rcs_paths *by_thread)
{
	/* What each thread could store, and behind it what one could find. */
	const size_t threads = (size_t)test->threads,
		     locations = (size_t)test->locations;
	struct rcs_domain *stored =
		malloc(((threads + 1) * locations + 1) * sizeof(*stored));
	struct rcs_domain *domain = stored + threads * locations;
	enum rcs_paths_end end = stored == NULL ? RCS_PATHS_NO_MEMORY : RCS_PATHS_OK;
	uint32_t stale = UINT32_MAX; /* locations whose values a thread has not seen */
	bool full = false;

	memset(by_thread, 0, threads * sizeof(*by_thread));
	for (size_t i = 0; stored != NULL && i < threads * locations; i++)
		stored[i].values = 0;
	for (int round = 0; end == RCS_PATHS_OK && stale != 0; round++) {
		uint32_t changed = 0;

		for (int32_t t = 0; end == RCS_PATHS_OK && t < test->threads; t++) {
			/* One that strays may go on with another value. */
			if (round > 0 && !by_thread[t].strayed &&
			    (read_by(&by_thread[t]) & stale) == 0)
				continue;
			rcs_paths_release(&by_thread[t]);
			see(test, stored, t, domain, &full);
			end = rcs_paths_of_thread(test, t, barrier, deadline_ns, domain,
						  &by_thread[t]);
		}
		for (int32_t t = 0; end == RCS_PATHS_OK && t < test->threads; t++)
			changed |= note_all(&stored[t * test->locations], &by_thread[t],
					    &full);
		if (full && end == RCS_PATHS_OK)
			end = RCS_PATHS_TOO_MANY;
		/* A value that is new now took a chain of as many writes as rounds. */
		stale = round > most_writes(test) ? 0 : changed;
	}
	free(stored);
	return end;
}
