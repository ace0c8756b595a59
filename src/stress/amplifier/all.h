/* SPDX-License-Identifier: BSD-2-Clause */
/* The amplifiers of list.h, for the code that they are inlined into. */
#ifndef RCS_STRESS_AMPLIFIER_ALL_H
#define RCS_STRESS_AMPLIFIER_ALL_H

#include "stress/amplifier/cold.h"
#include "stress/amplifier/contend.h"
#include "stress/amplifier/flush.h"
#include "stress/amplifier/flush_self.h"
#include "stress/amplifier/flush_split.h"
#include "stress/amplifier/none.h"
#include "stress/amplifier/split.h"
#include "stress/amplifier/stream_self.h"
#include "stress/amplifier/stream_split.h"

#endif
