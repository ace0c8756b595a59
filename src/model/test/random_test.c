/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/test/random_test.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const ints[] = {"x", "y", "z", "w"};

struct drawing {
	struct rcs_random random;
	unsigned int classes;
	struct random_test *test;
	int accesses; /* that may still be made */
	int value;    /* that was stored last */
	int heavy;    /* calls that may still be made */
	int fence;    /* of the thread before, or -1 */
	/* Of the thread at work. */
	struct random_thread *thread;
	int first; /* the int that it is to begin with, and go on to the next; or -1 */
	int made;  /* accesses of ints */
	int indent;
	bool locked;  /* in it, or in what may be */
	bool reading; /* in an RCU read-side section */
};

static int below(struct drawing *d, int limit)
{
	return (int)rcs_random_below(&d->random, (uint32_t)limit);
}

static const char *any(struct drawing *d, const char *const *of, int count)
{
	return of[below(d, count)];
}

__attribute__((format(printf, 2, 3))) static void add(struct drawing *d,
						      const char *format, ...)
{
	struct random_thread *t = d->thread;
	char *line = t->line[t->lines];
	va_list list;

	if (t->lines == RANDOM_LINES)
		return;
	for (int i = 0; i < d->indent; i++)
		line[i] = '\t';
	va_start(list, format);
	(void)vsnprintf(line + d->indent, RANDOM_LINE_SIZE - (size_t)d->indent, format,
			list);
	va_end(list);
	t->lines++;
}

/* Where each thread goes from one int to the next there are cycles. */
static const char *any_int(struct drawing *d)
{
	bool next = d->made++ > 0;

	if (d->first < 0 || below(d, 8) == 0)
		return any(d, ints, d->test->ints);
	return ints[(d->first + next) % d->test->ints];
}

static int new_register(struct drawing *d, bool pointer)
{
	d->thread->pointer[d->thread->registers] = pointer;
	return d->thread->registers++;
}

/* One that was given a value before, of that kind; -1 if there is none. */
static int old_register(struct drawing *d, bool pointer)
{
	int found = -1, seen = 0;

	for (int i = 0; i < d->thread->registers; i++) {
		if (d->thread->pointer[i] == pointer && below(d, ++seen) == 0)
			found = i;
	}
	return found;
}

static bool is_on(const struct drawing *d, enum random_class class)
{
	return (d->classes & class) != 0;
}

/* Each adds its lines, or returns false: it is not on, or not possible here. */

static bool add_read(struct drawing *d)
{
	const char *x = any_int(d);

	d->accesses--;
	if (is_on(d, RANDOM_ACQUIRE) && below(d, 3) == 0)
		add(d, "r%d = smp_load_acquire(%s);", new_register(d, false), x);
	else if (is_on(d, RANDOM_PLAIN) && below(d, 3) == 0)
		add(d, "r%d = *%s;", new_register(d, false), x);
	else
		add(d, "r%d = READ_ONCE(*%s);", new_register(d, false), x);
	return true;
}

static bool add_write(struct drawing *d)
{
	const char *x = any_int(d);
	int value = ++d->value;

	d->accesses--;
	if (is_on(d, RANDOM_RELEASE) && below(d, 3) == 0)
		add(d, "smp_store_release(%s, %d);", x, value);
	else if (is_on(d, RANDOM_MB) && below(d, 8) == 0)
		add(d, "smp_store_mb(*%s, %d);", x, value);
	else if (is_on(d, RANDOM_PLAIN) && below(d, 3) == 0)
		add(d, "*%s = %d;", x, value);
	else
		add(d, "WRITE_ONCE(*%s, %d);", x, value);
	return true;
}

static bool add_fence(struct drawing *d)
{
	static const struct {
		enum random_class class;
		const char *line;
	} fences[] = {
		{RANDOM_MB, "smp_mb();"},     {RANDOM_RMB, "smp_rmb();"},
		{RANDOM_WMB, "smp_wmb();"},   {RANDOM_MEMB, "smp_memb();"},
		{RANDOM_LIGHT, "barrier();"},
	};
	int i = below(d, 5);

	/* The same in all threads is what most often does something. */
	if (d->fence >= 0 && below(d, 3) != 0)
		i = d->fence;
	if (!is_on(d, fences[i].class))
		return false;
	d->fence = i;
	if (fences[i].class == RANDOM_MEMB) {
		if (d->heavy == 0)
			return false;
		d->heavy--;
		d->test->heavy++;
	}
	add(d, "%s", fences[i].line);
	return true;
}

