/* SPDX-License-Identifier: BSD-2-Clause */
/* Violations: see note.h. */
#include "stress/torture/note.h"

#include <stdio.h>

#include "host/clock.h"

void rcs_torture_log_add(struct rcs_torture_log *log,
			 const struct rcs_torture_note *note)
{
	rcs_torture_word begun = (rcs_torture_word)(note->cycles - note->section);
	uint64_t hits = log->hits;

	if (!log->first.present) {
		log->first = *note;
		log->first.present = true;
	}
	log->violations[note->check]++;
	/* One grace period that ends too early may show in several ways in a section.
	 */
	if (hits > 0 && (log->call[(hits - 1) % RCS_TORTURE_HITS] == note->call ||
			 (note->section > 0 && log->begun == begun)))
		return;
	log->begun = begun;
	log->call[hits % RCS_TORTURE_HITS] = note->call;
	log->hits = hits + 1;
}

static int tell_reader(const struct rcs_torture_note *n, int reader, char *text,
		       size_t size)
{
	const char *way = n->way < RCS_TORTURE_WAYS
				  ? rcs_torture_way_name((enum rcs_torture_way)n->way)
				  : "?";
	int used = snprintf(text, size, "reader %d", reader);

	if (n->cpu >= 0)
		used += snprintf(text + used, size - (size_t)used, " (CPU %d)", n->cpu);
	used += snprintf(text + used, size - (size_t)used,
			 ", %.1f us into a section (nesting %u): ",
			 (double)rcs_cycles_to_ns(n->section) * 1e-3, n->depth);
	switch (n->check) {
	case RCS_TORTURE_STAMP:
	case RCS_TORTURE_EARLY:
		return snprintf(text + used, size - (size_t)used,
				"grace period %lu of updater %lu (%s) was over, which "
				"had not begun when the section had: it saw %lu then",
				n->found, n->updater, way, n->held);
	default:
		return snprintf(text + used, size - (size_t)used,
				"the object it holds (sequence %lu, now %lu, pipe "
				"count %lu) was freed by updater %lu (%s)",
				n->held, n->found, n->object, n->updater, way);
	}
}

void rcs_torture_note_tell(const struct rcs_torture_note *note, int reader, char *text,
			   size_t size)
{
	if (reader >= 0)
		(void)tell_reader(note, reader, text, size);
	else
		(void)snprintf(text, size, "%s (updater %lu, number %lu after %lu)",
			       rcs_torture_check_meaning(note->check), note->updater,
			       note->found, note->held);
}
