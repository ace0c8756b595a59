/* SPDX-License-Identifier: BSD-2-Clause */
/* What a check found out, as the caller sees it. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "check/check.h"

static enum rcustress_verdict verdict_of(enum rcs_verdict verdict)
{
	switch (verdict) {
	case RCS_HOLDS:
		return RCUSTRESS_HOLDS;
	case RCS_BROKEN:
		return RCUSTRESS_BROKEN;
	case RCS_SKIPPED:
		return RCUSTRESS_SKIPPED;
	case RCS_FAULT:
		return RCUSTRESS_FAULT;
	case RCS_INCONCLUSIVE:
	case RCS_ALLOWED: /* never of a test that is judged */
		break;
	}
	return RCUSTRESS_INCONCLUSIVE;
}

const char *rcustress_verdict_name(enum rcustress_verdict verdict)
{
	switch (verdict) {
	case RCUSTRESS_HOLDS:
		return "HOLDS";
	case RCUSTRESS_BROKEN:
		return "BROKEN";
	case RCUSTRESS_SKIPPED:
		return "SKIPPED";
	case RCUSTRESS_FAULT:
		return "FAULT";
	case RCUSTRESS_INCONCLUSIVE:
		break;
	}
	return "INCONCLUSIVE";
}

int rcustress_verdict_status(enum rcustress_verdict verdict)
{
	switch (verdict) {
	case RCUSTRESS_HOLDS:
		return RCS_EXIT_HOLDS;
	case RCUSTRESS_BROKEN:
		return RCS_EXIT_BROKEN;
	case RCUSTRESS_SKIPPED:
		return RCS_EXIT_SKIPPED;
	case RCUSTRESS_FAULT:
		return RCS_EXIT_FAULT;
	case RCUSTRESS_INCONCLUSIVE:
		break;
	}
	return RCS_EXIT_INCONCLUSIVE;
}

static void on_cpu(int cpu, char *text, size_t size)
{
	if (cpu >= 0)
		(void)snprintf(text, size, "on CPU %d", cpu);
	else
		(void)snprintf(text, size, "not bound to a CPU");
}

static void report_witness(const struct rcs_witness *w, char *text, size_t size)
{
	char writer[32], reader[32];

	if (!w->present)
		return;
	on_cpu(w->writer_cpu, writer, sizeof(writer));
	on_cpu(w->reader_cpu, reader, sizeof(reader));
	(void)snprintf(
		text, size,
		"round %" PRIu64 ", %.1f us after the first round began, on %s: "
		"the writer (%s) stored Y = %" PRIu64
		", called heavy for %.1f us, then loaded X = %" PRIu64
		", missing X = %" PRIu64 "; reader %d (%s) stored X = %" PRIu64
		", passed light, then loaded Y = %" PRIu64 ", missing Y = %" PRIu64,
		w->round, (double)w->after_ns / 1e3, rcs_pair_name(w->pair), writer,
		w->call, (double)w->heavy_ns / 1e3, w->writer_saw, w->iteration,
		w->reader, reader, w->iteration, w->reader_saw, w->call);
}

void rcs_check_report(const struct rcs_check *check,
		      struct rcustress_check_result *result)
{
	const struct rcs_result *r = &check->shared->board.result;

	result->verdict = verdict_of(r->verdict);
	(void)snprintf(result->reason, sizeof(result->reason), "%s", r->reason);
	(void)snprintf(result->proviso, sizeof(result->proviso), "%s", r->proviso);
	report_witness(&r->witness, result->witness, sizeof(result->witness));
	result->p_missed = r->verdict == RCS_HOLDS ? r->p_missed : 1.0;
	result->sensitivity = r->verdict == RCS_HOLDS ? r->sensitivity : 0.0;
	result->calls = r->subject.calls;
	result->exposed = r->subject.exposed;
	result->hits = r->subject.hits;
	for (int t = 0; t < RCS_TWINS; t++) {
		result->control_exposed += r->control[t].exposed;
		result->control_hits += r->control[t].hits;
	}
	result->reference_exposed = r->reference.exposed;
	result->reference_hits = r->reference.hits;
	result->blocks = r->evidence;
	result->blocks_needed = r->needed;
	result->heavy_p50_ns = r->exposed.p50_ns;
	result->heavy_p99_ns = r->exposed.p99_ns;
	result->elapsed_ns = r->elapsed_ns;
}

struct text {
	char *text;
	size_t size, used; /* used: also of what had no room */
};

static void say(struct text *t, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void say(struct text *t, const char *format, ...)
{
	size_t room = t->used < t->size ? t->size - t->used : 0;
	va_list args;
	int wrote;

	va_start(args, format);
	wrote = vsnprintf(room > 0 ? t->text + t->used : NULL, room, format, args);
	va_end(args);
	t->used += wrote > 0 ? (size_t)wrote : 0;
}

int rcustress_check_format(const struct rcustress_check_result *r, char *text,
			   size_t size)
{
	struct text t = {.text = text, .size = size};

	say(&t, "%s  %s  subject %" PRIu64 "/%" PRIu64 ", control ",
	    rcustress_verdict_name(r->verdict), r->name, r->hits, r->exposed);
	if (r->control_exposed > 0)
		say(&t, "%" PRIu64 "/%" PRIu64, r->control_hits, r->control_exposed);
	else
		say(&t, "not run");
	if (r->verdict == RCUSTRESS_HOLDS) {
		say(&t, ", P(missed) %.2g", r->p_missed);
		if (r->sensitivity >= 1.0)
			say(&t, ", sensitivity one in %.0f", r->sensitivity);
	}
	say(&t, ", in %.1f s, seed %" PRIu64 "\n", (double)r->elapsed_ns / 1e9,
	    r->seed);
	if (r->reason[0] != '\0')
		say(&t, "  why: %s\n", r->reason);
	if (r->witness[0] != '\0')
		say(&t, "  witness: %s\n", r->witness);
	if (r->proviso[0] != '\0')
		say(&t, "  proviso: %s\n", r->proviso);
	return (int)t.used;
}
