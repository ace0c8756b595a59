#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# The page of a report, as a browser has it: ci/html-check.py opens it in Chromium.

load helper

check=$BATS_TEST_DIRNAME/html-check.py

setup() {
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || skip "no chromium"
	cd "$BATS_TEST_TMPDIR"
}

# Pages that are made up, with all that a page can have.
made_up() {
	"$(dirname "$RCUSTRESS")/html-sample" .
}

@test "the page of a run is in order on a screen, on a phone, in the dark and on paper" {
	made_up
	run "$check" --paper one.html
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "so is one of several machines, with names that would be markup" {
	made_up
	run "$check" some.html
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "so is one of ten thousand runs" {
	made_up
	[ "$(stat -c %s many.html)" -lt 4000000 ]
	run "$check" many.html
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "what is wrong with a page is noticed" {
	made_up
	sed -e 's|<footer>|<img src="http://127.0.0.1:9999/x.png" alt=""><p id=runs>&|' \
		-e 's|<th scope=row>|<th>|' -e 's|<caption>|<p>|' \
		-e 's|<h2>Legend</h2>|<h6>Legend</h6>|' \
		-e "s|default-src 'none'; ||" \
		-e 's|--faint: #[0-9a-f]*|--faint: #808080|' small.html >wrong.html
	run "$check" wrong.html
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *"th without scope"* ]]
	[[ $output == *"table without caption"* ]]
	[[ $output == *"heading skips a level: Legend"* ]]
	[[ $output == *"no policy"* ]]
	[[ $output == *"an id twice"* ]]
	[[ $output == *"foreign element"* ]]
	# The style sheet is not the one that the policy allows, so all looks are gone.
	[[ $output == *"log: "*"style"* ]]
	[[ $output == *"dark: background"* ]]
	[[ $output == *"wide at 320"* ]]
}

@test "a page that asks the network for something is noticed" {
	made_up
	sed -e '/Content-Security-Policy/d' -e 's|--faint: #565d66|--faint: #909090|' \
		-e 's|<footer>|<img src="http://127.0.0.1:9999/x.png" alt="">&|' small.html >wrong.html
	run "$check" wrong.html
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *"request of http://127.0.0.1:9999/x.png"* ]]
	[[ $output == *"contrast, light:"* ]]
}

@test "the page of a run holds what its JSON does" {
	need_two_cpus
	run "$RCUSTRESS" --barrier membarrier,mprotect-untouched,none --threads 2 --time 1s \
		--output html=run.html --output json=run.json $sb SB HP+mbs rcu
	echo "$output"
	[ "$status" -ne 2 ]
	run "$check" --paper --json run.json run.html
	echo "$output"
	[ "$status" -eq 0 ]
	[ "$(stat -c %s run.html)" -lt 1000000 ]
	# Another count, and it does not.
	sed -E 's/("hits": *)[0-9]+/\199999/' run.json >other.json
	run "$check" --json other.json run.html
	[ "$status" -eq 1 ]
	[[ $output == *"99,999 of "*"in the JSON"* ]]
}

@test "a report of a run and a horizon has both, without being measured again" {
	need_two_cpus
	"$RCUSTRESS" --barrier none --threads 2 --time 60s --output json=run.json $sb || [ $? -eq 1 ]
	"$RCUSTRESS" horizon --barrier none --amplify stream-split --time 20ms \
		--output json=horizon.json --output html=horizon.html
	run "$RCUSTRESS" report run.json horizon.json --output html=report.html
	echo "$output"
	[ "$status" -ne 2 ]
	grep -q 'id="horizon-1-t"' report.html
	run "$check" --json run.json report.html
	echo "$output"
	[ "$status" -eq 0 ]
	run "$check" horizon.html
	echo "$output"
	[ "$status" -eq 0 ]
}
