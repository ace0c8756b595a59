/* SPDX-License-Identifier: BSD-2-Clause */
/* What this machine is: the facts that a verdict is only worth anything with. */
#ifndef RCS_HOST_MACHINE_H
#define RCS_HOST_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#define RCS_MITIGATIONS_MAX 40

/* What the kernel does about a weakness of the CPU. */
struct rcs_mitigation {
	char name[40];	 /* of a file in /sys/devices/system/cpu/vulnerabilities */
	char state[120]; /* its line, cut to size */
};

/* Text that is not known is empty, unless it says otherwise. */
struct rcs_machine {
	char arch[32];	 /* as uname -m has it */
	char kernel[96]; /* name and release: "Linux 6.18.44" */
	char cpu[96];	 /* model, or "unknown CPU" */
	bool virtual;	 /* a hypervisor is seen */
	bool emulated;	 /* our instructions are an emulator's: of user programs
			    (qemu-user),   or of a machine (qemu's TCG) */
	/*
	 * x86 with INVLPGB on a kernel that uses it (6.15): a process that runs on more
	 * than three CPUs has its TLB shootdowns broadcast, without any interrupt.
	 */
	bool broadcasts_tlb;

	char name[64];		 /* of the node, as uname -n has it */
	char build[160];	 /* of the kernel, as uname -v has it */
	char command_line[2048]; /* of the kernel, cut to size */
	char microcode[32];	 /* revision: "0xa10113e" */
	char hypervisor[48]; /* "KVM", "Microsoft Hyper-V", "Xen", …; empty: none seen
			      */
	char emulator[48];   /* "qemu-aarch64"; empty: none seen */
	char container[32]; /* "docker", "podman", "kubernetes", …; empty: none seen */
	char cpus_online[256];	/* "0-7" */
	char cpus_allowed[256]; /* of this process, by affinity and cpuset */
	double cpu_quota;	/* in CPUs, the least of all cgroups above; 0: none */
	int seccomp;		/* 0 none, 1 strict, 2 filter; -1 not known */
	uint64_t memory_bytes;	/* of the machine; 0: not known */
	uint32_t mitigation_count;
	struct rcs_mitigation mitigation[RCS_MITIGATIONS_MAX]; /* by name */
};

/* Never fails. */
void rcs_machine_read(struct rcs_machine *machine);

#endif
