/* SPDX-License-Identifier: BSD-2-Clause */
/* Text as a part of other languages: see quote.h. */
#include "report/quote.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

/* How many bytes a character has that begins so, and the least that needs as many. */
static int length_of(unsigned char first, uint32_t *bits, uint32_t *least)
{
	if (first < 0x80) {
		*bits = first;
		*least = 0;
		return 1;
	}
	if (first >= 0xc0 && first < 0xe0) {
		*bits = first & 0x1fu;
		*least = 0x80;
		return 2;
	}
	if (first >= 0xe0 && first < 0xf0) {
		*bits = first & 0x0fu;
		*least = 0x800;
		return 3;
	}
	if (first >= 0xf0 && first < 0xf8) {
		*bits = first & 0x07u;
		*least = 0x10000;
		return 4;
	}
	return 0;
}

uint32_t rcs_quote_next(const char **text)
{
	const unsigned char *at = (const unsigned char *)*text;
	uint32_t c, least;
	int length = length_of(at[0], &c, &least);

	/* The end of the text is no continuation either. */
	for (int i = 1; i < length; i++) {
		if ((at[i] & 0xc0) != 0x80) {
			length = 0;
			break;
		}
		c = c << 6 | (at[i] & 0x3fu);
	}
	if (length == 0 || c < least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) {
		(*text)++;
		return RCS_QUOTE_REPLACEMENT;
	}
	*text += length;
	return c;
}

static void put(FILE *out, uint32_t c)
{
	if (c < 0x80) {
		(void)fputc((int)c, out);
		return;
	}
	if (c < 0x800) {
		(void)fputc((int)(0xc0 | c >> 6), out);
	} else {
		if (c < 0x10000) {
			(void)fputc((int)(0xe0 | c >> 12), out);
		} else {
			(void)fputc((int)(0xf0 | c >> 18), out);
			(void)fputc((int)(0x80 | (c >> 12 & 0x3f)), out);
		}
		(void)fputc((int)(0x80 | (c >> 6 & 0x3f)), out);
	}
	(void)fputc((int)(0x80 | (c & 0x3f)), out);
}

/* C0, DEL, C1, and what some take for the end of a line. */
static bool is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029;
}

/* With a backslash before any of the characters in `special`. */
static void put_line(FILE *out, const char *text, const char *special)
{
	while (*text != '\0') {
		uint32_t c = rcs_quote_next(&text);

		if (is_control(c))
			c = ' ';
		if (c < 0x80 && strchr(special, (int)c) != NULL)
			(void)fputc('\\', out);
		put(out, c);
	}
}

void rcs_quote_line(FILE *out, const char *text)
{
	put_line(out, text, "");
}

void rcs_quote_lines(FILE *out, const char *text)
{
	while (*text != '\0') {
		uint32_t c = rcs_quote_next(&text);

		put(out, is_control(c) && c != '\n' && c != '\t' ? ' ' : c);
	}
}

void rcs_quote_tap(FILE *out, const char *text)
{
	put_line(out, text, "\\#");
}

/* U+FEFF and noncharacters are escaped too: they do not show, or may not stand there.
 */
void rcs_quote_yaml(FILE *out, const char *text)
{
	while (*text != '\0') {
		uint32_t c = rcs_quote_next(&text);

		if (c == '"' || c == '\\')
			(void)fprintf(out, "\\%c", (int)c);
		else if (c == '\n')
			(void)fputs("\\n", out);
		else if (is_control(c) || c == 0xfeff || (c & 0xfffe) == 0xfffe)
			(void)fprintf(
				out, c > 0xffff ? "\\U%08" PRIx32 : "\\u%04" PRIx32, c);
		else
			put(out, c);
	}
}

static void put_xml(FILE *out, const char *text, bool attribute)
{
	while (*text != '\0') {
		uint32_t c = rcs_quote_next(&text);

		if (c == '&')
			(void)fputs("&amp;", out);
		else if (c == '<')
			(void)fputs("&lt;", out);
		else if (c == '>') /* as in "]]>" */
			(void)fputs("&gt;", out);
		else if (c == '"')
			(void)fputs("&quot;", out);
		else if (c == '\r' || (attribute && (c == '\n' || c == '\t')))
			(void)fprintf(out, "&#%" PRIu32 ";", c);
		else if ((c < 0x20 && c != '\n' && c != '\t') || c == 0xfffe ||
			 c == 0xffff)
			put(out, RCS_QUOTE_REPLACEMENT);
		else if (c >= 0x7f && c <= 0x9f)
			(void)fprintf(out, "&#%" PRIu32 ";", c);
		else
			put(out, c);
	}
}

void rcs_quote_xml(FILE *out, const char *text)
{
	put_xml(out, text, false);
}

void rcs_quote_attribute(FILE *out, const char *text)
{
	put_xml(out, text, true);
}

void rcs_quote_markdown(FILE *out, const char *text)
{
	while (*text != '\0') {
		uint32_t c = rcs_quote_next(&text);

		if (c == '&')
			(void)fputs("&amp;", out);
		else if (c == '<')
			(void)fputs("&lt;", out);
		else if (c == '>')
			(void)fputs("&gt;", out);
		else if (is_control(c))
			(void)fputc(' ', out);
		else if (c < 0x80 && strchr("\\`*_[]|~", (int)c) != NULL)
			(void)fprintf(out, "\\%c", (int)c);
		else
			put(out, c);
	}
}
