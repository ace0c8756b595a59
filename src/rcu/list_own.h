/* SPDX-License-Identifier: BSD-2-Clause */
/* X(name), as in list.h: the flavours that are in every program. */
X(asym)
X(asym_two)
X(asym_parity)
X(qsbr)
X(ck_epoch)
