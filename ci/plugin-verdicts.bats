#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# Verdicts on barriers from shared objects: the examples come out as they say, in runs of
# all kinds, and are called by their names in all reports.

load helper

setup_file() {
	local source
	command -v "${CC:-cc}" >/dev/null || return 0
	for source in dotnet folly folly-first once-in-1000 readers-fence; do
		"${CC:-cc}" -Wall -Wextra -Wpedantic -Werror -shared -fPIC -O2 \
			-I"$BATS_TEST_DIRNAME/../src" -o "$BATS_FILE_TMPDIR/$source.so" \
			"$BATS_TEST_DIRNAME/plugin/$source.c" -lpthread
	done
	# A heavy side that does nothing at all.
	printf '%s\n' '#include <rcustress.h>' \
		'static int heavy(void *writer) { (void)writer; return 0; }' \
		'const struct rcustress_barrier rcustress_barrier = {' \
		'.size = sizeof(rcustress_barrier), .abi = RCUSTRESS_ABI,' \
		'.name = "idle", .summary = "nothing", .heavy = heavy };' |
		"${CC:-cc}" -shared -fPIC -O2 -I"$BATS_TEST_DIRNAME/../src" \
			-o "$BATS_FILE_TMPDIR/idle.so" -x c -
	! command -v "${CXX:-c++}" >/dev/null || in_cpp c++11
}

in_cpp() { # STANDARD
	"${CXX:-c++}" -std="$1" -Wall -Wextra -Wpedantic -Werror -shared -fPIC -O2 \
		-I"$BATS_TEST_DIRNAME/../src" -o "$BATS_FILE_TMPDIR/nothing.so" \
		"$BATS_TEST_DIRNAME/plugin/nothing.cc"
}

setup() {
	need_compiler
	cd "$BATS_FILE_TMPDIR" || return
}

need_cpp() {
	[ -e nothing.so ] || skip "no C++ compiler"
}

# As the kernel interrupts for it, on this machine.
need_shootdowns() {
	"$RCUSTRESS" --barrier help | grep -q '^ *mprotect-none .*not claimed' &&
		skip "not claimed here"
	return 0
}

try() { # ARGUMENT…
	run timeout --kill-after 5 120 "$RCUSTRESS" --threads 2 --time 60s "$@"
	echo "$output"
}

holds() { # BARRIER NAME TEST ARGUMENT…
	try --barrier "$1" "${@:3}"
	[ "$status" -eq 0 ]
	[[ $output == *"HOLDS  $2  $3"* ]]
}

broken() { # BARRIER NAME TEST ARGUMENT…
	try --barrier "$1" "${@:3}"
	[ "$status" -eq 1 ]
	[[ $output == *"BROKEN  $2  $3"*"why: "* ]]
}

@test "every example compiles without a warning, C++ as every standard has it" {
	need_cpp
	for standard in c++11 c++14 c++17 c++20; do
		in_cpp $standard
	done
}

@test "a page that is revoked holds: folly's sequence, and .NET's" {
	need_two_cpus
	need_shootdowns
	holds ./folly.so folly "$sb" --p-missed 0.01
	holds ./dotnet.so dotnet "$sb" --p-missed 0.01
	holds ./dotnet.so dotnet HP+barrier+memb --p-missed 0.01
}

@test "a page that writers share is no page of each: several are judged as well" {
	need_two_cpus
	need_shootdowns
	try --barrier ./folly.so,./dotnet.so "$sb" --threads 4 --writers 2 --time 2s
	[ "$status" -eq 0 ] || [ "$status" -eq 3 ] # on two CPUs it may not be able to tell
	[[ $output == *"  folly  $sb"*"  dotnet  $sb"* ]]
}

@test "a page that nobody stores to is broken: folly's first sequence" {
	need_two_cpus
	[ "$(uname -m)" = x86_64 ] || skip "not x86-64"
	broken ./folly-first.so folly-first "$sb"
	broken ./folly-first.so folly-first HP+barrier+memb
	broken ./folly-first.so folly-first rcu
}

