/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One page, alone in its mapping, for the barriers that change a page's protection.
 * A guard page on either side keeps the kernel from merging it with a neighbour.
 */
#ifndef RCS_BARRIER_PAGE_H
#define RCS_BARRIER_PAGE_H

#include <stddef.h>

#include "host/error.h"

struct rcs_page {
	void *address; /* of the page; PROT_READ | PROT_WRITE at first, untouched */
	size_t size;   /* of the page, in bytes */
	char *mapping; /* page and guards */
};

/* A writer_enter and a writer_leave: *writer is a struct rcs_page of its own. */
int rcs_page_enter(void *state, void **writer, struct rcs_error *e);
/* The same, with mlock tried; whether it may lock makes no error. */
int rcs_page_enter_locked(void *state, void **writer, struct rcs_error *e);
void rcs_page_leave(void *state, void *writer);

#endif
