/* SPDX-License-Identifier: BSD-2-Clause */
/* placeholder */
#include "cli/command.h"
int rcs_command_bench(int argc, char **argv) { (void)argc; (void)argv; return 2; }
