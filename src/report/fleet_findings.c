/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What speaks against a fleet: see fleet.h. Bad cells of a barrier become one finding
 * where most machines have them of a kernel, on each of several models; of a model,
 * with each microcode; of a microcode or of model and kernel, with each of the other;
 * where there are many among equals; and one for each machine otherwise.
 */
#include <stdlib.h>

#include "report/fleet_parts.h"
#include "report/matrix_names.h"

/* Of so many among equals each is a finding, if most are good. */
#define SINGLES_MAX 3

struct bad {
	const struct rcs_fleet_seen *seen;
	const struct rcs_fleet_place *place;
	enum rcs_run_end weight;
	/* What they are sorted by, for the part that is being looked at. */
	uint32_t group, machine;
	bool covered; /* some finding has it */
};

struct finding_out {
	struct rcs_fleet_making *m;
	size_t count;
	struct bad *bad;
	size_t findings;
	struct rcs_fleet_finding *finding; /* as many as there are bad cells, at most */
	uint32_t *test_in;		   /* of a test: the last slice it was in */
	uint32_t slices;
	size_t *bad_in; /* machines of a slice by a finer group; 0 between slices */
};

static int compare(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static bool same_slice(const struct bad *a, const struct bad *b)
{
	return a->covered == b->covered && a->weight == b->weight &&
	       a->seen->barrier == b->seen->barrier && a->group == b->group;
}

static int by_slice(const void *a, const void *b)
{
	const struct bad *x = a, *y = b;
	int order = compare(x->covered, y->covered);

	if (order == 0)
		order = compare(x->weight, y->weight);
	if (order == 0)
		order = compare(x->seen->barrier, y->seen->barrier);
	if (order == 0)
		order = compare(x->group, y->group);
	if (order == 0)
		order = compare(x->machine, y->machine);
	/* As they were read: seen[] is in that order. */
	return order != 0 ? order : (x->seen > y->seen) - (x->seen < y->seen);
}

static size_t machines_of(const struct bad *from, size_t count)
{
	size_t machines = 0;

	for (size_t i = 0; i < count; i++)
		machines += i == 0 || from[i].machine != from[i - 1].machine;
	return machines;
}

/*
 * Whether most machines are bad in each of the groups that a slice's group is made of:
 * else it is not what they have in common, or one machine would be lost among others.
 * Those of a kernel are models, of which there must be several.
 */
static bool every_part_is_bad(struct finding_out *f, const struct bad *from,
			      size_t count, enum rcs_fleet_part part)
{
	static const enum rcs_fleet_part parts_of[RCS_FLEET_EQUALS] = {
		[RCS_FLEET_KERNELS] = RCS_FLEET_RELEASES,
		[RCS_FLEET_MODELS] = RCS_FLEET_MICROCODES,
		[RCS_FLEET_MICROCODES] = RCS_FLEET_EQUALS,
		[RCS_FLEET_RELEASES] = RCS_FLEET_EQUALS,
	};
	enum rcs_fleet_part inner = parts_of[part];
	const struct rcs_fleet_making *m = f->m;
	const struct rcs_fleet_entry *entry = m->entry[inner] + from->seen->barrier;
	size_t parts = 0, machines = 0;
	bool every = true;

	for (size_t i = 0; i < count; i++)
		f->bad_in[from[i].place->group[inner]] +=
			i == 0 || from[i].machine != from[i - 1].machine ||
			from[i].place->group[inner] != from[i - 1].place->group[inner];
	for (size_t i = 0; i < count; i++) {
		size_t group = from[i].place->group[inner];

		if (f->bad_in[group] == 0)
			continue;
		every = every &&
			2 * f->bad_in[group] > entry[group * m->barriers].machines;
		machines += entry[group * m->barriers].machines;
		f->bad_in[group] = 0;
		parts++;
	}
	return every &&
	       machines >= m->entry[part][(size_t)from->group * m->barriers +
					  from->seen->barrier]
				   .machines &&
	       (part != RCS_FLEET_KERNELS || parts > 1);
}

static size_t tests_of(struct finding_out *f, const struct bad *from, size_t count)
{
	size_t tests = 0;

	f->slices++;
	for (size_t i = 0; i < count; i++) {
		tests += f->test_in[from[i].seen->test] != f->slices;
		f->test_in[from[i].seen->test] = f->slices;
	}
	return tests;
}

/* The first of these, which are covered now, as a finding. */
static struct rcs_fleet_finding *add(struct finding_out *f, struct bad *from,
				     size_t count)
{
	struct rcs_fleet_finding *finding = &f->finding[f->findings++];

	*finding = (struct rcs_fleet_finding){
		.weight = from->weight,
		.tests = tests_of(f, from, count),
		.cell = from->seen->cell,
		.run = from->seen->run,
	};
	for (size_t i = 0; i < count; i++) {
		from[i].covered = true;
		if (finding->names < RCS_FLEET_NAMES &&
		    (i == 0 || from[i].machine != from[i - 1].machine))
			finding->name[finding->names++] =
				from[i].seen->run->machine->name;
	}
	return finding;
}

static void add_group(struct finding_out *f, struct bad *from, size_t count,
		      enum rcs_fleet_part part, size_t machines, size_t of)
{
	struct rcs_fleet_finding *finding = add(f, from, count);

	finding->scope = part;
	finding->machines = machines;
	finding->of = of;
}

static void add_singles(struct finding_out *f, struct bad *from, size_t count,
			size_t machines, size_t of)
{
	for (size_t i = 0, end; i < count; i = end) {
		struct rcs_fleet_finding *finding;

		end = i + 1;
		while (end < count && from[end].machine == from[i].machine)
			end++;
		finding = add(f, from + i, end - i);
		finding->scope = RCS_FLEET_EQUALS;
		finding->alone = true;
		finding->outlier = of >= 3 && 2 * machines < of;
		finding->machines = machines;
		finding->of = of;
	}
}

static void look_at(struct finding_out *f, struct bad *from, size_t count,
		    enum rcs_fleet_part part)
{
	const struct rcs_fleet_entry *entry =
		&f->m->entry[part][(size_t)from->group * f->m->barriers +
				   from->seen->barrier];
	size_t machines = machines_of(from, count);
	bool most = machines > 1 && 2 * machines > entry->machines;

	if (part != RCS_FLEET_EQUALS)
		most = most && every_part_is_bad(f, from, count, part);
	if (most || (part == RCS_FLEET_EQUALS && machines > SINGLES_MAX))
		add_group(f, from, count, part, machines, entry->machines);
	else if (part == RCS_FLEET_EQUALS)
		add_singles(f, from, count, machines, entry->machines);
}

/* All slices of this part that no finding has yet. */
static void look(struct finding_out *f, enum rcs_fleet_part part)
{
	for (size_t i = 0; i < f->count; i++) {
		f->bad[i].group = f->bad[i].place->group[part];
		f->bad[i].machine = f->bad[i].place->machine[part];
	}
	qsort(f->bad, f->count, sizeof(*f->bad), by_slice);
	for (size_t i = 0, end; i < f->count && !f->bad[i].covered; i = end) {
		end = i + 1;
		while (end < f->count && same_slice(&f->bad[i], &f->bad[end]))
			end++;
		look_at(f, f->bad + i, end - i, part);
	}
}

/* Worst first; then what fewest machines have; among these, of the most equals. */
static int by_gravity(const void *a, const void *b)
{
	const struct rcs_fleet_finding *x = a, *y = b;
	int order = compare(x->weight, y->weight);

	if (order == 0)
		order = compare(x->machines, y->machines);
	if (order == 0)
		order = compare(y->of, x->of);
	/* Any order, if only the same each time. */
	if (order == 0)
		order = rcs_name_compare(x->run->machine->name, y->run->machine->name);
	if (order == 0)
		order = rcs_name_compare(x->cell->barrier, y->cell->barrier);
	return order;
}

static void gather(struct finding_out *f)
{
	for (size_t i = 0; i < f->m->cells; i++) {
		const struct rcs_fleet_seen *seen = &f->m->seen[i];
		enum rcs_run_end weight = rcs_fleet_weight(seen->cell);

		if (weight >= RCS_RUN_INCONCLUSIVE)
			continue;
		if (f->bad != NULL)
			f->bad[f->count] = (struct bad){
				.seen = seen,
				.place = &f->m->place[seen->place],
				.weight = weight,
			};
		f->count++;
	}
}

int rcs_fleet_find(struct rcs_fleet_making *m)
{
	static const enum rcs_fleet_part parts[] = {
		RCS_FLEET_KERNELS, RCS_FLEET_MODELS, RCS_FLEET_MICROCODES,
		RCS_FLEET_RELEASES, RCS_FLEET_EQUALS};
	struct finding_out f = {.m = m};
	bool failed;

	gather(&f);
	f.bad = calloc(f.count + 1, sizeof(*f.bad));
	f.finding = rcs_pool_get(m->report->pool, (f.count + 1) * sizeof(*f.finding));
	f.test_in = calloc((size_t)m->tests + 1, sizeof(*f.test_in));
	f.bad_in = calloc(m->fleet->groups[RCS_FLEET_EQUALS] + 1, sizeof(*f.bad_in));
	failed = f.bad == NULL || f.finding == NULL || f.test_in == NULL ||
		 f.bad_in == NULL;
	if (!failed) {
		f.count = 0;
		gather(&f);
		for (size_t p = 0; p < sizeof(parts) / sizeof(parts[0]); p++)
			look(&f, parts[p]);
		qsort(f.finding, f.findings, sizeof(*f.finding), by_gravity);
		m->fleet->findings = f.findings;
		m->fleet->finding = f.finding;
	}
	free(f.bad);
	free(f.test_in);
	free(f.bad_in);
	return failed ? -1 : 0;
}
