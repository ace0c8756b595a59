#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# RCU flavours side by side: every table has every flavour. What it costs is not asserted.

load helper

flavours() {
	"$RCUSTRESS" bench --flavours help | awk '$1 != "all" { print $1 }'
}

bench() { # ARGUMENT…
	run "$RCUSTRESS" bench "$@"
	echo "$output"
}

# The table whose head has these words has a row of the flavour, with numbers and no more.
table_has() { # FLAVOUR WORDS
	awk -v words="$2" '
		/^$/ { inside = 0 }
		inside { print }
		index($0, words) { inside = 1 }' <<<"$output" |
		grep -E "^  $1 [* ]+[0-9][-0-9.x *]*\$" || { echo "no row of $1: $2"; return 1; }
}

table_is_full() { # WORDS
	local flavour
	for flavour in $(flavours); do
		table_has "$flavour" "$1"
	done
}

@test "there are flavours to measure" {
	[ "$(flavours | wc -l)" -ge 3 ]
	flavours | grep -qx asym
}

@test "bench --rcu has a row for each flavour in each table" {
	need_two_cpus
	bench --rcu --time 20ms
	[ "$status" -eq 0 ]
	table_is_full "read side, ns a section"
	[[ $output == *"  empty loop "*"  two stores, a load "* ]]
	for barrier in membarrier mprotect; do
		table_is_full "us a call, over $barrier, no reader"
		table_is_full "us a call, over $barrier, one reader, short sections"
		table_is_full "us a call, over $barrier, one reader, 50 us sections"
		table_is_full "calls a second in all, over $barrier, more callers"
		table_is_full "calls a second in all, over $barrier, a caller"
		table_is_full "call(), a second in all, over $barrier, 1 producer;"
		table_is_full "call(), a second in all, over $barrier, 4 producers;"
	done
	[ "$(grep -c '^  heavy call ' <<<"$output")" -eq 6 ]
	[[ $output == *" 1x1 "*" 2x1 "*" 4x1 "*" 8x1"*" 1x2 "*" 1x8"* ]]
	# Nothing else was asked for.
	[[ $output != *"bare SB"* && $output != *horizon* ]]
}

@test "bench measures those flavours, parts, barriers and threads that were named" {
	need_two_cpus
	bench --flavours asym --rcu=rate,grace --barrier fence --time 20ms --writers 2 --readers 2
	[ "$status" -eq 0 ]
	[[ $output == *"over fence, 2 readers, short sections"*"  asym "*"    2x2"* ]]
	[[ $output != *asym-two* && $output != *"read side"* && $output != *"call(),"* ]]
	[[ $output != *membarrier* ]]
}

@test "what bench cannot measure is refused with what there is" {
	bench --flavours nosuch
	[ "$status" -eq 2 ]
	for flavour in $(flavours); do
		[[ $output == *"$flavour"* ]]
	done
	bench --flavours asim
	[ "$status" -eq 2 ]
	[[ $output == *"did you mean 'asym'?"* ]]
	bench --rcu=nosuch
	[ "$status" -eq 2 ]
	[[ $output == *"--rcu 'nosuch': want read, grace, rate or callbacks"* ]]
	bench --rcu=read,
	[ "$status" -eq 2 ]
	bench --rcu --barrier nosuch
	[ "$status" -eq 2 ]
}

@test "with one CPU bench --rcu says what it could not measure" {
	run taskset -c 0 "$RCUSTRESS" bench --rcu --time 20ms --barrier membarrier
	echo "$output"
	[ "$status" -eq 0 ]
	table_is_full "read side, ns a section"
	table_is_full "us a call, over membarrier, no reader"
	table_is_full "call(), a second in all, over membarrier, 1 producer;"
	[[ $output == *"one reader, short sections, over membarrier: not measured: "*"only one may be used"* ]]
	[[ $output == *"callers x a reader, over membarrier: not measured: "* ]]
}

@test "bench --rcu gives what it has when interrupted" {
	# The reports of the rows that there are, and no complaint.
	"$RCUSTRESS" bench --rcu=callbacks --barrier fence --time 60s >"$BATS_TEST_TMPDIR/out" 2>&1 &
	pid=$!
	cell_of "$pid"
	sleep 0.5
	kill -INT "$pid"
	status=0
	wait "$pid" || status=$?
	cat "$BATS_TEST_TMPDIR/out"
	[ "$status" -eq 3 ]
	grep -q '^call(), a second' "$BATS_TEST_TMPDIR/out"
	! grep -q 'rcustress:' "$BATS_TEST_TMPDIR/out"
}

@test "a barrier that may not be called here has a line that says so, and the next is measured" {
	forbid=$(dirname "$RCUSTRESS")/forbid
	[ -x "$forbid" ] || skip "no launcher beside the program: built without tests"
	# What is killed before it says anything is the subject of faults.bats.
	"$forbid" membarrier "$RCUSTRESS" --version || skip "it cannot even start here"
	run "$forbid" membarrier "$RCUSTRESS" bench --rcu=callbacks --flavours asym --time 20ms
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"over membarrier: not measured: "*"a seccomp filter forbids"* ]]
	table_has asym "call(), a second in all, over mprotect, 1 producer;"
}
