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

# What ends() is to give the program each time.
with=()

# The program must end with that status, and soon enough to be called an end.
ends() { # STATUS ARGUMENT…
	run timeout 200 "$RCUSTRESS" "${with[@]}" "${@:2}"
	echo "$output"
	[ "$status" -eq "$1" ]
}

# It does not take these arguments, says so in these words, and has run nothing.
refused() { # WORDS ARGUMENT…
	ends 2 "${@:2}"
	[[ $output == *"$1"* ]]
	[[ $output != *machine* ]]
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

# The suite's files.
# shellcheck disable=SC2034
suite=$BATS_TEST_DIRNAME/../litmus

# What the program compiles stays with the bats file that asked for it.
own_cache() {
	export XDG_CACHE_HOME=$BATS_FILE_TMPDIR/cache
}

need_compiler() {
	command -v "${RCUSTRESS_CC:-cc}" >/dev/null || skip "no C compiler"
}

every_model() { # ANSWER
	echo "tso=$1 armv8=$1 riscv=$1 power=$1"
}

# Writes NAME.litmus to the current folder: what is claimed of its target is the same
# for all architectures; the program and its target come from standard input.
claim() { # NAME RESULT STRIPPED: Never, Sometimes, Always
	{
		printf 'C %s\n\n(*\n * Written by a test.\n *\n' "$1"
		printf ' * Result: %s\n * Stripped: %s\n *)\n' "$(every_model "$2")" "$(every_model "$3")"
		cat
	} >"$1.litmus"
}

# More events than the prover takes, none of which a CPU sees: so that what a file claims is
# believed, though it is wrong.
# shellcheck disable=SC2034  # for those who load this
beyond_proof=$(printf 'barrier(); %.0s' {1..35})

# Store buffering with this between store and load, for standard input of the above.
store_buffering() { # FENCE
	printf '{}\nP0(int *x, int *y)\n{\n\tint r0;\n\n\tWRITE_ONCE(*x, 1);\n\t%s\n\tr0 = READ_ONCE(*y);\n}\n' "$1"
	printf 'P1(int *y, int *x)\n{\n\tint r0;\n\n\tWRITE_ONCE(*y, 1);\n\t%s\n\tr0 = READ_ONCE(*x);\n}\n' "$1"
}
