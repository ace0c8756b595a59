/* SPDX-License-Identifier: BSD-2-Clause */
/* Tables and lists of facts: see box.h. */
#include "report/html/box.h"

#include <string.h>

#include "report/html/write.h"

#define NAME_LENGTH 48 /* in bytes; what is longer is folded */

void rcs_html_table_of(FILE *out, const char *class, const char *caption,
		       const char *name)
{
	(void)fprintf(out, "<div class=box role=region tabindex=0 aria-label=\"%s",
		      caption);
	rcs_html_text(out, name);
	(void)fprintf(out, "\"><table class=\"%s\"><caption>%s", class, caption);
	rcs_html_text(out, name);
	rcs_html_put(out, "</caption><thead><tr>");
}

void rcs_html_table(FILE *out, const char *class, const char *caption)
{
	rcs_html_table_of(out, class, caption, "");
}

void rcs_html_column(FILE *out, const char *class, const char *name)
{
	(void)fprintf(out, "<th scope=col class=\"%s\">%s</th>", class, name);
}

void rcs_html_table_body(FILE *out)
{
	rcs_html_put(out, "</tr></thead>\n<tbody>\n");
}

void rcs_html_table_end(FILE *out)
{
	rcs_html_put(out, "</tbody></table></div>\n");
}

void rcs_html_cell_count(FILE *out, uint64_t n)
{
	rcs_html_put(out, "<td class=num>");
	rcs_html_count(out, n);
	rcs_html_put(out, "</td>");
}

void rcs_html_cell_duration(FILE *out, uint64_t ns)
{
	rcs_html_put(out, "<td class=num>");
	rcs_html_duration(out, ns);
	rcs_html_put(out, "</td>");
}

void rcs_html_cell_text(FILE *out, const char *text)
{
	rcs_html_put(out, strlen(text) > NAME_LENGTH ? "<td class=long>" : "<td>");
	rcs_html_text(out, text);
	rcs_html_put(out, "</td>");
}

void rcs_html_row(FILE *out, const char *name)
{
	rcs_html_put(out, strlen(name) > NAME_LENGTH ? "<tr><th scope=row class=long>"
						     : "<tr><th scope=row>");
}

void rcs_html_row_named(FILE *out, const char *name)
{
	rcs_html_row(out, name);
	rcs_html_text(out, name);
	rcs_html_put(out, "</th>");
}

void rcs_html_fact(FILE *out, const char *name)
{
	(void)fprintf(out, "<dt>%s</dt><dd>", name);
}

void rcs_html_fact_end(FILE *out)
{
	rcs_html_put(out, "</dd>\n");
}

void rcs_html_fact_text(FILE *out, const char *name, const char *text)
{
	if (text[0] == '\0')
		return;
	rcs_html_fact(out, name);
	rcs_html_text(out, text);
	rcs_html_fact_end(out);
}

void rcs_html_fact_count(FILE *out, const char *name, uint64_t n)
{
	rcs_html_fact(out, name);
	rcs_html_count(out, n);
	rcs_html_fact_end(out);
}
