/* SPDX-License-Identifier: BSD-2-Clause */
/* Finds the command and calls it; a program that is started as a cell becomes one. */
#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "host/streams.h"
#include "stress/cell.h"
#include "stress/supervise.h"
#include "verdict/verdict.h"

const char *argp_program_version = "rcustress " RCS_VERSION;
error_t argp_err_exit_status = RCS_EXIT_USAGE;

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} commands[] = {
#define X(name) {#name, rcs_command_##name},
	RCS_COMMANDS(X)
#undef X
};

static int dispatch(int argc, char **argv)
{
	static char name[64];

	if (argc == 3 && strcmp(argv[1], RCS_CELL_COMMAND) == 0)
		return rcs_cell_main(atoi(argv[2]));
	for (size_t i = 0; argc > 1 && i < sizeof(commands) / sizeof(commands[0]);
	     i++) {
		if (strcmp(argv[1], commands[i].name) != 0)
			continue;
		/* So that its help and its errors name it. */
		(void)snprintf(name, sizeof(name), "rcustress %s", commands[i].name);
		argv[1] = name;
		return commands[i].run(argc - 1, argv + 1);
	}
	return rcs_command_run(argc, argv);
}

int main(int argc, char **argv)
{
	int status;

	rcs_streams_occupy();
	status = dispatch(argc, argv);
	/* A report that nobody could be given is no report. */
	if (fflush(stdout) != 0 || ferror(stdout)) {
		(void)fprintf(stderr, "rcustress: cannot write the report: %s\n",
			      strerror(errno));
		return RCS_EXIT_FAULT;
	}
	return status;
}
