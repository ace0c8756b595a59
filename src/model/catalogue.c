/* SPDX-License-Identifier: BSD-2-Clause */
/* The memory models: a new one is its file, a name in litmus/ast.c, and a line here. */
#include "model/model.h"

const struct rcs_model_row *const rcs_models[RCS_MODELS] = {
	[RCS_MODEL_LKMM] = &rcs_model_lkmm,   [RCS_MODEL_SC] = &rcs_model_sc,
	[RCS_MODEL_TSO] = &rcs_model_tso,     [RCS_MODEL_ARMV8] = &rcs_model_armv8,
	[RCS_MODEL_RISCV] = &rcs_model_riscv, [RCS_MODEL_POWER] = &rcs_model_power,
};
