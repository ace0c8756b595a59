/* SPDX-License-Identifier: BSD-2-Clause */
/* The words that formats share: see words.h. */
#include "report/words.h"

#include <inttypes.h>
#include <string.h>

enum rcs_bearing rcs_words_bearing(const struct rcs_record_cell *cell,
				   bool inconclusive_passes)
{
	const struct rcs_standing *s = &cell->standing;
	enum rcs_bearing unsure = inconclusive_passes && !cell->interrupted
					  ? RCS_BEARING_TOLERATED
					  : RCS_BEARING_INCONCLUSIVE;

	switch (cell->verdict) {
	case RCS_FAULT:
		return RCS_BEARING_ERROR;
	case RCS_SKIPPED:
		return rcs_unexpected(RCS_SKIPPED, s->expected) ? RCS_BEARING_FAILED
								: RCS_BEARING_SKIPPED;
	default:
		break;
	}
	if (s->self_test)
		return cell->verdict == RCS_BROKEN ? RCS_BEARING_PASSED : unsure;
	if (rcs_as_expected(cell->verdict, s->expected))
		return RCS_BEARING_PASSED;
	if (cell->verdict == RCS_INCONCLUSIVE)
		return unsure;
	return cell->verdict == RCS_BROKEN || s->expected != 0 ? RCS_BEARING_FAILED
							       : RCS_BEARING_PASSED;
}

bool rcs_words_inconclusive_passes(const struct rcs_record_run *run)
{
	for (size_t i = 0; i < run->options; i++) {
		if (strcmp(run->option[i].name, "inconclusive") == 0)
			return strcmp(run->option[i].value, "pass") == 0;
	}
	return false;
}

static const char *mark_of(enum rcs_verdict verdict, const struct rcs_standing *s)
{
	bool expected = rcs_as_expected(verdict, s->expected);

	if (s->self_test && verdict == RCS_BROKEN)
		return "as a control must be";
	if (s->unclaimed && verdict == RCS_HOLDS)
		return expected ? "as expected, not claimed here" : "not claimed here";
	return expected ? "as expected" : "";
}

const char *rcs_words_mark(const struct rcs_record_cell *cell)
{
	return mark_of(cell->verdict, &cell->standing);
}

void rcs_words_entry(FILE *out, const struct rcs_matrix_entry *entry)
{
	static const enum rcs_verdict order[] = {RCS_FAULT,	   RCS_BROKEN,
						 RCS_INCONCLUSIVE, RCS_HOLDS,
						 RCS_ALLOWED,	   RCS_SKIPPED};
	const char *between = "", *mark;

	if (entry == NULL || entry->cells == 0) {
		(void)fputs("not run", out);
		return;
	}
	mark = mark_of(entry->verdict, &entry->standing);
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		uint32_t count = entry->count[order[i]];

		if (count == 0)
			continue;
		(void)fprintf(out, "%s%s", between, rcs_verdict_name(order[i]));
		if (order[i] == entry->verdict && mark[0] != '\0')
			(void)fprintf(out, " (%s)", mark);
		if (entry->cells > 1)
			(void)fprintf(out, " %" PRIu32, count);
		between = ", ";
	}
	if (entry->unexpected > 0)
		(void)fprintf(out, ", %" PRIu32 " unexpected", entry->unexpected);
}

static void print_control(FILE *out, const struct rcs_record_cell *cell)
{
	const struct rcs_arm_total *control = &cell->control;

	if (control->rounds == 0) {
		(void)fputs(", control not run", out);
		return;
	}
	(void)fprintf(out, ", control %" PRIu64 "/%" PRIu64 " (%s%s)", control->hits,
		      control->exposed, cell->has_heavy ? "twin " : "fences stripped",
		      cell->has_heavy ? rcs_twin_name(cell->twin) : "");
}

void rcs_words_p_missed(FILE *out, double p_missed)
{
	if (p_missed >= 1.0)
		(void)fputs("P(missed) 1", out);
	else
		(void)fprintf(out, "P(missed) %.1e", p_missed);
}

