/* SPDX-License-Identifier: BSD-2-Clause */
/* An event knows where it stands in the file; so does what was parsed there. */
#include "report/event.h"

#include "litmus/print.h"
#include "report/state.h"

/* The call that makes the event. */
static int32_t call_of(const struct rcs_skeleton *s, int event)
{
	const struct rcs_litmus *test = s->test;
	const struct rcs_position *at = &s->event[event].at;

	for (int32_t i = 0; i < test->expressions; i++) {
		const struct rcs_expression *x = &test->expression[i];

		if (x->kind == RCS_EXPRESSION_CALL && x->at.line == at->line &&
		    x->at.column == at->column)
			return i;
	}
	return RCS_NONE;
}

int32_t rcs_event_statement(const struct rcs_skeleton *s, int event)
{
	const struct rcs_litmus *test = s->test;
	int32_t call = call_of(s, event);

	for (int32_t i = 0; call != RCS_NONE && i < test->statements; i++) {
		if (test->statement[i].kind != RCS_STATEMENT_IF &&
		    test->statement[i].expression == call)
			return i;
	}
	return RCS_NONE;
}

/* Of events that no text is known of, as those of a test made by hand. */
static const char *kind_text(enum rcs_event_kind kind)
{
	switch (kind) {
	case RCS_EVENT_READ:
		return "read";
	case RCS_EVENT_WRITE:
		return "write";
	case RCS_EVENT_FENCE:
		return "fence";
	case RCS_EVENT_MEMB_ENTRY:
	case RCS_EVENT_MEMB_EXIT:
		return "smp_memb()";
	case RCS_EVENT_RCU_LOCK:
		return "rcu_read_lock()";
	case RCS_EVENT_RCU_UNLOCK:
		return "rcu_read_unlock()";
	case RCS_EVENT_RCU_ENTRY:
	case RCS_EVENT_RCU_EXIT:
		return "synchronize_rcu()";
	case RCS_EVENT_SRCU_LOCK:
		return "srcu_read_lock()";
	case RCS_EVENT_SRCU_UNLOCK:
		return "srcu_read_unlock()";
	case RCS_EVENT_SRCU_ENTRY:
	case RCS_EVENT_SRCU_EXIT:
		return "synchronize_srcu()";
	case RCS_EVENT_KINDS:
		break;
	}
	return "";
}

void rcs_event_code(const struct rcs_skeleton *s, int event, char *text, size_t size)
{
	const struct rcs_litmus *test = s->test;
	int32_t thread = s->event[event].thread;
	int32_t call = call_of(s, event), statement = rcs_event_statement(s, event);
	FILE *out;

	(void)snprintf(text, size, "%s", kind_text(s->event[event].kind));
	if (call == RCS_NONE)
		return;
	out = fmemopen(text, size, "w");
	if (out == NULL)
		return;
	if (statement != RCS_NONE &&
	    test->statement[statement].kind == RCS_STATEMENT_ASSIGN)
		(void)fprintf(out, "%s = ",
			      test->thread[thread]
				      .reg[test->statement[statement].target]
				      .name);
	rcs_litmus_print_expression(test, thread, call, out);
	(void)fclose(out);
	text[size - 1] = '\0';
}

rcs_set rcs_event_accesses(const struct rcs_skeleton *s)
{
	rcs_set accesses = s->memory;
	int e;

	RCS_EACH(e, s->memory)
	{
		if (s->event[e].action == RCS_ACTION_SRCU_LOCK ||
		    s->event[e].action == RCS_ACTION_SRCU_UNLOCK)
			accesses &= ~rcs_one(e);
	}
	return accesses;
}

void rcs_event_value(const struct rcs_execution *x, int event, char *text, size_t size)
{
	const struct rcs_skeleton *s = x->skeleton;

	text[0] = '\0';
	if (rcs_in(event, rcs_event_accesses(s)))
		(void)snprintf(text, size, "%s = %s",
			       s->test->location[s->event[event].location].name,
			       rcs_value_text(s->test, &x->value[event]));
}

int rcs_event_partner(const struct rcs_skeleton *s, int event)
{
	rcs_set partner = s->rmw.row[event] | rel_inverse(s->rmw).row[event];

	return partner == 0 ? -1 : __builtin_ctzll(partner);
}
