/* SPDX-License-Identifier: BSD-2-Clause */
/* What documents hold: see tables.h. */
#include "report/json/tables.h"

#include "report/record.h"

/* A row for a member that is called as it is in C, and for one that is not. */
#define AS(word, sort, type, member, ...)                                              \
	{                                                                              \
		.name = (word), .kind = RCS_JSON_##sort,                               \
		.offset = offsetof(type, member), __VA_ARGS__                          \
	}
#define IS(sort, type, member, ...) AS(#member, sort, type, member, __VA_ARGS__)
#define TEXT(type, member)                                                             \
	IS(TEXT, type, member, .size = sizeof(((type *)NULL)->member))
#define NAMES(array)		 .count = sizeof(array) / sizeof((array)[0]), .names = (array)
#define SUB(type, member, table) IS(OBJECT, type, member, .fields = (table))
#define END                                                                            \
	{                                                                              \
		.name = NULL                                                           \
	}

typedef struct rcs_machine machine;
typedef struct rcs_mitigation mitigation;
typedef struct rcs_record_run run;
typedef struct rcs_record_cell cell;
typedef struct rcs_record_detail detail;
typedef struct rcs_standing standing;
typedef struct rcs_arm_total arm_total;
typedef struct rcs_pair_total pair_total;
typedef struct rcs_quantiles quantiles;
typedef struct rcs_mechanism mechanism;
typedef struct rcs_witness witness;
typedef struct rcs_state_total state_total;
typedef struct rcs_prospect prospect;
typedef struct rcs_torture_result torture;
typedef struct rcs_result result;
typedef struct rcs_record_horizon horizon;
typedef struct rcs_horizon_point point;
typedef struct rcs_record_cost cost;

static const char *const verdicts[] = {
	[RCS_INCONCLUSIVE] = "INCONCLUSIVE",
	[RCS_HOLDS] = "HOLDS",
	[RCS_BROKEN] = "BROKEN",
	[RCS_SKIPPED] = "SKIPPED",
	[RCS_ALLOWED] = "ALLOWED",
	[RCS_FAULT] = "FAULT",
};

static const char *const twins[] = {
	[RCS_TWIN_DELAY] = "delay",
	[RCS_TWIN_ABSENT] = "absent",
};

static const char *const ends[] = {
	[RCS_RUN_FAULT] = "FAULT",	     [RCS_RUN_BROKEN] = "BROKEN",
	[RCS_RUN_UNEXPECTED] = "UNEXPECTED", [RCS_RUN_INCONCLUSIVE] = "INCONCLUSIVE",
	[RCS_RUN_HOLDS] = "HOLDS",	     [RCS_RUN_AS_EXPECTED] = "AS EXPECTED",
	[RCS_RUN_ALLOWED] = "ALLOWED",	     [RCS_RUN_SKIPPED] = "SKIPPED",
};

static const char *const errors[] = {
	[RCS_ERROR_NONE] = "none",
	[RCS_ERROR_USAGE] = "usage",
	[RCS_ERROR_UNSUPPORTED] = "unsupported",
	[RCS_ERROR_RESOURCE] = "resource",
	[RCS_ERROR_FAULT] = "fault",
};

static const char *const outlooks[] = {
	[RCS_OUTLOOK_UNKNOWN] = "unknown",
	[RCS_OUTLOOK_FORBIDDEN] = "forbidden",
	[RCS_OUTLOOK_ALLOWED] = "allowed",
};

const char *const rcs_json_pair_names[] = {
	[RCS_PAIR_UNBOUND] = "unbound",	  [RCS_PAIR_SAME] = "same",
	[RCS_PAIR_SIBLINGS] = "siblings", [RCS_PAIR_CACHE] = "cache",
	[RCS_PAIR_PACKAGE] = "package",	  [RCS_PAIR_REMOTE] = "remote",
	[RCS_PAIR_OTHER] = "other",
};

