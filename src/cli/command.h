/* SPDX-License-Identifier: BSD-2-Clause */
/* The commands: each is one file that takes its own argv and gives an exit status. */
#ifndef RCS_CLI_COMMAND_H
#define RCS_CLI_COMMAND_H

/* `rcustress [OPTION…] [TEST…]`: argv[0] is the program's name. */
int rcs_command_run(int argc, char **argv);
/* `rcustress list …` and so on: argv[0] is the command's name. */
int rcs_command_list(int argc, char **argv);
int rcs_command_prove(int argc, char **argv);
int rcs_command_horizon(int argc, char **argv);
int rcs_command_bench(int argc, char **argv);
int rcs_command_mutants(int argc, char **argv);
int rcs_command_report(int argc, char **argv);

#endif
