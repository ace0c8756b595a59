#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# `rcustress report --fleet`: what is found among ten thousand results, in small fleets
# that are made here, and with inventories.

bats_require_minimum_version 1.5.0
load helper

simulate=$BATS_TEST_DIRNAME/fleet-simulate
schema=$BATS_TEST_DIRNAME/../man/rcustress.schema.json

# A good fleet of 300 machines, once.
setup_file() {
	"$simulate" --good --seed 7 --keep "$BATS_FILE_TMPDIR/fleet" 300 "$RCUSTRESS"
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	cp -r "$BATS_FILE_TMPDIR/fleet" .
}

# Changes documents in place: statements on each d, its number n, and its cells by barrier, c.
change() { # FIRST LAST STATEMENT…
	python3 - "$@" <<-'END'
		import json, sys
		first, last = int(sys.argv[1]), int(sys.argv[2])
		for n in range(first, last + 1):
		    path = f"fleet/{n:05}.json"
		    d = json.load(open(path))
		    c = {cell["barrier"]: cell for cell in d["cells"]}
		    for statement in sys.argv[3:]:
		        exec(statement)
		    json.dump(d, open(path, "w"))
	END
}

# What a node is, to be given to others: those of equals are one kind.
alike='d["machine"].update(arch="x86_64", cpu="CPU", microcode="0x1", kernel="Linux 6.1", virtual=False)'
is_broken='c["mprotect"].update(verdict="BROKEN", p_missed=1.0)'

@test "fleet: three broken results among 10,000 come first, and what is odd is named" {
	run "$simulate" 10000 "$RCUSTRESS"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"10000 results in "* ]]
	[[ ${lines[0]} == "What speaks against the fleet" ]]
}

@test "fleet: one in which nothing is wrong passes, and nothing is said against it" {
	run "$simulate" --good 1000 "$RCUSTRESS"
	echo "$output"
	[ "$status" -eq 0 ]
	run "$RCUSTRESS" report --fleet --check fleet
	[ "$status" -eq 0 ]
	[[ ${lines[0]} == "Nothing speaks against the fleet" ]]
	[[ $output != *BROKEN\ \ m* ]]
	run "$RCUSTRESS" report --fleet --quiet fleet
	[[ $output == "INCONCLUSIVE: 1500 cells of 300 runs on 300 machines of "* ]]
}

@test "fleet: a simulation would notice what is not found" {
	# A program that finds nothing.
	cat >mute <<-END
		#!/bin/sh
		exec "$RCUSTRESS" report --fleet "$PWD/fleet"
	END
	chmod +x mute
	run "$simulate" 300 ./mute
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *"not as it should be: exit status"* ]]
	[[ $output == *"not as it should be: node00299 on top"* ]]
	[[ $output == *"not as it should be: the outlier"* ]]
}

@test "fleet: one bad machine is an outlier, a bad model is one line" {
	change 0 19 "$alike"
	change 4 4 "$is_broken"
	change 20 39 "$alike" 'd["machine"]["cpu"] = "other CPU"' "$is_broken"
	run "$RCUSTRESS" report --fleet --check fleet
	echo "$output"
	[ "$status" -eq 1 ]
	[[ ${lines[1]} == "  BROKEN  mprotect  $sb  on node00004, 1 of 20 equal machines: an outlier" ]]
	[[ ${lines[2]} == "    x86_64, CPU, microcode 0x1, Linux 6.1: fleet/00004.json" ]]
	[[ ${lines[4]} == "  BROKEN  mprotect  $sb  on all 20 machines of x86_64, other CPU: node00020, node00021, node00022 and 17 more" ]]
	[ "$(grep -c '^  BROKEN  ' <<<"$output")" -eq 2 ]
	run "$RCUSTRESS" report --fleet fleet
	[ "$status" -eq 0 ]
}

