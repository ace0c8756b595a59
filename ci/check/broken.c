/* SPDX-License-Identifier: BSD-2-Clause */
/* For ci/check.bats: a heavy side that takes as long as a system call, and does
 * nothing. */
#include <rcustress-check.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

static int heavy(void *unused)
{
	struct timespec begun, now;

	(void)unused;
	clock_gettime(CLOCK_MONOTONIC, &begun);
	do
		clock_gettime(CLOCK_MONOTONIC, &now);
	while ((now.tv_sec - begun.tv_sec) * 1000000000L + now.tv_nsec - begun.tv_nsec <
	       1000);
	return 0;
}

int main(int argc, char **argv)
{
	struct rcustress_check check = {
		.size = sizeof(check), .heavy = heavy, .time_ms = 30000};
	struct rcustress_check_result result = {.size = sizeof(result)};
	char text[2048];

	if (argc > 1 && strcmp(argv[1], "fork") == 0)
		check.flags = RCUSTRESS_CHECK_FORK;
	rcustress_check(&check, &result);
	rcustress_check_format(&result, text, sizeof(text));
	fputs(text, stdout);
	return rcustress_verdict_status(result.verdict);
}
