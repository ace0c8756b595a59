/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Documents written and read back. Structs are filled by their tables with numbers that
 * are all different, so that no member can be forgotten, or be taken for another.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/formats.h"
#include "report/json.h"
#include "report/json/brief.h"
#include "report/json/tables.h"

static struct rcs_pool *pool;
static char path[] = "/tmp/rcustress-json-XXXXXX";
static unsigned next_number; /* of what is filled */

static int start(void **state)
{
	(void)state;
	(void)snprintf(path, sizeof(path), "/tmp/rcustress-json-XXXXXX");
	(void)close(mkstemp(path));
	pool = rcs_pool_create();
	next_number = 1;
	return pool == NULL ? -1 : 0;
}

static int end(void **state)
{
	(void)state;
	(void)unlink(path);
	rcs_pool_destroy(pool);
	return 0;
}

static void fill_struct(const struct rcs_json_field *fields, void *to);

static void fill_member(const struct rcs_json_field *f, void *to)
{
	void *at = (char *)to + f->offset;
	unsigned n = next_number++;
	char text[40];

	(void)snprintf(text, sizeof(text), "%u \"<&\\\x01\xc3\xa9", n);
	switch (f->kind) {
	case RCS_JSON_BOOL:
		*(bool *)at = n % 2;
		break;
	case RCS_JSON_INT:
		*(int *)at = -(int)n;
		break;
	case RCS_JSON_NAME:
		*(int *)at = (int)(n % (f->count + 1)) - 1;
		break;
	case RCS_JSON_U32:
		*(uint32_t *)at = UINT32_MAX - n;
		break;
	case RCS_JSON_U64:
		*(uint64_t *)at = (uint64_t)INT64_MAX - n;
		break;
	case RCS_JSON_DIGITS:
		*(uint64_t *)at = UINT64_MAX - n;
		break;
	case RCS_JSON_REAL:
	case RCS_JSON_RATE:
		*(double *)at = 1.0 / n;
		break;
	case RCS_JSON_TEXT:
		(void)snprintf(at, f->size, "%s", text);
		break;
	case RCS_JSON_STRING:
		*(const char **)at = rcs_pool_string(pool, text);
		break;
	case RCS_JSON_ENUM:
		*(unsigned *)at = n % (unsigned)f->count;
		break;
	case RCS_JSON_SET:
		*(unsigned *)at = n % (1u << f->count);
		break;
	case RCS_JSON_COUNTS:
	case RCS_JSON_U64S:
		for (size_t i = 0; i < f->count; i++)
			((uint64_t *)at)[i] = next_number++;
		break;
	case RCS_JSON_OBJECT:
		fill_struct(f->fields, at);
		break;
	case RCS_JSON_LIST:
		*(uint32_t *)(void *)((char *)to + f->counter) = 2;
		fill_struct(f->fields, at);
		fill_struct(f->fields, (char *)at + f->size);
		break;
	}
}

static void fill_struct(const struct rcs_json_field *fields, void *to)
{
	for (; fields->name != NULL; fields++)
		fill_member(fields, to);
}

/* All that a table names, written and read, is as it was. */
static void try_table(const struct rcs_json_field *fields, size_t size)
{
	void *from = calloc(1, size), *to = calloc(1, size);
	json_t *object, *again;
	struct rcs_error e;

	fill_struct(fields, from);
	object = rcs_json_object(fields, from);
	assert_non_null(object);
	if (rcs_json_fill(fields, object, to, pool, "it", &e) != 0)
		fail_msg("%s", e.text);
	again = rcs_json_object(fields, to);
	assert_true(json_equal(object, again));
	assert_memory_equal(from, to, size);
	json_decref(object);
	json_decref(again);
	free(from);
	free(to);
}

static void every_member_comes_back(void **state)
{
	(void)state;
	try_table(rcs_json_machine, sizeof(struct rcs_machine));
	try_table(rcs_json_run, sizeof(struct rcs_record_run));
	try_table(rcs_json_cell, sizeof(struct rcs_record_cell));
	try_table(rcs_json_detail, sizeof(struct rcs_record_detail));
	try_table(rcs_json_result, sizeof(struct rcs_result));
	try_table(rcs_json_torture, sizeof(struct rcs_torture_result));
	try_table(rcs_json_horizon_point, sizeof(struct rcs_horizon_point));
	try_table(rcs_json_cost, sizeof(struct rcs_record_cost));
}

