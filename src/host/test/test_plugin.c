/* SPDX-License-Identifier: BSD-2-Clause */
/* Plug-ins as files and words: places, names, summaries, and headers of all kinds. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <elf.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/plugin.h"
#include "host/plugin_object.h"

/* The header of this program, which is what an object's is to be like. */
static ElfW(Ehdr) own_header(void)
{
	FILE *f = fopen("/proc/self/exe", "r");
	ElfW(Ehdr) header;

	assert_non_null(f);
	assert_int_equal(fread(&header, sizeof(header), 1, f), 1);
	assert_int_equal(fclose(f), 0);
	header.e_type = ET_DYN;
	header.e_phnum = 0;
	return header;
}

static char file[] = "/tmp/rcustress-test-XXXXXX";

static int make_file(void **state)
{
	int fd = mkstemp(file);

	(void)state;
	return fd < 0 ? -1 : close(fd);
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(file);
}

static void write_file(const void *bytes, size_t size)
{
	FILE *f = fopen(file, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, size, f), size);
	assert_int_equal(fclose(f), 0);
}

/* Refused, and for this reason; "": taken. */
static void assert_refused(const void *bytes, size_t size, const char *why)
{
	struct rcs_error e = {.text = ""};

	write_file(bytes, size);
	assert_int_equal(rcs_plugin_check_object(file, &e), *why != '\0' ? -1 : 0);
	if (*why == '\0')
		return;
	assert_int_equal(e.kind, RCS_ERROR_USAGE);
	assert_non_null(strstr(e.text, file));
	if (strstr(e.text, why) == NULL)
		fail_msg("'%s' is not in '%s'", why, e.text);
}

static void what_is_not_elf_is_refused(void **state)
{
	ElfW(Ehdr) h = own_header();

	(void)state;
	assert_refused("", 0, "this is no shared object");
	assert_refused("int x;\n", 7, "this is no shared object");
	assert_refused(&h, 19, "this is no shared object");
	h.e_ident[0] = 'x';
	assert_refused(&h, sizeof(h), "this is no shared object");
}

static void only_shared_objects_are_taken(void **state)
{
	ElfW(Ehdr) h = own_header();

	(void)state;
	assert_refused(&h, sizeof(h), "");
	for (unsigned short type = ET_NONE; type < ET_DYN; type++) {
		h.e_type = type;
		assert_refused(&h, sizeof(h), "this is an object file or a program");
	}
}

static uint16_t swapped(uint16_t value)
{
	return (uint16_t)(value >> 8 | value << 8);
}

static void another_architecture_is_named_in_either_byte_order(void **state)
{
	static const struct {
		uint16_t machine;
		unsigned char class;
		const char *name;
	} cases[] = {
		{EM_X86_64, ELFCLASS64, "x86-64"},
		{EM_X86_64, ELFCLASS32, "x32"},
		{EM_386, ELFCLASS32, "i386"},
		{EM_AARCH64, ELFCLASS64, "arm64"},
		{EM_ARM, ELFCLASS32, "arm (32 bits)"},
		{EM_S390, ELFCLASS64, "s390x"},
		{EM_S390, ELFCLASS32, "s390,"},
		{EM_PPC64, ELFCLASS64, "POWER (64 bits)"},
		{EM_PPC, ELFCLASS32, "PowerPC (32 bits)"},
		{EM_RISCV, ELFCLASS64, "riscv64"},
		{EM_RISCV, ELFCLASS32, "riscv32"},
		{62000, ELFCLASS64, "ELF machine 62000"},
	};
	const ElfW(Ehdr) own = own_header();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		for (int other = 0; other < 2; other++) {
			ElfW(Ehdr) h = own;

			h.e_ident[EI_CLASS] = cases[i].class;
			h.e_machine = cases[i].machine;
			if (other) {
				h.e_machine = swapped(h.e_machine);
				h.e_ident[EI_DATA] = own.e_ident[EI_DATA] == ELFDATA2LSB
							     ? ELFDATA2MSB
							     : ELFDATA2LSB;
			}
			if (memcmp(&h, &own, sizeof(h)) == 0)
				continue;
			assert_refused(&h, sizeof(h),
				       "this is for another architecture");
			assert_refused(&h, sizeof(h), cases[i].name);
			if (cases[i].machine < 1000)
				assert_refused(&h, sizeof(h),
					       h.e_ident[EI_DATA] == ELFDATA2MSB
						       ? ", big-endian, where"
						       : ", little-endian, where");
		}
	}
}

static void one_that_is_cut_short_is_refused(void **state)
{
	struct {
		ElfW(Ehdr) header;
		ElfW(Phdr) segment;
		char data[100];
	} object;

	(void)state;
	memset(&object, 0, sizeof(object));
	object.header = own_header();
	object.header.e_phoff = offsetof(__typeof__(object), segment);
	object.header.e_phnum = 1;
	object.segment.p_type = PT_LOAD;
	object.segment.p_filesz = sizeof(object);
	assert_refused(&object, sizeof(object), "");
	assert_refused(&object, sizeof(object) - 1, "the file is cut short");
	assert_refused(&object, offsetof(__typeof__(object), data) - 1,
		       "the file is cut short");
	assert_refused(&object, sizeof(object.header) - 1, "the file is cut short");
	object.segment.p_offset = (ElfW(Off)) - 1;
	assert_refused(&object, sizeof(object), "the file is cut short");
	object.segment.p_type = PT_NOTE; /* nothing that would be mapped */
	assert_refused(&object, sizeof(object), "");
}

