/* SPDX-License-Identifier: BSD-2-Clause */
/* What is said of a fleet, section by section: see fleet_page.h. */
#include "report/fleet_page.h"

#include <stdlib.h>
#include <string.h>

#include "report/fleet_page_parts.h"
#include "report/fleet_words.h"

FILE *rcs_fleet_text_begin(struct rcs_fleet_paging *p)
{
	p->text = NULL;
	p->out = open_memstream(&p->text, &p->size);
	p->failed = p->failed || p->out == NULL;
	return p->out;
}

const char *rcs_fleet_text_end(struct rcs_fleet_paging *p)
{
	const char *kept = NULL;

	if (p->out != NULL && fclose(p->out) == 0)
		kept = rcs_pool_string(p->report->pool, p->text);
	free(p->text);
	p->out = NULL;
	p->failed = p->failed || kept == NULL;
	return kept != NULL ? kept : "";
}

struct rcs_fleet_section *rcs_fleet_section_add(struct rcs_fleet_paging *p,
						const char *title)
{
	struct rcs_fleet_section *s = &p->page->section[p->page->sections++];

	*s = (struct rcs_fleet_section){.title = title, .note = ""};
	return s;
}

struct rcs_fleet_line *rcs_fleet_lines_get(struct rcs_fleet_paging *p, size_t lines)
{
	struct rcs_fleet_line *line =
		rcs_pool_get(p->report->pool, (lines + 1) * sizeof(*line));

	p->failed = p->failed || line == NULL;
	return line;
}

static void put_left_out(struct rcs_fleet_paging *p, struct rcs_fleet_line *line,
			 size_t left_out, const char *what)
{
	if (rcs_fleet_text_begin(p) == NULL)
		return;
	(void)fprintf(p->out, "and %zu more %s, which --verbose shows", left_out, what);
	*line = (struct rcs_fleet_line){.word = "", .text = rcs_fleet_text_end(p)};
}

static void put_finding(struct rcs_fleet_paging *p, struct rcs_fleet_line *line,
			const struct rcs_fleet_finding *f)
{
	line[0] = (struct rcs_fleet_line){
		.word = rcs_verdict_name(f->cell->verdict),
		.end = f->weight,
	};
	if (rcs_fleet_text_begin(p) == NULL)
		return;
	rcs_fleet_words_finding(p->out, f);
	line[0].text = rcs_fleet_text_end(p);
	line[1] = line[2] = (struct rcs_fleet_line){.detail = true, .word = ""};
	if (rcs_fleet_text_begin(p) == NULL)
		return;
	rcs_fleet_words_where(p->out, f->run);
	line[1].text = rcs_fleet_text_end(p);
	if (rcs_fleet_text_begin(p) == NULL)
		return;
	rcs_fleet_words_why(p->out, f->cell);
	line[2].text = rcs_fleet_text_end(p);
}

/* Of single machines so many of each weight; what many have in common always. */
static void put_findings(struct rcs_fleet_paging *p)
{
	const struct rcs_fleet *fleet = p->fleet;
	size_t singles[RCS_RUN_SKIPPED + 1] = {0}, left_out = 0;
	const char *title = fleet->findings > 0	  ? "What speaks against the fleet"
			    : p->report->runs > 0 ? "Nothing speaks against the fleet"
						  : "Of the fleet there are no runs";
	struct rcs_fleet_section *s = rcs_fleet_section_add(p, title);
	struct rcs_fleet_line *line = rcs_fleet_lines_get(p, 3 * fleet->findings + 1);

	for (size_t i = 0; i < fleet->findings && !p->failed; i++) {
		const struct rcs_fleet_finding *f = &fleet->finding[i];

		if (f->alone && singles[f->weight]++ >= RCS_FLEET_LINES_MAX &&
		    p->verbosity < 1) {
			left_out++;
			continue;
		}
		put_finding(p, line + s->lines, f);
		s->lines += 3;
	}
	if (left_out > 0 && !p->failed)
		put_left_out(p, line + s->lines++, left_out, "such machines");
	s->line = line;
}

static void put_outlier(struct rcs_fleet_paging *p, struct rcs_fleet_line *line,
			const struct rcs_fleet_outlier *o)
{
	line[0] = (struct rcs_fleet_line){.word = ""};
	line[1] = (struct rcs_fleet_line){.detail = true, .word = ""};
	if (rcs_fleet_text_begin(p) == NULL)
		return;
	rcs_fleet_words_outlier(p->out, o);
	line[0].text = rcs_fleet_text_end(p);
	if (rcs_fleet_text_begin(p) == NULL)
		return;
	rcs_fleet_words_where(p->out, o->run);
	line[1].text = rcs_fleet_text_end(p);
}