static bool add_data(struct drawing *d)
{
	int r = old_register(d, false);

	if (!is_on(d, RANDOM_DATA) || r < 0)
		return false;
	d->accesses--;
	switch (below(d, 3)) {
	case 0:
		add(d, "WRITE_ONCE(*%s, r%d + 1);", any_int(d), r);
		break;
	case 1:
		add(d, "WRITE_ONCE(*%s, (r%d & 0) + %d);", any_int(d), r, ++d->value);
		break;
	default:
		add(d, "r%d = r%d ^ r%d;", new_register(d, false), r, r);
		if (is_on(d, RANDOM_RELEASE) && below(d, 3) == 0)
			add(d, "smp_store_release(%s, r%d + %d);", any_int(d),
			    d->thread->registers - 1, ++d->value);
		else
			add(d, "WRITE_ONCE(*%s, r%d + %d);", any_int(d),
			    d->thread->registers - 1, ++d->value);
		break;
	}
	return true;
}

static bool add_pointer(struct drawing *d)
{
	int r = old_register(d, true);

	if (!is_on(d, RANDOM_ADDRESS))
		return false;
	d->accesses--;
	switch (r < 0 ? below(d, 3) : 3 + below(d, 3)) {
	case 0:
		add(d, "WRITE_ONCE(*p, %s);", any(d, ints, d->test->ints));
		break;
	case 1:
		add(d, "rcu_assign_pointer(*p, %s);", any(d, ints, d->test->ints));
		break;
	case 2:
		r = new_register(d, true);
		add(d,
		    below(d, 2) ? "r%d = READ_ONCE(*p);" : "r%d = rcu_dereference(*p);",
		    r);
		break;
	case 3:
	case 4:
		add(d, "r%d = READ_ONCE(*r%d);", new_register(d, false), r);
		break;
	default:
		add(d, "WRITE_ONCE(*r%d, %d);", r, ++d->value);
		break;
	}
	return true;
}

static bool add_rmw(struct drawing *d)
{
	static const char *const strengths[] = {"", "_relaxed", "_acquire", "_release"};
	static const char *const giving[][2] = {
		{"atomic_fetch_add", "1, "},
		{"atomic_inc_return", ""},
		{"atomic_fetch_or", "4, "},
	};
	const char *strength = any(d, strengths, 4), *x;
	int i = below(d, 3);

	if (!is_on(d, RANDOM_RMW))
		return false;
	d->accesses -= 2;
	x = any_int(d);
	switch (below(d, 5)) {
	case 0:
		add(d, below(d, 2) ? "atomic_add(2, %s);" : "atomic_inc(%s);", x);
		return true;
	case 1:
		if (below(d, 3) == 0) {
			add(d, "r%d = atomic_dec_and_test(%s);", new_register(d, false),
			    x);
			return true;
		}
		add(d, "r%d = %s%s(%s%s);", new_register(d, false), giving[i][0],
		    strength, giving[i][1], x);
		return true;
	default:
		add(d, "r%d = xchg%s(%s, %d);", new_register(d, false), strength, x,
		    ++d->value);
		return true;
	}
}

static bool add_failing(struct drawing *d)
{
	static const char *const strengths[] = {"", "_relaxed", "_acquire", "_release"};

	if (!is_on(d, RANDOM_FAILING))
		return false;
	d->accesses -= 2;
	if (below(d, 3) == 0)
		add(d, "r%d = atomic_add_unless(%s, 1, %d);", new_register(d, false),
		    any_int(d), below(d, 2));
	else
		add(d, "r%d = cmpxchg%s(%s, %d, %d);", new_register(d, false),
		    any(d, strengths, 4), any_int(d), below(d, 2), ++d->value);
	return true;
}

static bool add_atomic_fence(struct drawing *d)
{
	const char *x;

	if (!is_on(d, RANDOM_ATOMIC_FENCE))
		return false;
	d->accesses -= 2;
	x = any_int(d);
	if (below(d, 2) == 0) {
		add(d, "smp_mb__before_atomic();");
		add(d, "atomic_inc(%s);", x);
	} else {
		add(d, "atomic_inc(%s);", x);
		add(d, "smp_mb__after_atomic();");
	}
	return true;
}

