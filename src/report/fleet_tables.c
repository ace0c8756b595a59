/* SPDX-License-Identifier: BSD-2-Clause */
/* Tables of a fleet: by what machines have in common, and of the campaign as a whole.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "report/fleet_page_parts.h"
#include "report/fleet_words.h"
#include "report/matrix_names.h"
#include "verdict/campaign.h"

#define NEVER_NAMED_MAX 3

/* A table that is being filled, cell by cell. */
struct filling {
	struct rcs_fleet_paging *p;
	const char **cell, **head;
	size_t cells, columns;
};

static bool begin_table(struct filling *f, struct rcs_fleet_paging *p, size_t columns,
			size_t rows)
{
	*f = (struct filling){.p = p};
	if (rows >= SIZE_MAX / sizeof(*f->cell) / (columns + 1)) {
		p->failed = true;
		return false;
	}
	f->head = rcs_pool_get(p->report->pool, (columns + 1) * sizeof(*f->head));
	f->cell =
		rcs_pool_get(p->report->pool, (rows * columns + 1) * sizeof(*f->cell));
	p->failed = p->failed || f->head == NULL || f->cell == NULL;
	return !p->failed;
}

__attribute__((format(printf, 2, 3))) static void put(struct filling *f,
						      const char *format, ...)
{
	va_list arguments;

	if (rcs_fleet_text_begin(f->p) == NULL)
		return;
	va_start(arguments, format);
	(void)vfprintf(f->p->out, format, arguments);
	va_end(arguments);
	f->cell[f->cells++] = rcs_fleet_text_end(f->p);
}

static void end_table(const struct filling *f, struct rcs_fleet_section *s,
		      size_t names)
{
	s->columns = f->columns;
	s->names = names;
	s->rows = f->columns > 0 ? f->cells / f->columns : 0;
	s->head = f->head;
	s->cell = f->cell;
}

/* A group by what stands for it in the order of a table. */
struct row {
	const struct rcs_fleet_group *group;
	const struct rcs_fleet_entry *entry; /* of the campaign: this one */
	uint64_t against;
	bool mute; /* none of its machines told anything */
};

static int by_names(const struct rcs_machine *a, const struct rcs_machine *b)
{
	int order = rcs_name_compare(a->arch, b->arch);

	if (order == 0)
		order = rcs_name_compare(a->cpu, b->cpu);
	if (order == 0)
		order = rcs_name_compare(a->microcode, b->microcode);
	return order != 0 ? order : rcs_name_compare(a->kernel, b->kernel);
}

/* Worst first, then those that told nothing. */
static int by_badness(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int order = (x->against < y->against) - (x->against > y->against);

	if (order == 0)
		order = (x->mute < y->mute) - (x->mute > y->mute);
	return order != 0 ? order : by_names(x->group->machine, y->group->machine);
}

/* Least known first. */
static int by_coverage(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int order = (x->entry->bad_share < y->entry->bad_share) -
		    (x->entry->bad_share > y->entry->bad_share);

	if (order == 0)
		order = rcs_name_compare(x->entry->barrier, y->entry->barrier);
	return order != 0 ? order : by_names(x->group->machine, y->group->machine);
}

/* Columns that are left out where nothing would stand in them. */
static const struct {
	enum rcs_verdict verdict;
	bool known; /* BROKEN as it was to be, and not the others */
	bool always;
	const char *head;
} counts[] = {
	{RCS_FAULT, false, false, "FAULT"},
	{RCS_BROKEN, false, true, "BROKEN"},
	{RCS_BROKEN, true, false, "(expected)"},
	{RCS_INCONCLUSIVE, false, true, "INCONCLUSIVE"},
	{RCS_HOLDS, false, true, "HOLDS"},
	{RCS_ALLOWED, false, false, "ALLOWED"},
	{RCS_SKIPPED, false, false, "SKIPPED"},
};

#define COUNTS (sizeof(counts) / sizeof(counts[0]))

static uint64_t count_of(const struct rcs_fleet_entry *e, size_t c)
{
	if (counts[c].verdict != RCS_BROKEN)
		return e->count[counts[c].verdict];
	return counts[c].known ? e->known : e->count[RCS_BROKEN] - e->known;
}

static uint64_t sum_of(const struct rcs_fleet *fleet,
		       const struct rcs_fleet_group *group, size_t c)
{
	uint64_t sum = 0;

	for (size_t b = 0; b < fleet->barriers; b++)
		sum += count_of(&group->entry[b], c);
	return sum;
}

static void put_never(struct filling *f, const struct rcs_fleet_group *group)
{
	const struct rcs_fleet *fleet = f->p->fleet;
	size_t never = 0;

	if (rcs_fleet_text_begin(f->p) == NULL)
		return;
	for (size_t b = 0; b < fleet->barriers; b++) {
		if (group->entry[b].cells > 0 ||
		    strcmp(group->entry[b].barrier, "-") == 0)
			continue;
		if (never++ < NEVER_NAMED_MAX)
			(void)fprintf(f->p->out, "%s%s", never > 1 ? ", " : "",
				      group->entry[b].barrier);
	}
	if (never > NEVER_NAMED_MAX)
		(void)fprintf(f->p->out, " and %zu more", never - NEVER_NAMED_MAX);
	f->cell[f->cells++] = rcs_fleet_text_end(f->p);
}

