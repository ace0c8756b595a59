/* SPDX-License-Identifier: BSD-2-Clause */
/* Events of an execution, in the words of the test's file. */
#ifndef RCS_REPORT_EVENT_H
#define RCS_REPORT_EVENT_H

#include <stdio.h>

#include "model/prove.h"

#define RCS_EVENT_TEXT_SIZE 160

/* The statement that is the event and nothing else but an assignment; or RCS_NONE. */
int32_t rcs_event_statement(const struct rcs_skeleton *s, int event);

/* As its file has it: "r0 = READ_ONCE(*y)". */
void rcs_event_code(const struct rcs_skeleton *s, int event, char *text, size_t size);

/* "x = 1", of an access; "" of others. */
void rcs_event_value(const struct rcs_execution *x, int event, char *text, size_t size);

/* Reads and writes of the test; those that stand for SRCU's sections are none. */
rcs_set rcs_event_accesses(const struct rcs_skeleton *s);

/* The other half of an RMW, or -1. */
int rcs_event_partner(const struct rcs_skeleton *s, int event);

#endif
