#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# The command line: what it says, and what it refuses.

load helper

@test "--help names every option of the manual, and the manual every option of --help" {
	man=$(mandoc -T utf8 "$BATS_TEST_DIRNAME/../man/rcustress.1" | col -bx 2>/dev/null ||
		mandoc -T ascii "$BATS_TEST_DIRNAME/../man/rcustress.1" | sed 's/.\x08//g')
	for command in "" list prove horizon bench mutants report; do
		# shellcheck disable=SC2086
		for option in $("$RCUSTRESS" $command --help | grep -o -- '--[a-z][a-z-]*' | sort -u); do
			[[ $man == *"$option"* ]] || { echo "not in the manual: $option"; return 1; }
		done
	done
	help=$(for command in "" list prove horizon bench mutants report; do
		# shellcheck disable=SC2086
		"$RCUSTRESS" $command --help
	done)
	for option in $(grep -o -- 'Fl -[a-z][a-z-]*' "$BATS_TEST_DIRNAME/../man/rcustress.1" |
		sed 's/Fl -/--/' | sort -u); do
		[[ $help == *"$option"* ]] || { echo "not in --help: $option"; return 1; }
	done
}

@test "--version and --usage end with status 0" {
	run "$RCUSTRESS" --version
	[ "$status" -eq 0 ]
	[[ $output == "rcustress "[0-9]* ]]
	run "$RCUSTRESS" --usage
	[ "$status" -eq 0 ]
}

@test "an unknown option is refused" {
	refused "no-such-option" --no-such-option
}

@test "a misspelt barrier gets a suggestion" {
	refused "did you mean 'mprotect'?" --barrier mprotct
	refused "did you mean 'membarrier'?" --barrier mprotect,membarier
}

@test "a misspelt test, command or amplifier gets a suggestion" {
	refused "did you mean 'SB+barrier+memb'?" SB+barier+memb
	for command in list prove horizon bench mutants report; do
		refused "did you mean '$command'?" "${command%?}x"
	done
	refused "did you mean 'flush-self'?" --amplify flush-slef
}

@test "a bad value is named with its option and what is allowed" {
	refused "--threads 'two': want a whole number from 2" --threads two
	refused "--threads '1': want a whole number from 2" --threads 1
	refused "--time 'soon': want a duration" --time soon
	refused "--time '0'" --time 0
	refused "--total 'later': want a duration" --total later
	refused "--total '0'" --total 0
	refused "--p-missed '2': want a number" --p-missed 2
	refused "--sensitivity '0'" --sensitivity 0
	refused "--memory '1K': want a size" --memory 1K
	refused "--affinity 'near': want auto, siblings" --affinity near
	refused "--cpus '0-': " --cpus 0-
	refused "--seed '-1'" --seed=-1
	refused "--color 'red': want auto" --color red
	refused "--inconclusive 'maybe': want fail or pass" --inconclusive maybe
	refused "nanoseconds" --barrier delay:soon
	refused "takes no parameter" --barrier mprotect:1
	refused "from 1 to" --barrier every-nth:0
	refused "no barrier 'nobody'" --barrier late:nobody
	refused "cannot be over 'none'" --barrier every-nth:5:none
}

@test "what cannot be together is refused" {
	refused "are not 4 threads" --threads 4 --readers 4
	refused "need a reader each" --readers 1 --writers 2
	refused "may not be used here" --cpus 4000
	refused "too little" --threads 512 --memory 64K
	refused "--total: 0.25 s are too little for 3 cells, which take 0.3 s at least" \
		"$sb" --total 250ms --barrier fence,none,delay
}

