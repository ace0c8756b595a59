/* SPDX-License-Identifier: BSD-2-Clause */
/* The value of --amplify: see amplifier_choice.h. */
#include "cli/amplifier_choice.h"

#include <stdio.h>
#include <string.h>

#include "cli/suggest.h"
#include "cli/values.h"
#include "stress/amplifier.h"

int rcs_amplifier_choice_read(const char *text, struct rcs_amplifier_choice *choice,
			      struct rcs_error *e)
{
	size_t length = strcspn(text, ":");
	struct rcs_suggestion near = {0};
	uint64_t depth = 0;
	int kind;

	if (length >= sizeof(choice->name))
		return rcs_fail(e, RCS_ERROR_USAGE, "there is no such amplifier");
	(void)snprintf(choice->name, sizeof(choice->name), "%.*s", (int)length, text);
	if (text[length] == ':' &&
	    rcs_value_count(text + length + 1, 1, 4096, &depth, e) != 0)
		return -1;
	choice->depth = (unsigned)depth;
	if (strcmp(choice->name, "auto") == 0) {
		if (depth > 0)
			return rcs_fail(e, RCS_ERROR_USAGE, "auto takes no depth");
		return 0;
	}
	kind = rcs_amplifier_find(choice->name);
	if (kind >= 0 && rcs_amplifier_lacks(rcs_amplifiers[kind]) == NULL)
		return 0;
	if (kind >= 0)
		return rcs_fail(e, RCS_ERROR_USAGE, "does not work here, it needs %s",
				rcs_amplifier_lacks(rcs_amplifiers[kind]));
	rcs_suggest(&near, choice->name, "auto");
	for (int k = 0; k < RCS_AMPLIFIERS; k++)
		rcs_suggest(&near, choice->name, rcs_amplifiers[k]->name);
	return rcs_fail(e, RCS_ERROR_USAGE, "there is no such amplifier%s%s%s",
			near.best != NULL ? "; did you mean '"
					  : "; `rcustress list' shows them",
			near.best != NULL ? near.best : "",
			near.best != NULL ? "'?" : "");
}
