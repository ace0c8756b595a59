/* SPDX-License-Identifier: BSD-2-Clause */
/* `rcustress list`: what there is, and whether it works here. */
#include "cli/command.h"

#include <argp.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "barrier/barrier.h"
#include "host/companion.h"
#include "litmus/parse.h"
#include "litmus/print.h"
#include "litmus/suite.h"
#include "rcu/mutants/mutants.h"
#include "report/format.h"
#include "stress/amplifier.h"
#include "stress/tests.h"
#include "verdict/verdict.h"

struct list_options {
	bool tests, barriers, amplifiers, flavours; /* none said: all four */
	bool mutants, formats;
	bool names; /* and nothing else */
	bool verbose;
	const char *source; /* of this test */
};

enum {
	KEY_TESTS = 0x200,
	KEY_BARRIERS,
	KEY_AMPLIFIERS,
	KEY_RCU,
	KEY_MUTANTS,
	KEY_FORMATS,
	KEY_NAMES,
	KEY_SOURCE
};

static const struct argp_option options[] = {
	{"tests", KEY_TESTS, NULL, 0, "Only tests", 0},
	{"barriers", KEY_BARRIERS, NULL, 0, "Only barriers", 0},
	{"amplifiers", KEY_AMPLIFIERS, NULL, 0, "Only amplifiers", 0},
	{"rcu", KEY_RCU, NULL, 0, "Only RCU flavours", 0},
	{"mutants", KEY_MUTANTS, NULL, 0, "Only mutants, which are not shown else", 0},
	{"formats", KEY_FORMATS, NULL, 0,
	 "Only formats of reports, which are not shown else", 0},
	{"names", KEY_NAMES, NULL, 0,
	 "Only names, one a line, and nothing is tried: for programs", 0},
	{"source", KEY_SOURCE, "TEST", 0,
	 "Only this test, of the suite or from a file, as the program understands it",
	 0},
	{"verbose", 'v', NULL, 0, "What each barrier claims, and who uses it", 0},
	{0},
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct list_options *o = state->input;

	switch (key) {
	case KEY_TESTS:
		o->tests = true;
		break;
	case KEY_BARRIERS:
		o->barriers = true;
		break;
	case KEY_AMPLIFIERS:
		o->amplifiers = true;
		break;
	case KEY_RCU:
		o->flavours = true;
		break;
	case KEY_MUTANTS:
		o->mutants = true;
		break;
	case KEY_FORMATS:
		o->formats = true;
		break;
	case KEY_NAMES:
		o->names = true;
		break;
	case KEY_SOURCE:
		o->source = arg;
		break;
	case 'v':
		o->verbose = true;
		break;
	case ARGP_KEY_ARG:
		argp_failure(state, argp_err_exit_status, 0,
			     "list takes no argument, but got '%.60s'", arg);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

/* What a run would do with it here, in a word or two. */
static const char *standing_of(const struct rcs_test *test)
{
	if (!test->runs)
		return "not here";
	switch (rcs_test_claim(test)) {
	case RCS_CLAIM_NEVER:
		return "judged";
	case RCS_CLAIM_CALLER:
		return "looked for";
	case RCS_CLAIM_NOWHERE:
		return "not seen";
	case RCS_CLAIM_ALLOWED:
	case RCS_CLAIM_UNSTATED:
		break;
	}
	return "counted";
}

static int list_tests(bool verbose)
{
	struct rcs_error e;
	size_t count;
	const struct rcs_test *tests = rcs_suite_tests(&count, &e);

	if (tests == NULL) {
		(void)fprintf(stderr, "rcustress: %s\n", e.text);
		return RCS_EXIT_FAULT;
	}
	(void)printf("tests\n");
	for (size_t i = 0; i < count; i++) {
		const struct rcs_test *test = &tests[i];

		(void)printf("  %-28s %-10s  %s%.*s\n", test->litmus->name,
			     standing_of(test), test->has_heavy ? "barrier: " : "",
			     verbose ? (int)strlen(test->litmus->about)
				     : rcs_litmus_summary(test->litmus),
			     test->litmus->about);
		if (!test->runs)
			(void)printf("  %-28s why: %s\n", "", test->why_not);
	}
	return 0;
}

static void list_barrier(const struct rcs_barrier *b, bool verbose)
{
	struct rcs_barrier_choice choice;
	struct rcs_error e;
	bool works = rcs_barrier_find(b->name, &choice, &e) == 0 &&
		     rcs_barrier_probe(&choice, &e) == 0;
	char name[RCS_BARRIER_NAME_SIZE];

	(void)snprintf(name, sizeof(name), "%s%s%s", b->name,
		       b->parameter != NULL ? ":" : "",
		       b->parameter != NULL ? b->parameter : "");
	(void)printf("  %-28s %-10s  %s%s\n", name, works ? "works here" : "not here",
		     b->control ? "control: " : "", b->summary);
	if (!works)
		(void)printf("  %-28s why: %s\n", "", e.text);
	if (!verbose)
		return;
	(void)printf("  %-28s claims: %s%s\n", "", b->claim,
		     b->control || rcs_barrier_claimed(b) ? ""
							  : " (so not claimed here)");
	if (b->locking != NULL)
		(void)printf("  %-28s locking: %s\n", "", b->locking);
	(void)printf("  %-28s used by: %s\n", "", b->in_the_wild);
}

static void list_barriers(bool verbose)
{
	(void)printf("barriers\n");
	for (size_t i = 0; i < rcs_barrier_count; i++) {
		(void)fflush(stdout); /* the probe forks */
		list_barrier(rcs_barriers[i], verbose);
	}
}

static void list_amplifiers(void)
{
	(void)printf("amplifiers\n");
	for (int kind = 0; kind < RCS_AMPLIFIERS; kind++) {
		const struct rcs_amplifier *a = rcs_amplifiers[kind];
		const char *lacks = rcs_amplifier_lacks(a);

		(void)printf("  %-28s %-10s  %s\n", a->name,
			     lacks == NULL ? "works here" : "not here", a->summary);
		if (lacks != NULL)
			(void)printf("  %-28s why: it needs %s\n", "", lacks);
	}
}

static void list_flavour(const struct rcs_rcu_flavour *f, bool verbose)
{
	char path[PATH_MAX];
	struct rcs_error e;
	bool is_here = f->program == NULL ||
		       rcs_companion_find(f->program, path, sizeof(path), &e) == 0;
	const char *standing = "not here";

	if (is_here)
		standing =
			f->abilities & RCS_RCU_ON_BARRIER ? "any barrier" : "as it is";
	(void)printf("  %-28s %-10s  %s\n", f->name, standing, f->summary);
	if (!is_here)
		(void)printf("  %-28s why: %s\n", "", e.text);
	if (!verbose)
		return;
	(void)printf("  %-28s from: %s\n", "", f->source);
	if (is_here && f->program != NULL)
		(void)printf("  %-28s runs in: %s\n", "", path);
}

static void list_flavours(bool verbose)
{
	(void)printf("RCU flavours\n");
	for (size_t i = 0; i < rcs_rcu_flavour_count; i++)
		list_flavour(rcs_rcu_flavours[i], verbose);
}

static void list_mutants(bool verbose)
{
	(void)printf("mutants\n");
	for (size_t i = 0; i < rcs_rcu_mutant_count; i++) {
		const struct rcs_rcu_mutant *m = &rcs_rcu_mutants[i];

		(void)printf("  %-28s %s\n", m->name, m->summary);
		if (verbose && m->why_not != NULL)
			(void)printf("  %-28s may survive: %s\n", "", m->why_not);
	}
}

static void list_formats(void)
{
	(void)printf("formats\n");
	for (size_t i = 0; rcs_formats[i] != NULL; i++)
		(void)printf("  %-28s %s\n", rcs_formats[i]->name,
			     rcs_formats[i]->summary);
}

/* What completions and scripts go by. */
static int list_names(const struct list_options *o)
{
	for (int i = 0; o->tests && i < rcs_suite_count; i++)
		(void)puts(rcs_suite[i].name);
	for (size_t i = 0; o->barriers && i < rcs_barrier_count; i++)
		(void)puts(rcs_barriers[i]->name);
	for (int kind = 0; o->amplifiers && kind < RCS_AMPLIFIERS; kind++)
		(void)puts(rcs_amplifiers[kind]->name);
	for (size_t i = 0; o->flavours && i < rcs_rcu_flavour_count; i++)
		(void)puts(rcs_rcu_flavours[i]->name);
	for (size_t i = 0; o->mutants && i < rcs_rcu_mutant_count; i++)
		(void)puts(rcs_rcu_mutants[i].name);
	for (size_t i = 0; o->formats && rcs_formats[i] != NULL; i++)
		(void)puts(rcs_formats[i]->name);
	return 0;
}

/* From the suite; or, if there is none of that name, from a file. */
static int print_source(const char *name)
{
	struct rcs_error e;
	const struct rcs_test *test = rcs_test_find(name, &e);
	struct rcs_litmus *litmus = NULL;

	if (test == NULL) {
		litmus = rcs_litmus_read(name, &e);
		if (litmus == NULL) {
			(void)fprintf(stderr, "rcustress: %s\n", e.text);
			return RCS_EXIT_USAGE;
		}
	}
	rcs_litmus_print(test != NULL ? test->litmus : litmus, stdout);
	rcs_litmus_free(litmus);
	return 0;
}

int rcs_command_list(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.doc = "Shows tests, barriers, amplifiers and RCU flavours, and "
		       "whether they work here.",
	};
	struct list_options o = {0};

	(void)argp_parse(&argp, argc, argv, 0, NULL, &o);
	if (o.source != NULL)
		return print_source(o.source);
	if (!o.tests && !o.barriers && !o.amplifiers && !o.flavours && !o.mutants &&
	    !o.formats)
		o.tests = o.barriers = o.amplifiers = o.flavours = true;
	if (o.names)
		return list_names(&o);
	if (o.tests && list_tests(o.verbose) != 0)
		return RCS_EXIT_FAULT;
	if (o.barriers)
		list_barriers(o.verbose);
	if (o.amplifiers)
		list_amplifiers();
	if (o.flavours)
		list_flavours(o.verbose);
	if (o.mutants)
		list_mutants(o.verbose);
	if (o.formats)
		list_formats();
	return 0;
}
