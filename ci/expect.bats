#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# Expectations on real CPUs: what passes, what fails, and what the report says.
# --time is a limit: these end as soon as they know.

load helper

expecting() { # STATUS ARGUMENT…
	need_two_cpus
	run "$RCUSTRESS" "$sb" --threads 2 --time 120s "${@:2}"
	echo "$output"
	[ "$status" -eq "$1" ]
}

another_arch() {
	[ "$(uname -m)" = s390x ] && echo x86_64 || echo s390x
}

@test "a control that is BROKEN as expected passes" {
	expecting 0 --barrier none,delay --expect none=BROKEN,delay=broken
	[[ $output == *$'\nBROKEN (as expected)  none  '*$'\nBROKEN (as expected)  delay:3000  '* ]]
	[[ $output != *"was expected"* ]]
	[[ ${lines[-1]} == "AS EXPECTED: 2 cells in "* ]]
	[[ ${lines[-1]} != *"P("* ]]
}

@test "a barrier that HOLDS as expected passes, and the run says what that is worth" {
	expecting 0 --barrier fence,none --expect fence=HOLDS --expect none=BROKEN/INCONCLUSIVE
	[[ $output == *$'\nHOLDS (as expected)  fence  '* ]]
	[[ ${lines[-1]} == "HOLDS: 2 cells in "*", P(any missed) at most "[0-9]* ]]
}

@test "a barrier that HOLDS where nothing is claimed is shown as such" {
	need_two_cpus
	run "$RCUSTRESS" "$sb" --threads 2 --time 120s --barrier membarrier-rseq
	echo "$output"
	[[ $output != *SKIPPED* ]] || skip "no membarrier-rseq here"
	[[ $output == *$'\nHOLDS (not claimed here)  membarrier-rseq  '* ]]
	[[ $output == *"which is no promise"* ]]
}

@test "a barrier that HOLDS though BROKEN was expected fails, and is no success" {
	expecting 1 --barrier fence --expect fence=BROKEN/SKIPPED
	[[ $output == *$'\nHOLDS  fence  '*$'\n  BROKEN or SKIPPED was expected, and not this'* ]]
	[[ ${lines[-1]} == "UNEXPECTED: 1 cell in "* ]]
	[[ ${lines[-1]} != *"P("* ]]
}

@test "a barrier that is BROKEN though HOLDS was expected fails, also when quiet" {
	expecting 1 --quiet --barrier none --expect none=HOLDS
	[[ ${lines[0]} == "BROKEN  none  "* ]]
	[[ ${lines[1]} == "  HOLDS was expected, and not this" ]]
	[[ ${lines[2]} == "BROKEN: 1 cell in "* ]]
}

@test "what nothing is expected of is judged as ever" {
	expecting 1 --barrier none,delay --expect none=BROKEN
	[[ $output == *$'\nBROKEN (as expected)  none  '*$'\nBROKEN  delay:3000  '* ]]
	[[ ${lines[-1]} == "BROKEN: "* ]]
}

@test "an expectation takes the place of a self-test" {
	need_two_cpus
	run "$RCUSTRESS" "$sb" --threads 2 --time 300ms --barrier all --expect none=HOLDS
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *$'\nBROKEN  none  '*"HOLDS was expected"* ]]
	[[ $output == *$'\nBROKEN (as a control must be)  delay:3000  '* ]]
	[[ ${lines[-1]} == "BROKEN: "* ]]
}

@test "one CPU: INCONCLUSIVE passes where it was expected, else it could not tell" {
	cpu=$(taskset -cp $$ | sed 's/.*: *\([0-9]*\).*/\1/')
	run "$RCUSTRESS" "$sb" --cpus "$cpu" --expect mprotect=INCONCLUSIVE
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *$'\nINCONCLUSIVE (as expected)  mprotect  '* ]]
	[[ ${lines[-1]} == "AS EXPECTED: 1 cell in "* ]]
	run "$RCUSTRESS" "$sb" --cpus "$cpu" --expect mprotect=HOLDS/BROKEN
	echo "$output"
	[ "$status" -eq 3 ]
	[[ $output == *"HOLDS or BROKEN was expected, and this could not tell"* ]]
	[[ ${lines[-1]} == "INCONCLUSIVE: 1 cell in "* ]]
	run "$RCUSTRESS" "$sb" --cpus "$cpu" --expect mprotect=HOLDS --inconclusive pass
	[ "$status" -eq 0 ]
}

@test "an expectation of this architecture wins, one of another is ignored" {
	expecting 0 --barrier none --expect "none=HOLDS,none=BROKEN@$(uname -m)"
	[[ $output == *"BROKEN (as expected)  none"* ]]
	expecting 1 --barrier none --expect "none=BROKEN@$(another_arch)"
	[[ $output == *$'\nBROKEN  none  '* ]]
	# Nor is it asked for to be tested.
	expecting 1 --barrier none --expect "fence=HOLDS@$(another_arch)"
}

@test "a file is shared by runs that test other barriers" {
	cat >"$BATS_TEST_TMPDIR/expected" <<-END
		# What CI knows.

		none     = BROKEN            # of course
		delay    = BROKEN/INCONCLUSIVE
		mprotect = HOLDS
	END
	expecting 0 --barrier none --expect-file "$BATS_TEST_TMPDIR/expected"
	[[ $output == *"BROKEN (as expected)  none"* ]]
	expecting 0 --barrier delay,local-fence --expect-file "$BATS_TEST_TMPDIR/expected" \
		--expect local-fence=BROKEN
	[[ ${lines[-1]} == "AS EXPECTED: 2 cells in "* ]]
}

@test "what was interrupted has not passed, whatever was expected" {
	need_two_cpus
	"$RCUSTRESS" "$sb" --threads 2 --full --time 60s --barrier fence \
		--expect fence=HOLDS/INCONCLUSIVE >"$BATS_TEST_TMPDIR/out" 2>&1 3>&- &
	pid=$!
	cell_of $pid
	kill -INT $pid
	status=0
	wait $pid || status=$?
	cat "$BATS_TEST_TMPDIR/out"
	[ "$status" -eq 3 ]
	[[ $(tail -n 1 "$BATS_TEST_TMPDIR/out") == "INCONCLUSIVE: 1 cell in "*", interrupted" ]]
}

@test "a fault is never expected" {
	need_two_cpus
	"$RCUSTRESS" "$sb" --threads 2 --full --time 60s --barrier fence \
		--expect fence=HOLDS/BROKEN/INCONCLUSIVE/SKIPPED \
		>"$BATS_TEST_TMPDIR/out" 2>&1 3>&- &
	pid=$!
	kill -KILL "$(cell_of $pid)"
	status=0
	wait $pid || status=$?
	cat "$BATS_TEST_TMPDIR/out"
	[ "$status" -eq 4 ]
	grep -q 'HOLDS or BROKEN or INCONCLUSIVE or SKIPPED was expected, and not this' \
		"$BATS_TEST_TMPDIR/out"
	[[ $(tail -n 1 "$BATS_TEST_TMPDIR/out") == "FAULT: 1 cell in "* ]]
}

@test "a time budget for the run is enough where verdicts come early" {
	need_two_cpus
	run "$RCUSTRESS" "$sb" --threads 2 --total 240s --barrier none,fence --expect none=BROKEN
	echo "$output"
	[ "$status" -eq 0 ]
	[[ ${lines[-1]} == "HOLDS: 2 cells in "* ]]
}
