/* SPDX-License-Identifier: BSD-2-Clause */
/* What of a process a check must leave as it was. */
#ifndef RCS_CHECK_TEST_PROCESS_H
#define RCS_CHECK_TEST_PROCESS_H

#include <sched.h>
#include <signal.h>
#include <stdint.h>

#define PROCESS_SIGNALS 64

/* Begins as zeros: compared byte by byte. */
struct process {
	cpu_set_t affinity;
	unsigned blocked[PROCESS_SIGNALS + 1];
	uintptr_t handler[PROCESS_SIGNALS + 1];
	unsigned tasks, descriptors, children;
};

void process_look(struct process *process);

/* CPUs that the calling thread may use. */
int process_cpus(void);

/* Binds the calling thread to the first of them; *before is its mask so far. */
void process_keep_to_one_cpu(cpu_set_t *before);

/* Threads that the process has; and those of them that run, but for the first. */
unsigned process_tasks(void);
unsigned process_running(void);

/* Pages of all that is mapped. */
unsigned long process_pages(void);

#endif