static const char *const checks[] = {
	[RCS_TORTURE_STAMP] = "stamp",	       [RCS_TORTURE_EARLY] = "early",
	[RCS_TORTURE_PIPE] = "pipe",	       [RCS_TORTURE_SEQUENCE] = "sequence",
	[RCS_TORTURE_CANARY] = "canary",       [RCS_TORTURE_CHECKSUM] = "checksum",
	[RCS_TORTURE_PROTECTED] = "protected", [RCS_TORTURE_ORDER] = "order",
	[RCS_TORTURE_TWICE] = "twice",	       [RCS_TORTURE_NEVER] = "never",
	[RCS_TORTURE_BARRIER] = "barrier",     [RCS_TORTURE_POLL] = "poll",
	[RCS_TORTURE_CHILD] = "child",	       [RCS_TORTURE_STUCK] = "stuck",
};

static const char *const ways[] = {
	[RCS_TORTURE_SYNCHRONIZE] = "synchronize",
	[RCS_TORTURE_EXPEDITED] = "expedited",
	[RCS_TORTURE_POLLED] = "polled",
	[RCS_TORTURE_COND] = "conditional",
	[RCS_TORTURE_CALLED] = "called",
};

const char rcs_json_arm_letters[RCS_ROUND_ARMS + 1] = {
	[RCS_ROUND_SUBJECT] = 's',
	[RCS_ROUND_DELAY] = 'd',
	[RCS_ROUND_ABSENT] = 'a',
	[RCS_ROUND_REFERENCE] = 'r',
};

static const struct rcs_json_field mitigations[] = {
	TEXT(mitigation, name),
	TEXT(mitigation, state),
	END,
};

const struct rcs_json_field rcs_json_machine[] = {
	TEXT(machine, name),
	TEXT(machine, arch),
	TEXT(machine, kernel),
	TEXT(machine, build),
	TEXT(machine, command_line),
	TEXT(machine, cpu),
	TEXT(machine, microcode),
	IS(BOOL, machine, virtual),
	TEXT(machine, hypervisor),
	IS(BOOL, machine, emulated),
	TEXT(machine, emulator),
	TEXT(machine, container),
	TEXT(machine, cpus_online),
	TEXT(machine, cpus_allowed),
	IS(REAL, machine, cpu_quota),
	IS(INT, machine, seccomp),
	IS(U64, machine, memory_bytes),
	IS(BOOL, machine, broadcasts_tlb),
	AS("mitigations", LIST, machine, mitigation, .size = sizeof(mitigation),
	   .count = RCS_MITIGATIONS_MAX, .fields = mitigations,
	   .counter = offsetof(machine, mitigation_count)),
	END,
};

const struct rcs_json_field rcs_json_run[] = {
	IS(STRING, run, version),
	IS(STRING, run, begun),
	IS(U64, run, elapsed_ns),
	IS(STRING, run, command),
	IS(STRING, run, topology),
	IS(STRING, run, cpus),
	IS(INT, run, writers),
	IS(INT, run, readers),
	IS(DIGITS, run, seed),
	IS(ENUM, run, end, NAMES(ends)),
	IS(BOOL, run, interrupted),
	IS(INT, run, exit_status),
	AS("p_any_missed", REAL, run, holding.p_any_missed),
	END,
};

static const struct rcs_json_field standings[] = {
	IS(BOOL, standing, self_test),
	IS(BOOL, standing, unclaimed),
	IS(SET, standing, expected, NAMES(verdicts)),
	END,
};

static const struct rcs_json_field arm_totals[] = {
	IS(U64, arm_total, rounds),
	IS(U64, arm_total, hit_rounds),
	IS(U64, arm_total, calls),
	IS(U64, arm_total, exposed),
	IS(U64, arm_total, hits),
	IS(U64, arm_total, time_ns),
	END,
};

