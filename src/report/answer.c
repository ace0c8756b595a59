/* SPDX-License-Identifier: BSD-2-Clause */
/* Answers and the files' lines `Result:` and `Local:`: see answer.h. */
#include "report/answer.h"

enum rcs_answer rcs_answer_stated(const struct rcs_litmus *test,
				  enum rcs_prove_barrier barrier, enum rcs_model model)
{
	switch (barrier) {
	case RCS_PROVE_IDEAL:
		return test->result[model];
	case RCS_PROVE_LOCAL:
		return test->local[model];
	case RCS_PROVE_STRIPPED:
		return test->stripped[model];
	case RCS_PROVE_NONE:
		break;
	}
	return RCS_ANSWER_UNKNOWN;
}

enum rcs_answer_standing rcs_answer_standing(const struct rcs_litmus *test,
					     enum rcs_prove_barrier barrier,
					     enum rcs_model model,
					     enum rcs_answer answer)
{
	enum rcs_answer stated = rcs_answer_stated(test, barrier, model);

	if (answer == RCS_ANSWER_UNKNOWN)
		return RCS_STANDING_GAVE_UP;
	if (stated == RCS_ANSWER_UNKNOWN)
		return RCS_STANDING_UNSTATED;
	return answer == stated ? RCS_STANDING_EXPECTED : RCS_STANDING_CONTRADICTED;
}

const char *rcs_answer_text(enum rcs_answer answer)
{
	return answer == RCS_ANSWER_UNKNOWN ? "gave up" : rcs_answer_names[answer];
}
