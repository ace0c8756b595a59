/* SPDX-License-Identifier: BSD-2-Clause */
/* `rcustress bench --rcu`: RCU flavours side by side. */
#ifndef RCS_CLI_BENCH_RCU_H
#define RCS_CLI_BENCH_RCU_H

#include <argp.h>
#include <stdbool.h>

#include "cli/flavour_list.h"
#include "cli/measure_options.h"
#include "stress/rcu_bench.h"

#define RCS_BENCH_RCU_KINDS (RCS_RCU_BENCH_CALLBACKS + 1)

struct rcs_bench_rcu {
	bool asked;
	bool kind[RCS_BENCH_RCU_KINDS];	  /* none said: all */
	struct rcs_flavour_list flavours; /* none said: all */
	/* What measure_options does not tell: */
	bool threads_said, barriers_said;
};

/* Its input is a struct rcs_bench_rcu, all zero to begin with. */
extern const struct argp rcs_bench_rcu_argp;

/* Notes what was said of threads and barriers, before `how` is settled. */
void rcs_bench_rcu_settle(struct rcs_bench_rcu *b,
			  const struct rcs_measure_options *how);

/* Measures and reports. 0, or -1 and *e. */
int rcs_bench_rcu(const struct rcs_bench_rcu *b, const struct rcs_measure_options *how,
		  struct rcs_error *e);

#endif
