#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# RCU flavours under torture: the test `rcu`, from the command line. --time is a limit:
# verdicts end sooner. timeout(1) is there for what never ends.

load helper

flavours() {
	"$RCUSTRESS" --rcu help | awk '$1 != "all" && $1 !~ "/" { print $1 }'
}

# Those that rest on the barrier under test.
flavours_on_barriers() {
	"$RCUSTRESS" list --rcu | awk '$2 == "any" { print $1 }'
}

# No violation; where much else runs, no verdict either.
never_broken() { # ARGUMENT…
	run timeout 200 "$RCUSTRESS" "$@"
	echo "$output"
	[ "$status" -eq 0 ] || [ "$status" -eq 3 ]
	[[ $output != *BROKEN* && $output != *FAULT* && $output != *witness* ]]
}

some_cpu() {
	taskset -cp $$ | sed 's/.*: *\([0-9]*\).*/\1/'
}

# The sum of the grace periods that the report has.
grace_periods() {
	sed -n 's/^  rcu: \([0-9]*\) grace periods, .*/\1/p' <<<"$output" |
		awk '{ n += $1 } END { print n + 0 }'
}

# --- verdicts

@test "without a barrier it is BROKEN, and the witness names check, reader and updater" {
	need_two_cpus
	ends 1 --threads 2 --barrier none --time 120s rcu
	[[ $output == *$'\nBROKEN  none  rcu asym  subject '[1-9]* ]]
	witness=$(sed -n '/^  witness: round /{ n; p; }' <<<"$output")
	[[ $witness =~ ^\ +[a-z]+:\ reader\ [0-9]+.*\ updater\ [0-9]+ ]]
	# The reason is the promise that was broken, and not the witness again.
	why=$(sed -n 's/^  why: //p' <<<"$output")
	[ -n "$why" ]
	[[ $witness != *"$why"* ]]
	[[ ${lines[-1]} == "BROKEN: 1 cell in "* ]]
}

@test "every flavour that rests on a barrier is BROKEN without one" {
	need_two_cpus
	[ "$(flavours_on_barriers | wc -l)" -ge 2 ]
	ends 1 --threads 2 --barrier none --time 120s --rcu "$(flavours_on_barriers | paste -sd,)" rcu
	for flavour in $(flavours_on_barriers); do
		[[ $output == *$'\nBROKEN  none  rcu '"$flavour  subject "[1-9]* ]] ||
			{ echo "not: $flavour"; return 1; }
	done
}

@test "over full fences there is no violation, though the control is hit" {
	need_two_cpus
	never_broken --threads 2 --barrier fence --time 60s rcu
	[[ $output == *"  fence  rcu asym  subject 0/"[1-9]*", control "[1-9]* ]]
	[ "$(grace_periods)" -gt 0 ]
}

@test "over membarrier there is no violation, or it cannot be had" {
	need_two_cpus
	run timeout 200 "$RCUSTRESS" --threads 2 --barrier membarrier --time 20s rcu
	[[ $output == *SKIPPED* ]] && [ "$status" -eq 77 ] && skip "no membarrier here"
	never_broken --threads 2 --barrier membarrier --time 20s rcu
	[[ $output == *"  membarrier  rcu asym  subject 0/"[1-9]* ]]
}

@test "every flavour has grace periods and no violation" {
	need_two_cpus
	barrier=membarrier
	"$RCUSTRESS" list --barriers | grep -q '^  membarrier  .*works' || barrier=mprotect
	[ "$(flavours | wc -l)" -ge 3 ]
	for flavour in $(flavours); do
		# A second will do, unless the machine is busy.
		for limit in 1s 5s 25s; do
			run timeout 100 "$RCUSTRESS" --no-control --time $limit --barrier "$barrier" \
				--rcu "$flavour" rcu
			[ "$status" -eq 77 ] && break
			echo "$output"
			[ "$status" -eq 3 ]
			[[ $output == *"  rcu $flavour  subject 0/"* ]]
			[[ $output != *BROKEN* && $output != *FAULT* ]]
			[ "$(grace_periods)" -gt 0 ] && break
		done
		[ "$status" -eq 77 ] || [ "$(grace_periods)" -gt 0 ]
	done
}

