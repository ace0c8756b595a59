/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Machines that are not like their equals: see fleet.h. A quantity lies out if it is
 * further from the median of all equals than 6 + 150/n robust standard deviations
 * (1.4826 times the median of distances from the median, which is that of a normal
 * distribution), where n are the equals, and by a factor of 1.5 or more. Few equals
 * tell little of what is usual, hence the second summand. Durations and rates are
 * compared by their logarithms.
 */
#include <math.h>
#include <stdlib.h>

#include "report/fleet_parts.h"

#define NORMAL	     1.4826
#define FAR	     6.0
#define FAR_OF_FEW   150.0
#define FACTOR_LEAST 1.5
#define RATE_LEAST   0.25 /* of interrupts per exposed call, which may be 0 */

struct key {
	uint32_t equals, test, machine, cell;
};

/* A value of a machine, and the cell it was taken from. */
struct value {
	double value;
	uint32_t machine, cell;
};

/* Something odd about a machine. */
struct odd {
	uint32_t machine;
	struct rcs_fleet_outlier what;
};

/* Where most equals told something of a test: how often this machine could have. */
struct telling {
	uint32_t could, did;
	uint32_t cell; /* one that did not */
	uint32_t equals;
	enum rcs_verdict usual;
};

struct comparing {
	struct rcs_fleet_making *m;
	struct key *key;
	struct value *value;
	double *sorted;
	struct telling *telling; /* by machine */
	unsigned char *compared; /* likewise */
	size_t odds;
	struct odd *odd;
};

