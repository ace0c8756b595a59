#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# What formats write, as others read it: reports that are made up, with everything in
# them that markup can stumble over.

load helper

kinds="each good tolerated interrupted merged"

write() { # FORMAT KIND
	"$(dirname "$RCUSTRESS")/write-sample" "$1" "$2"
}

setup() {
	cd "$BATS_TEST_TMPDIR"
}

# The points that a harness of TAP 13 takes for failed; this one knows no 14 yet.
failed_points() { # KIND
	write tap "$1" | sed '1s/14/13/' >"$1.tap"
	prove -e cat "$1.tap" 2>&1 | sed -n 's/^ *Failed tests\{0,1\}: *//p'
}

@test "TAP: a harness counts what failed, skipped, is to do" {
	[ "$(failed_points each)" = "2-3, 8, 10" ]
	# What could not be told fails, unless it is to pass.
	[ "$(failed_points tolerated)" = "3, 8, 10" ]
	[ "$(failed_points merged)" = "1-3" ]
	run prove -e cat good.tap
	[ "$status" -ne 0 ]
	write tap good | sed '1s/14/13/' >good.tap
	prove -e cat good.tap
	write tap interrupted | sed '1s/14/13/' >cut.tap
	run prove -e cat cut.tap
	[ "$status" -ne 0 ]
	[[ $output == *"Further testing stopped: interrupted"* ]]
}

@test "TAP: the blocks are YAML, and say what the cell was" {
	for kind in $kinds; do
		write tap "$kind" | python3 -c '
import sys, yaml
block, points, blocks = None, 0, []
for line in sys.stdin.read().split("\n"):
    text = line.lstrip(" ")
    if block is None and text in ("---",):
        block, margin = [], len(line) - len(text)
    elif block is not None and text == "..." and len(line) - len(text) == margin:
        blocks.append(yaml.safe_load("\n".join(block)))
        block = None
    elif block is not None:
        assert line[:margin].strip() == "", line
        block.append(line[margin:])
    else:
        points += text.startswith(("ok ", "not ok "))
assert block is None and blocks
for b in blocks:
    assert "file" in b or "verdict" in b and b["machine"], b
    if b.get("verdict") == "HOLDS":
        assert b["p_missed"] < 1e-6 and b["sensitivity"] == 7, b
        assert b["counts"]["control"]["hits"] == 200, b
    if b.get("verdict") == "BROKEN" and b["test"] == "SB+barrier+memb":
        assert b["witness"].startswith("witness: round 1"), b
        assert "\n  writer 0 on CPU 1: stored Y = 1\n" in b["witness"], b
    for text in b.values():
        if isinstance(text, str) and "not ok 8" in text:
            hostile = text
if sys.argv[1] == "merged":
    for c in list(range(1, 9)) + [10, 27, 127, 0x85, 0x2028, 0xfffe, 0x20ac, 0x1f600]:
        assert chr(c) in hostile, hex(c)
' "$kind"
	done
}

@test "JUnit: it is XML of the form that readers have in common" {
	for kind in $kinds; do
		write junit "$kind" >"$kind.xml"
		xmllint --noout --relaxng "$BATS_TEST_DIRNAME/junit.rng" "$kind.xml"
	done
	# And the form is not one that anything has.
	run xmllint --noout --relaxng "$BATS_TEST_DIRNAME/junit.rng" <(echo "<testsuites/>")
	[ "$status" -ne 0 ]
}

