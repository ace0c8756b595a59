/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of architectures, as people write them and as uname -m has them. */
#ifndef RCS_CLI_ARCHITECTURE_H
#define RCS_CLI_ARCHITECTURE_H

#include "host/error.h"

/* As in struct rcs_machine, the final NUL included. */
#define RCS_ARCHITECTURE_SIZE 32

/*
 * The name that uname -m would give: lower case, "aarch64" for arm64, "x86_64" for
 * amd64. A name that is not known is taken as it is, since there are more kernels
 * than lists; but -1 and *e (usage) when it is malformed, or nearly a known one: an
 * expectation of a misspelt architecture would be ignored everywhere.
 */
int rcs_architecture_read(const char *text, char name[RCS_ARCHITECTURE_SIZE],
			  struct rcs_error *e);

#endif
