/* SPDX-License-Identifier: BSD-2-Clause */
/* Which hypervisor is below: from CPUID on x86, from firmware and /proc elsewhere. */
#include "host/machine_parts.h"

#include <string.h>
#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

#define TCG "TCG"

struct known {
	const char *sign, *name;
};

/* EBX, ECX and EDX of leaf 0x40000000. */
static const struct known signatures[] = {
	{"KVMKVMKVM", "KVM"},
	{"Linux KVM Hv", "KVM"},
	{"Microsoft Hv", "Microsoft Hyper-V"},
	{"VMwareVMware", "VMware"},
	{"XenVMMXenVMM", "Xen"},
	{"bhyve bhyve", "Bhyve"},
	{"BHyVE BHYVE", "Bhyve"},
	{"TCGTCGTCGTCG", TCG},
	{"VBoxVBoxVBox", "VirtualBox"},
	{"lrpepyh  vr", "Parallels"},
	{"prl hyperv", "Parallels"},
	{"ACRNACRNACRN", "ACRN"},
	{"Jailhouse", "Jailhouse"},
	{"NVMMNVMMNVMM", "NVMM"},
	{"___ NVMM ___", "NVMM"},
	{"OpenBSDVMM58", "OpenBSD vmm"},
	{"HAXMHAXMHAXM", "HAXM"},
	{"QNXQVMBSQG", "QNX"},
	{"UnisysSpar64", "Unisys s-Par"},
	{"FEXIFEXIEMU", "FEX"},
};

/* How vendor or product of the firmware begin. */
static const struct known products[] = {
	{"KVM", "KVM"},
	{"Google Compute Engine", "KVM"},
	{"OpenStack", "KVM"},
	{"Alibaba Cloud ECS", "KVM"},
	{"Amazon EC2", "Amazon EC2"},
	{"QEMU", "QEMU"},
	{"Virtual Machine", "Microsoft Hyper-V"},
	{"VMware", "VMware"},
	{"VirtualBox", "VirtualBox"},
	{"innotek GmbH", "VirtualBox"},
	{"Xen", "Xen"},
	{"Parallels", "Parallels"},
	{"BHYVE", "Bhyve"},
	{"Apple Virtualization", "Apple Virtualization"},
	{"Apple Inc. Virtual", "Apple Virtualization"},
};

void rcs_machine_signature(const char signature[12], char *name, size_t size)
{
	char text[13], clean[13];

	memcpy(text, signature, 12);
	text[12] = '\0';
	rcs_machine_clean(clean, sizeof(clean), text);
	for (size_t i = 0; i < sizeof(signatures) / sizeof(signatures[0]); i++) {
		if (strcmp(signatures[i].sign, clean) == 0) {
			(void)snprintf(name, size, "%s", signatures[i].name);
			return;
		}
	}
	(void)snprintf(name, size, "%s", clean);
}

#if defined(__x86_64__) || defined(__i386__)
/*
 * One hypervisor may answer for another, for guests that only know that: the one that
 * does stands in a later leaf. Nothing is asked that is not there: without the bit of
 * leaf 1 the leaves mean nothing, except that FEX answers all the same.
 */
static void by_leaves(char *name, size_t size, bool said)
{
	for (unsigned leaf = 0x40000000u; leaf < 0x40001000u; leaf += 0x100) {
		unsigned a, b, c, d;
		char signature[12], found[48];

		__cpuid(leaf, a, b, c, d);
		memcpy(signature, &b, 4);
		memcpy(signature + 4, &c, 4);
		memcpy(signature + 8, &d, 4);
		rcs_machine_signature(signature, found, sizeof(found));
		if (found[0] == '\0' ||
		    (leaf > 0x40000000u && (a < leaf || a >= leaf + 0x100)))
			return;
		if (said || strcmp(found, "FEX") == 0)
			(void)snprintf(name, size, "%s", found);
		if (strcmp(found, "Microsoft Hyper-V") != 0)
			return;
	}
}

