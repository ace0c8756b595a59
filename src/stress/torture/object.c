/* SPDX-License-Identifier: BSD-2-Clause */
/* Objects: see object.h. */
#include "stress/torture/object.h"

#include <stddef.h>

void rcs_torture_fifo_put(struct rcs_torture_fifo *fifo,
			  struct rcs_torture_object *object)
{
	if (fifo->first == NULL)
		fifo->end = &fifo->first;
	object->next = NULL;
	*fifo->end = object;
	fifo->end = &object->next;
}

struct rcs_torture_object *rcs_torture_fifo_take(struct rcs_torture_fifo *fifo)
{
	struct rcs_torture_object *object = fifo->first;

	if (object != NULL)
		fifo->first = object->next;
	return object;
}

void rcs_torture_object_fill(struct rcs_torture_object *object,
			     rcs_torture_word sequence)
{
	rcs_torture_word a = sequence * 2654435761UL, b = ~a;

	rcs_torture_store(&object->sequence, sequence);
	rcs_torture_store(&object->payload[0], a);
	rcs_torture_store(&object->payload[1], b);
	rcs_torture_store(&object->checksum, rcs_torture_sum(sequence, a, b));
	rcs_torture_store(&object->canary, RCS_TORTURE_CANARY_VALUE);
	rcs_torture_store(&object->pipe, 0);
}

void rcs_torture_object_poison(struct rcs_torture_object *object)
{
	rcs_torture_store(&object->canary, 0x6b6b6b6bUL);
	rcs_torture_store(&object->payload[0], 0);
}
