#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A run of rcustress in any CI: its report on the terminal, and in files for the rest.
#
#   rcustress.sh [OPTION…] [TEST…]        as rcustress itself takes them
#
# RCUSTRESS           the program (default: rcustress)
# RCUSTRESS_REPORTS   folder for NAME.json, .xml (JUnit), .html and .md
#                     (default: rcustress-reports)
# RCUSTRESS_NAME      NAME, which should differ between jobs whose reports are put
#                     together (default: rcustress- and the architecture)
# RCUSTRESS_BASELINE  NAME.json of an earlier run, if there is one yet: then what
#                     counts is whether anything is worse
#
# Exit status: that of the run; with a baseline 1 if something is worse, also what HELD
# and is not tested any more, else 0. 77 says that nothing was judged, which most services
# can be told to take as a warning. JUnit (.xml) shows every failure, also a known one.
set -eu

program=${RCUSTRESS:-rcustress}
reports=${RCUSTRESS_REPORTS:-rcustress-reports}
base=$reports/${RCUSTRESS_NAME:-rcustress-$(uname -m)}
baseline=${RCUSTRESS_BASELINE:-}

mkdir -p "$reports"
# What an earlier run left is not this one's.
rm -f "$base.json" "$base.xml" "$base.html" "$base.md"
status=0
"$program" --output json="$base.json" --output junit="$base.xml" \
	--output html="$base.html" --output markdown="$base.md" "$@" || status=$?

# Usage, or the machine or the program at fault, or nothing was judged: there is nothing
# to compare, and a runner that tests nothing any more is not to pass.
case $status in
0 | 1 | 3) ;;
*) exit "$status" ;;
esac
[ -n "$baseline" ] || exit "$status"
if [ ! -f "$baseline" ]; then
	echo "rcustress.sh: no baseline $baseline yet: nothing is compared" >&2
	exit "$status"
fi
status=0
"$program" report "$base.json" --baseline "$baseline" --check \
	--output html="$base.html" --output markdown="$base.md" || status=$?
exit "$status"
