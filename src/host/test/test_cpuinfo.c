/* SPDX-License-Identifier: BSD-2-Clause */
/* Facts of machines that are not here: their CPUs, and what is said of them in files.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "host/machine_parts.h"
#include "sample.h"

static void x86_names_its_model(void **state)
{
	(void)state;
	put("/proc/cpuinfo",
	    "processor\t: 0\nvendor_id\t: GenuineIntel\nmodel\t\t: 85\n"
	    "model name\t: Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz\n"
	    "microcode\t: 0x2007006\n"
	    "flags\t\t: fpu vme sse2 hypervisor_not\nbogomips\t: 4800.00\n\n"
	    "processor\t: 1\nvendor_id\t: GenuineIntel\nflags\t: hypervisor\n");
	read_as("x86_64");
	assert_string_equal(m.cpu, "Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz");
	assert_string_equal(m.microcode, "0x2007006");
	assert_false(m.virtual); /* a word of its own, of the first CPU */
	assert_false(m.broadcasts_tlb);
	assert_false(m.emulated);
}

static void flags_of_x86_tell_what_the_cpu_is(void **state)
{
	(void)state;
	put("/proc/cpuinfo", "vendor_id\t: AuthenticAMD\nmodel name\t: AMD EPYC 9655\n"
			     "flags\t\t: fpu hypervisor sse invlpgb\n\n");
	put("/sys/devices/system/cpu/cpu0/microcode/version", "0xb002116\n");
	put("/sys/class/dmi/id/sys_vendor", "VMware, Inc.\n");
	read_as("x86_64");
	assert_string_equal(m.cpu, "AMD EPYC 9655");
	assert_string_equal(m.microcode, "0xb002116");
	assert_true(m.virtual);
	assert_true(m.broadcasts_tlb);
	assert_string_equal(m.hypervisor, "VMware");
}

/* As a core of Arm's has it, without a name. */
#define ARM(implementer, variant, part, revision)                                      \
	"processor\t: 0\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd cpuid\n"              \
	"CPU implementer\t: " implementer                                              \
	"\nCPU architecture: 8\nCPU variant\t: " variant "\nCPU part\t: " part         \
	"\nCPU revision\t: " revision "\n\n"

static void arm_numbers_its_cores(void **state)
{
	(void)state;
	put("/proc/cpuinfo",
	    ARM("0x41", "0x3", "0xd0c", "1") ARM("0x41", "0x3", "0xd0c", "1"));
	read_as("aarch64");
	assert_string_equal(m.cpu, "Neoverse-N1 r3p1");
	put("/proc/cpuinfo",
	    ARM("0x41", "0x1", "0xd05", "0") ARM("0x41", "0x3", "0xd0b", "1"));
	read_as("aarch64");
	assert_string_equal(m.cpu, "Cortex-A55 r1p0 + Cortex-A76 r3p1");
	put("/proc/cpuinfo", ARM("0x99", "0x0", "0x123", "4"));
	read_as("aarch64");
	assert_string_equal(m.cpu, "CPU 0x99:0x123 r0p4");
	assert_string_equal(m.microcode, "");
	assert_false(m.emulated);
	assert_false(m.virtual);
}

static void others_name_theirs(void **state)
{
	(void)state;
	put("/proc/cpuinfo",
	    "vendor_id       : IBM/S390\n# processors    : 2\n"
	    "bogomips per cpu: 3033.00\nmax thread id   : 0\n"
	    "features\t: esan3 zarch stfle msa\n"
	    "processor 0: version = FF,  identification = 0133E8,  machine = 8561\n"
	    "processor 1: version = FF,  identification = 0133E8,  machine = 8561\n\n"
	    "cpu number      : 0\nmachine         : 8561\n");
	read_as("s390x");
	assert_string_equal(m.cpu, "IBM z15 (8561)");
	put("/proc/cpuinfo",
	    "processor\t: 0\ncpu\t\t: POWER9 (architected), altivec supported\n"
	    "clock\t\t: 2200.000000MHz\nrevision\t: 2.2 (pvr 004e 0202)\n\n"
	    "timebase\t: 512000000\nplatform\t: pSeries\nmodel\t: IBM,9009-22A\n"
	    "machine\t\t: CHRP IBM,9009-22A\n");
	read_as("ppc64");
	assert_string_equal(m.cpu, "POWER9 (architected), altivec supported");
	put("/proc/cpuinfo", "processor\t: 0\nhart\t\t: 1\nisa\t\t: rv64imafdc\n"
			     "mmu\t\t: sv39\nuarch\t\t: sifive,u74-mc\n\n");
	read_as("riscv");
	assert_string_equal(m.cpu, "sifive,u74-mc");
	put("/proc/cpuinfo", "processor\t: 0\nhart\t\t: 1\nisa\t\t: rv64imafdc\n\n");
	read_as("riscv");
	assert_string_equal(m.cpu, "rv64imafdc");
	assert_false(m.emulated);
}

