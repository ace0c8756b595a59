#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# The suite's tests on real CPUs: which are judged here, and that the judgements of
# them are right. --time is a limit: these end as soon as they know.

load helper

setup() {
	own_cache # which nothing of the suite may need
}

teardown() {
	[ ! -e "$XDG_CACHE_HOME" ]
}

# The tests that put a barrier under test and that this architecture fails without it.
judged() {
	"$RCUSTRESS" list --tests | awk '$2 == "judged" && $3 == "barrier:" { print $1 }'
}

one_cpu() {
	taskset -cp $$ | sed 's/.*: *\([0-9]*\).*/\1/'
}

# Those of them that a run without tests takes: on one CPU, it only names them.
by_default() {
	"$RCUSTRESS" --cpus "$(one_cpu)" --time 1s --quiet |
		awk '$1 == "INCONCLUSIVE" && $2 != "-" && $3 != "rcu" { print $3 }'
}

model() {
	case $(uname -m) in
	x86_64 | i?86 | s390x) echo tso ;;
	aarch64) echo armv8 ;;
	riscv*) echo riscv ;;
	ppc*) echo power ;;
	esac
}

# Where a heavy side that orders its own caller suffices: a test without a light side, or
# with one that this architecture's stores and loads keep in order anyway.
looked_for() {
	"$RCUSTRESS" list --tests | awk '$2 == "looked" && $4 == "barrier:" { print $1 }'
}

@test "no barrier at all: every test that judges barriers is BROKEN" {
	need_two_cpus
	run "$RCUSTRESS" --threads 2 --time 120s --barrier none
	echo "$output"
	[ "$status" -eq 1 ]
	for name in $(by_default) "rcu asym"; do
		[[ $output == *$'\n'"BROKEN  none  $name  subject "[1-9]* ]] || { echo "$name"; return 1; }
	done
	[[ ${lines[-1]} == "BROKEN: $(grep -c '^BROKEN  ' <<<"$output") cells in "* ]]
}

@test "mprotect on an untouched page: every test that judges barriers is BROKEN" {
	need_two_cpus
	run "$RCUSTRESS" --threads 2 --time 120s --barrier mprotect-untouched
	echo "$output"
	[ "$status" -eq 1 ]
	for name in $(by_default) "rcu asym"; do
		[[ $output == *$'\n'"BROKEN  mprotect-untouched  $name  subject "[1-9]* ]] || { echo "$name"; return 1; }
	done
}

@test "what a fence of the caller forbids is looked for: BROKEN by none, SKIPPED by a call" {
	need_two_cpus
	[ "$(looked_for | wc -l)" -gt 0 ]
	# shellcheck disable=SC2046  # words on purpose
	run "$RCUSTRESS" --threads 2 --time 2s --barrier none,mprotect-untouched $(looked_for)
	echo "$output"
	[ "$status" -eq 1 ]
	for name in $(looked_for); do
		[[ $output == *$'\n'"BROKEN  none  $name  subject "[1-9]* ]] || { echo "$name"; return 1; }
		[[ $output == *$'\n'"SKIPPED  mprotect-untouched  $name  subject 0/"[1-9]* ]] || { echo "$name"; return 1; }
	done
	[[ $output == *"the barrier does not even order its caller"* ]]
	# That a control does that much is no failure of the run.
	run "$RCUSTRESS" --threads 2 --time 2s --barrier none,mprotect-untouched \
		--expect none=BROKEN,mprotect-untouched=BROKEN "$(looked_for | head -n 1)" "$sb"
	echo "$output"
	[ "$status" -eq 0 ]
}

# Two threads, three and four.
hold() { # BARRIER
	need_two_cpus
	"$RCUSTRESS" --barrier help | grep -q "^ *$1 .*not claimed" && skip "not claimed here"
	run "$RCUSTRESS" --threads 2 --time 120s --barrier "$1" \
		Dekker+barrier+memb 3.SB+barrier+membs 4.SB+barriers+membs
	echo "$output"
	[[ $output == *"SKIPPED"* ]] && [ "$status" -eq 77 ] && skip "no $1 here"
	[ "$status" -eq 0 ]
	[ "$(grep -c "^HOLDS  $1  .*subject 0/[1-9].*, control [1-9].*P(missed)" <<<"$output")" -eq 3 ]
	[[ ${lines[-1]} == "HOLDS: 3 cells in "*", P(any missed) at most "* ]]
}

@test "mprotect holds with two, three and four threads" {
	hold mprotect
}

@test "membarrier holds with two, three and four threads" {
	hold membarrier
}

