/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How long heavy calls took: from the shortest to the longest a line, from 1 % to 99 %
 * a thicker one, from 25 % to 75 % a box, and a notch at the median.
 */
#include "report/html/parts.h"

#include <string.h>

#include "report/html/axis.h"
#include "report/html/box.h"
#include "report/html/write.h"

#define BARRIERS_MAX 40 /* in one plot */
#define STRIP	     15 /* of height */
#define GAP	     9	/* between barriers */
#define TOP	     10

/* Indices into rcs_quantile_at[]. */
enum { SHORTEST, ONE = 1, QUARTER = 4, MEDIAN = 5, MOST = 6, ALL_BUT_ONE = 9, LONGEST };

struct series {
	const char *name;
	const struct rcs_quantiles *quantiles;
};

#define SERIES 3

static void series_of(const struct rcs_result *r, struct series series[SERIES])
{
	series[0] = (struct series){"alone", &r->alone};
	series[1] = (struct series){"exposed", &r->exposed};
	series[2] = (struct series){"amplified", &r->amplified};
}

static bool measured(const struct rcs_result *r)
{
	return r->alone.samples + r->exposed.samples + r->amplified.samples > 0;
}

/* Whether all of them are known; else there are two. */
static bool has_quantiles(const struct rcs_quantiles *q)
{
	return q->at_ns[LONGEST] > 0;
}

/* One cell for each barrier, the first that has measured its calls. */
static size_t choose(const struct rcs_record_run *run,
		     const struct rcs_record_cell *chosen[BARRIERS_MAX])
{
	size_t count = 0;

	for (size_t c = 0; c < run->cells && count < BARRIERS_MAX; c++) {
		const struct rcs_record_cell *cell = &run->cell[c];
		size_t seen = 0;

		if (cell->detail == NULL || !measured(cell->detail->result))
			continue;
		while (seen < count &&
		       (strcmp(chosen[seen]->barrier, cell->barrier) != 0 ||
			strcmp(chosen[seen]->rcu, cell->rcu) != 0))
			seen++;
		if (seen == count)
			chosen[count++] = cell;
	}
	return count;
}

static void cover(struct rcs_html_axis *axis, const struct rcs_result *r)
{
	struct series series[SERIES];

	series_of(r, series);
	for (int s = 0; s < SERIES; s++) {
		const struct rcs_quantiles *q = series[s].quantiles;

		if (q->samples == 0)
			continue;
		rcs_html_axis_cover(axis, q->p50_ns);
		rcs_html_axis_cover(axis, q->p99_ns);
		if (has_quantiles(q)) {
			rcs_html_axis_cover(axis, q->at_ns[SHORTEST]);
			rcs_html_axis_cover(axis, q->at_ns[LONGEST]);
		}
	}
}

/* When pointed at. */
static void put_title(FILE *out, const char *barrier, const struct series *s)
{
	const struct rcs_quantiles *q = s->quantiles;

	rcs_html_put(out, "<title>");
	rcs_html_text(out, barrier);
	(void)fprintf(out, ", %s: median ", s->name);
	rcs_html_duration(out, q->p50_ns);
	rcs_html_put(out, ", 99 % within ");
	rcs_html_duration(out, q->p99_ns);
	rcs_html_put(out, "</title>");
}

static void draw_strip(FILE *out, const struct rcs_html_axis *axis, int y,
		       const char *barrier, const struct series *s)
{
	const struct rcs_quantiles *q = s->quantiles;
	double at[RCS_QUANTILES];

	(void)fprintf(out,
		      "<text class=series x=%d y=%d text-anchor=end>%s</text>"
		      "<g class=\"strip %s\">",
		      RCS_HTML_PLOT_LEFT - 8, y + 4, s->name, s->name);
	put_title(out, barrier, s);
	if (!has_quantiles(q)) {
		(void)fprintf(out,
			      "<path class=middle d=\"M%.1f %dH%.1f\"/>"
			      "<circle cx=%.1f cy=%d r=3.5 /></g>\n",
			      rcs_html_axis_at(axis, q->p50_ns), y,
			      rcs_html_axis_at(axis, q->p99_ns),
			      rcs_html_axis_at(axis, q->p50_ns), y);
		return;
	}
	for (int i = 0; i < RCS_QUANTILES; i++)
		at[i] = rcs_html_axis_at(axis, q->at_ns[i]);
	/* A box of no width would not be seen. */
	(void)fprintf(out,
		      "<path class=whole d=\"M%.1f %dH%.1f\"/>"
		      "<path class=middle d=\"M%.1f %dH%.1f\"/>"
		      "<rect x=%.1f y=%d width=%.1f height=9 />"
		      "<path class=median d=\"M%.1f %dv9\"/></g>\n",
		      at[SHORTEST], y, at[LONGEST], at[ONE], y, at[ALL_BUT_ONE],
		      at[QUARTER] - 1.5, y - 4, at[MOST] - at[QUARTER] + 3.0,
		      at[MEDIAN], y - 4);
}

static int strips_of(const struct rcs_record_cell *cell)
{
	struct series series[SERIES];
	int count = 0;

	series_of(cell->detail->result, series);
	for (int s = 0; s < SERIES; s++)
		count += series[s].quantiles->samples > 0;
	return count;
}