@test "a bad expectation is named, and what is allowed" {
	refused "--expect 'mprotect': want BARRIER=VERDICT[@ARCH]" --expect mprotect
	refused "--expect 'mprotct=HOLDS': there is no barrier 'mprotct'; did you mean 'mprotect'?" \
		--expect mprotct=HOLDS
	refused "did you mean 'BROKEN'?" --expect mprotect=BROKN
	refused "want HOLDS, BROKEN, INCONCLUSIVE or SKIPPED" --expect mprotect=fails
	refused "did you mean 'aarch64'?" --expect mprotect=HOLDS@aarch46
	refused "stands for several" --expect all=BROKEN
	refused "fence=BROKEN contradicts --expect, which says HOLDS" --barrier fence \
		--expect fence=HOLDS --expect fence=BROKEN
	refused "--expect 'x" --expect "$(head -c 100000 /dev/zero | tr '\0' x)"
}

@test "an expectation of what is not tested is refused on the command line" {
	refused "--expect: this run does not test 'fence', but mprotect" --expect fence=HOLDS
	refused "--expect: this run does not test 'mprotect', but no barrier" \
		SB --expect mprotect=HOLDS
	refused "does not test 'delay:3000', but delay:5" --barrier delay:5 \
		--expect "delay=BROKEN@$(uname -m)"
}

@test "a bad file of expectations is named, with the line" {
	cd "$BATS_TEST_TMPDIR"
	refused "--expect-file nosuch: cannot open: No such file" --expect-file nosuch
	refused "--expect-file .: cannot read: Is a directory" --expect-file .
	refused "--expect-file /dev/zero:1: this is no text" --expect-file /dev/zero
	printf '# known\n\nmprotct=HOLDS\n' >list
	refused "--expect-file list:3: there is no barrier 'mprotct'; did you mean 'mprotect'?" \
		--expect-file list
	printf 'mprotect=HOLDS\nmprotect=BROKEN\n' >list
	refused "--expect-file list:2: mprotect=BROKEN contradicts list:1, which says HOLDS" \
		--expect-file list
	printf 'mprotect=HOLDS,fence=HOLDS\n' >list
	refused "--expect-file list:1: want one expectation a line" --expect-file list
	printf 'mprotect=HOLDS\n\0\n' >list
	refused "--expect-file list:2: this is no text" --expect-file list
	head -c 100000 /dev/zero | tr '\0' ' ' >list
	refused "--expect-file list:1: a line has 1000 characters at most" --expect-file list
	seq -f 'delay:%.0f=BROKEN' 1000 >list
	refused "--expect-file list:513: more than 512 expectations" --expect-file list
	seq -f '# %.0f' 200000 >list
	refused "a file has 100000 lines at most" --expect-file list
	if [ "$(id -u)" -ne 0 ]; then
		: >list
		chmod 0 list
		refused "--expect-file list: cannot open: Permission denied" --expect-file list
	fi
}

@test "arguments that list and bench do not take are refused" {
	refused "takes no argument" list x
	refused "takes no argument" horizon x
	refused "takes no argument" bench x
}

@test "list shows barriers, tests, amplifiers and RCU flavours, and whether they work here" {
	run "$RCUSTRESS" list -v
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output =~ "RCU flavours"$'\n'"  asym " ]]
	[[ $output == *"SB+barrier+memb"*"works here"* ]]
	[[ $output == *"mprotect-untouched"*"control:"* ]]
	[[ $output == *"claims: "* ]]
	[[ $output == *"flush-self"* ]]
}

@test "every test that is listed has its litmus file, which bears its name" {
	tests=$("$RCUSTRESS" list --tests | awk 'NR > 1 && $1 != "why:" { print $1 }')
	[ -n "$tests" ]
	for name in $tests; do
		grep -qx "C $name" "$BATS_TEST_DIRNAME/../litmus/$name.litmus"
	done
	for file in "$BATS_TEST_DIRNAME"/../litmus/*.litmus; do
		grep -qxF "$(basename "$file" .litmus)" <<<"$tests"
	done
}

@test "--barrier help lists the barriers" {
	run "$RCUSTRESS" --barrier help
	[ "$status" -eq 0 ]
	[[ $output == *"delay:NS"* ]]
}

@test "the cell's own command refuses to be called by hand" {
	run "$RCUSTRESS" __cell 0 </dev/null
	[ "$status" -eq 2 ]
	[[ $output == *"not the plan of a cell"* ]]
}
