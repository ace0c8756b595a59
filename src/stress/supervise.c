/* SPDX-License-Identifier: BSD-2-Clause */
/* The parent's side of a cell: see supervise.h. */
#include "stress/supervise.h"

#include <ck_pr.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "host/clock.h"
#include "stress/cell.h"
#include "stress/companion.h"
#include "stress/plugins.h"

#define TICK_NS 20000000
/*
 * Counted in ticks that this process saw, not in time: when all of us are stopped
 * and continued, nobody has hung.
 */
#define SILENT_TICKS (20 * (1000000000L / TICK_NS))
/*
 * Past its limit a cell has a minute to set up, look at the reference and end; and two
 * ticks for each thread, since thousands of them on few CPUs take long to get anywhere.
 */
#define OVERTIME_TICKS (60 * (1000000000L / TICK_NS))
#define THREAD_TICKS   2

/* In the child. Does not return. */
static void become_cell(int descriptor, pid_t parent, const char *companion)
{
	char program[] = "rcustress", command[] = RCS_CELL_COMMAND, number[16];
	char *const argv[] = {program, command, number, NULL};

	(void)snprintf(number, sizeof(number), "%d", descriptor);
	/* Dies with its parent, however that ends. */
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	/* What ends the parent goes to its whole group; it asks over the board. */
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGTERM, SIG_IGN);
	(void)signal(SIGHUP, SIG_IGN);
	/* Where that cannot be started, its flavours say so themselves. */
	if (companion[0] != '\0')
		(void)execv(companion, argv);
	(void)execv("/proc/self/exe", argv);
	/* No /proc, or an emulator that cannot: a fork is nearly as fresh. */
	_exit(rcs_cell_main(descriptor));
}

static void end_with(struct rcs_result *result, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void end_with(struct rcs_result *result, const char *format, ...)
{
	char reason[sizeof(result->reason)];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(reason, sizeof(reason), format, args);
	va_end(args);
	rcs_plugins_fault(result, reason);
}

/* What its end says when it left no result. */
static void judge_end(const struct rcs_plan *plan, int status, bool interrupted,
		      const char *where, struct rcs_result *result)
{
	if (interrupted && !WIFSIGNALED(status)) {
		result->interrupted = true;
		if (result->subject.hits > 0) {
			result->verdict = RCS_BROKEN;
			return;
		}
		result->verdict = RCS_INCONCLUSIVE;
		(void)snprintf(result->reason, sizeof(result->reason),
			       "interrupted before its rounds were counted");
		return;
	}
	if (WIFSIGNALED(status))
		end_with(result,
			 "the process of cell %s %s was killed by signal %d (%s)%s",
			 plan->barrier, plan->test, WTERMSIG(status),
			 strsignal(WTERMSIG(status)), where);
	else
		end_with(result, "the process of cell %s %s ended with status %d%s",
			 plan->barrier, plan->test, WEXITSTATUS(status),
			 where[0] != '\0' ? where : " and no result");
}

struct watch {
	struct rcs_board *board;
	const struct rcs_watcher *watcher;
	pid_t child;
	uint64_t begun_ns;
	uint32_t heartbeat;
	long silent; /* ticks without a heartbeat */
	long left;   /* ticks until it is overdue */
};

static void tick(struct watch *w)
{
	struct timespec t = {0, TICK_NS};
	uint32_t heartbeat = ck_pr_load_32(&w->board->progress.heartbeat);

	w->silent = heartbeat == w->heartbeat ? w->silent + 1 : 0;
	w->heartbeat = heartbeat;
	w->left--;
	if (w->watcher->interrupted())
		ck_pr_store_32(&w->board->stop, 1); /* read by rcs_cell_tick() */
	if (w->watcher->progress != NULL)
		w->watcher->progress(&w->board->progress, rcs_clock_ns() - w->begun_ns,
				     w->watcher->argument);
	(void)nanosleep(&t, NULL);
}

/* By a signal that makes it tell in which function of a plug-in it is; or at least. */
static void end_hung(const struct watch *w)
{
	const struct rcs_plan *plan = &w->board->plan;
	const struct timespec moment = {0, 5 * TICK_NS};

	if (plan->barrier_plugin[0] != '\0' || plan->rcu_plugin[0] != '\0') {
		(void)kill(w->child, SIGABRT);
		(void)nanosleep(&moment, NULL);
	}
	(void)kill(w->child, SIGKILL);
}

/* Waits for the child's end. true: it hung, and was killed. */
static bool wait_for(struct watch *w, int *status)
{
	bool hung = false;
	pid_t got;

	for (;;) {
		got = waitpid(w->child, status, hung ? 0 : WNOHANG);
		if (got == w->child || (got < 0 && errno != EINTR))
			return hung;
		if (w->silent > SILENT_TICKS || w->left < 0) {
			hung = true;
			end_hung(w);
			continue;
		}
		tick(w);
	}
}

/* As far as it goes: there may be room for more than was needed. */
static void take_log(const struct rcs_round_log *from, struct rcs_round_log *log)
{
	uint64_t kept =
		from->rounds < RCS_ROUND_LOG_MAX ? from->rounds : RCS_ROUND_LOG_MAX;

	log->rounds = from->rounds;
	memcpy(log->entry, from->entry, (size_t)kept * sizeof(log->entry[0]));
}

int rcs_supervise(const struct rcs_plan *plan, const struct rcs_watcher *watcher,
		  struct rcs_result *result, struct rcs_round_log *log,
		  struct rcs_error *e)
{
	int descriptor, status = 0;
	char companion[PATH_MAX], where[96];
	struct rcs_board *board = rcs_board_create(&descriptor, e);
	struct watch w = {.board = board, .watcher = watcher};
	pid_t parent = getpid();
	long overtime =
		OVERTIME_TICKS + (long)(plan->writers + plan->readers) * THREAD_TICKS;
	bool hung, begun;

	if (board == NULL)
		return -1;
	rcs_companion_of(plan, companion, sizeof(companion));
	board->plan = *plan;
	rcs_plugins_place(&board->plan);
	w.left = (long)(plan->limit_ns / TICK_NS) + overtime;
	(void)fflush(NULL);
	w.begun_ns = rcs_clock_ns();
	w.child = fork();
	if (w.child == 0)
		become_cell(descriptor, parent, companion);
	(void)close(descriptor);
	if (w.child < 0) {
		rcs_board_close(board);
		return rcs_fail(e, RCS_ERROR_RESOURCE,
				"cannot start a process for cell %s %s: fork: %s",
				plan->barrier, plan->test, strerror(errno));
	}
	hung = wait_for(&w, &status);
	*result = board->result;
	if (log != NULL)
		take_log(&board->rounds, log);
	begun = board->progress.heartbeat > 0;
	rcs_plugins_where(board, where, sizeof(where));
	rcs_board_close(board);
	if (hung)
		end_with(result, "the process of cell %s %s hung and was killed: %s%s",
			 plan->barrier, plan->test,
			 w.left < 0 ? "it did not end a minute after its limit"
				    : "it gave no sign of life for 20 s",
			 where);
	else if (!result->filled || !WIFEXITED(status) || WEXITSTATUS(status) != 0 ||
		 where[0] != '\0') {
		if (begun || !rcs_companion_refused(companion, status, result))
			judge_end(plan, status, watcher->interrupted(), where, result);
	} else if (result->error == RCS_ERROR_USAGE)
		return rcs_fail(e, RCS_ERROR_USAGE, "%s", result->reason);
	if (result->elapsed_ns == 0)
		result->elapsed_ns = rcs_clock_ns() - w.begun_ns;
	return 0;
}
