#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# `rcustress mutants`: lies are found out, and what is found out is said. Which mutants
# these are: those that are killed in milliseconds, and so on any machine.

load helper

mutants() { # STATUS ARGUMENT…
	run timeout 200 "$RCUSTRESS" mutants "${@:2}"
	echo "$output"
	[ "$status" -eq "$1" ]
}

refused() { # WORDS ARGUMENT…
	mutants 2 "${@:2}"
	[[ $output == *"$1"* ]]
	# Nothing was run.
	[[ $output != *killed* ]]
}

names() {
	"$RCUSTRESS" list --mutants | awk 'NR > 1 { print $1 }'
}

# A barrier that is sound here, for what is below the mutants.
sound_barrier() {
	if "$RCUSTRESS" list --barriers | grep -q '^  membarrier  .*works'; then
		echo membarrier
	else
		echo mprotect
	fi
}

# The row of a mutant that was killed in all of so many runs, by the check.
killed() { # MUTANT RUNS CHECK
	grep -Eq "^$1 +$2/$2 +[0-9.]+ m?s +[0-9.]+ m?s  $3 " <<<"$output" ||
		{ echo "not killed by $3: $1"; return 1; }
}

@test "mutants are killed, each by the check that is for it, and the RCU itself is not" {
	need_two_cpus
	mutants 0 --runs 1 --time 3s --barrier "$(sound_barrier)" \
		call_at_once call_twice call_reverses barrier_at_once inner_clears
	[[ ${lines[0]} =~ ^mutant\ +killed\ +median\ +longest\ +by ]]
	grep -Eq '^asym +no violation, [1-9][0-9]* grace periods in ' <<<"$output"
	killed call_twice 1 twice
	killed call_reverses 1 order
	# By a child of fork() as well, now and then.
	killed barrier_at_once 1 '(barrier|child)'
	# Several checks are for these, and the first one wins.
	killed call_at_once 1 '[a-z]+'
	killed inner_clears 1 '[a-z]+'
	[[ ${lines[-1]} == "5 mutants: 5 killed, 0 may survive here, 0 survived; slowest median "* ]]
}

@test "each mutant has as many runs as were asked for, and is killed in all" {
	need_two_cpus
	mutants 0 --runs 3 --time 3s --barrier "$(sound_barrier)" call_twice barrier_at_once
	killed call_twice 3 twice
	killed barrier_at_once 3 '(barrier|child)'
}

@test "an RCU without its heavy barrier is found out" {
	need_two_cpus
	mutants 0 --runs 1 --time 4s --barrier "$(sound_barrier)" no_heavy local_heavy
	[[ ${lines[-1]} == "2 mutants: 2 killed, "* ]]
}

@test "a lost wake-up ends as a verdict, and not as a hang" {
	need_two_cpus
	mutants 0 --runs 1 --time 5s --barrier "$(sound_barrier)" --witness no_wake
	killed no_wake 1 stuck
	[[ $output == *"stuck: grace periods did not end"* ]]
}

@test "--witness says what the check saw" {
	need_two_cpus
	mutants 0 --runs 1 --time 2s --barrier "$(sound_barrier)" call_twice
	[[ $output != *"twice: "* ]]
	mutants 0 --runs 1 --time 2s --barrier "$(sound_barrier)" --witness call_twice
	[[ $output == *$'\n'"                    twice: "*"updater "[0-9]* ]]
}

@test "a mutant that survives is a failure" {
	need_two_cpus
	# Its lie needs threads that register meanwhile: not within a millisecond.
	mutants 1 --runs 2 --time 1ms --barrier "$(sound_barrier)" misses_new
	grep -Eq '^misses_new +0/2 +- +- +- ' <<<"$output"
	[[ $output == *$'\n'"                    SURVIVED"$'\n'* ]]
	[[ ${lines[-1]} == "1 mutant: 0 killed, 0 may survive here, 1 survived" ]]
}

