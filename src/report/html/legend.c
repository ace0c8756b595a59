/* SPDX-License-Identifier: BSD-2-Clause */
/* What verdicts and other words of the page mean, in a few words each. */
#include "report/html/parts.h"

#include "report/html/badge.h"
#include "report/html/write.h"

static const char *meaning(enum rcs_verdict verdict)
{
	static const char *const meanings[] = {
		[RCS_INCONCLUSIVE] =
			"Neither: this run could not have told, and says why.",
		[RCS_HOLDS] = "Never hit, where a control was hit often enough: "
			      "P(missed) is at most its target.",
		[RCS_BROKEN] = "Hit: the forbidden outcome was seen. A proof, not an "
			       "estimate; the witness is shown.",
		[RCS_SKIPPED] = "It cannot be used or run here, or there is nothing to "
				"be seen here.",
		[RCS_ALLOWED] = "The outcome is no fault, or nothing says whether it "
				"is: counted, not judged.",
		[RCS_FAULT] = "The machine or the program is at fault, which puts all "
			      "else in doubt.",
	};

	return meanings[verdict];
}

static const char *const words[][2] = {
	{"Subject, control", "Rounds with the barrier under test; and with a twin that "
			     "takes as long and orders nothing, or, where the test has "
			     "no barrier in it, with its fences stripped."},
	{"Exposed", "A call during which a reader was running, so that it could be "
		    "hit."},
	{"P(missed)", "A barrier that never orders anything would have passed with at "
		      "most this probability. P(any missed) is that of all which "
		      "HOLD together, at most."},
	{"Sensitivity", "“One in N”: a barrier that fails in one "
			"call of N or more often would have been seen."},
	{"Twin", "delay: waits as long as the barrier takes while readers run; absent: "
		 "as long as it takes when nobody else does."},
	{"Horizon", "The longest wait after which at least half of all rounds are "
		    "still hit. A barrier that takes longer cannot be judged by its "
		    "delay twin."},
};

void rcs_html_legend(const struct rcs_html *h)
{
	rcs_html_put(h->out, "<section id=legend>\n<h2>Legend</h2>\n"
			     "<dl class=legend>\n");
	for (int i = 0; i <= RCS_FAULT; i++) {
		rcs_html_put(h->out, "<dt>");
		rcs_html_verdict_word(h->out, rcs_html_order[i]);
		(void)fprintf(h->out, "</dt><dd>%s</dd>\n", meaning(rcs_html_order[i]));
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		(void)fprintf(h->out, "<dt>%s</dt><dd>%s</dd>\n", words[i][0],
			      words[i][1]);
	rcs_html_put(h->out, "</dl>\n</section>\n");
}
