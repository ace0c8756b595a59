#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# Reports of a run in all formats: what is in them, where they go, and that a file is
# there whole or not at all.

bats_require_minimum_version 1.5.0
load helper

schema=$BATS_TEST_DIRNAME/../man/rcustress.schema.json

valid() { # FILE…
	python3 "$BATS_TEST_DIRNAME/schema-check.py" "$schema" "$@"
}

# A member of a document: jq is on no fresh machine.
member() { # FILE EXPRESSION
	python3 -c 'import json, sys; d = json.load(open(sys.argv[1])); print(eval(sys.argv[2]))' "$1" "$2"
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
}

@test "JSON of every kind of cell is as its schema says" {
	need_two_cpus
	run "$RCUSTRESS" -T 2s --barrier mprotect,none,membarrier-unregistered,munmap \
		--expect none=BROKEN --rcu asym,qsbr --output json=run.json \
		$sb SB MP SB+mbs rcu
	[ -s run.json ]
	valid run.json
	[ "$(member run.json 'd["exit_status"]')" = "$status" ]
	[ "$(member run.json 'len(d["cells"])')" = 12 ]
	# What was broken has its witness, and torture its counts.
	[ "$(member run.json '[c["witness"] != "" for c in d["cells"] if c["verdict"] == "BROKEN"].count(False)')" = 0 ]
	[ "$(member run.json 'min(c["details"]["torture"]["sections"] for c in d["cells"] if c["rcu"]) > 0')" = True ]
}

@test "a verdict can be decided again from the rounds of its JSON, by others" {
	need_two_cpus
	run "$RCUSTRESS" -T 3s --barrier membarrier,mprotect,none,delay:2000 --output json=run.json \
		$sb SB+mbs rcu
	run python3 "$BATS_TEST_DIRNAME/redecide.py" run.json
	[ "$status" -eq 0 ]
	[ "$output" = "9 verdicts decided again" ]
	# And would be noticed if it were not so.
	python3 - <<-'END'
		import json
		d = json.load(open("run.json"))
		for c in d["cells"]:
		    if c["verdict"] == "BROKEN":
		        c["verdict"] = "HOLDS"
		json.dump(d, open("lie.json", "w"))
	END
	run python3 "$BATS_TEST_DIRNAME/redecide.py" lie.json
	[ "$status" -eq 1 ]
	[[ "$output" == *"HOLDS, but its rounds say BROKEN"* ]]
	run "$RCUSTRESS" report lie.json
	[ "$status" -eq 2 ]
	[[ "$output" == *"lie.json"*"HOLDS, which its rounds do not come to"* ]]
}

@test "what the machine is and what was asked for stand in the JSON" {
	run "$RCUSTRESS" -T 100ms --seed 18446744073709551615 --p-missed 1e-3 --no-control --barrier none \
		--output json=run.json $sb
	[ "$(member run.json 'd["machine"]["arch"]')" = "$(uname -m)" ]
	[ "$(member run.json 'd["machine"]["kernel"]')" = "$(uname -s) $(uname -r)" ]
	[ "$(member run.json 'd["machine"]["name"]')" = "$(uname -n)" ]
	[ "$(member run.json 'd["machine"]["command_line"]')" = "$(head -c 2047 /proc/cmdline | tr -d '\n')" ]
	[ "$(member run.json 'd["seed"]')" = 18446744073709551615 ]
	[ "$(member run.json 'd["options"]["p-missed"]')" = 0.001 ]
	[ "$(member run.json 'd["options"]["no-control"]')" = yes ]
	[ "$(member run.json 'd["command"]')" = "$RCUSTRESS -T 100ms --seed 18446744073709551615 --p-missed 1e-3 --no-control --barrier none --output json=run.json $sb" ]
}

@test "--format json says nothing else on standard output" {
	run --separate-stderr "$RCUSTRESS" -T 100ms --barrier none --format json $sb
	[ "$stderr" = "" ]
	echo "$output" >run.json
	valid run.json
}

