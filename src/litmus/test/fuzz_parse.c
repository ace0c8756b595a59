/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For libFuzzer: whatever the bytes are, the parser comes back, with one line of error
 * or with a test that is the same when it is printed and parsed again.
 */
#include <stdlib.h>
#include <string.h>

#include "litmus/parse.h"
#include "litmus/print.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rcs_error e = {.kind = RCS_ERROR_NONE};
	struct rcs_litmus *test =
		rcs_litmus_parse("fuzz", (const char *)data, size, &e);
	struct rcs_litmus *again;
	char *text = NULL;
	size_t length = 0;
	FILE *out;

	if (test == NULL) {
		if (e.kind != RCS_ERROR_USAGE || strpbrk(e.text, "\n\r\x1b") != NULL)
			abort();
		return 0;
	}
	out = open_memstream(&text, &length);
	if (out == NULL)
		abort();
	rcs_litmus_print(test, out);
	if (fclose(out) != 0)
		abort();
	again = rcs_litmus_parse("again", text, length, &e);
	/* The longest tests are too long a file with every statement on its own line.
	 */
	if (length <= RCS_LITMUS_SIZE_MAX &&
	    (again == NULL || !rcs_litmus_same(test, again))) {
		fprintf(stderr, "%s\n%s\n", again == NULL ? e.text : "not the same",
			text);
		abort();
	}
	rcs_litmus_free(again);
	rcs_litmus_free(test);
	free(text);
	return 0;
}
