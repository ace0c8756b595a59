/* SPDX-License-Identifier: BSD-2-Clause */
/* A report over a fleet, put together from its parts: see fleet.h. */
#include "report/fleet.h"

#include <stdlib.h>

#include "report/fleet_parts.h"
#include "report/matrix_kinds.h"
#include "report/matrix_names.h"

enum rcs_run_end rcs_fleet_weight(const struct rcs_record_cell *cell)
{
	return rcs_matrix_weight(cell->verdict, &cell->standing);
}

bool rcs_fleet_decided(const struct rcs_record_cell *cell)
{
	return !cell->standing.self_test &&
	       (cell->verdict == RCS_HOLDS ||
		(cell->verdict == RCS_BROKEN &&
		 rcs_fleet_weight(cell) < RCS_RUN_INCONCLUSIVE));
}

/* Tables of what groups are made of, each in the context of another. */
struct numbering {
	struct rcs_names arch, emulator, model, microcode, kernel, release, equals;
	struct rcs_names machine[RCS_FLEET_PARTS];
	struct rcs_names barrier, test;
};

static void free_numbering(struct numbering *n)
{
	struct rcs_names *all[] = {&n->arch,	  &n->emulator, &n->model,
				   &n->microcode, &n->kernel,	&n->release,
				   &n->equals,	  &n->barrier,	&n->test};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		rcs_names_free(all[i]);
	for (int p = 0; p < RCS_FLEET_PARTS; p++)
		rcs_names_free(&n->machine[p]);
}

/* RCS_NAME_NONE goes through. */
static uint32_t number_in(struct rcs_names *names, uint32_t context, const char *text)
{
	return context != RCS_NAME_NONE ? rcs_name_number(names, context, text)
					: RCS_NAME_NONE;
}

static int number_run(struct numbering *n, const struct rcs_machine *machine,
		      struct rcs_fleet_place *place)
{
	uint32_t arch = rcs_name_number(&n->arch, 0, machine->arch);
	uint32_t emulator = number_in(&n->emulator, arch, rcs_matrix_emulator(machine));
	uint32_t *group = place->group;

	group[RCS_FLEET_ALL] = 0;
	group[RCS_FLEET_MODELS] = number_in(&n->model, emulator, machine->cpu);
	group[RCS_FLEET_MICROCODES] =
		number_in(&n->microcode, group[RCS_FLEET_MODELS], machine->microcode);
	group[RCS_FLEET_KERNELS] = number_in(&n->kernel, emulator, machine->kernel);
	group[RCS_FLEET_RELEASES] =
		number_in(&n->release, group[RCS_FLEET_MODELS], machine->kernel);
	group[RCS_FLEET_EQUALS] =
		number_in(&n->equals, group[RCS_FLEET_MICROCODES], machine->kernel);
	/* The same node of two models is two: names are not always given by one hand.
	 */
	for (int p = 0; p < RCS_FLEET_PARTS; p++) {
		int within = p == RCS_FLEET_ALL	      ? RCS_FLEET_MODELS
			     : p == RCS_FLEET_KERNELS ? RCS_FLEET_RELEASES
						      : p;
		uint32_t context = group[within];

		place->machine[p] = number_in(&n->machine[p], context, machine->name);
		if (group[p] == RCS_NAME_NONE || place->machine[p] == RCS_NAME_NONE)
			return -1;
	}
	return 0;
}

static int number_cells(struct rcs_fleet_making *m, struct numbering *n)
{
	struct rcs_fleet_seen *seen = m->seen;

	for (size_t r = 0; r < m->report->runs; r++) {
		const struct rcs_record_run *run = m->report->run[r];

		for (size_t c = 0; c < run->cells; c++, seen++) {
			const struct rcs_record_cell *cell = &run->cell[c];

			*seen = (struct rcs_fleet_seen){.cell = cell, .run = run};
			seen->place = (uint32_t)r;
			seen->barrier = rcs_name_number(&n->barrier, 0, cell->barrier);
			seen->test = number_in(&n->test, seen->barrier, cell->test);
			if (seen->test == RCS_NAME_NONE)
				return -1;
			m->barrier[seen->barrier] = cell->barrier;
		}
	}
	return 0;
}

static int number_all(struct rcs_fleet_making *m, struct numbering *n)
{
	const struct rcs_names *groups[RCS_FLEET_PARTS] = {
		NULL, &n->model, &n->microcode, &n->kernel, &n->release, &n->equals};

	for (size_t r = 0; r < m->report->runs; r++)
		m->cells += m->report->run[r]->cells;
	if (m->cells >= RCS_NAME_NONE || m->report->runs >= RCS_NAME_NONE)
		return -1;
	m->place = calloc(m->report->runs + 1, sizeof(*m->place));
	m->seen = calloc(m->cells + 1, sizeof(*m->seen));
	m->barrier = calloc(m->cells + 1, sizeof(*m->barrier));
	if (m->place == NULL || m->seen == NULL || m->barrier == NULL)
		return -1;
	for (size_t r = 0; r < m->report->runs; r++) {
		if (number_run(n, m->report->run[r]->machine, &m->place[r]) != 0)
			return -1;
	}
	if (number_cells(m, n) != 0)
		return -1;
	m->barriers = n->barrier.count;
	m->tests = n->test.count;
	m->fleet->barriers = m->barriers;
	for (int p = 0; p < RCS_FLEET_PARTS; p++) {
		m->machines[p] = n->machine[p].count;
		m->fleet->groups[p] =
			groups[p] != NULL ? groups[p]->count : m->report->runs > 0;
	}
	return 0;
}

const struct rcs_fleet *rcs_fleet_of(const struct rcs_report *report,
				     struct rcs_fleet_inventory *inventory)
{
	struct rcs_fleet_making m = {.report = report};
	struct numbering n = {0};
	bool failed;

	m.fleet = rcs_pool_get(report->pool, sizeof(*m.fleet));
	failed = m.fleet == NULL || number_all(&m, &n) != 0 ||
		 rcs_fleet_count(&m) != 0 || rcs_fleet_find(&m) != 0 ||
		 rcs_fleet_compare(&m) != 0 ||
		 (inventory != NULL && rcs_fleet_take_stock(report, inventory) != 0);
	if (!failed)
		m.fleet->inventory = inventory;
	free_numbering(&n);
	free(m.place);
	free(m.seen);
	free(m.barrier);
	return failed ? NULL : m.fleet;
}
