/* SPDX-License-Identifier: BSD-2-Clause */
/* Rounds of the perpetual store-buffering test: see sb.h. */
#include "stress/sb.h"

#include <errno.h>
#include <string.h>

#include "host/clock.h"
#include "stress/sb_rig.h"

/*
 * Of a segment: its end in cycles must not wrap, and neither must an unamplified
 * reader's count of iterations.
 */
#define LEFT_MAX_NS (sizeof(rcs_seq) < 8 ? UINT64_C(1000000000) : UINT64_C(60000000000))

static bool on_tick(void *argument)
{
	struct rcs_sb *sb = argument;
	bool asked = sb->runner.tick(sb->runner.tick_argument);

	if (asked || rcs_clock_ns() >= sb->deadline_ns)
		ck_pr_store_uint(&sb->stop, 1); /* read in rcs_sb_write() */
	return ck_pr_load_uint(&sb->stop) != 0;
}

static enum rcs_sb_light light_of(const struct rcs_arm *arm)
{
	if (arm->variant != RCS_AS_WRITTEN)
		return RCS_SB_LIGHT_FENCE;
	return arm->light != NULL ? RCS_SB_LIGHT_CALL : RCS_SB_LIGHT_COMPILER;
}

static void body(int thread, void *argument)
{
	struct rcs_sb *sb = argument;

	if (thread < sb->runner.writers) {
		rcs_sb_write(&sb->writer[thread]);
	} else if (thread < sb->runner.writers + sb->runner.readers) {
		rcs_sb_read(&sb->reader[thread - sb->runner.writers],
			    sb->round->setting.amplifier, light_of(&sb->round->arm));
		ck_pr_dec_uint(&sb->reading); /* read in rcs_amplifier_antagonize() */
	} else {
		rcs_amplifier_antagonize(&sb->runner.amplifier_memory,
					 sb->round->setting.amplifier, &sb->reading);
	}
}

static int run_segment(struct rcs_sb *sb, size_t calls, struct rcs_error *e)
{
	const struct rcs_round *round = sb->round;
	uint64_t now = rcs_clock_ns();
	uint64_t left = sb->deadline_ns > now ? sb->deadline_ns - now : 0;

	if (left > LEFT_MAX_NS)
		left = LEFT_MAX_NS;
	for (int w = 0; w < sb->runner.writers; w++) {
		struct rcs_sb_writer *writer = &sb->writer[w];

		writer->until = rcs_cycles() + rcs_cycles_from_ns(left);
		writer->heavy = round->arm.heavy;
		writer->heavy_argument = round->arm.writer[w];
		writer->calls = calls;
		writer->error = 0;
		rcs_seq_store(writer->own, 0);
	}
	for (int r = 0; r < sb->runner.readers; r++) {
		sb->reader[r].light = round->arm.light;
		sb->reader[r].light_argument = round->arm.light_argument;
		rcs_seq_store(sb->reader[r].own, 0);
	}
	sb->segments++;
	ck_pr_store_uint(&sb->reading, (unsigned)sb->runner.readers);
	rcs_team_go(sb->runner.team, body, sb);
	if (rcs_team_wait(sb->runner.team, on_tick, sb, RCS_TEAM_GRACE_NS, e) != 0)
		return -1;
	for (int w = 0; w < sb->runner.writers; w++) {
		if (sb->writer[w].error != 0)
			return rcs_fail(
				e, RCS_ERROR_FAULT,
				"the heavy side failed in call %zu of writer %d: "
				"%s",
				sb->writer[w].done + 1, w,
				strerror(-sb->writer[w].error));
	}
	return 0;
}

static struct rcs_sb_log log_of(const struct rcs_sb *sb, int reader)
{
	const struct rcs_sb_writer *writer = &sb->writer[rcs_sb_writer_of(sb, reader)];

	return (struct rcs_sb_log){
		.entry = sb->reader[reader].entry,
		.entries = sb->reader[reader].entries,
		.seen = writer->seen + reader / sb->runner.writers,
		.stride = writer->readers,
		.calls = writer->done,
	};
}

/* Scores all readers of one writer into sb->mark, and counts by reader and pair. */
static void score_writer(struct rcs_sb *sb, int writer, struct rcs_tally *tally)
{
	size_t done = sb->writer[writer].done;

	memset(sb->mark, 0, done * sizeof(*sb->mark));
	for (int r = writer; r < sb->runner.readers; r += sb->runner.writers) {
		struct rcs_pair_total *pair =
			&tally->by_pair[sb->runner.placement->pair_of[r]];
		struct rcs_sb_log log = log_of(sb, r);
		struct rcs_sb_mark sum = rcs_sb_score(&log, sb->mark);

		sb->runner.exposed_by_reader[r] += sum.exposed;
		pair->exposed += sum.exposed;
		pair->hits += sum.hit;
	}
}

