/* SPDX-License-Identifier: BSD-2-Clause */
/* The final states that a test ended in, and how often. */
#include "report/html/parts.h"

#include "report/html/bar.h"
#include "report/html/box.h"
#include "report/html/write.h"

static void put_count(FILE *out, uint64_t count, uint64_t most)
{
	rcs_html_cell_count(out, count);
	rcs_html_put(out, "<td class=bar>");
	rcs_html_bar(out, count, most);
	rcs_html_put(out, "</td>");
}

void rcs_html_states(FILE *out, const struct rcs_record_cell *cell)
{
	const struct rcs_result *r = cell->detail->result;
	uint64_t most = 0;

	if (r->state_count == 0)
		return;
	for (uint32_t i = 0; i < r->state_count; i++) {
		most = r->state[i].subject > most ? r->state[i].subject : most;
		most = r->state[i].control > most ? r->state[i].control : most;
	}
	rcs_html_table(out, "states", "Final states; bars are logarithmic");
	rcs_html_column(out, "", "State");
	rcs_html_column(out, "", "Target");
	rcs_html_put(out, "<th scope=colgroup colspan=2>Subject</th>"
			  "<th scope=colgroup colspan=2>Control</th>");
	rcs_html_table_body(out);
	for (uint32_t i = 0; i < r->state_count; i++) {
		const struct rcs_state_total *s = &r->state[i];

		(void)fprintf(out, "<tr%s><th scope=row class=name>",
			      s->target ? " class=target" : "");
		rcs_html_text(out, s->label);
		(void)fprintf(out, "</th><td>%s</td>",
			      !s->target     ? ""
			      : cell->judged ? "forbidden"
					     : "target");
		put_count(out, s->subject, most);
		put_count(out, s->control, most);
		rcs_html_put(out, "</tr>\n");
	}
	rcs_html_table_end(out);
	if (r->states_left_out > 0)
		(void)fprintf(out, "<p class=note>And %" PRIu32 " more.</p>\n",
			      r->states_left_out);
}
