/* SPDX-License-Identifier: BSD-2-Clause */
/* What machines run in: hypervisors, emulators, containers and quotas, from samples. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "host/machine_parts.h"
#include "sample.h"

#define PUT_BYTES(path, bytes) put_bytes(path, bytes, sizeof(bytes) - 1)

static void signatures_have_names(void **state)
{
	static const char *const cases[][2] = {
		{"KVMKVMKVM\0\0", "KVM"},      {"Microsoft Hv", "Microsoft Hyper-V"},
		{"VMwareVMware", "VMware"},    {"XenVMMXenVMM", "Xen"},
		{"bhyve bhyve ", "Bhyve"},     {"TCGTCGTCGTCG", "TCG"},
		{" lrpepyh  vr", "Parallels"}, {"Another\033One.", "Another One."},
	};
	char name[48];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rcs_machine_signature(cases[i][0], name, sizeof(name));
		assert_string_equal(name, cases[i][1]);
	}
}

static void hypervisors_are_named_by_device_trees(void **state)
{
	(void)state;
	PUT_BYTES("/proc/device-tree/hypervisor/compatible", "linux,kvm\0");
	read_as("ppc64");
	assert_string_equal(m.hypervisor, "KVM");
	assert_true(m.virtual);
	PUT_BYTES("/proc/device-tree/hypervisor/compatible", "xen,xen-4.16\0xen,xen\0");
	read_as("aarch64");
	assert_string_equal(m.hypervisor, "Xen");
	assert_int_equal(unlink(place("/proc/device-tree/hypervisor/compatible")), 0);
	PUT_BYTES("/proc/device-tree/compatible", "IBM,9009-22A\0");
	read_as("ppc64");
	assert_string_equal(m.hypervisor, "");
	assert_false(m.virtual);
	PUT_BYTES("/proc/device-tree/ibm,partition-name", "lpar7\0");
	read_as("ppc64");
	assert_string_equal(m.hypervisor, "PowerVM");
	PUT_BYTES("/proc/device-tree/compatible", "vendor,board\0riscv-virtio\0");
	read_as("riscv");
	assert_string_equal(m.hypervisor, "QEMU");
}

static void hypervisors_are_named_by_s390(void **state)
{
	(void)state;
	put("/proc/sysinfo", "Manufacturer:         IBM\nType:                 8561\n"
			     "LPAR Name:            LP07\n");
	read_as("s390x");
	assert_string_equal(m.hypervisor, "");
	put("/proc/sysinfo", "Manufacturer:         IBM\nLPAR Name:  LP07\n\n"
			     "VM00 Name:            GUEST\n"
			     "VM00 Control Program: z/VM    7.3.0\n");
	read_as("s390x");
	assert_string_equal(m.hypervisor, "z/VM    7.3.0");
	assert_false(m.emulated);
	put("/proc/sysinfo",
	    "Manufacturer:         QEMU\nType:                 8561\n\n"
	    "VM00 Control Program: KVM/Linux\n");
	read_as("s390x");
	assert_string_equal(m.hypervisor, "KVM");
	assert_true(m.emulated); /* KVM itself would not say QEMU */
}

static void hypervisors_are_named_by_firmware(void **state)
{
	(void)state;
	put("/sys/class/dmi/id/product_name", "KVM Virtual Machine\n");
	read_as("aarch64");
	assert_string_equal(m.hypervisor, "KVM");
	put("/sys/class/dmi/id/product_name", "m6g.large\n");
	put("/sys/class/dmi/id/sys_vendor", "Amazon EC2\n");
	read_as("aarch64");
	assert_string_equal(m.hypervisor, "Amazon EC2");
	put("/sys/class/dmi/id/product_name", "m6g.metal\n");
	read_as("aarch64");
	assert_string_equal(m.hypervisor, "");
	/* On x86 a CPU says whether there is one. */
	put("/sys/class/dmi/id/product_name", "Google Compute Engine\n");
	read_as("x86_64");
	assert_string_equal(m.hypervisor, "");
	put("/proc/cpuinfo", "vendor_id\t: GenuineIntel\nflags\t: hypervisor\n\n");
	read_as("x86_64");
	assert_string_equal(m.hypervisor, "KVM");
	put("/sys/hypervisor/type", "xen\n");
	read_as("x86_64");
	assert_string_equal(m.hypervisor, "Xen");
}

