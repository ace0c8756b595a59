/* SPDX-License-Identifier: BSD-2-Clause */
/* Records that are made up: see sample.h. */
#include "report/test/sample.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Control characters; overlong; a surrogate; beyond Unicode; cut short; noncharacters;
 * what markup is made of; and letters from everywhere. */
const char rcs_sample_hostile[] =
	"\x01\x02\x03\x04\x05\x06\a\b\t\n\v\f\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16"
	"\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x7f \x80 \xff \xc0\xaf \xed\xa0\x80 "
	"\xf4\x90\x80\x80 \xe2\x82 \xef\xbf\xbe \xef\xbf\xbf \xef\xb7\x90 "
	"\xf0\x9f\xbf\xbe \xc2\x85 \xc2\x9b \xe2\x80\xa8 \xef\xbb\xbf "
	"]]> <b a='1' b=\"2\">&amp; # | \\ ` ``` * _ [x](y) ~ : - {} %s\n"
	"...\n---\nok 7\nnot ok 8\n\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80";

const struct rcs_machine rcs_sample_x86 = {
	.arch = "x86_64",
	.kernel = "Linux 6.18.44",
	.cpu = "AMD EPYC",
	.virtual = true,
	.name = "builder-1",
	.build = "#1 SMP PREEMPT_DYNAMIC",
	.command_line = "quiet mitigations=auto",
	.microcode = "0xa10113e",
	.hypervisor = "KVM",
	.container = "docker",
	.cpus_online = "0-7",
	.cpus_allowed = "0-1",
	.cpu_quota = 1.5,
	.seccomp = 2,
	.memory_bytes = 8589934592,
	.mitigation_count = 1,
	.mitigation = {{"spectre_v2", "Mitigation: Retpolines"}},
};

const struct rcs_machine rcs_sample_arm = {
	.arch = "aarch64",
	.kernel = "Linux 6.1.0",
	.cpu = "0xd0c",
	.emulated = true,
	.name = "builder-2",
	.emulator = "qemu-aarch64",
	.cpus_online = "0-1",
	.cpus_allowed = "0-1",
	.seccomp = -1,
};

struct rcs_record_cell rcs_sample_cell(enum rcs_verdict verdict)
{
	struct rcs_record_cell cell = {
		.barrier = "mprotect",
		.test = "SB+barrier+memb",
		.rcu = "",
		.runner = "sb",
		.verdict = verdict,
		.judged = true,
		.has_heavy = true,
		.reason = "",
		.proviso = "",
		.witness = "",
		.twin = RCS_TWIN_DELAY,
		.subject = {20, 0, 640, 600, 0, 50000000},
		.control = {20, 20, 640, 610, 200, 50000000},
		.reference = {2, 0, 64, 60, 0, 5000000},
		.p_missed = 1.0,
		.amplifier = "stream-split",
		.depth = 8,
		.heavy_p50_ns = 1700,
		.heavy_p99_ns = 1800,
		.interrupts = 1.0,
		.elapsed_ns = 250000000,
	};

	switch (verdict) {
	case RCS_HOLDS:
		cell.p_missed = 0x1p-20;
		cell.sensitivity = 7.0;
		cell.evidence = cell.needed = cell.blocks = 20;
		break;
	case RCS_BROKEN:
		cell.subject.hits = 27;
		cell.subject.hit_rounds = 3;
		cell.reason = "a reader and the writer both missed the other's store";
		cell.witness = "  witness: round 1, 26.6 us after the first round began"
			       "\n    writer 0 on CPU 1: stored Y = 1\n"
			       "    reader 0 on CPU 0: stored X = 2\n";
		break;
	case RCS_INCONCLUSIVE:
		cell.reason = "the control was hit in 3 of 20 rounds only";
		break;
	case RCS_SKIPPED:
		cell.reason = "membarrier(2): Function not implemented";
		cell.subject = cell.control = cell.reference =
			(struct rcs_arm_total){0};
		cell.runner = "";
		break;
	case RCS_ALLOWED:
		cell.judged = false;
		cell.control = cell.reference = (struct rcs_arm_total){0};
		break;
	case RCS_FAULT:
		cell.reason = "the process of the cell was killed by signal 11";
		break;
	}
	return cell;
}

