/* SPDX-License-Identifier: BSD-2-Clause */
/* Kinds of machines, found and put in order: see matrix_kinds.h. */
#include "report/matrix_kinds.h"

#include <stdlib.h>
#include <string.h>

#include "report/matrix_names.h"

const char *rcs_matrix_emulator(const struct rcs_machine *m)
{
	if (!m->emulated)
		return "";
	return m->emulator[0] != '\0' ? m->emulator : "an emulator";
}

int rcs_matrix_kind_compare(const struct rcs_machine *a, const struct rcs_machine *b)
{
	int order = rcs_name_compare(a->arch, b->arch);

	if (order == 0)
		order = rcs_name_compare(a->cpu, b->cpu);
	if (order == 0)
		order = rcs_name_compare(a->kernel, b->kernel);
	if (order == 0)
		order = rcs_name_compare(rcs_matrix_emulator(a),
					 rcs_matrix_emulator(b));
	return order;
}

/* Tables of the four parts of a kind, and of nodes by their kind. */
struct finder {
	struct rcs_names arch, emulator, cpu, kernel, node;
};

/* The number of a machine's kind, in the order of first appearance. */
static uint32_t number_of(struct finder *f, const struct rcs_machine *m)
{
	uint32_t n = rcs_name_number(&f->arch, 0, m->arch);

	if (n != RCS_NAME_NONE)
		n = rcs_name_number(&f->emulator, n, rcs_matrix_emulator(m));
	if (n != RCS_NAME_NONE)
		n = rcs_name_number(&f->cpu, n, m->cpu);
	if (n != RCS_NAME_NONE)
		n = rcs_name_number(&f->kernel, n, m->kernel);
	return n;
}

static int count_run(struct finder *f, struct rcs_matrix_kind *kind, uint32_t number,
		     const struct rcs_machine *m)
{
	uint32_t nodes = f->node.count;

	if (rcs_name_number(&f->node, number, m->name) == RCS_NAME_NONE)
		return -1;
	kind->machine = m;
	kind->machines += f->node.count - nodes;
	kind->runs++;
	return 0;
}

/* Kinds in the order of first appearance; as many as there are runs at most. */
static int find(const struct rcs_report *report, struct finder *f,
		struct rcs_matrix_kind *kinds, uint32_t *of_run)
{
	for (size_t r = 0; r < report->runs; r++) {
		const struct rcs_machine *m = report->run[r]->machine;

		of_run[r] = number_of(f, m);
		if (of_run[r] == RCS_NAME_NONE ||
		    count_run(f, &kinds[of_run[r]], of_run[r], m) != 0)
			return -1;
	}
	return 0;
}

/* A kind, and its number before kinds were put in order. */
struct numbered {
	struct rcs_matrix_kind kind;
	uint32_t number;
};

static int compare_numbered(const void *a, const void *b)
{
	const struct numbered *kind_a = a, *kind_b = b;

	return rcs_matrix_kind_compare(kind_a->kind.machine, kind_b->kind.machine);
}

/* Moves them to the pool, in order, and renumbers those of the runs. */
static int put_in_order(const struct rcs_report *report,
			const struct rcs_matrix_kind *kinds, size_t count,
			struct rcs_matrix *matrix, uint32_t *of_run)
{
	struct rcs_matrix_kind *ordered =
		rcs_pool_get(report->pool, count * sizeof(*ordered) + 1);
	struct numbered *sorted = malloc(count * sizeof(*sorted) + 1);
	uint32_t *place = malloc(count * sizeof(*place) + 1);
	int failed = ordered == NULL || sorted == NULL || place == NULL;

	if (!failed) {
		for (size_t k = 0; k < count; k++)
			sorted[k] = (struct numbered){kinds[k], (uint32_t)k};
		qsort(sorted, count, sizeof(*sorted), compare_numbered);
		for (size_t k = 0; k < count; k++) {
			ordered[k] = sorted[k].kind;
			place[sorted[k].number] = (uint32_t)k;
		}
		for (size_t r = 0; r < report->runs; r++)
			of_run[r] = place[of_run[r]];
		matrix->kinds = count;
		matrix->kind = ordered;
	}
	free(sorted);
	free(place);
	return failed ? -1 : 0;
}

int rcs_matrix_kinds_of(const struct rcs_report *report, struct rcs_matrix *matrix,
			uint32_t *of_run)
{
	struct rcs_matrix_kind *kinds = calloc(report->runs + 1, sizeof(*kinds));
	struct finder f = {0};
	int failed = kinds == NULL || find(report, &f, kinds, of_run) != 0 ||
		     put_in_order(report, kinds, f.kernel.count, matrix, of_run) != 0;

	free(kinds);
	rcs_names_free(&f.arch);
	rcs_names_free(&f.emulator);
	rcs_names_free(&f.cpu);
	rcs_names_free(&f.kernel);
	rcs_names_free(&f.node);
	return failed ? -1 : 0;
}

/* Whether what came out on one can be compared with what came out on the other. */
static bool comparable(const struct rcs_machine *a, const struct rcs_machine *b)
{
	return strcmp(rcs_matrix_emulator(a), rcs_matrix_emulator(b)) == 0;
}

/* The first before a place, or from it on, that has the same architecture, and CPU. */
static const struct rcs_matrix_kind *look(const struct rcs_matrix *among, size_t place,
					  bool before, const struct rcs_machine *to,
					  bool same_cpu)
{
	while (before ? place > 0 : place < among->kinds) {
		const struct rcs_matrix_kind *k =
			&among->kind[before ? --place : place++];

		if (strcmp(k->machine->arch, to->arch) != 0 ||
		    (same_cpu && strcmp(k->machine->cpu, to->cpu) != 0))
			return NULL;
		if (comparable(k->machine, to))
			return k;
	}
	return NULL;
}

const struct rcs_matrix_kind *rcs_matrix_kind_nearest(const struct rcs_matrix *among,
						      const struct rcs_machine *to)
{
	size_t from = 0, end = among->kinds;
	const struct rcs_matrix_kind *k;

	/* Its place in the order: those before it come before. */
	while (from < end) {
		size_t middle = from + (end - from) / 2;

		if (rcs_matrix_kind_compare(among->kind[middle].machine, to) < 0)
			from = middle + 1;
		else
			end = middle;
	}
	if (from < among->kinds &&
	    rcs_matrix_kind_compare(among->kind[from].machine, to) == 0)
		return &among->kind[from];
	k = look(among, from, true, to, true);
	if (k == NULL)
		k = look(among, from, false, to, true);
	if (k == NULL)
		k = look(among, from, true, to, false);
	return k != NULL ? k : look(among, from, false, to, false);
}
