/* SPDX-License-Identifier: BSD-2-Clause */
/* The amplifiers by kind: see amplifier.h. */
#include "stress/amplifier.h"

#include <string.h>

#include "host/misaligned.h"

#define RCS_AMPLIFIER_DESCRIPTORS
#include "stress/amplifier/all.h"

const struct rcs_amplifier *const rcs_amplifiers[RCS_AMPLIFIERS] = {
#define X(name) [RCS_AMPLIFIER_##name] = &rcs_amplifier_##name,
#include "stress/amplifier/list.h"
#undef X
};

#define X(name)                                                                        \
	static void call_##name(struct rcs_amplify *amplify, rcs_seq old)              \
	{                                                                              \
		rcs_amplify_##name(amplify, old);                                      \
	}
#include "stress/amplifier/list.h"
#undef X

rcs_amplify_function *const rcs_amplify_functions[RCS_AMPLIFIERS] = {
#define X(name) [RCS_AMPLIFIER_##name] = call_##name,
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

const char *rcs_amplifier_lacks(const struct rcs_amplifier *amplifier)
{
	if ((amplifier->needs & RCS_NEEDS_STREAM) && !RCS_HAVE_STREAM)
		return "non-temporal stores (x86-64)";
	if ((amplifier->needs & RCS_NEEDS_FLUSH) && !rcs_flush_works())
		return "a cache-line flush that user space may issue";
	if ((amplifier->needs & RCS_NEEDS_MISALIGNED) && !rcs_misaligned_works())
		return "misaligned stores that neither trap nor are emulated";
	return NULL;
}
