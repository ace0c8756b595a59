/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The horizon: how often a barrier that only waits is hit, by how long it waits, and on
 * the same axis what barriers cost.
 */
#include "report/html/parts.h"

#include <math.h>

#include "report/html/axis.h"
#include "report/html/box.h"
#include "report/html/write.h"

/* Two plots, one above the other: rounds that were hit, calls that were hit. */
#define ROUNDS_TOP    22
#define ROUNDS_BOTTOM 122
#define CALLS_TOP     150
#define CALLS_BOTTOM  270
#define CALLS_DECADES 5	  /* from 100 % to 0.001 % */
#define COSTS_TOP     306 /* a line for each barrier from there on */
#define COST_HEIGHT   18
#define LETTER_WIDTH  9.0 /* nearer to each other, two would be one */

static double part(uint64_t some, uint64_t all)
{
	return all > 0 ? (double)some / (double)all : 0.0;
}

static double rounds_at(const struct rcs_horizon_point *p)
{
	double hit = fmin(part(p->hit_rounds, p->rounds), 1.0);

	return ROUNDS_BOTTOM - hit * (ROUNDS_BOTTOM - ROUNDS_TOP);
}

/* Never hit is on the bottom line. */
static double calls_at(const struct rcs_horizon_point *p)
{
	double hit = part(p->hits, p->exposed);
	double down = hit > 0.0 ? -log10(fmin(hit, 1.0)) / CALLS_DECADES : 1.0;

	return CALLS_TOP + fmin(down, 1.0) * (CALLS_BOTTOM - CALLS_TOP);
}

/* Horizontal lines, and what they are. */
/* As far as a number of hits can be. */
static uint64_t per_second(uint64_t hits, uint64_t time_ns)
{
	double rate = time_ns > 0 ? (double)hits * 1e9 / (double)time_ns : 0.0;

	return rate < 1e18 ? (uint64_t)rate : UINT64_C(1000000000000000000);
}

static void draw_shares(FILE *out)
{
	for (int i = 0; i <= 2; i++)
		(void)fprintf(out,
			      "<path class=grid d=\"M%d %dH%d\"/><text class=tick x=%d "
			      "y=%d text-anchor=end>%d %%</text>",
			      RCS_HTML_PLOT_LEFT, ROUNDS_BOTTOM - 50 * i,
			      RCS_HTML_PLOT_RIGHT, RCS_HTML_PLOT_LEFT - 8,
			      ROUNDS_BOTTOM - 50 * i + 4, 50 * i);
	for (int i = 0; i <= CALLS_DECADES; i++) {
		int y = CALLS_TOP + (CALLS_BOTTOM - CALLS_TOP) * i / CALLS_DECADES;

		(void)fprintf(out,
			      "<path class=grid d=\"M%d %dH%d\"/><text class=tick x=%d "
			      "y=%d text-anchor=end>%g %%</text>",
			      RCS_HTML_PLOT_LEFT, y, RCS_HTML_PLOT_RIGHT,
			      RCS_HTML_PLOT_LEFT - 8, y + 4, 100.0 * pow(10.0, -i));
	}
	(void)fprintf(out,
		      "<text class=label x=0 y=%d>rounds hit</text>"
		      "<text class=label x=0 y=%d>exposed calls hit</text>\n",
		      ROUNDS_TOP + 4, CALLS_TOP + 4);
}

static void draw_curve(FILE *out, const struct rcs_html_axis *axis,
		       const struct rcs_horizon *curve, const char *class,
		       double (*at)(const struct rcs_horizon_point *p))
{
	(void)fprintf(out, "<g class=\"curve %s\"><path d=\"", class);
	for (size_t i = 0; i < curve->count; i++)
		(void)fprintf(out, "%c%.1f %.1f", i == 0 ? 'M' : 'L',
			      rcs_html_axis_at(axis, curve->point[i].delay_ns),
			      at(&curve->point[i]));
	rcs_html_put(out, "\"/>");
	for (size_t i = 0; i < curve->count; i++) {
		const struct rcs_horizon_point *p = &curve->point[i];

		(void)fprintf(out, "<circle cx=%.1f cy=%.1f r=3><title>",
			      rcs_html_axis_at(axis, p->delay_ns), at(p));
		rcs_html_duration(out, p->delay_ns);
		rcs_html_put(out, ": ");
		rcs_html_hits(out, p->hit_rounds, p->rounds);
		rcs_html_put(out, " rounds hit, ");
		rcs_html_share(out, part(p->hits, p->exposed));
		rcs_html_put(out, " of exposed calls</title></circle>");
	}
	rcs_html_put(out, "</g>\n");
}