const struct rcs_json_field rcs_json_cell[] = {
	IS(STRING, cell, barrier),
	IS(STRING, cell, test),
	IS(STRING, cell, rcu),
	IS(STRING, cell, runner),
	IS(ENUM, cell, verdict, NAMES(verdicts)),
	SUB(cell, standing, standings),
	IS(BOOL, cell, judged),
	IS(BOOL, cell, has_heavy),
	IS(BOOL, cell, own_barrier),
	IS(BOOL, cell, interrupted),
	IS(STRING, cell, reason),
	IS(STRING, cell, proviso),
	IS(STRING, cell, witness),
	IS(ENUM, cell, twin, NAMES(twins)),
	SUB(cell, subject, arm_totals),
	SUB(cell, control, arm_totals),
	SUB(cell, reference, arm_totals),
	IS(U64, cell, evidence),
	IS(U64, cell, needed),
	IS(U64, cell, blocks),
	IS(REAL, cell, p_missed),
	IS(REAL, cell, sensitivity),
	IS(STRING, cell, amplifier),
	IS(U32, cell, depth),
	IS(U64, cell, heavy_p50_ns),
	IS(U64, cell, heavy_p99_ns),
	IS(RATE, cell, interrupts),
	IS(U64, cell, elapsed_ns),
	END,
};

static const struct rcs_json_field prospects[] = {
	IS(NAME, prospect, model, .count = RCS_MODELS, .names = rcs_model_names),
	IS(ENUM, prospect, ideal, NAMES(outlooks)),
	IS(ENUM, prospect, none, NAMES(outlooks)),
	IS(ENUM, prospect, local, NAMES(outlooks)),
	IS(ENUM, prospect, stripped, NAMES(outlooks)),
	IS(BOOL, prospect, ideal_stated),
	IS(BOOL, prospect, stripped_stated),
	IS(BOOL, prospect, contradicts),
	END,
};

const struct rcs_json_field rcs_json_detail[] = {
	IS(INT, detail, writers),
	IS(INT, detail, readers),
	IS(INT, detail, groups),
	IS(INT, detail, antagonists),
	SUB(detail, prospect, prospects),
	IS(U64, detail, limit_ns),
	IS(REAL, detail, p_target),
	IS(REAL, detail, sensitivity_wanted),
	END,
};

static const struct rcs_json_field pair_totals[] = {
	IS(U64, pair_total, exposed),
	IS(U64, pair_total, hits),
	END,
};

static const struct rcs_json_field quantile_rows[] = {
	IS(U32, quantiles, samples),
	IS(U64, quantiles, p50_ns),
	IS(U64, quantiles, p99_ns),
	IS(U64S, quantiles, at_ns, .count = RCS_QUANTILES),
	END,
};

static const struct rcs_json_field mechanisms[] = {
	IS(BOOL, mechanism, readable),
	TEXT(mechanism, rows),
	IS(REAL, mechanism, per_exposed),
	IS(REAL, mechanism, least),
	IS(INT, mechanism, least_cpu),
	IS(BOOL, mechanism, throughout),
	END,
};

static const struct rcs_json_field witnesses[] = {
	IS(BOOL, witness, present),
	IS(U64, witness, round),
	IS(INT, witness, writer),
	IS(INT, witness, writer_cpu),
	IS(INT, witness, reader),
	IS(INT, witness, reader_cpu),
	AS("pair", ENUM, witness, pair, .count = RCS_PAIRS,
	   .names = rcs_json_pair_names),
	IS(U64, witness, call),
	IS(U64, witness, writer_saw),
	IS(U64, witness, iteration),
	IS(U64, witness, reader_saw),
	IS(U64, witness, heavy_ns),
	IS(U64, witness, after_ns),
	TEXT(witness, state),
	TEXT(witness, seats),
	TEXT(witness, story),
	END,
};

static const struct rcs_json_field states[] = {
	TEXT(state_total, label),
	IS(BOOL, state_total, target),
	IS(U64, state_total, subject),
	IS(U64, state_total, control),
	END,
};

#define VIOLATIONS(word, arm) AS(word, COUNTS, torture, violations[arm], NAMES(checks))

