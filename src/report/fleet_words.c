/* SPDX-License-Identifier: BSD-2-Clause */
/* What of a fleet is in a line: see fleet_words.h. */
#include "report/fleet_words.h"

#include <math.h>
#include <string.h>

#include "report/matrix_kinds.h"
#include "report/words.h"

const char *const rcs_fleet_oddity_names[RCS_FLEET_ODDITIES] = {
	[RCS_FLEET_VERDICT] = "verdict",
	[RCS_FLEET_NEVER_HIT] = "never-hit",
	[RCS_FLEET_UNDECIDED] = "undecided",
	[RCS_FLEET_HEAVY] = "heavy",
	[RCS_FLEET_INTERRUPTS] = "interrupts",
	[RCS_FLEET_CONTROL_DELAY] = "control-delay",
	[RCS_FLEET_CONTROL_ABSENT] = "control-absent",
	[RCS_FLEET_TIME] = "time",
};

/* As it is: who writes the line quotes it. */
static void put(FILE *out, const char *text)
{
	(void)fputs(text, out);
}

static const char * or (const char *text, const char *instead)
{
	return text[0] != '\0' ? text : instead;
}

const char *rcs_fleet_words_node(const struct rcs_machine *machine)
{
	return or (machine->name, "a machine without name");
}

void rcs_fleet_words_group(FILE *out, enum rcs_fleet_part part,
			   const struct rcs_machine *m)
{
	if (part == RCS_FLEET_ALL) {
		(void)fputs("any", out);
		return;
	}
	put(out, or (m->arch, "unknown architecture"));
	if (part != RCS_FLEET_KERNELS)
		(void)fprintf(out, ", %s", or (m->cpu, "unknown CPU"));
	if (part == RCS_FLEET_MICROCODES || part == RCS_FLEET_EQUALS)
		(void)fprintf(out, ", %s%s",
			      m->microcode[0] != '\0' ? "microcode " : "",
			      or (m->microcode, "unknown microcode"));
	if (part == RCS_FLEET_KERNELS || part == RCS_FLEET_RELEASES ||
	    part == RCS_FLEET_EQUALS)
		(void)fprintf(out, ", %s", or (m->kernel, "unknown kernel"));
	if (m->emulated)
		(void)fprintf(out, ", under %s", rcs_matrix_emulator(m));
}

static void put_names(FILE *out, const struct rcs_fleet_finding *f)
{
	for (size_t i = 0; i < f->names; i++)
		(void)fprintf(out, "%s%s", i > 0 ? ", " : "",
			      or (f->name[i], "a machine without name"));
	if (f->machines > f->names)
		(void)fprintf(out, " and %zu more", f->machines - f->names);
}

static void put_rarity(FILE *out, const struct rcs_fleet_finding *f)
{
	if (f->machines == 1 && f->of == 1)
		put(out, ", the only one of its kind");
	else if (f->machines == 1)
		(void)fprintf(out, ", 1 of %zu equal machines", f->of);
	else
		(void)fprintf(out, ", one of %zu of %zu equal machines", f->machines,
			      f->of);
	if (f->outlier)
		put(out, ": an outlier");
}

void rcs_fleet_words_finding(FILE *out, const struct rcs_fleet_finding *f)
{
	(void)fprintf(out, "%s  %s", f->cell->barrier, f->cell->test);
	if (f->tests > 1)
		(void)fprintf(out, " and %zu other test%s", f->tests - 1,
			      f->tests == 2 ? "" : "s");
	put(out, "  on ");
	if (f->alone) {
		put(out, rcs_fleet_words_node(f->run->machine));
		put_rarity(out, f);
		return;
	}
	if (f->machines >= f->of)
		(void)fprintf(out, "all %zu machines of ", f->machines);
	else
		(void)fprintf(out, "%zu of %zu machines of ", f->machines, f->of);
	rcs_fleet_words_group(out, f->scope, f->run->machine);
	put(out, ": ");
	put_names(out, f);
}

void rcs_fleet_words_where(FILE *out, const struct rcs_record_run *run)
{
	rcs_fleet_words_group(out, RCS_FLEET_EQUALS, run->machine);
	if (run->machine->virtual)
		put(out, " (virtual)");
	if (run->file[0] != '\0')
		(void)fprintf(out, ": %s", run->file);
}

void rcs_fleet_words_why(FILE *out, const struct rcs_record_cell *cell)
{
	const char *witness = cell->witness + strspn(cell->witness, " \t\n");
	char verdicts[64];

	if (cell->subject.rounds > 0)
		(void)fprintf(out, "subject %llu/%llu; ",
			      (unsigned long long)cell->subject.hits,
			      (unsigned long long)cell->subject.exposed);
	if (rcs_unexpected(cell->verdict, cell->standing.expected)) {
		rcs_verdicts_print(cell->standing.expected, " or ", verdicts,
				   sizeof(verdicts));
		(void)fprintf(out, "%s was expected; ", verdicts);
	}
	if (cell->reason[0] != '\0')
		(void)fprintf(out, "why: %.*s", (int)strcspn(cell->reason, "\n"),
			      cell->reason);
	else if (witness[0] != '\0')
		(void)fprintf(out, "%.*s", (int)strcspn(witness, "\n"), witness);
	else
		put(out, "no reason is given");
}

static void put_quantity(FILE *out, enum rcs_fleet_oddity oddity, double value)
{
	switch (oddity) {
	case RCS_FLEET_HEAVY:
	case RCS_FLEET_TIME:
		rcs_words_duration(out, value < 1e18 ? (uint64_t)value
						     : UINT64_C(1000000000000000000));
		break;
	default:
		(void)fprintf(out, "%.2g", value);
	}
}

static void put_odd_verdict(FILE *out, const struct rcs_fleet_outlier *o)
{
	switch (o->oddity) {
	case RCS_FLEET_NEVER_HIT:
		put(out, "the control is never hit");
		break;
	case RCS_FLEET_UNDECIDED:
		put(out, "nothing could be told in any test");
		break;
	default:
		put(out, rcs_verdict_name(o->cell->verdict));
	}
	(void)fprintf(out, ", where most of %zu equals have %s", o->equals,
		      rcs_verdict_name(o->usual));
}

void rcs_fleet_words_outlier(FILE *out, const struct rcs_fleet_outlier *o)
{
	static const char *const what[RCS_FLEET_ODDITIES] = {
		[RCS_FLEET_HEAVY] = "heavy call",
		[RCS_FLEET_INTERRUPTS] = "interrupts per exposed call",
		[RCS_FLEET_CONTROL_DELAY] =
			"hits of the control (delay) per exposed call",
		[RCS_FLEET_CONTROL_ABSENT] =
			"hits of the control (absent) per exposed call",
		[RCS_FLEET_TIME] = "time to HOLDS",
	};

	(void)fprintf(out, "%s: ", rcs_fleet_words_node(o->run->machine));
	if (o->oddity < RCS_FLEET_FIRST_QUANTITY) {
		put_odd_verdict(out, o);
	} else {
		(void)fprintf(out, "%s ", what[o->oddity]);
		put_quantity(out, o->oddity, o->value);
		put(out, ", median of equals ");
		put_quantity(out, o->oddity, o->median);
		if (isfinite(o->distance))
			(void)fprintf(out, ", %.0f deviations off", o->distance);
		(void)fprintf(out, ", %zu equals", o->equals);
	}
	(void)fprintf(out, "  %s  %s", o->cell->barrier, o->cell->test);
	if (o->more > 0)
		(void)fprintf(out, "; and %zu more oddit%s", o->more,
			      o->more == 1 ? "y" : "ies");
}
