/* SPDX-License-Identifier: BSD-2-Clause */
/* Values in columns: see state.h. */
#include "report/state.h"

#include <inttypes.h>
#include <stdio.h>

const char *rcs_value_text(const struct rcs_litmus *test,
			   const struct rcs_litmus_value *value)
{
	static char text[8][24];
	static unsigned int next;
	char *number = text[next++ % 8];

	if (value->is_address)
		return test->location[value->number].name;
	(void)snprintf(number, sizeof(text[0]), "%" PRId64, value->number);
	return number;
}

int rcs_state_text(const struct rcs_litmus *test, const struct rcs_proof *proof,
		   const struct rcs_state *state, char *text, size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (int c = 0; c < proof->columns && used < size; c++) {
		const struct rcs_state_column *column = &proof->column[c];
		const char *value = rcs_value_text(test, &state->value[c]);
		const char *blank = c > 0 ? " " : "";

		if (column->thread == RCS_NONE)
			used += (size_t)snprintf(
				text + used, size - used, "%s%s=%s;", blank,
				test->location[column->index].name, value);
		else
			used += (size_t)snprintf(
				text + used, size - used, "%s%d:%s=%s;", blank,
				column->thread,
				test->thread[column->thread].reg[column->index].name,
				value);
	}
	return (int)(used < size ? used : size - 1);
}
