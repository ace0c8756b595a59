/* SPDX-License-Identifier: BSD-2-Clause */
/* Everything that is known of one cell, folded under a line that says the most of it.
 */
#include "report/html/parts.h"

#include "report/html/badge.h"
#include "report/html/box.h"
#include "report/html/write.h"

static bool ran(const struct rcs_record_cell *c)
{
	return c->subject.rounds > 0;
}

/* Whether P(missed) says something of it. */
static bool tells_p_missed(const struct rcs_record_cell *c)
{
	return ran(c) && (c->verdict == RCS_HOLDS || c->verdict == RCS_INCONCLUSIVE);
}

static void put_summary(FILE *out, const struct rcs_record_cell *c)
{
	rcs_html_put(out, "<summary>");
	rcs_html_verdict(out, c->verdict, &c->standing);
	rcs_html_put(out, " <span class=name>");
	rcs_html_text(out, c->barrier);
	rcs_html_put(out, "</span> <span class=name>");
	rcs_html_text(out, c->test);
	rcs_html_put(out, "</span> <span class=brief>");
	if (ran(c)) {
		rcs_html_put(out, "subject ");
		rcs_html_hits(out, c->subject.hits, c->subject.exposed);
	}
	if (ran(c) && c->judged && c->control.rounds > 0) {
		rcs_html_put(out, ", control ");
		rcs_html_hits(out, c->control.hits, c->control.exposed);
	} else if (ran(c) && c->judged) {
		rcs_html_put(out, ", control not run");
	}
	if (tells_p_missed(c)) {
		rcs_html_put(out, ", P(missed) ");
		rcs_html_probability(out, c->p_missed);
	}
	rcs_html_put(out, "</span></summary>\n");
}

static const char *outlook(enum rcs_outlook outlook)
{
	static const char *const words[] = {
		[RCS_OUTLOOK_UNKNOWN] = "not known",
		[RCS_OUTLOOK_FORBIDDEN] = "forbidden",
		[RCS_OUTLOOK_ALLOWED] = "allowed",
	};

	return words[outlook];
}

/* What was to be seen, according to the model of the machine or to the test's file. */
static void put_prospect(FILE *out, const struct rcs_record_cell *c)
{
	const struct rcs_prospect *p = &c->detail->prospect;
	enum rcs_outlook without = c->has_heavy ? p->none : p->stripped;

	if (p->model < 0 || p->ideal == RCS_OUTLOOK_UNKNOWN)
		return;
	/* One source for both. */
	if (!c->has_heavy && p->stripped_stated != p->ideal_stated)
		without = RCS_OUTLOOK_UNKNOWN;
	rcs_html_fact(out, p->ideal_stated ? "Its file" : "Model");
	if (!p->ideal_stated)
		(void)fprintf(out, "%s: ", rcs_model_names[p->model]);
	(void)fprintf(out, "%s %s", outlook(p->ideal),
		      c->has_heavy ? "with the barrier" : "as it stands");
	if (without != RCS_OUTLOOK_UNKNOWN)
		(void)fprintf(out, ", %s %s", outlook(without),
			      c->has_heavy ? "without it" : "with its fences stripped");
	if (p->contradicts)
		rcs_html_put(out, " (its file says something else)");
	rcs_html_fact_end(out);
}

static void put_worth(FILE *out, const struct rcs_record_cell *c)
{
	if (tells_p_missed(c)) {
		rcs_html_fact(out, "P(missed)");
		rcs_html_probability(out, c->p_missed);
		rcs_html_fact_end(out);
	}
	if (tells_p_missed(c) && c->sensitivity >= 1.0) {
		rcs_html_fact(out, "Sensitivity");
		(void)fprintf(out, "one in %.0f", c->sensitivity);
		rcs_html_fact_end(out);
	}
	if (c->needed > 0) {
		rcs_html_fact(out, "Evidence");
		rcs_html_count(out, c->evidence);
		rcs_html_put(out, " of the ");
		rcs_html_number_of(out, c->needed, "block");
		(void)fprintf(out, " needed count for %s%s, of ",
			      c->has_heavy ? "twin " : "the control",
			      c->has_heavy ? rcs_twin_name(c->twin) : "");
		rcs_html_count(out, c->blocks);
		rcs_html_fact_end(out);
	}
	if (c->amplifier[0] != '\0') {
		rcs_html_fact(out, "Amplifier");
		rcs_html_text(out, c->amplifier);
		if (c->depth > 1)
			(void)fprintf(out, " x%u", c->depth);
		rcs_html_fact_end(out);
	}
}

static void put_interrupts(FILE *out, const struct rcs_record_cell *c)
{
	const struct rcs_mechanism *m =
		c->detail != NULL ? &c->detail->result->mechanism : NULL;

	rcs_html_fact(out, "Interrupts");
	if (c->interrupts >= 0.0)
		(void)fprintf(out, "%.2f per exposed call", c->interrupts);
	else
		rcs_html_put(out, "not readable");
	if (m != NULL && m->rows[0] != '\0') {
		rcs_html_put(out, m->readable ? "; rows " : ": ");
		rcs_html_text(out, m->rows);
	}
	if (m != NULL && m->readable && m->least_cpu >= 0)
		(void)fprintf(out, "; fewest %.2f on CPU %d; one a call throughout: %s",
			      m->least, m->least_cpu, m->throughout ? "yes" : "no");
	rcs_html_fact_end(out);
}

