/* SPDX-License-Identifier: BSD-2-Clause */
/* What a machine is: in a line, and every fact of it. */
#include "report/html/parts.h"

#include "report/html/box.h"
#include "report/html/write.h"

void rcs_html_machine_name(FILE *out, const struct rcs_machine *m)
{
	rcs_html_text(out, m->arch);
	rcs_html_put(out, ", ");
	rcs_html_text(out, m->kernel);
	rcs_html_put(out, ", ");
	rcs_html_text(out, m->cpu);
	if (m->virtual)
		rcs_html_put(out, " (virtual)");
	if (m->emulated)
		rcs_html_put(out, ", <strong class=emulated>emulated</strong>");
}

static void put_surroundings(FILE *out, const struct rcs_machine *m)
{
	rcs_html_fact(out, "Hypervisor");
	if (m->hypervisor[0] != '\0')
		rcs_html_text(out, m->hypervisor);
	else
		rcs_html_put(out, m->virtual ? "one is seen, of no known name"
					     : "none seen");
	rcs_html_fact_end(out);
	rcs_html_fact(out, "Emulator");
	if (m->emulator[0] != '\0')
		rcs_html_text(out, m->emulator);
	else
		rcs_html_put(out, m->emulated ? "one is seen, of no known name"
					      : "none seen");
	rcs_html_fact_end(out);
	rcs_html_fact(out, "Container");
	rcs_html_text(out, m->container[0] != '\0' ? m->container : "none seen");
	rcs_html_fact_end(out);
}

static void put_limits(FILE *out, const struct rcs_machine *m)
{
	static const char *const seccomp[] = {"none", "strict", "filter"};

	rcs_html_fact_text(out, "CPUs online", m->cpus_online);
	rcs_html_fact_text(out, "CPUs allowed", m->cpus_allowed);
	rcs_html_fact(out, "CPU quota");
	if (m->cpu_quota > 0.0)
		(void)fprintf(out, "%g CPUs", m->cpu_quota);
	else
		rcs_html_put(out, "none");
	rcs_html_fact_end(out);
	rcs_html_fact(out, "Memory");
	if (m->memory_bytes > 0)
		rcs_html_bytes(out, m->memory_bytes);
	else
		rcs_html_put(out, "not known");
	rcs_html_fact_end(out);
	rcs_html_fact(out, "seccomp");
	rcs_html_put(out, m->seccomp >= 0 && m->seccomp < 3 ? seccomp[m->seccomp]
							    : "not known");
	rcs_html_fact_end(out);
	rcs_html_fact(out, "TLB shootdowns");
	rcs_html_put(out, m->broadcasts_tlb
				  ? "may be broadcast (INVLPGB), without any interrupt"
				  : "by interrupt, or as the architecture has it");
	rcs_html_fact_end(out);
}

static void put_mitigations(FILE *out, const struct rcs_machine *m)
{
	if (m->mitigation_count == 0)
		return;
	(void)fprintf(out,
		      "<details><summary>Mitigations <span class=brief>%" PRIu32
		      "</span></summary>\n<dl class=facts>\n",
		      m->mitigation_count);
	for (uint32_t i = 0; i < m->mitigation_count && i < RCS_MITIGATIONS_MAX; i++) {
		rcs_html_put(out, "<dt>");
		rcs_html_text(out, m->mitigation[i].name);
		rcs_html_put(out, "</dt><dd>");
		rcs_html_text(out, m->mitigation[i].state);
		rcs_html_fact_end(out);
	}
	rcs_html_put(out, "</dl></details>\n");
}

void rcs_html_machine(FILE *out, const struct rcs_machine *m)
{
	rcs_html_put(out, "<dl class=facts>\n");
	rcs_html_fact_text(out, "Name", m->name);
	rcs_html_fact_text(out, "Architecture", m->arch);
	rcs_html_fact_text(out, "CPU", m->cpu);
	rcs_html_fact_text(out, "Microcode", m->microcode);
	rcs_html_fact_text(out, "Kernel", m->kernel);
	rcs_html_fact_text(out, "Build", m->build);
	rcs_html_fact_text(out, "Kernel command line", m->command_line);
	put_surroundings(out, m);
	put_limits(out, m);
	rcs_html_put(out, "</dl>\n");
	put_mitigations(out, m);
}
