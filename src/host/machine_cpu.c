/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * /proc/cpuinfo, which is another file on every architecture. Of machines whose CPUs
 * differ only Arm's are told apart: there that is usual.
 */
#include "host/machine_parts.h"

#include <stdlib.h>
#include <string.h>

#define LINES_MAX 65536
#define KINDS_MAX 4

/* The first that is there is the model: the best first. */
static const char *const keys[] = {
	"model name", "Model Name", "cpu model", "cpu", "uarch",
	"machine",    "vendor_id",  "Processor", "isa",
};
#define KEYS (sizeof(keys) / sizeof(keys[0]))

/* A core of Arm's. */
struct kind {
	unsigned long implementer, variant, part, revision;
};

struct cpuinfo {
	size_t best;	 /* the key of the model so far; KEYS: none */
	struct kind now; /* of the block that is being read */
	struct kind kind[KINDS_MAX];
	size_t kinds;
	bool x86;
};

static bool has_word(const char *words, const char *word)
{
	size_t length = strlen(word);
	const char *at = words;

	while ((at = strstr(at, word)) != NULL) {
		bool begins = at == words || at[-1] == ' ';

		at += length;
		if (begins && (*at == ' ' || *at == '\n' || *at == '\0'))
			return true;
	}
	return false;
}

static void add_kind(struct cpuinfo *c)
{
	for (size_t i = 0; i < c->kinds; i++) {
		if (memcmp(&c->kind[i], &c->now, sizeof(c->now)) == 0)
			return;
	}
	if (c->kinds < KINDS_MAX)
		c->kind[c->kinds++] = c->now;
}

static void read_arm(struct cpuinfo *c, const char *line)
{
	const char *value;

	if ((value = rcs_machine_value(line, "CPU implementer")) != NULL) {
		memset(&c->now, 0, sizeof(c->now));
		c->now.implementer = strtoul(value, NULL, 0);
	} else if ((value = rcs_machine_value(line, "CPU variant")) != NULL) {
		c->now.variant = strtoul(value, NULL, 0);
	} else if ((value = rcs_machine_value(line, "CPU part")) != NULL) {
		c->now.part = strtoul(value, NULL, 0);
	} else if ((value = rcs_machine_value(line, "CPU revision")) != NULL) {
		c->now.revision = strtoul(value, NULL, 10);
		add_kind(c);
	}
}

/* "Cortex-A55 r1p0 + Cortex-A76 r3p0"; one that has no name here has its numbers. */
static void print_kinds(const struct cpuinfo *c, char *text, size_t size)
{
	size_t used = 0;

	for (size_t i = 0; i < c->kinds && used < size; i++) {
		const struct kind *k = &c->kind[i];
		const char *name = rcs_machine_arm_name((unsigned)k->implementer,
							(unsigned)k->part);
		char numbers[64];
		int n;

		(void)snprintf(numbers, sizeof(numbers), "CPU 0x%02lx:0x%03lx",
			       k->implementer, k->part);
		n = snprintf(text + used, size - used, "%s%s r%lup%lu",
			     i > 0 ? " + " : "", name != NULL ? name : numbers,
			     k->variant, k->revision);
		used += n > 0 ? (size_t)n : 0;
	}
}

/* "processor 0: version = FF,  identification = 0133E8,  machine = 2964": s390. */
static void read_ibm(struct cpuinfo *c, const char *line, struct rcs_machine *m)
{
	const char *at = strstr(line, "machine = ");
	unsigned long type;
	const char *name;

	if (at == NULL || strncmp(line, "processor ", 10) != 0)
		return;
	type = strtoul(at + strlen("machine = "), NULL, 16);
	name = rcs_machine_ibm_name((unsigned)type);
	(void)snprintf(m->cpu, sizeof(m->cpu), "%s (%lx)",
		       name != NULL ? name : "IBM/S390", type);
	c->best = 0;
}

static void read_x86(struct cpuinfo *c, const char *line, struct rcs_machine *m)
{
	const char *flags = rcs_machine_value(line, "flags");
	const char *microcode = rcs_machine_value(line, "microcode");

	if (microcode != NULL)
		rcs_machine_clean(m->microcode, sizeof(m->microcode), microcode);
	if (flags == NULL)
		return;
	c->x86 = true;
	m->virtual = m->virtual || has_word(flags, "hypervisor");
	m->broadcasts_tlb = m->broadcasts_tlb || has_word(flags, "invlpgb");
}

static void read_model(struct cpuinfo *c, const char *line, struct rcs_machine *m)
{
	for (size_t k = 0; k < c->best; k++) {
		const char *value = rcs_machine_value(line, keys[k]);

		if (value != NULL && *value != '\n' && *value != '\0') {
			rcs_machine_clean(m->cpu, sizeof(m->cpu), value);
			c->best = k;
			return;
		}
	}
}

void rcs_machine_cpu(const char *root, struct rcs_machine *m)
{
	struct cpuinfo c = {.best = KEYS};
	FILE *f = rcs_machine_open(root, "/proc/cpuinfo");
	char line[8192];

	if (f == NULL)
		return;
	for (int n = 0; n < LINES_MAX && fgets(line, sizeof(line), f) != NULL; n++) {
		/* All of them are alike, and there may be hundreds. */
		if (c.x86 && line[0] == '\n')
			break;
		read_arm(&c, line);
		read_ibm(&c, line, m);
		read_x86(&c, line, m);
		read_model(&c, line, m);
	}
	(void)fclose(f);
	if (c.kinds > 0)
		print_kinds(&c, m->cpu, sizeof(m->cpu));
	if (m->microcode[0] == '\0')
		(void)rcs_machine_line(root,
				       "/sys/devices/system/cpu/cpu0/microcode/version",
				       m->microcode, sizeof(m->microcode));
}