@test "a mutant that no run can find out here may survive, and that is said" {
	need_two_cpus
	[ "$(uname -m)" = x86_64 ] || skip "others may show it"
	mutants 0 --runs 3 --time 300ms --barrier "$(sound_barrier)" plain_leave
	[[ $output == *"may survive: this CPU keeps "* ]]
	[[ ${lines[-1]} == "1 mutant: 0 killed, 1 may survive here, 0 survived" ]]
	# And the prover has found it out: the tests that it names.
	mutants 0 --runs 1 --time 100ms --barrier "$(sound_barrier)" \
		plain_leave advances_early no_second_heavy
	tests=$(grep -o 'RCU-asym[^, ]*' <<<"$output")
	[ -n "$tests" ]
	for test in $tests; do
		# As a shell would, some have a star for several.
		[ -n "$(find "$suite" -name "$test.litmus")" ] || { echo "no such test: $test"; return 1; }
	done
}

@test "over a barrier that does nothing, the RCU itself is found out" {
	need_two_cpus
	mutants 1 --runs 1 --time 60s --barrier none call_twice
	grep -Eq '^asym +VIOLATED, ' <<<"$output"
}

@test "an interrupt gives what there is" {
	need_two_cpus
	"$RCUSTRESS" mutants --runs 1 --time 60s --barrier fence >"$BATS_TEST_TMPDIR/out" 2>&1 3>&- &
	pid=$!
	cell=$(cell_of $pid)
	sleep 1
	kill -INT $pid
	status=0
	wait $pid || status=$?
	output=$(<"$BATS_TEST_TMPDIR/out")
	echo "$output"
	gone "$cell"
	[ "$status" -eq 3 ]
	grep -Eq '^asym +no violation, ' <<<"$output"
	[[ $(tail -n 1 <<<"$output") == "0 mutants: "* ]]
}

@test "there are mutants enough, and no two of one name" {
	[ "$(names | wc -l)" -ge 24 ]
	[ "$(names | sort -u | wc -l)" -eq "$(names | wc -l)" ]
	# Not shown where nobody asked for them.
	run "$RCUSTRESS" list
	[ "$status" -eq 0 ]
	[[ $output != *no_heavy* ]]
}

@test "each mutant that is listed is accepted by its name" {
	# What is wrong behind them is found before anything is run.
	# shellcheck disable=SC2046  # words on purpose
	refused "there is no mutant 'nosuch'" $(names) nosuch
	for name in $(names); do
		run "$RCUSTRESS" mutants "$name" --runs 0
		[ "$status" -eq 2 ]
		[[ $output == *"--runs '0'"* ]] || { echo "$name: $output"; return 1; }
	done
}

@test "a mutant that there is not is refused, with the nearest or where to look" {
	refused "there is no mutant 'no_wak'; did you mean 'no_wake'?" no_wak
	refused "there is no mutant 'nosuch'; \`rcustress list --mutants' shows them" nosuch
	refused "there is no mutant ''" ""
	refused "there is no mutant 'xxxx" "$(head -c 100000 /dev/zero | tr '\0' x)"
	# One good name does not help.
	refused "there is no mutant 'nosuch'" no_heavy nosuch
}

@test "options out of range are refused, with what is allowed" {
	refused "--runs '0': want a whole number from 1 to" --runs 0
	refused "--runs '-1'" --runs=-1
	refused "--runs '1000000': want a whole number from 1 to" --runs 1000000
	refused "--runs 'many'" --runs many
	refused "--time '0'" --time 0
	refused "--time 'soon': want a duration" --time soon
	refused "did you mean 'membarrier'?" --barrier membarier
	refused "there is no barrier 'none,fence'" --barrier none,fence
	refused "--threads '1': want a whole number from 2" --threads 1
	refused "need a reader each" --readers 1 --writers 2
	refused "may not be used here" --cpus 4000
	refused "unrecognized option" --rcu asym
}

@test "one CPU is too few, and that is said" {
	run timeout 60 taskset -c "$(taskset -cp $$ | sed 's/.*: *\([0-9]*\).*/\1/')" \
		"$RCUSTRESS" mutants call_twice
	echo "$output"
	[ "$status" -eq 2 ]
	[[ $output == *"takes two CPUs, and only one may be used"* ]]
}
