/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tool that makes C of the suite while the program is built. It runs on the machine
 * that builds and is no part of the program.
 *
 *	tool test OUTPUT FILE		FILE.litmus as native code
 *	tool suite OUTPUT FILE…		rcs_suite[] of suite.h, of all of those
 *	tool embed OUTPUT FILE…		rcs_embedded[] of embedded.h
 *	tool manual OUTPUT PAGE FILE…	the manual page, with a list of all of those
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "litmus/generate.h"
#include "litmus/generate/literal.h"
#include "litmus/parse.h"
#include "litmus/print.h"

/* The line of the page that gives way to the list. */
#define MARKER ".\\\" SUITE\n"

static const char *file_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* One symbol for each file: what is no letter or digit is spelt as its number. */
static void print_symbol(const char *path, FILE *out)
{
	(void)fputs("rcs_native_", out);
	for (const char *c = file_of(path); *c != '\0' && strcmp(c, ".litmus") != 0;
	     c++) {
		if (isalnum((unsigned char)*c))
			(void)fputc(*c, out);
		else
			(void)fprintf(out, "_%02x", (unsigned char)*c);
	}
}

/* print_symbol() as a string, to be freed. */
static char *symbol_of(const char *path)
{
	char *symbol = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&symbol, &size);

	if (out == NULL)
		return NULL;
	print_symbol(path, out);
	return fclose(out) == 0 ? symbol : NULL;
}

static int make_test(const char *path, FILE *out, struct rcs_error *e)
{
	struct rcs_litmus *test = rcs_litmus_read(path, e);
	char *symbol;
	int failed;

	if (test == NULL)
		return -1;
	symbol = symbol_of(path);
	if (symbol == NULL)
		failed = rcs_fail(e, RCS_ERROR_RESOURCE, "%s: no memory", path);
	else if (rcs_litmus_generates(test, NULL) == 0)
		failed = rcs_litmus_generate(test, symbol, out, e);
	else
		failed = rcs_litmus_generate_source(test, symbol, out, e);
	free(symbol);
	rcs_litmus_free(test);
	return failed;
}

static int make_suite(char **paths, FILE *out)
{
	char name[RCS_LITMUS_TEST_SIZE];
	int count = 0;

	(void)fputs("#include \"litmus/suite.h\"\n\n", out);
	for (char **path = paths; *path != NULL; path++, count++) {
		(void)fputs("extern const struct rcs_native_test ", out);
		print_symbol(*path, out);
		(void)fputs(";\n", out);
	}
	(void)fputs("\nconst struct rcs_suite_entry rcs_suite[] = {\n", out);
	for (char **path = paths; *path != NULL; path++) {
		(void)snprintf(name, sizeof(name), "%.*s",
			       (int)(strlen(file_of(*path)) - strlen(".litmus")),
			       file_of(*path));
		(void)fputs("\t{", out);
		rcs_literal_print(file_of(*path), out);
		(void)fputs(", ", out);
		rcs_literal_print(name, out);
		(void)fputs(", &", out);
		print_symbol(*path, out);
		(void)fputs("},\n", out);
	}
	(void)fprintf(out, "};\n\nconst int rcs_suite_count = %d;\n", count);
	return 0;
}

static int embed_file(const char *path, FILE *out, struct rcs_error *e)
{
	static char text[RCS_LITMUS_SIZE_MAX];
	FILE *in = fopen(path, "re");
	size_t size;

	if (in == NULL)
		return rcs_fail(e, RCS_ERROR_USAGE, "%s: cannot open", path);
	size = fread(text, 1, sizeof(text), in);
	(void)fclose(in);
	if (size == sizeof(text))
		return rcs_fail(e, RCS_ERROR_USAGE, "%s: too long", path);
	text[size] = '\0';
	(void)fputs("\t{", out);
	rcs_literal_print(file_of(path), out);
	(void)fputs(",\n\t", out);
	rcs_literal_print(text, out);
	(void)fputs("},\n", out);
	return 0;
}