struct rcs_record_run rcs_sample_run(const struct rcs_record_cell *cells, size_t count)
{
	static const struct rcs_record_option options[] = {
		{"barrier", "mprotect"},
		{"inconclusive", "fail"},
		{"p-missed", "1e-06"},
	};
	struct rcs_record_run run = {
		.file = "",
		.version = "0.1.0",
		.begun = "2026-11-23T11:31:32Z",
		.elapsed_ns = 1500000000,
		.command = "rcustress --barrier mprotect",
		.machine = &rcs_sample_x86,
		.topology = "hwloc",
		.cpus = "0-1",
		.writers = 1,
		.readers = 1,
		.seed = 42,
		.options = sizeof(options) / sizeof(options[0]),
		.option = options,
		.cells = count,
		.cell = cells,
	};
	struct rcs_outcome outcomes[64];

	assert(count <= sizeof(outcomes) / sizeof(outcomes[0]));
	for (size_t i = 0; i < count; i++) {
		const struct rcs_standing *s = &cells[i].standing;

		outcomes[i] = (struct rcs_outcome){cells[i].verdict, *s};
		if (cells[i].verdict == RCS_HOLDS && !s->self_test &&
		    !rcs_unexpected(RCS_HOLDS, s->expected))
			rcs_family_add(&run.holding, cells[i].p_missed);
	}
	run.end = rcs_run_end(outcomes, count, false);
	run.exit_status = rcs_exit_status(run.end, false, false);
	return run;
}

void rcs_sample_tolerate(struct rcs_record_run *run)
{
	static const struct rcs_record_option options[] = {{"inconclusive", "pass"}};

	run->options = 1;
	run->option = options;
	run->exit_status = rcs_exit_status(run->end, true, run->interrupted);
}

static struct rcs_record_cell cell_of(const char *barrier, const char *test,
				      enum rcs_verdict verdict)
{
	struct rcs_record_cell cell = rcs_sample_cell(verdict);

	cell.barrier = barrier;
	cell.test = test;
	if (strcmp(barrier, "-") == 0)
		cell.has_heavy = false;
	return cell;
}

const struct rcs_record_run *rcs_sample_run_of_each(void)
{
	static struct rcs_record_cell c[RCS_SAMPLE_CELLS];
	static struct rcs_record_run run;

	c[0] = cell_of("mprotect", "SB+barrier+memb", RCS_HOLDS);
	c[1] = cell_of("mprotect", "MP+barrier+memb", RCS_INCONCLUSIVE);
	c[2] = cell_of("mprotect-untouched", "SB+barrier+memb", RCS_BROKEN);
	c[3] = cell_of("none", "SB+barrier+memb", RCS_BROKEN);
	c[3].standing.self_test = true;
	c[4] = cell_of("membarrier-rseq", "SB+barrier+memb", RCS_HOLDS);
	c[4].standing.unclaimed = true;
	c[5] = cell_of("-", "HP+mbs", RCS_SKIPPED);
	c[6] = cell_of("-", "SB", RCS_ALLOWED);
	c[7] = cell_of("signal", "rcu asym", RCS_FAULT);
	c[7].rcu = "asym";
	c[8] = cell_of("delay:500", "SB+barrier+memb", RCS_BROKEN);
	c[8].standing.expected = RCS_VERDICT_BIT(RCS_BROKEN);
	c[9] = cell_of("madvise", "SB+barrier+memb", RCS_HOLDS);
	c[9].standing.expected =
		RCS_VERDICT_BIT(RCS_BROKEN) | RCS_VERDICT_BIT(RCS_INCONCLUSIVE);
	c[9].proviso = "pages could not be locked";
	run = rcs_sample_run(c, RCS_SAMPLE_CELLS);
	return &run;
}

const struct rcs_record_horizon *rcs_sample_horizon(void)
{
	static const struct rcs_record_horizon horizon = {
		.file = "",
		.version = "0.1.0",
		.begun = "2026-11-23T11:31:32Z",
		.machine = &rcs_sample_x86,
		.pair = "cores of one cache",
		.curve = {2,
			  {{512, 20, 20, 900, 1000, 1000000, "stream-split", 8},
			   {1024, 20, 0, 0, 1000, 1000000, "", 0}}},
	};

	return &horizon;
}