/* How a cell is called in the plot: by its barrier if it has a part in it. */
static const char *name_of(const struct rcs_record_cell *cell)
{
	return strcmp(cell->barrier, "-") == 0 ? cell->test : cell->barrier;
}

/* An RCU over a barrier has its place beside the barrier itself. */
static bool is_over_barrier(const struct rcs_record_cell *cell)
{
	return cell->rcu[0] != '\0' && name_of(cell) == cell->barrier;
}

static void draw(FILE *out, const char *id, const struct rcs_record_cell **cell,
		 size_t count)
{
	struct rcs_html_axis axis = {0};
	int y = TOP, height = TOP;

	for (size_t c = 0; c < count; c++) {
		cover(&axis, cell[c]->detail->result);
		height += strips_of(cell[c]) * STRIP + GAP;
	}
	rcs_html_axis_fix(&axis);
	rcs_html_figure(out, id, height + 22, "Durations of heavy calls",
			"For each barrier how long its calls took alone, with readers "
			"running, and with amplified readers, on a logarithmic axis of "
			"time.");
	rcs_html_axis_draw(out, &axis, TOP - 6, height);
	for (size_t c = 0; c < count; c++) {
		struct series series[SERIES];

		series_of(cell[c]->detail->result, series);
		rcs_html_plot_name(out, y + 10, name_of(cell[c]));
		if (is_over_barrier(cell[c]))
			rcs_html_plot_name(out, y + 10 + STRIP, cell[c]->test);
		for (int s = 0; s < SERIES; s++) {
			if (series[s].quantiles->samples == 0)
				continue;
			draw_strip(out, &axis, y + 6, name_of(cell[c]), &series[s]);
			y += STRIP;
		}
		y += GAP;
	}
	rcs_html_figure_end(out,
			    "Box: 25 to 75 % of calls, a notch at the median. Thick "
			    "line: 1 to 99 %. Thin line: shortest to longest.");
}

static void put_heads(FILE *out, const char *first, const char *caption)
{
	rcs_html_table(out, "numbers", caption);
	if (first != NULL)
		rcs_html_column(out, "", first);
	rcs_html_column(out, "", "Calls");
	rcs_html_column(out, "num", "Samples");
	for (int i = 0; i < RCS_QUANTILES; i++) {
		(void)fprintf(out, "<th scope=col class=num>");
		if (i == SHORTEST)
			rcs_html_put(out, "shortest");
		else if (i == LONGEST)
			rcs_html_put(out, "longest");
		else
			(void)fprintf(out, "%g %%", 100.0 * rcs_quantile_at[i]);
		rcs_html_put(out, "</th>");
	}
	rcs_html_table_body(out);
}

static void put_quantiles(FILE *out, const struct rcs_quantiles *q)
{
	rcs_html_cell_count(out, q->samples);
	for (int i = 0; i < RCS_QUANTILES; i++) {
		if (has_quantiles(q))
			rcs_html_cell_duration(out, q->at_ns[i]);
		else if (i == MEDIAN)
			rcs_html_cell_duration(out, q->p50_ns);
		else if (i == ALL_BUT_ONE)
			rcs_html_cell_duration(out, q->p99_ns);
		else
			rcs_html_put(out, "<td></td>");
	}
	rcs_html_put(out, "</tr>\n");
}

static void put_name(FILE *out, const struct rcs_record_cell *cell)
{
	rcs_html_put(out, "<th scope=row>");
	rcs_html_text(out, name_of(cell));
	if (is_over_barrier(cell)) {
		rcs_html_put(out, ", ");
		rcs_html_text(out, cell->test);
	}
	rcs_html_put(out, "</th>");
}

/* With the name of this cell, or NULL where it stands under it. */
static void put_rows(FILE *out, const struct rcs_record_cell *named,
		     const struct rcs_result *r)
{
	struct series series[SERIES];

	series_of(r, series);
	for (int s = 0; s < SERIES; s++) {
		if (series[s].quantiles->samples == 0)
			continue;
		rcs_html_put(out, "<tr>");
		if (named != NULL)
			put_name(out, named);
		(void)fprintf(out,
			      named != NULL ? "<td>%s</td>" : "<th scope=row>%s</th>",
			      series[s].name);
		put_quantiles(out, series[s].quantiles);
	}
}

void rcs_html_latency(FILE *out, const struct rcs_record_run *run, size_t number)
{
	const struct rcs_record_cell *cell[BARRIERS_MAX];
	size_t count = choose(run, cell);
	char id[32];

	if (count == 0)
		return;
	(void)snprintf(id, sizeof(id), "latency-%zu", number);
	rcs_html_put(out, "<h4>Heavy calls</h4>\n");
	draw(out, id, cell, count);
	rcs_html_put(out, "<details><summary>Numbers</summary>\n");
	put_heads(out, "Barrier", "Durations of heavy calls: quantiles");
	for (size_t c = 0; c < count; c++)
		put_rows(out, cell[c], cell[c]->detail->result);
	rcs_html_table_end(out);
	rcs_html_put(out, "</details>\n");
}

void rcs_html_quantiles(FILE *out, const struct rcs_result *r)
{
	if (!measured(r))
		return;
	put_heads(out, NULL, "Durations of heavy calls: quantiles");
	put_rows(out, NULL, r);
	rcs_html_table_end(out);
}
