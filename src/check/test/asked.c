/* SPDX-License-Identifier: BSD-2-Clause */
/* What tests of checks ask, and how: see asked.h. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <time.h>

#include "check/test/asked.h"
#include "check/test/process.h"

struct rcustress_check_result result;
bool emulated;

struct rcustress_check check_of(int (*heavy)(void *))
{
	memset(&result, 0, sizeof(result));
	result.size = sizeof(result);
	return (struct rcustress_check){
		.size = sizeof(struct rcustress_check),
		.name = "tested",
		.heavy = heavy,
		.time_ms = emulated ? 500 : 30000,
	};
}

enum rcustress_verdict verdict_of(const struct rcustress_check *check)
{
	char text[2048];

	assert_int_equal(rcustress_check(check, &result), 0);
	(void)rcustress_check_format(&result, text, sizeof(text));
	for (const char *line = strtok(text, "\n"); line != NULL;
	     line = strtok(NULL, "\n"))
		print_message("# %s\n", line);
	return result.verdict;
}

bool tells(void)
{
	return process_cpus() >= 2 && !emulated;
}

int nothing(void *unused)
{
	(void)unused;
	return 0;
}

int spin(void *unused)
{
	struct timespec begun, now;

	(void)unused;
	clock_gettime(CLOCK_MONOTONIC, &begun);
	do
		clock_gettime(CLOCK_MONOTONIC, &now);
	while ((now.tv_sec - begun.tv_sec) * 1000000000L + now.tv_nsec - begun.tv_nsec <
	       3000);
	return 0;
}

void empty(void *unused)
{
	(void)unused;
}

int find_out(void **state)
{
	struct rcustress_check check = check_of(nothing);

	(void)state;
	check.time_ms = 10;
	if (rcustress_check(&check, &result) != 0)
		return -1;
	emulated = strstr(result.proviso, "emulation") != NULL;
	return 0;
}
