#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# `rcustress report`: runs put together, files that are damaged, baselines, exit statuses.

bats_require_minimum_version 1.5.0
load helper

# A document of a run, changed: the text of a Python expression on d, and on c, its first
# cell. Details are left out, against which a HOLDS would be held.
changed() { # FILE STATEMENT…
	python3 - "$@" <<-'END'
		import json, sys
		d = json.load(open(sys.argv[1]))
		for cell in d["cells"]:
		    cell["details"] = None
		c = d["cells"][0]
		for statement in sys.argv[2:]:
		    exec(statement)
		json.dump(d, sys.stdout)
	END
}

# A run, whatever it comes to, as long as it comes to something.
a_run() {
	local status=0

	"$RCUSTRESS" -q "$@" || status=$?
	[ $status -le 1 ] || [ $status -eq 3 ]
}

# Made once: a run of a control alone, and one in which it is known to fail.
setup_file() {
	need_two_cpus
	cd "$BATS_FILE_TMPDIR" || return 1
	a_run -T 2s -b none --output json=broken.json $sb
	a_run -T 200ms -b fence,none --expect none=BROKEN --output json=short.json $sb
}

setup() {
	need_two_cpus
	cd "$BATS_TEST_TMPDIR" || return 1
	cp "$BATS_FILE_TMPDIR"/*.json .
	# What they came to is given here, since a busy machine may not be able to tell.
	changed broken.json 'c["verdict"] = "BROKEN"' 'd["machine"]["name"] = "one"' \
		'd["machine"]["kernel"] = "Linux 6.9"' >1.json
	changed short.json 'c["verdict"] = "HOLDS"; c["p_missed"] = 5e-7' \
		'd["cells"][1]["verdict"] = "BROKEN"' 'd["machine"]["name"] = "two"' \
		'd["machine"]["kernel"] = "Linux 6.10"' >2.json
	rm broken.json short.json
}

last_line() {
	echo "${lines[${#lines[@]} - 1]}"
}

@test "report: two runs are a matrix, and what speaks against one is listed" {
	COLUMNS=200 run --separate-stderr "$RCUSTRESS" report 1.json 2.json
	echo "$output"
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	[[ $output == *"Linux 6.9 "*"Linux 6.10"* ]]
	[[ $output == *$'\n'none*BROKEN*BROKEN\** ]]
	[[ $output == *$'\n'fence*.*HOLDS* ]]
	[[ $output == *"BROKEN  none  $sb  on one, "* ]]
	# Known to be so.
	[[ $output != *"BROKEN  none  $sb  on two, "* ]]
	[[ $(last_line) == "BROKEN: 3 cells of 2 runs on 2 machines of 2 kinds, P(any missed) at most 5.0e-07" ]]
}

@test "report: what a file cut short, at any length, had in it is not guessed" {
	size=$(stat -c %s 1.json)
	mkdir cut
	for n in 0 1 2 10 100 $((size / 3)) $((size / 2)) $((size - 30)) $((size - 2)) $((size - 1)); do
		head -c "$n" 1.json >"cut/$n.json"
	done
	run --separate-stderr "$RCUSTRESS" report cut 2.json
	echo "$output"
	[ "$status" -eq 2 ]
	[[ $(last_line) == "HOLDS: 2 cells of 1 run on 1 machine of 1 kind, "*", 10 files not read" ]]
	for file in cut/*.json; do
		[[ $stderr == *"rcustress: $file: "* ]]
		[[ $output == *"not read: $file: "* ]]
	done
	# With details as well, of which there may be more than of anything else.
	real=$BATS_FILE_TMPDIR/short.json
	size=$(stat -c %s "$real")
	for n in $(seq 1 $((size / 40)) $((size - 2))); do
		head -c "$n" "$real" >x.json
		run "$RCUSTRESS" report x.json
		[ "$status" -eq 2 ]
		[[ $output == *"x.json: "* ]]
		[[ $output == *"no file could be read"* ]]
	done
}

@test "report: files that are something else are named, and the rest is read" {
	mkdir other other/folder.json
	printf '' >other/empty.json
	printf '{"hello": [1, 2, 3]}\n' >other/foreign.json
	printf '[]\n' >other/array.json
	printf '\0\377\376 not text' >other/binary.json
	head -c 2000000 /dev/zero | tr '\0' '[' >other/deep.json
	changed 1.json 'd["schema"] = 99' >other/newer.json
	changed 1.json 'c["verdict"] = "FINE"' >other/verdict.json
	changed 1.json 'del d["machine"]' >other/missing.json
	changed 1.json 'd["cells"] = 7' >other/type.json
	{ head -c 100 1.json; printf '\001'; tail -c +102 1.json; } >other/flipped.json
	run --separate-stderr "$RCUSTRESS" report other 1.json gone.json "$BATS_TEST_TMPDIR/cut"
	echo "$stderr"
	[ "$status" -eq 2 ]
	[[ $(last_line) == "BROKEN: 1 cell of 1 run on 1 machine of 1 kind, 13 files not read" ]]
	for file in other/*.json gone.json; do
		[[ $stderr == *"rcustress: $file: "* ]]
	done
	[[ $stderr == *"newer.json: "*"schema 99"* ]]
	[ "$(wc -l <<<"$stderr")" -eq 13 ]
}

@test "report: where nothing can be read there is none, and no file is left" {
	echo '{}' >x.json
	mkdir out
	run --separate-stderr "$RCUSTRESS" report --output json=out/all.json x.json
	[ "$status" -eq 2 ]
	[ -z "$output" ]
	[[ $stderr == *"no file could be read"* ]]
	[ -z "$(ls -A out)" ]
	mkdir empty
	run "$RCUSTRESS" report empty
	[ "$status" -eq 2 ]
	run "$RCUSTRESS" report - </dev/null
	[ "$status" -eq 2 ]
	run "$RCUSTRESS" report
	[ "$status" -eq 2 ]
	run "$RCUSTRESS" report --help
	[ "$status" -eq 0 ]
	[[ $output == *"The exit status is 0 unless --check is given"*"1 when something is"* ]]
	run "$RCUSTRESS" list --formats
	[[ $output == *"for people: a few lines for each cell; of \`rcustress report', a table"* ]]
	run "$RCUSTRESS" report - - <<<1.json
	[ "$status" -eq 2 ]
}

@test "report: the same run is counted once, wherever it is" {
	run --separate-stderr "$RCUSTRESS" report 1.json ./1.json 2.json
	[ "$status" -eq 0 ]
	[[ $(last_line) == "BROKEN: 3 cells of 2 runs "* ]]
	[[ $stderr == *"rcustress: ./1.json: a record that is there already is counted once"* ]]
	"$RCUSTRESS" report --output json=12.json 1.json 2.json >/dev/null
	"$RCUSTRESS" report --format json 12.json 2.json >again.json 2>err
	grep "rcustress: 2.json: a record that is there already is counted once" err
	run --separate-stderr "$RCUSTRESS" report again.json 12.json 1.json
	[ "$status" -eq 0 ]
	[[ $(last_line) == "BROKEN: 3 cells of 2 runs "* ]]
	[[ $stderr == *"rcustress: 12.json: the first of 3 records that are there already; each is counted once"* ]]
}

@test "report: folders, and a list on standard input, in the order of files" {
	mkdir fleet fleet/deeper
	for n in 1 2 3 4 5 6 7 8 9; do
		changed 1.json "d['machine']['name'] = 'm$n'" >fleet/$n.json
	done
	cp 2.json fleet/deeper
	cp 2.json fleet/no-report
	run "$RCUSTRESS" report -v fleet
	[ "$status" -eq 0 ]
	[ "$(sed -n 's/^BROKEN  none .* on m\([0-9]\), .*/\1/p' <<<"$output" | tr -d '\n')" = 123456789 ]
	[[ $(last_line) == "BROKEN: 9 cells of 9 runs on 9 machines of 1 kind" ]]
	run "$RCUSTRESS" report -v - <<-'END'
		fleet/7.json

		fleet
	END
	[ "$(sed -n 's/^BROKEN  none .* on m\([0-9]\), .*/\1/p' <<<"$output" | tr -d '\n')" = 712345689 ]
}

