/* SPDX-License-Identifier: BSD-2-Clause */
/* Closed standard streams: see streams.h. */
#include "host/streams.h"

#include <fcntl.h>
#include <unistd.h>

void rcs_streams_occupy(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		/* O_PATH: a place and no more. The lowest free number is this one. */
		if (fcntl(fd, F_GETFD) < 0)
			(void)open("/", O_PATH);
	}
}
