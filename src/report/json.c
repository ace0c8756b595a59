/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The format json: a run, or a report of several, as man/rcustress.schema.json has it.
 * A line for each cell. Written piece by piece, so that a report of thousands of runs
 * is never in memory a second time.
 */
#include "report/json.h"

#include <jansson.h>
#include <stdio.h>

#include "report/formats.h"
#include "report/json/fleet.h"
#include "report/json/rounds.h"
#include "report/json/tables.h"

#define FLAGS JSON_COMPACT

/* Adds to an object what a table says of a struct. */
static int add(json_t *object, const struct rcs_json_field *fields, const void *from)
{
	json_t *more = rcs_json_object(fields, from);
	int failed = more == NULL || json_object_update(object, more) != 0;

	json_decref(more);
	return failed ? -1 : 0;
}

static json_t *placements_of(const struct rcs_record_detail *d)
{
	json_t *array = json_array();

	for (int p = 0; p < d->placements; p++)
		(void)json_array_append_new(
			array, json_string(rcs_json_pair_names[d->pair[p]]));
	return array;
}

static json_t *details_of(const struct rcs_record_detail *d)
{
	json_t *object;

	if (d == NULL)
		return json_null();
	object = rcs_json_object(rcs_json_detail, d);
	if (object == NULL || add(object, rcs_json_result, d->result) != 0 ||
	    json_object_set_new(object, "placements", placements_of(d)) != 0 ||
	    json_object_set_new(object, "torture",
				d->result->torture.flavour[0] == '\0'
					? json_null()
					: rcs_json_object(rcs_json_torture,
							  &d->result->torture)) != 0 ||
	    json_object_set_new(object, "rounds", rcs_json_rounds(d)) != 0) {
		json_decref(object);
		return NULL;
	}
	return object;
}

static json_t *options_of(const struct rcs_record_run *run)
{
	json_t *object = json_object();

	for (size_t i = 0; i < run->options; i++)
		(void)json_object_set_new(object, run->option[i].name,
					  rcs_json_text(run->option[i].value));
	return object;
}

/* Ends with its own reference to the object gone. */
static int dump(json_t *object, size_t flags, FILE *out, struct rcs_error *e)
{
	int failed = object == NULL;

	if (!failed && json_dumpf(object, out, FLAGS | flags) != 0 && !ferror(out))
		failed = 1;
	json_decref(object);
	return failed ? rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a report") : 0;
}

static int write_head(const char *kind, const struct rcs_machine *machine,
		      const struct rcs_json_field *fields, const void *from,
		      json_t *options, FILE *out, struct rcs_error *e)
{
	json_t *object = json_object();

	if (json_object_set_new(object, "schema", json_integer(RCS_SCHEMA_VERSION)) !=
		    0 ||
	    json_object_set_new(object, "kind", json_string(kind)) != 0 ||
	    add(object, fields, from) != 0 ||
	    json_object_set_new(object, "machine",
				rcs_json_object(rcs_json_machine, machine)) != 0 ||
	    (options != NULL && json_object_set_new(object, "options", options) != 0)) {
		json_decref(object);
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a report");
	}
	(void)fputc('{', out);
	return dump(object, JSON_EMBED, out, e);
}

static int write_cell(const struct rcs_record_cell *cell, FILE *out,
		      struct rcs_error *e)
{
	json_t *object = rcs_json_object(rcs_json_cell, cell);

	if (object == NULL ||
	    json_object_set_new(object, "details", details_of(cell->detail)) != 0) {
		json_decref(object);
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a report");
	}
	return dump(object, 0, out, e);
}

static int write_run(const struct rcs_record_run *run, FILE *out, struct rcs_error *e)
{
	if (write_head("run", run->machine, rcs_json_run, run, options_of(run), out,
		       e) != 0)
		return -1;
	(void)fputs(",\n\"cells\":[", out);
	for (size_t i = 0; i < run->cells; i++) {
		(void)fputs(i == 0 ? "\n" : ",\n", out);
		if (write_cell(&run->cell[i], out, e) != 0)
			return -1;
	}
	(void)fputs("\n]}", out);
	return 0;
}

