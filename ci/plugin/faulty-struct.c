/* SPDX-License-Identifier: BSD-2-Clause */
/* Faults of the struct. */
#include <stddef.h>
#include <stdint.h>

#include "faulty.h"

/* To be named twice; and another of that name. */
EXPORT fine = {SOUND, .name = "fine", .heavy = order};
EXPORT namesake = {SOUND, .name = "fine", .heavy = order};

int function(void);
int function(void)
{
	return 0;
}

EXPORT version_0 = {.size = sizeof(struct rcustress_barrier), .abi = 0};
EXPORT version_2 = {.size = sizeof(struct rcustress_barrier), .abi = 2};
EXPORT size_0 = {.abi = RCUSTRESS_ABI, .name = "size-0", .heavy = order};
EXPORT size_24 = {.size = 24, .abi = RCUSTRESS_ABI, .name = "size-24", .heavy = order};
EXPORT size_huge = {.size = (size_t)-1, .abi = RCUSTRESS_ABI};

/* As a newer header may have it. */
struct longer {
	struct rcustress_barrier known;
	void *unknown[2];
};
#define LONGER .size = sizeof(struct longer), .abi = RCUSTRESS_ABI
RCUSTRESS_EXPORT const struct longer newer = {
	{LONGER, .name = "newer", .summary = "uses what is new", .heavy = order},
	{NULL, (void *)1}};
RCUSTRESS_EXPORT const struct longer longer = {
	{LONGER, .flags = RCUSTRESS_READERS_FENCE, .name = "longer",
	 .summary = "does not use what is new", .heavy = order},
	{NULL, NULL}};

EXPORT no_name = {BASICS, .summary = "", .heavy = order};
EXPORT no_summary = {BASICS, .name = "no-summary", .heavy = order};
EXPORT no_heavy = {SOUND, .name = "no-heavy"};
EXPORT empty_name = {SOUND, .name = "", .heavy = order};
EXPORT escape_in_name = {SOUND, .name = "red\033[31m", .heavy = order};
EXPORT blank_in_name = {SOUND, .name = "two words", .heavy = order};
EXPORT slash_in_name = {SOUND, .name = "a/b", .heavy = order};
EXPORT latin_name = {SOUND, .name = "f\xe4lschung", .heavy = order};
EXPORT dash_first = {SOUND, .name = "-dash", .heavy = order};
EXPORT name_of_40 = {SOUND, .name = "a234567890b234567890c234567890d234567890",
		     .heavy = order};
EXPORT name_of_41 = {SOUND, .name = "a234567890b234567890c234567890d2345678901",
		     .heavy = order};
EXPORT own_name = {SOUND, .name = "mprotect", .heavy = order};
EXPORT group_name = {SOUND, .name = "all", .heavy = order};
EXPORT wild_name = {SOUND, .name = (const char *)16, .heavy = order};
EXPORT unknown_flag = {BASICS, .flags = UINT32_C(1) << 20, .name = "unknown-flag",
		       .summary = "", .heavy = order};
EXPORT odd_summary = {BASICS, .flags = RCUSTRESS_READERS_FENCE, .name = "odd-summary",
		      .summary = "rings\a, turns \033[31mred\n# and \"ends\"\t",
		      .heavy = order};
