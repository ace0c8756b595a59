/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whether these instructions are an emulator's. Those that run user programs hide: they
 * make up /proc/self/exe, maps and auxv, and newer ones /proc/cpuinfo. What is asked
 * for through the task instead of the process is the kernel's own, and the kernel says
 * what it was built for. One sign is enough.
 */
#include "host/machine_parts.h"

#include <elf.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

/* An architecture: what ELF calls it, and how its names at home begin. */
struct architecture {
	const char *name; /* that this program is given */
	unsigned elf;
	const char *begins[4];
};

#define UNKNOWN "unknown emulator"

static const struct architecture architectures[] = {
	{"x86_64", EM_X86_64, {"x86_64", "i"}},
	{"i386", EM_386, {"x86_64", "i"}},
	{"aarch64", EM_AARCH64, {"aarch64", "arm"}},
	{"arm", EM_ARM, {"aarch64", "arm"}},
	{"s390x", EM_S390, {"s390"}},
	{"ppc", EM_PPC, {"ppc"}},
	{"ppc64", EM_PPC64, {"ppc"}},
	{"riscv", 243, {"riscv"}}, /* EM_RISCV, which is younger than some elf.h */
	{"mips", EM_MIPS, {"mips"}},
	{"sparc", EM_SPARC, {"sparc"}},
	{"sparc64", EM_SPARCV9, {"sparc"}},
	{"loongarch", 258, {"loongarch"}},
};
#define ARCHITECTURES (sizeof(architectures) / sizeof(architectures[0]))

const char *rcs_machine_built_for(void)
{
#if defined(__x86_64__)
	return "x86_64";
#elif defined(__i386__)
	return "i386";
#elif defined(__aarch64__)
	return "aarch64";
#elif defined(__arm__)
	return "arm";
#elif defined(__s390x__)
	return "s390x";
#elif defined(__powerpc64__)
	return "ppc64";
#elif defined(__powerpc__)
	return "ppc";
#elif defined(__riscv)
	return "riscv";
#elif defined(__mips__)
	return "mips";
#elif defined(__sparc_v9__) || (defined(__sparc__) && defined(__arch64__))
	return "sparc64";
#elif defined(__sparc__)
	return "sparc";
#elif defined(__loongarch__)
	return "loongarch";
#else
	return ""; /* what cannot be compared is no sign */
#endif
}

static const struct architecture *find(const char *name)
{
	for (size_t i = 0; i < ARCHITECTURES; i++) {
		if (strcmp(architectures[i].name, name) == 0)
			return &architectures[i];
	}
	return NULL;
}

/* How the files of emulators begin that are known by it. */
static bool is_emulator(const char *file)
{
	static const char *const begins[] = {"qemu-", "FEX", "box64", "box86",
					     "rosetta"};

	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++) {
		if (strncmp(file, begins[i], strlen(begins[i])) == 0)
			return true;
	}
	return false;
}

static const char *file_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* "qemu-aarch64-static" is a qemu-aarch64 like any. */
static void name_it(struct rcs_machine *m, const char *file)
{
	char *deleted;
	size_t length;

	m->emulated = true;
	rcs_machine_clean(m->emulator, sizeof(m->emulator), file);
	if ((deleted = strstr(m->emulator, " (deleted)")) != NULL)
		*deleted = '\0';
	length = strlen(m->emulator);
	if (length > 7 && strcmp(m->emulator + length - 7, "-static") == 0)
		m->emulator[length - 7] = '\0';
}

/* Which program the kernel runs, by its link. */
static bool by_link(const char *root, struct rcs_machine *m, char *path, size_t size)
{
	char name[1024];
	ssize_t length;

	path[0] = '\0';
	(void)snprintf(name, sizeof(name), "%s/proc/thread-self/exe", root);
	length = readlink(name, path, size - 1);
	if (length <= 0)
		return false;
	path[length] = '\0';
	if (strstr(path, "/valgrind/") != NULL)
		name_it(m, "valgrind");
	else if (is_emulator(file_of(path)))
		name_it(m, file_of(path));
	return m->emulated;
}

/* That it is one for other CPUs than this program. */
static bool by_elf(const char *root, const struct architecture *own,
		   struct rcs_machine *m, const char *path)
{
	char head[21];
	const unsigned char *byte = (const unsigned char *)head;
	unsigned elf;

