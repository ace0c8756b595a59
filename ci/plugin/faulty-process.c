/* SPDX-License-Identifier: BSD-2-Clause */
/* What plug-ins do to the process, leave behind in it, and define in it. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "faulty.h"

static void *sleep_for_long(void *argument)
{
	hang();
	return argument;
}

static int thread_left(void **state)
{
	pthread_t thread;

	(void)state;
	return -pthread_create(&thread, NULL, sleep_for_long, NULL);
}
EXPORT leaves_thread = {SOUND, .name = "leaves-thread", .setup = thread_left,
			.heavy = order};

static int descriptor_left(void **state)
{
	(void)state;
	return open("/dev/null", O_RDONLY) < 0 || open("/dev/null", O_RDONLY) < 0
		       ? -errno
		       : 0;
}
EXPORT leaves_descriptors = {SOUND, .name = "leaves-descriptors",
			     .setup = descriptor_left, .heavy = order};

static int child_left(void **state)
{
	pid_t child = fork();

	(void)state;
	if (child < 0)
		return -errno;
	if (child == 0) {
		(void)sleep(3);
		_exit(0);
	}
	return 0;
}
EXPORT leaves_child = {SOUND, .name = "leaves-child", .setup = child_left,
		       .heavy = order};

static int child_left_and_crash(void **state)
{
	int result = child_left(state);

	crash();
	return result;
}
EXPORT child_and_crash = {SOUND, .name = "child-and-crash",
			  .setup = child_left_and_crash, .heavy = order};

static int print_in_setup(void **state)
{
	(void)state;
	printf("garbage of setup(), to be flushed at the end\n");
	return -!(write(STDOUT_FILENO, "garbage of setup()\n", 19) == 19);
}

static int print_in_heavy(void *writer)
{
	/* A few, in the try-out and in the cell. */
	if (!is_late(3))
		(void)!write(STDOUT_FILENO, "garbage of heavy()\n", 19);
	return order(writer);
}
EXPORT prints = {SOUND, .name = "prints", .setup = print_in_setup,
		 .heavy = print_in_heavy};

static int close_standard(void **state)
{
	(void)state;
	(void)close(STDIN_FILENO);
	(void)close(STDOUT_FILENO);
	(void)close(STDERR_FILENO);
	return 0;
}
EXPORT closes_standard = {SOUND, .name = "closes-standard", .setup = close_standard,
			  .heavy = order};

static int close_others(void **state)
{
	(void)state;
	for (int fd = 3; fd < 256; fd++)
		(void)close(fd);
	return 0;
}
EXPORT closes_others = {SOUND, .name = "closes-others", .setup = close_others,
			.heavy = order};

static int close_and_hang(void **state)
{
	(void)close_others(state);
	hang();
	return 0;
}
EXPORT closes_and_hangs = {SOUND, .name = "closes-and-hangs", .setup = close_and_hang,
			   .heavy = order};

static int block_signals(void *state)
{
	sigset_t all;

	(void)state;
	(void)sigfillset(&all);
	return -pthread_sigmask(SIG_BLOCK, &all, NULL);
}
EXPORT blocks_signals = {SOUND, .name = "blocks-signals", .thread_enter = block_signals,
			 .heavy = order};

static int ignore_signals(void **state)
{
	(void)state;
	for (int n = 1; n < NSIG; n++)
		(void)signal(n, SIG_IGN);
	return 0;
}
EXPORT ignores_signals = {SOUND, .name = "ignores-signals", .setup = ignore_signals,
			  .heavy = order};

static int ring_alarm(void **state)
{
	(void)state;
	(void)ualarm(200000, 0);
	return 0;
}
EXPORT rings_alarm = {SOUND, .name = "rings-alarm", .setup = ring_alarm,
		      .heavy = order};

static int move_away(void **state)
{
	(void)state;
	return chdir("/") != 0 ? -errno : 0;
}
EXPORT moves_away = {SOUND, .name = "moves-away", .setup = move_away, .heavy = order};

static int limit_itself(void **state)
{
	const struct rlimit few = {16, 16};

	(void)state;
	return setrlimit(RLIMIT_NOFILE, &few) != 0 ? -errno : 0;
}
EXPORT limits_itself = {SOUND, .name = "limits-itself", .setup = limit_itself,
			.heavy = order};

/* ---- Names that the program has as well, or one of its libraries. ---- */

#if defined(NAMESAKES)
#define OWN(name, ...)                                                                 \
	RCUSTRESS_EXPORT int name(__VA_ARGS__);                                        \
	int name(__VA_ARGS__)                                                          \
	{                                                                              \
		return 42;                                                             \
	}

OWN(rcs_fail, void)
OWN(rcs_barrier_find, void)
OWN(rcs_clock_ns, void)
OWN(rcs_supervise, void)
OWN(main, void)
OWN(json_loads, void)
OWN(json_dumps, void)
OWN(hwloc_topology_init, void)
OWN(ck_epoch_register, void)
OWN(argp_parse, void)
RCUSTRESS_EXPORT const char *rcs_barriers[] = {"none of these"};

RCUSTRESS_EXPORT void *malloc(size_t size);
void *malloc(size_t size)
{
	(void)size;
	return NULL;
}

static int keep_own(void **state)
{
	(void)state;
	if (rcs_fail() != 42 || rcs_barrier_find() != 42 || rcs_clock_ns() != 42 ||
	    rcs_supervise() != 42 || main() != 42 || rcs_barriers[0][0] != 'n')
		return -EPROTO;
#if defined(BOUND)
	/* -Bsymbolic: those of libraries too. */
	if (json_loads() != 42 || json_dumps() != 42 || hwloc_topology_init() != 42 ||
	    ck_epoch_register() != 42 || argp_parse() != 42 || malloc(1) != NULL)
		return -EPROTO;
#endif
	return 0;
}
EXPORT namesakes = {SOUND, .name = "namesakes", .setup = keep_own, .heavy = order};
#endif
