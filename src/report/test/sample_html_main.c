/* SPDX-License-Identifier: BSD-2-Clause */
/* Writes made-up pages into a folder, for ci/html.bats: one.html, small.html,
 * some.html, many.html. */
#include <stdio.h>

#include "report/formats.h"
#include "sample_html.h"

static int write_page(struct sample *s, const char *folder, const char *name)
{
	struct rcs_error e = {0};
	char path[4096];
	FILE *out;
	int failed;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	out = fopen(path, "we");
	if (out == NULL) {
		perror(path);
		return 1;
	}
	failed = rcs_format_html.write(&s->document, out, &e) != 0;
	failed |= fclose(out) != 0;
	sample_free(s);
	return failed;
}

int main(int argc, char **argv)
{
	struct sample s;
	int failed;

	if (argc != 2) {
		(void)fputs("usage: html-sample FOLDER\n", stderr);
		return 2;
	}
	sample_one(&s);
	failed = write_page(&s, argv[1], "one.html");
	sample_many(&s, 1, 1, false);
	failed |= write_page(&s, argv[1], "small.html");
	sample_many(&s, 3, 3, true);
	failed |= write_page(&s, argv[1], "some.html");
	sample_many(&s, 10000, 200, false);
	failed |= write_page(&s, argv[1], "many.html");
	return failed;
}
