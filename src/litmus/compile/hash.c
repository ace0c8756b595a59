/* SPDX-License-Identifier: BSD-2-Clause */
/* FNV-1a: see hash.h. */
#include "litmus/compile/hash.h"

#include <string.h>

/* The prime is 2^88 + 0x13b; not every compiler has integers of 128 bits. */
static struct rcs_hash times_prime(struct rcs_hash h)
{
	uint64_t small = (h.low & 0xffffffff) * 0x13b;
	uint64_t large = (h.low >> 32) * 0x13b + (small >> 32);
	struct rcs_hash product = {
		.low = (large << 32) | (small & 0xffffffff),
		.high = h.high * 0x13b + (large >> 32) + (h.low << 24),
	};

	return product;
}

struct rcs_hash rcs_hash_bytes(struct rcs_hash hash, const void *bytes, size_t size)
{
	const unsigned char *b = bytes;

	for (size_t i = 0; i < size; i++) {
		hash.low ^= b[i];
		hash = times_prime(hash);
	}
	return hash;
}

struct rcs_hash rcs_hash_text(struct rcs_hash hash, const char *text)
{
	return rcs_hash_bytes(hash, text, strlen(text) + 1);
}
