/* SPDX-License-Identifier: BSD-2-Clause */
/* Checks: their verdicts, what they call, and what they refuse. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ck_pr.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "check/test/asked.h"
#include "check/test/process.h"

/* MEMBARRIER_CMD_PRIVATE_EXPEDITED, which older headers do not have. */
static int membarrier(void *unused)
{
	(void)unused;
	return syscall(SYS_membarrier, 1 << 3, 0) == 0 ? 0 : -errno;
}

static void fence(void *unused)
{
	(void)unused;
	ck_pr_fence_memory();
}

static int local_fence(void *unused)
{
	(void)unused;
	ck_pr_fence_memory();
	return 0;
}

static void a_sound_one_holds(void **state)
{
	struct rcustress_check check = check_of(membarrier);

	(void)state;
	if (syscall(SYS_membarrier, 1 << 4, 0) != 0)
		return; /* a kernel without it: nothing to be seen */
	check.light = empty;
	(void)verdict_of(&check);
	if (!tells())
		return;
	assert_int_equal(result.verdict, RCUSTRESS_HOLDS);
	assert_int_equal(result.hits, 0);
	assert_true(result.p_missed <= 1e-6);
	assert_true(result.sensitivity > 1.0);
	assert_true(result.control_hits > 0 && result.reference_exposed > 0);
	assert_int_equal(result.reference_hits, 0);
	assert_true(result.calls > 0 && result.exposed > 0);
	assert_true(result.blocks >= result.blocks_needed && result.blocks_needed > 0);
	assert_true(result.heavy_p50_ns > 0 && result.elapsed_ns > 0);
	assert_string_equal(result.name, "tested");
	assert_string_equal(result.reason, "");
	assert_string_equal(result.witness, "");
}

static void broken(const struct rcustress_check *check)
{
	(void)verdict_of(check);
	if (!tells())
		return;
	assert_int_equal(result.verdict, RCUSTRESS_BROKEN);
	assert_true(result.hits > 0);
	assert_non_null(strstr(result.witness, "missing"));
	assert_true(result.reason[0] != '\0');
	assert_true(result.p_missed == 1.0);
}

static void one_that_does_nothing_is_broken(void **state)
{
	struct rcustress_check check = check_of(nothing);

	(void)state;
	broken(&check);
	check.light = empty;
	broken(&check);
	check.flags = RCUSTRESS_CHECK_FORK;
	broken(&check);
/* Elsewhere stores may not be held back for so long. */
#if defined(__x86_64__)
	check = check_of(spin);
	broken(&check);
#endif
}

/* The light side of the control must be none, or nothing could be said. */
static void a_fence_on_both_sides_holds(void **state)
{
	struct rcustress_check check = check_of(local_fence);

	(void)state;
	check.light = fence;
	(void)verdict_of(&check);
	if (!tells())
		return;
	assert_int_equal(result.verdict, RCUSTRESS_HOLDS);
	assert_true(result.control_hits > 0);
}

/* No store and no clock, which may be a system call. */
static void go_round(void *times)
{
	for (long n = *(const long *)times; n > 0; n--)
		ck_pr_barrier();
}

/* A store has left its buffer while the light side took its time: that is no order. */
static void a_slow_light_side_does_not_hold(void **state)
{
	struct rcustress_check check = check_of(nothing);
	long more = 2000;

	(void)state;
	check.light = go_round;
	check.time_ms = emulated ? 500 : 5000;
	for (long times = 500; times <= 200000; times *= 20) {
		check.argument = &times;
		(void)verdict_of(&check);
		assert_true(result.verdict == RCUSTRESS_BROKEN ||
			    result.verdict == RCUSTRESS_INCONCLUSIVE);
	}
	/* Nor where the heavy side is right: it would pass whatever that did. */
	if (syscall(SYS_membarrier, 1 << 4, 0) != 0)
		return;
	check.heavy = membarrier;
	check.argument = &more;
	check.time_ms = emulated ? 500 : 10000;
	assert_int_equal(verdict_of(&check), RCUSTRESS_INCONCLUSIVE);
}

static void one_cpu_cannot_tell(void **state)
{
	struct rcustress_check check = check_of(membarrier);
	cpu_set_t before;

	(void)state;
	process_keep_to_one_cpu(&before);
	assert_int_equal(verdict_of(&check), RCUSTRESS_INCONCLUSIVE);
	assert_non_null(strstr(result.reason, "only one CPU"));
	assert_int_equal(sched_setaffinity(0, sizeof(before), &before), 0);
}

