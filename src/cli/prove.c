/* SPDX-License-Identifier: BSD-2-Clause */
/* `rcustress prove`: what memory models allow, by looking at every execution. */
#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/prove_options.h"
#include "cli/test_name.h"
#include "litmus/parse.h"
#include "report/graph.h"
#include "report/progress.h"
#include "report/proof.h"
#include "report/story.h"
#include "verdict/verdict.h"

/* Of names of tests in the table. */
#define WIDTH_MIN 4
#define WIDTH_MAX 40

struct prove {
	const struct rcs_prove_request *request;
	struct rcs_proof_table table;
	struct rcs_proof_count count;
	struct rcs_progress_line line;
	bool fault; /* a resource could not be had */
};

/* How wide the names are: a file is called as its test is, most of the time. */
static int width_of(const struct rcs_prove_list *list)
{
	size_t widest = WIDTH_MIN;

	for (size_t i = 0; i < list->count; i++) {
		const struct rcs_prove_item *item = &list->item[i];
		const char *path = item->path != NULL ? item->path : "";
		const char *slash = strrchr(path, '/');
		const char *name = item->suite != NULL ? item->suite->name
				   : slash != NULL     ? slash + 1
						       : path;
		size_t length = strlen(name);

		if (item->suite == NULL && rcs_test_name_is_litmus(name))
			length -= strlen(".litmus");
		if (length > widest)
			widest = length;
	}
	return widest < WIDTH_MAX ? (int)widest : WIDTH_MAX;
}

/* The others are done all the same. */
static void complain(struct prove *p, const char *name, const struct rcs_error *e)
{
	(void)fflush(p->table.out);
	(void)fprintf(stderr, "rcustress: %s%s%s\n", name, *name != '\0' ? ": " : "",
		      e->text);
	p->count.failed++;
	p->fault = p->fault || (e->kind != RCS_ERROR_USAGE);
}

/* The first model that was asked and allows the target, or -1. */
static int model_of_graph(const struct prove *p, const struct rcs_proof *proof)
{
	const struct rcs_model_list *list = &p->request->models;
	int first = -1;

	for (int i = 0; i < list->models; i++) {
		if (proof->model[list->model[i]].witness == NULL)
			continue;
		if (first >= 0) {
			(void)fprintf(stderr,
				      "rcustress: --dot: several models allow it; the "
				      "graph is of %s\n",
				      rcs_model_names[first]);
			return first;
		}
		first = (int)list->model[i];
	}
	return first;
}

static void write_graph(struct prove *p, const struct rcs_litmus *test,
			const struct rcs_proof *proof)
{
	const char *path = p->request->dot;
	const bool to_stdout = strcmp(path, "-") == 0;
	int model = model_of_graph(p, proof);
	struct rcs_error e;
	FILE *out;

	if (model < 0) {
		(void)fprintf(stderr,
			      "rcustress: --dot: no model that was asked "
			      "%s: there is no graph\n",
			      proof->gave_up ? "is known to allow it" : "allows it");
		return;
	}
	out = to_stdout ? stdout : fopen(path, "w");
	if (out != NULL) {
		rcs_graph_print(test, (enum rcs_model)model,
				proof->model[model].witness, out);
		/* That of standard output is noticed at the end. */
		if (to_stdout || (fflush(out) == 0 && ferror(out) == 0)) {
			if (!to_stdout)
				(void)fclose(out);
			return;
		}
	}
	(void)rcs_fail(&e, RCS_ERROR_USAGE, "--dot: cannot write %.200s: %s", path,
		       strerror(errno));
	if (out != NULL)
		(void)fclose(out);
	complain(p, "", &e);
}

static int name_width(const char *name)
{
	int length = (int)strlen(name);

	return length > WIDTH_MIN ? length : WIDTH_MIN;
}

static void prove(struct prove *p, const struct rcs_litmus *test, const char *name)
{
	const struct rcs_prove_request *r = p->request;
	struct rcs_proof proof;
	struct rcs_error e;
	bool shown;
	int got;

	rcs_progress_begin(&p->line, NULL, test->name, 0, 0);
	rcs_progress_draw(NULL, 0, &p->line);
	got = rcs_prove(test, &r->options, &proof, &e);
	rcs_progress_end(&p->line);
	if (got != 0) {
		complain(p, name, &e);
		return;
	}
	if (p->table.alone)
		p->table.width = name_width(test->name);
	shown = rcs_proof_test(&p->table, test, &proof, &p->count);
	for (int i = 0; shown && r->story && i < r->models.models; i++) {
		if (proof.model[r->models.model[i]].witness != NULL)
			rcs_story_print(test, &proof, r->models.model[i], p->table.out);
	}
	if (r->dot != NULL)
		write_graph(p, test, &proof);
	rcs_proof_release(&proof);
}

static void prove_item(struct prove *p, const struct rcs_prove_item *item)
{
	struct rcs_litmus *test;
	struct rcs_error e;

	if (item->suite != NULL) {
		prove(p, item->suite, item->suite->name);
		return;
	}
	test = rcs_litmus_read(item->path, &e);
	if (test == NULL) {
		complain(p, "", &e);
		return;
	}
	prove(p, test, item->path);
	rcs_litmus_free(test);
}

static int status_of(const struct prove *p)
{
	if (p->fault)
		return RCS_EXIT_FAULT;
	if (p->count.failed > 0)
		return RCS_EXIT_USAGE;
	if (p->count.contradicted > 0)
		return RCS_EXIT_BROKEN;
	return p->count.gave_up > 0 ? RCS_EXIT_INCONCLUSIVE : RCS_EXIT_HOLDS;
}

int rcs_command_prove(int argc, char **argv)
{
	static struct rcs_prove_request request;
	struct prove p = {.request = &request};
	FILE *out;

	rcs_prove_options_read(argc, argv, &request);
	out = request.dot != NULL && strcmp(request.dot, "-") == 0 ? stderr : stdout;
	p.table = (struct rcs_proof_table){
		.out = out,
		.colored = rcs_style_wanted(request.color, out),
		.quiet = request.quiet,
		.states = request.states,
		.alone = request.tests.count == 1,
		.width = width_of(&request.tests),
		.models = request.models.models,
		.barrier = request.options.barrier,
	};
	memcpy(p.table.model, request.models.model, sizeof(p.table.model));
	p.count.failed = request.tests.unreadable;
	p.line.shown = request.tests.count > 1 && rcs_progress_wanted();
	p.line.cells = request.tests.count;
	if (request.tests.count > 1)
		rcs_proof_head(&p.table);
	for (size_t i = 0; i < request.tests.count; i++)
		prove_item(&p, &request.tests.item[i]);
	if (request.tests.count > 1)
		rcs_proof_foot(&p.table, &p.count);
	rcs_prove_list_end(&request.tests);
	return status_of(&p);
}
