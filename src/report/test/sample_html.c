/* SPDX-License-Identifier: BSD-2-Clause */
/* Documents that are made up: see sample_html.h. */
#include "sample_html.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS 400

const char sample_hostile[] =
	"<script>alert(1)</script>&amp;\"'>"
	"\001\002\003\004\005\006\007\010\011\012\013\014\015\016\017\020\021\022\023"
	"\024\025\026\027\030\031\032\033\034\035\036\037\177\302\205\377\300\257\355"
	"\240\200\342\200\256\342\200\250\360\237\230\200\303";

static uint32_t seed = 1;

/* Below a limit; the same in each run of the program. */
static uint64_t chance(uint64_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

static void *get(struct sample *s, size_t size)
{
	void *memory = rcs_pool_get(s->pool, size);

	if (memory == NULL)
		abort();
	return memory;
}

static struct rcs_quantiles spread(uint64_t median, double width)
{
	struct rcs_quantiles q = {.samples = 4000};
	static const double away[RCS_QUANTILES] = {-2.2, -1.6, -1.2, -0.9, -0.5, 0,
						   0.6,	 1.4,  2.0,  3.5,  7.0};

	for (int i = 0; i < RCS_QUANTILES; i++)
		q.at_ns[i] = (uint64_t)((double)median * exp(away[i] * width));
	q.p50_ns = q.at_ns[5];
	q.p99_ns = q.at_ns[9];
	return q;
}

static struct rcs_machine *machine(struct sample *s, size_t kind)
{
	struct rcs_machine *m = get(s, sizeof(*m));

	*m = (struct rcs_machine){
		.arch = "x86_64",
		.cpu = "AMD EPYC 9B14 96-Core Processor",
		.virtual = true,
		.build = "#1 SMP PREEMPT_DYNAMIC Debian 6.18.44-1 (2026-11-02)",
		.command_line = "BOOT_IMAGE=/vmlinuz-6.18.44 root=/dev/vda1 ro quiet",
		.microcode = "0xa10113e",
		.hypervisor = "KVM",
		.container = "docker",
		.cpus_online = "0-7",
		.cpus_allowed = "0-1",
		.cpu_quota = 2.0,
		.seccomp = 2,
		.memory_bytes = 16ull << 30,
		.mitigation_count = 3,
		.mitigation = {{"meltdown", "Not affected"},
			       {"retbleed", "Mitigation: untrained return thunk"},
			       {"spectre_v2",
				"Mitigation: Retpolines; IBPB: conditional; "
				"STIBP: always-on"}},
	};
	(void)snprintf(m->kernel, sizeof(m->kernel), "Linux 6.18.%zu", 44 + kind);
	(void)snprintf(m->name, sizeof(m->name), "ci-%zu", kind);
	if (kind % 3 == 1)
		(void)snprintf(m->arch, sizeof(m->arch), "aarch64");
	if (kind % 3 == 1)
		(void)snprintf(m->cpu, sizeof(m->cpu), "Neoverse-N1");
	if (kind % 3 == 2) {
		m->emulated = true;
		(void)snprintf(m->emulator, sizeof(m->emulator), "qemu-riscv64");
		(void)snprintf(m->arch, sizeof(m->arch), "riscv64");
		(void)snprintf(m->cpu, sizeof(m->cpu), "unknown CPU");
	}
	return m;
}

/* What a cell is made of. */
struct recipe {
	const char *barrier, *test;
	enum rcs_verdict verdict;
	uint64_t exposed_ns;
	bool self_test;
};

static const struct recipe recipes[] = {
	{"mprotect", "SB+barrier+memb", RCS_HOLDS, 22500, false},
	{"mprotect", "HP+barrier+memb", RCS_HOLDS, 22500, false},
	{"mprotect", "SB+barriers+memb", RCS_ALLOWED, 22500, false},
	{"membarrier", "SB+barrier+memb", RCS_HOLDS, 3100, false},
	{"membarrier", "HP+barrier+memb", RCS_HOLDS, 3100, false},
	{"membarrier", "rcu asym", RCS_HOLDS, 3100, false},
	{"mprotect-untouched", "SB+barrier+memb", RCS_BROKEN, 1700, false},
	{"mprotect-untouched", "HP+barrier+memb", RCS_INCONCLUSIVE, 1700, false},
	{"mprotect-untouched", "rcu asym", RCS_BROKEN, 1700, false},
	{"membarrier-global", "SB+barrier+memb", RCS_INCONCLUSIVE, 9200000, false},
	{"membarrier-rseq", "SB+barrier+memb", RCS_SKIPPED, 0, false},
	{"signal", "SB+barrier+memb", RCS_HOLDS, 41000, false},
	{"none", "SB+barrier+memb", RCS_BROKEN, 25, true},
	{"delay:3000", "SB+barrier+memb", RCS_BROKEN, 3000, true},
	{"-", "HP+mbs", RCS_HOLDS, 0, false},
};

#define CELLS	29
#define RECIPES (sizeof(recipes) / sizeof(recipes[0]))

static void make_arms(struct rcs_result *r, const struct recipe *recipe)
{
	uint64_t exposed = 13000 + chance(9000);

	if (recipe->verdict == RCS_SKIPPED)
		return;
	r->subject = (struct rcs_arm_total){ROUNDS / 2, 0, exposed + 210,
					    exposed,	0, 3100000000};
	r->control[0] =
		(struct rcs_arm_total){ROUNDS / 2, 58, 9810, 9700, 1657, 2900000000};
	if (recipe->verdict == RCS_INCONCLUSIVE)
		r->control[0].hits = r->control[0].hit_rounds = 2;
	if (recipe->verdict == RCS_BROKEN || recipe->verdict == RCS_ALLOWED) {
		r->subject.hits = 276;
		r->subject.hit_rounds = 1;
	}
	if (recipe->verdict == RCS_BROKEN)
		memset(&r->control, 0, sizeof(r->control));
	r->reference = (struct rcs_arm_total){12, 0, 600, 590, 0, 90000000};
	r->subject_by_pair[RCS_PAIR_CACHE] =
		(struct rcs_pair_total){exposed, r->subject.hits};
	r->control_by_pair[RCS_PAIR_CACHE] =
		(struct rcs_pair_total){r->control[0].exposed, r->control[0].hits};
}

static void make_more(struct rcs_result *r, const struct recipe *recipe)
{
	static const char *const labels[] = {
		"0:r0=x; 0:r1=x; 0:r2=1;", "0:r0=x; 0:r1=x; 0:r2=0;",
		"0:r0=y; 0:r1=y; 0:r2=0;", "0:r0=x; 0:r1=y; 0:r2=0;"};
	static const uint64_t counts[][2] = {
		{0, 872}, {51511, 70663}, {58533, 62656}, {24366, 13}};

	if (recipe->exposed_ns > 0) {
		r->alone = spread(recipe->exposed_ns / 8 + 20, 0.12);
		r->exposed = spread(recipe->exposed_ns, 0.3);
		r->amplified = spread(recipe->exposed_ns * 2, 0.4);
		r->mechanism =
			(struct rcs_mechanism){true, "CAL, TLB", 2.06, 1.02, 1, true};
	}
	if (strncmp(recipe->test, "HP", 2) == 0) {
		r->state_count = 4;
		for (int i = 0; i < 4; i++) {
			struct rcs_state_total *state = &r->state[i];

			(void)snprintf(state->label, sizeof(state->label), "%s",
				       labels[i]);
			state->target = i == 0;
			state->subject = counts[i][0];
			state->control = counts[i][1];
		}
	}
	if (strncmp(recipe->test, "rcu", 3) == 0)
		r->torture = (struct rcs_torture_result){
			.flavour = "asym",
			.sections = 736441,
			.periods = {410, 210, 180, 166, 1645},
			.queued = 1645,
			.invoked = 1645,
			.longest_ns = 14300000,
			.pipe = {651211, 80112, recipe->verdict == RCS_BROKEN ? 48 : 0},
			.violations = {{recipe->verdict == RCS_BROKEN ? 48 : 0}, {912}},
		};
	r->note_count = 1;
	(void)snprintf(r->note[0], sizeof(r->note[0]), "amplifier chosen in 41 ms");
}

static void make_rounds(struct sample *s, struct rcs_record_detail *d,
			const struct rcs_result *r)
{
	struct rcs_round_entry *e;

	if (r->subject.rounds == 0)
		return;
	e = get(s, ROUNDS * sizeof(*e));
	for (size_t i = 0; i < ROUNDS; i++) {
		bool subject = i % 2 == 0;

		e[i] = (struct rcs_round_entry){
			.arm = subject ? RCS_ROUND_SUBJECT : RCS_ROUND_DELAY,
			.marks = RCS_ROUND_COMPLETE,
			.block = (uint32_t)(i / 2 + 1),
			.calls = 70,
			.exposed = 60 + chance(10),
			.hits = subject || r->control[0].rounds == 0 ? 0
				: chance(3) == 0		     ? chance(40)
								     : 0,
			.time_ns = 15000000,
		};
	}
	e[ROUNDS - 2].hits = r->subject.hits > 0 ? 50 : 0;
	d->rounds = ROUNDS;
	d->round = e;
	d->rounds_left_out = 12;
}

static const struct rcs_record_detail *
make_detail(struct sample *s, const struct recipe *recipe, struct rcs_record_cell *c)
{
	struct rcs_record_detail *d = get(s, sizeof(*d));
	struct rcs_result *r = get(s, sizeof(*r));
	static const enum rcs_pair pair[] = {RCS_PAIR_CACHE, RCS_PAIR_SIBLINGS};

	r->filled = true;
	r->verdict = recipe->verdict;
	make_arms(r, recipe);
	make_more(r, recipe);
	d->writers = 1;
	d->readers = 31;
	d->groups = 1;
	d->placements = 2;
	d->pair = pair;
	d->prospect = (struct rcs_prospect){
		.model = RCS_MODEL_TSO,
		.ideal = RCS_OUTLOOK_FORBIDDEN,
		.none = RCS_OUTLOOK_ALLOWED,
		.local = RCS_OUTLOOK_ALLOWED,
		.stripped = RCS_OUTLOOK_ALLOWED,
	};
	d->limit_ns = 30000000000;
	d->result = r;
	make_rounds(s, d, r);
	c->subject = r->subject;
	c->control = r->control[0];
	c->reference = r->reference;
	c->heavy_p50_ns = r->exposed.p50_ns;
	c->heavy_p99_ns = r->exposed.p99_ns;
	c->interrupts = r->mechanism.readable ? r->mechanism.per_exposed : -1.0;
	return d;
}

static const char *reason_of(enum rcs_verdict verdict)
{
	switch (verdict) {
	case RCS_BROKEN:
		return "a reader and the writer both missed the other's store";
	case RCS_INCONCLUSIVE:
		return "the control was hit in 2 of 200 rounds: this barrier is slower "
		       "than what stores can be held back here (horizon 63 us)";
	case RCS_SKIPPED:
		return "membarrier(2) has no RSEQ on this kernel";
	default:
		return "";
	}
}

static void make_cell(struct sample *s, const struct recipe *recipe, size_t n,
		      struct rcs_record_cell *c)
{
	bool repeated = n >= RECIPES;
	char *test = get(s, 64);

	(void)snprintf(test, 64, "%s%s", recipe->test, repeated ? "+again" : "");
	*c = (struct rcs_record_cell){
		.barrier = recipe->barrier,
		.test = test,
		.rcu = strncmp(test, "rcu", 3) == 0 ? "asym" : "",
		.runner = recipe->verdict == RCS_SKIPPED ? "" : "perpetual",
		.verdict = recipe->verdict,
		.standing = {.self_test = recipe->self_test},
		.judged = recipe->verdict != RCS_ALLOWED,
		.has_heavy = strcmp(recipe->barrier, "-") != 0,
		.reason = reason_of(recipe->verdict),
		.proviso = "",
		.witness = "",
		.evidence = recipe->verdict == RCS_HOLDS ? 20 : 2,
		.needed = 20,
		.blocks = 23,
		.p_missed = recipe->verdict == RCS_HOLDS ? 0x1p-20 : 0.25,
		.sensitivity = recipe->verdict == RCS_HOLDS ? 67 : 0,
		.amplifier = recipe->verdict == RCS_SKIPPED ? "" : "stream-split",
		.depth = 4,
		.elapsed_ns = 2100000000,
	};
	if (recipe->verdict == RCS_BROKEN)
		c->witness =
			"round 1, 26.6 us after the first round began, on cores of one "
			"cache\n  writer 0 on CPU 1: stored Y = 1; heavy call of 2.8 "
			"us; "
			"then loaded X = 1, missing X = 2\n  reader 0 on CPU 0: stored "
			"X = 2; light side; then loaded Y = 0, missing Y = 1\n";
	c->detail = make_detail(s, recipe, c);
}

static struct rcs_record_run *make_run(struct sample *s, size_t kind, size_t number)
{
	static const struct rcs_record_option options[] = {
		{"time", "30s"}, {"p-missed", "1e-06"}, {"amplifier", "auto"}};
	struct rcs_record_run *run = get(s, sizeof(*run));
	struct rcs_record_cell *cell = get(s, CELLS * sizeof(*cell));
	char *file = get(s, 32);

	for (size_t i = 0; i < CELLS; i++)
		make_cell(s, &recipes[i % RECIPES], i, &cell[i]);
	(void)snprintf(file, 32, "run-%zu.json", number);
	*run = (struct rcs_record_run){
		.file = file,
		.version = "0.1.0",
		.begun = "2026-11-23T11:31:32Z",
		.elapsed_ns = 61300000000,
		.command = "rcustress --barrier all --output html=report.html",
		.machine = machine(s, kind),
		.topology = "hwloc",
		.cpus = "0-1",
		.writers = 1,
		.readers = 31,
		.seed = 4048546332,
		.options = 3,
		.option = options,
		.cells = CELLS,
		.cell = cell,
		.end = RCS_RUN_BROKEN,
		.exit_status = 1,
		.holding = {12, 12 * 0x1p-20},
	};
	return run;
}

static void add_horizon(struct sample *s)
{
	struct rcs_record_horizon *h = get(s, sizeof(*h));
	struct rcs_record_cost *cost = get(s, 6 * sizeof(*cost));

	for (size_t i = 0; i < 6; i++) {
		const struct recipe *r = &recipes[(size_t[]){0, 3, 6, 9, 11, 12}[i]];

		cost[i] = (struct rcs_record_cost){
			r->barrier,
			spread(r->exposed_ns / 8 + 20, 0.1),
			spread(r->exposed_ns, 0.3),
			{r->exposed_ns < 63000, r->exposed_ns < 500000}};
	}
	h->file = "horizon.json";
	h->version = "0.1.0";
	h->begun = "2026-11-23T11:40:02Z";
	h->machine = machine(s, 0);
	h->pair = "cores of one cache";
	for (int i = 0; i < 25; i++) {
		double ns = pow(10.0, 1.0 + i / 5.0);
		double hit = 1.0 / (1.0 + pow(ns / 63000.0, 3.0));
		struct rcs_horizon_point *p = &h->curve.point[h->curve.count++];

		*p = (struct rcs_horizon_point){
			.delay_ns = (uint64_t)ns,
			.rounds = 20,
			.hit_rounds = (uint64_t)(20.0 * hit + 0.5),
			.hits = (uint64_t)(100000.0 * hit * 100.0 / (ns + 100.0)),
			.exposed = 100000,
			.time_ns = 1000000000,
			.amplifier = "stream-split",
			.depth = 8,
		};
	}
	h->costs = 6;
	h->cost = cost;
	if (rcs_report_add_horizon(&s->report, h) != 0)
		abort();
}

static void begin(struct sample *s)
{
	*s = (struct sample){.pool = rcs_pool_create()};
	if (s->pool == NULL)
		abort();
	s->report.pool = s->pool;
	s->document.report = &s->report;
	seed = 1;
}

void sample_one(struct sample *s)
{
	struct rcs_record_run *run;

	begin(s);
	run = make_run(s, 0, 1);
	run->file = "";
	if (rcs_report_add_run(&s->report, run) != 0)
		abort();
	add_horizon(s);
	s->document.matrix = sample_matrix(&s->report);
}

/* Names of users' files may be anything. */
static void make_hostile(struct rcs_record_run *run)
{
	struct rcs_record_cell *cell = (struct rcs_record_cell *)run->cell;

	run->file = sample_hostile;
	run->command = sample_hostile;
	run->begun = sample_hostile;
	cell[0].test = sample_hostile;
	cell[1].reason = sample_hostile;
	cell[6].witness = sample_hostile;
	cell[7].barrier = sample_hostile;
	cell[8].standing.expected = RCS_VERDICT_BIT(RCS_HOLDS);
}

static void add_changes(struct sample *s)
{
	struct rcs_matrix_changes *changes = get(s, sizeof(*changes));
	struct rcs_matrix_change *change = get(s, 2 * sizeof(*change));
	const struct rcs_matrix *m = s->document.matrix;

	change[0] = (struct rcs_matrix_change){
		m->row[2].barrier,	     m->row[2].test[0].name,	  &m->kind[0],
		&m->row[0].test[0].entry[0], &m->row[2].test[0].entry[0], true};
	change[1] = (struct rcs_matrix_change){sample_hostile,
					       sample_hostile,
					       &m->kind[0],
					       NULL,
					       &m->row[1].test[0].entry[0],
					       false};
	*changes = (struct rcs_matrix_changes){2, change, 1, 26};
	s->document.changes = changes;
}

void sample_many(struct sample *s, size_t runs, size_t kinds, bool detailed)
{
	begin(s);
	for (size_t i = 0; i < runs; i++) {
		/* Merged reports have no details, and share what is equal. */
		struct rcs_record_run *run = get(s, sizeof(*run));
		static struct rcs_record_run *made;

		if (detailed || i == 0)
			made = make_run(s, 0, i + 1);
		*run = *made;
		run->machine = machine(s, i % kinds);
		for (size_t c = 0; !detailed && i == 0 && c < run->cells; c++)
			((struct rcs_record_cell *)run->cell)[c].detail = NULL;
		if (i == 0)
			make_hostile(run);
		if (rcs_report_add_run(&s->report, run) != 0 ||
		    rcs_report_refuse(&s->report, sample_hostile, "no JSON") != 0)
			abort();
	}
	s->document.matrix = sample_matrix(&s->report);
	add_changes(s);
}

void sample_free(struct sample *s)
{
	rcs_report_release(&s->report);
	rcs_pool_destroy(s->pool);
}
