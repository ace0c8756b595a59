/* SPDX-License-Identifier: BSD-2-Clause */
/* Blocks that grow, and a hash table of what is kept once: see pool.h. */
#include "report/pool.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE  (256 * 1024)
#define SLOTS_FIRST 1024 /* a power of two */

struct block {
	struct block *next;
	size_t used, size; /* of bytes[] */
	alignas(max_align_t) unsigned char bytes[];
};

/* Something that is kept once. */
struct kept {
	uint64_t hash;
	size_t size;
	const void *bytes; /* NULL: a free slot */
};

struct rcs_pool {
	struct block *block;
	struct kept *slot;
	size_t slots, used;
};

struct rcs_pool *rcs_pool_create(void)
{
	struct rcs_pool *pool = calloc(1, sizeof(*pool));

	if (pool == NULL)
		return NULL;
	pool->slots = SLOTS_FIRST;
	pool->slot = calloc(pool->slots, sizeof(*pool->slot));
	if (pool->slot == NULL) {
		free(pool);
		return NULL;
	}
	return pool;
}

void rcs_pool_destroy(struct rcs_pool *pool)
{
	if (pool == NULL)
		return;
	while (pool->block != NULL) {
		struct block *next = pool->block->next;

		free(pool->block);
		pool->block = next;
	}
	free(pool->slot);
	free(pool);
}

static struct block *block_for(struct rcs_pool *pool, size_t size)
{
	struct block *b = pool->block;
	size_t room = size > BLOCK_SIZE / 4 ? size : BLOCK_SIZE;

	if (b != NULL && b->size - b->used >= size)
		return b;
	b = calloc(1, sizeof(*b) + room);
	if (b == NULL)
		return NULL;
	b->size = room;
	/* One made for a large piece has no room left: the current one stays first. */
	if (room == size && pool->block != NULL) {
		b->next = pool->block->next;
		pool->block->next = b;
	} else {
		b->next = pool->block;
		pool->block = b;
	}
	return b;
}

void *rcs_pool_get(struct rcs_pool *pool, size_t size)
{
	const size_t unit = alignof(max_align_t);
	struct block *b;
	void *at;

	if (size > SIZE_MAX / 2)
		return NULL;
	size = (size + unit - 1) / unit * unit;
	b = block_for(pool, size);
	if (b == NULL)
		return NULL;
	at = b->bytes + b->used;
	b->used += size;
	return at;
}

/* FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
static uint64_t hash_of(const void *bytes, size_t size)
{
	const unsigned char *byte = bytes;
	uint64_t hash = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < size; i++)
		hash = (hash ^ byte[i]) * UINT64_C(1099511628211);
	return hash;
}

/* Where that is, or is to be. */
static struct kept *slot_of(struct kept *slot, size_t slots, const void *bytes,
			    size_t size, uint64_t hash)
{
	size_t i = (size_t)hash & (slots - 1);

	while (slot[i].bytes != NULL && (slot[i].hash != hash || slot[i].size != size ||
					 memcmp(slot[i].bytes, bytes, size) != 0))
		i = (i + 1) & (slots - 1);
	return &slot[i];
}

static int grow(struct rcs_pool *pool)
{
	size_t slots = pool->slots * 2;
	struct kept *slot = calloc(slots, sizeof(*slot));

	if (slot == NULL)
		return -1;
	for (size_t i = 0; i < pool->slots; i++) {
		struct kept *k = &pool->slot[i];

		if (k->bytes != NULL)
			*slot_of(slot, slots, k->bytes, k->size, k->hash) = *k;
	}
	free(pool->slot);
	pool->slot = slot;
	pool->slots = slots;
	return 0;
}

const void *rcs_pool_bytes(struct rcs_pool *pool, const void *bytes, size_t size)
{
	uint64_t hash = hash_of(bytes, size);
	struct kept *k;
	void *copy;

	if (pool->used * 2 > pool->slots && grow(pool) != 0)
		return NULL;
	k = slot_of(pool->slot, pool->slots, bytes, size, hash);
	if (k->bytes != NULL)
		return k->bytes;
	copy = rcs_pool_get(pool, size > 0 ? size : 1);
	if (copy == NULL)
		return NULL;
	memcpy(copy, bytes, size);
	*k = (struct kept){hash, size, copy};
	pool->used++;
	return copy;
}

const char *rcs_pool_string(struct rcs_pool *pool, const char *text)
{
	return rcs_pool_bytes(pool, text, strlen(text) + 1);
}