@test "several updaters share grace periods, and there is no violation" {
	need_two_cpus
	never_broken --writers 3 --readers 5 --no-control --time 1s --rcu all rcu
	[ "$(grace_periods)" -gt 0 ]
}

@test "a flavour on its own ground is no barrier's business, and is run once" {
	need_two_cpus
	ends 3 --no-control --time 300ms --barrier none,fence --rcu qsbr rcu
	[[ $output == *$'\nflavour  qsbr: grace period p50/p99 '* ]]
	[[ $output == *$'\nINCONCLUSIVE  -  rcu qsbr  subject 0/'* ]]
	[[ ${lines[-1]} == "INCONCLUSIVE: 1 cell in "* ]]
}

@test "32 threads come to an end, and get somewhere" {
	need_two_cpus
	run timeout 120 "$RCUSTRESS" --threads 32 --barrier mprotect --time 5s rcu
	echo "$output"
	[ "$status" -eq 0 ] || [ "$status" -eq 3 ]
	[[ $output == *", 32 threads ("* ]]
	[[ $output != *FAULT* && $output != *BROKEN* ]]
	[ "$(grace_periods)" -gt 0 ]
}

@test "one CPU: inconclusive, and says why" {
	run timeout 120 taskset -c "$(some_cpu)" "$RCUSTRESS" --rcu all --barrier none --time 2s rcu
	echo "$output"
	[ "$status" -eq 3 ]
	[ "$(grep -c '^INCONCLUSIVE  .*  rcu ' <<<"$output")" -eq "$(flavours | wc -l)" ]
	[ "$(grep -c '^  why: only one CPU may be used' <<<"$output")" -eq "$(flavours | wc -l)" ]
	[[ $output != *BROKEN* ]]
}

# --- the report

@test "with -v there are ages of objects, and grace periods by kind that add up" {
	need_two_cpus
	never_broken --threads 2 --no-control --time 5s -v --barrier fence rcu
	[[ $output == *"  objects held, by age: "[1-9]*" (the third and later are violations)"* ]]
	read -r -a ages < <(sed -n 's/^ *objects held, by age: \([0-9 ]*\) (.*/\1/p' <<<"$output")
	[ "${#ages[@]}" -ge 3 ]
	for age in "${ages[@]:2}"; do
		[ "$age" -eq 0 ]
	done
	kinds=$(sed -n 's/^ *grace periods: //p' <<<"$output")
	for kind in synchronize expedited polled conditional called; do
		[[ $kinds =~ $kind\ [0-9]+ ]] || { echo "not: $kind"; return 1; }
	done
	# Callbacks share theirs, and are not among those waited for.
	waited=$(grep -oE '[0-9]+' <<<"${kinds%, called*}" | awk '{ n += $1 } END { print n }')
	[ "$waited" -eq "$(grace_periods)" ]
	# All that were given have been invoked.
	[[ $output =~ \;\ ([0-9]+)\ callbacks,\ ([0-9]+)\ invoked\; ]]
	[ "${BASH_REMATCH[1]}" -eq "${BASH_REMATCH[2]}" ]
}

@test "without -v there is one line of it, and with -q none" {
	need_two_cpus
	never_broken --threads 2 --no-control --time 300ms --barrier fence rcu
	[ "$(grep -c '^  rcu: ' <<<"$output")" -eq 1 ]
	[[ $output != *"objects held"* && $output != *"grace periods: "* ]]
	ends 1 --threads 2 --time 120s --barrier none --quiet rcu
	[ "${#lines[@]}" -eq 2 ]
	[[ ${lines[0]} == "BROKEN  none  rcu asym  "* ]]
}

@test "a seed is accepted, and shown" {
	need_two_cpus
	ends 1 --threads 2 --seed 12345 --time 120s --barrier none rcu
	[[ ${lines[0]} == *", seed 12345" ]]
}

