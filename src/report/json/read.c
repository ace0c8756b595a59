/* SPDX-License-Identifier: BSD-2-Clause */
/* Documents of rcustress read back: see report/json.h. */
#include "report/json.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/json/brief.h"
#include "report/json/rounds.h"
#include "report/json/tables.h"

/* No run is so large; what is would not be read in time or memory. */
#define SIZE_MAX_READ ((size_t)1 << 30)
#define CELLS_MAX     1000000

/* What is being read, and into what. */
struct reading {
	struct rcs_report *report; /* of this file alone */
	const char *file;	   /* in the pool */
	struct rcs_error *e;
};

static int no_memory(struct rcs_error *e)
{
	return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a report");
}

/* All of a file, with a byte to spare behind it; NULL and *e. */
static char *read_all(const char *path, size_t *size, struct rcs_error *e)
{
	FILE *f = fopen(path, "re");
	size_t room = 1 << 16;
	char *text = malloc(room), *more;

	*size = 0;
	if (f == NULL || text == NULL) {
		(void)rcs_fail(e, f == NULL ? RCS_ERROR_USAGE : RCS_ERROR_RESOURCE,
			       "cannot be read: %s", strerror(errno));
		goto failed;
	}
	for (;;) {
		*size += fread(text + *size, 1, room - *size, f);
		if (*size < room)
			break;
		if (room >= SIZE_MAX_READ) {
			(void)rcs_fail(e, RCS_ERROR_USAGE,
				       "larger than any document of rcustress");
			goto failed;
		}
		room *= 2;
		more = realloc(text, room);
		if (more == NULL) {
			(void)no_memory(e);
			goto failed;
		}
		text = more;
	}
	if (ferror(f)) {
		(void)rcs_fail(e, RCS_ERROR_USAGE, "cannot be read: %s",
			       strerror(errno));
		goto failed;
	}
	(void)fclose(f);
	return text;
failed:
	if (f != NULL)
		(void)fclose(f);
	free(text);
	return NULL;
}

static json_t *parse(char *text, size_t size, bool brief, struct rcs_error *e)
{
	json_error_t where;
	json_t *root;

	if (size == 0) {
		(void)rcs_fail(e, RCS_ERROR_USAGE, "empty");
		return NULL;
	}
	/* What cannot be shortened is damaged: see root_of(). */
	if (brief && !rcs_json_shorten(text, &size)) {
		(void)rcs_fail(e, RCS_ERROR_USAGE, "no JSON, or cut short");
		return NULL;
	}
	root = json_loadb(text, size, 0, &where);
	if (root == NULL)
		(void)rcs_fail(e, RCS_ERROR_USAGE,
			       "no JSON, or cut short: line %d: %.160s", where.line,
			       where.text);
	return root;
}

/*
 * The document in a file; NULL and *e. One that was shortened has fewer lines than the
 * file: where it is damaged, the whole of it says where.
 */
static json_t *root_of(const char *path, bool brief, struct rcs_error *e)
{
	struct rcs_error whole = {0};
	json_t *root = NULL;
	size_t size;
	char *text = read_all(path, &size, e);

	if (text == NULL)
		return NULL;
	root = parse(text, size, brief, e);
	free(text);
	if (root != NULL || !brief || size == 0)
		return root;
	text = read_all(path, &size, &whole);
	if (text == NULL)
		return NULL;
	root = parse(text, size, false, &whole);
	free(text);
	json_decref(root);
	if (root == NULL)
		*e = whole;
	return NULL;
}

static int fill_placements(const json_t *array, struct rcs_record_detail *d,
			   struct reading *in)
{
	size_t count = json_array_size(array);
	enum rcs_pair *pair;

