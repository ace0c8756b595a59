/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading the values of options. Each takes the text, gives the value, and on
 * malformed text returns -1 with *e (usage) saying what is allowed.
 */
#ifndef RCS_CLI_VALUES_H
#define RCS_CLI_VALUES_H

#include <stdint.h>

#include "host/error.h"
#include "report/style.h"

/* "500ms", "30s", "5m", "1h", also "us" and "ns" and fractions; a bare number is
 * seconds. Above 0, at most a week. In nanoseconds. */
int rcs_value_duration(const char *text, uint64_t *ns, struct rcs_error *e);

/* "64M", "1G", "512K" (powers of 1024, "MiB" and "MB" alike); a bare number is
 * bytes. At least 64 KiB. */
int rcs_value_size(const char *text, uint64_t *bytes, struct rcs_error *e);

/* A whole number in decimal, or with 0x, from least to most. */
int rcs_value_count(const char *text, uint64_t least, uint64_t most, uint64_t *value,
		    struct rcs_error *e);

/* A number from least to most, "1e-6". */
int rcs_value_real(const char *text, double least, double most, double *value,
		   struct rcs_error *e);

/* "auto", "always" or "never". */
int rcs_value_color(const char *text, enum rcs_color *color, struct rcs_error *e);

#endif
