/* SPDX-License-Identifier: BSD-2-Clause */
/* What this machine is: the facts that a verdict is only worth anything with. */
#ifndef RCS_HOST_MACHINE_H
#define RCS_HOST_MACHINE_H

#include <stdbool.h>

struct rcs_machine {
	char arch[32];	 /* as uname -m has it */
	char kernel[96]; /* name and release: "Linux 6.18.44" */
	char cpu[96];	 /* model, or "unknown" */
	bool virtual;	 /* a hypervisor is seen (x86 only) */
	bool emulated;	 /* an emulator of user programs (qemu-user) runs us */
	/*
	 * x86 with INVLPGB on a kernel that uses it (6.15): a process that runs on more
	 * than three CPUs has its TLB shootdowns broadcast, without any interrupt.
	 */
	bool broadcasts_tlb;
};

/* Never fails: what cannot be read is "unknown". */
void rcs_machine_read(struct rcs_machine *machine);

#endif
