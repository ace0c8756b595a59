/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads that call plug-ins, and what becomes of them: see plugin_call.h. */
#include "host/plugin_call.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

/* A handler needs it where a thread has run over its stack: signal stacks. */
#define STACK_SIZE 16384

_Thread_local struct rcs_plugin_thread rcs_plugin_here;

static _Thread_local void *signal_stack;

static struct {
	pthread_mutex_t lock;
	struct rcs_plugin_thread *first;
} list = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* A thread may end without a word. */
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void thread_ends(void *self)
{
	(void)self;
	rcs_plugin_unlist();
}

static void make_key(void)
{
	(void)pthread_key_create(&key, thread_ends);
}

static char *crash_where;
static size_t crash_size;
static pid_t crash_process; /* not of its children, for which there is a trial */

static void use_signal_stack(void)
{
	stack_t stack = {.ss_size = STACK_SIZE};

	if (crash_where == NULL || signal_stack != NULL)
		return;
	signal_stack = malloc(STACK_SIZE);
	stack.ss_sp = signal_stack;
	if (signal_stack != NULL)
		(void)sigaltstack(&stack, NULL);
}

static void drop_signal_stack(void)
{
	const stack_t none = {.ss_flags = SS_DISABLE, .ss_size = STACK_SIZE};

	if (signal_stack == NULL)
		return;
	(void)sigaltstack(&none, NULL);
	free(signal_stack);
	signal_stack = NULL;
}

void rcs_plugin_list(void)
{
	struct rcs_plugin_thread *self = &rcs_plugin_here;

	use_signal_stack();
	if (self->listed)
		return;
	(void)pthread_once(&once, make_key);
	(void)pthread_setspecific(key, self);
	(void)pthread_mutex_lock(&list.lock);
	self->looks = 0;
	self->next = list.first;
	list.first = self;
	self->listed = true;
	(void)pthread_mutex_unlock(&list.lock);
}

void rcs_plugin_unlist(void)
{
	struct rcs_plugin_thread *self = &rcs_plugin_here;

	drop_signal_stack();
	if (!self->listed)
		return;
	(void)pthread_mutex_lock(&list.lock);
	for (struct rcs_plugin_thread **at = &list.first; *at != NULL;
	     at = &(*at)->next) {
		if (*at == self) {
			*at = self->next;
			break;
		}
	}
	self->listed = false;
	(void)pthread_mutex_unlock(&list.lock);
}

/* What it has been in for so long; NULL: it gets on. */
static const char *look_at(struct rcs_plugin_thread *t, unsigned looks)
{
	const char *in = ck_pr_load_ptr(&t->in);
	unsigned calls = ck_pr_load_uint(&t->calls);

	if (in == NULL || calls != t->seen) {
		t->seen = calls;
		t->looks = 0;
		return NULL;
	}
	return ++t->looks >= looks ? in : NULL;
}

const char *rcs_plugin_look(unsigned looks)
{
	const char *hangs = NULL, *queues = NULL;
	bool waits = false;

	(void)pthread_mutex_lock(&list.lock);
	for (struct rcs_plugin_thread *t = list.first; t != NULL; t = t->next) {
		const char *in = look_at(t, looks);

		if (in == NULL)
			continue;
		switch ((enum rcs_plugin_waits)ck_pr_load_uint(&t->waits)) {
		case RCS_PLUGIN_WAITS:
			waits = true;
			break;
		case RCS_PLUGIN_QUEUES:
			queues = in;
			break;
		default:
			hangs = in;
			break;
		}
	}
	(void)pthread_mutex_unlock(&list.lock);
	return hangs != NULL || waits ? hangs : queues;
}

const char *rcs_plugin_any(void)
{
	const char *in = NULL;

	(void)pthread_mutex_lock(&list.lock);
	for (struct rcs_plugin_thread *t = list.first; t != NULL && in == NULL;
	     t = t->next)
		in = ck_pr_load_ptr(&t->in);
	(void)pthread_mutex_unlock(&list.lock);
	return in;
}

/* Byte by byte: no function here is one that a handler may not call. */
static void leave_word(const char *in)
{
	size_t n = 0;

	if (getpid() != crash_process)
		return;
	for (; in != NULL && in[n] != '\0' && n + 1 < crash_size; n++)
		crash_where[n] = in[n];
	if (n > 0)
		crash_where[n] = '\0';
}

void rcs_plugin_begin_alone(const char *function)
{
	leave_word(function);
	rcs_plugin_begin(function, RCS_PLUGIN_WAITS);
}

void rcs_plugin_end_alone(void)
{
	rcs_plugin_end();
	if (crash_where != NULL && getpid() == crash_process)
		crash_where[0] = '\0';
}

/* On the thread that did it. */
static void crashed(int number)
{
	leave_word(rcs_plugin_here.in);
	/* The handler is gone (SA_RESETHAND): this ends the process. */
	(void)raise(number);
}

/* On the thread that called exit(). */
static void ended(void)
{
	leave_word(rcs_plugin_here.in);
}

void rcs_plugin_catch_crash(char *where, size_t size)
{
	static const int numbers[] = {SIGSEGV, SIGBUS,	SIGILL, SIGFPE,
				      SIGABRT, SIGTRAP, SIGSYS};
	struct sigaction action = {.sa_handler = crashed,
				   .sa_flags = SA_RESETHAND | SA_ONSTACK | SA_NODEFER};

	crash_where = where;
	crash_size = size;
	crash_process = getpid();
	use_signal_stack();
	(void)atexit(ended);
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		(void)sigaction(numbers[i], &action, NULL);
}

bool rcs_plugin_is_errno(int result)
{
	return result < 0 && result >= -4095;
}

int rcs_plugin_check_result(const char *of, const char *function, int result,
			    struct rcs_error *e)
{
	if (result == 0)
		return 0;
	if (!rcs_plugin_is_errno(result))
		return rcs_fail(
			e, RCS_ERROR_FAULT,
			"%s of '%s' returned %d, which is neither 0 nor a negative "
			"errno value",
			function, of, result);
	return rcs_fail(e, RCS_ERROR_FAULT, "%s of '%s' failed: %s", function, of,
			strerror(-result));
}

int rcs_plugin_check_probe(const char *of, int result, struct rcs_error *e)
{
	if (rcs_plugin_check_result(of, "probe()", result, e) == 0)
		return 0;
	if (rcs_plugin_is_errno(result) && e != NULL)
		e->kind = RCS_ERROR_UNSUPPORTED;
	return -1;
}
