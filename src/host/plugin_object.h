/* SPDX-License-Identifier: BSD-2-Clause */
/* Whether a file can be loaded, by its ELF header. */
#ifndef RCS_HOST_PLUGIN_OBJECT_H
#define RCS_HOST_PLUGIN_OBJECT_H

#include "host/error.h"

/* That it is a shared object for the architecture of this program. -1 and *e (USAGE).
 */
int rcs_plugin_check_object(const char *path, struct rcs_error *e);

#endif