static int compare(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int by_key(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	int order = compare(x->equals, y->equals);

	if (order == 0)
		order = compare(x->test, y->test);
	if (order == 0)
		order = compare(x->machine, y->machine);
	return order != 0 ? order : compare(x->cell, y->cell);
}

static int by_machine_and_value(const void *a, const void *b)
{
	const struct value *x = a, *y = b;
	int order = compare(x->machine, y->machine);

	if (order == 0)
		order = (x->value > y->value) - (x->value < y->value);
	return order != 0 ? order : compare(x->cell, y->cell);
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *values, size_t count)
{
	qsort(values, count, sizeof(*values), ascending);
	return (values[(count - 1) / 2] + values[count / 2]) / 2.0;
}

static int add(struct comparing *c, uint32_t machine, uint32_t cell,
	       const struct rcs_fleet_outlier *what)
{
	struct odd *more = c->odd;

	if ((c->odds & (c->odds - 1)) == 0) {
		more = realloc(c->odd,
			       (c->odds == 0 ? 1 : 2 * c->odds) * sizeof(*more));
		if (more == NULL)
			return -1;
		c->odd = more;
	}
	more[c->odds].machine = machine;
	more[c->odds].what = *what;
	more[c->odds].what.cell = c->m->seen[cell].cell;
	more[c->odds].what.run = c->m->seen[cell].run;
	c->odds++;
	return 0;
}

static bool is_log(enum rcs_fleet_oddity quantity)
{
	return quantity != RCS_FLEET_INTERRUPTS;
}

/* As it is compared; false: this cell has none. */
static bool value_of(const struct rcs_record_cell *cell, enum rcs_fleet_oddity quantity,
		     double *value)
{
	const struct rcs_arm_total *control = &cell->control;
	enum rcs_twin twin =
		quantity == RCS_FLEET_CONTROL_ABSENT ? RCS_TWIN_ABSENT : RCS_TWIN_DELAY;

	switch (quantity) {
	case RCS_FLEET_HEAVY:
		*value = log((double)cell->heavy_p50_ns);
		return cell->heavy_p50_ns > 0;
	case RCS_FLEET_INTERRUPTS:
		*value = cell->interrupts;
		return cell->interrupts >= 0.0 && cell->subject.exposed > 0;
	case RCS_FLEET_CONTROL_DELAY:
	case RCS_FLEET_CONTROL_ABSENT:
		/* Half a hit more, so that none at all has a logarithm. */
		*value = log(((double)control->hits + 0.5) /
			     ((double)control->exposed + 1.0));
		return control->exposed > 0 && cell->twin == twin;
	case RCS_FLEET_TIME:
		*value = log((double)cell->elapsed_ns);
		return cell->verdict == RCS_HOLDS && cell->elapsed_ns > 0;
	default:
		return false;
	}
}

/* Back from what it is compared as; nanoseconds are whole. */
static double value_as_measured(enum rcs_fleet_oddity quantity, double value)
{
	if (!is_log(quantity))
		return value;
	return quantity == RCS_FLEET_HEAVY || quantity == RCS_FLEET_TIME
		       ? rint(exp(value))
		       : exp(value);
}

/* One for each machine: of several cells, that in the middle. How many there are. */
static size_t gather(struct comparing *c, const struct key *from, size_t count,
		     enum rcs_fleet_oddity quantity)
{
	size_t values = 0, machines = 0;

	for (size_t i = 0; i < count; i++) {
		double value;

		if (!value_of(c->m->seen[from[i].cell].cell, quantity, &value) ||
		    !isfinite(value))
			continue;
		c->value[values++] =
			(struct value){value, from[i].machine, from[i].cell};
	}
	qsort(c->value, values, sizeof(*c->value), by_machine_and_value);
	for (size_t i = 0, end; i < values; i = end) {
		end = i + 1;
		while (end < values && c->value[end].machine == c->value[i].machine)
			end++;
		c->value[machines++] = c->value[i + (end - i - 1) / 2];
	}
	return machines;
}

static int compare_quantity(struct comparing *c, const struct key *from, size_t count,
			    enum rcs_fleet_oddity quantity)
{
	size_t n = gather(c, from, count, quantity);
	double least = is_log(quantity) ? log(FACTOR_LEAST) : RATE_LEAST;
	double middle, scale, limit;

	if (n <= RCS_FLEET_EQUALS_LEAST)
		return 0;
	for (size_t i = 0; i < n; i++)
		c->sorted[i] = c->value[i].value;
	middle = median(c->sorted, n);
	for (size_t i = 0; i < n; i++)
		c->sorted[i] = fabs(c->value[i].value - middle);
	scale = NORMAL * median(c->sorted, n);
	limit = (FAR + FAR_OF_FEW / (double)(n - 1)) * scale;
	for (size_t i = 0; i < n; i++) {
		double off = fabs(c->value[i].value - middle);
		struct rcs_fleet_outlier what = {
			.oddity = quantity,
			.equals = n - 1,
			.distance = scale > 0.0 ? off / scale : HUGE_VAL,
		};

		if (off <= limit || off < least)
			continue;
		what.value = value_as_measured(quantity, c->value[i].value);
		what.median = value_as_measured(quantity, middle);
		if (add(c, c->value[i].machine, c->value[i].cell, &what) != 0)
			return -1;
	}
	return 0;
}

static bool tells(enum rcs_verdict verdict)
{
	return verdict == RCS_HOLDS || verdict == RCS_BROKEN;
}

/* A cell beside the verdict that most have. */
static int compare_verdict(struct comparing *c, const struct key *key,
			   enum rcs_verdict usual, size_t equals)
{
	const struct rcs_record_cell *cell = c->m->seen[key->cell].cell;
	struct telling *telling = &c->telling[key->machine];
	struct rcs_fleet_outlier what = {
		.oddity = RCS_FLEET_VERDICT,
		.equals = equals,
		.usual = usual,
		.distance = HUGE_VAL,
	};

	telling->could++;
	telling->did += cell->verdict != RCS_INCONCLUSIVE;
	if (cell->verdict == RCS_INCONCLUSIVE) {
		telling->cell = key->cell;
		telling->equals = (uint32_t)equals;
		telling->usual = usual;
		if (cell->control.rounds == 0 || cell->control.hits > 0 ||
		    usual != RCS_HOLDS)
			return 0;
		what.oddity = RCS_FLEET_NEVER_HIT;
		return add(c, key->machine, key->cell, &what);
	}
	/* What speaks against it is a finding. */
	if (cell->verdict == usual || rcs_fleet_weight(cell) < RCS_RUN_INCONCLUSIVE)
		return 0;
	return add(c, key->machine, key->cell, &what);
}

static int compare_verdicts(struct comparing *c, const struct key *from, size_t count,
			    size_t machines)
{
	size_t of[RCS_VERDICTS] = {0};
	int usual = 0;

	for (size_t i = 0; i < count; i++)
		of[c->m->seen[from[i].cell].cell->verdict]++;
	while (usual < RCS_VERDICTS && 2 * of[usual] <= count)
		usual++;
	if (usual == RCS_VERDICTS || !tells((enum rcs_verdict)usual))
		return 0;
	for (size_t i = 0; i < count; i++) {
		if (compare_verdict(c, &from[i], (enum rcs_verdict)usual,
				    machines - 1) != 0)
			return -1;
	}
	return 0;
}

/* Cells of one test on equal machines. */
static int compare_slice(struct comparing *c, const struct key *from, size_t count)
{
	size_t machines = 0;

	for (size_t i = 0; i < count; i++)
		machines += i == 0 || from[i].machine != from[i - 1].machine;
	if (machines <= RCS_FLEET_EQUALS_LEAST)
		return 0;
	for (size_t i = 0; i < count; i++)
		c->compared[from[i].machine] = 1;
	if (compare_verdicts(c, from, count, machines) != 0)
		return -1;
	for (int q = RCS_FLEET_FIRST_QUANTITY; q < RCS_FLEET_ODDITIES; q++) {
		if (compare_quantity(c, from, count, (enum rcs_fleet_oddity)q) != 0)
			return -1;
	}
	return 0;
}

static int compare_slices(struct comparing *c)
{
	for (size_t i = 0, end; i < c->m->cells; i = end) {
		end = i + 1;
		while (end < c->m->cells && c->key[end].equals == c->key[i].equals &&
		       c->key[end].test == c->key[i].test)
			end++;
		if (compare_slice(c, c->key + i, end - i) != 0)
			return -1;
	}
	return 0;
}

/* Machines that told nothing where others did. Of one cell that is no wonder. */
static int compare_telling(struct comparing *c)
{
	for (uint32_t i = 0; i < c->m->machines[RCS_FLEET_EQUALS]; i++) {
		const struct telling *t = &c->telling[i];
		struct rcs_fleet_outlier what = {
			.oddity = RCS_FLEET_UNDECIDED,
			.equals = t->equals,
			.usual = t->usual,
			.distance = HUGE_VAL,
		};

		if (t->could >= 2 && t->did == 0 && add(c, i, t->cell, &what) != 0)
			return -1;
	}
	return 0;
}

/* The oddest first; what is as odd, in the order of enum rcs_fleet_oddity. */
static int by_oddness(const struct rcs_fleet_outlier *x,
		      const struct rcs_fleet_outlier *y)
{
	int order = (x->distance < y->distance) - (x->distance > y->distance);

	return order != 0 ? order : compare(x->oddity, y->oddity);
}

static int by_machine(const void *a, const void *b)
{
	const struct odd *x = a, *y = b;
	int order = compare(x->machine, y->machine);

	return order != 0 ? order : by_oddness(&x->what, &y->what);
}

static int by_oddness_of_all(const void *a, const void *b)
{
	const struct rcs_fleet_outlier *x = a, *y = b;
	int order = by_oddness(x, y);

	return order != 0 ? order : (x->more < y->more) - (x->more > y->more);
}

/* A machine is one outlier. */
static int fold(struct comparing *c)
{
	struct rcs_fleet *fleet = c->m->fleet;
	struct rcs_fleet_outlier *outlier =
		rcs_pool_get(c->m->report->pool, (c->odds + 1) * sizeof(*outlier));

	if (outlier == NULL)
		return -1;
	if (c->odds > 0)
		qsort(c->odd, c->odds, sizeof(*c->odd), by_machine);
	for (size_t i = 0; i < c->odds; i++) {
		if (i > 0 && c->odd[i].machine == c->odd[i - 1].machine)
			outlier[fleet->outliers - 1].more++;
		else
			outlier[fleet->outliers++] = c->odd[i].what;
	}
	qsort(outlier, fleet->outliers, sizeof(*outlier), by_oddness_of_all);
	fleet->outlier = outlier;
	for (uint32_t i = 0; i < c->m->machines[RCS_FLEET_EQUALS]; i++)
		fleet->compared += c->compared[i];
	return 0;
}

int rcs_fleet_compare(struct rcs_fleet_making *m)
{
	size_t machines = (size_t)m->machines[RCS_FLEET_EQUALS] + 1;
	struct comparing c = {
		.m = m,
		.key = calloc(m->cells + 1, sizeof(*c.key)),
		.value = calloc(m->cells + 1, sizeof(*c.value)),
		.sorted = calloc(m->cells + 1, sizeof(*c.sorted)),
		.telling = calloc(machines, sizeof(*c.telling)),
		.compared = calloc(machines, sizeof(*c.compared)),
	};
	bool failed = c.key == NULL || c.value == NULL || c.sorted == NULL ||
		      c.telling == NULL || c.compared == NULL;

	for (size_t i = 0; i < m->cells && !failed; i++) {
		const struct rcs_fleet_place *place = &m->place[m->seen[i].place];

		c.key[i] = (struct key){place->group[RCS_FLEET_EQUALS], m->seen[i].test,
					place->machine[RCS_FLEET_EQUALS], (uint32_t)i};
	}
	if (!failed) {
		qsort(c.key, m->cells, sizeof(*c.key), by_key);
		failed = compare_slices(&c) != 0 || compare_telling(&c) != 0 ||
			 fold(&c) != 0;
	}
	free(c.key);
	free(c.value);
	free(c.sorted);
	free(c.telling);
	free(c.compared);
	free(c.odd);
	return failed ? -1 : 0;
}
