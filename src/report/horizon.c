/* SPDX-License-Identifier: BSD-2-Clause */
/* Hits against delay, for people: see horizon.h. */
#include "report/horizon.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "stress/mechanism.h"

/* The plot: a column for each delay, two rows for each decade; names to its left. */
#define DECADES 5 /* from 100 % to 0.001 % */
#define ROWS	(2 * DECADES + 1)
#define MARGIN	28

void rcs_horizon_add(struct rcs_horizon *h, uint64_t delay_ns,
		     const struct rcs_result *r)
{
	struct rcs_horizon_point *p;

	if (h->count == RCS_HORIZON_POINTS_MAX)
		return;
	p = &h->point[h->count++];
	*p = (struct rcs_horizon_point){
		.delay_ns = delay_ns,
		.rounds = r->subject.rounds,
		.hit_rounds = r->subject.hit_rounds,
		.hits = r->subject.hits,
		.exposed = r->subject.exposed,
		.time_ns = r->subject.time_ns,
		.depth = r->depth,
	};
	(void)snprintf(p->amplifier, sizeof(p->amplifier), "%s", r->amplifier);
}

const struct rcs_horizon_point *rcs_horizon_of(const struct rcs_horizon *h)
{
	const struct rcs_horizon_point *longest = NULL;

	for (size_t i = 0; i < h->count; i++) {
		const struct rcs_horizon_point *p = &h->point[i];

		if (p->rounds > 0 && p->hit_rounds * 2 >= p->rounds)
			longest = p;
	}
	return longest;
}

struct rcs_horizon_twins rcs_horizon_twins(uint64_t horizon_ns,
					   const struct rcs_result *costs)
{
	const struct rcs_mechanism *m = &costs->mechanism;

	return (struct rcs_horizon_twins){
		.delay = costs->exposed.samples > 0 &&
			 costs->exposed.p50_ns <= horizon_ns,
		.absent = costs->alone.samples > 0 &&
			  costs->alone.p50_ns <= horizon_ns && m->readable &&
			  m->per_exposed >= RCS_INTERRUPTED_EACH,
	};
}

/* "180 ns", "20 us", "1 ms" into a text of the caller's. */
static const char *in_words(uint64_t ns, char text[32])
{
	if (ns < 1000)
		(void)snprintf(text, 32, "%" PRIu64 " ns", ns);
	else if (ns < 1000000)
		(void)snprintf(text, 32, "%.3g us", (double)ns / 1e3);
	else
		(void)snprintf(text, 32, "%.3g ms", (double)ns / 1e6);
	return text;
}

static double share(const struct rcs_horizon_point *p)
{
	return p->exposed > 0 ? (double)p->hits / (double)p->exposed : 0.0;
}

void rcs_horizon_head(FILE *out, const char *pair)
{
	(void)fprintf(out,
		      "a barrier that only waits, on %s\n"
		      "   delay     hits/s   of calls  rounds hit  amplifier\n",
		      pair);
}

void rcs_horizon_row(FILE *out, const struct rcs_horizon_point *p)
{
	char delay[32];

	(void)fprintf(
		out, "%8s %10.0f %8.4f %%  %6" PRIu64 "/%-3" PRIu64 "  %s x%u\n",
		in_words(p->delay_ns, delay),
		p->time_ns > 0 ? (double)p->hits / ((double)p->time_ns * 1e-9) : 0.0,
		100.0 * share(p), p->hit_rounds, p->rounds, p->amplifier, p->depth);
	(void)fflush(out);
}

/* The row of a share of calls: 0 is 100 %; ROWS is below the axis. */
static int row_of(double of_calls)
{
	int row;

	if (of_calls <= 0.0)
		return ROWS;
	row = (int)floor(-2.0 * log10(of_calls) + 0.5);
	return row < ROWS ? row : ROWS;
}

static void plot_row(FILE *out, const struct rcs_horizon *h, int row)
{
	const struct rcs_horizon_point *horizon = rcs_horizon_of(h);

	for (size_t i = 0; i < h->count; i++) {
		const struct rcs_horizon_point *p = &h->point[i];
		char mark = ' ';

		if (row_of(share(p)) == row)
			mark = '*';
		else if (p == horizon)
			mark = ':';
		(void)fputc(mark, out);
	}
	(void)fputc('\n', out);
}

