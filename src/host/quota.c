/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How many CPUs' time the cgroups above this process leave it: cpu.max of version 2 and
 * cfs_quota_us of version 1, which may both be there. The least of all counts.
 */
#include "host/machine_parts.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define NAME 1024

struct mount {
	char root[NAME]; /* the cgroup that it begins at, as /proc/self/cgroup has it */
	char point[NAME]; /* where it is mounted */
};

static double cpus(long long quota, long long period)
{
	return quota > 0 && period > 0 ? (double)quota / (double)period : 0.0;
}

double rcs_machine_cpu_max(const char *text)
{
	char *end;
	long long quota = strtoll(text, &end, 10); /* "max" is no number */

	return end == text ? 0.0 : cpus(quota, strtoll(end, NULL, 10));
}

static void take(double *least, double quota)
{
	if (quota > 0.0 && (*least == 0.0 || quota < *least))
		*least = quota;
}

/* The quota of one cgroup, whatever its version. */
static double quota_of(const char *root, const char *folder)
{
	char path[2 * NAME + 64], quota[64], period[64];
	double least = 0.0;

	(void)snprintf(path, sizeof(path), "%s/cpu.max", folder);
	if (rcs_machine_line(root, path, quota, sizeof(quota)))
		take(&least, rcs_machine_cpu_max(quota));
	(void)snprintf(path, sizeof(path), "%s/cpu.cfs_quota_us", folder);
	if (!rcs_machine_line(root, path, quota, sizeof(quota)))
		return least;
	(void)snprintf(path, sizeof(path), "%s/cpu.cfs_period_us", folder);
	if (rcs_machine_line(root, path, period, sizeof(period)))
		take(&least, cpus(strtoll(quota, NULL, 10), strtoll(period, NULL, 10)));
	return least;
}

/* A word of a list with commas, which may end with a colon. */
static bool lists(const char *list, const char *word)
{
	for (;;) {
		size_t length = strcspn(list, ",:");

		if (length == strlen(word) && memcmp(list, word, length) == 0)
			return true;
		if (list[length] != ',')
			return false;
		list += length + 1;
	}
}

/* A name in mountinfo, where blanks and such are octal: "\040". */
static void unescape(char *name)
{
	char *to = name;

	for (const char *at = name; *at != '\0'; to++) {
		if (at[0] == '\\' && at[1] >= '0' && at[1] <= '3' && at[2] >= '0' &&
		    at[2] <= '7' && at[3] >= '0' && at[3] <= '7') {
			*to = (char)((at[1] - '0') * 64 + (at[2] - '0') * 8 + at[3] -
				     '0');
			at += 4;
		} else {
			*to = *at++;
		}
	}
	*to = '\0';
}

/* Whether a line of mountinfo is the one, and where it is. */
static bool is_mount(const char *line, bool v2, struct mount *mount)
{
	const char *rest = strstr(line, " - ");
	char type[32], options[NAME];

	if (rest == NULL ||
	    sscanf(line, "%*d %*d %*s %1023s %1023s", mount->root, mount->point) != 2 ||
	    sscanf(rest, " - %31s %*s %1023s", type, options) != 2)
		return false;
	unescape(mount->root);
	unescape(mount->point);
	if (v2)
		return strcmp(type, "cgroup2") == 0;
	return strcmp(type, "cgroup") == 0 && lists(options, "cpu");
}

static bool find_mount(const char *root, bool v2, struct mount *mount)
{
	FILE *f = rcs_machine_open(root, "/proc/self/mountinfo");
	char line[PATH_MAX];
	bool found = false;

	if (f == NULL)
		return false;
	for (int n = 0; !found && n < 65536 && fgets(line, sizeof(line), f) != NULL;
	     n++)
		found = is_mount(line, v2, mount);
	(void)fclose(f);
	return found;
}

/* The part of a cgroup's path that is below the mount; "" if it is not below it. */
static const char *below(const struct mount *mount, const char *path)
{
	size_t length = strlen(mount->root);

	if (strncmp(path, "/..", 3) == 0)
		return "";
	if (strcmp(mount->root, "/") == 0)
		return strcmp(path, "/") == 0 ? "" : path;
	if (strncmp(path, mount->root, length) == 0 &&
	    (path[length] == '/' || path[length] == '\0'))
		return path + length;
	return "";
}

/* From the cgroup up to where it is mounted, which is as far as can be seen. */
static void climb(const char *root, const char *path, bool v2, double *least)
{
	struct mount mount;
	char folder[2 * NAME];
	size_t top;

	if (!find_mount(root, v2, &mount))
		return;
	top = strlen(mount.point);
	(void)snprintf(folder, sizeof(folder), "%s%s", mount.point,
		       below(&mount, path));
	for (;;) {
		char *slash = strrchr(folder, '/');

		take(least, quota_of(root, folder));
		if (slash == NULL || strlen(folder) <= top)
			return;
		*slash = '\0';
	}
}

void rcs_machine_quota(const char *root, struct rcs_machine *m)
{
	FILE *f = rcs_machine_open(root, "/proc/self/cgroup");
	char line[NAME];

	if (f == NULL)
		return;
	for (int n = 0; n < 256 && fgets(line, sizeof(line), f) != NULL; n++) {
		char *names = strchr(line, ':');
		char *path = names != NULL ? strchr(names + 1, ':') : NULL;
		bool v2 = path != NULL && path == names + 1;

		if (path == NULL)
			continue;
		path++;
		path[strcspn(path, "\n")] = '\0';
		if (v2 || lists(names + 1, "cpu"))
			climb(root, path, v2, &m->cpu_quota);
	}
	(void)fclose(f);
}