/* The program that the kernel runs: its file and the architecture of it. */
static void put_program(const char *path, bool big_endian, unsigned elf)
{
	unsigned char head[64] = {0x7f, 'E', 'L', 'F', 2, big_endian ? 2 : 1, 1};

	head[big_endian ? 18 : 19] = (unsigned char)(elf >> 8);
	head[big_endian ? 19 : 18] = (unsigned char)elf;
	put_bytes(path, head, sizeof(head));
	put_link("/proc/thread-self/exe", path);
}

/* As ELF numbers them. */
enum { S390 = 22, X86_64 = 62, AARCH64 = 183 };

static void emulators_are_found_by_their_program(void **state)
{
	(void)state;
	put_program("/usr/bin/qemu-aarch64-static", false, X86_64);
	read_as("aarch64");
	assert_true(m.emulated);
	assert_string_equal(m.emulator, "qemu-aarch64");
	/* Of the same architecture, only the name tells. */
	put_program("/usr/bin/qemu-x86_64", false, X86_64);
	read_as("x86_64");
	assert_string_equal(m.emulator, "qemu-x86_64");
	/* Whatever it is called, it is not for our CPUs. */
	put_program("/opt/runner", false, AARCH64);
	read_as("x86_64");
	assert_true(m.emulated);
	assert_string_equal(m.emulator, "runner");
	put_program("/opt/rcustress", true, S390);
	read_as("s390x");
	assert_false(m.emulated);
	read_as("x86_64");
	assert_true(m.emulated);
	/* A machine that nobody here has heard of. */
	read_as("");
	assert_false(m.emulated);
}

static void emulators_are_found_by_what_the_kernel_says(void **state)
{
	(void)state;
	put("/proc/sys/kernel/arch", "x86_64\n");
	read_as("i386");
	assert_false(m.emulated);
	read_as("aarch64");
	assert_true(m.emulated);
	assert_string_equal(m.emulator, "unknown emulator");
	put("/proc/sys/kernel/arch", "aarch64\n");
	read_as("arm");
	assert_false(m.emulated);
	put("/proc/thread-self/status", "Name:\tqemu-arm\nUmask:\t0022\n");
	read_as("arm");
	assert_string_equal(m.emulator, "qemu-arm");
	put("/proc/thread-self/status", "Name:\trcustress\n");
	put("/proc/thread-self/maps", "00400000-00401000 r-xp 00000000 fe:00 1 /bin/a\n"
				      "7f00000000-7f00001000 r-xp 00000000 fe:00 2 "
				      "/usr/bin/qemu-arm-static (deleted)\n");
	read_as("arm");
	assert_string_equal(m.emulator, "qemu-arm");
}

static void emulators_are_found_by_cpus_that_cannot_be(void **state)
{
	(void)state;
	put("/proc/cpuinfo", "processor\t: 0\nvendor_id\t: AuthenticAMD\n"
			     "flags\t: fpu hypervisor\n\n");
	read_as("x86_64");
	assert_false(m.emulated);
	read_as("s390x");
	assert_true(m.emulated);
	put("/proc/cpuinfo", "vendor_id\t: VirtualApple\nmodel name\t: VirtualApple @ "
			     "2.50GHz\nflags\t: fpu\n\n");
	read_as("x86_64");
	assert_string_equal(m.emulator, "rosetta");
	put("/proc/cpuinfo", "processor\t: 0\nCPU implementer\t: 0x41\n"
			     "CPU variant\t: 0x3\nCPU part\t: 0xd0c\n");
	read_as("arm");
	assert_false(m.emulated);
	read_as("x86_64");
	assert_true(m.emulated);
	/* A whole machine that qemu makes up. */
	put("/proc/cpuinfo", "processor\t: 0\nCPU implementer\t: 0x00\n"
			     "CPU variant\t: 0x0\nCPU part\t: 0x051\n");
	read_as("aarch64");
	assert_string_equal(m.emulator, "qemu");
}

static void containers_are_named_by_what_is_in_them(void **state)
{
	(void)state;
	put("/proc/1/cgroup", "0::/init.scope\n");
	put("/proc/self/cgroup", "0::/user.slice\n");
	read_as("x86_64");
	assert_string_equal(m.container, "");
	put("/proc/1/cgroup", "4:cpu:/kubepods/burstable/pod1\n0::/\n");
	read_as("x86_64");
	assert_string_equal(m.container, "kubernetes");
	PUT_BYTES("/proc/1/environ", "PATH=/bin\0container=lxc\0HOME=/\0");
	read_as("x86_64");
	assert_string_equal(m.container, "lxc");
	put("/.dockerenv", "");
	read_as("x86_64");
	assert_string_equal(m.container, "docker");
	put("/run/.containerenv", "");
	read_as("x86_64");
	assert_string_equal(m.container, "podman");
}