@test "report --check ends as a run would, and 1 wins over a file that is not read" {
	changed 2.json 'c["verdict"] = "INCONCLUSIVE"; c["p_missed"] = 1.0' >unsure.json
	changed 2.json 'c["verdict"] = "FAULT"' >fault.json
	changed 2.json 'd["cells"][1]["verdict"] = "HOLDS"' >unexpected.json
	changed 1.json 'c["verdict"] = "SKIPPED"' >skipped.json
	changed unsure.json 'd["options"]["inconclusive"] = "pass"' >pass.json
	echo '{}' >x.json
	check() { # STATUS FILE…
		run "$RCUSTRESS" report --check "${@:2}"
		[ "$status" -eq "$1" ] || { echo "$output; $status, not $1"; return 1; }
	}
	check 0 2.json
	check 1 1.json
	check 1 1.json 2.json
	check 3 unsure.json
	check 0 pass.json
	check 1 unexpected.json
	check 4 fault.json 1.json
	check 77 skipped.json
	check 2 x.json 2.json
	check 1 x.json 1.json
	check 2 x.json unsure.json
	check 2 x.json skipped.json
	check 4 x.json fault.json
	# Nobody asked.
	run "$RCUSTRESS" report 1.json
	[ "$status" -eq 0 ]
}