/* The reader that was hit in call j (from 1) of this writer: there is one. */
static void witness(const struct rcs_sb *sb, int w, size_t j, struct rcs_witness *out)
{
	const struct rcs_sb_writer *writer = &sb->writer[w];

	for (int r = w; r < sb->runner.readers; r += sb->runner.writers) {
		struct rcs_sb_log log = log_of(sb, r);
		rcs_seq saw = writer->seen[(j - 1) * writer->readers +
					   (size_t)(r / sb->runner.writers)];
		rcs_seq loaded = rcs_sb_loaded(&log, saw + 1);

		if (loaded >= j || saw + 1 > log.entry[log.entries - 1].iteration)
			continue;
		*out = (struct rcs_witness){
			.present = true,
			.writer = w,
			.writer_cpu = sb->runner.placement->cpu[w],
			.reader = r,
			.reader_cpu = sb->runner.placement->cpu[sb->runner.writers + r],
			.pair = (enum rcs_pair)sb->runner.placement->pair_of[r],
			.call = j,
			.writer_saw = saw,
			.iteration = saw + 1,
			.reader_saw = loaded,
			.heavy_ns = rcs_cycles_to_ns(writer->call[j - 1].end -
						     writer->call[j - 1].start),
		};
		return;
	}
}

/* Adds a writer's marks to the tally, up to the exposed call that completes it. */
static void add_marks(struct rcs_sb *sb, int w, struct rcs_tally *tally)
{
	const struct rcs_sb_writer *writer = &sb->writer[w];
	uint64_t now_ns = rcs_clock_ns(), now = rcs_cycles();

	for (size_t j = 0; j < writer->done; j++) {
		const struct rcs_sb_mark *mark = &sb->mark[j];

		tally->calls++;
		tally->all_exposed += mark->exposed;
		if (mark->exposed > 0 && sb->round->samples != NULL)
			rcs_samples_add(sb->round->samples,
					writer->call[j].end - writer->call[j].start);
		if (mark->hit > 0) {
			uint64_t at =
				now_ns - rcs_cycles_to_ns(now - writer->call[j].end);

			if (tally->all_hits == 0 || at < tally->first_hit_ns) {
				tally->first_hit_ns = at;
				witness(sb, w, j + 1, &tally->witness);
			}
			tally->all_hits += mark->hit;
		}
		if (tally->exposed < sb->round->exposed) {
			tally->exposed += mark->exposed;
			tally->hits += mark->hit;
			tally->exposed_calls += mark->exposed > 0;
			tally->hit_calls += mark->hit > 0;
		}
	}
}

/* Calls that should bring what is still missing, at the yield of late. */
static size_t next_calls(const struct rcs_sb *sb, uint64_t missing)
{
	double calls = (double)missing / (sb->yield * sb->runner.writers) * 1.05 + 8;

	if (!(calls < (double)sb->segment_calls))
		return sb->segment_calls;
	return (size_t)calls;
}

static int sb_round(struct rcs_runner *runner, const struct rcs_round *round,
		    struct rcs_tally *tally, struct rcs_error *e)
{
	struct rcs_sb *sb = (struct rcs_sb *)(void *)runner;

	memset(tally, 0, sizeof(*tally));
	memset(sb->runner.exposed_by_reader, 0,
	       (size_t)sb->runner.readers * sizeof(*sb->runner.exposed_by_reader));
	sb->round = round;
	sb->deadline_ns = round->deadline_ns;
	ck_pr_store_uint(&sb->stop, 0);
	/* If what stops a round stops this as well, there is none below. */
	if (rcs_amplifier_memory_need(&sb->runner.amplifier_memory,
				      round->setting.amplifier, on_tick, sb, e) != 0)
		return -1;
	rcs_sb_lay_out(sb, &round->setting);
	while (tally->exposed < round->exposed) {
		uint64_t start = rcs_clock_ns();
		uint64_t calls = tally->calls, exposed = tally->all_exposed;

		if (start >= round->deadline_ns || on_tick(sb))
			return 0;
		if (run_segment(sb, next_calls(sb, round->exposed - tally->exposed),
				e) != 0)
			return -1;
		tally->time_ns += rcs_clock_ns() - start;
		for (int w = 0; w < sb->runner.writers; w++) {
			score_writer(sb, w, tally);
			add_marks(sb, w, tally);
		}
		/* Halfway towards what was seen; from nothing seen, longer segments. */
		sb->yield = (sb->yield + (double)(tally->all_exposed - exposed) /
						 (double)(tally->calls - calls + 1)) /
			    2;
	}
	tally->complete = true;
	return 0;
}

uint64_t rcs_sb_steps(const struct rcs_runner *runner)
{
	const struct rcs_sb *sb = (const struct rcs_sb *)(const void *)runner;
	uint64_t steps = 0;

	if (ck_pr_load_uint(&sb->reading) == 0)
		return 0;
	for (int r = 0; r < runner->readers; r++)
		steps += rcs_seq_load(sb->reader[r].own);
	return steps + (sb->segments << 32) + 1;
}

void rcs_sb_abandon(struct rcs_runner *runner)
{
	struct rcs_sb *sb = (struct rcs_sb *)(void *)runner;

	ck_pr_store_uint(&sb->stop, 1);
	/* Before the first round they have no word yet, and no readers. */
	for (int w = 0; w < runner->writers && sb->writer[w].own != NULL; w++)
		rcs_seq_store(sb->writer[w].own, RCS_SEQ_END);
}

const struct rcs_runner_kind rcs_sb_kind = {
	.name = "perpetual",
	.round = sb_round,
	.destroy = rcs_sb_destroy,
};