	if (!json_is_array(array) || count > RCS_PLACEMENTS_MAX)
		return rcs_fail(in->e, RCS_ERROR_USAGE,
				"details.placements: want an array, not too long");
	pair = rcs_pool_get(in->report->pool, (count + 1) * sizeof(*pair));
	if (pair == NULL)
		return no_memory(in->e);
	for (size_t i = 0; i < count; i++) {
		const char *name = json_string_value(json_array_get(array, i));
		int p = 0;

		while (p < RCS_PAIRS &&
		       (name == NULL || strcmp(name, rcs_json_pair_names[p]) != 0))
			p++;
		if (p == RCS_PAIRS)
			return rcs_fail(in->e, RCS_ERROR_USAGE,
					"details.placements: no such kind of pair");
		pair[i] = (enum rcs_pair)p;
	}
	d->placements = (int)count;
	d->pair = pair;
	return 0;
}

/* What reports take from the result though it stands in the cell. */
static void take_over(const struct rcs_record_cell *cell, struct rcs_result *r)
{
	r->filled = true;
	r->verdict = cell->verdict;
	r->interrupted = cell->interrupted;
	r->subject = cell->subject;
	r->reference = cell->reference;
	r->twin = cell->twin;
	r->evidence = cell->evidence;
	r->needed = cell->needed;
	r->blocks = cell->blocks;
	r->p_missed = cell->p_missed;
	r->sensitivity = cell->sensitivity;
	r->depth = cell->depth;
	r->elapsed_ns = cell->elapsed_ns;
	(void)snprintf(r->reason, sizeof(r->reason), "%s", cell->reason);
	(void)snprintf(r->proviso, sizeof(r->proviso), "%s", cell->proviso);
	(void)snprintf(r->amplifier, sizeof(r->amplifier), "%s", cell->amplifier);
}

/*
 * A HOLDS must follow from its rounds, by the rules of this program: a document whose
 * verdict does not has been tampered with, or damaged.
 */
static int check_verdict(const struct rcs_record_cell *cell,
			 const struct rcs_record_detail *d, struct rcs_error *e)
{
	struct rcs_round_question question = {.p_target = d->p_target};
	struct rcs_decision decision;
	double sensitivity;

	if (cell->verdict != RCS_HOLDS || d->rounds_left_out > 0)
		return 0;
	decision = rcs_round_log_decide(d->round, d->rounds, &question, &sensitivity);
	if (decision.verdict == RCS_HOLDS)
		return 0;
	return rcs_fail(e, RCS_ERROR_USAGE,
			"cell %.40s %.60s: HOLDS, which its rounds do not come to",
			cell->barrier, cell->test);
}

static int fill_details(const json_t *object, struct rcs_record_cell *cell,
			struct reading *in)
{
	struct rcs_pool *pool = in->report->pool;
	struct rcs_record_detail *d = rcs_pool_get(pool, sizeof(*d));
	struct rcs_result *r = rcs_pool_get(pool, sizeof(*r));
	const json_t *torture = json_object_get(object, "torture");

	if (d == NULL || r == NULL)
		return no_memory(in->e);
	take_over(cell, r);
	if (rcs_json_fill(rcs_json_detail, object, d, pool, "details", in->e) != 0 ||
	    rcs_json_fill(rcs_json_result, object, r, pool, "details", in->e) != 0 ||
	    fill_placements(json_object_get(object, "placements"), d, in) != 0 ||
	    rcs_json_rounds_fill(json_object_get(object, "rounds"), d, pool, in->e) !=
		    0 ||
	    (json_is_object(torture) &&
	     rcs_json_fill(rcs_json_torture, torture, &r->torture, pool,
			   "details.torture", in->e) != 0))
		return -1;
	d->result = r;
	cell->detail = d;
	return check_verdict(cell, d, in->e);
}

static int fill_cells(const json_t *array, struct rcs_record_run *run,
		      struct reading *in)
{
	size_t count = json_array_size(array);
	struct rcs_record_cell *cell;

