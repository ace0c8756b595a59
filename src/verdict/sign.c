/* SPDX-License-Identifier: BSD-2-Clause */
/* The sign test: see sign.h. */
#include "verdict/sign.h"

#include <math.h>

double rcs_sign_p_missed(uint64_t blocks)
{
	return blocks > 1000 ? 0x1p-1000 : ldexp(1.0, -(int)blocks);
}

uint64_t rcs_sign_blocks(double p)
{
	uint64_t blocks = 0;

	while (rcs_sign_p_missed(blocks) > p && blocks < 1000)
		blocks++;
	return blocks;
}
