/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The parts that machine.c puts together. Each reads files below a root, which is ""
 * in the program and a folder of samples in tests; each leaves alone what it cannot
 * tell. None of them fails, and all of them end: what is read is bounded.
 */
#ifndef RCS_HOST_MACHINE_PARTS_H
#define RCS_HOST_MACHINE_PARTS_H

#include <stddef.h>
#include <stdio.h>

#include "host/machine.h"

/* All of it that is in files, for a program that was built for this architecture. */
void rcs_machine_read_files(const char *root, const char *built_for,
			    struct rcs_machine *machine);

/*
 * As much of a line as there is room for, in one piece and without blanks around it:
 * a control character becomes a blank, and what is no UTF-8 a question mark.
 */
void rcs_machine_clean(char *to, size_t size, const char *from);

/* A file to read, or NULL. */
FILE *rcs_machine_open(const char *root, const char *path);

/* The beginning of a file and a NUL; returns how much, 0 if there is none. */
size_t rcs_machine_file(const char *root, const char *path, char *text, size_t size);

/* The first line of a file, cleaned. Empty, and false, if there is none. */
bool rcs_machine_line(const char *root, const char *path, char *to, size_t size);

/* What stands behind "key :" in a line, as it is; NULL if that is no such line. */
const char *rcs_machine_value(const char *line, const char *key);

/* From /proc/cpuinfo: cpu, microcode, virtual, broadcasts_tlb. */
void rcs_machine_cpu(const char *root, struct rcs_machine *machine);

/* "Neoverse-N1" of an implementer and a part of Arm's; "IBM z15" of a machine type;
 * NULL if it has no name here. */
const char *rcs_machine_arm_name(unsigned implementer, unsigned part);
const char *rcs_machine_ibm_name(unsigned type);

/* From device tree, sysfs, sysinfo and firmware: hypervisor. */
void rcs_machine_hypervisor(const char *root, struct rcs_machine *machine);

/* The name of the hypervisor that signs CPUID with these 12 bytes; or these, cleaned.
 */
void rcs_machine_signature(const char signature[12], char *name, size_t size);

/* What CPUID says, on x86: hypervisor, emulator. */
void rcs_machine_cpuid(struct rcs_machine *machine);

/* emulated, emulator. */
void rcs_machine_emulator(const char *root, const char *built_for,
			  struct rcs_machine *machine);

/* The architecture of this program, as uname -m has it at home: "x86_64". */
const char *rcs_machine_built_for(void);

/* container. */
void rcs_machine_container(const char *root, struct rcs_machine *machine);

/* cpu_quota. */
void rcs_machine_quota(const char *root, struct rcs_machine *machine);

/* In CPUs, of a cpu.max: "150000 100000" is 1.5. 0: no limit. */
double rcs_machine_cpu_max(const char *text);

#endif
