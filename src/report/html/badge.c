/* SPDX-License-Identifier: BSD-2-Clause */
/* Verdicts on a page: see badge.h. */
#include "report/html/badge.h"

#include "report/html/write.h"

const enum rcs_verdict rcs_html_order[RCS_FAULT + 1] = {
	RCS_FAULT, RCS_BROKEN, RCS_INCONCLUSIVE, RCS_HOLDS, RCS_ALLOWED, RCS_SKIPPED,
};

int rcs_html_gravity(enum rcs_verdict verdict, const struct rcs_standing *s)
{
	bool caught = s->self_test && verdict == RCS_BROKEN;

	if (verdict == RCS_FAULT)
		return RCS_HTML_GRAVEST;
	if (caught || rcs_as_expected(verdict, s->expected))
		return RCS_HTML_FINE;
	if (verdict == RCS_BROKEN)
		return 3;
	if (rcs_unexpected(verdict, s->expected) ||
	    (s->self_test && verdict != RCS_SKIPPED))
		return 2;
	return verdict == RCS_INCONCLUSIVE ? RCS_HTML_DOUBT : RCS_HTML_FINE;
}

static const char *class_of(enum rcs_verdict verdict)
{
	static const char *const classes[] = {
		[RCS_INCONCLUSIVE] = "inconclusive",
		[RCS_HOLDS] = "holds",
		[RCS_BROKEN] = "broken",
		[RCS_SKIPPED] = "skipped",
		[RCS_ALLOWED] = "allowed",
		[RCS_FAULT] = "fault",
	};

	return classes[verdict];
}

static void put_badge(FILE *out, const char *class, bool calm, const char *word)
{
	(void)fprintf(out, "<b class=\"verdict %s%s\">%s</b>", class,
		      calm ? " calm" : "", word);
}

static void put_mark(FILE *out, enum rcs_verdict verdict, const struct rcs_standing *s)
{
	char verdicts[64];
	bool expected = rcs_as_expected(verdict, s->expected);

	if (s->self_test && verdict == RCS_BROKEN) {
		rcs_html_put(out, " <span class=mark>as a control must be</span>");
	} else if (s->self_test && verdict != RCS_SKIPPED) {
		rcs_html_put(out, " <span class=mark>a control that was not "
				  "caught</span>");
	} else if (s->unclaimed && verdict == RCS_HOLDS) {
		(void)fprintf(out, " <span class=mark>%snot claimed here</span>",
			      expected ? "as expected, " : "");
	} else if (expected) {
		rcs_html_put(out, " <span class=mark>as expected</span>");
	}
	if (rcs_unexpected(verdict, s->expected)) {
		rcs_verdicts_print(s->expected, " or ", verdicts, sizeof(verdicts));
		(void)fprintf(out, " <span class=mark>%s was expected</span>",
			      verdicts);
	}
}

void rcs_html_verdict(FILE *out, enum rcs_verdict verdict, const struct rcs_standing *s)
{
	bool calm =
		verdict == RCS_BROKEN && rcs_html_gravity(verdict, s) == RCS_HTML_FINE;

	put_badge(out, class_of(verdict), calm, rcs_verdict_name(verdict));
	put_mark(out, verdict, s);
}

void rcs_html_verdict_word(FILE *out, enum rcs_verdict verdict)
{
	put_badge(out, class_of(verdict), false, rcs_verdict_name(verdict));
}

void rcs_html_end(FILE *out, enum rcs_run_end end)
{
	static const char *const classes[] = {
		[RCS_RUN_FAULT] = "fault",
		[RCS_RUN_BROKEN] = "broken",
		[RCS_RUN_UNEXPECTED] = "broken",
		[RCS_RUN_INCONCLUSIVE] = "inconclusive",
		[RCS_RUN_HOLDS] = "holds",
		[RCS_RUN_AS_EXPECTED] = "holds",
		[RCS_RUN_ALLOWED] = "allowed",
		[RCS_RUN_SKIPPED] = "skipped",
	};

	put_badge(out, classes[end], false, rcs_run_end_name(end));
}

void rcs_html_tally(FILE *out, const uint32_t count[RCS_FAULT + 1])
{
	const char *before = "";

	for (int i = 0; i <= RCS_FAULT; i++) {
		enum rcs_verdict verdict = rcs_html_order[i];

		if (count[verdict] == 0)
			continue;
		rcs_html_put(out, before);
		rcs_html_count(out, count[verdict]);
		(void)fprintf(out, " %s", rcs_verdict_name(verdict));
		before = ", ";
	}
}
