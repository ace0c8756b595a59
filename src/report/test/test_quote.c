/* SPDX-License-Identifier: BSD-2-Clause */
/* Text as a part of other languages: each character, and what is no text at all. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/quote.h"
#include "report/test/sample.h"

static char said[4096];

static const char *quoted(rcs_quote *quote, const char *text)
{
	FILE *out = fmemopen(said, sizeof(said), "w");

	assert_non_null(out);
	memset(said, 0, sizeof(said));
	quote(out, text);
	fclose(out);
	return said;
}

static void what_is_no_utf8_is_replaced_byte_by_byte(void **state)
{
	static const struct {
		const char *bytes;
		size_t replaced;
	} cases[] = {
		{"\x80", 1},	     {"\xff", 1},
		{"\xc3", 1},	     {"\xc0\xaf", 2},
		{"\xe0\x80\xaf", 3}, {"\xf0\x80\x80\xaf", 4},
		{"\xed\xa0\x80", 3}, {"\xf4\x90\x80\x80", 4},
		{"\xe2\x82", 2},     {"\xf8\x88", 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *text = quoted(rcs_quote_line, cases[i].bytes);

		assert_int_equal(strlen(text), 3 * cases[i].replaced);
		for (size_t c = 0; c < cases[i].replaced; c++)
			assert_memory_equal(text + 3 * c, "\xef\xbf\xbd", 3);
	}
	/* A letter behind it is not swallowed. */
	assert_string_equal(quoted(rcs_quote_line, "\xe2\x82x"),
			    "\xef\xbf\xbd\xef\xbf\xbdx");
}

static void all_lengths_of_characters_stay_what_they_are(void **state)
{
	static const char text[] = "\xc2\xa0\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80"
				   "\x80\xf0\x90\x80\x80\xf4\x8f\xbf\xbd";

	(void)state;
	assert_string_equal(quoted(rcs_quote_line, text), text);
	assert_string_equal(quoted(rcs_quote_xml, text), text);
	assert_string_equal(quoted(rcs_quote_attribute, text), text);
	assert_string_equal(quoted(rcs_quote_yaml, text), text);
	assert_string_equal(quoted(rcs_quote_markdown, text), text);
}

static void no_control_character_comes_through(void **state)
{
	static rcs_quote *const quotes[] = {
		rcs_quote_line, rcs_quote_lines,     rcs_quote_tap,	rcs_quote_yaml,
		rcs_quote_xml,	rcs_quote_attribute, rcs_quote_markdown};

	(void)state;
	for (size_t q = 0; q < sizeof(quotes) / sizeof(quotes[0]); q++) {
		const char *at = quoted(quotes[q], rcs_sample_hostile);
		bool keeps_lines =
			quotes[q] == rcs_quote_lines || quotes[q] == rcs_quote_xml;

		while (*at != '\0') {
			uint32_t c = rcs_quote_next(&at);

			if (keeps_lines && (c == '\n' || c == '\t'))
				continue;
			assert_true(c >= 0x20 && (c < 0x7f || c > 0x9f));
		}
	}
}

static void every_character_below_128_in_xml(void **state)
{
	(void)state;
	for (int c = 1; c < 128; c++) {
		char text[2] = {(char)c, '\0'}, expected[16] = {(char)c, '\0'};

		if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
			strcpy(expected, "\xef\xbf\xbd");
		else if (c == '\r' || c == 0x7f)
			(void)snprintf(expected, sizeof(expected), "&#%d;", c);
		else if (c == '<')
			strcpy(expected, "&lt;");
		else if (c == '>')
			strcpy(expected, "&gt;");
		else if (c == '&')
			strcpy(expected, "&amp;");
		else if (c == '"')
			strcpy(expected, "&quot;");
		assert_string_equal(quoted(rcs_quote_xml, text), expected);
		if (c == '\t' || c == '\n')
			(void)snprintf(expected, sizeof(expected), "&#%d;", c);
		assert_string_equal(quoted(rcs_quote_attribute, text), expected);
	}
}

static void what_xml_cannot_hold_is_replaced(void **state)
{
	(void)state;
	assert_string_equal(quoted(rcs_quote_xml, "\xef\xbf\xbe\xef\xbf\xbf"),
			    "\xef\xbf\xbd\xef\xbf\xbd");
	/* These noncharacters it can. */
	assert_string_equal(quoted(rcs_quote_xml, "\xef\xb7\x90\xf0\x9f\xbf\xbe"),
			    "\xef\xb7\x90\xf0\x9f\xbf\xbe");
	assert_string_equal(quoted(rcs_quote_xml, "\xc2\x85"), "&#133;");
}

static void yaml_escapes_what_does_not_show(void **state)
{
	(void)state;
	assert_string_equal(quoted(rcs_quote_yaml, "a\"b\\c\nd\te\x1b"),
			    "a\\\"b\\\\c\\nd\\u0009e\\u001b");
	assert_string_equal(quoted(rcs_quote_yaml,
				   "\xc2\x85\xe2\x80\xa8\xef\xbb\xbf\xef\xbf\xbe"
				   "\xf0\x9f\xbf\xbe"),
			    "\\u0085\\u2028\\ufeff\\ufffe\\U0001fffe");
}

static void tap_escapes_what_begins_a_directive(void **state)
{
	(void)state;
	assert_string_equal(quoted(rcs_quote_tap, "a # SKIP \\ b\nnot ok"),
			    "a \\# SKIP \\\\ b not ok");
}

static void markdown_escapes_its_marks(void **state)
{
	(void)state;
	assert_string_equal(quoted(rcs_quote_markdown, "|`*_[]\\~"),
			    "\\|\\`\\*\\_\\[\\]\\\\\\~");
	assert_string_equal(quoted(rcs_quote_markdown, "a<b>&\nc"),
			    "a&lt;b&gt;&amp; c");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_utf8_is_replaced_byte_by_byte),
		cmocka_unit_test(all_lengths_of_characters_stay_what_they_are),
		cmocka_unit_test(no_control_character_comes_through),
		cmocka_unit_test(every_character_below_128_in_xml),
		cmocka_unit_test(what_xml_cannot_hold_is_replaced),
		cmocka_unit_test(yaml_escapes_what_does_not_show),
		cmocka_unit_test(tap_escapes_what_begins_a_directive),
		cmocka_unit_test(markdown_escapes_its_marks),
	};

	return cmocka_run_group_tests_name("quote", tests, NULL, NULL);
}