static void put_outliers(struct rcs_fleet_paging *p)
{
	const struct rcs_fleet *fleet = p->fleet;
	size_t shown = fleet->outliers;
	struct rcs_fleet_section *s;
	struct rcs_fleet_line *line;

	if (p->report->runs == 0)
		return;
	s = rcs_fleet_section_add(p, "Outliers among equal machines");
	if (shown > RCS_FLEET_LINES_MAX && p->verbosity < 1)
		shown = RCS_FLEET_LINES_MAX;
	line = rcs_fleet_lines_get(p, 2 * shown + 2);
	s->line = line;
	if (line == NULL || rcs_fleet_text_begin(p) == NULL)
		return;
	if (fleet->compared > 0)
		(void)fprintf(p->out, "%zu of %zu machines that have %d equals or more",
			      fleet->outliers, fleet->compared, RCS_FLEET_EQUALS_LEAST);
	else
		(void)fprintf(p->out,
			      "no machine has %d equals or more: none is compared",
			      RCS_FLEET_EQUALS_LEAST);
	line[s->lines++] =
		(struct rcs_fleet_line){.word = "", .text = rcs_fleet_text_end(p)};
	for (size_t i = 0; i < shown && !p->failed; i++, s->lines += 2)
		put_outlier(p, line + s->lines, &fleet->outlier[i]);
	if (shown < fleet->outliers && !p->failed)
		put_left_out(p, line + s->lines++, fleet->outliers - shown, "outliers");
}

/* What of the inventory there is no run of, or none that told anything. */
static void put_inventory(struct rcs_fleet_paging *p)
{
	const struct rcs_fleet_inventory *in = p->fleet->inventory;
	size_t missing = 0, mute = 0, left_out = 0;
	struct rcs_fleet_section *s;
	struct rcs_fleet_line *line;

	if (in == NULL)
		return;
	s = rcs_fleet_section_add(p, "Of the inventory");
	line = rcs_fleet_lines_get(p, in->items + 2);
	s->line = line;
	s->lines = 1;
	for (size_t i = 0; i < in->items && !p->failed; i++) {
		const struct rcs_fleet_item *item = &in->item[i];

		missing += !item->seen;
		mute += item->seen && !item->decided;
		if (item->decided)
			continue;
		if (s->lines > RCS_FLEET_ROWS_MAX && p->verbosity < 1) {
			left_out++;
			continue;
		}
		if (rcs_fleet_text_begin(p) == NULL)
			return;
		(void)fprintf(p->out, "%s: %s %s",
			      item->seen ? "nothing told" : "never seen",
			      rcs_fleet_item_names[item->kind], item->name);
		line[s->lines++] = (struct rcs_fleet_line){
			.word = "", .text = rcs_fleet_text_end(p)};
	}
	if (p->failed || rcs_fleet_text_begin(p) == NULL)
		return;
	(void)fprintf(p->out, "%zu expected: %zu never seen, %zu told nothing",
		      in->items, missing, mute);
	line[0] = (struct rcs_fleet_line){.word = "", .text = rcs_fleet_text_end(p)};
	if (left_out > 0)
		put_left_out(p, line + s->lines++, left_out, "of these");
}

const struct rcs_fleet_page *rcs_fleet_page_of(const struct rcs_report *report,
					       const struct rcs_fleet *fleet,
					       int verbosity)
{
	struct rcs_fleet_paging p = {
		.report = report, .fleet = fleet, .verbosity = verbosity};

	p.page = rcs_pool_get(report->pool, sizeof(*p.page));
	if (p.page == NULL)
		return NULL;
	put_findings(&p);
	if (verbosity >= 0) {
		put_outliers(&p);
		put_inventory(&p);
		rcs_fleet_put_groups(&p, RCS_FLEET_MODELS, "By CPU model");
		rcs_fleet_put_groups(&p, RCS_FLEET_MICROCODES, "By microcode");
		rcs_fleet_put_groups(&p, RCS_FLEET_KERNELS, "By kernel");
		rcs_fleet_put_campaign(&p);
	}
	return p.failed ? NULL : p.page;
}
