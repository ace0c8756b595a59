/* SPDX-License-Identifier: BSD-2-Clause */
/* The counts of a cell: by arm, and by what CPUs are to each other. */
#include "report/html/parts.h"

#include "report/html/box.h"
#include "report/html/write.h"

static void put_arm(FILE *out, const char *name, const struct rcs_arm_total *a)
{
	if (a->rounds == 0)
		return;
	(void)fprintf(out, "<tr><th scope=row>%s</th>", name);
	rcs_html_cell_count(out, a->rounds);
	rcs_html_cell_count(out, a->hit_rounds);
	rcs_html_cell_count(out, a->calls);
	rcs_html_cell_count(out, a->exposed);
	rcs_html_cell_count(out, a->hits);
	rcs_html_put(out, "<td class=num>");
	if (a->exposed > 0)
		rcs_html_share(out, (double)a->hits / (double)a->exposed);
	rcs_html_put(out, "</td>");
	rcs_html_cell_duration(out, a->time_ns);
	rcs_html_put(out, "</tr>\n");
}

void rcs_html_arms(FILE *out, const struct rcs_record_cell *cell)
{
	rcs_html_table(out, "numbers", "Counts by arm");
	rcs_html_column(out, "", "Arm");
	rcs_html_column(out, "num", "Rounds");
	rcs_html_column(out, "num", "Rounds hit");
	rcs_html_column(out, "num", "Calls");
	rcs_html_column(out, "num", "Exposed");
	rcs_html_column(out, "num", "Hits");
	rcs_html_column(out, "num", "Of exposed");
	rcs_html_column(out, "num", "Time");
	rcs_html_table_body(out);
	put_arm(out, "subject", &cell->subject);
	if (cell->detail != NULL) {
		const struct rcs_result *r = cell->detail->result;

		put_arm(out, cell->has_heavy ? "control delay" : "control",
			&r->control[RCS_TWIN_DELAY]);
		put_arm(out, "control absent", &r->control[RCS_TWIN_ABSENT]);
	} else {
		put_arm(out, "control", &cell->control);
	}
	put_arm(out, "reference", &cell->reference);
	rcs_html_table_end(out);
}

void rcs_html_pairs(FILE *out, const struct rcs_result *r)
{
	int kinds = 0;

	for (int p = 0; p < RCS_PAIRS; p++)
		kinds += r->subject_by_pair[p].exposed + r->control_by_pair[p].exposed >
			 0;
	if (kinds == 0)
		return;
	rcs_html_table(out, "numbers", "Counts by what the CPUs are to each other");
	rcs_html_column(out, "", "CPUs");
	rcs_html_column(out, "num", "Subject hit");
	rcs_html_column(out, "num", "Control hit");
	rcs_html_column(out, "", "Note");
	rcs_html_table_body(out);
	for (int p = 0; p < RCS_PAIRS; p++) {
		const struct rcs_pair_total *subject = &r->subject_by_pair[p];
		const struct rcs_pair_total *control = &r->control_by_pair[p];

		if (subject->exposed + control->exposed == 0)
			continue;
		(void)fprintf(out, "<tr><th scope=row>%s</th><td class=num>",
			      rcs_pair_name((enum rcs_pair)p));
		rcs_html_hits(out, subject->hits, subject->exposed);
		rcs_html_put(out, "</td><td class=num>");
		rcs_html_hits(out, control->hits, control->exposed);
		(void)fprintf(out, "</td><td>%s</td></tr>\n",
			      r->verdict == RCS_HOLDS && control->hits == 0
				      ? "never hit, so nothing is said of it"
				      : "");
	}
	rcs_html_table_end(out);
}