	if (own == NULL || rcs_machine_file(root, "/proc/thread-self/exe", head,
					    sizeof(head)) < EI_NIDENT + 4)
		return false;
	if (memcmp(head, ELFMAG, SELFMAG) != 0)
		return false;
	elf = byte[EI_DATA] == ELFDATA2MSB ? byte[18] * 256u + byte[19]
					   : byte[19] * 256u + byte[18];
	if (elf != own->elf)
		name_it(m, path[0] != '\0' ? file_of(path) : UNKNOWN);
	return m->emulated;
}

/* The name of the process, which is another when binfmt_misc started the emulator. */
static bool by_status(const char *root, struct rcs_machine *m)
{
	char line[256];
	const char *name;

	(void)rcs_machine_line(root, "/proc/thread-self/status", line, sizeof(line));
	name = rcs_machine_value(line, "Name");
	if (name != NULL && is_emulator(name))
		name_it(m, name);
	return m->emulated;
}

/* A file of an emulator's in its memory. */
static bool by_maps(const char *root, struct rcs_machine *m)
{
	FILE *f = rcs_machine_open(root, "/proc/thread-self/maps");
	char line[PATH_MAX + 128];

	if (f == NULL)
		return false;
	for (int n = 0; n < 4096 && fgets(line, sizeof(line), f) != NULL; n++) {
		const char *path = strchr(line, '/');

		if (path == NULL || !is_emulator(file_of(path)))
			continue;
		name_it(m, file_of(path));
		break;
	}
	(void)fclose(f);
	return m->emulated;
}

static void by_kernel(const char *root, const struct architecture *own,
		      struct rcs_machine *m)
{
	char arch[32];

	if (own == NULL ||
	    !rcs_machine_line(root, "/proc/sys/kernel/arch", arch, sizeof(arch)))
		return;
	for (size_t i = 0; i < 4 && own->begins[i] != NULL; i++) {
		if (strncmp(arch, own->begins[i], strlen(own->begins[i])) == 0)
			return;
	}
	name_it(m, UNKNOWN);
}

/* CPUs of another architecture than this program's; or such as only emulators make. */
static void by_cpuinfo(const char *root, const struct architecture *own,
		       struct rcs_machine *m)
{
	FILE *f = rcs_machine_open(root, "/proc/cpuinfo");
	bool x86 = own != NULL && strcmp(own->begins[0], "x86_64") == 0;
	bool arm = own != NULL && strcmp(own->begins[0], "aarch64") == 0;
	unsigned long implementer = 1;
	char line[8192];

	if (f == NULL)
		return;
	for (int n = 0; n < 64 && fgets(line, sizeof(line), f) != NULL; n++) {
		const char *vendor = rcs_machine_value(line, "vendor_id");
		const char *part = rcs_machine_value(line, "CPU part");
		bool others = false;

		if (strstr(line, "VirtualApple") != NULL)
			name_it(m, "rosetta");
		if (vendor != NULL && own != NULL && !x86)
			others = strncmp(vendor, "GenuineIntel", 12) == 0 ||
				 strncmp(vendor, "AuthenticAMD", 12) == 0;
		if (rcs_machine_value(line, "CPU implementer") != NULL) {
			others = own != NULL && !arm;
			implementer = strstr(line, "0x00") != NULL ? 0 : 1;
		}
		/* The "max" of a whole machine under qemu. */
		if (part != NULL && implementer == 0 && strstr(part, "0x051") != NULL)
			name_it(m, "qemu");
		if (others)
			name_it(m, UNKNOWN);
	}
	(void)fclose(f);
}

/* A machine of s390 that KVM does not make says so itself. */
static void by_sysinfo(const char *root, struct rcs_machine *m)
{
	char line[96];

	if (rcs_machine_line(root, "/proc/sysinfo", line, sizeof(line)) &&
	    strncmp(line, "Manufacturer", 12) == 0 && strstr(line, "QEMU") != NULL)
		name_it(m, "qemu");
}

void rcs_machine_emulator(const char *root, const char *built_for,
			  struct rcs_machine *m)
{
	const struct architecture *own = find(built_for);
	struct rcs_machine seen = {.emulated = false};
	char path[PATH_MAX];

	if (!by_link(root, &seen, path, sizeof(path)) &&
	    !by_elf(root, own, &seen, path) && !by_status(root, &seen) &&
	    !by_maps(root, &seen)) {
		by_kernel(root, own, &seen);
		by_cpuinfo(root, own, &seen);
		by_sysinfo(root, &seen);
	}
	if (!seen.emulated)
		return;
	m->emulated = true;
	/* CPUID may have named it before, less exactly. */
	if (m->emulator[0] == '\0' || strcmp(seen.emulator, UNKNOWN) != 0)
		memcpy(m->emulator, seen.emulator, sizeof(m->emulator));
}
