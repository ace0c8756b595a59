#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# ci/slurm on a cluster of this machine's own: real daemons, two nodes.

load helper

bats_require_minimum_version 1.5.0

ci=$BATS_TEST_DIRNAME

setup_file() {
	export cluster=$BATS_FILE_TMPDIR/cluster
	"$ci/slurm-cluster" "$cluster" $$ >"$BATS_FILE_TMPDIR/starting" 2>&1 3>&- &
	export keeper=$!
	for _ in $(seq 600); do
		[ ! -f "$cluster/ready" ] || break
		[ -d /proc/$keeper ] || break
		sleep 0.1
	done
	export SLURM_CONF=$cluster/slurm.conf
}

teardown_file() {
	kill "$keeper" 2>/dev/null || true
	gone "$keeper"
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	if [ ! -f "$cluster/ready" ]; then
		cat "$BATS_FILE_TMPDIR/starting"
		! grep -q "namespaces cannot be had" "$BATS_FILE_TMPDIR/starting" ||
			skip "no cluster: namespaces cannot be had, be root"
		cat "$cluster"/out
		return 1
	fi
	campaign=$ci/slurm/campaign
	program=$(realpath "$RCUSTRESS")
}

# Nothing runs any more, and both nodes are as they were.
teardown() {
	jobs -p | xargs -r kill -KILL 2>/dev/null || true
	[ -f "$cluster/ready" ] || return 0
	scancel --user="$(id -un)"
	scontrol update NodeName=n2 State=resume 2>/dev/null || true
	eventually idle
}

idle() {
	[ -z "$(squeue --noheader)" ] && [ "$(sinfo --noheader --Node --states=idle | wc -l)" -eq 2 ]
}

eventually() { # COMMAND…
	for _ in $(seq 300); do
		"$@" && return
		sleep 0.1
	done
	echo "never: $*"
	return 1
}

# A campaign in the folder c, whose cells are short.
short() ( # CAMPAIGN-OPTION… -- RCUSTRESS-OPTION…
	# shellcheck disable=SC2154  # of helper
	exec "$campaign" --program "$program" --folder c --limit 1m --wait "$@" --time "${time:-1s}" "$sb"
)

# How a process in the background ended, as run has it.
ended() { # PID
	status=0
	wait "$1" || status=$?
}

job_of() { # NODE
	[ -f c/jobs ] && awk -v node="$1" '$1 == node { print $2 }' c/jobs | grep .
}

state_of() { # NODE STATE
	local job

	# Without a number it would show all.
	job=$(job_of "$1") && scontrol show job -o "$job" 2>/dev/null | grep -q " JobState=$2 "
}

exit_code_of() { # JOB CODE
	scontrol show job "$1" | grep -q " ExitCode=$2\$"
}

# A program that does as its name in this folder says.
fake() { # COMMAND…
	mkdir -p bin
	printf '#!/bin/bash\n%s\n' "$*" >bin/fake
	chmod +x bin/fake
	program=$PWD/bin/fake
}

@test "scripts are clean under shellcheck" {
	cd "$ci/.." || return 1
	shellcheck -x ci/slurm/campaign ci/slurm-cluster
}

@test "every node once, and one report, whose status is the campaign's" {
	need_two_cpus
	time=30s run short --nodes n1,n2,n[1-2] -- --barrier none --total 30s
	echo "$output"
	[ "$status" -eq 1 ]
	[ "$(cat c/status)" = 1 ]
	[ "$(basename -a c/results/* | sed 's/-[0-9]*.json//' | xargs)" = "n1 n2" ]
	grep -q '"name": *"n1"' c/results/n1-*
	grep -q '"name": *"n2"' c/results/n2-*
	grep -q 'of 2 runs on 2 machines' c/merged.txt
	[ "$(grep -o '"name": *"n[12]"' c/merged.json | sort -u | wc -l)" -eq 2 ]
	grep -qi '<!doctype html>' c/merged.html
	[[ $output == *"BROKEN: 2 cells of 2 runs on 2 machines"* ]]
	[[ $output == *"2 of 2 nodes have a result; exit status 1"* ]]
	# A verdict is no failure of a task, and of the collecting job it is.
	state_of n1 COMPLETED && state_of n2 COMPLETED
	collecting=$(sed -n 's/.*report by job \([0-9]*\) .*/\1/p' <<<"$output")
	eventually exit_code_of "$collecting" 1:0
	# An array of one task each, bound to its node and alone there.
	task=$(scontrol show job -o "$(job_of n2)")
	[[ $task == *" ArrayTaskId=2 "*" Requeue=0 "*" ReqNodeList=n2 "*" NodeList=n2 "*" OverSubscribe=NO "* ]]
	[[ $task == *" NumCPUs=2 "* ]]
}

@test "arguments and folders with blanks come through" {
	fake "printf '<%s>' \"\$@\" >\"\$(dirname \"\$0\")/\$(uname -n)\"; exec '$(realpath "$RCUSTRESS")' \"\$@\""
	run "$campaign" --program "$program" --folder "of  two words" --limit=1m --wait --partition=all -- \
		--barrier membarrier --inconclusive pass --time 1s --output "text=a  file *.txt" "$sb"
	echo "$output"
	# 77 where a filter forbids membarrier(2).
	[[ $status =~ ^(0|77)$ ]]
	grep -qF '<--output><text=a  file *.txt>' bin/n1 bin/n2
	[ -s "a  file *.txt" ]
	[ "$(find "of  two words/results" -name 'n[12]-*.json' | wc -l)" -eq 2 ]
	[ -s "of  two words/merged.html" ]
}

