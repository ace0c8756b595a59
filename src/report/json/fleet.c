/* SPDX-License-Identifier: BSD-2-Clause */
/* A fleet's report in JSON: see fleet.h. */
#include "report/json/fleet.h"

#include <math.h>

#include "report/fleet_words.h"
#include "report/json/field.h"
#include "report/matrix_kinds.h"

/* Adds a member, which may be NULL for want of memory. */
static int set(json_t *object, const char *name, json_t *value)
{
	return json_object_set_new(object, name, value);
}

static int set_text(json_t *object, const char *name, const char *text)
{
	return set(object, name, rcs_json_text(text));
}

static int set_count(json_t *object, const char *name, size_t count)
{
	return set(object, name, json_integer((json_int_t)count));
}

static int set_real(json_t *object, const char *name, double value)
{
	return set(object, name, isfinite(value) ? json_real(value) : json_null());
}

static int set_bool(json_t *object, const char *name, bool value)
{
	return set(object, name, json_boolean(value));
}

/* The object, or NULL if something failed on the way. */
static json_t *whole(json_t *object, int failed)
{
	if (failed == 0)
		return object;
	json_decref(object);
	return NULL;
}

/* All of them, each made by one call. */
static json_t *array_of(size_t count, const void *all, size_t size,
			json_t *(*make)(const void *one))
{
	json_t *array = json_array();
	int failed = array == NULL;

	for (size_t i = 0; i < count && failed == 0; i++)
		failed = json_array_append_new(array,
					       make((const char *)all + i * size));
	return whole(array, failed);
}

/* What of a machine a part goes by; the rest is null. */
static int set_machine(json_t *object, enum rcs_fleet_part part,
		       const struct rcs_machine *m)
{
	bool model = part != RCS_FLEET_ALL && part != RCS_FLEET_KERNELS;
	bool microcode = part == RCS_FLEET_MICROCODES || part == RCS_FLEET_EQUALS;
	bool kernel = part == RCS_FLEET_KERNELS || part == RCS_FLEET_RELEASES ||
		      part == RCS_FLEET_EQUALS;
	const struct {
		const char *name, *text;
		bool is;
	} parts[] = {
		{"arch", m->arch, part != RCS_FLEET_ALL},
		{"cpu", m->cpu, model},
		{"microcode", m->microcode, microcode},
		{"kernel", m->kernel, kernel},
		{"emulator", rcs_matrix_emulator(m), part != RCS_FLEET_ALL},
	};
	int failed = 0;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		failed |= parts[i].is ? set_text(object, parts[i].name, parts[i].text)
				      : set(object, parts[i].name, json_null());
	return failed;
}

/* The cell that stands for something, and where it was run. */
static int set_cell(json_t *object, const struct rcs_record_cell *cell,
		    const struct rcs_record_run *run)
{
	return set_text(object, "barrier", cell->barrier) |
	       set_text(object, "test", cell->test) |
	       set_text(object, "verdict", rcs_verdict_name(cell->verdict)) |
	       set_text(object, "node", run->machine->name) |
	       set_text(object, "file", run->file);
}

static json_t *names_of(const struct rcs_fleet_finding *f)
{
	json_t *array = json_array();
	int failed = array == NULL;

	for (size_t i = 0; i < f->names && failed == 0; i++)
		failed = json_array_append_new(array, rcs_json_text(f->name[i]));
	return whole(array, failed);
}

static const char *const scopes[RCS_FLEET_PARTS] = {
	[RCS_FLEET_ALL] = "all",
	[RCS_FLEET_MODELS] = "model",
	[RCS_FLEET_MICROCODES] = "microcode",
	[RCS_FLEET_KERNELS] = "kernel",
	[RCS_FLEET_RELEASES] = "model-kernel",
	[RCS_FLEET_EQUALS] = "equals",
};

static json_t *finding_of(const void *one)
{
	const struct rcs_fleet_finding *f = one;
	json_t *object = json_object();

	return whole(object, set_text(object, "end", rcs_run_end_name(f->weight)) |
				     set_text(object, "scope",
					      f->alone ? "node" : scopes[f->scope]) |
				     set_bool(object, "outlier", f->outlier) |
				     set_count(object, "machines", f->machines) |
				     set_count(object, "of", f->of) |
				     set_count(object, "tests", f->tests) |
				     set(object, "nodes", names_of(f)) |
				     set_cell(object, f->cell, f->run) |
				     set_machine(object, f->scope, f->run->machine) |
				     set_text(object, "reason", f->cell->reason) |
				     set_text(object, "witness", f->cell->witness));
}