static int fails(void *error)
{
	return *(const int *)error;
}

static void an_error_is_a_fault(void **state)
{
	int error = -EPERM;
	struct rcustress_check check = check_of(fails);

	(void)state;
	if (process_cpus() < 2)
		return;
	check.argument = &error;
	assert_int_equal(verdict_of(&check), RCUSTRESS_FAULT);
	assert_non_null(strstr(result.reason, "heavy"));
	assert_non_null(strstr(result.reason, strerror(EPERM)));
	check.flags = RCUSTRESS_CHECK_FORK;
	assert_int_equal(verdict_of(&check), RCUSTRESS_FAULT);
	assert_non_null(strstr(result.reason, strerror(EPERM)));
	/* But for one. */
	error = -EOPNOTSUPP;
	assert_int_equal(verdict_of(&check), RCUSTRESS_SKIPPED);
	check.flags = 0;
	assert_int_equal(verdict_of(&check), RCUSTRESS_SKIPPED);
}

/* Who has entered, and who called what. */
static struct {
	unsigned entered, left, refuse_nth, callers, strangers;
} visits;
static __thread bool inside, called;

static int enter(void *unused)
{
	(void)unused;
	if (ck_pr_faa_uint(&visits.entered, 1) + 1 == visits.refuse_nth) {
		ck_pr_dec_uint(&visits.entered);
		return -ENOMEM;
	}
	inside = true;
	return 0;
}

static void leave(void *unused)
{
	(void)unused;
	if (!inside)
		ck_pr_inc_uint(&visits.strangers);
	inside = false;
	ck_pr_inc_uint(&visits.left);
}

static int call(void *unused)
{
	if (!called)
		ck_pr_inc_uint(&visits.callers);
	called = true;
	if (!inside)
		ck_pr_inc_uint(&visits.strangers);
	return spin(unused);
}

static void look(void *unused)
{
	(void)unused;
	if (!inside)
		ck_pr_inc_uint(&visits.strangers);
}

static void threads_enter_and_leave(void **state)
{
	struct rcustress_check check = check_of(call);

	(void)state;
	memset(&visits, 0, sizeof(visits));
	check.light = look;
	check.thread_enter = enter;
	check.thread_leave = leave;
	check.threads = 5;
	check.time_ms = 2000;
	(void)verdict_of(&check);
	assert_int_not_equal(result.verdict, RCUSTRESS_FAULT);
	assert_int_equal(visits.entered, 5);
	assert_int_equal(visits.left, 5);
	assert_int_equal(visits.strangers, 0);
	assert_int_equal(visits.callers, process_cpus() >= 2 ? 1 : 0);
}

static void one_that_cannot_enter_is_a_fault(void **state)
{
	struct rcustress_check check = check_of(call);

	(void)state;
	memset(&visits, 0, sizeof(visits));
	visits.refuse_nth = 2;
	check.thread_enter = enter;
	check.thread_leave = leave;
	check.threads = 3;
	assert_int_equal(verdict_of(&check), RCUSTRESS_FAULT);
	assert_non_null(strstr(result.reason, "thread_enter"));
	assert_non_null(strstr(result.reason, strerror(ENOMEM)));
	assert_int_equal(visits.left, visits.entered);
	assert_int_equal(visits.strangers, 0);
	assert_int_equal(visits.callers, 0);
}

static void refused(const struct rcustress_check *check, const char *reason)
{
	memset(&result, 0, sizeof(result));
	result.size = sizeof(result);
	assert_int_equal(rcustress_check(check, &result), -EINVAL);
	assert_int_equal(result.verdict, RCUSTRESS_FAULT);
	if (strncmp(result.reason, reason, strlen(reason)) != 0)
		fail_msg("'%s' does not begin with '%s'", result.reason, reason);
}

