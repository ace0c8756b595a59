/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * X(name), as in rcu/list.h: the flavours of liburcu. Their code is in the companion
 * rcustress-urcu; the program itself knows of them: see elsewhere.c.
 */
X(urcu_memb)
X(urcu_mb)
X(urcu_bp)
X(urcu_qsbr)
