/* SPDX-License-Identifier: BSD-2-Clause */
/* Plots: their frame, and an axis of time on which each decade is as wide as another.
 */
#ifndef RCS_REPORT_HTML_AXIS_H
#define RCS_REPORT_HTML_AXIS_H

#include <stdint.h>
#include <stdio.h>

/* Of all plots, in the units that they are drawn in: about pixels. */
#define RCS_HTML_PLOT_WIDTH 720
#define RCS_HTML_PLOT_LEFT  216 /* names stand left of it */
#define RCS_HTML_PLOT_RIGHT 700

/* Whole powers of ten; begins as {0}. */
struct rcs_html_axis {
	int low, high;
	uint64_t shortest, longest; /* that it must cover */
};

/* Durations of 0 are shown where 1 ns is. */
void rcs_html_axis_cover(struct rcs_html_axis *axis, uint64_t ns);
/* From there on it can be drawn on. */
void rcs_html_axis_fix(struct rcs_html_axis *axis);
double rcs_html_axis_at(const struct rcs_html_axis *axis, uint64_t ns);
/* Lines at the powers of ten, and what they are below. Takes 20 of height there. */
void rcs_html_axis_draw(FILE *out, const struct rcs_html_axis *axis, int top,
			int bottom);

/* A figure of that height. Its title is plain text of our own, and an id is needed by
 * which nothing else on the page goes. */
void rcs_html_figure(FILE *out, const char *id, int height, const char *title,
		     const char *description);
void rcs_html_figure_end(FILE *out, const char *caption);

/* A name left of the plot, cut to fit there; all of it when pointed at. */
void rcs_html_plot_name(FILE *out, int y, const char *name);

#endif
