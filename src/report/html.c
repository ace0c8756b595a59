/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A report as one page of HTML, to be opened in a browser or kept with a build: no
 * network, nothing beside it.
 *
 * It is written without any script. What folds is <details>, what explains itself when
 * pointed at is <title>, and plots are SVG that is drawn here: that is all a library of
 * charts would be used for, and this way there is nothing to vendor, to update or to
 * trust, the page says the same on paper, and its policy allows one style sheet by its
 * hash and nothing else. The same report makes the same page, byte for byte.
 *
 * html/parts.h has the parts, in their order; html/write.h is what all text goes
 * through; html/style.css is the looks.
 */
#include "report/format.h"

#include "report/formats.h"
#include "report/html/parts.h"
#include "report/html/style.h"
#include "report/html/write.h"

/* Title and policy; the body is open after it. */
static void begin(const struct rcs_html *h)
{
	FILE *out = h->out;

	(void)fprintf(out,
		      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
		      "<meta charset=\"utf-8\">\n"
		      "<meta http-equiv=\"Content-Security-Policy\" content=\""
		      "default-src 'none'; style-src '%s'; base-uri 'none'; "
		      "form-action 'none'\">\n"
		      "<meta name=\"viewport\" content=\"width=device-width, "
		      "initial-scale=1\">\n"
		      "<meta name=\"color-scheme\" content=\"light dark\">\n"
		      "<meta name=\"referrer\" content=\"no-referrer\">\n"
		      "<meta name=\"generator\" content=\"rcustress " RCS_VERSION
		      "\">\n<title>",
		      rcs_html_style_hash);
	if (h->horizon_only) {
		rcs_html_put(out, "Horizon");
	} else {
		(void)fprintf(out, "%s: ", rcs_run_end_name(h->document->matrix->end));
		rcs_html_number_of(out, h->cells, "cell");
		rcs_html_put(out, " of ");
		rcs_html_number_of(out, h->document->report->runs, "run");
	}
	(void)fprintf(out, " - rcustress</title>\n<style>%s</style>\n</head>\n<body>\n",
		      rcs_html_style);
}

static void end(const struct rcs_html *h)
{
	rcs_html_put(h->out, "</main>\n<footer><p>Written by rcustress " RCS_VERSION
			     ". This page is one file and needs no network. What "
			     "verdicts rest on, and how: rcustress(1).</p></footer>\n"
			     "</body>\n</html>\n");
}

static int write_document(const struct rcs_document *document, FILE *out,
			  struct rcs_error *e)
{
	const struct rcs_report *report = document->report;
	struct rcs_html h = {.out = out, .document = document};

	for (size_t i = 0; i < report->runs; i++)
		h.cells += report->run[i]->cells;
	h.horizon_only = report->runs == 0 && report->horizons > 0;
	h.every_run = report->runs <= RCS_HTML_RUNS_MAX;
	h.every_cell = h.every_run && h.cells <= RCS_HTML_CELLS_MAX;
	begin(&h);
	rcs_html_head(&h);
	rcs_html_put(out, "<main>\n");
	if (rcs_html_fleet(&h) != 0)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for the fleet");
	if (!h.horizon_only)
		rcs_html_verdicts(&h);
	rcs_html_changes(&h);
	rcs_html_refused(&h);
	if (!h.horizon_only)
		rcs_html_tests(&h);
	rcs_html_horizons(&h);
	if (!h.horizon_only)
		rcs_html_runs(&h);
	rcs_html_legend(&h);
	end(&h);
	return 0;
}

const struct rcs_format rcs_format_html = {
	"html", "one page for a browser, with plots; needs no network", write_document};