static json_t *outlier_of(const void *one)
{
	const struct rcs_fleet_outlier *o = one;
	bool quantity = o->oddity >= RCS_FLEET_FIRST_QUANTITY;
	json_t *object = json_object();

	return whole(
		object,
		set_text(object, "oddity", rcs_fleet_oddity_names[o->oddity]) |
			set_count(object, "equals", o->equals) |
			set_count(object, "more", o->more) |
			set(object, "usual",
			    quantity ? json_null()
				     : rcs_json_text(rcs_verdict_name(o->usual))) |
			set_real(object, "value", quantity ? o->value : HUGE_VAL) |
			set_real(object, "median", quantity ? o->median : HUGE_VAL) |
			set_real(object, "distance", o->distance) |
			set_cell(object, o->cell, o->run) |
			set_machine(object, RCS_FLEET_EQUALS, o->run->machine));
}

static json_t *counts_of(const uint32_t *count)
{
	json_t *object = json_object();
	int failed = object == NULL;

	for (int v = 0; v < RCS_VERDICTS; v++)
		failed |= set_count(object, rcs_verdict_name((enum rcs_verdict)v),
				    count[v]);
	return whole(object, failed);
}

static json_t *entry_of(const void *one)
{
	const struct rcs_fleet_entry *e = one;
	json_t *object = json_object();

	return whole(object,
		     set_text(object, "barrier", e->barrier) |
			     set_count(object, "cells", e->cells) |
			     set(object, "verdicts", counts_of(e->count)) |
			     set_count(object, "known", e->known) |
			     set_count(object, "against", e->against) |
			     set_count(object, "machines", e->machines) |
			     set_count(object, "bad", e->bad) |
			     set_count(object, "holding", e->holding_machines) |
			     set_real(object, "p_any_missed", e->holding.p_any_missed) |
			     set_real(object, "p_weakest",
				      e->holding.count > 0 ? e->p_weakest : 1.0) |
			     set_real(object, "log2_p_joint",
				      e->hit ? 0.0 : e->log2_p_joint) |
			     set_real(object, "hits", e->hits) |
			     set_real(object, "sensitivity", e->sensitivity) |
			     set_real(object, "bad_share", e->bad_share));
}

/* Members of their own for entries, since their number is not the group's. */
static json_t *groups_of(const struct rcs_fleet *fleet, enum rcs_fleet_part part)
{
	json_t *array = json_array();
	int failed = array == NULL;

	for (size_t g = 0; g < fleet->groups[part] && failed == 0; g++) {
		const struct rcs_fleet_group *group = &fleet->group[part][g];
		json_t *object = json_object();

		failed = set_machine(object, part, group->machine) |
			 set_count(object, "machines", group->machines) |
			 set_count(object, "runs", group->runs) |
			 set_count(object, "undecided", group->undecided) |
			 set(object, "barriers",
			     array_of(fleet->barriers, group->entry,
				      sizeof(*group->entry), entry_of));
		failed |= json_array_append_new(array, object);
	}
	return whole(array, failed);
}

static json_t *item_of(const void *one)
{
	const struct rcs_fleet_item *item = one;
	json_t *object = json_object();

	return whole(object,
		     set_text(object, "kind", rcs_fleet_item_names[item->kind]) |
			     set_text(object, "name", item->name) |
			     set_bool(object, "seen", item->seen) |
			     set_bool(object, "decided", item->decided));
}

json_t *rcs_json_fleet(const struct rcs_fleet *fleet)
{
	const struct rcs_fleet_inventory *in = fleet->inventory;
	json_t *object = json_object();

	return whole(
		object,
		set(object, "findings",
		    array_of(fleet->findings, fleet->finding, sizeof(*fleet->finding),
			     finding_of)) |
			set(object, "outliers",
			    array_of(fleet->outliers, fleet->outlier,
				     sizeof(*fleet->outlier), outlier_of)) |
			set_count(object, "compared", fleet->compared) |
			set(object, "inventory",
			    in == NULL ? json_null()
				       : array_of(in->items, in->item,
						  sizeof(*in->item), item_of)) |
			set(object, "all", groups_of(fleet, RCS_FLEET_ALL)) |
			set(object, "models", groups_of(fleet, RCS_FLEET_MODELS)) |
			set(object, "microcodes",
			    groups_of(fleet, RCS_FLEET_MICROCODES)) |
			set(object, "kernels", groups_of(fleet, RCS_FLEET_KERNELS)) |
			set(object, "equals", groups_of(fleet, RCS_FLEET_EQUALS)));
}