static bool add_one(struct drawing *d);

/* One or two, one step in. */
static void add_body(struct drawing *d, int most)
{
	int count = 1 + below(d, most);

	d->indent++;
	for (int i = 0; i < count && d->accesses > 0; i++)
		(void)add_one(d);
	d->indent--;
}

static bool add_if(struct drawing *d)
{
	int r = old_register(d, below(d, 8) == 0);

	if (!is_on(d, RANDOM_CONTROL) || r < 0 || d->indent > 2)
		return false;
	if (d->thread->pointer[r])
		add(d, "if (r%d == %s) {", r, any(d, ints, d->test->ints));
	else
		add(d, below(d, 2) ? "if (r%d) {" : "if (r%d == 1) {", r);
	if (below(d, 4) != 0)
		add_body(d, 2);
	if (below(d, 3) == 0) {
		add(d, "} else {");
		add_body(d, 1);
	}
	add(d, "}");
	return true;
}

static bool add_lock(struct drawing *d)
{
	if (!is_on(d, RANDOM_LOCK) || d->locked || d->accesses < 4)
		return false;
	d->accesses -= 3;
	d->locked = true;
	add(d, "spin_lock(s);");
	if (is_on(d, RANDOM_ATOMIC_FENCE) && below(d, 3) == 0)
		add(d, below(d, 2) ? "smp_mb__after_spinlock();"
				   : "smp_mb__after_unlock_lock();");
	add_body(d, 2);
	add(d, "spin_unlock(s);");
	d->locked = false;
	return true;
}

static bool add_trylock(struct drawing *d)
{
	int r;

	if (!is_on(d, RANDOM_TRYLOCK) || d->locked || d->accesses < 4 || d->indent > 1)
		return false;
	r = new_register(d, false);
	if (below(d, 4) == 0) {
		d->accesses--;
		add(d, "r%d = spin_is_locked(s);", r);
		return true;
	}
	d->accesses -= 3;
	add(d, "r%d = spin_trylock(s);", r);
	d->locked = true;
	add(d, "if (r%d) {", r);
	add_body(d, 2);
	d->indent++;
	add(d, "spin_unlock(s);");
	d->indent--;
	d->locked = false;
	add(d, "}");
	return true;
}

static bool add_grace_period(struct drawing *d)
{
	if (d->heavy == 0 || d->reading)
		return false;
	d->heavy--;
	d->test->heavy++;
	add(d, "synchronize_rcu();");
	return true;
}

static bool add_rcu(struct drawing *d)
{
	bool nested = d->reading;

	if (!is_on(d, RANDOM_RCU))
		return false;
	if (below(d, 2) == 0)
		return add_grace_period(d);
	if (nested && below(d, 3) != 0)
		return false;
	d->reading = true;
	add(d, "rcu_read_lock();");
	add_body(d, 3);
	add(d, "rcu_read_unlock();");
	d->reading = nested;
	return true;
}

static bool add_one(struct drawing *d)
{
	static bool (*const kinds[])(struct drawing *) = {
		add_read,	  add_write,   add_read,    add_write,	 add_fence,
		add_fence,	  add_fence,   add_data,    add_data,	 add_pointer,
		add_if,		  add_rmw,     add_failing, add_lock,	 add_rcu,
		add_atomic_fence, add_trylock, add_rcu,	    add_pointer,
	};
	int count = sizeof(kinds) / sizeof(kinds[0]);

	if (d->thread->registers > 8 || d->thread->lines > RANDOM_LINES / 2)
		return false;
	for (int tries = 0; tries < 20; tries++) {
		if (kinds[below(d, count)](d))
			return true;
	}
	return false;
}

/*
 * A ring: each thread accesses one int and then the next, with which the next thread
 * begins. One of the two accesses of each int writes, so that there is a cycle, which
 * some models allow; what stands between the accesses of a thread may forbid it. Some
 * threads only write one int, which the threads before and after them access.
 */
struct ring {
	bool first_writes[RANDOM_THREADS], second_writes[RANDOM_THREADS];
	bool single[RANDOM_THREADS];
	int first[RANDOM_THREADS]; /* the int that it begins with */
	int ints;
};

