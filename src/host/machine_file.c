/* SPDX-License-Identifier: BSD-2-Clause */
/* Files of /proc and /sys, and text from them that is fit to print. */
#include "host/machine_parts.h"

#include <string.h>

FILE *rcs_machine_open(const char *root, const char *path)
{
	char name[1024];
	int n = snprintf(name, sizeof(name), "%s%s", root, path);

	return n > 0 && (size_t)n < sizeof(name) ? fopen(name, "re") : NULL;
}

size_t rcs_machine_file(const char *root, const char *path, char *text, size_t size)
{
	FILE *f = rcs_machine_open(root, path);
	size_t length = 0;

	text[0] = '\0';
	if (f == NULL)
		return 0;
	length = fread(text, 1, size - 1, f);
	(void)fclose(f);
	text[length] = '\0';
	return length;
}

/* Bytes of the character of UTF-8 that begins here; 0 if none does. */
static size_t character(const unsigned char *at)
{
	size_t length = at[0] < 0x80	? 1
			: at[0] < 0xc2	? 0
			: at[0] < 0xe0	? 2
			: at[0] < 0xf0	? 3
			: at[0] <= 0xf4 ? 4
					: 0;

	for (size_t i = 1; i < length; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	}
	/* Too long, a surrogate, or beyond the last. */
	if ((at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f) ||
	    (at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f))
		return 0;
	return length;
}

void rcs_machine_clean(char *to, size_t size, const char *from)
{
	const unsigned char *at = (const unsigned char *)from;
	size_t used = 0;

	while (*at != '\0' && *at != '\n') {
		size_t length = character(at);
		bool blank = *at <= 0x20 || *at == 0x7f ||
			     (length == 2 && at[0] == 0xc2 && at[1] < 0xa0);
		size_t room = length > 0 && !blank ? length : 1;

		if (used + room >= size)
			break;
		if (length == 0)
			to[used] = '?';
		else if (!blank)
			memcpy(to + used, at, length);
		else if (used > 0)
			to[used] = ' ';
		used += blank && used == 0 ? 0 : room;
		at += length > 0 ? length : 1;
	}
	while (used > 0 && to[used - 1] == ' ')
		used--;
	to[used] = '\0';
}

bool rcs_machine_line(const char *root, const char *path, char *to, size_t size)
{
	char text[4096];

	(void)rcs_machine_file(root, path, text, sizeof(text));
	rcs_machine_clean(to, size, text);
	return to[0] != '\0';
}

const char *rcs_machine_value(const char *line, const char *key)
{
	size_t length = strlen(key);

	if (strncmp(line, key, length) != 0)
		return NULL;
	line += length;
	line += strspn(line, " \t");
	if (*line != ':')
		return NULL;
	line++;
	return line + strspn(line, " \t");
}
