/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The list of amplifiers, best guess first: X(name) stands for amplifier/name.h,
 * which defines rcs_amplify_name() and rcs_amplifier_name. Included several times;
 * all.h includes the headers themselves.
 */
X(stream_split)
X(stream_self)
X(flush_self)
X(flush_split)
X(flush)
X(contend)
X(split)
X(cold)
X(none)
