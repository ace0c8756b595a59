/* SPDX-License-Identifier: BSD-2-Clause */
/* The headers of generated code, as text in the program: made at build time (tool.c),
 * for what is compiled at run time. */
#ifndef RCS_LITMUS_EMBEDDED_H
#define RCS_LITMUS_EMBEDDED_H

struct rcs_embedded {
	const char *name, *text;
};

extern const struct rcs_embedded rcs_embedded[];
extern const int rcs_embedded_count;

#endif