void rcs_words_counts(FILE *out, rcs_quote *quote, const struct rcs_record_cell *cell)
{
	const struct rcs_arm_total *subject = &cell->subject;
	double seconds = (double)subject->time_ns * 1e-9;

	if (subject->rounds == 0)
		return;
	(void)fprintf(out, "subject %" PRIu64 "/%" PRIu64, subject->hits,
		      subject->exposed);
	if (cell->judged)
		print_control(out, cell);
	else if (subject->time_ns > 0)
		(void)fprintf(out, ", %.3g hits/s at %.3g iterations/s",
			      (double)subject->hits / seconds,
			      (double)subject->calls / seconds);
	if (cell->amplifier[0] != '\0') {
		(void)fputs(", amplifier ", out);
		quote(out, cell->amplifier);
		if (cell->depth > 1)
			(void)fprintf(out, " x%u", cell->depth);
	}
	if (cell->verdict == RCS_HOLDS || cell->verdict == RCS_INCONCLUSIVE) {
		(void)fputs(", ", out);
		rcs_words_p_missed(out, cell->p_missed);
		if (cell->sensitivity >= 1.0)
			(void)fprintf(out, ", sensitivity one in %.0f",
				      cell->sensitivity);
	}
}

static bool control_was_not_caught(const struct rcs_record_cell *cell)
{
	return cell->standing.self_test && cell->verdict != RCS_BROKEN &&
	       cell->verdict != RCS_SKIPPED;
}

bool rcs_words_has_why(const struct rcs_record_cell *cell)
{
	return cell->reason[0] != '\0' || control_was_not_caught(cell) ||
	       rcs_unexpected(cell->verdict, cell->standing.expected);
}

void rcs_words_why(FILE *out, rcs_quote *quote, const struct rcs_record_cell *cell)
{
	const char *between = "";
	char verdicts[64];

	if (cell->reason[0] != '\0') {
		quote(out, cell->reason);
		between = "; ";
	}
	if (rcs_unexpected(cell->verdict, cell->standing.expected)) {
		rcs_verdicts_print(cell->standing.expected, " or ", verdicts,
				   sizeof(verdicts));
		(void)fprintf(out, "%s%s was expected%s", between, verdicts,
			      cell->verdict == RCS_INCONCLUSIVE
				      ? ", and this could not tell"
				      : ", and not this");
		between = "; ";
	}
	if (control_was_not_caught(cell))
		(void)fprintf(out,
			      "%sthis control does nothing and was not caught, so the "
			      "run as a whole could not have told",
			      between);
}

void rcs_words_name(FILE *out, rcs_quote *quote, const struct rcs_record_cell *cell)
{
	if (strcmp(cell->barrier, "-") != 0) {
		quote(out, cell->barrier);
		(void)fputc(' ', out);
	}
	quote(out, cell->test);
}

void rcs_words_machine(FILE *out, rcs_quote *quote, const struct rcs_machine *machine)
{
	quote(out, machine->arch);
	(void)fputs(", ", out);
	quote(out, machine->kernel);
	(void)fputs(", ", out);
	quote(out, machine->cpu);
	if (machine->virtual)
		(void)fputs(" (virtual)", out);
	if (machine->emulated)
		(void)fputs(" (emulated)", out);
}

void rcs_words_end(FILE *out, const struct rcs_record_run *run)
{
	(void)fprintf(out, "%s: %zu cell%s in %.1f s", rcs_run_end_name(run->end),
		      run->cells, run->cells == 1 ? "" : "s",
		      (double)run->elapsed_ns * 1e-9);
	if (run->holding.count > 0)
		(void)fprintf(out, ", P(any missed) at most %.1e",
			      run->holding.p_any_missed);
	(void)fputs(run->interrupted ? ", interrupted" : "", out);
}

void rcs_words_duration(FILE *out, uint64_t ns)
{
	if (ns < 1000)
		(void)fprintf(out, "%" PRIu64 " ns", ns);
	else if (ns < 1000000)
		(void)fprintf(out, "%.1f us", (double)ns / 1e3);
	else
		(void)fprintf(out, "%.1f ms", (double)ns / 1e6);
}

void rcs_words_horizon(FILE *out, rcs_quote *quote,
		       const struct rcs_record_horizon *horizon)
{
	const struct rcs_horizon_point *p = rcs_horizon_of(&horizon->curve);

	if (p == NULL) {
		(void)fputs("no store was held back", out);
	} else {
		(void)fputs("stores were held back for ", out);
		rcs_words_duration(out, p->delay_ns);
	}
	if (horizon->pair[0] != '\0') {
		(void)fputs(", on ", out);
		quote(out, horizon->pair);
	}
}
