/* SPDX-License-Identifier: BSD-2-Clause */
/* Hits by round: how often subject and control were hit as the cell went on. */
#include "report/html/parts.h"

#include <math.h>

#include "report/html/axis.h"
#include "report/html/box.h"
#include "report/html/write.h"

/* Rounds are put together until there are so many columns at most. */
#define BINS_MAX 32
#define LEFT	 72
#define TOP	 12
#define BOTTOM	 132
#define NEVER	 150 /* where those are shown that were not hit */

struct bin {
	size_t first, count; /* of the cell's rounds */
	uint64_t hits[RCS_ROUND_ARMS], exposed[RCS_ROUND_ARMS];
};

struct bins {
	size_t count;
	struct bin bin[BINS_MAX];
	bool seen[RCS_ROUND_ARMS];
	int decades; /* from 100 % down */
};

static double share(const struct bin *b, int arm)
{
	return b->exposed[arm] > 0
		       ? fmin((double)b->hits[arm] / (double)b->exposed[arm], 1.0)
		       : 0.0;
}

static void add(struct bin *b, const struct rcs_round_entry *e, bool seen[])
{
	int arm = e->arm < RCS_ROUND_ARMS ? e->arm : RCS_ROUND_REFERENCE;

	b->hits[arm] += e->hits;
	b->exposed[arm] += e->exposed;
	seen[arm] = true;
}

/* Rounds in two or more, so that most have one of each arm. */
static void collect(const struct rcs_record_detail *d, struct bins *bins)
{
	double least = 0.1;

	bins->count = d->rounds / 2 < BINS_MAX ? d->rounds / 2 : BINS_MAX;
	if (bins->count == 0)
		bins->count = 1;
	for (size_t i = 0; i < d->rounds; i++) {
		size_t n = (size_t)((uint64_t)i * bins->count / d->rounds);
		struct bin *b = &bins->bin[n];

		if (b->count++ == 0)
			b->first = i;
		add(b, &d->round[i], bins->seen);
	}
	for (size_t n = 0; n < bins->count; n++) {
		for (int arm = 0; arm < RCS_ROUND_ARMS; arm++) {
			double hit = share(&bins->bin[n], arm);

			if (hit > 0.0 && hit < least)
				least = hit;
		}
	}
	bins->decades = (int)ceil(-log10(least) - 1e-9);
}

/* Arms stand side by side, so that none hides another. */
static double x_of(const struct bins *bins, size_t n, int arm)
{
	static const double aside[RCS_ROUND_ARMS] = {
		[RCS_ROUND_SUBJECT] = -5.0, [RCS_ROUND_ABSENT] = 5.0};
	double width = RCS_HTML_PLOT_RIGHT - LEFT;

	return LEFT + ((double)n + 0.5) * width / (double)bins->count + aside[arm];
}

static double y_of(const struct bins *bins, double hit)
{
	if (hit <= 0.0)
		return NEVER;
	return TOP - log10(hit) * (BOTTOM - TOP) / bins->decades;
}

static const char *arm_name(int arm, const struct rcs_record_cell *cell)
{
	static const char *const names[RCS_ROUND_ARMS] = {
		[RCS_ROUND_SUBJECT] = "subject",
		[RCS_ROUND_DELAY] = "control delay",
		[RCS_ROUND_ABSENT] = "control absent",
		[RCS_ROUND_REFERENCE] = "reference",
	};

	return arm == RCS_ROUND_DELAY && !cell->has_heavy ? "control" : names[arm];
}

static void draw_frame(FILE *out, const struct bins *bins)
{
	for (int i = 0; i <= bins->decades; i++) {
		int y = TOP + (BOTTOM - TOP) * i / bins->decades;

		(void)fprintf(out,
			      "<path class=grid d=\"M%d %dH%d\"/><text class=tick x=%d "
			      "y=%d text-anchor=end>%g %%</text>",
			      LEFT, y, RCS_HTML_PLOT_RIGHT, LEFT - 8, y + 4,
			      100.0 * pow(10.0, -i));
	}
	(void)fprintf(out,
		      "<path class=line d=\"M%d %dH%d\"/><text class=tick x=%d y=%d "
		      "text-anchor=end>never</text>\n",
		      LEFT, NEVER, RCS_HTML_PLOT_RIGHT, LEFT - 8, NEVER + 4);
}

