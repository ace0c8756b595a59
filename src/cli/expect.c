/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading expectations, and finding the one that applies: see expect.h. */
#include "cli/expect.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cli/suggest.h"
#include "cli/team_options.h"
#include "verdict/status.h"

#define FORM "BARRIER=VERDICT[@ARCH], as in mprotect=BROKEN/INCONCLUSIVE@aarch64"

static const enum rcs_verdict expectable[] = {RCS_HOLDS, RCS_BROKEN, RCS_INCONCLUSIVE,
					      RCS_SKIPPED};
#define EXPECTABLE_COUNT (sizeof(expectable) / sizeof(expectable[0]))

/* Without the blanks around it; the last ones are overwritten. */
static char *trim(char *text)
{
	char *end;

	while (isspace((unsigned char)*text))
		text++;
	end = text + strlen(text);
	while (end > text && isspace((unsigned char)end[-1]))
		end--;
	*end = '\0';
	return text;
}

/* Ends the text at the first such character. Gives what follows, or NULL. */
static char *split(char *text, char separator)
{
	char *at = strchr(text, separator);

	if (at == NULL)
		return NULL;
	*at = '\0';
	return at + 1;
}

static int read_verdict(const char *word, unsigned *set, struct rcs_error *e)
{
	struct rcs_suggestion near = {0};
	char upper[RCS_EXPECT_TEXT_MAX + 1];
	size_t length = strlen(word);

	for (size_t i = 0; i <= length; i++)
		upper[i] = (char)toupper((unsigned char)word[i]);
	for (size_t i = 0; i < EXPECTABLE_COUNT; i++) {
		const char *name = rcs_verdict_name(expectable[i]);

		if (strcmp(upper, name) == 0) {
			*set |= RCS_VERDICT_BIT(expectable[i]);
			return 0;
		}
		rcs_suggest(&near, upper, name);
	}
	if (near.best != NULL)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"'%.60s' is no verdict to expect; did you mean '%s'?",
				word, near.best);
	return rcs_fail(e, RCS_ERROR_USAGE,
			"want HOLDS, BROKEN, INCONCLUSIVE or SKIPPED, or several with "
			"/ between, not '%.60s'",
			word);
}

static int read_verdicts(char *text, unsigned *set, struct rcs_error *e)
{
	char *rest;

	*set = 0;
	for (char *word = text; word != NULL; word = rest) {
		rest = split(word, '/');
		if (read_verdict(trim(word), set, e) != 0)
			return -1;
	}
	return 0;
}

static int read_barrier(const char *name, struct rcs_expectation *x,
			struct rcs_error *e)
{
	struct rcs_barrier_choice choice;

	if (strcmp(name, "all") == 0 || strcmp(name, "sound") == 0)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"'%s' stands for several; an expectation is of one "
				"barrier",
				name);
	if (rcs_barrier_look_up(name, NULL, &choice, e) != 0)
		return -1;
	memcpy(x->barrier, choice.name, sizeof(x->barrier));
	return 0;
}

static int read_expectation(const char *text, struct rcs_expectation *x,
			    struct rcs_error *e)
{
	char copy[RCS_EXPECT_TEXT_MAX + 1];
	char *verdicts, *arch;

	if (strlen(text) >= sizeof(copy))
		return rcs_fail(e, RCS_ERROR_USAGE,
				"an expectation has %d characters at most",
				RCS_EXPECT_TEXT_MAX);
	(void)snprintf(copy, sizeof(copy), "%s", text);
	verdicts = split(copy, '=');
	if (verdicts == NULL || strchr(copy, '@') != NULL || *trim(copy) == '\0')
		return rcs_fail(e, RCS_ERROR_USAGE, "want " FORM ", not '%.60s'", text);
	arch = split(verdicts, '@');
	if (read_barrier(trim(copy), x, e) != 0 ||
	    read_verdicts(verdicts, &x->verdicts, e) != 0)
		return -1;
	x->arch[0] = '\0';
	return arch != NULL ? rcs_architecture_read(trim(arch), x->arch, e) : 0;
}

