/* SPDX-License-Identifier: BSD-2-Clause */
/* Ctrl-C and its kin: see interrupt.h. */
#include "cli/interrupt.h"

#include <signal.h>
#include <stddef.h>
#include <stdint.h>

#include "host/clock.h"

/* timeout(1) and a shell's Ctrl-C may send one signal twice: to us, and to our group.
 */
#define SAME_NS 500000000

static volatile sig_atomic_t caught;
static uint64_t first_ns; /* of the handlers alone, which do not interrupt each other */

static void remember(int signal_number)
{
	uint64_t now = rcs_clock_ns();

	if (caught == 0)
		first_ns = now;
	else if (now - first_ns > SAME_NS) {
		/* Kills as soon as this handler is through. */
		(void)signal(signal_number, SIG_DFL);
		(void)raise(signal_number);
	}
	caught = 1;
}

void rcs_interrupt_catch(void)
{
	struct sigaction action = {.sa_handler = remember, .sa_flags = SA_RESTART},
			 hangup;

	sigemptyset(&action.sa_mask);
	sigaddset(&action.sa_mask, SIGINT);
	sigaddset(&action.sa_mask, SIGTERM);
	sigaddset(&action.sa_mask, SIGHUP);
	(void)sigaction(SIGINT, &action, NULL);
	(void)sigaction(SIGTERM, &action, NULL);
	/* Under nohup(1) it is ignored, and is to stay so. */
	if (sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler != SIG_IGN)
		(void)sigaction(SIGHUP, &action, NULL);
}

bool rcs_interrupted(void)
{
	return caught != 0;
}