static struct ring draw_ring(struct drawing *d)
{
	struct ring ring = {.ints = 0};
	int threads = d->test->threads, singles = 0;

	for (int t = 0; t < threads; t++) {
		/* Read from, or overwritten; rarely, both write. */
		int edge = below(d, 6);

		ring.first_writes[t] = edge > 1;
		ring.second_writes[(t + threads - 1) % threads] = edge < 2 || edge == 5;
	}
	for (int t = 0; t < threads; t++) {
		ring.first[t] = ring.ints;
		ring.single[t] = ring.first_writes[t] && ring.second_writes[t] &&
				 singles < threads - 2 && below(d, 3) != 0;
		singles += ring.single[t];
		ring.ints += !ring.single[t];
	}
	for (int t = 0; t < threads; t++)
		ring.first[t] %= ring.ints;
	return ring;
}

static void add_access(struct drawing *d, bool write)
{
	static bool (*const kinds[2][6])(struct drawing *) = {
		{add_read, add_read, add_read, add_rmw, add_failing, add_pointer},
		{add_write, add_write, add_data, add_data, add_rmw, add_failing},
	};
	int made = d->made, r = old_register(d, false);
	bool branch = is_on(d, RANDOM_CONTROL) && r >= 0 && below(d, 2) == 0;
	bool lock = is_on(d, RANDOM_LOCK) && !d->locked && below(d, 2) == 0;

	if (branch)
		add(d, "if (r%d) {", r);
	if (lock)
		add(d, "spin_lock(s);");
	d->indent += branch + lock;
	d->locked = d->locked || lock;
	for (int tries = 0; tries < 20 && d->made == made; tries++)
		(void)kinds[write][below(d, 6)](d);
	d->indent -= branch + lock;
	if (lock) {
		d->locked = false;
		add(d, "spin_unlock(s);");
	}
	if (branch)
		add(d, "}");
}

static void add_ring_thread(struct drawing *d, const struct ring *ring)
{
	int t = (int)(d->thread - d->test->thread);
	bool section = is_on(d, RANDOM_RCU) && below(d, 2) == 0;
	bool done = below(d, 5) == 0;

	if (section)
		add(d, "rcu_read_lock();");
	d->reading = section;
	add_access(d, ring->first_writes[t]);
	done = done || ring->single[t];
	for (int tries = 0; tries < 8 && !done; tries++)
		done = section || !is_on(d, RANDOM_RCU) || below(d, 3) == 0
			       ? add_fence(d)
			       : add_grace_period(d);
	if (!ring->single[t])
		add_access(d, ring->second_writes[t]);
	d->reading = false;
	if (section)
		add(d, "rcu_read_unlock();");
	if (below(d, 4) == 0 && d->accesses > 0)
		(void)add_one(d);
}

static void add_thread(struct drawing *d)
{
	int count = 2 + below(d, 3);

	for (int i = 0; i < count && d->accesses > 0; i++)
		(void)add_one(d);
}

/* A target of one or two registers; anything, where there is none. */
static void draw_target(struct drawing *d)
{
	struct random_test *test = d->test;
	const char *join = "";
	size_t used = 0;

	(void)snprintf(test->target, sizeof(test->target), "true");
	for (int t = 0; t < test->threads && used < 24; t++) {
		d->thread = &test->thread[t];
		if (old_register(d, false) < 0)
			continue;
		used += (size_t)snprintf(test->target + used,
					 sizeof(test->target) - used, "%s@%d:r%d=%d",
					 join, t, old_register(d, false), below(d, 2));
		join = " /\\ ";
	}
}

void random_test_draw(struct random_test *test, uint64_t seed, unsigned int classes,
		      int accesses)
{
	struct drawing d = {
		.random = rcs_random_stream(seed, classes),
		.classes = classes,
		.test = test,
		.heavy = 2,
		.fence = -1,
	};
	struct ring ring;
	bool is_ring;

	/* Tests of a few kinds of things say more than those of all. */
	d.classes &= (unsigned int)rcs_random_next(&d.random);
	memset(test, 0, sizeof(*test));
	test->seed = seed;
	test->threads = 2 + (below(&d, 2) == 0) + (below(&d, 8) == 0);
	is_ring = below(&d, 4) != 0;
	ring = draw_ring(&d);
	test->ints = is_ring ? ring.ints : 2 + (below(&d, 3) == 0);
	for (int t = 0; t < test->threads; t++) {
		d.thread = &test->thread[t];
		d.accesses = accesses / test->threads;
		d.first = is_ring ? ring.first[t] : -1;
		d.made = 0;
		if (is_ring)
			add_ring_thread(&d, &ring);
		else
			add_thread(&d);
		test->order[t] = t;
	}
	test->pointers = random_test_has(test, "*p");
	test->locks = random_test_has(test, "(s)");
	draw_target(&d);
}

