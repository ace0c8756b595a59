/* SPDX-License-Identifier: BSD-2-Clause */
/* Checks of what crashes or hangs, and what they leave of the process they run in. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ck_pr.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "check/test/asked.h"
#include "check/test/process.h"
#include "host/sanitizer.h"

static int crash(void *unused)
{
	(void)unused;
	(void)raise(SIGSEGV);
	return 0;
}

static void crash_light(void *unused)
{
	(void)unused;
	(void)raise(SIGSEGV);
}

static void a_crash_ends_in_the_child(void **state)
{
	struct sigaction none = {.sa_handler = SIG_DFL}, before;
	struct rcustress_check check = check_of(crash);

	(void)state;
	if (process_cpus() < 2)
		return;
	/* cmocka has handlers of its own. */
	assert_int_equal(sigaction(SIGSEGV, &none, &before), 0);
	check.flags = RCUSTRESS_CHECK_FORK;
	assert_int_equal(verdict_of(&check), RCUSTRESS_FAULT);
	assert_non_null(strstr(result.reason, "SIGSEGV in heavy"));
	check.heavy = spin;
	check.light = crash_light;
	assert_int_equal(verdict_of(&check), RCUSTRESS_FAULT);
	assert_non_null(strstr(result.reason, "SIGSEGV in light"));
	check.thread_enter = crash;
	assert_int_equal(verdict_of(&check), RCUSTRESS_FAULT);
	assert_non_null(strstr(result.reason, "SIGSEGV in thread_enter"));
	assert_int_equal(sigaction(SIGSEGV, &before, NULL), 0);
}

static unsigned handled;

static void on_signal(int number)
{
	(void)number;
	ck_pr_inc_uint(&handled);
}

static int raise_and_go_on(void *unused)
{
	(void)unused;
	handled = 0;
	(void)raise(SIGSEGV);
	return handled == 1 ? -EOPNOTSUPP : -EPROTO;
}

/* A runtime's safepoints may be faults that it handles. */
static void the_callers_handlers_stay_in_a_child(void **state)
{
	struct sigaction on = {.sa_handler = on_signal}, before;
	struct rcustress_check check = check_of(raise_and_go_on);

	(void)state;
	if (process_cpus() < 2)
		return;
	check.flags = RCUSTRESS_CHECK_FORK;
	assert_int_equal(sigaction(SIGSEGV, &on, &before), 0);
	assert_int_equal(verdict_of(&check), RCUSTRESS_SKIPPED);
	assert_int_equal(sigaction(SIGSEGV, &before, NULL), 0);
}

static unsigned released;

static void wait_for_release(void)
{
	const struct timespec moment = {0, 1000000};

	while (ck_pr_load_uint(&released) == 0)
		(void)nanosleep(&moment, NULL);
}

static int hang(void *unused)
{
	(void)unused;
	wait_for_release();
	return 0;
}

static unsigned calls;

/* In the midst of a round, with readers in their loops. */
static int hang_later(void *unused)
{
	if (ck_pr_faa_uint(&calls, 1) >= 600)
		wait_for_release();
	return spin(unused);
}

static void hang_void(void *unused)
{
	(void)unused;
	wait_for_release();
}

/* Threads that there are without a check. */
static unsigned quiet;

/* A thread that was joined may be listed for a while, under an emulator at least. */
static void tasks_become(unsigned tasks)
{
	const struct timespec moment = {0, 10000000};

	for (int n = 0; process_tasks() != tasks && n < 500; n++)
		(void)nanosleep(&moment, NULL);
	assert_int_equal(process_tasks(), tasks);
}

/* Until the lost threads have come back, nothing else can be checked; then all is well.
 */
static void recovers(unsigned tasks)
{
	struct rcustress_check check = check_of(nothing);
	const struct timespec moment = {0, 10000000};
	int failed = rcustress_check(&check, &result);

	assert_int_equal(failed, -EBUSY);
	assert_int_equal(result.verdict, RCUSTRESS_FAULT);
	ck_pr_store_uint(&released, 1);
	check.time_ms = 100;
	for (int n = 0; failed == -EBUSY && n < 3000; n++) {
		(void)nanosleep(&moment, NULL);
		failed = rcustress_check(&check, &result);
	}
	assert_int_equal(failed, 0);
	tasks_become(tasks);
}

/* A reader whose writer is lost would spin for ever. */
static void nobody_spins(void)
{
	const struct timespec moment = {0, 10000000};
	unsigned running = process_running();

	for (int n = 0; running > 0 && n < 1000; n++) {
		(void)nanosleep(&moment, NULL);
		running = process_running();
	}
	assert_int_equal(running, 0);
}