static void names_are_those_of_the_program(void **state)
{
	(void)state;
	for (const struct rcs_json_field *f = rcs_json_torture; f->name != NULL; f++) {
		for (size_t i = 0; f->kind == RCS_JSON_COUNTS && i < f->count; i++)
			assert_string_equal(
				f->names[i],
				f->count == RCS_TORTURE_WAYS
					? rcs_torture_way_name((enum rcs_torture_way)i)
					: rcs_torture_check_name(
						  (enum rcs_torture_check)i));
	}
	for (const struct rcs_json_field *f = rcs_json_cell; f->name != NULL; f++) {
		for (size_t i = 0; strcmp(f->name, "verdict") == 0 && i < f->count; i++)
			assert_string_equal(f->names[i],
					    rcs_verdict_name((enum rcs_verdict)i));
	}
	for (const struct rcs_json_field *f = rcs_json_run; f->name != NULL; f++) {
		for (size_t i = 0; strcmp(f->name, "end") == 0 && i < f->count; i++)
			assert_string_equal(f->names[i],
					    rcs_run_end_name((enum rcs_run_end)i));
	}
}

/* A run with one cell of that verdict, and rounds of which so many blocks count. */
static struct rcs_record_run *made_up(enum rcs_verdict verdict, unsigned blocks)
{
	struct rcs_record_run *run = rcs_pool_get(pool, sizeof(*run));
	struct rcs_record_cell *cell = rcs_pool_get(pool, sizeof(*cell));
	struct rcs_record_detail *d = rcs_pool_get(pool, sizeof(*d));
	struct rcs_machine *machine = rcs_pool_get(pool, sizeof(*machine));
	struct rcs_round_entry *round =
		rcs_pool_get(pool, (2 * blocks + 1) * sizeof(*round));
	static const enum rcs_pair pairs[] = {RCS_PAIR_SIBLINGS, RCS_PAIR_CACHE};
	static const struct rcs_record_option option = {"time", "10s"};

	fill_struct(rcs_json_machine, machine);
	fill_struct(rcs_json_run, run);
	fill_struct(rcs_json_cell, cell);
	fill_struct(rcs_json_detail, d);
	d->p_target = 1e-6;
	d->result = rcs_pool_get(pool, sizeof(*d->result));
	fill_struct(rcs_json_result, (void *)d->result);
	fill_struct(rcs_json_torture, (void *)&d->result->torture);
	d->placements = 2;
	d->pair = pairs;
	d->rounds = 2 * blocks + 1;
	d->rounds_left_out = 0;
	for (unsigned i = 0; i < 2 * blocks; i++)
		round[i] = (struct rcs_round_entry){
			.arm = i % 2 ? RCS_ROUND_DELAY : RCS_ROUND_SUBJECT,
			.marks = RCS_ROUND_COMPLETE,
			.placement = (uint16_t)(65535 - i),
			.block = i / 2 + 1,
			.calls = 1000 + i,
			.exposed = 100,
			.hits = i % 2,
			.exposed_calls = 99,
			.hit_calls = i % 2,
			.time_ns = i,
		};
	round[2 * blocks] =
		(struct rcs_round_entry){.arm = RCS_ROUND_REFERENCE, .exposed = 1};
	d->round = round;
	cell->verdict = verdict;
	cell->detail = d;
	run->file = "";
	run->machine = machine;
	run->options = 1;
	run->option = &option;
	run->cells = 1;
	run->cell = cell;
	return run;
}

static char *written(const struct rcs_report *report, size_t *size)
{
	struct rcs_document document = {.report = report};
	struct rcs_error e;
	char *text;
	FILE *f = open_memstream(&text, size);

	assert_int_equal(rcs_format_json.write(&document, f, &e), 0);
	(void)fclose(f);
	return text;
}

static void put(const char *text, size_t size)
{
	FILE *f = fopen(path, "w");

	assert_int_equal(fwrite(text, 1, size, f), size);
	(void)fclose(f);
}

static void put_run(const struct rcs_record_run *run)
{
	struct rcs_report report = {.pool = pool};
	size_t size;
	char *text;

	assert_int_equal(rcs_report_add_run(&report, run), 0);
	text = written(&report, &size);
	put(text, size);
	free(text);
	rcs_report_release(&report);
}