@test "RCU over membarrier holds: it waits for sections, in rings of them as well" {
	need_two_cpus
	"$RCUSTRESS" --barrier help | grep -q "^ *membarrier .*not claimed" && skip "not claimed here"
	run "$RCUSTRESS" --threads 2 --time 120s --barrier membarrier \
		SB+rcu+gp 4.SB+rcu+gp+rcu+gp RCU+defer-free
	echo "$output"
	[[ $output == *"SKIPPED"* ]] && [ "$status" -eq 77 ] && skip "no membarrier here"
	[ "$status" -eq 0 ]
	[ "$(grep -c "^HOLDS  membarrier  .*subject 0/[1-9].*, control [1-9].*P(missed)" <<<"$output")" -eq 3 ]
}

@test "a run without tests takes such that judge barriers, and the torture of an RCU" {
	run "$RCUSTRESS" --cpus "$(one_cpu)" --time 1s
	echo "$output"
	[ "$status" -eq 3 ]
	[ "$(by_default | wc -l)" -gt 10 ]
	[ -z "$(by_default | grep -vxF "$(judged)")" ]
	[ "$(grep -c '^INCONCLUSIVE  .*  rcu ' <<<"$output")" -eq 1 ]
}

@test "a test without a heavy side holds, or not, by its own fences" {
	need_two_cpus
	run "$RCUSTRESS" --threads 2 --time 120s SB+mbs
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"HOLDS  -  SB+mbs  subject 0/"[1-9]*", control "[1-9]*"(fences stripped)"* ]]
	# Whatever the barrier: none has a part in it.
	run "$RCUSTRESS" --threads 2 --time 120s --barrier none,delay SB+mbs
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"HOLDS: 1 cell in "* ]]
}

@test "what this architecture never shows is SKIPPED, and says why" {
	[ "$(uname -m)" = x86_64 ] || skip "which are shown differs"
	run "$RCUSTRESS" MP
	echo "$output"
	[ "$status" -eq 77 ]
	[[ $output == *$'\nSKIPPED  -  MP\n  model: '*$'\n  why: this architecture does not show the target even without any barrier\n'* ]]
	[[ ${lines[-1]} == "SKIPPED: 1 cell in "* ]]
	run "$RCUSTRESS" --barrier mprotect,none MP+memb+barrier
	echo "$output"
	[ "$status" -eq 77 ]
	[[ ${lines[-1]} == "SKIPPED: 1 cell in "* ]]
}

@test "--full looks for it all the same" {
	[ "$(uname -m)" = x86_64 ] || skip "which are shown differs"
	need_two_cpus
	run "$RCUSTRESS" --threads 2 --time 1s --full MP Lock+inc CoRR
	echo "$output"
	[ "$status" -eq 77 ]
	for name in MP Lock+inc CoRR; do
		[[ $output == *$'\n'"SKIPPED  -  $name  subject 0/"[1-9]* ]]
	done
}

@test "what the program cannot run is SKIPPED by name and place" {
	srcu=$BATS_TEST_TMPDIR/SB+srcu+gp.litmus
	sed 's/int \*y)/int *y, struct srcu_struct *s)/
		s/\trcu_read_lock()/\tr1 = srcu_read_lock(s)/
		s/rcu_read_unlock()/srcu_read_unlock(s, r1)/
		s/P1(int \*y, int \*x)/P1(int *y, int *x, struct srcu_struct *s)/
		s/synchronize_rcu()/synchronize_srcu(s)/
		s/SB+rcu+gp/SB+srcu+gp/' "$BATS_TEST_DIRNAME/../litmus/SB+rcu+gp.litmus" >"$srcu"
	run "$RCUSTRESS" "$srcu"
	echo "$output"
	[ "$status" -eq 77 ]
	[[ $output == *$'\nSKIPPED  -  SB+srcu+gp\n'*$'\n  why: SB+srcu+gp:'[0-9]*:[0-9]*': srcu_read_lock: '* ]]
	# It keeps nothing else from being judged.
	need_two_cpus
	run "$RCUSTRESS" --threads 2 --time 120s "$srcu" "$sb" --barrier none
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *"SKIPPED  -  SB+srcu+gp"*"BROKEN  none  SB+barrier+memb"* ]]
}

@test "what is allowed is counted" {
	need_two_cpus
	run "$RCUSTRESS" --threads 2 --time 1s --full SB 3.SB SB+barriers
	echo "$output"
	[ "$status" -eq 77 ]
	for name in SB 3.SB SB+barriers; do
		[[ $output == *$'\n'"ALLOWED  -  $name  subject "[1-9]*/[1-9]*" hits/s at "* ]]
	done
	[[ $output == *"the target is allowed without a barrier: counted, not judged"* ]]
	[[ ${lines[-1]} == "ALLOWED: 3 cells in "* ]]
	# One heavy side too few: no barrier can help.
	run "$RCUSTRESS" --threads 2 --time 1s --full --barrier fence 3.SB+barriers+memb
	echo "$output"
	[ "$status" -eq 77 ]
	[[ $output == *"ALLOWED  "*"allowed even with an ideal barrier"* ]]
}
