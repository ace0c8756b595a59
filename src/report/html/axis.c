/* SPDX-License-Identifier: BSD-2-Clause */
/* Plots: see axis.h. */
#include "report/html/axis.h"

#include <math.h>

#include "report/html/write.h"

#define NAME_CHARACTERS 19

void rcs_html_axis_cover(struct rcs_html_axis *axis, uint64_t ns)
{
	if (ns == 0)
		ns = 1;
	if (axis->shortest == 0 || ns < axis->shortest)
		axis->shortest = ns;
	if (ns > axis->longest)
		axis->longest = ns;
}

void rcs_html_axis_fix(struct rcs_html_axis *axis)
{
	if (axis->shortest == 0)
		axis->shortest = axis->longest = 1;
	axis->low = (int)floor(log10((double)axis->shortest) + 1e-9);
	axis->high = (int)ceil(log10((double)axis->longest) - 1e-9);
	if (axis->high <= axis->low)
		axis->high = axis->low + 1;
}

double rcs_html_axis_at(const struct rcs_html_axis *axis, uint64_t ns)
{
	double decades = axis->high - axis->low;
	double at = (log10(ns > 0 ? (double)ns : 1.0) - axis->low) / decades;

	if (at < 0.0)
		at = 0.0;
	return RCS_HTML_PLOT_LEFT +
	       at * (double)(RCS_HTML_PLOT_RIGHT - RCS_HTML_PLOT_LEFT);
}

/* "1 ns", "10 ns", …, "100 s" */
static void put_power(FILE *out, int power)
{
	static const char *const units[] = {"ns", "µs", "ms", "s"};
	int unit = power / 3 < 3 ? power / 3 : 3;

	(void)fprintf(out, "%.0f %s", pow(10.0, power - 3 * unit), units[unit]);
}

void rcs_html_axis_draw(FILE *out, const struct rcs_html_axis *axis, int top,
			int bottom)
{
	rcs_html_put(out, "<path class=grid d=\"");
	for (int power = axis->low; power <= axis->high; power++)
		(void)fprintf(out, "M%.1f %dV%d",
			      rcs_html_axis_at(axis, (uint64_t)pow(10.0, power)), top,
			      bottom);
	(void)fprintf(out, "\"/><path class=line d=\"M%d %dH%d\"/>", RCS_HTML_PLOT_LEFT,
		      bottom, RCS_HTML_PLOT_RIGHT);
	for (int power = axis->low; power <= axis->high; power++) {
		(void)fprintf(out, "<text class=tick x=%.1f y=%d text-anchor=middle>",
			      rcs_html_axis_at(axis, (uint64_t)pow(10.0, power)),
			      bottom + 15);
		put_power(out, power);
		rcs_html_put(out, "</text>");
	}
	rcs_html_put(out, "\n");
}

void rcs_html_figure(FILE *out, const char *id, int height, const char *title,
		     const char *description)
{
	(void)fprintf(out,
		      "<figure><div class=box role=region tabindex=0 aria-label=\"%s\">"
		      "<svg class=plot role=img aria-labelledby=\"%s-t %s-d\" "
		      "viewBox=\"0 0 %d %d\"><title id=\"%s-t\">%s</title>"
		      "<desc id=\"%s-d\">%s The numbers are in a table below.</desc>\n",
		      title, id, id, RCS_HTML_PLOT_WIDTH, height, id, title, id,
		      description);
}

void rcs_html_figure_end(FILE *out, const char *caption)
{
	(void)fprintf(out, "</svg></div><figcaption>%s</figcaption></figure>\n",
		      caption);
}

void rcs_html_plot_name(FILE *out, int y, const char *name)
{
	(void)fprintf(out, "<text class=name x=0 y=%d><title>", y);
	rcs_html_text(out, name);
	rcs_html_put(out, "</title>");
	rcs_html_text_cut(out, name, NAME_CHARACTERS);
	rcs_html_put(out, "</text>");
}
