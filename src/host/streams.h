/* SPDX-License-Identifier: BSD-2-Clause */
/* Standard streams that the program was started without. */
#ifndef RCS_HOST_STREAMS_H
#define RCS_HOST_STREAMS_H

/*
 * Occupies those of the descriptors 0 to 2 that are closed, so that nothing which is
 * opened later is taken for a standard stream: a report would be written into it.
 * Reading and writing them fails with EBADF all the same. Call it first of all.
 */
void rcs_streams_occupy(void);

#endif
