/* SPDX-License-Identifier: BSD-2-Clause */
/* `rcustress bench --rcu`: which cells measure what, in which order. */
#include "cli/bench_rcu.h"

#include <stdio.h>
#include <string.h>

#include "cli/interrupt.h"
#include "report/progress.h"
#include "report/rcu_bench.h"
#include "stress/supervise.h"

/* Of the reader whose sections last. */
#define LONG_SECTION_NS UINT64_C(50000)
/* Of many readers, which may have to share a CPU: so that few lose it in a section. */
#define PAUSE_NS UINT64_C(1000)

enum { KEY_RCU = 0x400, KEY_FLAVOURS };

static const char *const kinds[RCS_BENCH_RCU_KINDS] = {
	[RCS_RCU_BENCH_READ] = "read",
	[RCS_RCU_BENCH_GRACE] = "grace",
	[RCS_RCU_BENCH_RATE] = "rate",
	[RCS_RCU_BENCH_CALLBACKS] = "callbacks",
};

static const struct argp_option options[] = {
	{"rcu", KEY_RCU, "PARTS", OPTION_ARG_OPTIONAL,
	 "RCU flavours side by side: how long sections (read) and grace periods "
	 "(grace) "
	 "take, how often many callers come through (rate), and callbacks (callbacks); "
	 "or only some of these",
	 1},
	{"flavours", KEY_FLAVOURS, "LIST", 0,
	 "With --rcu: flavours that are measured (default: all)", 1},
	{0},
};

static int add_kind(struct rcs_bench_rcu *b, const char *word, struct rcs_error *e)
{
	for (int k = 0; k < RCS_BENCH_RCU_KINDS; k++) {
		if (strcmp(word, kinds[k]) == 0) {
			b->kind[k] = true;
			return 0;
		}
	}
	return rcs_fail(e, RCS_ERROR_USAGE,
			"want read, grace, rate or callbacks, with commas between");
}

/* Each word of "a,b,…". */
static int add_kinds(struct rcs_bench_rcu *b, const char *text, struct rcs_error *e)
{
	for (;;) {
		size_t length = strcspn(text, ",");
		char word[16];

		/* One that is too long is cut: it is no part then either. */
		(void)snprintf(word, sizeof(word), "%.*s",
			       length < sizeof(word) ? (int)length : (int)sizeof(word),
			       text);
		if (add_kind(b, word, e) != 0)
			return -1;
		if (text[length] == '\0')
			return 0;
		text += length + 1;
	}
}

