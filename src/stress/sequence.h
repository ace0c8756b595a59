/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The shared words of a test count upwards (the perpetual form: see sb.h). A word is
 * as wide as one plain load and store of the machine, since a wider access would
 * tear, or need a locked instruction and with it a fence.
 */
#ifndef RCS_STRESS_SEQUENCE_H
#define RCS_STRESS_SEQUENCE_H

#include <ck_pr.h>
#include <stdint.h>

#if UINTPTR_MAX > UINT32_MAX
typedef uint64_t rcs_seq;
#define rcs_seq_load  ck_pr_load_64
#define rcs_seq_store ck_pr_store_64
#else
typedef uint32_t rcs_seq;
#define rcs_seq_load  ck_pr_load_32
#define rcs_seq_store ck_pr_store_32
#endif

/* Above every number that is counted to: "the round is over". */
#define RCS_SEQ_END ((rcs_seq)-1)

#endif
