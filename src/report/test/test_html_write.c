/* SPDX-License-Identifier: BSD-2-Clause */
/* Text, numbers and verdicts as HTML has them. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "report/html/badge.h"
#include "report/html/write.h"
#include "sample_html.h"

static char said[300000];
static FILE *out;

static void open_said(void)
{
	memset(said, 0, sizeof(said));
	out = fmemopen(said, sizeof(said), "w");
	assert_non_null(out);
}

/* What that wrote is this. */
#define assert_says(write, text)                                                       \
	do {                                                                           \
		open_said();                                                           \
		write;                                                                 \
		(void)fclose(out);                                                     \
		assert_string_equal(said, text);                                       \
	} while (0)

/* Neither a character of control nor what means something to HTML, and all UTF-8. */
static void assert_harmless(const char *text)
{
	const unsigned char *c = (const unsigned char *)text;

	for (; *c != '\0'; c++) {
		assert_true(*c >= 0x20 && *c != 0x7f);
		assert_null(strchr("<>\"'", *c));
		if (*c == '&')
			assert_true(strncmp((const char *)c, "&lt;", 4) == 0 ||
				    strncmp((const char *)c, "&gt;", 4) == 0 ||
				    strncmp((const char *)c, "&amp;", 5) == 0 ||
				    strncmp((const char *)c, "&quot;", 6) == 0 ||
				    strncmp((const char *)c, "&#39;", 5) == 0);
		if (*c >= 0x80) {
			int more = *c >= 0xf0 ? 3 : *c >= 0xe0 ? 2 : 1;

			assert_in_range(*c, 0xc2, 0xf4);
			for (; more > 0; more--)
				assert_in_range(*++c, 0x80, 0xbf);
		}
	}
}

static void every_byte_is_made_harmless(void **state)
{
	(void)state;
	for (int a = 1; a < 256; a++) {
		for (int b = 0; b < 256; b++) {
			char text[] = {(char)a, (char)b, '\0'};

			open_said();
			rcs_html_text(out, text);
			(void)fclose(out);
			assert_true(said[0] != '\0');
			assert_harmless(said);
		}
	}
	open_said();
	rcs_html_text(out, sample_hostile);
	(void)fclose(out);
	assert_harmless(said);
}

static void characters_of_control_are_pictures(void **state)
{
	(void)state;
	for (int c = 1; c < 0x20; c++) {
		char text[] = {'a', (char)c, 'b', '\0'};
		char picture[] = {'a', (char)0xe2, (char)0x90, (char)(0x80 + c),
				  'b', 0};

		assert_says(rcs_html_text(out, text), picture);
	}
	assert_says(rcs_html_text(out, "\177"), "\u2421");
}

static void what_means_something_is_escaped(void **state)
{
	(void)state;
	assert_says(rcs_html_text(out, "<b title=\"x\" id='y'>&amp;</b>"),
		    "&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;&lt;/b&gt;");
	assert_says(rcs_html_text(out, "µ €\360\237\230\200"), "µ €\360\237\230\200");
}