/* What is measured is inlined, and read sides of plug-ins cannot be. */
static void refuse_plugins(const struct rcs_flavour_list *list,
			   struct argp_state *state)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->flavour[i]->plugin != NULL)
			argp_failure(state, argp_err_exit_status, 0,
				     "--flavours: '%s' is a plug-in, and only flavours "
				     "of rcustress are measured",
				     list->flavour[i]->name);
	}
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct rcs_bench_rcu *b = state->input;
	struct rcs_error e;

	switch (key) {
	case KEY_RCU:
		b->asked = true;
		if (arg != NULL)
			rcs_option_check(state, add_kinds(b, arg, &e), "--rcu", arg,
					 &e);
		break;
	case KEY_FLAVOURS:
		b->asked = true;
		rcs_flavour_option(state, "--flavours", arg, &b->flavours);
		refuse_plugins(&b->flavours, state);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

const struct argp rcs_bench_rcu_argp = {.options = options, .parser = parse};

void rcs_bench_rcu_settle(struct rcs_bench_rcu *b,
			  const struct rcs_measure_options *how)
{
	bool none = true;

	for (int k = 0; k < RCS_BENCH_RCU_KINDS; k++)
		none = none && !b->kind[k];
	for (int k = 0; none && k < RCS_BENCH_RCU_KINDS; k++)
		b->kind[k] = true;
	b->threads_said =
		how->team.threads > 0 || how->team.readers > 0 || how->team.writers > 0;
	b->barriers_said = how->barriers.count > 0;
}

/* What cells have in common. */
struct course {
	const struct rcs_bench_rcu *b;
	const struct rcs_measure_options *how;
	const char *barrier;
	struct rcs_progress_line *line;
};

struct measurement {
	enum rcs_rcu_bench_kind kind;
	uint64_t callers, readers;
	uint64_t section_ns, pause_ns;
};

static bool is_wanted(const struct rcs_bench_rcu *b,
		      const struct rcs_rcu_flavour *flavour)
{
	for (size_t i = 0; i < b->flavours.count; i++) {
		if (b->flavours.flavour[i] == flavour)
			return true;
	}
	return b->flavours.count == 0;
}

/*
 * 0 and *bench; 1 and why: there is nothing, and a line in its place says so; -1 and
 * *e.
 */
static int measure(const struct course *c, const struct measurement *m,
		   struct rcs_rcu_bench *bench, char *why, size_t size,
		   struct rcs_error *e)
{
	static struct rcs_plan plan; /* large, and one at a time */
	static struct rcs_result result;
	struct rcs_watcher watcher = {rcs_progress_draw, c->line, rcs_interrupted};
	struct rcs_team_options team = c->how->team;
	int got;

	memset(bench, 0, sizeof(*bench));
	if (m->readers > 0 && team.cpus.count < 2) {
		(void)snprintf(why, size,
			       "a reader that runs needs a CPU of its own, "
			       "and only one may be used");
		return 1;
	}
	memset(&plan, 0, sizeof(plan));
	plan.job = RCS_JOB_RCU_BENCH;
	plan.bench.kind = m->kind;
	plan.bench.section_ns = m->section_ns;
	plan.bench.pause_ns = m->pause_ns;
	plan.bench.share_ns = c->how->limit_ns;
	for (size_t f = 0; f < RCS_RCU_BENCH_FLAVOURS; f++)
		plan.bench.wanted[f] = is_wanted(c->b, rcs_rcu_flavours[f]);
	/* Twice, since a round ends when its last caller comes back. */
	plan.limit_ns = 2 * RCS_RCU_BENCH_ROWS * c->how->limit_ns;
	(void)snprintf(plan.test, sizeof(plan.test), "%s", kinds[m->kind]);
	(void)snprintf(plan.barrier, sizeof(plan.barrier), "%s", c->barrier);
	team.writers = m->callers;
	team.readers = m->readers;
	if (rcs_team_plan(&team, &plan, e) != 0)
		return -1;
	rcs_progress_begin(c->line, c->barrier, plan.test, plan.limit_ns,
			   plan.limit_ns * (c->line->cells - c->line->done));
	got = rcs_supervise(&plan, &watcher, &result, NULL, e);
	rcs_progress_end(c->line);
	if (got != 0)
		return -1;
	if (result.verdict == RCS_FAULT)
		return rcs_fail(e, RCS_ERROR_FAULT, "%s", result.reason);
	if (result.filled)
		*bench = result.bench;
	if (bench->rows > 0)
		return 0;
	(void)snprintf(why, size, "%s", result.reason);
	return 1;
}

static int bench_read(const struct course *c, struct rcs_error *e)
{
	/* No grace period: nothing is called of any barrier. */
	struct course none = {c->b, c->how, "none", c->line};
	struct measurement m = {RCS_RCU_BENCH_READ, 1, 0, 0, 0};
	struct rcs_rcu_bench bench;
	char why[400];
	int got = measure(&none, &m, &bench, why, sizeof(why), e);

	if (got == 0)
		rcs_rcu_bench_read_table(stdout, &bench);
	else if (got > 0)
		rcs_rcu_bench_no_table(stdout, none.barrier, "read side", why);
	return got < 0 ? -1 : 0;
}

static void say_readers(uint64_t readers, const char *sections, char *text, size_t size)
{
	if (readers == 0)
		(void)snprintf(text, size, "no reader");
	else if (readers == 1)
		(void)snprintf(text, size, "one reader, %s sections", sections);
	else
		(void)snprintf(text, size, "%u readers, %s sections", (unsigned)readers,
			       sections);
}

static int bench_grace(const struct course *c, struct rcs_error *e)
{
	uint64_t readers = c->b->threads_said ? c->how->team.readers : 1;
	const struct measurement each[] = {
		{RCS_RCU_BENCH_GRACE, 1, 0, 0, 0},
		{RCS_RCU_BENCH_GRACE, 1, readers, 0, 0},
		{RCS_RCU_BENCH_GRACE, 1, readers, LONG_SECTION_NS, 0},
	};

	for (size_t i = 0; i < sizeof(each) / sizeof(each[0]) && !rcs_interrupted();
	     i++) {
		struct rcs_rcu_bench bench;
		char who[64], why[400];
		int got = measure(c, &each[i], &bench, why, sizeof(why), e);

		say_readers(each[i].readers, each[i].section_ns > 0 ? "50 us" : "short",
			    who, sizeof(who));
		if (got < 0)
			return -1;
		if (got == 0)
			rcs_rcu_bench_grace_table(stdout, c->barrier, who, &bench);
		else
			rcs_rcu_bench_no_table(stdout, c->barrier, who, why);
	}
	return 0;
}

/* One table, a column for each pair of callers and readers; 0 ends them. */
static int bench_rates(const struct course *c, const char *what,
		       const uint64_t (*pair)[2], uint64_t pause_ns,
		       struct rcs_error *e)
{
	static struct rcs_rcu_bench_column column[RCS_RCU_BENCH_COLUMNS_MAX];
	size_t columns = 0;

	for (size_t i = 0; pair[i][0] > 0 && !rcs_interrupted(); i++) {
		struct measurement m = {RCS_RCU_BENCH_RATE, pair[i][0], pair[i][1], 0,
					pause_ns};
		struct rcs_rcu_bench_column *one = &column[columns++];
		char why[400];
		int got = measure(c, &m, &one->bench, why, sizeof(why), e);

		if (got < 0)
			return -1;
		if (got > 0) {
			rcs_rcu_bench_no_table(stdout, c->barrier, what, why);
			return 0;
		}
		(void)snprintf(one->head, sizeof(one->head), "%ux%u",
			       (unsigned)pair[i][0], (unsigned)pair[i][1]);
	}
	if (columns > 0)
		rcs_rcu_bench_rate_table(stdout, c->barrier, what, column, columns);
	return 0;
}

static int bench_rate(const struct course *c, struct rcs_error *e)
{
	static const uint64_t by_callers[][2] = {{1, 1}, {2, 1}, {4, 1}, {8, 1}, {0}};
	static const uint64_t by_readers[][2] = {{1, 1}, {1, 2}, {1, 8}, {0}};
	const uint64_t said[][2] = {{c->how->team.writers, c->how->team.readers}, {0}};
	if (c->b->threads_said)
		return bench_rates(c, "callers x readers", said, 0, e);
	if (bench_rates(c, "more callers x a reader", by_callers, 0, e) != 0)
		return -1;
	return rcs_interrupted() ? 0
				 : bench_rates(c, "a caller x more readers", by_readers,
					       PAUSE_NS, e);
}

static int bench_callbacks(const struct course *c, struct rcs_error *e)
{
	uint64_t several = c->b->threads_said ? c->how->team.writers : 4;

	for (uint64_t producers = 1;; producers = several) {
		struct measurement m = {RCS_RCU_BENCH_CALLBACKS, producers, 0, 0, 0};
		struct rcs_rcu_bench bench;
		char why[400];
		int got;

		if (rcs_interrupted())
			return 0;
		got = measure(c, &m, &bench, why, sizeof(why), e);
		if (got < 0)
			return -1;
		if (got == 0)
			rcs_rcu_bench_callbacks_table(stdout, c->barrier,
						      (int)producers, &bench);
		else
			rcs_rcu_bench_no_table(stdout, c->barrier, "call()", why);
		if (got > 0 || producers == several)
			return 0;
	}
}

static int bench_over(const struct course *c, struct rcs_error *e)
{
	if ((c->b->kind[RCS_RCU_BENCH_GRACE] && bench_grace(c, e) != 0) ||
	    (c->b->kind[RCS_RCU_BENCH_RATE] && !rcs_interrupted() &&
	     bench_rate(c, e) != 0) ||
	    (c->b->kind[RCS_RCU_BENCH_CALLBACKS] && !rcs_interrupted() &&
	     bench_callbacks(c, e) != 0))
		return -1;
	return 0;
}

/* How many there are at most, for the line of progress. */
static size_t count_cells(const struct rcs_bench_rcu *b, size_t barriers)
{
	size_t rates = b->threads_said ? 1 : 7, over = 0;

	if (b->kind[RCS_RCU_BENCH_GRACE])
		over += 3;
	if (b->kind[RCS_RCU_BENCH_RATE])
		over += rates;
	if (b->kind[RCS_RCU_BENCH_CALLBACKS])
		over += 2;
	return barriers * over + (b->kind[RCS_RCU_BENCH_READ] ? 1 : 0);
}

int rcs_bench_rcu(const struct rcs_bench_rcu *b, const struct rcs_measure_options *how,
		  struct rcs_error *e)
{
	static const char *const usual[] = {"membarrier", "mprotect"};
	size_t barriers = b->barriers_said ? how->barriers.count
					   : sizeof(usual) / sizeof(usual[0]);
	struct rcs_progress_line line = {.shown = rcs_progress_wanted(),
					 .cells = count_cells(b, barriers)};
	struct course c = {b, how, NULL, &line};

	if (b->kind[RCS_RCU_BENCH_READ] && bench_read(&c, e) != 0)
		return -1;
	for (size_t i = 0; i < barriers && !rcs_interrupted(); i++) {
		c.barrier = b->barriers_said ? how->barriers.choice[i].name : usual[i];
		if (bench_over(&c, e) != 0)
			return -1;
	}
	return 0;
}
