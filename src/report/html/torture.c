/* SPDX-License-Identifier: BSD-2-Clause */
/* What torturing an RCU found out. */
#include "report/html/parts.h"

#include "report/html/bar.h"
#include "report/html/box.h"
#include "report/html/write.h"

static void put_facts(FILE *out, const struct rcs_torture_result *t)
{
	rcs_html_put(out, "<dl class=facts>\n");
	rcs_html_fact_count(out, "Sections", t->sections);
	rcs_html_fact(out, "Grace periods");
	for (int way = 0; way < RCS_TORTURE_WAYS; way++) {
		(void)fprintf(out, "%s%s ", way > 0 ? ", " : "",
			      rcs_torture_way_name((enum rcs_torture_way)way));
		rcs_html_count(out, t->periods[way]);
	}
	rcs_html_fact_end(out);
	rcs_html_fact(out, "Longest");
	rcs_html_duration(out, t->longest_ns);
	rcs_html_fact_end(out);
	rcs_html_fact(out, "Callbacks");
	rcs_html_count(out, t->queued);
	rcs_html_put(out, ", ");
	rcs_html_count(out, t->invoked);
	rcs_html_put(out, " invoked");
	rcs_html_fact_end(out);
	rcs_html_put(out, "</dl>\n");
}

static void put_pipe(FILE *out, const struct rcs_torture_result *t)
{
	uint64_t most = 0;

	for (int n = 0; n <= RCS_TORTURE_PIPE_MAX; n++)
		most = t->pipe[n] > most ? t->pipe[n] : most;
	if (most == 0)
		return;
	rcs_html_table(out, "states",
		       "Objects held, by grace periods since their removal; bars are "
		       "logarithmic");
	rcs_html_column(out, "num", "Grace periods");
	rcs_html_put(out, "<th scope=colgroup colspan=2>Held</th>");
	rcs_html_column(out, "", "Note");
	rcs_html_table_body(out);
	for (int n = 0; n <= RCS_TORTURE_PIPE_MAX; n++) {
		(void)fprintf(out, "<tr%s><th scope=row class=num>%d%s</th>",
			      n >= 2 && t->pipe[n] > 0 ? " class=target" : "", n,
			      n == RCS_TORTURE_PIPE_MAX ? " or more" : "");
		rcs_html_cell_count(out, t->pipe[n]);
		rcs_html_put(out, "<td class=bar>");
		rcs_html_bar(out, t->pipe[n], most);
		(void)fprintf(out, "</td><td>%s</td></tr>\n",
			      n >= 2 ? "violation" : "");
	}
	rcs_html_table_end(out);
}

static bool violated(const struct rcs_torture_result *t, int check)
{
	for (int arm = 0; arm < RCS_TORTURE_ARMS; arm++) {
		if (t->violations[arm][check] > 0)
			return true;
	}
	return false;
}

static void put_violations(FILE *out, const struct rcs_torture_result *t)
{
	bool any = false;

	for (int check = 0; check < RCS_TORTURE_CHECKS; check++)
		any |= violated(t, check);
	if (!any) {
		rcs_html_put(out, "<p class=note>No check failed in any arm.</p>\n");
		return;
	}
	rcs_html_table(out, "numbers", "Violations, by check and arm");
	rcs_html_column(out, "", "Check");
	rcs_html_column(out, "num", "Subject");
	rcs_html_column(out, "num", "Control");
	rcs_html_column(out, "num", "Reference");
	rcs_html_column(out, "", "Meaning");
	rcs_html_table_body(out);
	for (int check = 0; check < RCS_TORTURE_CHECKS; check++) {
		enum rcs_torture_check c = (enum rcs_torture_check)check;

		if (!violated(t, check))
			continue;
		(void)fprintf(out, "<tr><th scope=row>%s</th>",
			      rcs_torture_check_name(c));
		for (int arm = 0; arm < RCS_TORTURE_ARMS; arm++)
			rcs_html_cell_count(out, t->violations[arm][check]);
		rcs_html_cell_text(out, rcs_torture_check_meaning(c));
		rcs_html_put(out, "</tr>\n");
	}
	rcs_html_table_end(out);
}

void rcs_html_torture(FILE *out, const struct rcs_torture_result *t)
{
	if (t->flavour[0] == '\0')
		return;
	put_facts(out, t);
	put_violations(out, t);
	put_pipe(out, t);
}
