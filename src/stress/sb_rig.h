/* SPDX-License-Identifier: BSD-2-Clause */
/* What the perpetual runner is made of; shared by sb.c and sb_memory.c. */
#ifndef RCS_STRESS_SB_RIG_H
#define RCS_STRESS_SB_RIG_H

#include "stress/sb.h"
#include "stress/sb_thread.h"

struct rcs_sb {
	struct rcs_team *team;
	int writers, readers;
	const struct rcs_placement *placement;
	rcs_tick *tick;
	void *tick_argument;

	struct rcs_sb_writer *writer;
	struct rcs_sb_reader *reader;
	uint64_t *exposed_by_reader;
	struct rcs_sb_mark *mark; /* of one writer */
	size_t segment_calls;

	char *lines; /* a page for each thread's shared word */
	size_t lines_size;
	char *logs;
	size_t logs_size;
	char *contended; /* RCS_CONTENDED_PAGES pages */
	char *arena;	 /* NULL until an amplifier needs it */
	size_t arena_size;
	size_t arena_filled; /* so many bytes are in place */

	const struct rcs_round *round;
	uint64_t deadline_ns;
	double yield; /* exposed pairs per call of all writers, of late */
	/* Read by writers in their loops, so alone on its line. */
	unsigned stop __attribute__((aligned(128)));
	/* Readers that are still in their loops; read by antagonists in theirs. */
	unsigned reading __attribute__((aligned(128)));
};

/* Readers are dealt out to writers in turn: reader r is writer w's r / writers-th. */
static inline int rcs_sb_writer_of(const struct rcs_sb *sb, int reader)
{
	return reader % sb->writers;
}

/* Puts the shared words where this setting has them, and tells all threads. */
void rcs_sb_lay_out(struct rcs_sb *sb, const struct rcs_setting *setting);

/*
 * Sees to it that there is cold memory. 0, or -1 and *e. It is not all in place when
 * stop said true meanwhile; the next call goes on.
 */
int rcs_sb_need_arena(struct rcs_sb *sb, rcs_tick *stop, void *argument,
		      struct rcs_error *e);

#endif