/* The first character of the column nearest to that duration, on the log axis. */
static int column_of(const struct rcs_horizon *h, uint64_t ns)
{
	size_t best = 0;
	double distance = INFINITY;

	for (size_t i = 0; i < h->count; i++) {
		double away = fabs(log((double)(ns > 0 ? ns : 1)) -
				   log((double)h->point[i].delay_ns));

		if (away < distance) {
			best = i;
			distance = away;
		}
	}
	return (int)best;
}

/* Powers of ten under the columns that they belong to. */
static void plot_axis(FILE *out, const struct rcs_horizon *h)
{
	char line[RCS_HORIZON_POINTS_MAX + 16];
	int width = (int)h->count;

	(void)fprintf(out, "%*s+", MARGIN, "");
	for (int c = 0; c < width; c++)
		(void)fputc('-', out);
	memset(line, ' ', sizeof(line));
	line[sizeof(line) - 1] = '\0';
	for (size_t i = 0; i < h->count; i++) {
		uint64_t ns = h->point[i].delay_ns;
		char text[16];

		if (ns != 100 && ns != 1000 && ns != 10000 && ns != 100000 &&
		    ns != 1000000)
			continue;
		(void)snprintf(text, sizeof(text), "%" PRIu64 " %s",
			       ns < 1000      ? ns
			       : ns < 1000000 ? ns / 1000
					      : ns / 1000000,
			       ns < 1000      ? "ns"
			       : ns < 1000000 ? "us"
					      : "ms");
		memcpy(line + i, text, strlen(text));
	}
	for (size_t end = strlen(line); end > 0 && line[end - 1] == ' '; end--)
		line[end - 1] = '\0';
	(void)fprintf(out, "\n%*s%s\n", MARGIN + 1, "", line);
}

void rcs_horizon_plot(FILE *out, const struct rcs_horizon *h)
{
	(void)fprintf(out, "\nof calls (* hit, : the horizon)\n");
	for (int row = 0; row < ROWS; row++) {
		if (row % 2 == 0)
			(void)fprintf(out, "%*g %% |", MARGIN - 3,
				      100.0 * pow(10.0, -row / 2));
		else
			(void)fprintf(out, "%*s|", MARGIN, "");
		plot_row(out, h, row);
	}
	plot_axis(out, h);
	(void)fprintf(
		out, "\na call of a barrier, median: a alone, e with a reader running; "
		     "the twins that can be hit\n");
}

static void print_twins(FILE *out, const struct rcs_horizon *h,
			const struct rcs_result *costs)
{
	const struct rcs_horizon_point *horizon = rcs_horizon_of(h);
	double ns = horizon != NULL ? (double)horizon->delay_ns : 0.0;
	double slower = ns > 0.0 ? (double)costs->exposed.p50_ns / ns : 0.0;
	struct rcs_horizon_twins twins = rcs_horizon_twins((uint64_t)ns, costs);

	if (twins.delay && twins.absent)
		(void)fprintf(out, "delay, absent");
	else if (twins.delay || twins.absent)
		(void)fprintf(out, "%s", twins.delay ? "delay" : "absent");
	else if (slower > 0.0)
		(void)fprintf(out, "none: %.*f x too slow", slower < 10.0 ? 1 : 0,
			      slower);
	else
		(void)fprintf(out, "none");
}

void rcs_horizon_cost(FILE *out, const struct rcs_horizon *h, const char *barrier,
		      const struct rcs_result *costs)
{
	char line[RCS_HORIZON_POINTS_MAX + 1];
	int width = (int)h->count;

	if (costs->subject.rounds == 0) {
		(void)fprintf(out, "  %s: %s: %s\n", barrier,
			      rcs_verdict_name(costs->verdict), costs->reason);
		return;
	}
	memset(line, ' ', sizeof(line));
	line[width] = '\0';
	if (costs->exposed.samples > 0)
		line[column_of(h, costs->exposed.p50_ns)] = 'e';
	if (costs->alone.samples > 0)
		line[column_of(h, costs->alone.p50_ns)] = 'a';
	(void)fprintf(out, "%-*s %s  ", MARGIN, barrier, line);
	print_twins(out, h, costs);
	(void)fputc('\n', out);
	(void)fflush(out);
}

void rcs_horizon_foot(FILE *out, const struct rcs_horizon *h)
{
	const struct rcs_horizon_point *horizon = rcs_horizon_of(h);
	char text[32];

	if (horizon == NULL) {
		(void)fprintf(
			out, "horizon: none, no delay was hit in half of its rounds\n");
		return;
	}
	(void)fprintf(out, "horizon: %s, with %s x%u\n",
		      in_words(horizon->delay_ns, text), horizon->amplifier,
		      horizon->depth);
}
