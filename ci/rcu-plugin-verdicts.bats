#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# RCUs from shared objects: verdicts, and that what they have is tortured, and what they
# do not have is not. --time is a limit: verdicts end sooner. own-flavours.so has this
# program's own flavours: src/rcu/test/own_flavours.c.

load helper

setup_file() {
	need_compiler
	for example in tiny-rcu faulty-rcu; do
		"${CC:-cc}" -shared -fPIC -O2 -I"$BATS_TEST_DIRNAME/../src" -pthread \
			-o "$BATS_FILE_TMPDIR/$example.so" "$BATS_TEST_DIRNAME/plugin/$example.c"
	done
}

setup() {
	tiny=$BATS_FILE_TMPDIR/tiny-rcu.so
	own=$(dirname "$RCUSTRESS")/own-flavours.so
	cd "$BATS_TEST_TMPDIR" || return
}

need_own_flavours() {
	[ -e "$own" ] || skip "no own-flavours.so: a static build"
}

# shellcheck disable=SC2034  # of helper
with=(--threads 2)

holds() { # BARRIER PLUGIN NAME
	ends 0 --barrier "$1" --time 180s --verbose --rcu "$2" rcu
	[[ $output == *$'\nHOLDS  '*"  rcu $3  subject 0/"[1-9]*", control "[1-9]* ]]
}

broken() { # WORDS PLUGIN ARGUMENT…
	echo "# $2"
	ends 1 --barrier "${over:-membarrier}" --time 60s --rcu "$2" "${@:3}" rcu
	[[ $output == *"  why: $1"* ]]
	[[ $output == *$'\n  witness: round '* ]]
}

# A column of the cell's last line in the file that own-flavours.so writes.
asked() { # WHAT
	tail -n 1 counts | tr ' ' '\n' | sed -n "s/^$1=//p"
}

# Tortures that one for a while; there is no violation, and it counts what it is asked for.
counted() { # SYMBOL TIME
	rm -f counts
	RCUSTRESS_TEST_COUNTS=$PWD/counts run timeout 200 "$RCUSTRESS" --threads 2 \
		--barrier membarrier --time "$2" --rcu "$own:$1" rcu
	echo "$output"
	cat counts
	[ "$status" -eq 0 ] || [ "$status" -eq 3 ]
	[[ $output == *"  subject 0/"[1-9]* ]]
	[ "$(asked sections)" -gt 100 ]
}

# --- what is right

@test "an RCU of one page HOLDS over membarrier, and is BROKEN without a barrier, or in haste" {
	need_two_cpus
	holds membarrier "$tiny" tiny
	[[ $output == *"; 0 callbacks, 0 invoked; "* ]]
	over=none broken "" "$tiny"
	broken "" "$tiny:hasty"
}

@test "one that has everything HOLDS, all of it being used, and is BROKEN without a barrier" {
	need_two_cpus
	need_own_flavours
	holds membarrier "$own" own-asym
	[[ $output =~ "grace periods: synchronize "[1-9][0-9]*", expedited "[1-9][0-9]*", polled "[1-9][0-9]*", conditional "[1-9][0-9]*", called "[1-9] ]]
	[[ $output =~ "; "([1-9][0-9]*)" callbacks, "([1-9][0-9]*)" invoked; " ]]
	[ "${BASH_REMATCH[1]}" -eq "${BASH_REMATCH[2]}" ]
	over=none broken "" "$own"
}

@test "one that has the least HOLDS as well, and so does one of a flavour's file's name" {
	need_two_cpus
	need_own_flavours
	holds membarrier "$own:least" least
	[[ $output == *"; 0 callbacks, 0 invoked; "* ]]
	[[ $output == *", called 0"* ]]
	holds membarrier "$own:asym_two" asym_two
}

@test "one that brings its own barrier, and waits for quiescent states, HOLDS" {
	need_two_cpus
	need_own_flavours
	holds none "$own:qsbr" own-qsbr
	[[ $output == *$'\nflavour  own-qsbr: grace period '* ]]
	[[ $output == *", called "[1-9]* ]]
}

@test "a plug-in RCU over a plug-in barrier that does nothing is BROKEN" {
	need_two_cpus
	over=$BATS_FILE_TMPDIR/faulty-rcu.so:a_barrier broken "" "$tiny"
	[[ $output == *$'\nBROKEN  a-barrier  rcu tiny  '* ]]
}

@test "liburcu's default flavour as a plug-in HOLDS" {
	need_two_cpus
	# shellcheck disable=SC2046  # words on purpose
	"${CC:-cc}" -shared -fPIC -O2 -I"$BATS_TEST_DIRNAME/../src" -o urcu.so \
		"$BATS_TEST_DIRNAME/plugin/urcu-memb.c" \
		$(pkg-config --cflags --libs liburcu-memb 2>/dev/null) 2>/dev/null ||
		skip "no liburcu to compile with"
	holds none ./urcu.so my-urcu
	[[ $output =~ "; "([1-9][0-9]*)" callbacks, "([1-9][0-9]*)" invoked; " ]]
	[ "${BASH_REMATCH[1]}" -eq "${BASH_REMATCH[2]}" ]
}

# --- what is there is tortured, and what is NULL is not

@test "every part of a plug-in is asked for" {
	need_two_cpus
	need_own_flavours
	counted rcustress_rcu 6s
	for part in handlers words expedited calls barriers polls forks; do
		[ "$(asked $part)" -gt 2 ] || { echo "not: $part"; return 1; }
	done
	counted qsbr 1s
	[ "$(asked announcements)" -gt 10 ]
}

@test "parts that are not there are not asked for" {
	need_two_cpus
	need_own_flavours
	for part in calls polls word expedited forks handlers; do
		counted no_$part 1s
		[ "$(asked ${part/word/words})" -eq 0 ] || { echo "not: $part"; return 1; }
		[ "$part" = calls ] || [ "$(asked calls)" -gt 10 ]
	done
}

# --- what is wrong

@test "grace periods that are over at once are found out, in all their forms" {
	need_two_cpus
	need_own_flavours
	stamp="a grace period began and ended within a section"
	for symbol in asym_expedited_at_once asym_cond_at_once asym_always_over qsbr_at_once; do
		broken "$stamp" "$own:$symbol"
	done
	broken "a cookie did not come true though grace periods had passed" "$own:asym_never_over"
}

@test "callbacks that come at once, or never, and a barrier() that does not wait are found out" {
	need_two_cpus
	need_own_flavours
	broken "a callback was given and invoked within a section" "$own:asym_call_at_once"
	broken "barrier() was over before a callback" "$own:asym_call_never"
	broken "barrier() was over before a callback" "$own:asym_barrier_at_once"
	# Of one that brings its own barrier, other rounds have callbacks of the program's.
	broken "a callback was given and invoked within a section" "$own:qsbr_call_at_once"
	broken "barrier() was over before a callback" "$own:qsbr_barrier_at_once"
}

@test "a child of fork() that does not get along is found out" {
	need_two_cpus
	need_own_flavours
	# There are so few that it could hold before.
	broken "a child of fork() did not get along" "$own:asym_child_ends" --sensitivity 1000000000
}

@test "one that is wrong over full fences as well is not put down to the machine" {
	need_two_cpus
	need_own_flavours
	# Unless its readers have no CPU just then.
	for _ in 1 2 3 4 5; do
		broken "a grace period began and ended within a section" "$own:asym_expedited_at_once"
		[[ $output != *"note: with"* ]] || break
	done
	[[ $output == *"note: with full fences for the barrier it was hit as well, "[1-9]* ]]
}
