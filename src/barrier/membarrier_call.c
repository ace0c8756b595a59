/* SPDX-License-Identifier: BSD-2-Clause */
/* Registrations for membarrier(2): see membarrier_call.h. */
#include "barrier/membarrier_call.h"

#include <string.h>

int rcs_membarrier_register(enum rcs_membarrier_command command, const char *what,
			    const char *needs, struct rcs_error *e)
{
	int got = rcs_membarrier(command);

	if (got >= 0)
		return 0;
	return rcs_fail(e, RCS_ERROR_UNSUPPORTED,
			"membarrier cannot register %s: %s%s%s%s", what, strerror(-got),
			got == -ENOSYS || got == -EINVAL ? " (needs " : "",
			got == -ENOSYS || got == -EINVAL ? needs : "",
			got == -ENOSYS || got == -EINVAL ? ")" : "");
}

int rcs_membarrier_not_registered(int commands, struct rcs_error *e)
{
	int got = rcs_membarrier(RCS_MEMBARRIER_GET_REGISTRATIONS);

	if (got >= 0 && (got & commands) == 0)
		return 0;
	if (got >= 0)
		return rcs_fail(e, RCS_ERROR_UNSUPPORTED,
				"this process is registered already, so the call is no "
				"control: some library registers when it is loaded");
	/* Before Linux 6.3 only the private command tells, by EPERM. */
	if (got == -EINVAL && commands == RCS_MEMBARRIER_REGISTER_PRIVATE_EXPEDITED &&
	    rcs_membarrier(RCS_MEMBARRIER_PRIVATE_EXPEDITED) == -EPERM)
		return 0;
	return rcs_fail(e, RCS_ERROR_UNSUPPORTED,
			"membarrier cannot tell whether this process is registered: %s",
			strerror(-got));
}
