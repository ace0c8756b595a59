/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which container this is: what its makers leave in it, the most telling first. It
 * explains what is missing (/proc/interrupts, system calls); nothing rests on it.
 */
#include "host/machine_parts.h"

#include <string.h>
#include <unistd.h>

static bool exists(const char *root, const char *path)
{
	char name[1024];

	(void)snprintf(name, sizeof(name), "%s%s", root, path);
	return access(name, F_OK) == 0;
}

/* container=… in the environment of the first process: NULs between. */
static bool by_environment(const char *root, char *name, size_t size)
{
	static const char key[] = "container=";
	char text[16384];
	size_t length = rcs_machine_file(root, "/proc/1/environ", text, sizeof(text));

	for (size_t at = 0; at < length; at += strlen(text + at) + 1) {
		if (strncmp(text + at, key, strlen(key)) != 0)
			continue;
		rcs_machine_clean(name, size, text + at + strlen(key));
		return name[0] != '\0';
	}
	return false;
}

/* From the names that its makers give to cgroups. */
static bool by_cgroup(const char *root, const char *path, char *name, size_t size)
{
	static const char *const known[][2] = {
		{"/kubepods", "kubernetes"},
		{"/libpod-", "podman"},
		{"/docker", "docker"},
		{"/buildkit", "buildkit"},
		{"/lxc", "lxc"},
		{"/garden/", "garden"},
		{"cri-containerd", "containerd"},
		{"/machine-", "systemd-nspawn"},
	};
	char text[4096];

	(void)rcs_machine_file(root, path, text, sizeof(text));
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strstr(text, known[i][0]) == NULL)
			continue;
		(void)snprintf(name, size, "%s", known[i][1]);
		return true;
	}
	return false;
}

void rcs_machine_container(const char *root, struct rcs_machine *m)
{
	char *name = m->container;
	size_t size = sizeof(m->container);

	if (exists(root, "/var/run/secrets/kubernetes.io"))
		(void)snprintf(name, size, "kubernetes");
	else if (exists(root, "/run/.containerenv"))
		(void)snprintf(name, size, "podman");
	else if (exists(root, "/.dockerenv"))
		(void)snprintf(name, size, "docker");
	else if (!by_environment(root, name, size) &&
		 !rcs_machine_line(root, "/run/systemd/container", name, size) &&
		 !by_cgroup(root, "/proc/1/cgroup", name, size))
		(void)by_cgroup(root, "/proc/self/cgroup", name, size);
}
