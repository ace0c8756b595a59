/* SPDX-License-Identifier: BSD-2-Clause */
/* FNV-1a with 128 bits: tells contents apart that nobody made alike on purpose. */
#ifndef RCS_LITMUS_HASH_H
#define RCS_LITMUS_HASH_H

#include <stddef.h>
#include <stdint.h>

struct rcs_hash {
	uint64_t high, low;
};

#define RCS_HASH_START ((struct rcs_hash){0x6c62272e07bb0142, 0x62b821756295c58d})

/* The hash of what was hashed before with these bytes behind it. */
struct rcs_hash rcs_hash_bytes(struct rcs_hash hash, const void *bytes, size_t size);

/* Of a string with its end, so that "a", "bc" are not "ab", "c". */
struct rcs_hash rcs_hash_text(struct rcs_hash hash, const char *text);

#endif
