#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# What there is to begin with in CI services: that it is well-formed, and that its steps
# do what they say, with a program that is made up and with the real one.

load helper

ci=$BATS_TEST_DIRNAME

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	export PATH=$PWD/bin:$PATH
	mkdir bin
}

# A program that writes down how it was called, writes the reports that it is to write, and
# ends as FAKE_RUN and FAKE_CHECK say; as TAP it has a sample report.
fake() {
	export SAMPLE FAKE_RUN=${FAKE_RUN:-0} FAKE_CHECK=${FAKE_CHECK:-0}
	SAMPLE=$(dirname "$(realpath "$RCUSTRESS")")/write-sample
	# Else that of the tests is what scripts call.
	export -n RCUSTRESS
	cat >bin/rcustress <<-'END'
		#!/bin/bash
		printf '<%s>' "$@" >>calls
		echo >>calls
		outputs=false check=false tap=false
		for argument; do
			$outputs && echo "of $1" >"${argument#*=}"
			outputs=false
			case $argument in
			--output) outputs=true ;;
			--check) check=true ;;
			tap) tap=true ;;
			esac
		done
		[ "$1" = report ] || exit "$FAKE_RUN"
		$tap && exec "$SAMPLE" tap each
		$check && exit "$FAKE_CHECK"
		exit 0
	END
	chmod +x bin/rcustress
}