void rcs_machine_cpuid(struct rcs_machine *m)
{
	unsigned a, b, c, d;
	bool said;

	if (__get_cpuid(1, &a, &b, &c, &d) == 0)
		return;
	said = (c & (1u << 31)) != 0;
	m->virtual = m->virtual || said;
	by_leaves(m->hypervisor, sizeof(m->hypervisor), said);
	if (strcmp(m->hypervisor, "FEX") == 0) {
		m->emulated = true;
		(void)snprintf(m->emulator, sizeof(m->emulator), "FEX");
		m->hypervisor[0] = '\0';
	} else if (strcmp(m->hypervisor, TCG) == 0) {
		/* Of a machine or of a program: who knows better says so later. */
		m->emulated = true;
		(void)snprintf(m->emulator, sizeof(m->emulator), "qemu");
	}
}
#else
void rcs_machine_cpuid(struct rcs_machine *m)
{
	(void)m;
}
#endif

static bool by_firmware(const char *root, char *name, size_t size)
{
	static const char *const files[] = {
		"/sys/class/dmi/id/product_name",
		"/sys/class/dmi/id/sys_vendor",
		"/sys/class/dmi/id/bios_vendor",
	};
	char text[96];

	/* A machine of a cloud's that is rented whole. */
	if (rcs_machine_line(root, files[0], text, sizeof(text)) &&
	    strstr(text, "metal") != NULL)
		return false;
	for (size_t f = 0; f < sizeof(files) / sizeof(files[0]); f++) {
		if (!rcs_machine_line(root, files[f], text, sizeof(text)))
			continue;
		for (size_t i = 0; i < sizeof(products) / sizeof(products[0]); i++) {
			if (strncmp(text, products[i].sign, strlen(products[i].sign)) !=
			    0)
				continue;
			(void)snprintf(name, size, "%s", products[i].name);
			return true;
		}
	}
	return false;
}

/* The strings of a property stand one behind the other, each with its NUL. */
static bool has_string(const char *text, size_t length, const char *string)
{
	for (size_t at = 0; at < length; at += strlen(text + at) + 1) {
		if (strcmp(text + at, string) == 0)
			return true;
	}
	return false;
}

static bool by_device_tree(const char *root, char *name, size_t size)
{
	char text[512];
	size_t length = rcs_machine_file(
		root, "/proc/device-tree/hypervisor/compatible", text, sizeof(text));

	if (has_string(text, length, "linux,kvm"))
		(void)snprintf(name, size, "KVM");
	else if (strstr(text, "xen") != NULL)
		(void)snprintf(name, size, "Xen");
	else if (length > 0)
		rcs_machine_clean(name, size, text);
	if (length > 0)
		return name[0] != '\0';
	length = rcs_machine_file(root, "/proc/device-tree/compatible", text,
				  sizeof(text));
	if (has_string(text, length, "qemu,pseries") ||
	    has_string(text, length, "linux,dummy-virt") ||
	    has_string(text, length, "riscv-virtio"))
		(void)snprintf(name, size, "QEMU");
	else if (rcs_machine_file(root, "/proc/device-tree/ibm,partition-name", text,
				  sizeof(text)) > 0)
		(void)snprintf(name, size, "PowerVM");
	return name[0] != '\0';
}

/* "VM00 Control Program: z/VM    7.3.0": the innermost, of s390. */
static bool by_sysinfo(const char *root, char *name, size_t size)
{
	FILE *f = rcs_machine_open(root, "/proc/sysinfo");
	char line[256];

	if (f == NULL)
		return false;
	for (int n = 0; n < 1000 && fgets(line, sizeof(line), f) != NULL; n++) {
		const char *value = rcs_machine_value(line, "VM00 Control Program");

		if (value == NULL)
			continue;
		rcs_machine_clean(name, size, value);
		if (strncmp(name, "KVM", 3) == 0)
			(void)snprintf(name, size, "KVM");
		break;
	}
	(void)fclose(f);
	return name[0] != '\0';
}

void rcs_machine_hypervisor(const char *root, struct rcs_machine *m)
{
	char *name = m->hypervisor;
	size_t size = sizeof(m->hypervisor);
	char type[32];

	if (name[0] != '\0')
		return;
	if (rcs_machine_line(root, "/sys/hypervisor/type", type, sizeof(type)))
		(void)snprintf(name, size, "%s",
			       strcmp(type, "xen") == 0 ? "Xen" : type);
	else if (!by_device_tree(root, name, size) && !by_sysinfo(root, name, size))
		(void)by_firmware(root, name, size);
	if (name[0] == '\0' && m->virtual)
		(void)snprintf(name, size, "unknown");
}
