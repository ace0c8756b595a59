/* SPDX-License-Identifier: BSD-2-Clause */
/* Facts about the machine from uname(2) and /proc: see machine.h. */
#include "host/machine.h"

#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

/* Copies what stands behind "key :" in a line of /proc/cpuinfo. */
static bool value_of(const char *line, const char *key, char *value, size_t size)
{
	const char *at;

	if (strncmp(line, key, strlen(key)) != 0)
		return false;
	at = line + strlen(key);
	at += strspn(at, " \t");
	if (*at != ':')
		return false;
	at++;
	at += strspn(at, " \t");
	(void)snprintf(value, size, "%.*s", (int)strcspn(at, "\n"), at);
	return true;
}

static void read_cpuinfo(struct rcs_machine *machine)
{
	/* x86; POWER; RISC-V; s390; Arm, which numbers its cores and names none. */
	static const char *const keys[] = {"model name", "cpu", "uarch", "vendor_id",
					   "CPU part"};
	size_t best = sizeof(keys) / sizeof(keys[0]);
	FILE *f = fopen("/proc/cpuinfo", "re");
	char line[4096];

	if (f == NULL)
		return;
	while (fgets(line, sizeof(line), f) != NULL) {
		for (size_t k = 0; k < best; k++) {
			if (value_of(line, keys[k], machine->cpu,
				     sizeof(machine->cpu))) {
				best = k;
				break;
			}
		}
		if (strncmp(line, "flags", 5) == 0 &&
		    strstr(line, " hypervisor") != NULL)
			machine->virtual = true;
		if (strncmp(line, "flags", 5) == 0 && strstr(line, " invlpgb") != NULL)
			machine->broadcasts_tlb = true;
	}
	fclose(f);
}

/*
 * Under qemu's user emulation, /proc/self/exe is the guest's but the kernel's
 * view in status is not: it names the emulator.
 */
static bool find_emulator(void)
{
	FILE *f = fopen("/proc/self/status", "re");
	char line[256];
	bool found = false;

	if (f == NULL)
		return false;
	if (fgets(line, sizeof(line), f) != NULL)
		found = strstr(line, "qemu-") != NULL;
	fclose(f);
	return found;
}

/* The kernel need not show the flag: the CPU does, and 6.15 began to use it. */
static bool has_invlpgb(const char *release)
{
#if defined(__x86_64__) || defined(__i386__)
	unsigned a, b = 0, c, d;
	int major = 0, minor = 0;

	if (sscanf(release, "%d.%d", &major, &minor) != 2 ||
	    major * 1000 + minor < 6015)
		return false;
	return __get_cpuid(0x80000008u, &a, &b, &c, &d) != 0 && (b & (1u << 3)) != 0;
#else
	(void)release;
	return false;
#endif
}

void rcs_machine_read(struct rcs_machine *machine)
{
	struct utsname u;

	memset(machine, 0, sizeof(*machine));
	(void)snprintf(machine->cpu, sizeof(machine->cpu), "unknown CPU");
	(void)snprintf(machine->arch, sizeof(machine->arch), "unknown");
	(void)snprintf(machine->kernel, sizeof(machine->kernel), "unknown kernel");
	if (uname(&u) == 0) {
		(void)snprintf(machine->arch, sizeof(machine->arch), "%.31s",
			       u.machine);
		(void)snprintf(machine->kernel, sizeof(machine->kernel), "%.20s %.70s",
			       u.sysname, u.release);
		machine->broadcasts_tlb = has_invlpgb(u.release);
	}
	read_cpuinfo(machine);
	machine->emulated = find_emulator();
}
