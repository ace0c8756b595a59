/* SPDX-License-Identifier: BSD-2-Clause */
/* Nodes and edges: see graph.h. */
#include "report/graph.h"

#include <string.h>

#include "litmus/print.h"
#include "report/event.h"
#include "report/state.h"

/* Within double quotes. */
static void quoted(const char *text, FILE *out)
{
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			(void)fputc('\\', out);
		(void)fputc(*text, out);
	}
}

static void print_node(const struct rcs_proof_witness *w, int event, FILE *out)
{
	char code[RCS_EVENT_TEXT_SIZE], value[RCS_EVENT_TEXT_SIZE];
	const char *point = "";

	rcs_event_code(&w->skeleton, event, code, sizeof(code));
	rcs_event_value(&w->execution, event, value, sizeof(value));
	switch (w->skeleton.event[event].kind) {
	case RCS_EVENT_MEMB_ENTRY:
	case RCS_EVENT_RCU_ENTRY:
	case RCS_EVENT_SRCU_ENTRY:
		point = "begins";
		break;
	case RCS_EVENT_MEMB_EXIT:
	case RCS_EVENT_RCU_EXIT:
	case RCS_EVENT_SRCU_EXIT:
		point = "returns";
		break;
	case RCS_EVENT_READ:
		point = value[0] != '\0' ? "R " : "";
		break;
	case RCS_EVENT_WRITE:
		point = value[0] != '\0' ? "W " : "";
		break;
	default:
		break;
	}
	(void)fprintf(out, "\t\te%d [label=\"", event);
	quoted(code, out);
	if (*point != '\0') {
		(void)fprintf(out, "\\n%s", point);
		quoted(value, out);
	}
	(void)fprintf(out, "\"];\n");
}

static void print_threads(const struct rcs_proof_witness *w, FILE *out)
{
	const struct rcs_skeleton *s = &w->skeleton;

	for (int t = 0; t < s->threads; t++) {
		int e;

		(void)fprintf(out, "\tsubgraph cluster_P%d {\n\t\tlabel=\"P%d\";\n", t,
			      t);
		RCS_EACH(e, s->of_thread[t])
		print_node(w, e, out);
		(void)fprintf(out, "\t}\n");
	}
}

/* Of the locations whose initial value is read. */
static void print_initial(const struct rcs_litmus *test,
			  const struct rcs_proof_witness *w, FILE *out)
{
	const struct rcs_skeleton *s = &w->skeleton;
	const rcs_set reads = s->reads & rcs_event_accesses(s);
	uint32_t read = 0;
	int e;

	RCS_EACH(e, reads)
	{
		if (w->execution.source[e] < 0)
			read |= UINT32_C(1) << s->event[e].location;
	}
	for (int l = 0; l < test->locations; l++) {
		if ((read >> l & 1) == 0)
			continue;
		(void)fprintf(out, "\tinit%d [shape=plaintext, label=\"init\\n", l);
		quoted(test->location[l].name, out);
		(void)fprintf(out, " = ");
		quoted(rcs_value_text(test, &test->location[l].initial), out);
		(void)fprintf(out, "\"];\n");
	}
	RCS_EACH(e, reads)
	{
		if (w->execution.source[e] < 0)
			(void)fprintf(out,
				      "\tinit%d -> e%d [label=\"rf\", color=red, "
				      "fontcolor=red];\n",
				      s->event[e].location, e);
	}
}

/* Edges that are no way of several steps. */
static struct rcs_relation steps(struct rcs_relation r)
{
	return rel_minus(r, rel_then(r, rel_plus(r)));
}

static void print_edges(struct rcs_relation r, const char *label, const char *style,
			FILE *out)
{
	for (int a = 0; a < r.events; a++) {
		int b;

		RCS_EACH(b, r.row[a])
		(void)fprintf(out, "\te%d -> e%d [label=\"%s\", %s];\n", a, b, label,
			      style);
	}
}

/* What orders threads beside accesses. */
static const char *strong_label(const struct rcs_skeleton *s)
{
	bool memb = s->of_kind[RCS_EVENT_MEMB_ENTRY] != 0;
	bool grace = (s->of_kind[RCS_EVENT_RCU_ENTRY] |
		      s->of_kind[RCS_EVENT_SRCU_ENTRY]) != 0;

	return memb && grace ? "memb or gp" : grace ? "gp" : "memb";
}

static void print_relations(const struct rcs_proof_witness *w, FILE *out)
{
	static const char dependency[] =
		"color=darkgreen, fontcolor=darkgreen, style=dashed";
	const struct rcs_skeleton *s = &w->skeleton;
	const rcs_set all = rcs_event_accesses(s);
	const struct rcs_relation rf = rel_between(all, w->execution.rf, all);
	const struct rcs_relation co = rel_between(all, w->execution.co, all);
	const struct rcs_relation fr = rel_between(all, w->execution.fr, all);
	struct rcs_relation strong = rel_minus(w->strong, s->po);

	print_edges(steps(s->po), "po", "color=black", out);
	print_edges(rf, "rf", "color=red, fontcolor=red, constraint=false", out);
	print_edges(steps(co), "co", "color=blue, fontcolor=blue, constraint=false",
		    out);
	/* To the next write: it comes before those after it. */
	print_edges(rel_minus(fr, rel_then(fr, co)), "fr",
		    "color=orange, fontcolor=orange, constraint=false", out);
	print_edges(s->address, "addr", dependency, out);
	print_edges(s->data, "data", dependency, out);
	/* To what comes first in the branch. */
	print_edges(rel_minus(s->control, rel_then(s->control, s->po)), "ctrl",
		    dependency, out);
	print_edges(s->rmw, "rmw", "color=gray40, fontcolor=gray40", out);
	/* What comes before the one, and after the other, is ordered all the same. */
	strong = rel_minus(strong,
			   rel_or(rel_then(s->po, strong), rel_then(strong, s->po)));
	print_edges(strong, strong_label(s),
		    "color=purple, fontcolor=purple, constraint=false", out);
}

void rcs_graph_print(const struct rcs_litmus *test, enum rcs_model model,
		     const struct rcs_proof_witness *witness, FILE *out)
{
	char condition[1024] = "";
	FILE *text = fmemopen(condition, sizeof(condition), "w");

	if (text != NULL) {
		rcs_litmus_print_condition(test, test->target, text);
		(void)fclose(text);
		condition[sizeof(condition) - 1] = '\0';
	}
	(void)fprintf(out, "digraph \"");
	quoted(test->name, out);
	(void)fprintf(out, "\" {\n\tgraph [labelloc=t, label=\"");
	quoted(test->name, out);
	(void)fprintf(out, ", %s: ", rcs_model_names[model]);
	quoted(condition, out);
	(void)fprintf(out,
		      "%s\"];\n\tnode [shape=box, fontname=monospace];\n"
		      "\tedge [fontname=monospace];\n",
		      test->quantifier == RCS_FORALL ? " fails" : "");
	print_threads(witness, out);
	print_initial(test, witness, out);
	print_relations(witness, out);
	(void)fprintf(out, "}\n");
}
