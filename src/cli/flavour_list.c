/* SPDX-License-Identifier: BSD-2-Clause */
/* The value of --rcu: see flavour_list.h. */
#include "cli/flavour_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/suggest.h"
#include "cli/team_options.h"
#include "host/plugin.h"

static int add(struct rcs_flavour_list *list, const struct rcs_rcu_flavour *flavour,
	       struct rcs_error *e)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->flavour[i] == flavour)
			return 0;
	}
	if (list->count == RCS_FLAVOUR_LIST_MAX)
		return rcs_fail(e, RCS_ERROR_USAGE, "more than %d RCU flavours",
				RCS_FLAVOUR_LIST_MAX);
	list->flavour[list->count++] = flavour;
	return 0;
}

static int add_named(struct rcs_flavour_list *list, const char *name,
		     struct rcs_error *e)
{
	const struct rcs_rcu_flavour *flavour = rcs_rcu_find(name, e);
	struct rcs_suggestion near = {0};

	if (flavour != NULL)
		return add(list, flavour, e);
	if (rcs_plugin_meant(name))
		return -1; /* *e says what is wrong with it */
	if (rcs_plugin_forgotten(name))
		return rcs_fail(
			e, RCS_ERROR_USAGE,
			"there is no RCU flavour '%.60s'; did you mean './%.60s'? "
			"A plug-in is named with a slash",
			name, name);
	for (size_t i = 0; i < rcs_rcu_flavour_count; i++)
		rcs_suggest(&near, name, rcs_rcu_flavours[i]->name);
	rcs_suggest(&near, name, "all");
	if (near.best == NULL)
		return -1; /* *e names all that there are */
	return rcs_fail(e, RCS_ERROR_USAGE,
			"there is no RCU flavour '%.60s'; did you mean '%s'?", name,
			near.best);
}

static int add_all(struct rcs_flavour_list *list, struct rcs_error *e)
{
	for (size_t i = 0; i < rcs_rcu_flavour_count; i++) {
		if (add(list, rcs_rcu_flavours[i], e) != 0)
			return -1;
	}
	return 0;
}

int rcs_flavour_list_add(struct rcs_flavour_list *list, const char *text,
			 struct rcs_error *e)
{
	for (const char *at = text;;) {
		size_t length = strcspn(at, ",");
		char word[RCS_PLUGIN_TEXT_SIZE];

		if (length >= sizeof(word))
			return rcs_fail(e, RCS_ERROR_USAGE,
					"there is no RCU flavour '%.*s'; --rcu help "
					"lists them",
					length < 60 ? (int)length : 60, at);
		if (length == 0)
			return rcs_fail(e, RCS_ERROR_USAGE,
					"want names with commas between, as in "
					"asym,qsbr");
		(void)snprintf(word, sizeof(word), "%.*s", (int)length, at);
		if ((strcmp(word, "all") == 0 ? add_all(list, e)
					      : add_named(list, word, e)) != 0)
			return -1;
		if (at[length] == '\0')
			return 0;
		at += length + 1;
	}
}

static void help(bool plugins)
{
	for (size_t i = 0; i < rcs_rcu_flavour_count; i++)
		(void)printf("  %-28s %s\n", rcs_rcu_flavours[i]->name,
			     rcs_rcu_flavours[i]->summary);
	(void)printf("  %-28s %s\n", "all", "all of these");
	if (plugins)
		(void)printf("  %-28s %s\n", "./FILE.so[:SYMBOL]",
			     "one of your own: rcustress-plugin(7)");
}

void rcs_flavour_option(struct argp_state *state, const char *option, const char *text,
			struct rcs_flavour_list *list)
{
	struct rcs_error e;

	if (strcmp(text, "help") == 0) {
		help(strcmp(option, "--rcu") == 0);
		exit(0);
	}
	rcs_option_check(state, rcs_flavour_list_add(list, text, &e), option, text, &e);
}