const struct rcs_json_field rcs_json_torture[] = {
	TEXT(torture, flavour),
	IS(U64, torture, sections),
	IS(COUNTS, torture, periods, NAMES(ways)),
	IS(U64, torture, queued),
	IS(U64, torture, invoked),
	IS(U64, torture, longest_ns),
	IS(U64S, torture, pipe, .count = RCS_TORTURE_PIPE_MAX + 1),
	VIOLATIONS("violations", RCS_TORTURE_SUBJECT),
	VIOLATIONS("control_violations", RCS_TORTURE_CONTROL),
	VIOLATIONS("reference_violations", RCS_TORTURE_REFERENCE),
	END,
};

typedef char note[200];

static const struct rcs_json_field notes[] = {
	{.name = "text", .kind = RCS_JSON_TEXT, .size = sizeof(note)},
	END,
};

#define PAIR(arm, word, pair)                                                          \
	AS(word, OBJECT, result, arm##_by_pair[pair], .fields = pair_totals)
#define PAIRS(arm)                                                                     \
	PAIR(arm, #arm "_unbound", RCS_PAIR_UNBOUND),                                  \
		PAIR(arm, #arm "_same", RCS_PAIR_SAME),                                \
		PAIR(arm, #arm "_siblings", RCS_PAIR_SIBLINGS),                        \
		PAIR(arm, #arm "_cache", RCS_PAIR_CACHE),                              \
		PAIR(arm, #arm "_package", RCS_PAIR_PACKAGE),                          \
		PAIR(arm, #arm "_remote", RCS_PAIR_REMOTE),                            \
		PAIR(arm, #arm "_other", RCS_PAIR_OTHER)

static const struct rcs_json_field by_pair[] = {PAIRS(subject), PAIRS(control), END};

const struct rcs_json_field rcs_json_result[] = {
	IS(ENUM, result, error, NAMES(errors)),
	IS(BOOL, result, cpu_lost),
	IS(INT, result, lost_cpu),
	AS("control_delay", OBJECT, result, control[RCS_TWIN_DELAY],
	   .fields = arm_totals),
	AS("control_absent", OBJECT, result, control[RCS_TWIN_ABSENT],
	   .fields = arm_totals),
	{.name = "by_pair", .kind = RCS_JSON_OBJECT, .fields = by_pair},
	IS(U32, result, layout),
	SUB(result, alone, quantile_rows),
	SUB(result, exposed, quantile_rows),
	SUB(result, amplified, quantile_rows),
	SUB(result, mechanism, mechanisms),
	IS(U64, result, reach_ns),
	AS("seen", OBJECT, result, witness, .fields = witnesses),
	AS("states", LIST, result, state, .size = sizeof(state_total),
	   .count = RCS_STATE_TOTALS_MAX, .fields = states,
	   .counter = offsetof(result, state_count)),
	IS(U32, result, states_left_out),
	AS("notes", LIST, result, note, .size = sizeof(note), .count = RCS_NOTES_MAX,
	   .fields = notes, .counter = offsetof(result, note_count)),
	END,
};

const struct rcs_json_field rcs_json_horizon[] = {
	IS(STRING, horizon, version),
	IS(STRING, horizon, begun),
	IS(STRING, horizon, pair),
	END,
};

const struct rcs_json_field rcs_json_horizon_point[] = {
	IS(U64, point, delay_ns), IS(U64, point, rounds),  IS(U64, point, hit_rounds),
	IS(U64, point, hits),	  IS(U64, point, exposed), IS(U64, point, time_ns),
	TEXT(point, amplifier),	  IS(U32, point, depth),   END,
};

const struct rcs_json_field rcs_json_cost[] = {
	IS(STRING, cost, barrier),
	SUB(cost, alone, quantile_rows),
	SUB(cost, exposed, quantile_rows),
	AS("delay_twin", BOOL, cost, twins.delay),
	AS("absent_twin", BOOL, cost, twins.absent),
	END,
};
