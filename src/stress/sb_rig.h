/* SPDX-License-Identifier: BSD-2-Clause */
/* What the perpetual runner is made of; shared by sb.c and sb_memory.c. */
#ifndef RCS_STRESS_SB_RIG_H
#define RCS_STRESS_SB_RIG_H

#include "stress/sb.h"
#include "stress/sb_thread.h"

struct rcs_sb {
	struct rcs_runner runner;
	struct rcs_sb_writer *writer;
	struct rcs_sb_reader *reader;
	struct rcs_sb_mark *mark; /* of one writer */
	size_t segment_calls;

	char *lines; /* a page for each thread's shared word */
	size_t lines_size;
	char *logs;
	size_t logs_size;

	const struct rcs_round *round;
	uint64_t deadline_ns;
	uint64_t segments; /* that were begun */
	double yield;	   /* exposed pairs per call of all writers, of late */
	/* Read by writers in their loops, so alone on its line. */
	unsigned stop __attribute__((aligned(128)));
	/* Readers that are still in their loops; read by antagonists in theirs. */
	unsigned reading __attribute__((aligned(128)));
};

/* Readers are dealt out to writers in turn: reader r is writer w's r / writers-th. */
static inline int rcs_sb_writer_of(const struct rcs_sb *sb, int reader)
{
	return reader % sb->runner.writers;
}

/* Puts the shared words where this setting has them, and tells all threads. */
void rcs_sb_lay_out(struct rcs_sb *sb, const struct rcs_setting *setting);

/* rcs_runner_kind.destroy. */
void rcs_sb_destroy(struct rcs_runner *runner);

extern const struct rcs_runner_kind rcs_sb_kind;

#endif
