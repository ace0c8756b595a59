/* SPDX-License-Identifier: BSD-2-Clause */
/* A run kept for its reports: see run_record.h. */
#include "cli/run_record.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/run_settings.h"
#include "host/topology.h"

static int no_memory(struct rcs_error *e)
{
	return rcs_fail(e, RCS_ERROR_RESOURCE, "no memory for a report");
}

int rcs_run_record_begin(struct rcs_run_record *r, const struct rcs_run_options *o,
			 const char *command, const struct rcs_machine *machine,
			 size_t cells, struct rcs_error *e)
{
	struct rcs_pool *pool;
	char cpus[128];

	*r = (struct rcs_run_record){.wanted = rcs_outputs_documents(&o->output)};
	if (!r->wanted)
		return 0;
	pool = r->report.pool = rcs_pool_create();
	r->cell = calloc(cells + 1, sizeof(*r->cell));
	r->room = cells;
	if (pool == NULL || r->cell == NULL)
		return no_memory(e);
	rcs_cpus_print(&o->team.cpus, cpus, sizeof(cpus));
	r->run = (struct rcs_record_run){
		.file = "",
		.version = RCS_VERSION,
		.begun = rcs_record_now(pool),
		.command = rcs_pool_string(pool, command),
		.machine = rcs_pool_bytes(pool, machine, sizeof(*machine)),
		.topology = rcs_topology_source(),
		.cpus = rcs_pool_string(pool, cpus),
		.writers = (int)o->team.writers,
		.readers = (int)o->team.readers,
		.seed = o->team.seed,
		.cell = r->cell,
	};
	if (r->run.begun == NULL || r->run.command == NULL || r->run.machine == NULL ||
	    r->run.cpus == NULL || rcs_run_settings(o, pool, &r->run) != 0 ||
	    rcs_report_add_run(&r->report, &r->run) != 0)
		return no_memory(e);
	return 0;
}

int rcs_run_record_add(struct rcs_run_record *r, const struct rcs_plan *plan,
		       const struct rcs_result *result, const struct rcs_round_log *log,
		       const struct rcs_standing *standing, struct rcs_error *e)
{
	if (!r->wanted || r->run.cells == r->room)
		return 0;
	if (rcs_record_cell_of(r->report.pool, plan, result, log, standing,
			       &r->cell[r->run.cells]) != 0)
		return no_memory(e);
	r->run.cells++;
	return 0;
}

const struct rcs_record_cell *rcs_run_record_last(const struct rcs_run_record *r)
{
	return r->run.cells > 0 ? &r->cell[r->run.cells - 1] : NULL;
}

void rcs_run_record_conclude(struct rcs_run_record *r,
			     const struct rcs_run_record_end *end)
{
	r->run.end = end->end;
	r->run.interrupted = end->interrupted;
	r->run.exit_status = end->exit_status;
	r->run.elapsed_ns = end->elapsed_ns;
	r->run.holding = end->holding;
}

int rcs_run_record_write(struct rcs_run_record *r, const struct rcs_output_options *o,
			 int verbosity, const char *text, struct rcs_error *e)
{
	struct rcs_document document = {
		.report = &r->report,
		.verbosity = verbosity,
	};

	if (r->wanted) {
		document.matrix = rcs_matrix_of(&r->report);
		if (document.matrix == NULL)
			return no_memory(e);
	}
	return rcs_outputs_write(o, &document, text, e);
}

void rcs_run_record_release(struct rcs_run_record *r)
{
	rcs_report_release(&r->report);
	rcs_pool_destroy(r->report.pool);
	free(r->cell);
	*r = (struct rcs_run_record){0};
}
