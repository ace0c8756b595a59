/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of architectures: see architecture.h. */
#include "cli/architecture.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cli/suggest.h"

/* What Linux says; families in full, so that none is taken for a misspelt other. */
static const char *const known[] = {
	"x86_64",   "aarch64",	   "aarch64_be",  "i386",   "i486",   "i586",
	"i686",	    "armv5tel",	   "armv5tejl",	  "armv6l", "armv7l", "armv7b",
	"armv8l",   "armv8b",	   "ppc",	  "ppc64",  "ppcle",  "ppc64le",
	"riscv32",  "riscv64",	   "s390",	  "s390x",  "mips",   "mips64",
	"sparc",    "sparc64",	   "loongarch32", "alpha",  "ia64",   "parisc",
	"parisc64", "loongarch64",
};

static const struct {
	const char *alias, *name;
} aliases[] = {
	{"arm64", "aarch64"},
	{"amd64", "x86_64"},
};

static int look_up(char name[RCS_ARCHITECTURE_SIZE], struct rcs_error *e)
{
	struct rcs_suggestion near = {0};

	for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++) {
		if (strcmp(name, aliases[i].alias) == 0) {
			(void)snprintf(name, RCS_ARCHITECTURE_SIZE, "%s",
				       aliases[i].name);
			return 0;
		}
		rcs_suggest(&near, name, aliases[i].alias);
	}
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(name, known[i]) == 0)
			return 0;
		rcs_suggest(&near, name, known[i]);
	}
	if (near.best != NULL)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"there is no architecture '%s'; did you mean '%s'?",
				name, near.best);
	return 0;
}

int rcs_architecture_read(const char *text, char name[RCS_ARCHITECTURE_SIZE],
			  struct rcs_error *e)
{
	size_t length = strlen(text);
	bool good = length > 0 && length < RCS_ARCHITECTURE_SIZE;

	for (size_t i = 0; good && i <= length; i++) {
		unsigned char c = (unsigned char)text[i];

		good = i == length || isalnum(c) || c == '_' || c == '-';
		name[i] = (char)tolower(c);
	}
	if (!good)
		return rcs_fail(e, RCS_ERROR_USAGE,
				"want an architecture as `uname -m' has it, such as "
				"x86_64 or aarch64, not '%.60s'",
				text);
	return look_up(name, e);
}
