/* SPDX-License-Identifier: BSD-2-Clause */
/* Text and numbers as HTML has them: see write.h. */
#include "report/html/write.h"

#include <string.h>

/* Of one text: a page must not grow with what a file says. */
#define TEXT_MAX  4096
#define LINES_MAX 65536

#define REPLACEMENT 0xfffdu
#define ELLIPSIS    0x2026u

/* How many bytes follow a first one; -1: it is none. */
static int following(unsigned char first)
{
	if (first < 0x80)
		return 0;
	if (first >= 0xc2 && first < 0xe0)
		return 1;
	if (first >= 0xe0 && first < 0xf0)
		return 2;
	if (first >= 0xf0 && first < 0xf5)
		return 3;
	return -1;
}

/* The next character of what may be UTF-8; goes past it, or past one bad byte. */
static uint32_t next_character(const unsigned char **text)
{
	static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
	const unsigned char *at = *text;
	int more = following(*at);
	uint32_t c = *at++;

	*text = at;
	if (more <= 0)
		return more < 0 ? REPLACEMENT : c;
	c &= 0x3fu >> more;
	for (int i = 0; i < more; i++) {
		if ((*at & 0xc0) != 0x80)
			return REPLACEMENT;
		c = c << 6 | (*at++ & 0x3fu);
	}
	if (c < least[more] || c > 0x10ffff)
		return REPLACEMENT;
	*text = at;
	return c;
}

/* Not to be shown as it is: no character, no line of its own, or it turns text round.
 */
static bool deceives(uint32_t c)
{
	return (c >= 0x80 && c < 0xa0) || (c >= 0xd800 && c < 0xe000) ||
	       (c >= 0xfdd0 && c < 0xfdf0) || (c & 0xfffe) == 0xfffe || c == 0x61c ||
	       c == 0x200e || c == 0x200f || (c >= 0x2028 && c < 0x202f) ||
	       (c >= 0x2066 && c < 0x206a) || c == 0xfeff;
}

static void put_utf8(FILE *out, uint32_t c)
{
	if (c < 0x80) {
		(void)fputc((int)c, out);
	} else if (c < 0x800) {
		(void)fputc((int)(0xc0 | c >> 6), out);
		(void)fputc((int)(0x80 | (c & 0x3f)), out);
	} else if (c < 0x10000) {
		(void)fputc((int)(0xe0 | c >> 12), out);
		(void)fputc((int)(0x80 | (c >> 6 & 0x3f)), out);
		(void)fputc((int)(0x80 | (c & 0x3f)), out);
	} else {
		(void)fputc((int)(0xf0 | c >> 18), out);
		(void)fputc((int)(0x80 | (c >> 12 & 0x3f)), out);
		(void)fputc((int)(0x80 | (c >> 6 & 0x3f)), out);
		(void)fputc((int)(0x80 | (c & 0x3f)), out);
	}
}

static void put_character(FILE *out, uint32_t c)
{
	if (c == '<')
		rcs_html_put(out, "&lt;");
	else if (c == '>')
		rcs_html_put(out, "&gt;");
	else if (c == '&')
		rcs_html_put(out, "&amp;");
	else if (c == '"')
		rcs_html_put(out, "&quot;");
	else if (c == '\'')
		rcs_html_put(out, "&#39;");
	else if (c < 0x20)
		put_utf8(out, 0x2400 + c);
	else if (c == 0x7f)
		put_utf8(out, 0x2421);
	else
		put_utf8(out, deceives(c) ? REPLACEMENT : c);
}

static void put_text(FILE *out, const char *text, size_t limit, bool lines)
{
	const unsigned char *at = (const unsigned char *)text;

	for (size_t n = 1; *at != '\0'; n++) {
		uint32_t c = next_character(&at);

		if (n == limit && *at != '\0') {
			put_utf8(out, ELLIPSIS);
			return;
		}
		if (lines && (c == '\n' || c == '\t'))
			(void)fputc((int)c, out);
		else
			put_character(out, c);
	}
}

void rcs_html_text(FILE *out, const char *text)
{
	put_text(out, text, TEXT_MAX, false);
}

void rcs_html_text_cut(FILE *out, const char *text, size_t characters)
{
	put_text(out, text, characters, false);
}

void rcs_html_lines(FILE *out, const char *text)
{
	put_text(out, text, LINES_MAX, true);
}

void rcs_html_count(FILE *out, uint64_t n)
{
	char digits[24];
	size_t length = (size_t)snprintf(digits, sizeof(digits), "%" PRIu64, n);

	for (size_t i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			(void)fputc(',', out);
		(void)fputc(digits[i], out);
	}
}

void rcs_html_number_of(FILE *out, uint64_t n, const char *singular)
{
	rcs_html_count(out, n);
	(void)fprintf(out, " %s%s", singular, n == 1 ? "" : "s");
}

void rcs_html_hits(FILE *out, uint64_t hits, uint64_t of)
{
	rcs_html_count(out, hits);
	rcs_html_put(out, " of ");
	rcs_html_count(out, of);
}

void rcs_html_duration(FILE *out, uint64_t ns)
{
	double seconds = (double)ns * 1e-9;
	uint64_t whole = ns / 1000000000;

	if (ns < 1000)
		(void)fprintf(out, "%" PRIu64 " ns", ns);
	else if (ns < 999950)
		(void)fprintf(out, "%.1f µs", seconds * 1e6);
	else if (ns < 999950000)
		(void)fprintf(out, "%.1f ms", seconds * 1e3);
	else if (whole < 60)
		(void)fprintf(out, "%.2f s", seconds);
	else if (whole < 3600)
		(void)fprintf(out, "%" PRIu64 " min %" PRIu64 " s", whole / 60,
			      whole % 60);
	else
		(void)fprintf(out, "%" PRIu64 " h %" PRIu64 " min", whole / 3600,
			      whole / 60 % 60);
}

void rcs_html_probability(FILE *out, double p)
{
	if (p >= 1.0)
		(void)fputc('1', out);
	else
		(void)fprintf(out, "%.1e", p);
}

void rcs_html_share(FILE *out, double share)
{
	double percent = 100.0 * share;

	if (percent == 0.0)
		rcs_html_put(out, "0 %");
	else if (percent >= 10.0)
		(void)fprintf(out, "%.1f %%", percent);
	else if (percent >= 0.001)
		(void)fprintf(out, "%.2g %%", percent);
	else
		(void)fprintf(out, "%.1e %%", percent);
}

void rcs_html_bytes(FILE *out, uint64_t bytes)
{
	static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
	double value = (double)bytes;
	int unit = 0;

	while (value >= 1024.0 && unit < 5) {
		value /= 1024.0;
		unit++;
	}
	(void)fprintf(out, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
}

bool rcs_html_is_when(const char *utc)
{
	static const char form[] = "0000-00-00T00:00:00Z";
	size_t i = 0;

	while (form[i] != '\0' &&
	       (form[i] == '0' ? utc[i] >= '0' && utc[i] <= '9' : utc[i] == form[i]))
		i++;
	return form[i] == '\0' && utc[i] == '\0';
}

void rcs_html_when(FILE *out, const char *utc)
{
	if (!rcs_html_is_when(utc)) {
		rcs_html_text(out, utc);
		return;
	}
	(void)fprintf(out, "<time datetime=\"%s\">%.10s %.8s UTC</time>", utc, utc,
		      utc + 11);
}
