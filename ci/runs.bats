#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# How tests are run: runners, threads, seeds, final states, one CPU, and what an
# interrupt leaves. --time is a limit: these end as soon as they know.

load helper

# The lines of final states: "HITS CONTROL STAR STATE", the star being - if there is none.
states() {
	sed -n 's/^ \{10,\}\([0-9]\{1,\}\) \{1,\}\([0-9]\{1,\}\) \([* ]\) \([^ ].*=.*;\)$/\1 \2 \3 \4/p' \
		<<<"$output" | sed 's/^\([0-9]* [0-9]*\)   /\1 - /'
}

sum_of() { # COLUMN [STAR]
	states | awk -v column="$1" -v star="${2:-}" \
		'star == "" || $3 == star { n += $column } END { print n + 0 }'
}

# --- runners

@test "an unknown runner is refused" {
	ends 2 --runner fast SB
	[ "$output" = "rcustress: --runner 'fast': want auto, perpetual or batched" ]
}

@test "a test without a perpetual form is refused with the reason, and nothing is run" {
	ends 2 --runner perpetual HP+barrier+memb
	[[ $output == "rcustress: --runner 'perpetual': HP+barrier+memb has no perpetual form: "?* ]]
	[ "${#lines[@]}" -eq 1 ]
	ends 2 --runner perpetual --barrier none "$sb" R+barrier+memb
	[[ $output == "rcustress: --runner 'perpetual': R+barrier+memb has no perpetual form: "?* ]]
}

@test "the same test holds with either runner" {
	need_two_cpus
	for runner in perpetual batched; do
		ends 0 --threads 2 --time 120s -v --runner $runner SB+mbs
		[[ $output == *"HOLDS  -  SB+mbs  "*"runner $runner: "* ]]
	done
}

@test "the runner of store buffering is not the only one that can judge it" {
	need_two_cpus
	ends 1 --threads 2 --time 120s -v --runner batched --barrier none,mprotect-untouched "$sb"
	[ "$(grep -c '^BROKEN  ' <<<"$output")" -eq 2 ]
	[ "$(grep -c 'runner batched: ' <<<"$output")" -eq 2 ]
	ends 0 --threads 2 --time 120s --runner batched --barrier fence "$sb"
}

# --- final states

@test "with -v the final states of a batched test add up to its calls" {
	need_two_cpus
	ends 77 --threads 2 --time 2s --full -v --runner batched SB
	[ "$(states | wc -l)" -ge 3 ]
	# Each of these is seen on any machine.
	[[ $(states) == *"0:r0=1; 1:r0=0;"* && $(states) == *"0:r0=0; 1:r0=1;"* ]]
	calls=$(sed -n 's/^ *subject .* exposed of \([0-9]*\) calls.*/\1/p' <<<"$output")
	[ "$(sum_of 1)" -eq "$calls" ]
	[ "$(sum_of 2)" -eq 0 ] # there was no control
}

@test "with -v the target is starred, and its count is what is reported" {
	need_two_cpus
	for runner in perpetual batched; do
		ends 77 --threads 2 --time 2s --full -v --runner $runner SB
		[ "$(states | awk '$3 == "*"' | wc -l)" -eq 1 ]
		[[ $(states | grep ' [*] ') == *" * 0:r0=0; 1:r0=0;" ]]
		hits=$(sed -n 's/^ALLOWED .* subject \([0-9]*\)\/.*/\1/p' <<<"$output")
		[ "$(sum_of 1 '*')" -ge "$hits" ]
		[ "$hits" -gt 0 ]
	done
}

@test "with -v subject and control are told apart" {
	need_two_cpus
	ends 0 --threads 2 --time 120s -v SB+mbs
	[ "$(sum_of 1)" -gt 0 ]
	[ "$(sum_of 2)" -gt 0 ]
	[ "$(sum_of 1 '*')" -eq 0 ]
	[ "$(sum_of 2 '*')" -gt 0 ]
	[[ $(states) == *" * 0:r0=0; 1:r0=0;"* ]]
	# And nothing of it without -v.
	ends 0 --threads 2 --time 120s SB+mbs
	[ -z "$(states)" ]
}

# --- threads, seeds

@test "two threads run a test of four, and each has its part" {
	need_two_cpus
	ends 77 --threads 2 --time 2s --full -v --runner batched 4.SB
	[[ $output == *"runner batched: 2 threads in 1 group"* ]]
	[ "$(states | wc -l)" -ge 4 ]
	for thread in 0 1 2 3; do
		[[ $(states) == *"$thread:r0=1;"* && $(states) == *"$thread:r0=0;"* ]]
	done
}

