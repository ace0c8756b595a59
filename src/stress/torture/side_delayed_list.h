/* SPDX-License-Identifier: BSD-2-Clause */
/* X(name): the flavours that have a build with delay points. */
X(asym)
X(asym_two)
X(asym_parity)