static void hangs(const struct rcustress_check *check, const char *reason)
{
	unsigned tasks = process_tasks();

	ck_pr_store_uint(&released, 0);
	assert_int_equal(verdict_of(check), RCUSTRESS_FAULT);
	assert_non_null(strstr(result.reason, reason));
	if (check->flags == 0) {
		nobody_spins();
		recovers(tasks);
	}
	tasks_become(tasks);
}

static void a_hang_is_a_fault(void **state)
{
	struct rcustress_check check = check_of(hang);

	(void)state;
	if (process_cpus() < 2)
		return;
	check.hang_ms = 1000;
	hangs(&check, "heavy has not returned for 1.0 s");
	check.heavy = hang_later;
	calls = 0;
	hangs(&check, "heavy has not returned");
	check.heavy = hang;
	check.flags = RCUSTRESS_CHECK_FORK;
	hangs(&check, "heavy has not returned");
	check.heavy = spin;
	check.light = hang_void;
	hangs(&check, "light has not returned");
	check.flags = 0;
	hangs(&check, "light has not returned");
	check.light = NULL;
	check.heavy = nothing;
	check.thread_leave = hang_void;
	hangs(&check, "thread_leave has not returned");
	check.thread_leave = NULL;
	check.thread_enter = hang;
	hangs(&check, "thread_enter has not returned");
}

static int check_again(void *unused)
{
	struct rcustress_check_result inner = {.size = sizeof(inner)};
	struct rcustress_check check = {.size = sizeof(check), .heavy = nothing};

	(void)unused;
	return rcustress_check(&check, &inner) == -EBUSY &&
			       inner.verdict == RCUSTRESS_FAULT
		       ? -EOPNOTSUPP
		       : -EPROTO;
}

static void there_is_one_at_a_time(void **state)
{
	struct rcustress_check check = check_of(check_again);

	(void)state;
	if (process_cpus() < 2)
		return;
	assert_int_equal(verdict_of(&check), RCUSTRESS_SKIPPED);
}

static void the_process_is_as_it_was(void **state)
{
	static struct process before, after;
	struct rcustress_check check = check_of(spin);

	(void)state;
	check.time_ms = 500;
	(void)verdict_of(&check); /* what is taken once and kept */
	tasks_become(quiet);
	process_look(&before);
	check.light = empty;
	(void)verdict_of(&check);
	check.flags = RCUSTRESS_CHECK_FORK;
	(void)verdict_of(&check);
	process_look(&after);
	assert_memory_equal(&before, &after, sizeof(before));
}

/* What AddressSanitizer keeps itself would get in the way. */
#if !RCS_ASAN
static void mappings_do_not_pile_up(void **state)
{
	struct rcustress_check check = check_of(spin);
	unsigned long before = 0, room = 3UL * 1024 * 1024;

	(void)state;
	check.time_ms = 20;
	for (int n = 0; n < 26 && !emulated; n++) {
		if (n == 2)
			before = process_pages();
		assert_int_equal(rcustress_check(&check, &result), 0);
	}
	assert_true(emulated ||
		    process_pages() < before + room / (unsigned long)getpagesize());
}

static void without_memory_it_says_what_is_missing(void **state)
{
	struct rcustress_check check = check_of(spin);
	unsigned faults = 0;
	struct rlimit before, limit;

	(void)state;
	if (emulated)
		return;
	check.time_ms = 10;
	check.threads = 40;
	assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
	for (rlim_t more = 0; more < 12; more++) {
		limit = before;
		limit.rlim_cur =
			(rlim_t)process_pages() * (rlim_t)getpagesize() + (more << 20);
		assert_int_equal(setrlimit(RLIMIT_AS, &limit), 0);
		assert_int_equal(rcustress_check(&check, &result), 0);
		assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
		faults += result.verdict == RCUSTRESS_FAULT && result.reason[0] != '\0';
		tasks_become(quiet);
	}
	assert_true(faults > 0);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_crash_ends_in_the_child),
		cmocka_unit_test(the_callers_handlers_stay_in_a_child),
		cmocka_unit_test(a_hang_is_a_fault),
		cmocka_unit_test(there_is_one_at_a_time),
		cmocka_unit_test(the_process_is_as_it_was),
#if !RCS_ASAN
		cmocka_unit_test(mappings_do_not_pile_up),
		cmocka_unit_test(without_memory_it_says_what_is_missing),
#endif
	};

	quiet = process_tasks();
	return cmocka_run_group_tests(tests, find_out, NULL);
}
