/* SPDX-License-Identifier: BSD-2-Clause */
/* The value of --barrier: see barrier_list.h. */
#include "cli/barrier_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/suggest.h"
#include "cli/team_options.h"

static int add(struct rcs_barrier_list *list, const struct rcs_barrier_choice *choice,
	       bool self_test, struct rcs_error *e)
{
	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->choice[i].name, choice->name) == 0) {
			list->self_test[i] &= self_test;
			return 0;
		}
	}
	if (list->count == RCS_BARRIER_LIST_MAX)
		return rcs_fail(e, RCS_ERROR_USAGE, "more than %d barriers",
				RCS_BARRIER_LIST_MAX);
	list->choice[list->count] = *choice;
	list->self_test[list->count++] = self_test;
	return 0;
}

static int add_group(struct rcs_barrier_list *list, bool everything,
		     struct rcs_error *e)
{
	for (size_t i = 0; i < rcs_barrier_count; i++) {
		struct rcs_barrier_choice choice;

		if (!everything && !rcs_barrier_claimed(rcs_barriers[i]))
			continue;
		if (rcs_barrier_find(rcs_barriers[i]->name, &choice, e) != 0 ||
		    add(list, &choice, rcs_barriers[i]->control, e) != 0)
			return -1;
	}
	return 0;
}

int rcs_barrier_look_up(const char *name, const char *const *also,
			struct rcs_barrier_choice *choice, struct rcs_error *e)
{
	struct rcs_suggestion near = {0};
	char bare[RCS_BARRIER_NAME_SIZE];

	if (rcs_barrier_find(name, choice, e) == 0)
		return 0;
	if (rcs_plugin_meant(name))
		return -1; /* *e says what is wrong with it */
	if (rcs_plugin_forgotten(name))
		return rcs_fail(
			e, RCS_ERROR_USAGE,
			"there is no barrier '%.60s'; did you mean './%.60s'? A "
			"plug-in is named with a slash",
			name, name);
	(void)snprintf(bare, sizeof(bare), "%.*s", (int)strcspn(name, ":"), name);
	for (size_t i = 0; i < rcs_barrier_count; i++) {
		if (strcmp(rcs_barriers[i]->name, bare) == 0)
			return -1; /* its parameter is what is wrong, and *e says so */
		rcs_suggest(&near, bare, rcs_barriers[i]->name);
	}
	for (; also != NULL && *also != NULL; also++)
		rcs_suggest(&near, bare, *also);
	if (near.best != NULL)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"there is no barrier '%.60s'; did you mean '%s'?", name,
				near.best);
	return rcs_fail(e, RCS_ERROR_USAGE,
			"there is no barrier '%.60s'; --barrier help lists them", name);
}

static int add_named(struct rcs_barrier_list *list, const char *name,
		     struct rcs_error *e)
{
	static const char *const groups[] = {"all", "sound", NULL};
	struct rcs_barrier_choice choice;

	if (rcs_barrier_look_up(name, groups, &choice, e) != 0)
		return -1;
	return add(list, &choice, false, e);
}

/* The file that "path[:symbol]" means. */
static bool is_there(const char *word)
{
	char path[RCS_PLUGIN_TEXT_SIZE];
	char *last;

	(void)snprintf(path, sizeof(path), "%s", word);
	last = strrchr(path, '/');
	last[strcspn(last, ":")] = '\0';
	return access(path, F_OK) == 0;
}

int rcs_barrier_list_add(struct rcs_barrier_list *list, const char *text,
			 struct rcs_error *e)
{
	const char *at = text;

	for (;;) {
		size_t length = strcspn(at, ",");
		char word[RCS_PLUGIN_TEXT_SIZE];
		int failed;

		if (length == 0 || length >= sizeof(word))
			return rcs_fail(e, RCS_ERROR_USAGE,
					"want names with commas between, as in "
					"mprotect,membarrier");
		(void)snprintf(word, sizeof(word), "%.*s", (int)length, at);
		if (strcmp(word, "all") == 0 || strcmp(word, "sound") == 0)
			failed = add_group(list, word[0] == 'a', e);
		else
			failed = add_named(list, word, e);
		if (failed != 0 && rcs_plugin_meant(word) && at[length] == ',' &&
		    !is_there(word))
			return rcs_fail(e, RCS_ERROR_USAGE,
					"%.300s: there is no such file; a path with a "
					"comma in it cannot be named here",
					word);
		if (failed != 0)
			return -1;
		if (at[length] == '\0')
			return 0;
		at += length + 1;
	}
}

static void help(void)
{
	for (size_t i = 0; i < rcs_barrier_count; i++) {
		const struct rcs_barrier *b = rcs_barriers[i];
		char name[RCS_BARRIER_NAME_SIZE];

		(void)snprintf(name, sizeof(name), "%s%s%s", b->name,
			       b->parameter != NULL ? ":" : "",
			       b->parameter != NULL ? b->parameter : "");
		(void)printf("  %-28s %s%s%s\n", name, b->control ? "control: " : "",
			     b->summary,
			     b->control || rcs_barrier_claimed(b)
				     ? ""
				     : " (not claimed here)");
	}
	(void)printf("  %-28s %s\n  %-28s %s\n  %-28s %s\n", "sound",
		     "those that are said to order memory here", "all",
		     "all of these; the controls must come out BROKEN",
		     "./FILE.so[:SYMBOL]", "one of your own: rcustress-plugin(7)");
}

void rcs_barrier_option(struct argp_state *state, const char *text,
			struct rcs_barrier_list *list)
{
	struct rcs_error e;

	if (strcmp(text, "help") == 0) {
		help();
		exit(0);
	}
	rcs_option_check(state, rcs_barrier_list_add(list, text, &e), "--barrier", text,
			 &e);
}
