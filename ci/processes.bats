#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# Processes: cells that die or hang, users who lose patience, and what is left behind.

load helper

start() { # ARGUMENT…: in the background, $pid, output in $BATS_TEST_TMPDIR/out
	"$RCUSTRESS" "$sb" --threads 2 --full --time 60s --barrier membarrier,fence "$@" \
		>"$BATS_TEST_TMPDIR/out" 2>&1 3>&- &
	pid=$!
}

finish() { # waits; $status and $output
	status=0
	wait "$pid" || status=$?
	output=$(<"$BATS_TEST_TMPDIR/out")
	echo "$output"
}

@test "a cell that is killed is a FAULT that names it" {
	need_two_cpus
	start
	cell=$(cell_of $pid)
	kill -KILL "$cell"
	sleep 0.3
	kill -INT $pid # enough seen: the second cell would take its minute
	finish
	[ "$status" -eq 4 ]
	[[ $output == *"FAULT  membarrier  SB+barrier+memb"*"was killed by signal 9"* ]]
	gone "$cell"
}

@test "a cell that hangs is killed, and a FAULT that names it" {
	need_two_cpus
	start
	cell=$(cell_of $pid)
	kill -STOP "$cell"
	for _ in $(seq 300); do
		grep -q FAULT "$BATS_TEST_TMPDIR/out" && break
		sleep 0.1
	done
	kill -INT $pid
	finish
	[ "$status" -eq 4 ]
	[[ $output == *"FAULT  membarrier  SB+barrier+memb"*"hung"* ]]
	gone "$cell"
}

@test "stopped and continued as a whole, nothing has hung" {
	need_two_cpus
	start
	cell=$(cell_of $pid)
	for _ in 1 2 3; do
		kill -STOP $pid "$cell"
		sleep 0.5
		kill -CONT $pid "$cell"
		sleep 0.2
	done
	kill -INT $pid
	finish
	[ "$status" -eq 3 ]
	[[ $output != *FAULT* ]]
	[[ $output != *BROKEN* ]]
}

@test "an interrupt gives the partial result, marked" {
	need_two_cpus
	start
	cell_of $pid
	sleep 1
	kill -INT $pid
	finish
	[ "$status" -eq 3 ]
	[[ $output == *"(partial: interrupted)"*"subject 0/"[1-9]* ]]
	[[ $output == *"1 cell in "*", interrupted"* ]]
}

@test "SIGTERM does the same, and leaves no process behind" {
	need_two_cpus
	start
	cell=$(cell_of $pid)
	kill -TERM $pid
	finish
	[ "$status" -eq 3 ]
	gone "$cell"
}

@test "a parent that is killed takes its cell with it" {
	need_two_cpus
	start
	cell=$(cell_of $pid)
	kill -KILL $pid
	wait $pid || true
	gone "$cell"
}

@test "descriptors and memory of a cell do not grow" {
	need_two_cpus
	start
	cell=$(cell_of $pid)
	sleep 1
	files=$(ls /proc/"$cell"/fd | wc -l)
	pages=$(cut -d ' ' -f 1 /proc/"$cell"/statm)
	sleep 3
	more_files=$(ls /proc/"$cell"/fd | wc -l)
	more_pages=$(cut -d ' ' -f 1 /proc/"$cell"/statm)
	kill -INT $pid
	finish
	# One may be /proc/interrupts, which is open now and then.
	[ "$more_files" -le $((files + 1)) ]
	[ "$more_pages" -le $((pages + 64)) ]
}
