/* SPDX-License-Identifier: BSD-2-Clause */
/* For tests of machines that are not here: a folder with files of their /proc and /sys.
 */
#ifndef RCS_HOST_TEST_SAMPLE_H
#define RCS_HOST_TEST_SAMPLE_H

#include <stddef.h>

#include "host/machine.h"

extern struct rcs_machine m; /* as it was last read */

/* Before and after each test. */
int make_root(void **state);
int remove_root(void **state);

/* The whole name of a file there, whose folders are made. It lasts until the next. */
const char *place(const char *path);

void put(const char *path, const char *text);
void put_bytes(const char *path, const void *bytes, size_t size);

/* A link to a file that is there, both by their names there. */
void put_link(const char *path, const char *target);

/* Reads m from there, as a program that was built for this architecture. */
void read_as(const char *built_for);

#define MACHINE_TEST(name) cmocka_unit_test_setup_teardown(name, make_root, remove_root)

#endif
