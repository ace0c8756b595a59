/* SPDX-License-Identifier: BSD-2-Clause */
/* What of an inventory was seen: see fleet.h. */
#include <stdlib.h>
#include <string.h>

#include "report/fleet_parts.h"
#include "report/matrix_names.h"

const char *const rcs_fleet_item_names[RCS_FLEET_ITEM_KINDS] = {
	[RCS_FLEET_NODE] = "node",
	[RCS_FLEET_CPU] = "cpu",
	[RCS_FLEET_MICROCODE] = "microcode",
	[RCS_FLEET_KERNEL] = "kernel",
};

static int mark(struct rcs_names *names, unsigned char *decided,
		enum rcs_fleet_item_kind kind, const char *name, bool told)
{
	uint32_t n = rcs_name_number(names, (uint32_t)kind, name);

	if (n == RCS_NAME_NONE)
		return -1;
	decided[n] = decided[n] || told;
	return 0;
}

/* "Linux 6.1" is known as "6.1" as well. */
static int mark_run(struct rcs_names *names, unsigned char *decided,
		    const struct rcs_record_run *run)
{
	const struct rcs_machine *m = run->machine;
	const char *release = strchr(m->kernel, ' ');
	bool told = false;

	for (size_t c = 0; c < run->cells; c++)
		told = told || rcs_fleet_decided(&run->cell[c]);
	return mark(names, decided, RCS_FLEET_NODE, m->name, told) != 0 ||
			       mark(names, decided, RCS_FLEET_CPU, m->cpu, told) != 0 ||
			       mark(names, decided, RCS_FLEET_MICROCODE, m->microcode,
				    told) != 0 ||
			       mark(names, decided, RCS_FLEET_KERNEL, m->kernel,
				    told) != 0 ||
			       (release != NULL &&
				mark(names, decided, RCS_FLEET_KERNEL, release + 1,
				     told) != 0)
		       ? -1
		       : 0;
}

int rcs_fleet_take_stock(const struct rcs_report *report,
			 struct rcs_fleet_inventory *inventory)
{
	struct rcs_names names = {0};
	unsigned char *decided = calloc(report->runs * 5 + 1, 1);
	int failed = decided == NULL;

	for (size_t r = 0; r < report->runs && !failed; r++)
		failed = mark_run(&names, decided, report->run[r]) != 0;
	for (size_t i = 0; i < inventory->items && !failed; i++) {
		struct rcs_fleet_item *item = &inventory->item[i];
		uint32_t n = rcs_name_find(&names, (uint32_t)item->kind, item->name);

		item->seen = n != RCS_NAME_NONE;
		item->decided = item->seen && decided[n];
	}
	rcs_names_free(&names);
	free(decided);
	return failed ? -1 : 0;
}