static void what_is_no_text_is_replaced(void **state)
{
	static const char *const bad[] = {
		"\200",		    /* no beginning */
		"\300",		    /* never one */
		"\370",		    /* neither */
		"\302",		    /* nothing follows */
		"\302\205",	    /* a control of C1 */
		"\342\200\256",	    /* turns the line round */
		"\342\200\250",	    /* ends it */
		"\357\273\277",	    /* a mark of order */
		"\357\277\277",	    /* no character */
		"\360\237\277\277", /* nor this */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_says(rcs_html_text(out, bad[i]), "\uFFFD");
	/* Spelt longer than need be, half of a pair, beyond the last: byte by byte. */
	assert_says(rcs_html_text(out, "\340\200\274"), "\uFFFD\uFFFD\uFFFD");
	assert_says(rcs_html_text(out, "\355\240\200"), "\uFFFD");
	assert_says(rcs_html_text(out, "\364\220\200\200"), "\uFFFD\uFFFD\uFFFD\uFFFD");
	assert_says(rcs_html_text(out, "\342\202<"), "\uFFFD\uFFFD&lt;");
}

static void only_lines_have_lines(void **state)
{
	(void)state;
	assert_says(rcs_html_lines(out, "a\n\tb\r<"), "a\n\tb\u240D&lt;");
	assert_says(rcs_html_text(out, "a\n\tb"), "a\u240A\u2409b");
}

static void what_is_too_long_is_cut(void **state)
{
	static char text[200001];

	(void)state;
	assert_says(rcs_html_text_cut(out, "abcd", 4), "abcd");
	assert_says(rcs_html_text_cut(out, "abcde", 4), "abc…");
	assert_says(rcs_html_text_cut(out, "µµµµµ", 4), "µµµ…");
	memset(text, '<', sizeof(text) - 1);
	open_said();
	rcs_html_text(out, text);
	(void)fclose(out);
	assert_int_equal(strlen(said), 4095 * 4 + strlen("…"));
	open_said();
	rcs_html_lines(out, text);
	(void)fclose(out);
	assert_int_equal(strlen(said), 65535 * 4 + strlen("…"));
}

static void counts_are_in_threes(void **state)
{
	(void)state;
	assert_says(rcs_html_count(out, 0), "0");
	assert_says(rcs_html_count(out, 999), "999");
	assert_says(rcs_html_count(out, 1000), "1,000");
	assert_says(rcs_html_count(out, 123456), "123,456");
	assert_says(rcs_html_count(out, UINT64_MAX), "18,446,744,073,709,551,615");
	assert_says(rcs_html_number_of(out, 1, "cell"), "1 cell");
	assert_says(rcs_html_number_of(out, 10000, "run"), "10,000 runs");
	assert_says(rcs_html_hits(out, 0, 13762), "0 of 13,762");
}

static void durations_have_units(void **state)
{
	(void)state;
	assert_says(rcs_html_duration(out, 0), "0 ns");
	assert_says(rcs_html_duration(out, 999), "999 ns");
	assert_says(rcs_html_duration(out, 1000), "1.0 µs");
	assert_says(rcs_html_duration(out, 999949), "999.9 µs");
	assert_says(rcs_html_duration(out, 999950), "1.0 ms");
	assert_says(rcs_html_duration(out, 63300000), "63.3 ms");
	assert_says(rcs_html_duration(out, 999950000), "1.00 s");
	assert_says(rcs_html_duration(out, 59500000000), "59.50 s");
	assert_says(rcs_html_duration(out, 725000000000), "12 min 5 s");
	assert_says(rcs_html_duration(out, 7380000000000), "2 h 3 min");
}

static void shares_and_sizes_are_short(void **state)
{
	(void)state;
	assert_says(rcs_html_share(out, 0.0), "0 %");
	assert_says(rcs_html_share(out, 1.0), "100.0 %");
	assert_says(rcs_html_share(out, 0.125), "12.5 %");
	assert_says(rcs_html_share(out, 0.00042), "0.042 %");
	assert_says(rcs_html_share(out, 1e-9), "1.0e-07 %");
	assert_says(rcs_html_probability(out, 0x1p-20), "9.5e-07");
	assert_says(rcs_html_probability(out, 1.0), "1");
	assert_says(rcs_html_bytes(out, 512), "512 B");
	assert_says(rcs_html_bytes(out, 16ull << 30), "16.0 GiB");
}

static void times_are_times_or_text(void **state)
{
	(void)state;
	assert_says(rcs_html_when(out, "2026-11-23T11:31:32Z"),
		    "<time datetime=\"2026-11-23T11:31:32Z\">2026-11-23 11:31:32 "
		    "UTC</time>");
	assert_says(rcs_html_when(out, "2026-11-23T11:31:32Z>"),
		    "2026-11-23T11:31:32Z&gt;");
	assert_says(rcs_html_when(out, "2026-11-23T11:31"), "2026-11-23T11:31");
	assert_says(rcs_html_when(out, ""), "");
}

static void verdicts_are_words_and_say_how_they_are_to_be_taken(void **state)
{
	struct rcs_standing none = {0}, control = {.self_test = true};
	struct rcs_standing holding = {.expected = RCS_VERDICT_BIT(RCS_HOLDS)};

	(void)state;
	assert_says(rcs_html_verdict(out, RCS_BROKEN, &none),
		    "<b class=\"verdict broken\">BROKEN</b>");
	assert_says(rcs_html_verdict(out, RCS_BROKEN, &control),
		    "<b class=\"verdict broken calm\">BROKEN</b> "
		    "<span class=mark>as a control must be</span>");
	assert_says(rcs_html_verdict(out, RCS_HOLDS, &control),
		    "<b class=\"verdict holds\">HOLDS</b> "
		    "<span class=mark>a control that was not caught</span>");
	assert_says(rcs_html_verdict(out, RCS_BROKEN, &holding),
		    "<b class=\"verdict broken\">BROKEN</b> "
		    "<span class=mark>HOLDS was expected</span>");
	assert_says(rcs_html_end(out, RCS_RUN_UNEXPECTED),
		    "<b class=\"verdict broken\">UNEXPECTED</b>");
	assert_says(rcs_html_tally(out,
				   (uint32_t[RCS_FAULT + 1]){
					   [RCS_HOLDS] = 1200, [RCS_FAULT] = 1}),
		    "1 FAULT, 1,200 HOLDS");
}

static void what_is_graver_comes_first(void **state)
{
	struct rcs_standing none = {0}, control = {.self_test = true};
	struct rcs_standing broken = {.expected = RCS_VERDICT_BIT(RCS_BROKEN)};

	(void)state;
	assert_true(rcs_html_gravity(RCS_FAULT, &broken) == RCS_HTML_GRAVEST);
	assert_true(rcs_html_gravity(RCS_BROKEN, &none) < RCS_HTML_GRAVEST);
	assert_true(rcs_html_gravity(RCS_BROKEN, &none) >
		    rcs_html_gravity(RCS_HOLDS, &broken));
	assert_true(rcs_html_gravity(RCS_HOLDS, &broken) >
		    rcs_html_gravity(RCS_INCONCLUSIVE, &none));
	assert_true(rcs_html_gravity(RCS_HOLDS, &control) >
		    rcs_html_gravity(RCS_INCONCLUSIVE, &none));
	assert_int_equal(rcs_html_gravity(RCS_INCONCLUSIVE, &none), RCS_HTML_DOUBT);
	assert_int_equal(rcs_html_gravity(RCS_BROKEN, &control), RCS_HTML_FINE);
	assert_int_equal(rcs_html_gravity(RCS_BROKEN, &broken), RCS_HTML_FINE);
	assert_int_equal(rcs_html_gravity(RCS_SKIPPED, &control), RCS_HTML_FINE);
	assert_int_equal(rcs_html_gravity(RCS_HOLDS, &none), RCS_HTML_FINE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_is_made_harmless),
		cmocka_unit_test(characters_of_control_are_pictures),
		cmocka_unit_test(what_means_something_is_escaped),
		cmocka_unit_test(what_is_no_text_is_replaced),
		cmocka_unit_test(only_lines_have_lines),
		cmocka_unit_test(what_is_too_long_is_cut),
		cmocka_unit_test(counts_are_in_threes),
		cmocka_unit_test(durations_have_units),
		cmocka_unit_test(shares_and_sizes_are_short),
		cmocka_unit_test(times_are_times_or_text),
		cmocka_unit_test(verdicts_are_words_and_say_how_they_are_to_be_taken),
		cmocka_unit_test(what_is_graver_comes_first),
	};

	return cmocka_run_group_tests_name("html_write", tests, NULL, NULL);
}