/* Each arm has a mark of its own, as colour alone says nothing. */
static void draw_mark(FILE *out, int arm, double x, double y)
{
	static const char *const marks[RCS_ROUND_ARMS] = {
		[RCS_ROUND_SUBJECT] = "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0",
		[RCS_ROUND_DELAY] = "m-4-4h8v8h-8z",
		[RCS_ROUND_ABSENT] = "m0-5l5 9h-10z",
		[RCS_ROUND_REFERENCE] = "m-4-4l8 8m0-8l-8 8",
	};

	(void)fprintf(out, "<path d=\"M%.1f %.1f%s\">", x, y, marks[arm]);
}

static void draw_arm(FILE *out, const struct bins *bins, int arm, const char *name)
{
	(void)fprintf(out, "<g class=\"marks arm%d\">", arm);
	for (size_t n = 0; n < bins->count; n++) {
		const struct bin *b = &bins->bin[n];

		if (b->exposed[arm] == 0)
			continue;
		draw_mark(out, arm, x_of(bins, n, arm), y_of(bins, share(b, arm)));
		(void)fprintf(out, "<title>%s, rounds %zu-%zu: ", name, b->first + 1,
			      b->first + b->count);
		rcs_html_hits(out, b->hits[arm], b->exposed[arm]);
		rcs_html_put(out, " exposed calls hit</title></path>");
	}
	rcs_html_put(out, "</g>\n");
}

/* Below the plot: rounds from left to right, and whose the marks are. */
static void draw_key(FILE *out, const struct bins *bins,
		     const struct rcs_record_cell *cell)
{
	int x = LEFT;

	(void)fprintf(out,
		      "<text class=tick x=%d y=%d>round 1</text><text class=tick x=%d "
		      "y=%d text-anchor=end>round %zu</text>",
		      LEFT, NEVER + 18, RCS_HTML_PLOT_RIGHT, NEVER + 18,
		      cell->detail->rounds);
	for (int arm = 0; arm < RCS_ROUND_ARMS; arm++) {
		if (!bins->seen[arm])
			continue;
		(void)fprintf(out, "<g class=\"marks arm%d\">", arm);
		draw_mark(out, arm, x + 5, NEVER + 36);
		(void)fprintf(out, "</path></g><text class=series x=%d y=%d>%s</text>",
			      x + 15, NEVER + 40, arm_name(arm, cell));
		x += 140;
	}
}

static void draw(FILE *out, const struct bins *bins, const struct rcs_record_cell *cell,
		 const char *id)
{
	rcs_html_figure(out, id, NEVER + 48, "Hits by round",
			"Which share of exposed calls was hit, of subject and control, "
			"as rounds went on, on a logarithmic scale.");
	draw_frame(out, bins);
	for (int arm = RCS_ROUND_ARMS - 1; arm >= 0; arm--) {
		if (bins->seen[arm])
			draw_arm(out, bins, arm, arm_name(arm, cell));
	}
	draw_key(out, bins, cell);
	rcs_html_figure_end(out, "Share of exposed calls that were hit, rounds from "
				 "left to right.");
}

static void put_numbers(FILE *out, const struct bins *bins,
			const struct rcs_record_cell *cell)
{
	rcs_html_put(out, "<details class=on-screen><summary>Numbers</summary>\n");
	rcs_html_table(out, "numbers", "Exposed calls hit, by round");
	rcs_html_column(out, "num", "Rounds");
	for (int arm = 0; arm < RCS_ROUND_ARMS; arm++) {
		if (bins->seen[arm])
			rcs_html_column(out, "num", arm_name(arm, cell));
	}
	rcs_html_table_body(out);
	for (size_t n = 0; n < bins->count; n++) {
		const struct bin *b = &bins->bin[n];

		(void)fprintf(out, "<tr><th scope=row class=num>%zu-%zu</th>",
			      b->first + 1, b->first + b->count);
		for (int arm = 0; arm < RCS_ROUND_ARMS; arm++) {
			if (!bins->seen[arm])
				continue;
			rcs_html_put(out, "<td class=num>");
			rcs_html_hits(out, b->hits[arm], b->exposed[arm]);
			rcs_html_put(out, "</td>");
		}
		rcs_html_put(out, "</tr>\n");
	}
	rcs_html_table_end(out);
	rcs_html_put(out, "</details>\n");
}

void rcs_html_rounds(FILE *out, const struct rcs_record_cell *cell, const char *id)
{
	const struct rcs_record_detail *d = cell->detail;
	struct bins bins = {0};

	if (d->rounds == 0)
		return;
	collect(d, &bins);
	draw(out, &bins, cell, id);
	if (d->rounds_left_out > 0) {
		rcs_html_put(out, "<p class=note>");
		rcs_html_number_of(out, d->rounds_left_out, "later round");
		rcs_html_put(out, " are not in the log.</p>\n");
	}
	put_numbers(out, &bins, cell);
}
