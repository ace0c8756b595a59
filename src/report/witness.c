/* SPDX-License-Identifier: BSD-2-Clause */
/* Witnesses for people: see witness.h. */
#include "report/witness.h"

#include <inttypes.h>

#include "report/torture.h"

void rcs_report_duration(FILE *out, uint64_t ns)
{
	if (ns < 1000)
		(void)fprintf(out, "%" PRIu64 " ns", ns);
	else if (ns < 1000000)
		(void)fprintf(out, "%.1f us", (double)ns / 1e3);
	else
		(void)fprintf(out, "%.1f ms", (double)ns / 1e6);
}

static void print_cpu(FILE *out, int cpu)
{
	if (cpu >= 0)
		(void)fprintf(out, "on CPU %d", cpu);
	else
		(void)fprintf(out, "not bound to a CPU");
}

/* The final state, and who was where. */
static void print_final_state(FILE *out, const struct rcs_witness *w)
{
	(void)fprintf(out, "  witness: round %" PRIu64 ", instance %" PRIu64 ", ",
		      w->round, w->call);
	rcs_report_duration(out, w->after_ns);
	(void)fprintf(out, " after the first round began: %s\n    %s", w->state,
		      w->seats);
	if (w->heavy_ns > 0) {
		(void)fprintf(out, "; heavy call of ");
		rcs_report_duration(out, w->heavy_ns);
	}
	(void)fputc('\n', out);
}

void rcs_report_witness(FILE *out, const struct rcs_witness *w)
{
	if (w->story[0] != '\0') {
		rcs_report_torture_witness(out, w);
		return;
	}
	if (w->state[0] != '\0') {
		print_final_state(out, w);
		return;
	}
	(void)fprintf(out, "  witness: round %" PRIu64 ", ", w->round);
	rcs_report_duration(out, w->after_ns);
	(void)fprintf(out, " after the first round began, on %s\n    writer %d ",
		      rcs_pair_name(w->pair), w->writer);
	print_cpu(out, w->writer_cpu);
	(void)fprintf(out, ": stored Y = %" PRIu64 "; heavy call of ", w->call);
	rcs_report_duration(out, w->heavy_ns);
	(void)fprintf(out, "; then loaded X = %" PRIu64 ", missing X = %" PRIu64 "\n",
		      w->writer_saw, w->iteration);
	(void)fprintf(out, "    reader %d ", w->reader);
	print_cpu(out, w->reader_cpu);
	(void)fprintf(out,
		      ": stored X = %" PRIu64 "; light side; then loaded Y = %" PRIu64
		      ", missing Y = %" PRIu64 "\n",
		      w->iteration, w->reader_saw, w->call);
}
