/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of CPUs that /proc/cpuinfo only numbers. One that is not here is shown by its
 * numbers: nothing rests on the name.
 */
#include "host/machine_parts.h"

struct part {
	unsigned implementer, part;
	const char *name;
};

/* MIDR_EL1, as the manuals of the cores and Linux's cputype.h have it. */
static const struct part parts[] = {
	{0x41, 0xc07, "Cortex-A7"},
	{0x41, 0xc08, "Cortex-A8"},
	{0x41, 0xc09, "Cortex-A9"},
	{0x41, 0xc0f, "Cortex-A15"},
	{0x41, 0xd02, "Cortex-A34"},
	{0x41, 0xd03, "Cortex-A53"},
	{0x41, 0xd04, "Cortex-A35"},
	{0x41, 0xd05, "Cortex-A55"},
	{0x41, 0xd07, "Cortex-A57"},
	{0x41, 0xd08, "Cortex-A72"},
	{0x41, 0xd09, "Cortex-A73"},
	{0x41, 0xd0a, "Cortex-A75"},
	{0x41, 0xd0b, "Cortex-A76"},
	{0x41, 0xd0c, "Neoverse-N1"},
	{0x41, 0xd0d, "Cortex-A77"},
	{0x41, 0xd0e, "Cortex-A76AE"},
	{0x41, 0xd40, "Neoverse-V1"},
	{0x41, 0xd41, "Cortex-A78"},
	{0x41, 0xd42, "Cortex-A78AE"},
	{0x41, 0xd44, "Cortex-X1"},
	{0x41, 0xd46, "Cortex-A510"},
	{0x41, 0xd47, "Cortex-A710"},
	{0x41, 0xd48, "Cortex-X2"},
	{0x41, 0xd49, "Neoverse-N2"},
	{0x41, 0xd4d, "Cortex-A715"},
	{0x41, 0xd4e, "Cortex-X3"},
	{0x41, 0xd4f, "Neoverse-V2"},
	{0x41, 0xd80, "Cortex-A520"},
	{0x41, 0xd81, "Cortex-A720"},
	{0x41, 0xd82, "Cortex-X4"},
	{0x41, 0xd84, "Neoverse-V3"},
	{0x41, 0xd8e, "Neoverse-N3"},
	{0x42, 0x516, "Broadcom Vulcan"},
	{0x43, 0x0a1, "Cavium ThunderX"},
	{0x43, 0x0af, "Cavium ThunderX2"},
	{0x46, 0x001, "Fujitsu A64FX"},
	{0x48, 0xd01, "HiSilicon TSV110"},
	{0x4e, 0x004, "NVIDIA Carmel"},
	{0x51, 0x001, "Qualcomm Oryon"},
	{0x51, 0xc00, "Qualcomm Falkor"},
	{0x61, 0x022, "Apple Icestorm"},
	{0x61, 0x023, "Apple Firestorm"},
	{0x61, 0x032, "Apple Blizzard"},
	{0x61, 0x033, "Apple Avalanche"},
	{0x6d, 0xd49, "Microsoft Azure Cobalt 100"},
	{0xc0, 0xac3, "Ampere-1"},
	{0xc0, 0xac4, "Ampere-1A"},
};

const char *rcs_machine_arm_name(unsigned implementer, unsigned part)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i].implementer == implementer && parts[i].part == part)
			return parts[i].name;
	}
	return NULL;
}

struct type {
	unsigned type; /* hexadecimal digits, as they are read */
	const char *name;
};

static const struct type types[] = {
	{0x2097, "IBM z10"},	 {0x2098, "IBM z10"},	  {0x2817, "IBM z196"},
	{0x2818, "IBM z114"},	 {0x2827, "IBM zEC12"},	  {0x2828, "IBM zBC12"},
	{0x2964, "IBM z13"},	 {0x2965, "IBM z13s"},	  {0x3906, "IBM z14"},
	{0x3907, "IBM z14 ZR1"}, {0x8561, "IBM z15"},	  {0x8562, "IBM z15 T02"},
	{0x3931, "IBM z16"},	 {0x3932, "IBM z16 A02"}, {0x9175, "IBM z17"},
};

const char *rcs_machine_ibm_name(unsigned type)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (types[i].type == type)
			return types[i].name;
	}
	return NULL;
}