@test "with more threads than a test has, groups run side by side" {
	need_two_cpus
	# Of threads with a heavy side, only if there are to be several writers.
	ends 1 --threads 6 --time 120s -v --barrier none 3.SB+barrier+membs
	[[ $output == *"BROKEN  none  3.SB+barrier+membs  "*" threads in 1 group"* ]]
	ends 1 --threads 6 --writers 2 --time 120s -v --barrier none 3.SB+barrier+membs
	[[ $output == *"BROKEN  none  3.SB+barrier+membs  "*" threads in 2 groups"* ]]
	ends 0 --threads 32 --time 120s -v SB+mbs
	[[ $output == *"HOLDS  -  SB+mbs  "*"32 threads in 16 groups"* ]]
}

@test "a seed is accepted by every runner, and shown" {
	need_two_cpus
	for test in SB 3.SB Lock+inc; do
		ends 77 --threads 2 --seed 12345 --time 500ms --full $test
		[[ ${lines[0]} == *", seed 12345" ]]
	done
	ends 1 --threads 2 --seed 12345 --time 120s --barrier none "$sb"
	[[ ${lines[0]} == *", seed 12345" ]]
}

# --- one CPU

@test "one CPU: every runner comes to an end, and none to a verdict" {
	cpu=$(taskset -cp $$ | sed 's/.*: *\([0-9]*\).*/\1/')
	for arguments in "$sb" "--runner batched $sb" "SB+mbs" "--runner batched SB+mbs" \
		"--runner perpetual SB+mbs" "Dekker+barrier+memb" "3.SB+barrier+membs"; do
		# shellcheck disable=SC2086  # words on purpose
		run timeout 60 taskset -c "$cpu" "$RCUSTRESS" --time 500ms --barrier none $arguments
		echo "$output"
		[ "$status" -eq 3 ]
		[[ $output == *INCONCLUSIVE*"only one CPU may be used"* ]]
	done
	for arguments in SB 3.SB "--runner batched SB" "--runner perpetual SB" \
		"--runner perpetual 3.SB" "--threads 16 Inc"; do
		# shellcheck disable=SC2086
		run timeout 60 taskset -c "$cpu" "$RCUSTRESS" --time 500ms $arguments
		echo "$output"
		[ "$status" -eq 77 ]
		[[ $output == *"ALLOWED  -  "* ]]
	done
}

# --- interrupts

# Starts it, interrupts it when its cell has run for a while; $status and $output.
interrupted() { # ARGUMENT…
	"$RCUSTRESS" --threads 2 --full --time 60s "$@" >"$BATS_TEST_TMPDIR/out" 2>&1 3>&- &
	pid=$!
	cell=$(cell_of $pid)
	sleep 1.5
	kill -INT $pid
	status=0
	wait $pid || status=$?
	output=$(<"$BATS_TEST_TMPDIR/out")
	echo "$output"
	gone "$cell"
	[ "$status" -eq 3 ]
	[[ $output != *FAULT* && $output != *BROKEN* ]]
	[[ $(tail -n 1 <<<"$output") == "INCONCLUSIVE: "*", interrupted" ]]
}

@test "an interrupt in the midst of a perpetual cell gives what there is" {
	need_two_cpus
	interrupted -v --runner perpetual SB+mbs
	[[ $output == *"SB+mbs  (partial: interrupted)  subject 0/"[1-9]*"runner perpetual"* ]]
	[ "$(sum_of 1)" -gt 0 ]
	interrupted -v --runner perpetual SB
	[[ $output == *"ALLOWED  -  SB  (partial: interrupted)  subject "[1-9]* ]]
}

@test "an interrupt in the midst of a batched cell gives what there is" {
	need_two_cpus
	interrupted -v --barrier fence 3.SB+barrier+membs Dekker+barrier+memb
	[[ $output == *"3.SB+barrier+membs  (partial: interrupted)  subject 0/"[1-9]*"runner batched"* ||
		$(nproc) -ge 3 ]]
	# The other test is not begun.
	[[ $(tail -n 1 <<<"$output") == "INCONCLUSIVE: 1 cell in "* ]]
	[[ $output != *Dekker* ]]
	interrupted -v --runner batched --amplify none Inc
	[[ $output == *"ALLOWED  -  Inc  (partial: interrupted)  subject "[1-9]* ]]
}