static void a_run_comes_back_whole(void **state)
{
	struct rcs_report first = {.pool = pool}, second = {.pool = pool};
	struct rcs_record_run again;
	struct rcs_error e;
	size_t size, size_again;
	char *text, *text_again;

	(void)state;
	(void)rcs_report_add_run(&first, made_up(RCS_HOLDS, 20));
	text = written(&first, &size);
	put(text, size);
	rcs_report_release(&first);
	if (rcs_json_read(path, false, &first, &e) != 0)
		fail_msg("%s", e.text);
	assert_int_equal(first.runs, 1);
	assert_string_equal(first.run[0]->file, path);
	/* Not a copy of a file, but as if just made. */
	again = *first.run[0];
	again.file = "";
	(void)rcs_report_add_run(&second, &again);
	text_again = written(&second, &size_again);
	assert_string_equal(text, text_again);
	free(text);
	free(text_again);
	rcs_report_release(&first);
	rcs_report_release(&second);
}

static void brief_leaves_details_out_and_nothing_else(void **state)
{
	struct rcs_report whole = {.pool = pool}, brief = {.pool = pool};
	struct rcs_record_cell a, b;
	struct rcs_error e;

	(void)state;
	put_run(made_up(RCS_HOLDS, 20));
	if (rcs_json_read(path, false, &whole, &e) != 0 ||
	    rcs_json_read(path, true, &brief, &e) != 0)
		fail_msg("%s", e.text);
	a = whole.run[0]->cell[0];
	b = brief.run[0]->cell[0];
	assert_non_null(a.detail);
	assert_null(b.detail);
	a.detail = NULL;
	assert_memory_equal(&a, &b, sizeof(a));
	assert_ptr_equal(whole.run[0]->machine, brief.run[0]->machine);
	rcs_report_release(&whole);
	rcs_report_release(&brief);
}

static void a_report_of_reports_is_read_as_its_runs(void **state)
{
	struct rcs_report two = {.pool = pool}, back = {.pool = pool};
	static struct rcs_record_horizon h;
	struct rcs_record_cost cost = {.barrier = "mprotect"};
	struct rcs_error e;
	size_t size;
	char *text;

	(void)state;
	fill_struct(rcs_json_horizon, &h);
	h.file = "";
	h.curve.count = 2;
	fill_struct(rcs_json_horizon_point, &h.curve.point[0]);
	fill_struct(rcs_json_horizon_point, &h.curve.point[1]);
	h.machine = made_up(RCS_HOLDS, 20)->machine;
	h.costs = 1;
	h.cost = &cost;
	(void)rcs_report_add_run(&two, made_up(RCS_HOLDS, 20));
	(void)rcs_report_add_run(&two, made_up(RCS_BROKEN, 0));
	(void)rcs_report_add_horizon(&two, &h);
	(void)rcs_report_refuse(&two, "bad.json", "no \"JSON\"");
	text = written(&two, &size);
	put(text, size);
	free(text);
	if (rcs_json_read(path, false, &back, &e) != 0)
		fail_msg("%s", e.text);
	assert_int_equal(back.runs, 2);
	assert_int_equal(back.run[1]->cell[0].verdict, RCS_BROKEN);
	assert_int_equal(back.horizons, 1);
	assert_int_equal(back.horizon[0]->curve.point[1].delay_ns,
			 h.curve.point[1].delay_ns);
	assert_string_equal(back.horizon[0]->cost[0].barrier, "mprotect");
	rcs_report_release(&two);
	rcs_report_release(&back);
}

/* Refused with that in the message, and nothing added. */
static void refused(const char *why)
{
	for (int brief = 0; brief < 2; brief++) {
		struct rcs_report r = {.pool = pool};
		struct rcs_error e = {0};

		assert_int_equal(rcs_json_read(path, brief, &r, &e), -1);
		assert_int_equal(e.kind, RCS_ERROR_USAGE);
		assert_int_equal(r.runs + r.horizons, 0);
		if (strstr(e.text, why) == NULL)
			fail_msg("'%s' does not say '%s'", e.text, why);
		rcs_report_release(&r);
	}
}

