/* SPDX-License-Identifier: BSD-2-Clause */
/* String literals: see literal.h. */
#include "litmus/generate/literal.h"

#include <string.h>

/* What can stand for itself whatever stands next to it. A question mark could begin a
 * trigraph; the other characters end the literal, or mean something in it. */
static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "0123456789 !#%&'()*+,-./:;<=>[]^_{|}~";

void rcs_literal_print(const char *text, FILE *out)
{
	(void)fputc('"', out);
	for (const char *c = text; *c != '\0'; c++) {
		if (*c == '\n')
			(void)fputs(c[1] == '\0' ? "\\n" : "\\n\"\n\t\"", out);
		else if (strchr(plain, *c) != NULL)
			(void)fputc(*c, out);
		else /* all three digits: a fourth would not belong to it */
			(void)fprintf(out, "\\%03o", (unsigned char)*c);
	}
	(void)fputc('"', out);
}
