/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * X(name): flavours whose read sides have a second build with delay points, by the
 * name that this has in side.c.
 */
X(asym)
