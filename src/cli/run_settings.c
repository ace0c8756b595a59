/* SPDX-License-Identifier: BSD-2-Clause */
/* The options of a run in words: see run_settings.h. */
#include "cli/run_settings.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/test_name.h"

static void barriers(const struct rcs_run_options *o, FILE *f)
{
	for (size_t i = 0; i < o->barriers.count; i++)
		(void)fprintf(f, "%s%s", i > 0 ? "," : "",
			      o->barriers.choice[i].barrier->plugin != NULL
				      ? o->barriers.choice[i].barrier->plugin
				      : o->barriers.choice[i].name);
}

static void tests(const struct rcs_run_options *o, FILE *f)
{
	for (size_t i = 0; i < o->tests.count; i++)
		(void)fprintf(f, "%s%s", i > 0 ? " " : "",
			      o->tests.test[i].litmus->name);
	if (o->tests.rcu)
		(void)fprintf(f, "%s" RCS_TEST_RCU, o->tests.count > 0 ? " " : "");
}

static void flavours(const struct rcs_run_options *o, FILE *f)
{
	for (size_t i = 0; i < o->flavours.count; i++)
		(void)fprintf(f, "%s%s", i > 0 ? "," : "",
			      o->flavours.flavour[i]->plugin != NULL
				      ? o->flavours.flavour[i]->plugin
				      : o->flavours.flavour[i]->name);
}

static void runner(const struct rcs_run_options *o, FILE *f)
{
	(void)fputs(o->runner, f);
}

static void print_seconds(uint64_t ns, FILE *f)
{
	if (ns > 0)
		(void)fprintf(f, "%.9gs", (double)ns * 1e-9);
}

static void time_limit(const struct rcs_run_options *o, FILE *f)
{
	print_seconds(o->time.cell_ns, f);
}

static void total(const struct rcs_run_options *o, FILE *f)
{
	print_seconds(o->time.total_ns, f);
}

static void p_missed(const struct rcs_run_options *o, FILE *f)
{
	(void)fprintf(f, "%g", o->p_target);
}

static void sensitivity(const struct rcs_run_options *o, FILE *f)
{
	if (o->sensitivity > 0)
		(void)fprintf(f, "%.15g", o->sensitivity);
}

static void full(const struct rcs_run_options *o, FILE *f)
{
	(void)fputs(o->full ? "yes" : "no", f);
}

static void no_control(const struct rcs_run_options *o, FILE *f)
{
	(void)fputs(o->no_control ? "yes" : "no", f);
}

static void light_fence(const struct rcs_run_options *o, FILE *f)
{
	(void)fputs(o->light_fence ? "yes" : "no", f);
}

static void inconclusive(const struct rcs_run_options *o, FILE *f)
{
	(void)fputs(o->inconclusive_passes ? "pass" : "fail", f);
}

static void amplify(const struct rcs_run_options *o, FILE *f)
{
	(void)fputs(o->amplifier.name, f);
	if (o->amplifier.depth > 0)
		(void)fprintf(f, ":%u", o->amplifier.depth);
}

static void threads(const struct rcs_run_options *o, FILE *f)
{
	(void)fprintf(f, "%" PRIu64, o->team.writers + o->team.readers);
}

static void affinity(const struct rcs_run_options *o, FILE *f)
{
	static const char *const names[] = {
		[RCS_AFFINITY_AUTO] = "auto",
		[RCS_AFFINITY_SIBLINGS] = "siblings",
		[RCS_AFFINITY_CACHE] = "cache",
		[RCS_AFFINITY_PACKAGE] = "package",
		[RCS_AFFINITY_REMOTE] = "remote",
		[RCS_AFFINITY_SPREAD] = "spread",
		[RCS_AFFINITY_COMPACT] = "compact",
		[RCS_AFFINITY_NONE] = "none",
	};

	(void)fputs(names[o->team.affinity], f);
}

static void memory(const struct rcs_run_options *o, FILE *f)
{
	if (o->team.memory > 0)
		(void)fprintf(f, "%" PRIu64, o->team.memory);
}

static void expect(const struct rcs_run_options *o, FILE *f)
{
	for (size_t i = 0; i < o->expect.count; i++) {
		const struct rcs_expectation *x = &o->expect.of[i];
		char verdicts[64];

		rcs_verdicts_print(x->verdicts, "/", verdicts, sizeof(verdicts));
		(void)fprintf(f, "%s%s=%s%s%s", i > 0 ? "," : "", x->barrier, verdicts,
			      x->arch[0] != '\0' ? "@" : "", x->arch);
	}
}

static const struct {
	const char *name;
	void (*print)(const struct rcs_run_options *o, FILE *f);
} settings[] = {
	{"barrier", barriers},
	{"tests", tests},
	{"rcu", flavours},
	{"runner", runner},
	{"time", time_limit},
	{"total", total},
	{"p-missed", p_missed},
	{"sensitivity", sensitivity},
	{"full", full},
	{"no-control", no_control},
	{"light-fence", light_fence},
	{"inconclusive", inconclusive},
	{"amplify", amplify},
	{"threads", threads},
	{"affinity", affinity},
	{"memory", memory},
	{"expect", expect},
};
#define SETTINGS (sizeof(settings) / sizeof(settings[0]))

int rcs_run_settings(const struct rcs_run_options *o, struct rcs_pool *pool,
		     struct rcs_record_run *run)
{
	struct rcs_record_option *option =
		rcs_pool_get(pool, SETTINGS * sizeof(*option));

	if (option == NULL)
		return -1;
	for (size_t i = 0; i < SETTINGS; i++) {
		char *text = NULL;
		size_t size;
		FILE *f = open_memstream(&text, &size);

		if (f == NULL)
			return -1;
		settings[i].print(o, f);
		option[i].name = settings[i].name;
		option[i].value = fclose(f) == 0 ? rcs_pool_string(pool, text) : NULL;
		free(text);
		if (option[i].value == NULL)
			return -1;
	}
	run->options = SETTINGS;
	run->option = option;
	return 0;
}

/* In single quotes, unless it is a plain word. */
static void print_word(const char *word, FILE *f)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789-_=+,./:@%";

	if (*word != '\0' && word[strspn(word, plain)] == '\0') {
		(void)fputs(word, f);
		return;
	}
	(void)fputc('\'', f);
	for (; *word != '\0'; word++) {
		if (*word == '\'')
			(void)fputs("'\\''", f);
		else
			(void)fputc(*word, f);
	}
	(void)fputc('\'', f);
}

char *rcs_run_command(int argc, char **argv)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (f == NULL)
		return NULL;
	for (int i = 0; i < argc; i++) {
		if (i > 0)
			(void)fputc(' ', f);
		print_word(argv[i], f);
	}
	if (fclose(f) == 0)
		return text;
	free(text);
	return NULL;
}