/* The order of badness in which one verdict stands for several. */
static int badness(enum rcs_verdict verdict)
{
	static const int of[] = {
		[RCS_FAULT] = 5, [RCS_BROKEN] = 4,  [RCS_INCONCLUSIVE] = 3,
		[RCS_HOLDS] = 2, [RCS_ALLOWED] = 1, [RCS_SKIPPED] = 0,
	};

	return of[verdict];
}

static void add(struct rcs_matrix_entry *entry, const struct rcs_record_run *run,
		const struct rcs_record_cell *cell)
{
	const struct rcs_standing *s = &cell->standing;

	entry->unexpected += rcs_unexpected(cell->verdict, s->expected);
	entry->expected += rcs_as_expected(cell->verdict, s->expected);
	entry->self_tests += s->self_test && cell->verdict == RCS_BROKEN;
	entry->count[cell->verdict]++;
	if (cell->verdict == RCS_HOLDS)
		rcs_family_add(&entry->holding, cell->p_missed);
	if (cell->sensitivity > entry->sensitivity_least)
		entry->sensitivity_least = cell->sensitivity;
	if (entry->cells++ > 0 && badness(cell->verdict) <= badness(entry->verdict))
		return;
	entry->verdict = cell->verdict;
	entry->standing = *s;
	entry->worst = cell;
	entry->worst_run = run;
}

#define ROWS 64

static struct rcs_matrix_row *row_of(struct rcs_matrix *m, struct rcs_matrix_row *rows,
				     struct rcs_pool *pool, const char *barrier)
{
	for (size_t i = 0; i < m->rows; i++) {
		if (strcmp(rows[i].barrier, barrier) == 0)
			return &rows[i];
	}
	assert(m->rows < ROWS);
	rows[m->rows].barrier = barrier;
	rows[m->rows].entry =
		rcs_pool_get(pool, m->kinds * sizeof(struct rcs_matrix_entry));
	return &rows[m->rows++];
}

static void add_test(struct rcs_matrix_row *row, struct rcs_pool *pool, size_t kinds,
		     size_t kind, const struct rcs_record_run *run,
		     const struct rcs_record_cell *cell)
{
	struct rcs_matrix_test *tests = (struct rcs_matrix_test *)row->test;
	size_t i = 0;

	if (tests == NULL)
		row->test = tests = rcs_pool_get(pool, ROWS * sizeof(*tests));
	while (i < row->tests && strcmp(tests[i].name, cell->test) != 0)
		i++;
	assert(i < ROWS);
	if (i == row->tests) {
		tests[i].name = cell->test;
		tests[i].entry =
			rcs_pool_get(pool, kinds * sizeof(struct rcs_matrix_entry));
		row->tests++;
	}
	add((struct rcs_matrix_entry *)&tests[i].entry[kind], run, cell);
}

const struct rcs_matrix *rcs_sample_matrix(const struct rcs_report *report)
{
	struct rcs_pool *pool = report->pool;
	struct rcs_matrix *m = rcs_pool_get(pool, sizeof(*m));
	struct rcs_matrix_kind *kinds =
		rcs_pool_get(pool, (report->runs + 1) * sizeof(*kinds));
	struct rcs_matrix_row *rows = rcs_pool_get(pool, ROWS * sizeof(*rows));

	m->kinds = report->runs;
	m->kind = kinds;
	m->row = rows;
	m->end = RCS_RUN_SKIPPED;
	for (size_t r = 0; r < report->runs; r++) {
		const struct rcs_record_run *run = report->run[r];

		kinds[r] = (struct rcs_matrix_kind){run->machine, 1, 1};
		m->end = run->end < m->end ? run->end : m->end;
		m->interrupted |= run->interrupted;
		for (size_t c = 0; c < run->cells; c++) {
			struct rcs_matrix_row *row =
				row_of(m, rows, pool, run->cell[c].barrier);

			add((struct rcs_matrix_entry *)&row->entry[r], run,
			    &run->cell[c]);
			add_test(row, pool, m->kinds, r, run, &run->cell[c]);
		}
	}
	return m;
}

char *rcs_sample_written(const struct rcs_format *format,
			 const struct rcs_report *report)
{
	struct rcs_document document = {.report = report,
					.matrix = rcs_sample_matrix(report)};
	struct rcs_error e;
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	int failed;

	assert(out != NULL);
	failed = format->write(&document, out, &e);
	(void)fclose(out);
	assert(failed == 0);
	(void)failed;
	return text;
}
