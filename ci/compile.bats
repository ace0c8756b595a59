#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# The compiler that a user's test needs: when it is called, what it leaves behind, and
# what is said when there is none.

load helper

setup() {
	need_compiler
	cd "$BATS_TEST_TMPDIR"
	mkdir tmp
	export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache TMPDIR=$BATS_TEST_TMPDIR/tmp
	sed 's/^C SB/C mine/' "$suite/SB.litmus" >mine.litmus
	# cc, that counts how often it is called.
	calls=$BATS_TEST_TMPDIR/calls
	: >"$calls"
	printf '#!/bin/sh\necho called >>%s\nexec cc "$@"\n' "$calls" >counting
	chmod +x counting
	export RCUSTRESS_CC=$BATS_TEST_TMPDIR/counting
}

# Whatever was done, nothing of it stays in the temporary folder.
teardown() {
	left=$(ls -A "$BATS_TEST_TMPDIR/tmp")
	echo "left behind: $left"
	[ -z "$left" ]
}

# shellcheck disable=SC2034  # of helper
with=(--threads 2 --time 200ms)

called() { # TIMES
	[ "$(wc -l <"$calls")" -eq "$1" ]
}

cached() { # FILES
	[ "$(find cache -type f | wc -l)" -eq "$1" ]
}

# --- the cache

@test "what was compiled once is not compiled again" {
	ends 77 mine.litmus
	called 1
	cached 1
	for _ in 1 2 3; do
		ends 77 mine.litmus
	done
	called 1
	sed 's/1)/2)/' mine.litmus >other.litmus
	ends 77 other.litmus mine.litmus
	called 2
	cached 2
}

@test "the cache is the user's alone" {
	ends 77 mine.litmus
	[ "$(stat -c %a cache/rcustress)" = 700 ]
	[ "$(stat -c %a cache/rcustress/*)" = 600 ]
	# Where others may write, nothing is taken from, nor put.
	chmod 777 cache/rcustress
	ends 77 mine.litmus
	called 2
	cached 1
	chmod 700 cache/rcustress
	chmod 666 cache/rcustress/*
	ends 77 mine.litmus
	called 3
}

@test "an object that is damaged is made anew" {
	ends 77 mine.litmus
	object=$(echo cache/rcustress/*)
	for damage in ': >"$object"' 'truncate -s 1000 "$object"' 'echo more >>"$object"' \
		'printf x | dd of="$object" bs=1 seek=5000 conv=notrunc status=none' \
		'rm "$object"; mkdir "$object"' 'rmdir "$object"; ln -s /dev/zero "$object"'; do
		before=$(wc -l <"$calls")
		eval "$damage"
		ends 77 mine.litmus
		called $((before + 1))
	done
}

@test "without a cache it works all the same" {
	for cache in /dev/null /proc relative; do
		XDG_CACHE_HOME=$cache HOME=/dev/null ends 77 mine.litmus
	done
	[ ! -e relative ]
	run env -u XDG_CACHE_HOME -u HOME "$RCUSTRESS" --threads 2 --time 200ms mine.litmus
	echo "$output"
	[ "$status" -eq 77 ]
	called 4
	[ ! -e cache ]
}

@test "runs that compile the same at once do not disturb each other" {
	for n in 1 2 3 4; do
		"$RCUSTRESS" --threads 2 --time 200ms mine.litmus >"out$n" 2>&1 3>&- &
		pid[n]=$!
	done
	for n in 1 2 3 4; do
		status=0
		wait "${pid[n]}" || status=$?
		cat "out$n"
		[ "$status" -eq 77 ]
	done
	cached 1
	ends 77 mine.litmus
	[ "$(wc -l <"$calls")" -le 4 ]
}

@test "clang compiles it as well" {
	clang=$(command -v clang) || skip "no clang"
	RCUSTRESS_CC=$clang ends 77 mine.litmus
	cached 1
}

# --- no compiler

@test "without a compiler: one line that says so, and that the suite needs none" {
	unset RCUSTRESS_CC
	ends() { # STATUS ARGUMENT…
		run env PATH=/nowhere "$RCUSTRESS" --threads 2 --time 200ms "${@:2}"
		echo "$output"
		[ "$status" -eq "$1" ]
	}
	ends 2 mine.litmus
	[ "$output" = "rcustress: mine needs a C compiler: there is no cc in PATH; the tests of the built-in suite run without one" ]
	ends 2 SB mine.litmus
	ends 77 SB
	run env PATH=/nowhere "$RCUSTRESS" list --source mine.litmus
	[ "$status" -eq 0 ]
	[ -z "$(find cache -type f 2>/dev/null)" ]
}

@test "a compiler that is not there is named" {
	RCUSTRESS_CC=nosuchcc ends 2 mine.litmus
	[[ $output == *"there is no nosuchcc in PATH"* ]]
	RCUSTRESS_CC=/nowhere/cc ends 2 mine.litmus
	[[ $output == *"there is no /nowhere/cc"* ]]
	RCUSTRESS_CC=$BATS_TEST_TMPDIR ends 2 mine.litmus
	[ "${#lines[@]}" -eq 1 ]
	# A name in PATH will do, options will not.
	PATH=$BATS_TEST_TMPDIR:$PATH RCUSTRESS_CC=counting ends 77 mine.litmus
	called 1
}

@test "a compiler that fails is a fault, with what it said" {
	printf '#!/bin/sh\necho "no licence today" >&2\necho more >&2\nexit 3\n' >failing
	chmod +x failing
	RCUSTRESS_CC=$PWD/failing ends 4 mine.litmus
	[ "$output" = "rcustress: $PWD/failing failed: no licence today" ]
	RCUSTRESS_CC=/bin/true ends 4 mine.litmus
	[[ $output == "rcustress: cannot load a compiled test: "* ]]
	[ "${#lines[@]}" -eq 1 ]
	[ -z "$(find cache -type f 2>/dev/null)" ]
}

@test "what is compiled cannot be reached by the test's text" {
	# The comment ends a comment, a string and a line of C, as far as it can.
	cat >odd.litmus <<-'END'
		C odd
		(* Marzipan */ " \" ' ??/ %s \
		#error Marzipan
		#include "/etc/passwd"
		"); system("Marzipan"); // Marzipan *)
		{}
		P0(int *x) { WRITE_ONCE(*x, 1); /* Marzipan */ }
		P1(int *x) { int r0; r0 = READ_ONCE(*x); } // Marzipan
		exists (1:r0=1)
	END
	ends 77 --keep kept odd.litmus
	grep -q Marzipan kept/odd.c # so that there is something to look at
	outside=$(sed 's/"[^"]*"//g' kept/odd.c | grep 'Marzipan\|passwd\|system' || true)
	echo "outside: $outside"
	[ -z "$outside" ]
	cc -std=gnu11 -Wall -Werror -c -o odd.o kept/odd.c
}