static void texts_are_fit_to_print(void **state)
{
	static const char *const cases[][2] = {
		{"  a line \t\nand another", "a line"},
		{"a\tb\033[1mc\177d", "a b [1mc d"},
		{"caf\303\251 \377\300\200", "caf\303\251 ???"},
		{"\302\233x", "x"}, /* a control beyond ASCII */
		{"0123456789abcdef", "0123456789abcd"},
		{"0123456789abc\303\251", "0123456789abc"}, /* not half of it */
		{"\355\240\200", "???"},
		{"", ""},
	};
	char text[15];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rcs_machine_clean(text, sizeof(text), cases[i][0]);
		assert_string_equal(text, cases[i][1]);
	}
}

static void files_are_read_and_those_that_are_not_there_are_left_out(void **state)
{
	char line[3000];

	(void)state;
	read_as("x86_64");
	assert_string_equal(m.command_line, "");
	assert_string_equal(m.cpus_online, "");
	assert_int_equal(m.mitigation_count, 0);
	assert_int_equal(m.memory_bytes, 0);
	assert_int_equal(m.seccomp, -1);
	assert_true(m.cpu_quota == 0.0);
	memset(line, 'x', sizeof(line));
	line[sizeof(line) - 1] = '\0';
	put("/proc/cmdline", line);
	put("/sys/devices/system/cpu/online", "0-3,8\n");
	put("/sys/devices/system/cpu/vulnerabilities/spectre_v2", "Mitigation: IBRS\n");
	put("/sys/devices/system/cpu/vulnerabilities/meltdown", "Not\taffected\n");
	put("/proc/meminfo", "MemTotal:        2048 kB\nMemFree:  7 kB\n");
	put("/proc/self/status", "Name:\tx\nSeccomp:\t2\nSeccomp_filters:\t1\n");
	read_as("x86_64");
	assert_int_equal(strlen(m.command_line), sizeof(m.command_line) - 1);
	assert_string_equal(m.cpus_online, "0-3,8");
	assert_int_equal(m.mitigation_count, 2);
	assert_string_equal(m.mitigation[0].name, "meltdown");
	assert_string_equal(m.mitigation[0].state, "Not affected");
	assert_string_equal(m.mitigation[1].name, "spectre_v2");
	assert_int_equal(m.memory_bytes, 2048 * 1024);
	assert_int_equal(m.seccomp, 2);
}

static void no_more_mitigations_are_read_than_there_is_room_for(void **state)
{
	char path[96];

	(void)state;
	for (int i = 0; i < RCS_MITIGATIONS_MAX + 5; i++) {
		(void)snprintf(path, sizeof(path),
			       "/sys/devices/system/cpu/vulnerabilities/v%d", i);
		put(path, "Vulnerable\n");
	}
	read_as("x86_64");
	assert_int_equal(m.mitigation_count, RCS_MITIGATIONS_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		MACHINE_TEST(x86_names_its_model),
		MACHINE_TEST(flags_of_x86_tell_what_the_cpu_is),
		MACHINE_TEST(arm_numbers_its_cores),
		MACHINE_TEST(others_name_theirs),
		MACHINE_TEST(texts_are_fit_to_print),
		MACHINE_TEST(files_are_read_and_those_that_are_not_there_are_left_out),
		MACHINE_TEST(no_more_mitigations_are_read_than_there_is_room_for),
	};

	return cmocka_run_group_tests_name("machine", tests, NULL, NULL);
}
