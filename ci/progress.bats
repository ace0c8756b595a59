#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# The line of progress: on terminals, as wide as they are, and nowhere else.

load helper

# Runs a command on a terminal of so many columns.
on_columns() { # COLUMNS COMMAND…
	local columns=$1
	shift
	TERM=${TERM_HERE:-xterm} script -qec "stty cols $columns && $*" /dev/null </dev/null
}

# What was drawn, a line each, without what clears it.
drawn() {
	tr '\r' '\n' <<<"$output" | sed -n 's/^\x1b\[K\(\[[0-9]*\/[0-9]*\].*\)$/\1/p'
}

# The widest of these lines.
widest() {
	drawn | awk '{ if (length($0) > n) n = length($0) } END { print n + 0 }'
}

run_on() { # COLUMNS
	run on_columns "$1" "$RCUSTRESS" "$sb" --threads 2 --time 5s --barrier none,mprotect
}

@test "a run says which cell, what it does, and how long it may take" {
	need_two_cpus
	run_on 200
	[[ $(drawn) == *"[1/2] none SB+barrier+memb: "*" s of at most 5 s, at most 10 s left"* ]]
	[[ $(drawn) == *"[2/2] mprotect SB+barrier+memb: "*", about "*" s left, at most 5 s"* ]]
}

@test "the line is not wider than the terminal, and words are whole" {
	need_two_cpus
	for columns in 60 30 20; do
		run_on "$columns"
		drawn
		[ -n "$(drawn)" ]
		[ "$(widest)" -lt "$columns" ]
		[ -z "$(drawn | grep -vE '^\[[12]/2\]( | .* )?(left|starting|calibrating|block [0-9]+ of [0-9]+|SB\+barrier\+memb|)$')" ]
	done
}

@test "there is no line where there is no room for one" {
	need_two_cpus
	run_on 19
	[ -z "$(drawn)" ]
	[[ $output == *"BROKEN"* ]]
}

@test "there is no line on a dumb terminal, nor in a file" {
	need_two_cpus
	TERM_HERE=dumb run_on 80
	[ -z "$(drawn)" ]
	run on_columns 80 "$RCUSTRESS $sb --threads 2 --time 2s --barrier none >$BATS_TEST_TMPDIR/out"
	[ -z "$(drawn)" ]
	run on_columns 80 "$RCUSTRESS $sb --threads 2 --time 2s --barrier none 2>$BATS_TEST_TMPDIR/err"
	[ -z "$(drawn)" ]
	[ ! -s "$BATS_TEST_TMPDIR/err" ]
}

@test "quiet runs have none either" {
	need_two_cpus
	run on_columns 80 "$RCUSTRESS" "$sb" --threads 2 --time 2s --barrier none --quiet
	[ -z "$(drawn)" ]
}

@test "other commands that take long have one" {
	need_two_cpus
	run on_columns 80 "$RCUSTRESS" mutants --runs 1 --time 1s no_heavy
	[[ $(drawn) == *"[1/2] asym: "* ]]
	run on_columns 80 "$RCUSTRESS" bench --costs --barrier none,membarrier --time 200ms
	[[ $(drawn) == *"[2/2] membarrier: "* ]]
	run on_columns 80 "$RCUSTRESS" bench --rcu=read --flavours qsbr --time 200ms
	[[ $(drawn) == *"[1/1] none read: "* ]]
	run on_columns 80 "$RCUSTRESS" prove --model sc SB MP
	[[ $(drawn) == *"[2/2] MP"* ]]
}
