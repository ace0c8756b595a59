/* SPDX-License-Identifier: BSD-2-Clause */
/* The words that litmus files and C have for what is in the AST. */
#include "litmus/ast.h"

const char *const rcs_model_names[RCS_MODELS] = {
	[RCS_MODEL_LKMM] = "lkmm",   [RCS_MODEL_SC] = "sc",
	[RCS_MODEL_TSO] = "tso",     [RCS_MODEL_ARMV8] = "armv8",
	[RCS_MODEL_RISCV] = "riscv", [RCS_MODEL_POWER] = "power",
};

const char *const rcs_answer_names[RCS_ALWAYS + 1] = {
	[RCS_ANSWER_UNKNOWN] = "unknown",
	[RCS_NEVER] = "Never",
	[RCS_SOMETIMES] = "Sometimes",
	[RCS_ALWAYS] = "Always",
};

const char *const rcs_operator_text[RCS_OPERATORS] = {
	[RCS_OPERATOR_NEGATE] = "-",
	[RCS_OPERATOR_INVERT] = "~",
	[RCS_OPERATOR_NOT] = "!",
	[RCS_OPERATOR_ADD] = "+",
	[RCS_OPERATOR_SUBTRACT] = "-",
	[RCS_OPERATOR_MULTIPLY] = "*",
	[RCS_OPERATOR_AND] = "&",
	[RCS_OPERATOR_OR] = "|",
	[RCS_OPERATOR_XOR] = "^",
	[RCS_OPERATOR_LEFT] = "<<",
	[RCS_OPERATOR_RIGHT] = ">>",
	[RCS_OPERATOR_EQUAL] = "==",
	[RCS_OPERATOR_UNEQUAL] = "!=",
	[RCS_OPERATOR_LESS] = "<",
	[RCS_OPERATOR_LESS_EQUAL] = "<=",
	[RCS_OPERATOR_GREATER] = ">",
	[RCS_OPERATOR_GREATER_EQUAL] = ">=",
	[RCS_OPERATOR_BOTH] = "&&",
	[RCS_OPERATOR_EITHER] = "||",
};
