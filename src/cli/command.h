/* SPDX-License-Identifier: BSD-2-Clause */
/* The commands: each is one file that takes its own argv and gives an exit status. */
#ifndef RCS_CLI_COMMAND_H
#define RCS_CLI_COMMAND_H

/* `rcustress [OPTION…] [TEST…]`: argv[0] is the program's name. */
int rcs_command_run(int argc, char **argv);

/* X(name): the others, each a function rcs_command_NAME(). */
#define RCS_COMMANDS(X) X(list) X(prove) X(horizon) X(bench) X(mutants) X(report)

/* `rcustress list …` and so on: argv[0] is the command's name. */
#define X(name) int rcs_command_##name(int argc, char **argv);
RCS_COMMANDS(X)
#undef X

#endif