static void put_heavy(FILE *out, const struct rcs_record_cell *c)
{
	if (c->heavy_p50_ns == 0)
		return;
	rcs_html_fact(out, c->own_barrier ? "Grace period" : "Heavy call");
	rcs_html_put(out, "p50 ");
	rcs_html_duration(out, c->heavy_p50_ns);
	rcs_html_put(out, ", p99 ");
	rcs_html_duration(out, c->heavy_p99_ns);
	rcs_html_put(out, " exposed");
	rcs_html_fact_end(out);
	put_interrupts(out, c);
}

static void put_threads(FILE *out, const struct rcs_record_cell *c)
{
	const struct rcs_record_detail *d = c->detail;

	rcs_html_fact(out, "Threads");
	rcs_html_number_of(out, (uint64_t)d->writers, "writer");
	rcs_html_put(out, ", ");
	rcs_html_number_of(out, (uint64_t)d->readers, "reader");
	if (d->groups > 1)
		(void)fprintf(out, " in %d groups", d->groups);
	if (d->antagonists > 0) {
		rcs_html_put(out, "; ");
		rcs_html_number_of(out, (uint64_t)d->antagonists, "antagonist");
	}
	rcs_html_fact_end(out);
	if (d->placements == 0 || d->pair == NULL)
		return;
	rcs_html_fact(out, "Placements");
	for (int i = 0; i < d->placements && i < RCS_PLACEMENTS_MAX; i++)
		(void)fprintf(out, "%s%s", i > 0 ? "; " : "",
			      rcs_pair_name(d->pair[i]));
	rcs_html_fact_end(out);
}

static void put_course(FILE *out, const struct rcs_record_cell *c)
{
	const struct rcs_record_detail *d = c->detail;

	rcs_html_fact_text(out, "Runner", c->runner);
	rcs_html_fact_text(out, "RCU", c->rcu);
	if (d != NULL && ran(c))
		put_threads(out, c);
	if (d != NULL && d->result->reach_ns > 0) {
		rcs_html_fact(out, "Quick scan");
		rcs_html_put(out, "hit up to a delay of ");
		rcs_html_duration(out, d->result->reach_ns);
		rcs_html_fact_end(out);
	}
	rcs_html_fact(out, "Took");
	rcs_html_duration(out, c->elapsed_ns);
	if (d != NULL && d->limit_ns > 0) {
		rcs_html_put(out, " of at most ");
		rcs_html_duration(out, d->limit_ns);
	}
	if (c->interrupted)
		rcs_html_put(out, "; partial: interrupted");
	rcs_html_fact_end(out);
}

static void put_facts(FILE *out, const struct rcs_record_cell *c,
		      const struct rcs_record_run *from)
{
	rcs_html_put(out, "<dl class=facts>\n");
	if (from != NULL) {
		rcs_html_fact_text(out, "File", from->file);
		rcs_html_fact(out, "Machine");
		rcs_html_machine_name(out, from->machine);
		rcs_html_fact_end(out);
	}
	rcs_html_fact_text(out, "Why", c->reason);
	if (c->verdict == RCS_HOLDS)
		rcs_html_fact_text(out, "Proviso", c->proviso);
	if (c->standing.unclaimed && c->verdict == RCS_HOLDS)
		rcs_html_fact_text(out, "Note",
				   "nothing says that this orders memory on this "
				   "architecture: it did here, which is no promise");
	if (c->detail != NULL)
		put_prospect(out, c);
	put_worth(out, c);
	put_heavy(out, c);
	put_course(out, c);
	for (uint32_t n = 0; c->detail != NULL && n < c->detail->result->note_count &&
			     n < RCS_NOTES_MAX;
	     n++)
		rcs_html_fact_text(out, "Note", c->detail->result->note[n]);
	rcs_html_put(out, "</dl>\n");
}

static void put_witness(FILE *out, const char *witness)
{
	if (witness[0] == '\0')
		return;
	rcs_html_put(out, "<figure><figcaption>Witness</figcaption><div class=box "
			  "role=region tabindex=0 aria-label=\"Witness\"><pre>");
	rcs_html_lines(out, witness);
	rcs_html_put(out, "</pre></div></figure>\n");
}

void rcs_html_cell(const struct rcs_html *h, const struct rcs_record_cell *cell,
		   const struct rcs_record_run *from, size_t run, size_t index)
{
	FILE *out = h->out;
	char id[48];

	rcs_html_put(out, "<details class=cell>");
	put_summary(out, cell);
	(void)fprintf(out, "<div id=c%zu-%zu>\n", run, index);
	put_witness(out, cell->witness);
	put_facts(out, cell, from);
	if (ran(cell))
		rcs_html_arms(out, cell);
	if (cell->detail != NULL) {
		(void)snprintf(id, sizeof(id), "rounds-%zu-%zu", run, index);
		rcs_html_rounds(out, cell, id);
		rcs_html_pairs(out, cell->detail->result);
		rcs_html_quantiles(out, cell->detail->result);
		rcs_html_states(out, cell);
		rcs_html_torture(out, &cell->detail->result->torture);
	}
	rcs_html_put(out, "</div></details>\n");
}
