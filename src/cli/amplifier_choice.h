/* SPDX-License-Identifier: BSD-2-Clause */
/* The value of --amplify. */
#ifndef RCS_CLI_AMPLIFIER_CHOICE_H
#define RCS_CLI_AMPLIFIER_CHOICE_H

#include "host/error.h"
#include "stress/plan.h"

struct rcs_amplifier_choice {
	char name[RCS_WORD_SIZE]; /* "auto" or an amplifier that works here */
	unsigned depth;		  /* 0: the usual ones */
};

#define RCS_AMPLIFIER_CHOICE_AUTO ((struct rcs_amplifier_choice){"auto", 0})

/* Reads "auto", "NAME" or "NAME:DEPTH". -1 and *e (usage), with the nearest name. */
int rcs_amplifier_choice_read(const char *text, struct rcs_amplifier_choice *choice,
			      struct rcs_error *e);

#endif