@test "fleet: what its exit status is, is as without --fleet" {
	change 5 5 'c["mprotect"]["verdict"] = "FAULT"'
	run "$RCUSTRESS" report --fleet --check fleet
	[ "$status" -eq 4 ]
	change 5 5 'c["mprotect"]["verdict"] = "INCONCLUSIVE"' 'd["options"]["inconclusive"] = "fail"'
	run "$RCUSTRESS" report --fleet --check fleet
	[ "$status" -eq 3 ]
	echo '{}' >x.json
	run "$RCUSTRESS" report --fleet x.json fleet
	[ "$status" -eq 2 ]
	[[ $output == *"not read: x.json: "* ]]
}

@test "fleet: with a baseline" {
	cp -r fleet before
	# All machines are of one kind, so that one is worse.
	change 0 0 "$alike" "$is_broken"
	change 1 299 "$alike"
	for file in before/*; do
		sed 's/"verdict":"INCONCLUSIVE"/"verdict":"HOLDS"/g' "$file" >x && mv x "$file"
	done
	run "$RCUSTRESS" report --fleet --check --baseline before fleet
	echo "$output" | tail -5
	[ "$status" -eq 1 ]
	[[ $output == *"  worse: "*"BROKEN  mprotect  $sb  on x86_64, Linux 6.1, CPU"* ]]
	run "$RCUSTRESS" report --fleet --check --baseline fleet fleet
	[ "$status" -eq 0 ]
}

@test "fleet: a machine that sends no interrupts, and one whose control is never hit" {
	change 0 39 "$alike"
	change 11 11 'c["membarrier"]["interrupts"] = 0.0'
	change 12 12 'c["munmap"].update(verdict="INCONCLUSIVE", p_missed=1.0); c["munmap"]["control"]["hits"] = 0'
	run "$RCUSTRESS" report --fleet fleet
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"  node00011: interrupts per exposed call 0, median of equals 1, "*"39 equals  membarrier  $sb"* ]]
	[[ $output == *"  node00012: the control is never hit, where most of 39 equals have HOLDS  munmap  $sb"* ]]
}

@test "fleet: what was never run somewhere, and what told nothing" {
	change 0 9 "$alike" 'd["machine"]["microcode"] = ""' 'd["cells"] = [c["mprotect"], c["none"]]' \
		'c["mprotect"].update(verdict="INCONCLUSIVE", p_missed=1.0)'
	run "$RCUSTRESS" report --fleet fleet
	echo "$output"
	[[ $output == *"By CPU model"$'\n'"  no verdict on any of 10 machines: x86_64, CPU"$'\n'* ]]
	[[ $output == *"  no verdict on any of 10 machines: x86_64, CPU, unknown microcode"$'\n'* ]]
	grep -E '^  x86_64, CPU  +membarrier, membarrier-global-expedited, munmap  +10  +10 ' <<<"$output"
	run "$RCUSTRESS" report --fleet -v fleet
	grep -E '^    munmap  +never run  +0' <<<"$output"
}

@test "fleet: too few machines to compare, or none" {
	run "$RCUSTRESS" report --fleet fleet/0000[0-7].json
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *$'\n'"  no machine has 8 equals or more: none is compared"$'\n'* ]]
	echo '{"schema":1,"kind":"report","runs":[],"horizons":[]}' >empty.json
	run "$RCUSTRESS" report --fleet empty.json
	[ "$status" -eq 2 ]
}

@test "fleet: an inventory says what was never seen" {
	cat >inventory <<-'END'
		# what there is
		node node00007
		  node   node99999   # bought last week
		cpu IBM/S390
		cpu POWER9#2

		microcode 0xa0011de
		kernel 6.12.9
		kernel Linux 6.8.0-45-generic
		kernel 7.0
	END
	run "$RCUSTRESS" report --inventory inventory fleet
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"Of the inventory"$'\n'"  8 expected: 3 never seen, 0 told nothing"$'\n'* ]]
	[[ $output == *"  never seen: node node99999"$'\n'"  never seen: cpu POWER9#2"$'\n'"  never seen: kernel 7.0"$'\n'* ]]
	change 7 7 'c["mprotect"].update(verdict="SKIPPED")' 'd["cells"] = [c["mprotect"]]'
	run "$RCUSTRESS" report --inventory inventory fleet
	[[ $output == *"3 never seen, 1 told nothing"* ]]
	[[ $output == *"  nothing told: node node00007"* ]]
}

@test "fleet: a bad line of an inventory is named, and nothing is read" {
	refused() { # TEXT MESSAGE
		# shellcheck disable=SC2059
		printf "$1" >inventory
		run --separate-stderr "$RCUSTRESS" report --inventory inventory fleet
		echo "$stderr"
		[ "$status" -eq 2 ]
		[ -z "$output" ]
		[[ $stderr == "rcustress: inventory:$2"* ]]
	}
	refused 'node a\nnodes b\n' "2: want 'node NAME'"
	refused '\n\ncpu\n' "3: there is no name"
	refused 'cpu # none\n' "1: there is no name"
	refused 'node a\0b\n' "1: this is no text"
	refused 'node \033[2J\n' "1: this is no text"
	run "$RCUSTRESS" report --inventory gone fleet
	[ "$status" -eq 2 ]
	[[ $output == *"gone: cannot be read"* ]]
	run "$RCUSTRESS" report --inventory fleet fleet
	[ "$status" -eq 2 ]
}

@test "fleet: in JSON, as the schema has it; in Markdown and HTML; none of it read back" {
	change 4 4 "$is_broken"
	echo 'node gone' >inventory
	"$RCUSTRESS" report --inventory inventory --output json=f.json --output markdown=f.md \
		--output html=f.html --output text=f.txt fleet >out
	diff out f.txt
	python3 "$BATS_TEST_DIRNAME/schema-check.py" "$schema" f.json
	python3 - <<-'END'
		import json
		f = json.load(open("f.json"))["fleet"]
		assert [x["node"] for x in f["findings"]] == ["node00004"]
		assert f["inventory"] == [{"kind": "node", "name": "gone", "seen": False, "decided": False}]
		a, = f["all"]
		assert (a["machines"], a["runs"]) == (300, 300)
		m = {e["barrier"]: e for e in a["barriers"]}
		assert m["mprotect"]["bad"] == 1 and m["mprotect"]["bad_share"] == 1
		e = m["munmap"]
		assert abs(e["bad_share"] - (1 - 0.05 ** (1 / e["holding"]))) < 1e-6
		for part in "models", "microcodes", "kernels", "equals":
		    assert sum(g["runs"] for g in f[part]) == 300
	END
	grep -q '^- \*\*BROKEN\*\* mprotect .*node00004' f.md
	grep -q '<strong>BROKEN</strong> mprotect .*node00004' f.html
	python3 "$BATS_TEST_DIRNAME/html-check.py" f.html
	# What is made of it again is the same.
	"$RCUSTRESS" report --fleet f.json | head -4 | sed 's/: f.json$//' >again
	diff <(head -4 out | sed 's/: fleet.*//') again
}

@test "fleet: names are anybody's" {
	change 0 11 "$alike"
	change 3 3 "$is_broken" 'd["machine"].update(name="\033[2Jx\ny<b>|`", cpu="<i>\033]0;", kernel="")' \
		'c["mprotect"].update(reason="\033[31m\nred", barrier="<script>")'
	change 4 4 "$is_broken" 'd["machine"]["name"] = ""' \
		'c["mprotect"]["heavy_p50_ns"] = 2**63 - 1' 'c["mprotect"]["subject"]["exposed"] = 2**63 - 1' \
		'c["munmap"].update(p_missed=0.0, sensitivity=1e308, verdict="HOLDS")'
	run "$RCUSTRESS" report --fleet --output markdown=f.md --output html=f.html --output json=f.json fleet
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output != *$'\033'* ]]
	[[ $output == *"on a machine without name, 1 of 11 equal machines"* ]]
	run ! grep -q '<script>\|<i>\|<b>' f.html f.md
	python3 "$BATS_TEST_DIRNAME/html-check.py" f.html
	python3 "$BATS_TEST_DIRNAME/schema-check.py" "$schema" f.json
}
