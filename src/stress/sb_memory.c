/* SPDX-License-Identifier: BSD-2-Clause */
/* The memory of the perpetual runner: shared words, logs, cold memory. See sb.h. */
#include "stress/sb_rig.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "host/memory.h"

#define PAGE		  4096 /* of layout, whatever the machine's is */
#define SEGMENT_CALLS	  4096 /* of one writer, at most */
#define SEGMENT_CALLS_MIN 64

static size_t readers_of(const struct rcs_sb *sb, int writer)
{
	return (size_t)((sb->runner.readers - writer + sb->runner.writers - 1) /
			sb->runner.writers);
}

/*
 * Where in its page a shared word is. A load waits for an older store whose address
 * has the same low 12 bits, which would end every hit; so writers' words have lines 1
 * to 7, readers' 13 to 39, and the amplifiers' stores 48 to 63 and, across a page
 * boundary, 63 and 0. (With a writer's word in line 0, flush-split never hits.)
 *
 * Readers' words are in lines 6 or 5 of 8: stream-split and stream-self hold a store
 * back for longest there (AMD Zen 4; a fifth longer than in lines 0 of 8).
 */
static rcs_seq *word_of(const struct rcs_sb *sb, int thread, unsigned layout)
{
	int reader = thread - sb->runner.writers;
	unsigned line = reader < 0 ? 1 + ((unsigned)thread * 3 + layout * 5) % 7
				   : 14 - layout + 8 * ((unsigned)reader % 4);

	return (rcs_seq *)(void *)(sb->lines + (size_t)thread * PAGE + line * RCS_LINE);
}

void rcs_sb_lay_out(struct rcs_sb *sb, const struct rcs_setting *setting)
{
	for (int w = 0; w < sb->runner.writers; w++)
		sb->writer[w].own = word_of(sb, w, setting->layout);
	for (int r = 0; r < sb->runner.readers; r++) {
		struct rcs_sb_reader *reader = &sb->reader[r];
		struct rcs_sb_writer *writer = &sb->writer[rcs_sb_writer_of(sb, r)];

		reader->own = word_of(sb, sb->runner.writers + r, setting->layout);
		reader->theirs = writer->own;
		writer->theirs[r / sb->runner.writers] = reader->own;
		reader->amplify.own = reader->amplify.refill = reader->own;
		reader->amplify.depth = setting->depth;
		rcs_amplifier_memory_tell(&sb->runner.amplifier_memory,
					  &reader->amplify);
	}
}

/* Cuts the logs from one piece; with base NULL only says how much they take. */
static size_t cut_logs(struct rcs_sb *sb, char *base, size_t calls)
{
	size_t at = 0;

	for (int r = 0; r < sb->runner.readers; r++) {
		if (base != NULL)
			sb->reader[r].entry =
				(struct rcs_sb_entry *)(void *)(base + at);
		at += (calls + 2) * sizeof(struct rcs_sb_entry);
	}
	for (int w = 0; w < sb->runner.writers; w++) {
		struct rcs_sb_writer *writer = &sb->writer[w];

		writer->readers = readers_of(sb, w);
		if (base != NULL) {
			writer->call = (struct rcs_sb_call *)(void *)(base + at);
			writer->seen = (rcs_seq *)(void *)(writer->call + calls);
		}
		at += calls *
		      (sizeof(struct rcs_sb_call) + writer->readers * sizeof(rcs_seq));
		at = (at + RCS_LINE - 1) / RCS_LINE * RCS_LINE;
	}
	return at;
}

uint64_t rcs_sb_least_memory(int writers, int readers)
{
	uint64_t calls = SEGMENT_CALLS_MIN;
	uint64_t reader = PAGE + (calls + 2) * sizeof(struct rcs_sb_entry) +
			  calls * sizeof(rcs_seq);
	uint64_t writer = PAGE + calls * sizeof(struct rcs_sb_call) + RCS_LINE;

	return (uint64_t)readers * reader + (uint64_t)writers * writer +
	       RCS_CONTENDED_PAGES * PAGE;
}

