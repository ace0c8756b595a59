/* SPDX-License-Identifier: BSD-2-Clause */
/* The amplifiers by kind: see amplifier.h. */
#include "stress/amplifier.h"

#include <string.h>

#define RCS_AMPLIFIER_DESCRIPTORS
#include "stress/amplifier/all.h"

const struct rcs_amplifier *const rcs_amplifiers[RCS_AMPLIFIERS] = {
#define X(name) [RCS_AMPLIFIER_##name] = &rcs_amplifier_##name,
#include "stress/amplifier/list.h"
#undef X
};

int rcs_amplifier_find(const char *name)
{
	for (int kind = 0; kind < RCS_AMPLIFIERS; kind++) {
		if (strcmp(rcs_amplifiers[kind]->name, name) == 0)
			return kind;
	}
	return -1;
}
