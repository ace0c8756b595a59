/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The flavours, in the order in which they are shown: X(name), for the descriptor
 * rcs_rcu_name and the read side in read/name.h.
 */
X(asym)
X(asym_two)
X(asym_parity)
X(qsbr)
X(ck_epoch)
#if RCS_HAVE_URCU
X(urcu_memb)
X(urcu_mb)
X(urcu_bp)
X(urcu_qsbr)
#endif