@test "an interrupt gives what there is" {
	need_two_cpus
	"$RCUSTRESS" --threads 2 --full --time 60s -v --barrier fence rcu \
		>"$BATS_TEST_TMPDIR/out" 2>&1 3>&- &
	pid=$!
	cell=$(cell_of $pid)
	sleep 2
	kill -INT $pid
	status=0
	wait $pid || status=$?
	output=$(<"$BATS_TEST_TMPDIR/out")
	echo "$output"
	gone "$cell"
	[ "$status" -eq 3 ]
	# It may have been sure by then, and gone on for --full.
	grep -Eq '^(INCONCLUSIVE|HOLDS)  fence  rcu asym  \(partial: interrupted\)  subject 0/' <<<"$output"
	[[ $(tail -n 1 <<<"$output") == "INCONCLUSIVE: 1 cell in "*", interrupted" ]]
	[ "$(grace_periods)" -gt 0 ]
}

# --- which flavours, which tests

@test "--rcu help lists the flavours that list --rcu shows, and all" {
	ends 0 --rcu help
	[[ $output == *"all "* ]]
	diff <(flavours) <("$RCUSTRESS" list --rcu | awk 'NR > 1 { print $1 }')
	ends 0 list --rcu -v
	[ "$(grep -c ' from: ' <<<"$output")" -eq "$(flavours | wc -l)" ]
}

@test "a flavour that there is not is refused, with the nearest or with all" {
	refused "--rcu 'asim': there is no RCU flavour 'asim'; did you mean 'asym'?" --rcu asim rcu
	refused "did you mean 'all'?" --rcu asym,al rcu
	refused "there is no RCU flavour 'nosuch'; there are " --rcu nosuch rcu
	for flavour in $(flavours); do
		[[ $output == *"$flavour"* ]]
	done
	# Nor is a mutant one.
	refused "there is no RCU flavour 'mutant:no_heavy'" --rcu mutant:no_heavy rcu
	refused "there is no RCU flavour 'xxxx" --rcu "$(head -c 100000 /dev/zero | tr '\0' x)" rcu
}

@test "a list of flavours with nothing in it, or between commas, is refused" {
	for list in "" "," "asym," ",asym" "asym,,qsbr"; do
		refused "--rcu '$list': want names with commas between" --rcu "$list" rcu
	done
	refused "requires an argument" rcu --rcu
}

@test "--rcu without the test rcu is refused: it would change nothing" {
	refused "--rcu: none of the tests is \`rcu'" --rcu asym "$sb"
}

@test "a flavour that is named twice is run once" {
	need_two_cpus
	ends 1 --threads 2 --barrier none --time 120s --rcu asym,asym --rcu asym rcu rcu
	[[ ${lines[-1]} == "BROKEN: 1 cell in "* ]]
}

@test "a misspelt rcu gets a suggestion" {
	refused "did you mean 'rcu'?" rcuu
}

@test "rcu has no perpetual form" {
	refused "--runner 'perpetual': rcu has no perpetual form" --runner perpetual rcu
}

@test "rcu runs beside tests that were named, and after them" {
	need_two_cpus
	ends 1 --threads 2 --barrier none --time 120s rcu "$sb"
	[[ $output == *$'\nBROKEN  none  '"$sb  subject "*$'\nBROKEN  none  rcu asym  subject '* ]]
	[[ ${lines[-1]} == "BROKEN: 2 cells in "* ]]
}

@test "a run without tests has rcu among them" {
	run timeout 120 taskset -c "$(some_cpu)" "$RCUSTRESS" --time 1s
	echo "$output"
	[ "$status" -eq 3 ]
	[ "$(grep -c '^INCONCLUSIVE  mprotect  rcu asym$' <<<"$output")" -eq 1 ]
}

@test "a verdict on rcu can be expected" {
	need_two_cpus
	ends 0 --threads 2 --barrier none --time 120s --expect none=BROKEN rcu
	[[ $output == *$'\nBROKEN (as expected)  none  rcu asym  '* ]]
	[[ ${lines[-1]} == "AS EXPECTED: 1 cell in "* ]]
	ends 1 --threads 2 --barrier none --time 120s --expect none=HOLDS rcu
	[[ $output == *"  HOLDS was expected, and not this"* ]]
	# Of a barrier that no flavour rests on, nothing can be.
	refused "--expect: this run does not test 'none', but no barrier" \
		--rcu qsbr --expect none=BROKEN rcu
}

@test "there is nothing to prove of rcu, and that is said" {
	ends 2 prove rcu
	[[ $output == *"there is nothing to prove of \`rcu'"* ]]
}
