/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs as reports have them: see record.h. */
#include "report/record.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* One more pointer in an array of them, which doubles as it grows. */
static int add(void **array, size_t count, size_t size, const void *item)
{
	if ((count & (count - 1)) == 0) {
		void *more = realloc(*array, (count == 0 ? 1 : 2 * count) * size);

		if (more == NULL)
			return -1;
		*array = more;
	}
	memcpy((unsigned char *)*array + count * size, item, size);
	return 0;
}

int rcs_report_add_run(struct rcs_report *r, const struct rcs_record_run *run)
{
	void *array = (void *)r->run;
	int failed = add(&array, r->runs, sizeof(run), &run);

	r->run = array;
	r->runs += failed == 0;
	return failed;
}

int rcs_report_add_horizon(struct rcs_report *r, const struct rcs_record_horizon *h)
{
	void *array = (void *)r->horizon;
	int failed = add(&array, r->horizons, sizeof(h), &h);

	r->horizon = array;
	r->horizons += failed == 0;
	return failed;
}

int rcs_report_refuse(struct rcs_report *r, const char *file, const char *why)
{
	struct rcs_record_refused refused = {rcs_pool_string(r->pool, file),
					     rcs_pool_string(r->pool, why)};
	void *array = r->refuse;
	int failed;

	if (refused.file == NULL || refused.why == NULL)
		return -1;
	failed = add(&array, r->refused, sizeof(refused), &refused);
	r->refuse = array;
	r->refused += failed == 0;
	return failed;
}

const char *rcs_record_now(struct rcs_pool *pool)
{
	char text[40] = "";
	time_t t = time(NULL);
	struct tm utc;

	if (gmtime_r(&t, &utc) != NULL)
		(void)strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
	return rcs_pool_string(pool, text);
}

void rcs_report_release(struct rcs_report *r)
{
	free((void *)r->run);
	free((void *)r->horizon);
	free(r->refuse);
	r->run = NULL;
	r->horizon = NULL;
	r->refuse = NULL;
	r->runs = r->horizons = r->refused = 0;
}
