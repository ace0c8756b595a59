/* SPDX-License-Identifier: BSD-2-Clause */
/* Details left out of a text in JSON: see brief.h. */
#include "report/json/brief.h"

#include <string.h>

#define KEY	"\"details\":"
#define INSTEAD KEY "null"

/* Behind the string that begins here; NULL if it does not end, or has what none has. */
static const char *behind_string(const char *at, const char *end)
{
	for (at++; at < end; at++) {
		if (*at == '"')
			return at + 1;
		if ((unsigned char)*at < ' ')
			return NULL;
		if (*at == '\\')
			at++;
	}
	return NULL;
}

/* Outside of strings: numbers, true, false, null, and what holds them apart. */
static bool may_stand(char c)
{
	return (c >= '0' && c <= '9') || strchr(",:.+-eE \t\r\ntrufalsn", c) != NULL;
}

/* Behind the object or the word that begins here, likewise. */
static const char *behind_value(const char *at, const char *end)
{
	size_t depth = 0;

	while (at < end) {
		if (*at == '"') {
			at = behind_string(at, end);
			if (at == NULL)
				return NULL;
			continue;
		}
		if (*at == '{' || *at == '[') {
			depth++;
		} else if (*at == '}' || *at == ']') {
			if (depth == 0)
				return at;
			if (--depth == 0)
				return at + 1;
		} else if (*at == '\0' || !may_stand(*at)) {
			return NULL;
		} else if (depth == 0 && *at == ',') {
			return at;
		}
		at++;
	}
	return NULL;
}

bool rcs_json_shorten(char *text, size_t *size)
{
	const char *from = text, *end = text + *size;
	char *to = text;

	while (from < end) {
		const char *quote = memchr(from, '"', (size_t)(end - from));
		const char *next = quote != NULL ? quote : end;
		size_t before = (size_t)(next - from);

		memmove(to, from, before);
		to += before;
		from = next;
		if (quote == NULL)
			break;
		if ((size_t)(end - from) > strlen(KEY) &&
		    memcmp(from, KEY, strlen(KEY)) == 0) {
			next = behind_value(from + strlen(KEY), end);
			if (next == NULL)
				return false;
			/* What is no longer than that stays as it is. */
			if ((size_t)(next - from) > strlen(INSTEAD)) {
				memcpy(to, INSTEAD, strlen(INSTEAD));
				to += strlen(INSTEAD);
				from = next;
			}
		} else {
			next = behind_string(from, end);
			if (next == NULL)
				return false;
		}
		memmove(to, from, (size_t)(next - from));
		to += next - from;
		from = next;
	}
	*size = (size_t)(to - text);
	return true;
}
