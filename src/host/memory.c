/* SPDX-License-Identifier: BSD-2-Clause */
/* How much memory may be taken, and prefaulted pages: see memory.h. */
#include "host/memory.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define GIB   (UINT64_C(1) << 30)
#define LEAST (UINT64_C(32) << 20)
#define PIECE ((size_t)64 << 20) /* filled in well under a second */

static bool read_u64(const char *path, uint64_t *value)
{
	FILE *f = fopen(path, "re");
	bool ok;

	if (f == NULL)
		return false;
	ok = fscanf(f, "%" SCNu64, value) == 1; /* "max" is no number: no limit */
	fclose(f);
	return ok;
}

static uint64_t machine_free(void)
{
	FILE *f = fopen("/proc/meminfo", "re");
	char line[256];
	uint64_t kib = 0;

	if (f == NULL)
		return 0;
	while (fgets(line, sizeof(line), f) != NULL) {
		if (sscanf(line, "MemAvailable: %" SCNu64, &kib) == 1)
			break;
	}
	fclose(f);
	return kib * 1024;
}

/* Lowers *bytes to limit minus usage of one cgroup folder, if it has a limit. */
static void lower_by_cgroup(const char *folder, const char *limit_name,
			    const char *usage_name, uint64_t *bytes)
{
	char path[4352];
	uint64_t limit, usage;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, limit_name);
	if (!read_u64(path, &limit))
		return;
	(void)snprintf(path, sizeof(path), "%s/%s", folder, usage_name);
	if (!read_u64(path, &usage))
		return;
	usage = limit > usage ? limit - usage : 0;
	if (*bytes == 0 || usage < *bytes)
		*bytes = usage;
}

/* A limit anywhere between our group and the root counts: walk up. */
static void lower_by_cgroups(const char *mount, const char *group,
			     const char *limit_name, const char *usage_name,
			     uint64_t *bytes)
{
	char folder[4200];

	(void)snprintf(folder, sizeof(folder), "%s%s", mount, group);
	for (;;) {
		char *slash;

		lower_by_cgroup(folder, limit_name, usage_name, bytes);
		slash = strrchr(folder, '/');
		if (slash == NULL || (size_t)(slash - folder) < strlen(mount))
			break;
		*slash = '\0';
	}
}

uint64_t rcs_memory_free(void)
{
	uint64_t bytes = machine_free();
	FILE *f = fopen("/proc/self/cgroup", "re");
	char line[4200];

	if (f == NULL)
		return bytes;
	while (fgets(line, sizeof(line), f) != NULL) {
		char *controllers = strchr(line, ':');
		char *group = controllers ? strchr(controllers + 1, ':') : NULL;

		if (group == NULL)
			continue;
		*controllers++ = '\0';
		*group++ = '\0';
		group[strcspn(group, "\n")] = '\0';
		if (*controllers == '\0')
			lower_by_cgroups("/sys/fs/cgroup", group, "memory.max",
					 "memory.current", &bytes);
		else if (strstr(controllers, "memory") != NULL)
			lower_by_cgroups("/sys/fs/cgroup/memory", group,
					 "memory.limit_in_bytes",
					 "memory.usage_in_bytes", &bytes);
	}
	fclose(f);
	return bytes;
}

uint64_t rcs_memory_default(void)
{
	uint64_t quarter = rcs_memory_free() / 4;

	/* Page cache counts as used in a cgroup, and makes room when it must. */
	return quarter < LEAST ? LEAST : quarter > GIB ? GIB : quarter;
}

size_t rcs_memory_fill(char *pages, size_t from, size_t size, bool (*stop)(void *),
		       void *argument)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	while (from < size && !stop(argument)) {
		size_t end = size - from > PIECE ? from + PIECE : size;

		for (; from < end; from += page)
			*(volatile char *)(pages + from) = 0;
	}
	return from < size ? from : size;
}

void *rcs_memory_pages(size_t size, const char *what, struct rcs_error *e)
{
	void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (pages == MAP_FAILED) {
		rcs_fail(e, RCS_ERROR_RESOURCE,
			 "cannot have %zu KiB for %s: mmap: %s; "
			 "try a smaller --memory or fewer --threads",
			 size / 1024, what, strerror(errno));
		return NULL;
	}
	return pages;
}

void rcs_memory_release(void *pages, size_t size)
{
	if (pages != NULL)
		(void)munmap(pages, size);
}