@test "a node that is down when it begins is left out, named, and a failure" {
	scontrol update NodeName=n2 State=down Reason=test
	run short --partition all -- --barrier none --expect none=BROKEN/INCONCLUSIVE
	echo "$output"
	[ "$status" -eq 4 ]
	[[ $output == *"no result from n2: down when the campaign began"* ]]
	[[ $output == *"1 of 2 nodes have a result; exit status 4"* ]]
	[ -s c/merged.json ]
	rm -r c
	run short --partition all --allow-missing 1 -- --barrier none --expect none=BROKEN/INCONCLUSIVE
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"no result from n2"* ]]
}

@test "a node that goes down amid its run does not keep the others" {
	# On n2 until it is killed; Slurm calls it running a little too early.
	fake "[ \$1 = report ] || [ \$(uname -n) = n1 ] || { : >'$PWD/begun'; exec sleep 100; }; exec '$program' \"\$@\""
	short --partition all -- --barrier none --expect none=BROKEN/INCONCLUSIVE >out 2>&1 3>&- &
	eventually test -e begun
	scontrol update NodeName=n2 State=down Reason=test
	ended $!
	cat out
	[ "$status" -eq 4 ]
	grep -q "no result from n2: job $(job_of n2) NODE_FAIL" out
	compgen -G 'c/results/n1-*.json'
}

@test "nor does one that goes down, or stays busy, before its turn" {
	sbatch --nodelist=n2 --exclusive --output=/dev/null --wrap 'sleep 100'
	short --partition all --patience 15s -- --barrier none --expect none=BROKEN/INCONCLUSIVE >out 2>&1 3>&- &
	eventually state_of n2 PENDING
	scontrol update NodeName=n2 State=drain Reason=test
	eventually state_of n1 COMPLETED
	state_of n2 PENDING
	ended $!
	cat out
	[ "$status" -eq 4 ]
	grep -q "no result from n2: busy or down for too long" out
	compgen -G 'c/results/n1-*.json'
}

@test "a crash is no result, whatever its status, and the log says why" {
	fake "[ \$1 != report ] || exec '$program' \"\$@\"; echo 'out of luck' >&2
		[ \$(uname -n) = n1 ] && exit 0; kill -SEGV \$\$"
	run short --partition all --
	echo "$output"
	[ "$status" -eq 4 ]
	[[ $output == *"no result from n1: job "*" FAILED"*"out of luck"* ]]
	[[ $output == *"no result from n2: job "*" FAILED"*"exit status 139"* ]]
	[[ $output == *"0 of 2 nodes have a result; exit status 4"* ]]
}

@test "near its limit a run ends with what it has" {
	need_two_cpus
	"$campaign" --program "$program" --folder c --nodes n1 --wait -- --time 100s --barrier membarrier \
		--sensitivity 1000000000 "$sb" >out 2>&1 3>&- &
	eventually state_of n1 RUNNING
	# It heeds signals by then.
	eventually test -s c/logs/n1.log
	scancel --batch --signal=TERM "$(job_of n1)"
	ended $!
	cat out
	[ "$status" -eq 3 ]
	grep -q '^INCONCLUSIVE' c/merged.txt
	state_of n1 COMPLETED
}

@test "who stops waiting by an interrupt cancels all of it" {
	need_two_cpus
	for signal in INT TERM; do
		rm -rf c
		env --default-signal=INT "$campaign" --program "$program" --folder c --partition all --wait -- \
			--time 100s --sensitivity 1000000000 --barrier membarrier "$sb" >out 2>&1 3>&- &
		eventually state_of n1 RUNNING
		eventually state_of n2 RUNNING
		eventually grep -q "report by job" out
		kill -$signal $!
		ended $!
		cat out
		[ "$status" -eq $((128 + $(kill -l $signal))) ]
		eventually idle
	done
	# What there is can still be put together: those that were cancelled may have ended in
	# time with what they had.
	[ ! -f c/status ]
	run "$campaign" --collect c
	echo "$output"
	[[ $status =~ ^(3|4)$ ]]
	[[ $output == *"of 2 nodes have a result; exit status $status" ]]
}

@test "without --wait it is left to Slurm; a collecting job that is lost is made up for" {
	run "$campaign" --program "$program" --folder c --limit 1m --nodes n1 -- \
		--barrier none --expect none=BROKEN/INCONCLUSIVE --time 1s "$sb"
	echo "$output"
	[ "$status" -eq 0 ]
	eventually [ -f c/status ]
	[ "$(cat c/status)" = 0 ]
	rm -r c
	fake "until [ -e '$PWD/go' ]; do sleep 0.05; done; exec '$program' \"\$@\""
	short --nodes n1 -- --barrier none --expect none=BROKEN/INCONCLUSIVE >out 2>&1 3>&- &
	eventually grep -q "report by job" out
	scancel "$(sed -n 's/.*report by job \([0-9]*\) .*/\1/p' out)"
	: >go
	ended $!
	cat out
	[ "$status" -eq 0 ]
	grep -q "ended without a report: collecting here" out
	[ -s c/merged.html ]
}

@test "what cannot be submitted is said, and nothing is left of it" {
	refused() { # MESSAGE ARGUMENT…
		run "$campaign" "${@:2}"
		echo "$output"
		[ "$status" -eq 2 ]
		[[ $output == *"$1"* ]]
		[ -z "$(squeue --noheader)" ]
	}
	refused "which nodes?" --folder c
	refused "no node n3" --folder c --nodes n[2-3]
	refused "no nodes in nowhere" --folder d --partition nowhere
	refused "is not empty" --folder . --nodes n1
	refused "5 is no time" --folder e --limit 5 --nodes n1
	refused "no option --nods" --nods n1
	refused "--wait is no number" --allow-missing --wait --nodes n1
	refused "Slurm refused a task" --folder f --nodes n1 --sbatch --constraint=quantum
	refused "which campaign's folder?" --collect nowhere
}