static int contradiction(const struct rcs_expectation *there,
			 const struct rcs_expectation *x, struct rcs_error *e)
{
	char now[64], then[64], place[128] = "--expect";

	rcs_verdicts_print(x->verdicts, "/", now, sizeof(now));
	rcs_verdicts_print(there->verdicts, "/", then, sizeof(then));
	if (there->place.file != NULL)
		(void)snprintf(place, sizeof(place), "%.100s:%u", there->place.file,
			       there->place.line);
	return rcs_fail(e, RCS_ERROR_USAGE, "%s=%s%s%s contradicts %s, which says %s",
			x->barrier, now, x->arch[0] != '\0' ? "@" : "", x->arch, place,
			then);
}

int rcs_expect_add(struct rcs_expect_list *list, const char *text,
		   struct rcs_expect_place place, struct rcs_error *e)
{
	struct rcs_expectation x = {.place = place};

	if (read_expectation(text, &x, e) != 0)
		return -1;
	for (size_t i = 0; i < list->count; i++) {
		struct rcs_expectation *there = &list->of[i];

		if (strcmp(there->barrier, x.barrier) != 0 ||
		    strcmp(there->arch, x.arch) != 0)
			continue;
		if (there->verdicts != x.verdicts)
			return contradiction(there, &x, e);
		if (place.file == NULL)
			there->place = place; /* the stricter: it must be tested */
		return 0;
	}
	if (list->count == RCS_EXPECT_MAX)
		return rcs_fail(e, RCS_ERROR_USAGE, "more than %d expectations",
				RCS_EXPECT_MAX);
	list->of[list->count++] = x;
	return 0;
}

int rcs_expect_add_list(struct rcs_expect_list *list, const char *text,
			struct rcs_error *e)
{
	const struct rcs_expect_place here = {NULL, 0};
	char word[RCS_EXPECT_TEXT_MAX + 2]; /* room for one that is too long */

	for (const char *at = text;;) {
		size_t length = strcspn(at, ",");

		(void)snprintf(word, sizeof(word), "%.*s", (int)length, at);
		if (rcs_expect_add(list, word, here, e) != 0)
			return -1;
		if (at[length] == '\0')
			return 0;
		at += length + 1;
	}
}

unsigned rcs_expect_of(const struct rcs_expect_list *list, const char *barrier,
		       const char *arch)
{
	unsigned anywhere = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct rcs_expectation *x = &list->of[i];

		if (strcmp(x->barrier, barrier) != 0)
			continue;
		if (strcmp(x->arch, arch) == 0)
			return x->verdicts;
		if (x->arch[0] == '\0')
			anywhere = x->verdicts;
	}
	return anywhere;
}

static bool is_tested(const struct rcs_barrier_list *tested, const char *barrier)
{
	for (size_t i = 0; i < tested->count; i++) {
		if (strcmp(tested->choice[i].name, barrier) == 0)
			return true;
	}
	return false;
}

static int not_tested(const struct rcs_expectation *x,
		      const struct rcs_barrier_list *tested, struct rcs_error *e)
{
	char names[256];
	size_t used = 0;

	(void)snprintf(names, sizeof(names), "no barrier");
	for (size_t i = 0; i < tested->count && used < sizeof(names); i++)
		used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%s",
					 used > 0 ? ", " : "", tested->choice[i].name);
	return rcs_fail(e, RCS_ERROR_USAGE,
			"--expect: this run does not test '%s', but %s", x->barrier,
			names);
}

int rcs_expect_check(const struct rcs_expect_list *list,
		     const struct rcs_barrier_list *tested, const char *arch,
		     struct rcs_error *e)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct rcs_expectation *x = &list->of[i];

		if (x->place.file != NULL ||
		    (x->arch[0] != '\0' && strcmp(x->arch, arch) != 0))
			continue;
		if (!is_tested(tested, x->barrier))
			return not_tested(x, tested, e);
	}
	return 0;
}

void rcs_expect_option(struct argp_state *state, const char *text,
		       struct rcs_expect_list *list)
{
	struct rcs_error e;

	rcs_option_check(state, rcs_expect_add_list(list, text, &e), "--expect", text,
			 &e);
}

void rcs_expect_file_option(struct argp_state *state, const char *path,
			    struct rcs_expect_list *list)
{
	struct rcs_error e;

	if (rcs_expect_add_file(list, path, &e) != 0)
		argp_failure(state, argp_err_exit_status, 0, "--expect-file %s",
			     e.text);
}
