/* SPDX-License-Identifier: BSD-2-Clause */
/* Groups of a fleet's machines, and what barriers came to on each: see fleet.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/fleet_parts.h"
#include "verdict/campaign.h"

/* A cell by its place in the order of groups, barriers and machines. */
struct key {
	uint32_t group, barrier, machine, cell;
};

static int compare(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int by_key(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	int order = compare(x->group, y->group);

	if (order == 0)
		order = compare(x->barrier, y->barrier);
	if (order == 0)
		order = compare(x->machine, y->machine);
	return order != 0 ? order : compare(x->cell, y->cell);
}

/* Memory for one part at a time. */
struct counting {
	struct rcs_fleet_making *m;
	struct key *key;
	double *hits; /* of the cells of an entry, as bounds */
	size_t bounds;
};

/* The target that HOLDS was held to; 0 where the run does not say. */
static double p_target_of(const struct rcs_record_run *run)
{
	for (size_t i = 0; i < run->options; i++) {
		if (strcmp(run->option[i].name, "p-missed") == 0) {
			double p = strtod(run->option[i].value, NULL);

			return p > 0.0 && p < 1.0 ? p : 0.0;
		}
	}
	return 0.0;
}

static bool holds_as_it_was_to(const struct rcs_record_cell *cell)
{
	return cell->verdict == RCS_HOLDS && !cell->standing.self_test &&
	       !rcs_unexpected(RCS_HOLDS, cell->standing.expected) &&
	       cell->p_missed >= 0.0 && cell->p_missed < 1.0;
}

/* What the cells of one machine come to. */
struct of_machine {
	bool ran, bad, hit;
	bool holds;
	double log2_p;
};

static void add_holding(struct counting *c, struct rcs_fleet_entry *entry,
			struct of_machine *of, const struct rcs_fleet_seen *seen)
{
	double log2_p = log2(fmax(seen->cell->p_missed, 0x1p-1000));
	double p = p_target_of(seen->run);

	rcs_family_add(&entry->holding, seen->cell->p_missed);
	entry->log2_p_joint += log2_p;
	of->log2_p += log2_p;
	of->holds = true;
	if (p > 0.0 && seen->cell->sensitivity >= 1.0 &&
	    isfinite(seen->cell->sensitivity))
		c->hits[c->bounds++] = rcs_campaign_hits_of(seen->cell->sensitivity, p);
}

static void add_cell(struct counting *c, struct rcs_fleet_entry *entry,
		     struct of_machine *of, const struct rcs_fleet_seen *seen)
{
	const struct rcs_record_cell *cell = seen->cell;
	bool against = rcs_fleet_weight(cell) < RCS_RUN_INCONCLUSIVE;

	entry->cells++;
	entry->count[cell->verdict]++;
	entry->against += against;
	entry->known += cell->verdict == RCS_BROKEN && !against;
	of->ran = of->ran || cell->verdict != RCS_SKIPPED;
	of->bad = of->bad || against;
	of->hit = of->hit || cell->verdict == RCS_BROKEN;
	if (holds_as_it_was_to(cell))
		add_holding(c, entry, of, seen);
}

static void add_machine(struct rcs_fleet_entry *entry, const struct of_machine *of)
{
	entry->machines += of->ran;
	entry->bad += of->bad;
	entry->hit = entry->hit || of->hit;
	entry->holding_machines += of->holds && !of->hit;
	if (of->holds)
		entry->p_weakest = fmax(entry->p_weakest, exp2(of->log2_p));
}

static void conclude(struct counting *c, struct rcs_fleet_entry *entry)
{
	entry->bad_share = 1.0;
	if (entry->hit || entry->bad > 0)
		return;
	entry->hits = rcs_campaign_hits(c->hits, c->bounds);
	entry->sensitivity = rcs_campaign_sensitivity(entry->hits, RCS_CAMPAIGN_P);
	entry->bad_share = rcs_campaign_bad_share(entry->holding_machines,
						  entry->p_weakest, RCS_CAMPAIGN_DOUBT);
}

/* All of one barrier in one group; how many cells that are. */
static size_t count_entry(struct counting *c, struct rcs_fleet_entry *entry,
			  const struct key *key, const struct key *end)
{
	const struct key *from = key;

	c->bounds = 0;
	while (key < end && key->group == from->group &&
	       key->barrier == from->barrier) {
		struct of_machine of = {0};
		uint32_t machine = key->machine;

		for (; key < end && key->group == from->group &&
		       key->barrier == from->barrier && key->machine == machine;
		     key++)
			add_cell(c, entry, &of, &c->m->seen[key->cell]);
		add_machine(entry, &of);
	}
	conclude(c, entry);
	return (size_t)(key - from);
}

/* Machines and runs, and machines that told nothing. 0, or -1 without memory. */
static int count_machines(struct rcs_fleet_making *m, int part)
{
	struct rcs_fleet_group *groups = m->group[part];
	unsigned char *told = calloc((size_t)m->machines[part] + 1, 1);
	unsigned char *counted = calloc((size_t)m->machines[part] + 1, 1);

	if (told == NULL || counted == NULL) {
		free(told);
		free(counted);
		return -1;
	}
	for (size_t i = 0; i < m->cells; i++) {
		if (rcs_fleet_decided(m->seen[i].cell))
			told[m->place[m->seen[i].place].machine[part]] = 1;
	}
	for (size_t r = 0; r < m->report->runs; r++) {
		uint32_t machine = m->place[r].machine[part];
		struct rcs_fleet_group *group = &groups[m->place[r].group[part]];

		if (group->runs++ == 0)
			group->machine = m->report->run[r]->machine;
		if (counted[machine])
			continue;
		counted[machine] = 1;
		group->machines++;
		group->undecided += !told[machine];
	}
	free(told);
	free(counted);
	return 0;
}

static int make_groups(struct rcs_fleet_making *m, int part)
{
	size_t groups = m->fleet->groups[part];
	struct rcs_pool *pool = m->report->pool;

	if (m->barriers > 0 &&
	    groups >= SIZE_MAX / sizeof(struct rcs_fleet_entry) / m->barriers)
		return -1;
	m->group[part] = rcs_pool_get(pool, (groups + 1) * sizeof(*m->group[part]));
	m->entry[part] =
		rcs_pool_get(pool, groups * m->barriers * sizeof(*m->entry[part]) + 1);
	if (m->group[part] == NULL || m->entry[part] == NULL)
		return -1;
	for (size_t g = 0; g < groups; g++) {
		struct rcs_fleet_entry *entry = m->entry[part] + g * m->barriers;

		m->group[part][g].entry = entry;
		for (size_t b = 0; b < m->barriers; b++) {
			entry[b].barrier = m->barrier[b];
			entry[b].bad_share = 1.0;
		}
	}
	m->fleet->group[part] = m->group[part];
	return 0;
}

static int count_part(struct counting *c, int part)
{
	struct rcs_fleet_making *m = c->m;

	if (make_groups(m, part) != 0 || count_machines(m, part) != 0)
		return -1;
	for (size_t i = 0; i < m->cells; i++) {
		const struct rcs_fleet_place *place = &m->place[m->seen[i].place];

		c->key[i] = (struct key){place->group[part], m->seen[i].barrier,
					 place->machine[part], (uint32_t)i};
	}
	qsort(c->key, m->cells, sizeof(*c->key), by_key);
	for (size_t i = 0; i < m->cells;) {
		const struct key *key = &c->key[i];

		i += count_entry(c,
				 &m->entry[part][(size_t)key->group * m->barriers +
						 key->barrier],
				 key, c->key + m->cells);
	}
	return 0;
}

int rcs_fleet_count(struct rcs_fleet_making *m)
{
	struct counting c = {
		.m = m,
		.key = calloc(m->cells + 1, sizeof(*c.key)),
		.hits = calloc(m->cells + 1, sizeof(*c.hits)),
	};
	int failed = c.key == NULL || c.hits == NULL;

	for (int part = 0; part < RCS_FLEET_PARTS && !failed; part++)
		failed = count_part(&c, part) != 0;
	free(c.key);
	free(c.hits);
	return failed ? -1 : 0;
}