static void refused_text(const char *text, const char *why)
{
	put(text, strlen(text));
	refused(why);
}

static void what_is_no_document_is_refused(void **state)
{
	char *deep = malloc(100001);

	(void)state;
	refused_text("", "empty");
	refused_text("{", "cut short");
	refused_text("\xff\xfe{}", "no JSON");
	refused_text("[1, 2]", "no document");
	refused_text("{\"details\":[}", "cut short");
	refused_text("{\"schema\":1,\"kind\":\"cake\"}", "no document");
	refused_text("{\"schema\":0,\"kind\":\"run\"}", "no document");
	refused_text("{\"schema\":2,\"kind\":\"run\"}", "of schema 2");
	refused_text("{\"schema\":1,\"kind\":\"run\"}", "version is missing");
	refused_text("{\"schema\":1,\"kind\":\"report\",\"runs\":7}", "want arrays");
	memset(deep, '[', 100000);
	deep[100000] = '\0';
	refused_text(deep, "cut short");
	free(deep);
	(void)unlink(path);
	refused("cannot be read");
}

static void cut_anywhere_it_is_refused(void **state)
{
	struct rcs_report r = {.pool = pool};
	size_t size;
	char *text;

	(void)state;
	(void)rcs_report_add_run(&r, made_up(RCS_INCONCLUSIVE, 2));
	text = written(&r, &size);
	/* Without the last newline it is whole. */
	for (size_t cut = 0; cut + 1 < size; cut += cut % 7 + 1) {
		put(text, cut);
		refused("");
	}
	free(text);
	rcs_report_release(&r);
}

static void a_verdict_that_its_rounds_do_not_come_to_is_refused(void **state)
{
	struct rcs_report r = {.pool = pool};
	struct rcs_error e;

	(void)state;
	put_run(made_up(RCS_HOLDS, 19));
	assert_int_equal(rcs_json_read(path, false, &r, &e), -1);
	assert_non_null(strstr(e.text, "HOLDS, which its rounds do not come to"));
	put_run(made_up(RCS_INCONCLUSIVE, 19));
	assert_int_equal(rcs_json_read(path, false, &r, &e), 0);
	rcs_report_release(&r);
}

static void shorter(const char *from, const char *to)
{
	char *text = strdup(from);
	size_t size = strlen(from);

	if (to == NULL) {
		assert_false(rcs_json_shorten(text, &size));
	} else {
		assert_true(rcs_json_shorten(text, &size));
		assert_int_equal(size, strlen(to));
		assert_memory_equal(text, to, size);
	}
	free(text);
}

static void shortening_knows_strings_and_brackets(void **state)
{
	(void)state;
	shorter("{\"a\":1}", "{\"a\":1}");
	shorter("{\"details\":{\"x\":[1,2,\"}\\\"]\"]},\"b\":2}",
		"{\"details\":null,\"b\":2}");
	shorter("[{\"details\":null},{\"details\":{\"aaaa\":{}}}]",
		"[{\"details\":null},{\"details\":null}]");
	shorter("{\"details\":{}}", "{\"details\":{}}");
	/* Words in a string are no key. */
	shorter("{\"a\":\"\\\"details\\\":{\"}", "{\"a\":\"\\\"details\\\":{\"}");
	shorter("{\"details\":{\"a\":1", NULL);
	shorter("{\"details\":{\"a\":%}}", NULL);
	shorter("{\"details\":{\"a\n\":1}}", NULL);
	shorter("{\"a", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_member_comes_back, start, end),
		cmocka_unit_test_setup_teardown(names_are_those_of_the_program, start,
						end),
		cmocka_unit_test_setup_teardown(a_run_comes_back_whole, start, end),
		cmocka_unit_test_setup_teardown(
			brief_leaves_details_out_and_nothing_else, start, end),
		cmocka_unit_test_setup_teardown(a_report_of_reports_is_read_as_its_runs,
						start, end),
		cmocka_unit_test_setup_teardown(what_is_no_document_is_refused, start,
						end),
		cmocka_unit_test_setup_teardown(cut_anywhere_it_is_refused, start, end),
		cmocka_unit_test_setup_teardown(
			a_verdict_that_its_rounds_do_not_come_to_is_refused, start,
			end),
		cmocka_unit_test_setup_teardown(shortening_knows_strings_and_brackets,
						start, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