static int take_memory(struct rcs_sb *sb, uint64_t memory, struct rcs_error *e)
{
	size_t calls = SEGMENT_CALLS;

	sb->lines_size = (size_t)(sb->runner.writers + sb->runner.readers +
				  RCS_CONTENDED_PAGES) *
			 PAGE;
	while (calls > SEGMENT_CALLS_MIN &&
	       cut_logs(sb, NULL, calls) + sb->lines_size > memory / 2)
		calls /= 2;
	sb->logs_size = cut_logs(sb, NULL, calls);
	if (sb->logs_size + sb->lines_size > memory)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"--memory: %" PRIu64
				" KiB are too little for %d threads",
				memory / 1024, sb->runner.writers + sb->runner.readers);
	sb->segment_calls = calls;
	sb->runner.amplifier_memory.arena_size =
		(size_t)memory - sb->logs_size - sb->lines_size;
	sb->lines = rcs_memory_pages(sb->lines_size, "shared words", e);
	if (sb->lines == NULL)
		return -1;
	sb->runner.amplifier_memory.contended =
		sb->lines + (size_t)(sb->runner.writers + sb->runner.readers) * PAGE;
	sb->logs = rcs_memory_pages(sb->logs_size, "logs", e);
	if (sb->logs == NULL)
		return -1;
	(void)cut_logs(sb, sb->logs, calls);
	(void)rcs_memory_fill(sb->lines, 0, sb->lines_size, sb->runner.tick,
			      sb->runner.tick_argument);
	(void)rcs_memory_fill(sb->logs, 0, sb->logs_size, sb->runner.tick,
			      sb->runner.tick_argument);
	return 0;
}

struct rcs_runner *rcs_sb_create(struct rcs_team *team, const struct rcs_plan *plan,
				 rcs_tick *tick, void *tick_argument,
				 struct rcs_error *e)
{
	int writers = plan->writers, readers = plan->readers;
	struct rcs_sb *sb = NULL;

	if (posix_memalign((void **)&sb, 128, sizeof(*sb)) != 0)
		goto no_memory;
	memset(sb, 0, sizeof(*sb));
	if (rcs_runner_begin(&sb->runner, &rcs_sb_kind, team, plan, tick, tick_argument,
			     e) != 0) {
		free(sb);
		return NULL;
	}
	sb->yield = 1.0;
	if (posix_memalign((void **)&sb->writer, 128,
			   (size_t)writers * sizeof(*sb->writer)) != 0 ||
	    posix_memalign((void **)&sb->reader, 128,
			   (size_t)readers * sizeof(*sb->reader)) != 0)
		goto no_memory;
	memset(sb->writer, 0, (size_t)writers * sizeof(*sb->writer));
	memset(sb->reader, 0, (size_t)readers * sizeof(*sb->reader));
	for (int r = 0; r < readers; r++)
		sb->reader[r].amplify.random =
			rcs_random_stream(plan->seed, 100 + (uint64_t)r);
	if (take_memory(sb, plan->memory, e) != 0) {
		rcs_sb_destroy(&sb->runner);
		return NULL;
	}
	sb->mark = calloc(sb->segment_calls, sizeof(*sb->mark));
	for (int w = 0; w < writers; w++) {
		sb->writer[w].stop = &sb->stop;
		sb->writer[w].theirs = calloc(sb->writer[w].readers, sizeof(rcs_seq *));
		if (sb->writer[w].theirs == NULL)
			goto no_memory;
	}
	if (sb->mark == NULL)
		goto no_memory;
	return &sb->runner;
no_memory:
	rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for %d threads", writers + readers);
	if (sb != NULL)
		rcs_sb_destroy(&sb->runner);
	return NULL;
}

void rcs_sb_destroy(struct rcs_runner *runner)
{
	struct rcs_sb *sb = (struct rcs_sb *)(void *)runner;

	for (int w = 0; sb->writer != NULL && w < sb->runner.writers; w++)
		free(sb->writer[w].theirs);
	free(sb->writer);
	free(sb->reader);
	free(sb->mark);
	rcs_memory_release(sb->lines, sb->lines_size);
	rcs_memory_release(sb->logs, sb->logs_size);
	rcs_runner_end(&sb->runner);
	free(sb);
}