static void bad_arguments_are_refused(void **state)
{
	const struct rcustress_check good = check_of(nothing);
	struct rcustress_check bad = good;

	(void)state;
	refused(NULL, "there is no check");
	bad.heavy = NULL;
	refused(&bad, "heavy: ");
	bad = good;
	bad.size = 0;
	refused(&bad, "size: 0 is too little");
	bad.size = sizeof(bad) - 1;
	refused(&bad, "size: ");
	bad = good;
	bad.flags = 1u << 31;
	refused(&bad, "flags: ");
	bad = good;
	bad.threads = 1;
	refused(&bad, "threads: ");
	bad.threads = 100000;
	refused(&bad, "threads: ");
	for (size_t n = 0; n < 4; n++) {
		const double p[] = {NAN, -1e-6, 1.0, INFINITY};
		const double s[] = {NAN, -1.0, INFINITY, -INFINITY};

		bad = good;
		bad.p_missed = p[n];
		refused(&bad, "p_missed: ");
		bad = good;
		bad.sensitivity = s[n];
		refused(&bad, "sensitivity: ");
	}
	assert_int_equal(rcustress_check(&good, NULL), -EINVAL);
	result.size = sizeof(result) - 1;
	result.verdict = RCUSTRESS_BROKEN;
	assert_int_equal(rcustress_check(&good, &result), -EINVAL);
	assert_int_equal(result.verdict, RCUSTRESS_BROKEN); /* not touched */
}

/* A caller that was built with a later version of the header. */
static void larger_structs_are_understood(void **state)
{
	struct {
		struct rcustress_check check;
		char more[24];
	} later = {.more = ""};
	struct {
		struct rcustress_check_result result;
		char more[24];
	} filled;

	(void)state;
	later.check = check_of(nothing);
	later.check.size = sizeof(later);
	later.check.time_ms = 100;
	memset(&filled, 'x', sizeof(filled));
	filled.result.size = sizeof(filled);
	assert_int_equal(rcustress_check(&later.check, &filled.result), 0);
	assert_int_equal(filled.result.size, sizeof(filled));
	for (size_t n = 0; n < sizeof(filled.more); n++)
		assert_int_equal(filled.more[n], 0);
	later.more[23] = 1;
	refused(&later.check, "size: ");
}

static void results_are_put_into_words(void **state)
{
	struct rcustress_check_result r = {.size = sizeof(r), .name = "mine"};
	char text[512], cut[10];
	int length;

	(void)state;
	assert_int_not_equal(r.verdict, RCUSTRESS_HOLDS);
	assert_int_equal(rcustress_verdict_status(r.verdict), 3);
	assert_string_equal(rcustress_verdict_name(r.verdict), "INCONCLUSIVE");
	(void)snprintf(r.reason, sizeof(r.reason), "too short");
	length = rcustress_check_format(&r, text, sizeof(text));
	assert_int_equal(length, strlen(text));
	assert_string_equal(text, "INCONCLUSIVE  mine  subject 0/0, control not run, "
				  "in 0.0 s, seed 0\n  why: too short\n");
	assert_int_equal(rcustress_check_format(&r, NULL, 0), length);
	assert_int_equal(rcustress_check_format(&r, cut, sizeof(cut)), length);
	assert_string_equal(cut, "INCONCLUS");
	r.verdict = RCUSTRESS_HOLDS;
	r.p_missed = 1e-6;
	r.sensitivity = 50.0;
	r.control_exposed = 7;
	(void)rcustress_check_format(&r, text, sizeof(text));
	assert_non_null(strstr(text, "control 0/7, P(missed) 1e-06, sensitivity one in "
				     "50, in"));
	assert_int_equal(rcustress_verdict_status(RCUSTRESS_HOLDS), 0);
	assert_int_equal(rcustress_verdict_status(RCUSTRESS_BROKEN), 1);
	assert_int_equal(rcustress_verdict_status(RCUSTRESS_FAULT), 4);
	assert_int_equal(rcustress_verdict_status(RCUSTRESS_SKIPPED), 77);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_arguments_are_refused),
		cmocka_unit_test(larger_structs_are_understood),
		cmocka_unit_test(results_are_put_into_words),
		cmocka_unit_test(one_that_does_nothing_is_broken),
		cmocka_unit_test(one_cpu_cannot_tell),
		cmocka_unit_test(an_error_is_a_fault),
		cmocka_unit_test(threads_enter_and_leave),
		cmocka_unit_test(one_that_cannot_enter_is_a_fault),
		cmocka_unit_test(a_slow_light_side_does_not_hold),
		cmocka_unit_test(a_fence_on_both_sides_holds),
		cmocka_unit_test(a_sound_one_holds),
	};

	return cmocka_run_group_tests(tests, find_out, NULL);
}
