/* SPDX-License-Identifier: BSD-2-Clause */
/* Cold memory and contended lines: see amplifier_memory.h. */
#include "stress/amplifier_memory.h"

#include "host/memory.h"

#define PAGE	  4096 /* of layout, whatever the machine's is */
#define ARENA_MIN ((size_t)64 * PAGE)

bool rcs_amplifier_memory_cold(const struct rcs_amplifier_memory *m)
{
	return m->arena_size >= ARENA_MIN;
}

int rcs_amplifier_memory_need(struct rcs_amplifier_memory *m,
			      enum rcs_amplifier_kind kind, rcs_tick *stop,
			      void *argument, struct rcs_error *e)
{
	if (!(rcs_amplifiers[kind]->needs & RCS_NEEDS_ARENA))
		return 0;
	if (!rcs_amplifier_memory_cold(m))
		return rcs_fail(e, RCS_ERROR_USAGE,
				"--memory leaves too little for the cold memory that "
				"this amplifier needs: %zu KiB of at least %zu",
				m->arena_size / 1024, ARENA_MIN / 1024);
	if (m->arena == NULL)
		m->arena = rcs_memory_pages(m->arena_size, "cold memory", e);
	if (m->arena == NULL)
		return -1;
	if (m->arena_filled < m->arena_size)
		m->arena_filled = rcs_memory_fill(m->arena, m->arena_filled,
						  m->arena_size, stop, argument);
	return 0;
}

void rcs_amplifier_memory_tell(const struct rcs_amplifier_memory *m,
			       struct rcs_amplify *amplify)
{
	amplify->contended = m->contended;
	amplify->arena = m->arena;
	amplify->pages = m->arena_size / PAGE - 2;
}

void rcs_amplifier_memory_release(struct rcs_amplifier_memory *m)
{
	rcs_memory_release(m->arena, m->arena_size);
	*m = (struct rcs_amplifier_memory){0};
}

void rcs_amplifier_antagonize(const struct rcs_amplifier_memory *m,
			      enum rcs_amplifier_kind kind, const unsigned *reading)
{
	if (!(rcs_amplifiers[kind]->needs & RCS_NEEDS_ANTAGONISTS))
		return;
	for (rcs_seq value = 1; ck_pr_load_uint(reading) > 0; value++) {
		for (unsigned n = 0; n < RCS_CONTENDED_LINES; n++)
			rcs_seq_store(rcs_contended_word(m->contended, n), value);
	}
}
