/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tables: each updater has a hash set of libck, with one writer; readers look keys up
 * within sections. What the set frees when it grows or is rebuilt goes through the
 * flavour's call(), like all that is freed behind readers.
 *
 * Nothing a late reader may touch is ever anything else: nodes stay nodes, and maps are
 * pieces of memory of one size, large enough for the largest, that nobody writes to
 * before they are maps again. In front of each stands an object by which it is known
 * to be freed, and used again.
 */
#include <ck_hs.h>
#include <ck_pr.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "stress/torture/lists.h"
#include "stress/torture/section.h"

#define MAPS	 16
#define MAP_SIZE 4096 /* for some hundred entries, and the map itself */
#define LEAST	 8    /* entries that it begins with */
#define MOST	 128  /* that it grows to */
#define LOOKUPS	 4

struct map {
	struct rcs_torture_object object;
	struct rcs_rcu_head head;
	struct rcs_torture_table *table;
	unsigned used; /* by the set, or until a callback has run */
	_Alignas(64) char memory[MAP_SIZE];
};

struct rcs_torture_table {
	ck_hs_t set; /* the first: see of_set() */
	struct rcs_torture_updater *updater;
	rcs_torture_word serial;
	unsigned capacity;
	struct rcs_torture_node node[RCS_TORTURE_NODES];
	struct map map[MAPS];
};

/* libck does not say for which set it is: each thread has one at a time. */
static __thread struct rcs_torture_table *current;

static struct map *map_of(const struct rcs_torture_table *table, const void *memory)
{
	size_t offset = (size_t)((const char *)memory - (const char *)table->map);

	return (struct map *)(uintptr_t)&table->map[offset / sizeof(struct map)];
}

static void *take_map(size_t size)
{
	for (unsigned n = 0; size <= MAP_SIZE && n < MAPS; n++) {
		struct map *map = &current->map[n];

		/* Pairs with the release of who gave it back. */
		if (__atomic_load_n(&map->used, __ATOMIC_ACQUIRE) != 0)
			continue;
		map->used = 1;
		rcs_torture_object_fill(&map->object, ++current->serial);
		return map->memory;
	}
	return NULL;
}

static void give_back(struct rcs_rcu_head *head)
{
	struct map *map =
		(struct map *)(void *)((char *)head - offsetof(struct map, head));
	struct rcs_torture_updater *u = map->table->updater;

	rcs_torture_object_free(&map->object, u, RCS_TORTURE_CALLED, 0);
	/* Pairs with the acquire of who takes it. */
	__atomic_store_n(&map->used, 0, __ATOMIC_RELEASE);
}

static void free_map(void *memory, size_t size, bool deferred)
{
	struct map *map = map_of(current, memory);
	struct rcs_torture_updater *u = current->updater;
	struct rcs_torture *t = u->torture;

	(void)size;
	rcs_torture_store(&map->object.pipe, 1);
	map->table = current;
	/* Before there are readers, it is free at once; without call(), never. */
	if (!deferred || t->rcu == NULL)
		__atomic_store_n(&map->used, 0, __ATOMIC_RELEASE);
	else if (rcs_torture_has(t, RCS_TORTURE_CALLS))
		t->flavour->call(t->rcu, u->self, &map->head, give_back);
}

static void *no_more(void *memory, size_t old, size_t new, bool may_move)
{
	(void)memory;
	(void)old;
	(void)new;
	(void)may_move;
	return NULL;
}

static struct ck_malloc allocator = {
	.malloc = take_map,
	.realloc = no_more,
	.free = free_map,
};

static unsigned long hash(const void *node, unsigned long seed)
{
	const struct rcs_torture_node *n = node;

	return (rcs_torture_load(&n->key) + seed) * 2654435761UL >> 7;
}

static bool same(const void *a, const void *b)
{
	return rcs_torture_load(&((const struct rcs_torture_node *)a)->key) ==
	       rcs_torture_load(&((const struct rcs_torture_node *)b)->key);
}

