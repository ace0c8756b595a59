/* SPDX-License-Identifier: BSD-2-Clause */
/* Inter-processor interrupts per CPU, from /proc/interrupts: see interrupts.h. */
#include "host/interrupts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define PATH "/proc/interrupts"

/*
 * Descriptions, not labels: "IPI1" means function call on arm64 and something
 * else on RISC-V, and s390 and POWER have labels of their own.
 */
static uint64_t *counts_of(const char *description, struct rcs_interrupts *now)
{
	static const char *const calls[] = {"Function call", "function call",
					    "External Call", "Emergency Signal",
					    "Doorbell"};

	if (strstr(description, "TLB shootdown") != NULL)
		return now->shootdown;
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		if (strstr(description, calls[i]) != NULL)
			return now->call;
	}
	return NULL;
}

/* The header names the CPU of each column: offline ones are left out. */
static int parse_header(const char *line, int *column, int most)
{
	int columns = 0;
	const char *at = line;

	while ((at = strstr(at, "CPU")) != NULL && columns < most) {
		long cpu = strtol(at + 3, NULL, 10);

		if (cpu < 0 || cpu >= RCS_CPUS_MAX)
			return -1;
		column[columns++] = (int)cpu;
		at += 3;
	}
	return columns;
}

static void add_row(const char *numbers, const int *column, int columns,
		    uint64_t *count)
{
	for (int i = 0; i < columns; i++) {
		char *end;
		unsigned long long value = strtoull(numbers, &end, 10);

		if (end == numbers)
			return;
		count[column[i]] += value;
		numbers = end;
	}
}

int rcs_interrupts_parse(FILE *file, struct rcs_interrupts *now, struct rcs_error *e)
{
	static int column[RCS_CPUS_MAX];
	char *line = NULL;
	size_t room = 0;
	int columns = 0;

	memset(now, 0, sizeof(*now));
	if (getline(&line, &room, file) > 0)
		columns = parse_header(line, column, RCS_CPUS_MAX);
	while (columns > 0 && getline(&line, &room, file) > 0) {
		char *colon = strchr(line, ':');
		const char *label = line + strspn(line, " ");
		size_t used = strlen(now->rows);
		uint64_t *count = colon != NULL ? counts_of(colon + 1, now) : NULL;

		if (count == NULL)
			continue;
		*colon = '\0';
		(void)snprintf(now->rows + used, sizeof(now->rows) - used, "%s%s",
			       used > 0 ? " " : "", label);
		add_row(colon + 1, column, columns, count);
	}
	free(line);
	if (now->rows[0] == '\0')
		return rcs_fail(e, RCS_ERROR_UNSUPPORTED,
				"%s has no row for TLB shootdowns or function calls",
				PATH);
	return 0;
}

/* The kernel counts in 32 bits; of a CPU that went offline there is no count. */
static uint64_t between(uint64_t before, uint64_t after)
{
	return after == 0 ? 0 : (uint32_t)(after - before);
}

uint64_t rcs_interrupts_between(const struct rcs_interrupts *before,
				const struct rcs_interrupts *after, int cpu)
{
	uint64_t calls = between(before->call[cpu], after->call[cpu]);
	uint64_t shootdowns = between(before->shootdown[cpu], after->shootdown[cpu]);

	return calls > shootdowns ? calls : shootdowns;
}

int rcs_interrupts_read(struct rcs_interrupts *now, struct rcs_error *e)
{
	FILE *file = fopen(PATH, "re");
	int failed;

	if (file == NULL)
		return rcs_fail(e, RCS_ERROR_UNSUPPORTED, "%s is not readable: %s",
				PATH, strerror(errno));
	failed = rcs_interrupts_parse(file, now, e);
	fclose(file);
	return failed;
}