@test "report --baseline says what has changed, and --check minds that alone" {
	changed 1.json 'c["verdict"] = "HOLDS"; c["p_missed"] = 1e-7' >better.json
	changed 1.json 'd["machine"]["kernel"] = "Linux 7.0"' >later.json
	run "$RCUSTRESS" report --check --baseline better.json 1.json
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *$'\n'"  worse: HOLDS -> BROKEN  none  $sb  on "* ]]
	[[ $(last_line) == *", 1 worse than the baseline" ]]
	run "$RCUSTRESS" report --check --baseline better.json later.json
	[ "$status" -eq 1 ]
	run "$RCUSTRESS" report --baseline better.json 1.json
	[ "$status" -eq 0 ]
	run "$RCUSTRESS" report --check --baseline 1.json better.json
	[ "$status" -eq 0 ]
	[[ $output == *"0 worse, 1 other change"* ]]
	# What failed before is known.
	run "$RCUSTRESS" report --check --baseline 1.json --baseline 2.json 1.json
	[ "$status" -eq 0 ]
	[[ $output == *"0 worse, 0 other changes, 1 the same"* ]]
	# A failure wins over a file that is not read, which wins over nothing.
	echo '{}' >x.json
	run "$RCUSTRESS" report --check --baseline better.json --baseline x.json 1.json
	[ "$status" -eq 1 ]
	run "$RCUSTRESS" report --check --baseline 1.json 1.json x.json
	[ "$status" -eq 2 ]
	run "$RCUSTRESS" report --check --baseline x.json 1.json
	[ "$status" -eq 2 ]
	[[ $output == *"the baseline has no run"* ]]
	run "$RCUSTRESS" report --check --baseline gone 1.json
	[ "$status" -eq 2 ]
	# The same line and cause as when it is no baseline, details or not.
	for n in 3 4; do
		head -c $(($(stat -c %s "$BATS_FILE_TMPDIR/short.json") * n / 5)) \
			"$BATS_FILE_TMPDIR/short.json" >cut.json
		run --separate-stderr "$RCUSTRESS" report cut.json 1.json
		[[ $stderr == "rcustress: cut.json: no JSON, or cut short: line "* ]]
		said=$stderr
		run --separate-stderr "$RCUSTRESS" report --baseline cut.json --baseline 1.json 1.json
		[ "$status" -eq 2 ]
		[ "$stderr" = "$said" ]
	done
}

@test "report: all formats, to standard output and to files, at once" {
	run "$RCUSTRESS" report --color always --format json --output text=all.txt --output junit=all.xml \
		--output tap=all.tap --output html=all.html --output markdown=all.md 1.json 2.json
	[ "$status" -eq 0 ]
	python3 -c 'import json, sys; assert len(json.loads(sys.argv[1])["runs"]) == 2' "$output"
	run "$RCUSTRESS" report 1.json 2.json
	diff <(echo "$output") all.txt
	for file in all.xml all.tap all.html all.md; do
		grep -q SB+barrier+memb $file || { echo $file; return 1; }
	done
	run "$RCUSTRESS" report --format cake 1.json
	[ "$status" -eq 2 ]
	run "$RCUSTRESS" report --output json=/nowhere/x.json 1.json
	[ "$status" -eq 2 ]
}
