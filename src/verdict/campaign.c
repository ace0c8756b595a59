/* SPDX-License-Identifier: BSD-2-Clause */
/* Many runs together: see campaign.h. */
#include "verdict/campaign.h"

#include <math.h>
#include <stdlib.h>

size_t rcs_campaign_wrong_bounds(size_t runs)
{
	const double each = RCS_CAMPAIGN_DOUBT, m = (double)runs;
	double log_at = m * log1p(-each), below = exp(log_at);
	size_t q = 0;

	/* Of one run, 95 % are enough, also when they are rounded. */
	while (q < runs && 1.0 - below > RCS_CAMPAIGN_DOUBT * (1.0 + 1e-9)) {
		log_at +=
			log((m - (double)q) / ((double)q + 1.0) * each / (1.0 - each));
		q++;
		below += exp(log_at);
	}
	return q;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double rcs_campaign_hits(double *bound, size_t runs)
{
	size_t kept = runs - rcs_campaign_wrong_bounds(runs);
	double sum = 0.0;

	if (runs > 1)
		qsort(bound, runs, sizeof(*bound), ascending);
	for (size_t i = 0; i < kept; i++)
		sum += bound[i];
	return sum;
}

double rcs_campaign_hits_of(double sensitivity, double p)
{
	return sensitivity * log(1.0 / p);
}

double rcs_campaign_sensitivity(double hits, double p)
{
	return hits / log(1.0 / p);
}

double rcs_campaign_bad_share(size_t machines, double p_missed, double p)
{
	if (machines == 0 || p_missed >= 1.0)
		return 1.0;
	return fmin(1.0, -expm1(log(p) / (double)machines) / (1.0 - p_missed));
}
