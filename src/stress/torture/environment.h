/* SPDX-License-Identifier: BSD-2-Clause */
/* What befalls readers and updaters beside sections and grace periods; a file each. */
#ifndef RCS_STRESS_TORTURE_ENVIRONMENT_H
#define RCS_STRESS_TORTURE_ENVIRONMENT_H

#include "stress/torture/rig.h"

/*
 * Stutter: all readers leave and stay away, in the midst of grace periods, which must
 * come to their end all the same; then all begin again at once. Anyone may begin one.
 */
void rcs_torture_stutter_begin(struct rcs_torture *t);
/* Between sections, and between turns: stays away for as long as it lasts. */
void rcs_torture_stutter_reader(struct rcs_torture_reader *r);
void rcs_torture_stutter_updater(struct rcs_torture_updater *u);

/* Churn: a short-lived thread reads in place of this one, which has left meanwhile. */
void rcs_torture_churn_reader(struct rcs_torture_reader *r);
/* An updater gives callbacks, leaves at once, and comes again. */
void rcs_torture_churn_updater(struct rcs_torture_updater *u);

/* Shuffle: to another CPU of those that the cell uses, and back. */
void rcs_torture_shuffle(struct rcs_torture_reader *r);
void rcs_torture_shuffle_back(struct rcs_torture_reader *r);

/* Within a section: off the CPU for a moment, or to another one. */
void rcs_torture_disturb(struct rcs_torture_reader *r);

/* A lower priority for a while, where it can be had back; and back. */
void rcs_torture_reprioritize(struct rcs_torture_reader *r);
void rcs_torture_reprioritize_back(struct rcs_torture_reader *r);

/* A child of fork() must be able to read, and to wait for a grace period. */
void rcs_torture_fork(struct rcs_torture_updater *u);

/* Signal handlers that read: by the coordinator, once in a tick. */
void rcs_torture_handler_install(void);
void rcs_torture_handler_send(struct rcs_torture *t);
/* The calling thread reads as r from now on; NULL: it does not. */
void rcs_torture_handler_reads_as(struct rcs_torture_reader *r);

/* Objects on pages that are taken away: see protect.c. 0, or -1 and *e. */
int rcs_torture_protect_set_up(struct rcs_torture *t, struct rcs_error *e);
void rcs_torture_protect_take_down(struct rcs_torture *t);
void rcs_torture_protect(struct rcs_torture_updater *u);
/* As …_handler_reads_as(), for faults. */
void rcs_torture_protect_reads_as(struct rcs_torture_reader *r);

/* A thread that stayed away from its CPU: it was not there. */
void rcs_torture_was_away(struct rcs_torture_reader *r);

/* Registers r, and tells its amplifier where it is. false: it could not. */
bool rcs_torture_reader_enter(struct rcs_torture_reader *r);
/* Registers u; if it cannot, the round ends. */
void rcs_torture_updater_enter(struct rcs_torture_updater *u);
void rcs_torture_updater_leave(struct rcs_torture_updater *u);
void rcs_torture_reader_leave(struct rcs_torture_reader *r);

#endif