@test "JUnit: what suites say they have is what they have" {
	write junit merged >m.xml
	xpath() { xmllint --xpath "$1" m.xml; }
	for suite in /testsuites "(//testsuite)[1]" "(//testsuite)[2]" "(//testsuite)[3]"; do
		[ "$(xpath "string($suite/@tests)")" = "$(xpath "count($suite//testcase)")" ]
		[ "$(xpath "string($suite/@failures)")" = "$(xpath "count($suite//failure)")" ]
		[ "$(xpath "string($suite/@errors)")" = "$(xpath "count($suite//error)")" ]
		[ "$(xpath "string($suite/@skipped)")" = "$(xpath "count($suite//skipped)")" ]
	done
	[ "$(xpath 'count(//testcase)')" -eq 12 ]
	[ "$(xpath 'count(//error[@type="REFUSED"])')" -eq 1 ]
}

@test "JUnit: hostile text comes back as it was, as far as XML can hold it" {
	write junit merged | python3 -c '
import sys, xml.etree.ElementTree as tree
root = tree.parse(sys.stdin.buffer).getroot()
name = [c.get("name") for c in root.iter("testcase")][-2]
assert name.startswith("\ufffd" * 8 + "\t\n" + "\ufffd" * 2 + "\r" + "\ufffd"), ascii(name)
assert name.endswith("\n...\n---\nok 7\nnot ok 8\n\xe4 \u20ac \U0001f600"), ascii(name)
assert "]]> <b a=\x271\x27 b=\"2\">&amp; # | " in name, ascii(name)
assert "\x85" in name and "\u2028" in name and "\ufffe" not in name, ascii(name)
text = [f.text for f in root.iter("failure")][-1]
assert "\nnot ok 8\n" in text and "]]> <b" in text, ascii(text)
'
}

@test "Markdown: it renders to tables and folds, and no text becomes markup" {
	write markdown merged >m.md
	cmark-gfm --unsafe -e table -e strikethrough -e autolink m.md >m.html
	[ "$(grep -cE '<b a=|<a href|<em>' m.html)" -eq 0 ]
	[ "$(grep -c '<h2>' m.html)" -eq 1 ]
	[ "$(grep -c '<h3>' m.html)" -eq 2 ]
	[ "$(grep -c '^<details' m.html)" -eq "$(grep -c '^</details>' m.html)" ]
	# Machines, the matrix, nine barriers, and what those of the horizon cost.
	[ "$(grep -c '<table>' m.html)" -eq 12 ]
	# Witnesses: three of them, and the hostile one.
	[ "$(grep -c '<pre' m.html)" -eq 4 ]
}

@test "for real: TAP of a live run is what its record gives" {
	run "$RCUSTRESS" --format tap --output json=a.json --threads 2 --time 1s --barrier none,fence \
		"$sb" SB HP+mbs Z6.0+no-such-test
	[ "$status" -eq 2 ]
	"$RCUSTRESS" --format tap --output json=a.json --threads 2 --time 1s --barrier none,fence "$sb" \
		SB HP+mbs >live || true
	cat live
	[ "$(grep -cE '^(not )?ok ' live)" -eq 4 ]
	[ "$(tail -1 live)" = 1..4 ]
	diff live <("$RCUSTRESS" report a.json --format tap | sed -e '2s/: [^:]*; seed/; seed/' -e '3{/^# file  a\.json$/d}')
}

@test "for real: what could not be told fails, or is to do" {
	need_two_cpus
	# Without a control it can be no more.
	unsure=(--format tap --threads 2 --time 1s --barrier fence --no-control "$sb")
	run "$RCUSTRESS" "${unsure[@]}"
	[ "$status" -eq 3 ]
	grep -qx "not ok 1 - fence $sb" <<<"$output"
	run "$RCUSTRESS" "${unsure[@]}" --inconclusive pass --output junit=a.xml
	[ "$status" -eq 0 ]
	grep -q "^not ok 1 - fence $sb # TODO INCONCLUSIVE: " <<<"$output"
	sed '1s/14/13/' <<<"$output" >a.tap
	prove -e cat a.tap
	[ "$(xmllint --xpath 'count(//skipped)' a.xml)" -eq 1 ]
	[ "$(xmllint --xpath 'count(//failure)' a.xml)" -eq 0 ]
}

@test "for real: a run that is interrupted bails out" {
	"$RCUSTRESS" --format tap --output junit=a.xml --threads 2 --time 60s --full --barrier fence "$sb" \
		>live 3>&- &
	pid=$!
	cell_of $pid
	kill -INT $pid
	status=0
	wait $pid || status=$?
	[ "$status" -eq 3 ]
	[ "$(tail -1 live)" = "Bail out! interrupted" ]
	[ "$(xmllint --xpath 'string(//error/@type)' a.xml)" = INTERRUPTED ]
	xmllint --noout --relaxng "$BATS_TEST_DIRNAME/junit.rng" a.xml
}

@test "for real: a horizon in each" {
	"$RCUSTRESS" horizon --time 50ms --barrier fence,none --output tap=a.tap --output junit=a.xml \
		--output markdown=a.md
	grep -q '^# horizon  .*: ' a.tap
	[ "$(tail -1 a.tap)" = "1..0 # SKIP there is no cell" ]
	xmllint --noout --relaxng "$BATS_TEST_DIRNAME/junit.rng" a.xml
	[ "$(head -1 a.md)" = "## rcustress: horizon" ]
	[ "$(grep -cE '^\| (fence|none) \|' a.md)" -eq 2 ]
}