static void put_group(struct filling *f, enum rcs_fleet_part part,
		      const struct rcs_fleet_group *group, const bool *shown)
{
	const struct rcs_fleet *fleet = f->p->fleet;

	if (rcs_fleet_text_begin(f->p) == NULL)
		return;
	rcs_fleet_words_group(f->p->out, part, group->machine);
	f->cell[f->cells++] = rcs_fleet_text_end(f->p);
	put_never(f, group);
	put(f, "%zu", group->machines);
	put(f, "%zu", group->runs);
	for (size_t c = 0; c < COUNTS; c++) {
		if (shown[c])
			put(f, "%" PRIu64, sum_of(fleet, group, c));
	}
	put(f, "%zu", group->undecided);
	for (size_t b = 0; f->p->verbosity > 0 && b < fleet->barriers; b++) {
		const struct rcs_fleet_entry *e = &group->entry[b];

		put(f, "  %s", e->barrier);
		put(f, "%s", e->cells == 0 ? "never run" : "");
		put(f, "%zu", e->machines);
		put(f, "%s", "");
		for (size_t c = 0; c < COUNTS; c++) {
			if (shown[c])
				put(f, "%" PRIu64, count_of(e, c));
		}
		put(f, "%s", "");
	}
}

static void choose_columns(const struct rcs_fleet *fleet, struct filling *f,
			   bool *shown)
{
	const struct rcs_fleet_group *all = fleet->group[RCS_FLEET_ALL];

	f->head[f->columns++] = "machines of";
	f->head[f->columns++] = "never run there";
	f->head[f->columns++] = "machines";
	f->head[f->columns++] = "runs";
	for (size_t c = 0; c < COUNTS; c++) {
		shown[c] = counts[c].always || sum_of(fleet, all, c) > 0;
		if (shown[c])
			f->head[f->columns++] = counts[c].head;
	}
	f->head[f->columns++] = "told nothing";
}

static size_t rows_shown(const struct rcs_fleet_paging *p, size_t rows,
			 struct rcs_fleet_section *s)
{
	if (rows <= RCS_FLEET_ROWS_MAX || p->verbosity > 0)
		return rows;
	s->note = "There are more rows, which --verbose shows.";
	return RCS_FLEET_ROWS_MAX;
}

/* Above the table: groups that nothing is known of. */
static void put_mute(struct rcs_fleet_paging *p, struct rcs_fleet_section *s,
		     enum rcs_fleet_part part, const struct row *row, size_t rows)
{
	struct rcs_fleet_line *line = rcs_fleet_lines_get(p, rows);

	for (size_t i = 0; i < rows && !p->failed; i++) {
		if (!row[i].mute || rcs_fleet_text_begin(p) == NULL)
			continue;
		(void)fprintf(p->out, "no verdict on any of %zu machines: ",
			      row[i].group->machines);
		rcs_fleet_words_group(p->out, part, row[i].group->machine);
		line[s->lines++] = (struct rcs_fleet_line){
			.word = "", .text = rcs_fleet_text_end(p)};
	}
	s->line = line;
}

void rcs_fleet_put_groups(struct rcs_fleet_paging *p, enum rcs_fleet_part part,
			  const char *title)
{
	const struct rcs_fleet *fleet = p->fleet;
	size_t groups = fleet->groups[part], shown_rows;
	struct rcs_fleet_section *s;
	struct row *row = calloc(groups + 1, sizeof(*row));
	bool shown[COUNTS];
	struct filling f;

	p->failed = p->failed || row == NULL;
	if (p->failed || groups == 0) {
		free(row);
		return;
	}
	for (size_t g = 0; g < groups; g++) {
		row[g].group = &fleet->group[part][g];
		row[g].mute = row[g].group->undecided == row[g].group->machines;
		for (size_t b = 0; b < fleet->barriers; b++)
			row[g].against += row[g].group->entry[b].against;
	}
	qsort(row, groups, sizeof(*row), by_badness);
	s = rcs_fleet_section_add(p, title);
	shown_rows = rows_shown(p, groups, s);
	put_mute(p, s, part, row, shown_rows);
	if (begin_table(&f, p, COUNTS + 5,
			shown_rows * (p->verbosity > 0 ? fleet->barriers + 1 : 1))) {
		choose_columns(fleet, &f, shown);
		for (size_t g = 0; g < shown_rows && !p->failed; g++)
			put_group(&f, part, row[g].group, shown);
		end_table(&f, s, 2);
	}
	free(row);
}

static void put_probability(struct filling *f, double p)
{
	if (p >= 1.0)
		put(f, "1");
	else
		put(f, "%.1e", p);
}

static void put_share(struct filling *f, double share)
{
	if (share >= 1.0)
		put(f, "-");
	else
		put(f, "%.2g %%", share * 100.0);
}

