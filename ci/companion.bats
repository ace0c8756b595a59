#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# Flavours of liburcu run in a program of their own, and the main one is rid of it.

load helper

setup() {
	"$RCUSTRESS" list --rcu | grep -q '^ *urcu-memb ' || skip "built without liburcu"
	companion=$(dirname "$RCUSTRESS")/rcustress-urcu
	[ -x "$companion" ]
}

# The program in a folder without a companion.
alone() {
	cp "$RCUSTRESS" "$BATS_TEST_TMPDIR/rcustress"
	alone=$BATS_TEST_TMPDIR/rcustress
	"$alone" list --rcu | grep -q '^ *urcu-memb .*not here' || skip "a companion is installed"
}

# A companion that is none, for that program.
stand_in() { # TEXT
	printf '%s\n' "$1" >"$BATS_TEST_TMPDIR/rcustress-urcu"
	chmod +x "$BATS_TEST_TMPDIR/rcustress-urcu"
}

@test "the program is not linked with liburcu, its companion is" {
	command -v ldd >/dev/null || skip "no ldd"
	[[ $(ldd "$RCUSTRESS") != *liburcu* ]]
	[[ $(ldd "$companion") == *liburcu* ]]
}

@test "a process is not registered for membarrier before a barrier asks for it" {
	need_two_cpus
	"$RCUSTRESS" list --barriers | grep -q '^ *membarrier .*works here' || skip "no membarrier here"
	run "$RCUSTRESS" --threads 2 --time 60s --barrier membarrier-unregistered "$sb"
	[[ $output != *SKIPPED* ]]
}

@test "flavours of liburcu run beside others, however the program is called" {
	path=$(realpath "$RCUSTRESS")
	ln -s "$path" "$BATS_TEST_TMPDIR/link"
	cd "$BATS_TEST_TMPDIR"
	for program in "$path" ./link; do
		run "$program" --rcu urcu-memb,urcu-qsbr,asym --time 500ms rcu
		echo "$output"
		[[ $output == *"rcu urcu-memb"*"rcu urcu-qsbr"*"rcu asym"* ]]
		[[ $output != *SKIPPED* && $output != *FAULT* && $output != *BROKEN* ]]
	done
	PATH=$BATS_TEST_TMPDIR:$PATH run link list --rcu -v
	[[ $output == *"runs in: "*"/rcustress-urcu"* ]]
}

@test "without the companion its flavours are SKIPPED, and others go on" {
	alone
	run "$alone" --rcu urcu-mb --time 200ms rcu
	echo "$output"
	[ "$status" -eq 77 ]
	[[ $output == *"SKIPPED  "*"rcu urcu-mb"*"why: no rcustress-urcu to run"* ]]
	run "$alone" bench --rcu=read --flavours asym,urcu-memb --time 20ms
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"  asym  "*"  urcu-memb  "*"not measured: no rcustress-urcu to run"* ]]
}

@test "a companion that cannot start is a reason to skip" {
	alone
	stand_in "neither a program nor a script"
	run "$alone" --rcu urcu-mb --time 200ms rcu
	echo "$output"
	[ "$status" -eq 77 ]
	[[ $output == *"SKIPPED"*"could not be started"* ]]
	stand_in "#!/bin/sh
exit 127"
	run "$alone" --rcu urcu-mb --time 200ms rcu
	[ "$status" -eq 77 ]
	[[ $output == *"SKIPPED"*"cannot be loaded"* ]]
	forbid=$(dirname "$RCUSTRESS")/forbid
	[ -x "$forbid" ] && "$forbid" membarrier true || return 0
	run "$forbid" membarrier "$RCUSTRESS" --rcu urcu-mb --time 200ms rcu
	echo "$output"
	[ "$status" -eq 77 ]
	[[ $output == *"SKIPPED"*"a seccomp filter forbids"* ]]
	run "$forbid" membarrier "$RCUSTRESS" bench --rcu=read --flavours asym,urcu-mb --time 20ms
	echo "$output"
	[[ $output == *"not measured: "*"a seccomp filter forbids"* ]]
}

@test "a companion of another build is a FAULT that says so" {
	alone
	stand_in "#!/bin/sh
exit 2"
	run "$alone" --rcu urcu-mb --time 200ms rcu
	echo "$output"
	[ "$status" -eq 4 ]
	[[ $output == *"FAULT"*"install both programs from one build"* ]]
	run "$alone" bench --rcu=read --flavours urcu-memb --time 20ms
	[ "$status" -eq 4 ]
	[[ $output == *"install both programs from one build"* ]]
}