# --- --keep

@test "--keep keeps C that compiles by itself" {
	sed 's/^C .*/C v1.2+memb_x/' "$suite/HP+barrier+memb.litmus" >hp.litmus
	ends 1 --time 100s --keep kept --barrier none mine.litmus hp.litmus
	[ "$(ls kept/*.c | tr '\n' ' ')" = "kept/mine.c kept/v1_2+memb_x.c " ]
	for file in kept/*.c; do
		(cd kept && cc -std=gnu11 -c -o ../object.o "../$file")
		[ -s object.o ]
	done
	# Also when nothing has to be compiled, and over what is there.
	echo broken >kept/mine.c
	ends 77 --keep kept mine.litmus
	grep -q rcs_native_test kept/mine.c
	called 2
}

@test "--keep where nothing can be kept is refused" {
	: >file
	ends 2 --keep file mine.litmus
	[[ $output == "rcustress: file"* ]]
	[ "${#lines[@]}" -eq 1 ]
	ends 2 --keep no/such/place mine.litmus
	[[ $output == "rcustress: no/such/place: cannot make the folder: No such file or directory" ]]
	called 0
}

@test "--keep with tests of the suite keeps nothing" {
	ends 77 --keep kept SB
	[ ! -e kept ]
	called 0
}

# --- the temporary folder: see teardown()

@test "refused after all, a run leaves no temporary folder" {
	export XDG_CACHE_HOME=/dev/null # so that objects have to stay there
	ends 2 mine.litmus --cpus 4000
	ends 2 mine.litmus --total 1ms
	ends 2 mine.litmus --expect fence=HOLDS
	sed 's/^C .*/C hp/' "$suite/HP+barrier+memb.litmus" >hp.litmus
	ends 2 --runner perpetual mine.litmus hp.litmus
}

@test "a reader of the report who leaves, leaves no temporary folder either" {
	export XDG_CACHE_HOME=/dev/null
	"$RCUSTRESS" --threads 2 --time 200ms mine.litmus mine.litmus mine.litmus | head -n 1
}

@test "interrupted in the run, it leaves no temporary folder" {
	export XDG_CACHE_HOME=/dev/null
	for signal in INT TERM HUP; do
		"$RCUSTRESS" --threads 2 --time 60s --full mine.litmus >out 2>&1 3>&- &
		pid=$!
		cell=$(cell_of $pid)
		[ -z "$(ls -A tmp)" ] # gone already while it runs
		kill -$signal $pid
		status=0
		wait $pid || status=$?
		cat out
		[ "$status" -eq 3 ]
		gone "$cell"
		[ -z "$(ls -A tmp)" ]
	done
}

@test "ended while the compiler runs, it leaves neither folder nor compiler" {
	printf '#!/bin/sh\necho $$ >%s\nexec sleep 20\n' "$PWD/pid" >slow
	chmod +x slow
	RCUSTRESS_CC=$PWD/slow "$RCUSTRESS" --threads 2 mine.litmus >out 2>&1 3>&- &
	pid=$!
	for _ in $(seq 500); do
		[ -s pid ] && break
		sleep 0.01
	done
	kill -TERM $pid
	wait $pid || true
	compiler=$(<pid)
	gone "$compiler" || { kill -KILL "$compiler"; return 1; }
}
