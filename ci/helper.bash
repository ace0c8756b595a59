# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash
# For the end-to-end tests: the program under test, and what they have in common.

: "${RCUSTRESS:=$BATS_TEST_DIRNAME/../build/rcustress}"

# The test for a run that is to have one cell for each barrier.
# shellcheck disable=SC2034  # for those who load this
sb=SB+barrier+memb

# Verdicts need two CPUs to be reached at all.
need_two_cpus() {
	[ "$(nproc)" -ge 2 ] || skip "one CPU: no verdict can be reached"
}

# Waits until the program with this PID has a cell; prints the cell's PID.
cell_of() { # PID
	local child
	for _ in $(seq 500); do
		child=$(cat /proc/"$1"/task/*/children 2>/dev/null)
		child=${child%% *}
		# A cell has its threads; a child that is still being started has one.
		if [ -n "$child" ] && [ "$(ls /proc/"$child"/task 2>/dev/null | wc -l)" -gt 1 ]; then
			echo "$child"
			return 0
		fi
		sleep 0.01
	done
	return 1
}

# Succeeds when PID does not exist any more, after a while at most.
gone() { # PID
	for _ in $(seq 500); do
		[ -d /proc/"$1" ] || return 0
		grep -q '^State:.Z' /proc/"$1"/status 2>/dev/null && return 0
		sleep 0.01
	done
	return 1
}