void random_test_insert(struct random_test *test, int thread, int before,
			const char *line)
{
	struct random_thread *t = &test->thread[thread];

	if (t->lines == RANDOM_LINES)
		return;
	memmove(t->line[before + 1], t->line[before],
		(size_t)(t->lines - before) * sizeof(t->line[0]));
	(void)snprintf(t->line[before], sizeof(t->line[0]), "%s", line);
	t->lines++;
}

int random_test_replace(struct random_test *test, const char *from, const char *to)
{
	int count = 0;

	for (int t = 0; t < test->threads; t++) {
		for (int i = 0; i < test->thread[t].lines; i++) {
			char *line = test->thread[t].line[i], old[RANDOM_LINE_SIZE];
			char *found = strstr(line, from);

			if (found == NULL)
				continue;
			memcpy(old, line, sizeof(old));
			(void)snprintf(found, (size_t)(line + sizeof(old) - found),
				       "%s%s", to, old + (found - line) + strlen(from));
			count++;
		}
	}
	return count;
}

bool random_thread_has(const struct random_thread *thread, const char *part)
{
	for (int i = 0; i < thread->lines; i++) {
		if (strstr(thread->line[i], part) != NULL)
			return true;
	}
	return false;
}

bool random_test_has(const struct random_test *test, const char *part)
{
	for (int t = 0; t < test->threads; t++) {
		if (random_thread_has(&test->thread[t], part))
			return true;
	}
	return false;
}

/* ---- text */

struct text {
	char *at;
	size_t left;
};

__attribute__((format(printf, 2, 3))) static void put(struct text *t,
						      const char *format, ...)
{
	va_list list;
	int size;

	va_start(list, format);
	size = vsnprintf(t->at, t->left, format, list);
	va_end(list);
	if (size > 0 && (size_t)size < t->left) {
		t->at += size;
		t->left -= (size_t)size;
	}
}

/* As which the thread is printed. */
static int place_of(const struct random_test *test, int thread)
{
	for (int i = 0; i < test->threads; i++) {
		if (test->order[i] == thread)
			return i;
	}
	return thread;
}

void random_test_print(const struct random_test *test, char *text)
{
	struct text t = {text, RANDOM_TEXT_SIZE};
	bool pointers = test->pointers, locks = test->locks;

	put(&t, "C random-%llu\n\n{ %s}\n", (unsigned long long)test->seed,
	    pointers ? "p=x; x=0; " : "");
	for (int i = 0; i < test->threads; i++) {
		const struct random_thread *thread = &test->thread[test->order[i]];

		put(&t, "\nP%d(", i);
		for (int j = 0; j < test->ints; j++)
			put(&t, j > 0 ? ", int *%s" : "int *%s", ints[j]);
		put(&t, "%s%s)\n{\n", pointers ? ", int **p" : "",
		    locks ? ", spinlock_t *s" : "");
		for (int r = 0; r < thread->registers; r++)
			put(&t,
			    thread->pointer[r] ? "\tint *r%d = x;\n" : "\tint r%d;\n",
			    r);
		put(&t, "\n");
		for (int l = 0; l < thread->lines; l++)
			put(&t, "\t%s\n", thread->line[l]);
		put(&t, "}\n");
	}
	put(&t, "\nlocations [");
	for (int i = 0; i < test->threads; i++) {
		for (int r = 0; r < test->thread[i].registers; r++)
			put(&t, "%d:r%d; ", place_of(test, i), r);
	}
	for (int i = 0; i < test->ints; i++)
		put(&t, "%s; ", ints[i]);
	put(&t, "%s]\nexists (", pointers ? "p; " : "");
	for (const char *c = test->target; *c != '\0'; c++) {
		if (*c == '@')
			put(&t, "%d", place_of(test, *++c - '0'));
		else
			put(&t, "%c", *c);
	}
	put(&t, ")\n");
}
