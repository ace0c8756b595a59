/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads that read files, and one report of what they read: see report_merge.h. */
#include "cli/report_merge.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "host/cpus.h"
#include "report/json.h"
#include "report/matrix_names.h"

/* More than a reader of nested values takes, also where the default is small. */
#define STACK_SIZE ((size_t)2 << 20)

/* Where what was in a file has come to be. */
struct place {
	const struct rcs_report *report; /* of the thread that read it */
	size_t run, runs;		 /* the first, and how many */
	size_t horizon, horizons;
	const char *why; /* it was refused; NULL: it was not */
};

struct reading {
	const struct rcs_report_files *files;
	bool brief;
	struct place *place; /* by file */
	atomic_size_t next;  /* file that no thread has yet */
	atomic_bool no_memory;
};

struct reader {
	pthread_t thread;
	struct reading *reading;
	struct rcs_report report;
};

/* False when there is no memory. */
static bool read_file(struct reader *r, size_t file)
{
	const struct reading *reading = r->reading;
	struct place *place = &reading->place[file];
	struct rcs_error e = {0};

	*place = (struct place){
		.report = &r->report,
		.run = r->report.runs,
		.horizon = r->report.horizons,
	};
	if (rcs_json_read(reading->files->path[file], reading->brief, &r->report, &e) !=
	    0) {
		if (e.kind == RCS_ERROR_RESOURCE)
			return false;
		place->why = rcs_pool_string(r->report.pool, e.text);
		return place->why != NULL;
	}
	place->runs = r->report.runs - place->run;
	place->horizons = r->report.horizons - place->horizon;
	return true;
}

static void *read_files(void *reader)
{
	struct reader *r = reader;
	struct reading *reading = r->reading;

	while (!atomic_load(&reading->no_memory)) {
		size_t file = atomic_fetch_add(&reading->next, 1);

		if (file >= reading->files->count)
			break;
		if (!read_file(r, file))
			atomic_store(&reading->no_memory, true);
	}
	return NULL;
}

/* How many threads are worth while. */
static size_t threads_for(size_t files)
{
	static struct rcs_cpus cpus;
	size_t threads = RCS_MERGE_THREADS_MAX;

	if (rcs_cpus_available(&cpus, NULL) == 0 && (size_t)cpus.count < threads)
		threads = (size_t)cpus.count;
	return files < threads ? (files > 0 ? files : 1) : threads;
}

/* Has them read all. This thread is one of the readers, and does without the others if
 * there can be none. */
static void read_all(struct reader *readers, size_t threads)
{
	pthread_attr_t attributes;
	size_t started = 1;

	if (pthread_attr_init(&attributes) == 0) {
		(void)pthread_attr_setstacksize(&attributes, STACK_SIZE);
		while (started < threads &&
		       pthread_create(&readers[started].thread, &attributes, read_files,
				      &readers[started]) == 0)
			started++;
		(void)pthread_attr_destroy(&attributes);
	}
	(void)read_files(&readers[0]);
	for (size_t t = 1; t < started; t++)
		(void)pthread_join(readers[t].thread, NULL);
}

/* What runs and horizons are told apart by, of those that are in the report. */
struct seen {
	struct rcs_names run, horizon;
};

static void seen_free(struct seen *s)
{
	rcs_names_free(&s->run);
	rcs_names_free(&s->horizon);
}

/* 1 if there was no such key before, 0 if there was; -1 when there is no memory. */
static int is_new(struct rcs_names *keys, struct rcs_pool *pool, char *key)
{
	uint32_t before = keys->count;
	const char *kept = key != NULL ? rcs_pool_string(pool, key) : NULL;
	uint32_t n = kept != NULL ? rcs_name_number(keys, 0, kept) : RCS_NAME_NONE;

	free(key);
	if (n == RCS_NAME_NONE)
		return -1;
	return keys->count > before;
}

/* Equal nodes that are begun at the same second by the same job are still two. */
static int is_new_run(struct seen *s, struct rcs_pool *pool,
		      const struct rcs_record_run *run)
{
	const struct rcs_machine *m = run->machine;
	char *key;

	if (asprintf(&key, "%s\n%s\n%s\n%s\n%s\n%" PRIu64 "\n%" PRIu64 "\n%s", m->name,
		     m->arch, m->kernel, m->cpu, run->begun, run->elapsed_ns, run->seed,
		     run->command) < 0)
		key = NULL;
	return is_new(&s->run, pool, key);
}