static json_t *points_of(const struct rcs_horizon *curve)
{
	json_t *array = json_array();

	for (size_t i = 0; i < curve->count; i++)
		(void)json_array_append_new(
			array,
			rcs_json_object(rcs_json_horizon_point, &curve->point[i]));
	return array;
}

static json_t *costs_of(const struct rcs_record_horizon *h)
{
	json_t *array = json_array();

	for (size_t i = 0; i < h->costs; i++)
		(void)json_array_append_new(
			array, rcs_json_object(rcs_json_cost, &h->cost[i]));
	return array;
}

static int write_horizon(const struct rcs_record_horizon *h, FILE *out,
			 struct rcs_error *e)
{
	if (write_head("horizon", h->machine, rcs_json_horizon, h, NULL, out, e) != 0)
		return -1;
	(void)fputs(",\n\"points\":", out);
	if (dump(points_of(&h->curve), 0, out, e) != 0)
		return -1;
	(void)fputs(",\n\"costs\":", out);
	if (dump(costs_of(h), 0, out, e) != 0)
		return -1;
	(void)fputc('}', out);
	return 0;
}

static json_t *refused_of(const struct rcs_report *r)
{
	json_t *array = json_array();

	for (size_t i = 0; i < r->refused; i++) {
		json_t *object = json_object();

		(void)json_object_set_new(object, "file",
					  rcs_json_text(r->refuse[i].file));
		(void)json_object_set_new(object, "why",
					  rcs_json_text(r->refuse[i].why));
		(void)json_array_append_new(array, object);
	}
	return array;
}

/* What was made of all runs: nobody reads it back. */
static int write_fleet(const struct rcs_fleet *fleet, FILE *out, struct rcs_error *e)
{
	if (fleet == NULL)
		return 0;
	(void)fputs(",\n\"fleet\":", out);
	return dump(rcs_json_fleet(fleet), 0, out, e);
}

static int write_report(const struct rcs_document *document, FILE *out,
			struct rcs_error *e)
{
	const struct rcs_report *r = document->report;

	(void)fprintf(out,
		      "{\"schema\":%d,\"kind\":\"report\",\"version\":\"%s\",\n"
		      "\"refused\":",
		      RCS_SCHEMA_VERSION, RCS_VERSION);
	if (dump(refused_of(r), 0, out, e) != 0 ||
	    write_fleet(document->fleet, out, e) != 0)
		return -1;
	(void)fputs(",\n\"runs\":[", out);
	for (size_t i = 0; i < r->runs; i++) {
		(void)fputs(i == 0 ? "\n" : ",\n", out);
		if (write_run(r->run[i], out, e) != 0)
			return -1;
	}
	(void)fputs("\n],\n\"horizons\":[", out);
	for (size_t i = 0; i < r->horizons; i++) {
		(void)fputs(i == 0 ? "\n" : ",\n", out);
		if (write_horizon(r->horizon[i], out, e) != 0)
			return -1;
	}
	(void)fputs("\n]}", out);
	return 0;
}

static int write_document(const struct rcs_document *document, FILE *out,
			  struct rcs_error *e)
{
	const struct rcs_report *r = document->report;
	bool alone = r->runs + r->horizons == 1 && r->refused == 0;
	int failed;

	/* What was just made is a document of its own. */
	if (alone && r->runs == 1 && r->run[0]->file[0] == '\0')
		failed = write_run(r->run[0], out, e);
	else if (alone && r->horizons == 1 && r->horizon[0]->file[0] == '\0')
		failed = write_horizon(r->horizon[0], out, e);
	else
		failed = write_report(document, out, e);
	(void)fputc('\n', out);
	return failed;
}

const struct rcs_format rcs_format_json = {
	"json", "all of it, for programs and for `rcustress report'", write_document};