static bool is_about(double value, double wanted)
{
	return value > wanted * 0.999 && value < wanted * 1.001;
}

static void a_quota_is_a_number_of_cpus(void **state)
{
	(void)state;
	assert_true(is_about(rcs_machine_cpu_max("150000 100000\n"), 1.5));
	assert_true(is_about(rcs_machine_cpu_max("5000 10000"), 0.5));
	assert_true(rcs_machine_cpu_max("max 100000\n") == 0.0);
	assert_true(rcs_machine_cpu_max("") == 0.0);
	assert_true(rcs_machine_cpu_max("100000") == 0.0);
	assert_true(rcs_machine_cpu_max("100000 0") == 0.0);
	assert_true(rcs_machine_cpu_max("-1 100000") == 0.0);
}

static void the_least_quota_of_all_cgroups_above_counts(void **state)
{
	(void)state;
	put("/proc/self/cgroup", "0::/a/b\n");
	put("/proc/self/mountinfo", "24 1 0:22 / /proc rw,nosuid - proc proc rw\n"
				    "30 23 0:26 / /sys/fs/cgroup rw shared:9 - cgroup2 "
				    "cgroup2 rw,nsdelegate\n");
	read_as("x86_64");
	assert_true(m.cpu_quota == 0.0);
	put("/sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
	put("/sys/fs/cgroup/a/cpu.max", "300000 100000\n");
	read_as("x86_64");
	assert_true(is_about(m.cpu_quota, 3.0));
	put("/sys/fs/cgroup/a/b/cpu.max", "400000 100000\n");
	read_as("x86_64");
	assert_true(is_about(m.cpu_quota, 3.0));
	/* That of the root, in a container. */
	put("/sys/fs/cgroup/cpu.max", "50000 100000\n");
	read_as("x86_64");
	assert_true(is_about(m.cpu_quota, 0.5));
}

static void quotas_of_version_1_are_read(void **state)
{
	(void)state;
	put("/proc/self/cgroup", "9:memory:/x\n4:cpuacct,cpu:/docker/c1\n0::/\n");
	put("/proc/self/mountinfo",
	    "33 31 0:31 / /sys/fs/cgroup/set rw - cgroup cgroup rw,cpuset\n"
	    "32 31 0:29 /docker/c1 /sys/fs/my\\040cpu rw - cgroup cgroup "
	    "rw,cpu,cpuacct\n");
	put("/sys/fs/my cpu/cpu.cfs_quota_us", "-1\n");
	put("/sys/fs/my cpu/cpu.cfs_period_us", "100000\n");
	read_as("x86_64");
	assert_true(m.cpu_quota == 0.0);
	put("/sys/fs/my cpu/cpu.cfs_quota_us", "250000\n");
	read_as("x86_64");
	assert_true(is_about(m.cpu_quota, 2.5));
	/* Of a cgroup below the one that is mounted. */
	put("/proc/self/cgroup", "4:cpuacct,cpu:/docker/c1/in\n");
	put("/sys/fs/my cpu/in/cpu.cfs_quota_us", "100000\n");
	put("/sys/fs/my cpu/in/cpu.cfs_period_us", "100000\n");
	read_as("x86_64");
	assert_true(is_about(m.cpu_quota, 1.0));
}

static void this_machine_is_read_too(void **state)
{
	struct rcs_machine here;

	(void)state;
	rcs_machine_read(&here);
	assert_string_not_equal(here.kernel, "unknown kernel");
	assert_string_not_equal(here.cpus_allowed, "");
	assert_true(here.emulated == (here.emulator[0] != '\0'));
	assert_true(here.virtual || here.hypervisor[0] == '\0');
	assert_true(here.cpu_quota >= 0.0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signatures_have_names),
		MACHINE_TEST(hypervisors_are_named_by_device_trees),
		MACHINE_TEST(hypervisors_are_named_by_s390),
		MACHINE_TEST(hypervisors_are_named_by_firmware),
		MACHINE_TEST(emulators_are_found_by_their_program),
		MACHINE_TEST(emulators_are_found_by_what_the_kernel_says),
		MACHINE_TEST(emulators_are_found_by_cpus_that_cannot_be),
		MACHINE_TEST(containers_are_named_by_what_is_in_them),
		cmocka_unit_test(a_quota_is_a_number_of_cpus),
		MACHINE_TEST(the_least_quota_of_all_cgroups_above_counts),
		MACHINE_TEST(quotas_of_version_1_are_read),
		cmocka_unit_test(this_machine_is_read_too),
	};

	return cmocka_run_group_tests_name("surroundings", tests, NULL, NULL);
}