static int is_new_horizon(struct seen *s, struct rcs_pool *pool,
			  const struct rcs_record_horizon *h)
{
	const struct rcs_machine *m = h->machine;
	uint64_t time_ns = 0, hits = 0;
	char *key;

	for (size_t i = 0; i < h->curve.count; i++) {
		time_ns += h->curve.point[i].time_ns;
		hits += h->curve.point[i].hits;
	}
	if (asprintf(&key, "%s\n%s\n%s\n%s\n%s\n%s\n%" PRIu64 "\n%" PRIu64, m->name,
		     m->arch, m->kernel, m->cpu, h->begun, h->pair, time_ns, hits) < 0)
		key = NULL;
	return is_new(&s->horizon, pool, key);
}

static void note_repeated(struct rcs_merged *m, const char *file)
{
	if (m->repeated++ == 0)
		m->repeated_file = rcs_pool_string(m->report.pool, file);
}

/* 0, or -1 when there is no memory. */
static int add_file(struct rcs_merged *m, struct seen *seen, const char *file,
		    const struct place *place)
{
	if (place->why != NULL)
		return rcs_report_refuse(&m->report, file, place->why);
	for (size_t i = 0; i < place->runs; i++) {
		const struct rcs_record_run *run = place->report->run[place->run + i];
		int fresh = is_new_run(seen, m->report.pool, run);

		if (fresh < 0 || (fresh && rcs_report_add_run(&m->report, run) != 0))
			return -1;
		if (!fresh)
			note_repeated(m, file);
	}
	for (size_t i = 0; i < place->horizons; i++) {
		const struct rcs_record_horizon *horizon =
			place->report->horizon[place->horizon + i];
		int fresh = is_new_horizon(seen, m->report.pool, horizon);

		if (fresh < 0 ||
		    (fresh && rcs_report_add_horizon(&m->report, horizon) != 0))
			return -1;
		if (!fresh)
			note_repeated(m, file);
	}
	return 0;
}

static int put_together(struct rcs_merged *m, const struct reading *reading)
{
	struct seen seen = {0};
	int failed = 0;

	for (size_t f = 0; failed == 0 && f < reading->files->count; f++)
		failed =
			add_file(m, &seen, reading->files->path[f], &reading->place[f]);
	seen_free(&seen);
	return failed;
}

int rcs_merged_begin(struct rcs_merged *merged, struct rcs_error *e)
{
	*merged = (struct rcs_merged){0};
	merged->report.pool = rcs_pool_create();
	if (merged->report.pool == NULL)
		return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for the report");
	return 0;
}

int rcs_merged_read(struct rcs_merged *m, const struct rcs_report_files *files,
		    bool brief, struct rcs_error *e)
{
	struct reading reading = {.files = files, .brief = brief};
	struct reader readers[RCS_MERGE_THREADS_MAX];
	size_t threads = threads_for(files->count);
	bool failed = false;

	reading.place = calloc(files->count + 1, sizeof(*reading.place));
	memset(readers, 0, sizeof(readers));
	for (size_t t = 0; t < threads; t++) {
		m->pool[t] = rcs_pool_create();
		readers[t].reading = &reading;
		readers[t].report.pool = m->pool[t];
		failed = failed || m->pool[t] == NULL;
	}
	failed = failed || reading.place == NULL;
	if (!failed) {
		read_all(readers, threads);
		failed = atomic_load(&reading.no_memory) ||
			 put_together(m, &reading) != 0;
	}
	for (size_t t = 0; t < threads; t++)
		rcs_report_release(&readers[t].report);
	free(reading.place);
	return failed ? rcs_fail(e, RCS_ERROR_RESOURCE,
				 "no memory for what is in the files")
		      : 0;
}

void rcs_merged_end(struct rcs_merged *m)
{
	rcs_report_release(&m->report);
	rcs_pool_destroy(m->report.pool);
	for (size_t t = 0; t < RCS_MERGE_THREADS_MAX; t++)
		rcs_pool_destroy(m->pool[t]);
}
