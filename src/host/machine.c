/* SPDX-License-Identifier: BSD-2-Clause */
/* Facts about the machine from uname(2), CPUID and files: see machine.h. */
#include "host/machine.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

#include "host/cpus.h"
#include "host/machine_parts.h"

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

static void read_uname(struct rcs_machine *m)
{
	struct utsname u;
	char kernel[96];

	if (uname(&u) != 0)
		return;
	(void)snprintf(kernel, sizeof(kernel), "%.20s %.70s", u.sysname, u.release);
	rcs_machine_clean(m->kernel, sizeof(m->kernel), kernel);
	rcs_machine_clean(m->arch, sizeof(m->arch), u.machine);
	rcs_machine_clean(m->name, sizeof(m->name), u.nodename);
	rcs_machine_clean(m->build, sizeof(m->build), u.version);
	m->broadcasts_tlb = has_invlpgb(u.release);
}

/* "Name:\tvalue" in a file; -1 if it is not there or no number. */
static long long number_in(const char *root, const char *path, const char *key)
{
	FILE *f = rcs_machine_open(root, path);
	long long number = -1;
	char line[512];

	if (f == NULL)
		return -1;
	for (int n = 0; number < 0 && n < 1000 && fgets(line, sizeof(line), f) != NULL;
	     n++) {
		const char *value = rcs_machine_value(line, key);

		if (value != NULL && *value >= '0' && *value <= '9')
			number = strtoll(value, NULL, 10);
	}
	(void)fclose(f);
	return number;
}

static int by_name(const void *a, const void *b)
{
	const struct rcs_mitigation *one = a, *other = b;

	return strcmp(one->name, other->name);
}

static void read_mitigations(const char *root, struct rcs_machine *m)
{
	static const char folder[] = "/sys/devices/system/cpu/vulnerabilities";
	char path[1024];
	struct dirent *entry;
	DIR *d;

	(void)snprintf(path, sizeof(path), "%s%s", root, folder);
	d = opendir(path);
	if (d == NULL)
		return;
	while (m->mitigation_count < RCS_MITIGATIONS_MAX &&
	       (entry = readdir(d)) != NULL) {
		struct rcs_mitigation *one = &m->mitigation[m->mitigation_count];

		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (!rcs_machine_line(root, path, one->state, sizeof(one->state)))
			continue;
		rcs_machine_clean(one->name, sizeof(one->name), entry->d_name);
		m->mitigation_count++;
	}
	(void)closedir(d);
	qsort(m->mitigation, m->mitigation_count, sizeof(m->mitigation[0]), by_name);
}

void rcs_machine_read_files(const char *root, const char *built_for,
			    struct rcs_machine *m)
{
	bool x86 = strcmp(built_for, "x86_64") == 0 || strcmp(built_for, "i386") == 0;
	long long memory_kb = number_in(root, "/proc/meminfo", "MemTotal");

	rcs_machine_cpu(root, m);
	rcs_machine_emulator(root, built_for, m);
	/* Firmware of x86 says it of whole machines of a cloud's, too: CPUID knows. */
	if (!x86 || m->virtual)
		rcs_machine_hypervisor(root, m);
	m->virtual = m->virtual || m->hypervisor[0] != '\0';
	rcs_machine_container(root, m);
	rcs_machine_quota(root, m);
	read_mitigations(root, m);
	(void)rcs_machine_line(root, "/proc/cmdline", m->command_line,
			       sizeof(m->command_line));
	(void)rcs_machine_line(root, "/sys/devices/system/cpu/online", m->cpus_online,
			       sizeof(m->cpus_online));
	m->seccomp = (int)number_in(root, "/proc/self/status", "Seccomp");
	m->memory_bytes = memory_kb > 0 ? (uint64_t)memory_kb * 1024 : 0;
}

void rcs_machine_read(struct rcs_machine *m)
{
	struct rcs_cpus allowed;
	struct rcs_error e;

	memset(m, 0, sizeof(*m));
	(void)snprintf(m->cpu, sizeof(m->cpu), "unknown CPU");
	(void)snprintf(m->arch, sizeof(m->arch), "unknown");
	(void)snprintf(m->kernel, sizeof(m->kernel), "unknown kernel");
	read_uname(m);
	rcs_machine_cpuid(m);
	rcs_machine_read_files("", rcs_machine_built_for(), m);
	if (rcs_cpus_available(&allowed, &e) == 0)
		rcs_cpus_print(&allowed, m->cpus_allowed, sizeof(m->cpus_allowed));
	if (getenv("KUBERNETES_SERVICE_HOST") != NULL)
		(void)snprintf(m->container, sizeof(m->container), "kubernetes");
}