	if (!json_is_array(array) || count > CELLS_MAX)
		return rcs_fail(in->e, RCS_ERROR_USAGE, "cells: want an array");
	cell = rcs_pool_get(in->report->pool, (count + 1) * sizeof(*cell));
	if (cell == NULL)
		return no_memory(in->e);
	for (size_t i = 0; i < count; i++) {
		const json_t *object = json_array_get(array, i);
		const json_t *details = json_object_get(object, "details");
		char path[40];

		(void)snprintf(path, sizeof(path), "cells[%zu]", i);
		if (rcs_json_fill(rcs_json_cell, object, &cell[i], in->report->pool,
				  path, in->e) != 0 ||
		    (json_is_object(details) &&
		     fill_details(details, &cell[i], in) != 0))
			return -1;
		/* Not written, since it follows. */
		if (cell[i].verdict == RCS_HOLDS && !cell[i].standing.self_test &&
		    !rcs_unexpected(RCS_HOLDS, cell[i].standing.expected))
			run->holding.count++;
	}
	run->cells = count;
	run->cell = cell;
	return 0;
}

static int fill_options(const json_t *object, struct rcs_record_run *run,
			struct reading *in)
{
	struct rcs_pool *pool = in->report->pool;
	struct rcs_record_option *option;
	const char *name;
	json_t *value;
	size_t i = 0;

	if (!json_is_object(object))
		return rcs_fail(in->e, RCS_ERROR_USAGE, "options: want an object");
	option = rcs_pool_get(pool, (json_object_size(object) + 1) * sizeof(*option));
	if (option == NULL)
		return no_memory(in->e);
	json_object_foreach((json_t *)object, name, value)
	{
		const char *text = json_string_value(value);

		option[i].name = rcs_pool_string(pool, name);
		option[i].value = rcs_pool_string(pool, text != NULL ? text : "");
		if (option[i].name == NULL || option[i].value == NULL)
			return no_memory(in->e);
		i++;
	}
	run->options = i;
	run->option = option;
	return 0;
}

/* Equal machines are kept once. */
static int fill_machine(const json_t *object, const struct rcs_machine **to,
			struct reading *in)
{
	struct rcs_machine machine;

	memset(&machine, 0, sizeof(machine)); /* what lies between members as well */
	if (rcs_json_fill(rcs_json_machine, object, &machine, in->report->pool,
			  "machine", in->e) != 0)
		return -1;
	*to = rcs_pool_bytes(in->report->pool, &machine, sizeof(machine));
	return *to != NULL ? 0 : no_memory(in->e);
}

static int take_run(const json_t *object, struct reading *in)
{
	struct rcs_pool *pool = in->report->pool;
	struct rcs_record_run *run = rcs_pool_get(pool, sizeof(*run));

	if (run == NULL)
		return no_memory(in->e);
	run->file = in->file;
	if (rcs_json_fill(rcs_json_run, object, run, pool, "run", in->e) != 0 ||
	    fill_machine(json_object_get(object, "machine"), &run->machine, in) != 0 ||
	    fill_options(json_object_get(object, "options"), run, in) != 0 ||
	    fill_cells(json_object_get(object, "cells"), run, in) != 0)
		return -1;
	return rcs_report_add_run(in->report, run) == 0 ? 0 : no_memory(in->e);
}

static int take_curve(const json_t *points, struct rcs_horizon *curve,
		      struct reading *in)
{
	size_t count = json_array_size(points);

	if (!json_is_array(points) || count > RCS_HORIZON_POINTS_MAX)
		return rcs_fail(in->e, RCS_ERROR_USAGE,
				"points: want an array, not too long");
	for (size_t i = 0; i < count; i++) {
		if (rcs_json_fill(rcs_json_horizon_point, json_array_get(points, i),
				  &curve->point[i], in->report->pool, "points",
				  in->e) != 0)
			return -1;
	}
	curve->count = count;
	return 0;
}

static int take_costs(const json_t *costs, struct rcs_record_horizon *h,
		      struct reading *in)
{
	size_t count = json_array_size(costs);
	struct rcs_record_cost *cost;

