/* SPDX-License-Identifier: BSD-2-Clause */
/* Tallies of the torture: see tally.h. */
#include "stress/torture/tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/clock.h"

static void add_calls(const struct rcs_torture *t, struct rcs_torture_before *sum)
{
	sum->calls = t->meter.counted;
	sum->exposed_calls = t->meter.exposed_calls;
	for (int u = 0; u < t->runner.writers && t->own; u++) {
		sum->calls += t->updater[u].meter.counted;
		sum->exposed_calls += t->updater[u].meter.exposed_calls;
	}
}

static void empty(struct rcs_torture_log *log)
{
	memset(&log->first, 0, sizeof(log->first));
	memset(log->violations, 0, sizeof(log->violations));
	log->hits = 0;
}

void rcs_torture_tally_begin(struct rcs_torture *t, struct rcs_torture_before *before)
{
	add_calls(t, before);
	empty(&t->log);
	t->told[0] = '\0';
	for (int r = 0; r < t->runner.readers; r++) {
		empty(&t->reader[r].log);
		t->reader[r].error.kind = RCS_ERROR_NONE;
		t->reader[r].sections = 0;
		memset(t->reader[r].pipe, 0, sizeof(t->reader[r].pipe));
	}
	for (int u = 0; u < t->runner.writers; u++) {
		t->updater[u].error.kind = RCS_ERROR_NONE;
		memset(t->updater[u].periods, 0, sizeof(t->updater[u].periods));
	}
	rcs_torture_watch_start(t);
}

static int by_call(const void *a, const void *b)
{
	rcs_torture_word x = *(const rcs_torture_word *)a;
	rcs_torture_word y = *(const rcs_torture_word *)b;

	return x < y ? -1 : x > y;
}

static size_t copy_calls(const struct rcs_torture_log *log, rcs_torture_word *to)
{
	size_t count =
		log->hits < RCS_TORTURE_HITS ? (size_t)log->hits : RCS_TORTURE_HITS;

	memcpy(to, log->call, count * sizeof(*to));
	return count;
}

/* Different calls that hits are put down to; of those that logs have room for. */
static uint64_t count_hit_calls(const struct rcs_torture *t)
{
	size_t most = (size_t)(t->runner.readers + 1) * RCS_TORTURE_HITS, count;
	rcs_torture_word *calls = malloc(most * sizeof(*calls));
	uint64_t different = 0;

	if (calls == NULL)
		return 0;
	count = copy_calls(&t->log, calls);
	for (int r = 0; r < t->runner.readers; r++)
		count += copy_calls(&t->reader[r].log, calls + count);
	qsort(calls, count, sizeof(*calls), by_call);
	for (size_t i = 0; i < count; i++)
		different += i == 0 || calls[i] != calls[i - 1];
	free(calls);
	return different;
}

static void fill_witness(const struct rcs_torture *t, int reader,
			 const struct rcs_torture_note *note,
			 struct rcs_witness *witness)
{
	const struct rcs_placement *placement = t->runner.placement;
	int used;

	*witness = (struct rcs_witness){
		.present = true,
		.writer = (int)(note->updater % (unsigned)t->runner.writers),
		.reader = reader < 0 ? 0 : reader,
		.reader_cpu = note->cpu,
		.call = note->found,
		.reader_saw = note->held,
	};
	witness->writer_cpu = placement->cpu[witness->writer];
	if (reader >= 0)
		witness->pair = (enum rcs_pair)placement->pair_of[reader];
	(void)snprintf(witness->state, sizeof(witness->state), "%s",
		       rcs_torture_check_name(note->check));
	used = snprintf(witness->story, sizeof(witness->story),
			"%s: ", rcs_torture_check_name(note->check));
	rcs_torture_note_tell(note, reader, witness->story + used,
			      sizeof(witness->story) - (size_t)used);
	used = (int)strlen(witness->story);
	if (t->told[0] != '\0' &&
	    (note->check == RCS_TORTURE_CHILD || note->check == RCS_TORTURE_STUCK))
		(void)snprintf(witness->story + used,
			       sizeof(witness->story) - (size_t)used, "; %s", t->told);
}

/* Counts a log; reader -1: of the update side. */
static void add_log(struct rcs_torture *t, const struct rcs_torture_log *log,
		    int reader, struct rcs_tally *tally)
{
	const struct rcs_torture_note *first = &log->first;

	for (int c = 0; c < RCS_TORTURE_CHECKS; c++)
		t->result.violations[t->arm][c] += log->violations[c];
	tally->all_hits += log->hits;
	if (first->present) {
		uint64_t at =
			rcs_clock_ns() - rcs_cycles_to_ns(rcs_cycles() - first->cycles);

		if (!tally->witness.present || at < tally->first_hit_ns) {
			tally->first_hit_ns = at;
			fill_witness(t, reader, first, &tally->witness);
		}
	}
}

static void add_reader(struct rcs_torture *t, int r, struct rcs_tally *tally)
{
	const struct rcs_torture_reader *reader = &t->reader[r];
	struct rcs_pair_total *pair = &tally->by_pair[t->runner.placement->pair_of[r]];

	add_log(t, &reader->log, r, tally);
	/* Who is hit has met the call, wherever it ran before and after. */
	if (t->runner.exposed_by_reader[r] < reader->log.hits)
		t->runner.exposed_by_reader[r] = reader->log.hits;
	tally->all_exposed += t->runner.exposed_by_reader[r];
	pair->exposed += t->runner.exposed_by_reader[r];
	pair->hits += reader->log.hits;
	t->result.sections += reader->sections;
	for (int n = 0; n <= RCS_TORTURE_PIPE_MAX; n++)
		t->result.pipe[n] +=
			t->arm == RCS_TORTURE_SUBJECT ? reader->pipe[n] : 0;
}

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

void rcs_torture_tally_end(struct rcs_torture *t,
			   const struct rcs_torture_before *before,
			   struct rcs_tally *tally)
{
	struct rcs_torture_before now;
	uint64_t longest;

	add_calls(t, &now);
	tally->calls = now.calls - before->calls;
	for (int r = 0; r < t->runner.readers; r++)
		add_reader(t, r, tally);
	/*
	 * What no reader saw counts as one pair each; but no twin and no fence has a
	 * part in it, so of the subject alone.
	 */
	if (t->arm != RCS_TORTURE_SUBJECT)
		t->log.hits = t->log.first.present = 0;
	add_log(t, &t->log, -1, tally);
	tally->all_exposed += t->log.hits;
	for (int u = 0; u < t->runner.writers; u++) {
		for (int way = 0; way < RCS_TORTURE_WAYS; way++)
			t->result.periods[way] += t->updater[u].periods[way];
		longest = rcs_cycles_to_ns(t->updater[u].longest);
		if (longest > t->result.longest_ns)
			t->result.longest_ns = longest;
	}
	tally->complete = tally->all_exposed >= t->round->exposed;
	tally->exposed = least(tally->all_exposed, t->round->exposed);
	tally->hits = least(tally->all_hits, tally->exposed);
	tally->hit_calls = count_hit_calls(t);
	tally->exposed_calls = now.exposed_calls - before->exposed_calls;
	if (tally->exposed_calls < tally->hit_calls)
		tally->exposed_calls = tally->hit_calls;
}