static void put(struct rcs_torture_table *table, struct rcs_torture_node *node)
{
	rcs_torture_object_fill(&node->object, ++table->serial);
	/* ck_hs_put() publishes with a plain store: pairs with readers' dependent
	 * loads.
	 */
	ck_pr_fence_store();
	/* If there is no memory, callbacks are late: it is put in another time. */
	(void)ck_hs_put(&table->set, CK_HS_HASH(&table->set, hash, node), node);
}

int rcs_torture_table_set_up(struct rcs_torture_updater *u, struct rcs_error *e)
{
	struct rcs_torture_table *table =
		aligned_alloc(128, (sizeof(*table) + 127) & ~(size_t)127);

	u->table = table;
	if (table == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a table");
	memset(table, 0, sizeof(*table));
	table->updater = u;
	table->capacity = LEAST;
	current = table;
	if (!ck_hs_init(&table->set, CK_HS_MODE_SPMC | CK_HS_MODE_OBJECT, hash, same,
			&allocator, LEAST, 1))
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a table's map");
	for (unsigned n = 0; n < RCS_TORTURE_NODES; n++) {
		table->node[n].key = n;
		put(table, &table->node[n]);
	}
	return 0;
}

struct rcs_torture_node *rcs_torture_table_node(struct rcs_torture_updater *u,
						unsigned n)
{
	return &u->table->node[n];
}

struct rcs_torture_object *rcs_torture_table_map(struct rcs_torture_updater *u)
{
	return &map_of(u->table, u->table->set.map)->object;
}

void rcs_torture_table_take_down(struct rcs_torture_updater *u)
{
	free(u->table);
}

void rcs_torture_table_look(struct rcs_torture_reader *r, struct rcs_torture_section *s)
{
	struct rcs_torture *t = r->torture;
	struct rcs_torture_table *table =
		t->updater[rcs_random_below(&r->random, (uint32_t)t->runner.writers)]
			.table;

	for (unsigned n = 0; n < LOOKUPS; n++) {
		struct rcs_torture_node key = {
			.key = rcs_random_below(&r->random, RCS_TORTURE_NODES)};
		struct rcs_torture_node *node;
		struct map *map = map_of(table, ck_pr_load_ptr(&table->set.map));

		rcs_torture_section_hold(s, &map->object);
		node = ck_hs_get(&table->set, CK_HS_HASH(&table->set, hash, &key),
				 &key);
		rcs_torture_section_check_object(r, s);
		if (node == NULL)
			continue;
		rcs_torture_section_hold(s, &node->object);
		rcs_torture_section_check_object(r, s);
	}
}

/*
 * Another map, now and then: a larger one, or a small one with nothing in it. What was
 * in it is put in again as its turn comes.
 */
static void change_map(struct rcs_torture_table *table)
{
	if (table->capacity < MOST) {
		table->capacity *= 2;
		(void)ck_hs_grow(&table->set, table->capacity);
	} else if (ck_hs_reset_size(&table->set, LEAST)) {
		table->capacity = LEAST;
	}
}

void rcs_torture_table_turn(struct rcs_torture_updater *u)
{
	struct rcs_torture_table *table = u->table;
	struct rcs_torture_node *node =
		&table->node[rcs_random_below(&u->random, RCS_TORTURE_NODES)];
	rcs_torture_word number;

	current = table;
	if (rcs_torture_has(u->torture, RCS_TORTURE_CALLS) &&
	    (rcs_random_next(&u->random) & 3) == 0)
		change_map(table);
	(void)ck_hs_remove(&table->set, CK_HS_HASH(&table->set, hash, node), node);
	rcs_torture_store(&node->object.pipe, 1);
	/* Whoever took it out, that or an emptied map. */
	number = rcs_torture_wait_for_period(u, RCS_TORTURE_SYNCHRONIZE);
	if (number == 0)
		return;
	rcs_torture_object_free(&node->object, u, RCS_TORTURE_SYNCHRONIZE, number);
	put(table, node);
}