@test "all formats at once, each in its file, and text where it always was" {
	run "$RCUSTRESS" -T 200ms --barrier none --output json=r.json --output tap=r.tap --output junit=r.xml \
		--output html=r.html --output markdown=r.md --output text=r.txt $sb
	[ "$output" = "$(cat r.txt)" ]
	[[ "$output" == *"BROKEN"*"none  $sb"* ]]
	for f in r.json r.tap r.xml r.html r.md; do
		grep -q BROKEN $f
		grep -qF "$sb" $f
	done
}

@test "a format or a file that cannot be is said before anything is run" {
	mkdir folder
	for output in json cake=x json= json=folder json=nowhere/x json=- =x; do
		run "$RCUSTRESS" -T 60s --output $output $sb
		[ "$status" -eq 2 ]
		[[ "$output" == *"--output"* ]]
	done
	run "$RCUSTRESS" --format cake
	[ "$status" -eq 2 ]
	[[ "$output" == *"text, tap, json, junit, html and markdown"* ]]
	run "$RCUSTRESS" --output json=x --output tap=x
	[ "$status" -eq 2 ]
	[[ "$output" == *"two reports to the same file"* ]]
	ln -s x link
	run "$RCUSTRESS" --output json=./x --output tap=link
	[ "$status" -eq 2 ]
	[[ "$output" == *"two reports to the same file"* ]]
}

@test "a report that cannot be written fails the run, and the others are written" {
	[ -e /dev/full ] || skip "no /dev/full"
	run "$RCUSTRESS" -T 200ms --barrier none --expect none=BROKEN --output json=/dev/full --output tap=r.tap $sb
	[ "$status" -eq 4 ]
	[[ "$output" == *"cannot write"*"No space left"* ]]
	grep -q BROKEN r.tap
	run bash -c '"$0" -T 200ms --barrier none --format json "$1" >/dev/full' "$RCUSTRESS" $sb
	[ "$status" -eq 4 ]
}

@test "a run that cannot go on writes what it has" {
	need_two_cpus
	bash -c 'trap "" XFSZ && exec "$0" "$@"' "$RCUSTRESS" -T 1s --full --barrier none,mprotect,membarrier \
		--output json=r.json --output tap=r.tap $sb SB+mbs >/dev/null 2>error 3>&- &
	local pid=$! status=0
	cell_of $pid
	# A file for the next cell cannot be had, one for a report can.
	prlimit --pid $pid --fsize=300000:300000
	wait $pid || status=$?
	[ "$status" -eq 4 ]
	[ -s error ]
	valid r.json
	[ "$(member r.json 'd["end"], d["interrupted"], len(d["cells"])')" = "('FAULT', True, 1)" ]
	grep -q '^Bail out!' r.tap
}

@test "a reader that leaves a pipe costs the others nothing" {
	bash -c '"$0" -T 300ms --barrier none --format tap --output json=r.json "$1" SB SB+mbs | head -n 1' "$RCUSTRESS" $sb
	valid r.json
	[ "$(member r.json 'len(d["cells"])')" = 3 ]
}

@test "a killed run leaves the old file, an interrupted one a whole new file" {
	need_two_cpus
	echo old >r.json
	"$RCUSTRESS" -T 60s --full --barrier mprotect --output json=r.json $sb >/dev/null 3>&- &
	local pid=$!
	cell_of $pid
	kill -KILL $pid
	wait $pid || true
	[ "$(cat r.json)" = old ]
	[ "$(ls -A)" = r.json ]
	"$RCUSTRESS" -T 60s --full --barrier mprotect --output json=r.json $sb >/dev/null 3>&- &
	pid=$!
	cell_of $pid
	kill -TERM $pid
	wait $pid || true
	valid r.json
	[ "$(member r.json 'd["interrupted"]')" = True ]
	[ "$(ls -A)" = r.json ]
}

@test "the horizon is a document as well" {
	need_two_cpus
	run "$RCUSTRESS" horizon -T 30ms --barrier mprotect --output json=h.json --output html=h.html --output text=h.txt
	[ "$status" -eq 0 ]
	[ "$output" = "$(cat h.txt)" ]
	valid h.json
	[ "$(member h.json 'd["costs"][0]["barrier"]')" = mprotect ]
	[ "$(member h.json 'len(d["points"]) > 20')" = True ]
	grep -q '<svg' h.html
}
