/* SPDX-License-Identifier: BSD-2-Clause */
/* A bar beside a number: see bar.h. */
#include "report/html/bar.h"

#include <math.h>

void rcs_html_bar(FILE *out, uint64_t count, uint64_t most)
{
	if (count == 0 || most == 0)
		return;
	(void)fprintf(out,
		      "<svg class=bar viewBox=\"0 0 100 8\" preserveAspectRatio=none "
		      "aria-hidden=true><rect width=%.1f height=8 /></svg>",
		      100.0 * log1p((double)count) / log1p((double)most));
}