@test ".NET's is SKIPPED where no page can be locked" {
	less=(prlimit --memlock=0)
	[ "$(id -u)" -ne 0 ] || less+=(setpriv --bounding-set=-ipc_lock --inh-caps=-ipc_lock)
	"${less[@]}" true || skip "cannot give up the right to lock pages"
	run "${less[@]}" "$RCUSTRESS" --barrier ./dotnet.so "$sb"
	echo "$output"
	[ "$status" -eq 77 ]
	[[ $output == *"SKIPPED  dotnet"*"probe() of 'dotnet' failed: "* ]]
}

@test "a fence in writers alone is broken, and with one in readers holds" {
	need_two_cpus
	need_cpp
	broken ./nothing.so nothing "$sb"
	broken ./nothing.so nothing rcu
	holds ./nothing.so nothing+light-fence "$sb" --light-fence --p-missed 0.01
	holds ./readers-fence.so readers-fence "$sb" --p-missed 0.01
	holds ./readers-fence.so readers-fence HP+barrier+memb --p-missed 0.01
	holds ./readers-fence.so readers-fence rcu --p-missed 0.01
}

@test "a fence in readers alone is no barrier either" {
	need_two_cpus
	broken ./idle.so idle "$sb"
	broken ./idle.so idle+light-fence "$sb" --light-fence
}

@test "one call in 1,000 that does nothing is found" {
	need_two_cpus
	"$RCUSTRESS" list --barriers | grep -q '^ *membarrier .*not here' && skip "no membarrier"
	broken ./once-in-1000.so once-in-1000 "$sb" --sensitivity 5000
	try --barrier ./once-in-1000.so:fails "$sb" --full
	[ "$status" -eq 4 ]
	[[ $output == *"FAULT  fails-in-1000"*"failed in call "[1-9]*": Resource temporarily unavailable"* ]]
}

@test "plug-ins and barriers of the program are judged in one run" {
	need_two_cpus
	try --barrier ./readers-fence.so,none,./idle.so,fence --barrier ./once-in-1000.so:fails \
		--p-missed 0.01 "$sb"
	[ "$status" -eq 4 ]
	for what in "HOLDS  readers-fence" "BROKEN  none" "BROKEN  idle" "HOLDS  fence" \
		"FAULT  fails-in-1000"; do
		[[ $output == *"$what  "* ]]
	done
}

@test "what is expected of a plug-in is said by its name or its place, before or after it" {
	need_two_cpus
	for name in idle ./idle.so ./idle.so:rcustress_barrier; do
		try --expect $name=BROKEN --barrier ./idle.so "$sb"
		[ "$status" -eq 0 ]
		[[ $output == *"BROKEN (as expected)  idle"* ]]
		try --barrier ./idle.so --expect $name=HOLDS "$sb"
		[ "$status" -eq 1 ]
	done
	echo "idle = BROKEN" >known.expect
	try --expect-file known.expect --barrier ./idle.so "$sb"
	[ "$status" -eq 0 ]
	try --barrier ./idle.so --expect idel=BROKEN "$sb"
	[ "$status" -eq 2 ]
	[[ $output == *"there is no barrier 'idel'"* ]]
}

@test "every report calls a plug-in by its name" {
	need_two_cpus
	for format in text json tap junit markdown html; do
		"$RCUSTRESS" --threads 2 --time 60s --barrier ./idle.so --format $format \
			--output json=idle.json "$sb" >out || [ $? -eq 1 ]
		grep idle out
		grep BROKEN out
	done
	"$RCUSTRESS" report idle.json | grep idle
}

@test "horizon, bench and mutants take a plug-in" {
	need_two_cpus
	run "$RCUSTRESS" horizon --barrier ./readers-fence.so --time 50ms
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *readers-fence* ]]
	run "$RCUSTRESS" bench --barrier ./readers-fence.so --time 200ms --costs
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"  readers-fence  "* ]]
	"$RCUSTRESS" list --barriers | grep -q '^ *membarrier .*not here' && skip "no membarrier"
	mutant=$("$RCUSTRESS" list --mutants | awk 'NR == 2 { print $1 }')
	run "$RCUSTRESS" mutants --barrier ./once-in-1000.so --runs 1 --time 300ms "$mutant"
	echo "$output"
	[ "$status" -ne 2 ] && [ "$status" -ne 4 ]
}
