/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * forbid SYSCALL COMMAND…: runs a command under a seccomp filter that kills who makes
 * this system call, as a container's or a service manager's may. For the tests; needs
 * no privilege. Exit status 126 when there can be no such filter.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static const struct {
	const char *name;
	unsigned number;
} known[] = {
	{"membarrier", SYS_membarrier},
	{"mlock", SYS_mlock},
};

static int forbid(unsigned number)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {sizeof(code) / sizeof(code[0]), code};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return -1;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

int main(int argc, char **argv)
{
	for (size_t i = 0; argc > 2 && i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(argv[1], known[i].name) != 0)
			continue;
		if (forbid(known[i].number) == 0)
			(void)execvp(argv[2], argv + 2);
		(void)fprintf(stderr, "forbid: %s\n", strerror(errno));
		return 126;
	}
	(void)fprintf(stderr, "usage: forbid membarrier|mlock COMMAND...\n");
	return 2;
}
