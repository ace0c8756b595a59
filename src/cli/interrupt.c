/* SPDX-License-Identifier: BSD-2-Clause */
/* Ctrl-C and its kin: see interrupt.h. */
#include "cli/interrupt.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t caught;

static void remember(int signal_number)
{
	(void)signal_number;
	caught = 1;
}

void rcs_interrupt_catch(void)
{
	/* Once: the second of a kind has its usual effect. */
	struct sigaction action = {.sa_handler = remember,
				   .sa_flags = (int)SA_RESETHAND};

	sigemptyset(&action.sa_mask);
	(void)sigaction(SIGINT, &action, NULL);
	(void)sigaction(SIGTERM, &action, NULL);
	(void)sigaction(SIGHUP, &action, NULL);
}

bool rcs_interrupted(void)
{
	return caught != 0;
}
