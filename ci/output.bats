#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# What is written where: progress, colour, a full disk.

load helper

on_terminal() { # ARGUMENT…
	TERM=xterm script -qec "stty cols 120; $RCUSTRESS $sb --threads 2 --time 60s $*" /dev/null </dev/null
}

@test "no progress and no colour when the output is no terminal" {
	need_two_cpus
	run env TERM=xterm "$RCUSTRESS" "$sb" --threads 2 --barrier membarrier
	[[ $output != *$'\r'* ]]
	[[ $output != *$'\033'* ]]
}

@test "progress and colour on a terminal" {
	need_two_cpus
	run on_terminal --barrier membarrier
	[[ $output == *"[1/1] membarrier SB+barrier+memb: "*" s of at most 60 s"* ]]
	[[ $output == *$'\033[1;32mHOLDS'* ]]
}

@test "NO_COLOR and --color never are respected, --color always wins" {
	need_two_cpus
	NO_COLOR=1 run on_terminal --barrier none
	[[ $output != *$'\033[1;31m'* ]]
	run on_terminal --barrier none --color never
	[[ $output != *$'\033[1;31m'* ]]
	NO_COLOR=1 run "$RCUSTRESS" "$sb" --threads 2 --barrier none --color always
	[[ $output == *$'\033[1;31mBROKEN'* ]]
}

@test "--quiet says verdicts only" {
	need_two_cpus
	run "$RCUSTRESS" "$sb" --threads 2 --barrier none --quiet
	[ "$status" -eq 1 ]
	[ "${#lines[@]}" -eq 2 ]
	[[ ${lines[0]} == "BROKEN  none"* ]]
}

@test "the header has machine, threads and seed; a seed can be given" {
	run "$RCUSTRESS" "$sb" --threads 3 --time 100ms --seed 42
	[[ ${lines[0]} == "machine  $(uname -m), Linux $(uname -r), "*", 3 threads (1 writer, 2 readers), seed 42" ]]
}

@test "a report that cannot be written is a fault" {
	run bash -c "'$RCUSTRESS' $sb --threads 2 --time 100ms >/dev/full"
	echo "$output"
	[ "$status" -eq 4 ]
	[[ $output == *"cannot write the report"* ]]
}

@test "an emulator is named, and its verdicts are marked" {
	qemu=$(command -v qemu-"$(uname -m)"-static || command -v qemu-"$(uname -m)") ||
		skip "no qemu-user"
	run "$qemu" "$RCUSTRESS" "$sb" --threads 2 --time 1s --barrier none
	echo "$output"
	[[ ${lines[1]} == "         under emulation by qemu-$(uname -m): "* ]]
	[[ $output == *" (emulated)  none  $sb"* ]]
	[[ ${lines[-1]} == *" (emulated): 1 cell in "* ]]
	run "$RCUSTRESS" "$sb" --threads 2 --time 1s --barrier none
	[[ $output != *emulat* ]]
}