	if (!json_is_array(costs) || count > CELLS_MAX)
		return rcs_fail(in->e, RCS_ERROR_USAGE, "costs: want an array");
	cost = rcs_pool_get(in->report->pool, (count + 1) * sizeof(*cost));
	if (cost == NULL)
		return no_memory(in->e);
	for (size_t i = 0; i < count; i++) {
		if (rcs_json_fill(rcs_json_cost, json_array_get(costs, i), &cost[i],
				  in->report->pool, "costs", in->e) != 0)
			return -1;
	}
	h->costs = count;
	h->cost = cost;
	return 0;
}

static int take_horizon(const json_t *object, struct reading *in)
{
	struct rcs_pool *pool = in->report->pool;
	struct rcs_record_horizon *h = rcs_pool_get(pool, sizeof(*h));

	if (h == NULL)
		return no_memory(in->e);
	h->file = in->file;
	if (rcs_json_fill(rcs_json_horizon, object, h, pool, "horizon", in->e) != 0 ||
	    fill_machine(json_object_get(object, "machine"), &h->machine, in) != 0 ||
	    take_curve(json_object_get(object, "points"), &h->curve, in) != 0 ||
	    take_costs(json_object_get(object, "costs"), h, in) != 0)
		return -1;
	return rcs_report_add_horizon(in->report, h) == 0 ? 0 : no_memory(in->e);
}

static int take_all(const json_t *array, int (*take)(const json_t *, struct reading *),
		    struct reading *in)
{
	if (!json_is_array(array))
		return rcs_fail(in->e, RCS_ERROR_USAGE,
				"runs and horizons: want arrays");
	for (size_t i = 0; i < json_array_size(array); i++) {
		if (take(json_array_get(array, i), in) != 0)
			return -1;
	}
	return 0;
}

static int take_document(const json_t *root, struct reading *in)
{
	const json_t *schema = json_object_get(root, "schema");
	const char *kind = json_string_value(json_object_get(root, "kind"));

	if (!json_is_integer(schema) || kind == NULL)
		return rcs_fail(in->e, RCS_ERROR_USAGE, "no document of rcustress");
	if (json_integer_value(schema) > RCS_SCHEMA_VERSION)
		return rcs_fail(in->e, RCS_ERROR_USAGE,
				"of schema %" JSON_INTEGER_FORMAT
				", and this rcustress knows them up to %d",
				json_integer_value(schema), RCS_SCHEMA_VERSION);
	if (json_integer_value(schema) < 1)
		return rcs_fail(in->e, RCS_ERROR_USAGE, "no document of rcustress");
	if (strcmp(kind, "run") == 0)
		return take_run(root, in);
	if (strcmp(kind, "horizon") == 0)
		return take_horizon(root, in);
	if (strcmp(kind, "report") != 0)
		return rcs_fail(in->e, RCS_ERROR_USAGE, "no document of rcustress");
	return take_all(json_object_get(root, "runs"), take_run, in) == 0 &&
			       take_all(json_object_get(root, "horizons"), take_horizon,
					in) == 0
		       ? 0
		       : -1;
}

/* All of one report into another of the same pool. */
static int move_all(struct rcs_report *to, const struct rcs_report *from)
{
	for (size_t i = 0; i < from->runs; i++) {
		if (rcs_report_add_run(to, from->run[i]) != 0)
			return -1;
	}
	for (size_t i = 0; i < from->horizons; i++) {
		if (rcs_report_add_horizon(to, from->horizon[i]) != 0)
			return -1;
	}
	return 0;
}

int rcs_json_read(const char *path, bool brief, struct rcs_report *report,
		  struct rcs_error *e)
{
	struct rcs_report own = {.pool = report->pool};
	struct reading in = {&own, rcs_pool_string(report->pool, path), e};
	json_t *root;
	int failed = -1;

	if (in.file == NULL)
		return no_memory(e);
	root = root_of(path, brief, e);
	if (root != NULL)
		failed = take_document(root, &in);
	json_decref(root);
	if (failed == 0 && move_all(report, &own) != 0)
		failed = no_memory(e);
	rcs_report_release(&own);
	return failed;
}
