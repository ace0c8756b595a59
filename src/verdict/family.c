/* SPDX-License-Identifier: BSD-2-Clause */
/* The union bound: see family.h. */
#include "verdict/family.h"

#include <math.h>

void rcs_family_add(struct rcs_family *family, double p_missed)
{
	family->count++;
	family->p_any_missed = fmin(1.0, family->p_any_missed + p_missed);
}
