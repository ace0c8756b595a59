/* SPDX-License-Identifier: BSD-2-Clause */
/* Ctrl-C and its kin: the run ends early and gives what it has. */
#ifndef RCS_CLI_INTERRUPT_H
#define RCS_CLI_INTERRUPT_H

#include <stdbool.h>

/* From now on SIGINT, SIGTERM and SIGHUP are remembered; a second one, half a second
 * later or more, kills. */
void rcs_interrupt_catch(void);

bool rcs_interrupted(void);

#endif