static void put_sensitivity(struct filling *f, double sensitivity)
{
	if (sensitivity < 1.0)
		put(f, "-");
	else
		put(f, "%.3g", sensitivity);
}

/* What may be said of a barrier on some machines; put_campaign() has the heads. */
static void put_entry(struct filling *f, const struct rcs_fleet_group *group,
		      const struct rcs_fleet_entry *e, bool of_model)
{
	put(f, "%s", e->barrier);
	if (of_model) {
		if (rcs_fleet_text_begin(f->p) == NULL)
			return;
		rcs_fleet_words_group(f->p->out, RCS_FLEET_MODELS, group->machine);
		f->cell[f->cells++] = rcs_fleet_text_end(f->p);
	}
	put(f, "%zu", e->holding_machines);
	put(f, "%zu", e->bad);
	put_probability(f, e->holding.count > 0 ? e->holding.p_any_missed : 1.0);
	put_probability(f, e->holding.count > 0 ? e->p_weakest : 1.0);
	if (of_model) {
		if (e->holding.count > 0 && !e->hit)
			put(f, "2^%.0f", e->log2_p_joint);
		else
			put(f, "-");
		put_sensitivity(f, e->sensitivity);
	}
	put_share(f, e->bad_share);
}

/* Of tests without a barrier each is another subject. */
static bool takes_part(const struct rcs_fleet_entry *e)
{
	return e->cells > e->known + e->count[RCS_SKIPPED] &&
	       strcmp(e->barrier, "-") != 0;
}

static void put_barriers(struct rcs_fleet_paging *p)
{
	const struct rcs_fleet *fleet = p->fleet;
	const struct rcs_fleet_group *all = fleet->group[RCS_FLEET_ALL];
	struct rcs_fleet_section *s =
		rcs_fleet_section_add(p, "The campaign as a whole");
	static const char *const heads[] = {"barrier", "HOLDS on",
					    "bad",     "P(any missed)",
					    "weakest", "broken at most"};
	struct filling f;

	if (!begin_table(&f, p, sizeof(heads) / sizeof(heads[0]), fleet->barriers))
		return;
	f.columns = sizeof(heads) / sizeof(heads[0]);
	memcpy(f.head, heads, sizeof(heads));
	for (size_t b = 0; b < fleet->barriers && !p->failed; b++) {
		if (takes_part(&all->entry[b]))
			put_entry(&f, all, &all->entry[b], false);
	}
	end_table(&f, s, 1);
	s->note =
		"HOLDS on, bad: machines. Weakest: the machine on which a barrier that "
		"does nothing would most likely have been missed. Broken at most: "
		"share "
		"of machines of which these are a random sample (95 %).";
}

#define MODELS_NOTE                                                                    \
	"All of them: P(missed) if it did nothing on any of these machines. One call " \
	"in: "                                                                         \
	"so rare a failure would have shown, if it is as rare on all of them."

static void put_models(struct rcs_fleet_paging *p, struct row *row)
{
	const struct rcs_fleet *fleet = p->fleet;
	static const char *const heads[] = {
		"barrier",     "machines of",	"HOLDS on",
		"bad",	       "P(any missed)", "weakest",
		"all of them", "one call in",	"broken at most"};
	struct rcs_fleet_section *s;
	size_t rows = 0, shown;
	struct filling f;

	for (size_t g = 0; g < fleet->groups[RCS_FLEET_MODELS]; g++) {
		const struct rcs_fleet_group *group =
			&fleet->group[RCS_FLEET_MODELS][g];

		for (size_t b = 0; b < fleet->barriers; b++) {
			if (takes_part(&group->entry[b]))
				row[rows++] = (struct row){.group = group,
							   .entry = &group->entry[b]};
		}
	}
	qsort(row, rows, sizeof(*row), by_coverage);
	s = rcs_fleet_section_add(p, "The campaign by CPU model, least known first");
	shown = rows_shown(p, rows, s);
	if (!begin_table(&f, p, sizeof(heads) / sizeof(heads[0]), shown))
		return;
	f.columns = sizeof(heads) / sizeof(heads[0]);
	memcpy(f.head, heads, sizeof(heads));
	for (size_t i = 0; i < shown && !p->failed; i++)
		put_entry(&f, row[i].group, row[i].entry, true);
	end_table(&f, s, 2);
	s->note = shown < rows ? MODELS_NOTE
			  " There are more rows, which --verbose shows."
			       : MODELS_NOTE;
}

void rcs_fleet_put_campaign(struct rcs_fleet_paging *p)
{
	const struct rcs_fleet *fleet = p->fleet;
	struct row *row;

	if (p->failed || fleet->groups[RCS_FLEET_ALL] == 0 || fleet->barriers == 0)
		return;
	put_barriers(p);
	row = calloc(fleet->groups[RCS_FLEET_MODELS] * fleet->barriers + 1,
		     sizeof(*row));
	p->failed = p->failed || row == NULL;
	if (!p->failed)
		put_models(p, row);
	free(row);
}