static void what_is_no_file_is_refused(void **state)
{
	struct rcs_error e;

	(void)state;
	assert_int_equal(rcs_plugin_check_object("/", &e), -1);
	assert_non_null(strstr(e.text, "this is a folder"));
	assert_int_equal(rcs_plugin_check_object("/dev/null", &e), -1);
	assert_non_null(strstr(e.text, "this is no regular file"));
	assert_int_equal(rcs_plugin_check_object("/nowhere/it.so", &e), -1);
	assert_non_null(strstr(e.text, "No such file"));
}

static void a_slash_makes_a_plugin_and_so_alone_does_not(void **state)
{
	(void)state;
	assert_true(rcs_plugin_meant("./it.so"));
	assert_true(rcs_plugin_meant("/"));
	assert_false(rcs_plugin_meant("it.so"));
	assert_true(rcs_plugin_forgotten("it.so"));
	assert_true(rcs_plugin_forgotten("it.so.1:mine"));
	assert_true(rcs_plugin_forgotten("it.so:mine"));
	assert_false(rcs_plugin_forgotten("every-nth:10"));
	assert_false(rcs_plugin_forgotten("it.sound"));
}

static void a_place_is_a_path_and_perhaps_a_symbol(void **state)
{
	const ElfW(Ehdr) h = own_header();
	struct rcs_plugin_place place;
	struct rcs_error e;
	char text[128], real[PATH_MAX];

	(void)state;
	write_file(&h, sizeof(h));
	assert_non_null(realpath(file, real));
	assert_int_equal(rcs_plugin_find(file, "usual", &place, &e), 0);
	assert_string_equal(place.path, real);
	assert_string_equal(place.symbol, "usual");
	(void)snprintf(text, sizeof(text), "/tmp/../%s:_mine.1$", file);
	assert_int_equal(rcs_plugin_find(text, "usual", &place, &e), 0);
	assert_string_equal(place.path, real);
	assert_string_equal(place.symbol, "_mine.1$");
	for (const char *const *odd =
		     (const char *const[]){":", ":1", ":a b", ":a-b", ":\033", NULL};
	     *odd != NULL; odd++) {
		(void)snprintf(text, sizeof(text), "%s%s", file, *odd);
		assert_int_equal(rcs_plugin_find(text, "usual", &place, &e), -1);
		assert_int_equal(e.kind, RCS_ERROR_USAGE);
	}
}

static void a_place_that_is_too_long_is_refused(void **state)
{
	static char text[2 * PATH_MAX];
	struct rcs_plugin_place place;
	struct rcs_error e;

	(void)state;
	memset(text, 'a', PATH_MAX);
	text[0] = '/';
	assert_int_equal(rcs_plugin_find(text, "usual", &place, &e), -1);
	assert_non_null(strstr(e.text, "the path is too long"));
	(void)snprintf(text, sizeof(text), "%s:%0*d", file, RCS_PLUGIN_SYMBOL_SIZE, 0);
	text[strlen(file) + 1] = 'a';
	assert_int_equal(rcs_plugin_find(text, "usual", &place, &e), -1);
	assert_non_null(strstr(e.text, "the name of a symbol"));
}

static void names_are_of_few_characters(void **state)
{
	static const char *const good[] = {"a", "9", "a-b.c+_d", "A2345678"};
	static const char *const bad[] = {"",	 "-a",	     "a b",	 "a/b",
					  "a:b", "a,b",	     "a=b",	 "\033",
					  "a\n", "f\xe4llt", "A23456789"};
	const struct rcs_plugin_place place = {.path = "/it.so", .symbol = "mine"};
	struct rcs_error e;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_int_equal(rcs_plugin_check_name(&place, good[i], 9, &e), 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(rcs_plugin_check_name(&place, bad[i], 9, &e), -1);
		assert_int_equal(e.kind, RCS_ERROR_USAGE);
		assert_non_null(strstr(e.text, "8 at most"));
	}
	assert_int_equal(rcs_plugin_check_name(&place, NULL, 9, &e), -1);
	assert_non_null(strstr(e.text, "NULL"));
}

static void a_summary_is_one_line(void **state)
{
	char line[8];

	(void)state;
	rcs_plugin_copy_line("a\nb\033c", line, sizeof(line));
	assert_string_equal(line, "a?b?c");
	rcs_plugin_copy_line("f\xe4llt", line, sizeof(line));
	assert_string_equal(line, "f?llt");
	rcs_plugin_copy_line("123456789", line, sizeof(line));
	assert_string_equal(line, "1234567");
	rcs_plugin_copy_line(NULL, line, sizeof(line));
	assert_string_equal(line, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_elf_is_refused),
		cmocka_unit_test(only_shared_objects_are_taken),
		cmocka_unit_test(another_architecture_is_named_in_either_byte_order),
		cmocka_unit_test(one_that_is_cut_short_is_refused),
		cmocka_unit_test(what_is_no_file_is_refused),
		cmocka_unit_test(a_slash_makes_a_plugin_and_so_alone_does_not),
		cmocka_unit_test(a_place_is_a_path_and_perhaps_a_symbol),
		cmocka_unit_test(a_place_that_is_too_long_is_refused),
		cmocka_unit_test(names_are_of_few_characters),
		cmocka_unit_test(a_summary_is_one_line),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
