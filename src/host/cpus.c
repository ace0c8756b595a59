/* SPDX-License-Identifier: BSD-2-Clause */
/* Lists of CPUs: see cpus.h. */
#include "host/cpus.h"

#include <ctype.h>
#include <errno.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int rcs_cpus_available(struct rcs_cpus *cpus, struct rcs_error *e)
{
	size_t size = CPU_ALLOC_SIZE(RCS_CPUS_MAX);
	cpu_set_t *set = CPU_ALLOC(RCS_CPUS_MAX);

	if (set == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a CPU mask");
	CPU_ZERO_S(size, set);
	if (sched_getaffinity(0, size, set) != 0) {
		CPU_FREE(set);
		return rcs_fail(e, RCS_ERROR_RESOURCE,
				"cannot read which CPUs may be used: "
				"sched_getaffinity: %s",
				strerror(errno));
	}
	cpus->count = 0;
	for (int cpu = 0; cpu < RCS_CPUS_MAX; cpu++) {
		if (CPU_ISSET_S(cpu, size, set))
			cpus->id[cpus->count++] = cpu;
	}
	CPU_FREE(set);
	return 0;
}

static bool read_number(const char **at, long *number)
{
	char *end;

	if (!isdigit((unsigned char)**at))
		return false;
	errno = 0;
	*number = strtol(*at, &end, 10);
	*at = end;
	return errno == 0 && *number < RCS_CPUS_MAX;
}

int rcs_cpus_parse(const char *text, struct rcs_cpus *cpus, struct rcs_error *e)
{
	static const char wanted[] = "a list such as 0-3,8, of numbers below";
	bool chosen[RCS_CPUS_MAX] = {false};
	const char *at = text;

	for (;;) {
		long first, last;

		if (!read_number(&at, &first))
			goto malformed;
		last = first;
		if (*at == '-') {
			at++;
			if (!read_number(&at, &last) || last < first)
				goto malformed;
		}
		for (long cpu = first; cpu <= last; cpu++)
			chosen[cpu] = true;
		if (*at == '\0')
			break;
		if (*at++ != ',')
			goto malformed;
	}
	cpus->count = 0;
	for (int cpu = 0; cpu < RCS_CPUS_MAX; cpu++) {
		if (chosen[cpu])
			cpus->id[cpus->count++] = cpu;
	}
	return 0;
malformed:
	return rcs_fail(e, RCS_ERROR_USAGE, "'%.60s' is not a list of CPUs: want %s %d",
			text, wanted, RCS_CPUS_MAX);
}

void rcs_cpus_print(const struct rcs_cpus *cpus, char *text, size_t size)
{
	size_t used = 0;

	if (size > 0)
		text[0] = '\0';
	for (int i = 0; i < cpus->count && used < size;) {
		int last = i;
		int n;

		while (last + 1 < cpus->count &&
		       cpus->id[last + 1] == cpus->id[last] + 1)
			last++;
		n = snprintf(text + used, size - used, last > i ? "%s%d-%d" : "%s%d",
			     i > 0 ? "," : "", cpus->id[i], cpus->id[last]);
		used += n > 0 ? (size_t)n : 0;
		i = last + 1;
	}
}

int rcs_cpus_bind(int cpu, struct rcs_error *e)
{
	size_t size = CPU_ALLOC_SIZE(RCS_CPUS_MAX);
	cpu_set_t *set = CPU_ALLOC(RCS_CPUS_MAX);
	int failed;

	if (set == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a CPU mask");
	CPU_ZERO_S(size, set);
	CPU_SET_S(cpu, size, set);
	failed = sched_setaffinity(0, size, set);
	CPU_FREE(set);
	if (failed != 0)
		return rcs_fail(e, RCS_ERROR_RESOURCE,
				"cannot bind a thread to CPU %d: "
				"sched_setaffinity: %s",
				cpu, strerror(errno));
	return 0;
}