static int make_embedded(char **paths, FILE *out, struct rcs_error *e)
{
	int count = 0;

	(void)fputs("#include \"litmus/compile/embedded.h\"\n\n"
		    "const struct rcs_embedded rcs_embedded[] = {\n",
		    out);
	for (char **path = paths; *path != NULL; path++, count++) {
		if (embed_file(*path, out, e) != 0)
			return -1;
	}
	(void)fprintf(out, "};\n\nconst int rcs_embedded_count = %d;\n", count);
	return 0;
}

/* As words of mdoc: nothing in it is a request, a macro or an escape. */
static void print_words(const char *text, int length, const char *hyphen, FILE *out)
{
	(void)fputs("\\&", out);
	for (int i = 0; i < length; i++) {
		if (text[i] == '\\')
			(void)fputs("\\e", out);
		else if (text[i] == '-')
			(void)fputs(hyphen, out);
		else
			(void)fputc(text[i], out);
	}
	(void)fputc('\n', out);
}

static int list_test(const char *path, FILE *out, struct rcs_error *e)
{
	struct rcs_litmus *test = rcs_litmus_read(path, e);

	if (test == NULL)
		return -1;
	(void)fputs(".It Sy ", out);
	print_words(test->name, (int)strlen(test->name), "\\-", out); /* to be copied */
	print_words(test->about, rcs_litmus_summary(test), "-", out);
	rcs_litmus_free(test);
	return 0;
}

static int list_tests(char **paths, FILE *out, struct rcs_error *e)
{
	(void)fputs(".Bl -tag -width Ds -compact\n", out);
	for (char **path = paths; *path != NULL; path++) {
		if (list_test(*path, out, e) != 0)
			return -1;
	}
	(void)fputs(".El\n", out);
	return 0;
}

static int make_manual(char **paths, FILE *out, struct rcs_error *e)
{
	FILE *page = fopen(paths[0], "re");
	char *line = NULL;
	size_t size = 0;
	int lists = 0, failed = 0;

	if (page == NULL)
		return rcs_fail(e, RCS_ERROR_USAGE, "%s: cannot open", paths[0]);
	while (failed == 0 && getline(&line, &size, page) >= 0) {
		if (strcmp(line, MARKER) != 0) {
			(void)fputs(line, out);
			continue;
		}
		failed = list_tests(paths + 1, out, e);
		lists++;
	}
	if (failed == 0 && lists != 1)
		failed = rcs_fail(e, RCS_ERROR_USAGE, "%s: want one line for the list",
				  paths[0]);
	free(line);
	(void)fclose(page);
	return failed;
}

static int make(char **argv, FILE *out, struct rcs_error *e)
{
	if (strcmp(argv[1], "test") == 0)
		return make_test(argv[3], out, e);
	if (strcmp(argv[1], "suite") == 0)
		return make_suite(argv + 3, out);
	if (strcmp(argv[1], "embed") == 0)
		return make_embedded(argv + 3, out, e);
	if (strcmp(argv[1], "manual") == 0)
		return make_manual(argv + 3, out, e);
	return rcs_fail(e, RCS_ERROR_USAGE, "%s: no such thing to make", argv[1]);
}

int main(int argc, char **argv)
{
	struct rcs_error e = {0};
	FILE *out;
	int failed;

	if (argc < 4) {
		(void)fputs("usage: tool test|suite|embed|manual OUTPUT FILE…\n",
			    stderr);
		return 2;
	}
	out = fopen(argv[2], "we");
	if (out == NULL) {
		perror(argv[2]);
		return 2;
	}
	failed = make(argv, out, &e);
	if (failed != 0)
		(void)fprintf(stderr, "%s\n", e.text);
	if (fclose(out) != 0) {
		perror(argv[2]);
		failed = 1;
	}
	if (failed != 0)
		(void)remove(argv[2]);
	return failed != 0;
}
