/* SPDX-License-Identifier: BSD-2-Clause */
/* What is said of the flavours of liburcu, where their code is and where it is not. */
#ifndef RCS_RCU_URCU_ABOUT_H
#define RCS_RCU_URCU_ABOUT_H

#define RCS_URCU_ABOUT(NAME, SUMMARY, ABILITIES)                                       \
	.name = (NAME), .summary = (SUMMARY), .source = "liburcu",                     \
	.abilities = (ABILITIES)

#define RCS_RCU_ABOUT_urcu_memb                                                        \
	RCS_URCU_ABOUT("urcu-memb", "membarrier(2) twice, and two flips of a parity",  \
		       RCS_RCU_IN_HANDLERS)
#define RCS_RCU_ABOUT_urcu_mb                                                          \
	RCS_URCU_ABOUT("urcu-mb", "full fences in readers, and two flips of a parity", \
		       RCS_RCU_IN_HANDLERS)
#define RCS_RCU_ABOUT_urcu_bp                                                          \
	RCS_URCU_ABOUT("urcu-bp", "as urcu-memb, and threads register themselves",     \
		       RCS_RCU_FORKS | RCS_RCU_FORGIVES_EXIT)
#define RCS_RCU_ABOUT_urcu_qsbr                                                        \
	RCS_URCU_ABOUT("urcu-qsbr",                                                    \
		       "every thread has announced that it holds nothing",             \
		       RCS_RCU_QUIESCES)

#endif