static void draw_horizon(FILE *out, const struct rcs_html_axis *axis,
			 const struct rcs_horizon_point *p, int bottom)
{
	double x = rcs_html_axis_at(axis, p->delay_ns);
	int right = x < (RCS_HTML_PLOT_LEFT + RCS_HTML_PLOT_RIGHT) / 2.0;

	(void)fprintf(out,
		      "<path class=horizon d=\"M%.1f 4V%d\"/><text class=label x=%.1f "
		      "y=12 text-anchor=%s>horizon ",
		      x, bottom, right ? x + 6.0 : x - 6.0, right ? "start" : "end");
	rcs_html_duration(out, p->delay_ns);
	rcs_html_put(out, "</text>\n");
}

/* A letter where the median is. */
static void draw_median(FILE *out, double x, int y, const char *letter)
{
	(void)fprintf(out, "<text x=%.1f y=%d text-anchor=middle>%s</text>", x, y + 4,
		      letter);
}

static void put_cost(FILE *out, const char *name, const struct rcs_quantiles *q)
{
	(void)fprintf(out, ", %s ", name);
	if (q->samples > 0)
		rcs_html_duration(out, q->p50_ns);
	else
		rcs_html_put(out, "not measured");
}

static void draw_cost(FILE *out, const struct rcs_html_axis *axis, int y,
		      const struct rcs_record_cost *cost)
{
	double alone = rcs_html_axis_at(axis, cost->alone.p50_ns);
	double exposed = rcs_html_axis_at(axis, cost->exposed.p50_ns);
	bool both = cost->alone.samples > 0 && cost->exposed.samples > 0;
	bool apart = fabs(exposed - alone) >= LETTER_WIDTH;

	rcs_html_plot_name(out, y + 4, cost->barrier);
	rcs_html_put(out, "<g class=cost><title>");
	rcs_html_text(out, cost->barrier);
	put_cost(out, "alone", &cost->alone);
	put_cost(out, "exposed", &cost->exposed);
	rcs_html_put(out, "</title>");
	if (both && apart)
		(void)fprintf(out, "<path d=\"M%.1f %dH%.1f\"/>", alone, y, exposed);
	if (both && !apart) {
		draw_median(out, (alone + exposed) / 2.0, y, "ae");
	} else {
		if (cost->alone.samples > 0)
			draw_median(out, alone, y, "a");
		if (cost->exposed.samples > 0)
			draw_median(out, exposed, y, "e");
	}
	rcs_html_put(out, "</g>\n");
}

static size_t costs_shown(const struct rcs_record_horizon *r)
{
	return r->costs < RCS_HTML_ROWS_MAX ? r->costs : RCS_HTML_ROWS_MAX;
}

static void draw(FILE *out, const struct rcs_record_horizon *r, const char *id)
{
	const struct rcs_horizon_point *horizon = rcs_horizon_of(&r->curve);
	struct rcs_html_axis axis = {0};
	size_t costs = costs_shown(r);
	int bottom = costs > 0 ? COSTS_TOP + (int)costs * COST_HEIGHT : CALLS_BOTTOM;

	for (size_t i = 0; i < r->curve.count; i++)
		rcs_html_axis_cover(&axis, r->curve.point[i].delay_ns);
	for (size_t i = 0; i < costs; i++) {
		if (r->cost[i].alone.samples > 0)
			rcs_html_axis_cover(&axis, r->cost[i].alone.p50_ns);
		if (r->cost[i].exposed.samples > 0)
			rcs_html_axis_cover(&axis, r->cost[i].exposed.p50_ns);
	}
	rcs_html_axis_fix(&axis);
	rcs_html_figure(
		out, id, bottom + 22, "Hits by delay, and costs of barriers",
		"How many rounds, and how many exposed calls, were hit when the "
		"barrier only waited, by how long it waited, on a logarithmic "
		"axis of time; below, the medians of barriers on the same axis.");
	rcs_html_axis_draw(out, &axis, ROUNDS_TOP, bottom);
	draw_shares(out);
	if (horizon != NULL)
		draw_horizon(out, &axis, horizon, bottom);
	draw_curve(out, &axis, &r->curve, "rounds", rounds_at);
	draw_curve(out, &axis, &r->curve, "calls", calls_at);
	if (costs > 0)
		(void)fprintf(out, "<text class=label x=0 y=%d>a call, median</text>\n",
			      COSTS_TOP - 10);
	for (size_t i = 0; i < costs; i++)
		draw_cost(out, &axis, COSTS_TOP + (int)i * COST_HEIGHT + 8,
			  &r->cost[i]);
	rcs_html_figure_end(out, "Lower lines: a barrier’s call, a alone, e "
				 "with a reader running. What lies left of the horizon "
				 "can be judged by a twin that takes as long.");
}

