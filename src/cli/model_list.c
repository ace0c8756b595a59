/* SPDX-License-Identifier: BSD-2-Clause */
/* Models by name: see model_list.h. */
#include "cli/model_list.h"

#include <stdio.h>
#include <string.h>

#include "cli/suggest.h"
#include "model/prove.h"

static void add(struct rcs_model_list *list, enum rcs_model model)
{
	for (int i = 0; i < list->models; i++) {
		if (list->model[i] == model)
			return;
	}
	list->model[list->models++] = model;
}

static void add_host(struct rcs_model_list *list)
{
	int host = rcs_model_of_host();

	if (host < 0)
		list->no_host = true;
	else
		add(list, (enum rcs_model)host);
}

static int unknown(const char *name, struct rcs_error *e)
{
	struct rcs_suggestion near = {0};

	for (int m = 0; m < RCS_MODELS; m++)
		rcs_suggest(&near, name, rcs_model_names[m]);
	rcs_suggest(&near, name, "host");
	rcs_suggest(&near, name, "all");
	if (near.best != NULL)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"there is no model '%.40s'; did you mean '%s'?", name,
				near.best);
	return rcs_fail(e, RCS_ERROR_USAGE,
			"there is no model '%.40s'; there are lkmm, sc, tso, armv8, "
			"riscv, power, host and all",
			name);
}

static int add_name(struct rcs_model_list *list, const char *name, struct rcs_error *e)
{
	bool all = strcmp(name, "all") == 0, found = all;

	if (strcmp(name, "host") == 0) {
		add_host(list);
		return 0;
	}
	for (int m = 0; m < RCS_MODELS; m++) {
		if (all || strcmp(name, rcs_model_names[m]) == 0) {
			add(list, (enum rcs_model)m);
			found = true;
		}
	}
	return found ? 0 : unknown(name, e);
}

int rcs_model_list_add(struct rcs_model_list *list, const char *text,
		       struct rcs_error *e)
{
	for (;;) {
		size_t length = strcspn(text, ",");
		char name[64];

		if (length == 0 || length >= sizeof(name))
			return rcs_fail(e, RCS_ERROR_USAGE,
					"want names with commas between, as "
					"in " RCS_MODELS_DEFAULT);
		(void)snprintf(name, sizeof(name), "%.*s", (int)length, text);
		if (add_name(list, name, e) != 0)
			return -1;
		if (text[length] == '\0')
			return 0;
		text += length + 1;
	}
}