@test "all YAML is clean under yamllint" {
	local rules='line-length: {max: 110}, document-start: disable, truthy: {check-keys: false}'

	yamllint --strict -d "{extends: default, rules: {$rules}}" \
		"$ci"/templates/*.yml "$ci"/action/*.yml
}

@test "scripts are clean under shellcheck" {
	shellcheck "$ci/templates/rcustress.sh"
	python3 - "$ci" <<-'END'
		import subprocess, sys, yaml
		ci = sys.argv[1]
		def check(shell, script):
		    assert "${{" not in script, "an expression in a script: " + script
		    result = subprocess.run(["shellcheck", "-s", shell, "-e", "SC1091,SC2154,SC2086,SC2164", "-"], input=script, text=True)
		    assert result.returncode == 0, script
		scripts = 0
		for step in yaml.safe_load(open(ci + "/action/action.yml"))["runs"]["steps"]:
		    check("bash", step["run"])
		    scripts += 1
		for job in yaml.safe_load(open(ci + "/templates/github-actions.yml"))["jobs"].values():
		    for step in job["steps"]:
		        if "run" in step:
		            check("bash", step["run"])
		            scripts += 1
		for name, job in yaml.safe_load(open(ci + "/templates/gitlab-ci.yml")).items():
		    for key in "before_script", "script":
		        if key in job:
		            check("sh", "\n".join(job[key]))
		            scripts += 1
		assert scripts >= 9, scripts
	END
}

@test "the workflow has what GitHub wants of one" {
	python3 - "$ci" <<-'END'
		import sys, yaml
		flow = yaml.safe_load(open(sys.argv[1] + "/templates/github-actions.yml"))
		assert set(flow[True]) == {"push", "pull_request", "schedule", "workflow_dispatch"}
		assert flow["permissions"] == {"contents": "read"}
		run, report = flow["jobs"]["run"], flow["jobs"]["report"]
		assert run["strategy"]["matrix"]["runner"] == ["ubuntu-24.04", "ubuntu-24.04-arm"]
		assert run["runs-on"] == "${{ matrix.runner }}" and report["needs"] == "run"
		assert run["strategy"]["fail-fast"] is False and report["if"] == "always()"
		for job in run, report:
		    assert set(job) <= {"strategy", "runs-on", "timeout-minutes", "steps", "needs", "if"}, job
		    assert job["timeout-minutes"] <= 30
		    for step in job["steps"]:
		        assert ("uses" in step) != ("run" in step), step
		        assert set(step) <= {"name", "uses", "with", "run", "env", "if"}, step
		        assert "uses" not in step or "@v" in step["uses"], step
		kept = [s for s in run["steps"] if s.get("uses", "").startswith("actions/upload-artifact")][0]
		assert kept["if"] == "always()" and kept["with"]["path"] == "rcustress-reports"
		assert "${{ matrix.runner }}" in kept["with"]["name"]
		got = [s for s in report["steps"] if s.get("uses", "").startswith("actions/download")][0]
		assert got["with"]["merge-multiple"] is True
		assert kept["with"]["name"].startswith(got["with"]["pattern"].rstrip("*"))
		# Reports of both machines are put together, so their names must differ.
		names = [s["env"]["RCUSTRESS_NAME"] for s in run["steps"] if "env" in s]
		assert names == ["${{ matrix.runner }}"], names
	END
}

@test "the action has what GitHub wants of one, and passes all its inputs on" {
	python3 - "$ci" <<-'END'
		import re, sys, yaml
		text = open(sys.argv[1] + "/action/action.yml").read()
		action = yaml.safe_load(text)
		assert set(action) == {"name", "description", "inputs", "outputs", "runs"}
		for name, one in action["inputs"].items():
		    assert set(one) == {"description", "default"} and isinstance(one["default"], str), name
		assert set(re.findall(r"inputs\.([a-z-]+)", text)) == set(action["inputs"])
		assert action["runs"]["using"] == "composite"
		for step in action["runs"]["steps"]:
		    assert step["shell"] == "bash" and set(step) <= {"name", "id", "shell", "env", "run"}, step
		    # Every variable of a step is used by it, or by the script that it calls.
		    script = step["run"] + open(sys.argv[1] + "/templates/rcustress.sh").read()
		    for variable in step["env"]:
		        assert re.search(r"\$\{?%s\b" % variable, script), variable
	END
}

@test "the jobs have what GitLab wants of them" {
	python3 - "$ci" <<-'END'
		import sys, yaml
		jobs = yaml.safe_load(open(sys.argv[1] + "/templates/gitlab-ci.yml"))
		run, report = jobs["barriers"], jobs["barriers-report"]
		assert run["extends"] == report["extends"] == ".rcustress" and jobs[".rcustress"]["image"]
		assert run["artifacts"]["reports"]["junit"] == "rcustress-reports/*.xml"
		assert run["artifacts"]["when"] == "always" and run["allow_failure"] == {"exit_codes": 77}
		assert run["variables"]["RCUSTRESS_NAME"] == "$RUNNER" == run["tags"][0]
		assert len(run["parallel"]["matrix"][0]["RUNNER"]) == 2
		assert report["needs"][0]["job"] == "barriers" and report["when"] == "always"
		for job in run, report:
		    assert all(isinstance(line, str) for line in job["script"])
		known = {"extends", "stage", "parallel", "tags", "timeout", "variables", "script", "when",
		    "allow_failure", "artifacts", "needs"}
		assert set(run) | set(report) <= known
	END
}

@test "every option that they use is one of the program" {
	help=$("$RCUSTRESS" --help; "$RCUSTRESS" report --help)
	for option in $(cat "$ci"/templates/* "$ci"/action/action.yml |
		grep -vE '^ *#|meson|apt-get|git clone|ninja' | grep -oE -- '--[a-z][a-z-]+' | sort -u); do
		grep -q -- "$option" <<<"$help" || { echo "no option $option"; return 1; }
	done
}

@test "rcustress.sh: reports, and the status of the run" {
	for status in 0 1 2 3 4 77; do
		FAKE_RUN=$status fake
		rm -rf calls rcustress-reports
		run sh "$ci/templates/rcustress.sh" --barrier "a b" SB
		[ "$status" -eq "$FAKE_RUN" ]
		base=rcustress-reports/rcustress-$(uname -m)
		[ "$(cat calls)" = "<--output><json=$base.json><--output><junit=$base.xml><--output><html=$base.html><--output><markdown=$base.md><--barrier><a b><SB>" ]
		[ -f "$base.md" ]
	done
}

@test "rcustress.sh: with a baseline it is that which counts" {
	export RCUSTRESS_BASELINE=old.json RCUSTRESS_NAME=x RCUSTRESS_REPORTS=r
	FAKE_RUN=1 FAKE_CHECK=0 fake
	# There is none yet.
	run sh "$ci/templates/rcustress.sh"
	[ "$status" -eq 1 ]
	[[ $output == *"no baseline old.json yet"* ]]
	touch old.json
	sh "$ci/templates/rcustress.sh"
	tail -1 calls | grep -F '<report><r/x.json><--baseline><old.json><--check><--output><html=r/x.html>'
	export FAKE_RUN=0 FAKE_CHECK=1
	run sh "$ci/templates/rcustress.sh"
	[ "$status" -eq 1 ]
	# What is no verdict is not compared.
	export FAKE_RUN=4 FAKE_CHECK=0
	run sh "$ci/templates/rcustress.sh"
	[ "$status" -eq 4 ]
}

@test "rcustress.sh: what an earlier run left is not taken for this one's" {
	mkdir rcustress-reports
	touch "rcustress-reports/rcustress-$(uname -m).json"
	run env RCUSTRESS=false sh "$ci/templates/rcustress.sh"
	[ "$status" -ne 0 ]
	[ -z "$(ls rcustress-reports)" ]
}

# Runs the steps of the action as GitHub does, with these inputs and the others' defaults,
# until one fails.
act() { # INPUT=VALUE…
	export GITHUB_ACTION_PATH=$ci/action GITHUB_OUTPUT=$PWD/output GITHUB_STEP_SUMMARY=$PWD/summary
	: >output
	: >summary
	python3 - "$ci/action/action.yml" "$@" <<-'END'
		import os, re, subprocess, sys, yaml
		action = yaml.safe_load(open(sys.argv[1]))
		inputs = {name: one["default"] for name, one in action["inputs"].items()}
		inputs.update(argument.split("=", 1) for argument in sys.argv[2:])
		def value(match):
		    name = match.group(1)
		    if name.startswith("inputs."):
		        return inputs[name[len("inputs."):]]
		    assert name == "steps.run.outputs.status", name
		    return dict(line.split("=", 1) for line in open("output").read().split("\n") if line)["status"]
		for number, step in enumerate(action["runs"]["steps"]):
		    env = {k: re.sub(r"\$\{\{ *([^ ]*) *\}\}", value, v) for k, v in step["env"].items()}
		    script = "step%d.sh" % number
		    open(script, "w").write(step["run"])
		    status = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
		        env={**os.environ, **env}).returncode
		    if status != 0:
		        sys.exit(status)
	END
}

@test "the action: inputs become arguments, whatever is in them" {
	fake
	touch MP1
	act barriers=sound,none "tests=SB+barrier+memb  MP*"$'\n'rcu name=mine 'expect=none=BROKEN' time=5s total=1m expect-file=known.expect \
		'options=--seed=4

--cpus=0-1; $(touch pwned)' inconclusive=pass
	head -1 calls
	head -1 calls | grep -F '<--barrier=sound,none><--inconclusive=pass><--time=5s><--total=1m><--expect=none=BROKEN><--expect-file=known.expect><--seed=4><--cpus=0-1; $(touch pwned)><SB+barrier+memb><MP*><rcu>'
	head -1 calls | grep -F '<json=rcustress-reports/mine.json>'
	[ ! -e pwned ]
	grep -qx status=0 output
	rm calls
	act
	head -1 calls | grep -E '<--barrier=sound><--inconclusive=fail>$'
}

@test "the action: annotations, a summary, and the status" {
	FAKE_RUN=1 fake
	run act
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *"::error title=rcustress::BROKEN mprotect-untouched SB+barrier+memb: a reader and the writer both missed the other's store [x86_64, Linux 6.18.44, AMD EPYC (virtual)]"* ]]
	[[ $output == *"::warning title=rcustress::INCONCLUSIVE mprotect MP+barrier+memb: "* ]]
	[[ $output == *"::error title=rcustress::FAULT signal rcu asym: "* ]]
	[ "$(grep -c '^::' <<<"$output")" -eq 4 ]
	grep -q "of --output" summary
	grep -qx status=1 output
}

@test "the action: nothing judged is for an input to say" {
	FAKE_RUN=77 fake
	run act
	[ "$status" -eq 0 ]
	[[ $output == *"::notice title=rcustress::nothing was judged"* ]]
	run act skipped=fail
	[ "$status" -eq 77 ]
}

@test "annotations: what is to pass, what is in several runs, and what breaks lines" {
	sample() { "$(dirname "$RCUSTRESS")/write-sample" tap "$1" | awk -f "$ci/action/annotate.awk"; }
	[ "$(sample good | wc -l)" -eq 0 ]
	[ "$(sample tolerated | grep -c '^::notice .*INCONCLUSIVE mprotect MP')" -eq 1 ]
	[ "$(sample interrupted | grep -c '^::error .*the run was interrupted$')" -eq 1 ]
	# The four of one run, that of the other, and the file.
	[ "$(sample merged | wc -l)" -eq 6 ]
	[ "$(sample merged | grep -c '^::')" -eq 6 ]
	sample merged | grep -q '%25s'
}

@test "for real: rcustress.sh writes reports that their readers take" {
	export RCUSTRESS RCUSTRESS_NAME=real
	RCUSTRESS=$(realpath "$RCUSTRESS")
	# As short as it is, what it comes to is not what matters here.
	run sh "$ci/templates/rcustress.sh" "$sb" --barrier none --threads 2 --time 2s --expect none=BROKEN
	echo "$output"
	[[ $status =~ ^(0|3)$ ]]
	python3 -m json.tool rcustress-reports/real.json >/dev/null
	xmllint --noout --relaxng "$ci/junit.rng" rcustress-reports/real.xml
	grep -q '^## rcustress: ' rcustress-reports/real.md
	grep -qi '<!doctype html>' rcustress-reports/real.html
}

@test "for real: the action, and what it is against a baseline" {
	need_two_cpus
	act program="$(realpath "$RCUSTRESS")" barriers=none "tests=$sb" time=60s expect=none=BROKEN \
		options=--threads=2
	grep -q '^## rcustress: AS EXPECTED' summary
	cp rcustress-reports/rcustress.json old.json
	# BROKEN as before: not worse.
	act program="$(realpath "$RCUSTRESS")" barriers=none "tests=$sb" time=60s options=--threads=2 \
		baseline=old.json
	run act program="$(realpath "$RCUSTRESS")" barriers=none "tests=$sb" time=60s options=--threads=2
	[ "$status" -eq 1 ]
	[[ $output == *"::error title=rcustress::BROKEN none $sb"* ]]
}

@test "the container: what it copies is there, what it installs exists and is enough" {
	file=$ci/container/Containerfile
	. "$ci/setup"
	packages=$(sed -e ':a' -e '/\\$/N; s/\\\n//; ta' "$file" |
		sed -nE 's/.*--no-install-recommends +([a-z0-9. +-]*[a-z0-9]).*/\1/p' | sed 's/ && .*//')
	echo "$packages"
	# shellcheck disable=SC2154  # from setup
	for package in $build_packages; do
		head -1 <<<"$packages" | grep -qw -- "$package" || { echo "lacks $package"; return 1; }
	done
	if command -v apt-cache >/dev/null; then
		for package in $packages; do
			apt-cache show "$package" | grep -q "^Package: $package$"
		done
	fi
	for source in $(sed -nE 's/^COPY ([^-].*) [^ ]+$/\1/p' "$file"); do
		[ -e "$ci/../$source" ] || { echo "no $source"; return 1; }
	done
	# All instructions are known, and stages are named before they are copied from.
	[ -z "$(sed -e ':a' -e '/\\$/N; s/\\\n//; ta' "$file" | grep -vE '^(#|$|FROM|RUN|COPY|WORKDIR|ENTRYPOINT)')" ]
	[ "$(sed -nE 's/^FROM .* AS (.*)/\1/p' "$file")" = "$(sed -nE 's/^COPY --from=([^ ]*) .*/\1/p' "$file")" ]
	# Of another distribution's libraries it would not start.
	[ "$(grep '^FROM' "$file" | awk '{ print $2 }' | sort -u | wc -l)" -eq 1 ]
}

@test "what the container copies is enough to build" {
	cd "$ci/.." || return 1
	for source in $(sed -nE 's/^COPY ([^-].*) [^ ]+$/\1/p' ci/container/Containerfile); do
		cp -r "$source" "$BATS_TEST_TMPDIR/"
	done
	meson setup "$BATS_TEST_TMPDIR/build" "$BATS_TEST_TMPDIR" --prefix=/usr -Dtests=disabled
}

@test "they are installed side by side, as the action needs them" {
	DESTDIR=$BATS_TEST_TMPDIR/root meson install -C "$(dirname "$RCUSTRESS")" --no-rebuild
	top=$(find root -path '*/share/rcustress/ci')
	[ -f "$top/action/action.yml" ] && [ -f "$top/container/Containerfile" ]
	[ -x "$top/action/../templates/rcustress.sh" ]
	diff -r "$top/action" "$ci/action"
	diff -r "$top/templates" "$ci/templates"
}