static void put_points(FILE *out, const struct rcs_horizon *curve)
{
	rcs_html_table(out, "numbers", "Hits by delay");
	rcs_html_column(out, "num", "Delay");
	rcs_html_column(out, "num", "Hits a second");
	rcs_html_column(out, "num", "Of exposed calls");
	rcs_html_column(out, "num", "Rounds hit");
	rcs_html_column(out, "", "Amplifier");
	rcs_html_table_body(out);
	for (size_t i = 0; i < curve->count; i++) {
		const struct rcs_horizon_point *p = &curve->point[i];

		rcs_html_put(out, "<tr><th scope=row class=num>");
		rcs_html_duration(out, p->delay_ns);
		rcs_html_put(out, "</th>");
		rcs_html_cell_count(out, per_second(p->hits, p->time_ns));
		rcs_html_put(out, "<td class=num>");
		rcs_html_share(out, part(p->hits, p->exposed));
		rcs_html_put(out, "</td><td class=num>");
		rcs_html_hits(out, p->hit_rounds, p->rounds);
		rcs_html_put(out, "</td><td>");
		rcs_html_text(out, p->amplifier);
		if (p->depth > 1)
			(void)fprintf(out, " x%u", p->depth);
		rcs_html_put(out, "</td></tr>\n");
	}
	rcs_html_table_end(out);
}

static void put_median(FILE *out, const struct rcs_quantiles *q)
{
	if (q->samples > 0)
		rcs_html_cell_duration(out, q->p50_ns);
	else
		rcs_html_put(out, "<td class=\"num none\">not measured</td>");
}

static void put_costs(FILE *out, const struct rcs_record_horizon *r)
{
	if (r->costs == 0)
		return;
	rcs_html_table(out, "numbers", "Medians of barriers, and their twins");
	rcs_html_column(out, "", "Barrier");
	rcs_html_column(out, "num", "Alone");
	rcs_html_column(out, "num", "Exposed");
	rcs_html_column(out, "", "Twins that can be hit");
	rcs_html_table_body(out);
	for (size_t i = 0; i < costs_shown(r); i++) {
		const struct rcs_record_cost *c = &r->cost[i];

		rcs_html_row_named(out, c->barrier);
		put_median(out, &c->alone);
		put_median(out, &c->exposed);
		(void)fprintf(out, "<td>%s%s%s</td></tr>\n",
			      c->twins.delay ? "delay" : "",
			      c->twins.delay && c->twins.absent ? ", " : "",
			      c->twins.absent  ? "absent"
			      : c->twins.delay ? ""
					       : "none");
	}
	rcs_html_table_end(out);
}

static void put_horizon(FILE *out, const struct rcs_record_horizon *r, size_t number)
{
	const struct rcs_horizon_point *horizon = rcs_horizon_of(&r->curve);
	char id[32];

	rcs_html_put(out, "<h3>");
	if (horizon != NULL)
		rcs_html_duration(out, horizon->delay_ns);
	else
		rcs_html_put(out, "None");
	rcs_html_put(out, " <small>");
	rcs_html_machine_name(out, r->machine);
	rcs_html_put(out, "; ");
	rcs_html_text(out, r->pair);
	rcs_html_put(out, "</small></h3>\n");
	if (horizon == NULL)
		rcs_html_put(out, "<p>No delay was hit in half of its rounds.</p>\n");
	(void)snprintf(id, sizeof(id), "horizon-%zu", number);
	draw(out, r, id);
	rcs_html_put(out, "<details><summary>Numbers</summary>\n");
	put_points(out, &r->curve);
	put_costs(out, r);
	rcs_html_put(out, "</details>\n");
}

void rcs_html_horizons(const struct rcs_html *h)
{
	const struct rcs_report *r = h->document->report;

	rcs_html_put(h->out, "<section id=horizon>\n<h2>Horizon</h2>\n");
	if (r->horizons == 0)
		rcs_html_put(h->out,
			     "<p class=note>Not in this report. To add one: <code>"
			     "rcustress horizon --output json=h.json</code>, and name "
			     "h.json to <code>rcustress report</code>.</p>\n");
	if (r->horizons > RCS_HTML_HORIZONS_MAX)
		(void)fprintf(h->out,
			      "<p class=note>The first %d of %zu are shown.</p>\n",
			      RCS_HTML_HORIZONS_MAX, r->horizons);
	for (size_t i = 0; i < r->horizons && i < RCS_HTML_HORIZONS_MAX; i++)
		put_horizon(h->out, r->horizon[i], i + 1);
	rcs_html_put(h->out, "</section>\n");
}
