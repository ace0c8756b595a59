#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# Faults of the machine and of its users, each provoked for real: what fails, is taken
# away or is misused must give a clear message and the right exit status, and never a
# hang, a process left behind, or a verdict that is not true.
# shellcheck disable=SC2016  # what is in single quotes is for another shell

load helper

setup() {
	export RCUSTRESS_TEST=$BATS_TEST_TMPDIR # by which our processes are known
}

# Whatever the fault was, all of the program's processes are gone.
teardown() {
	for _ in $(seq 50); do
		left=$(ours)
		[ -z "$left" ] && return 0
		sleep 0.1
	done
	echo "left behind: $left"
	# shellcheck disable=SC2086  # words on purpose
	kill -KILL $left
	return 1
}

ours() { # prints the PIDs of this test that run the program
	local file
	for file in $(grep -lzx "RCUSTRESS_TEST=$RCUSTRESS_TEST" /proc/[0-9]*/environ 2>/dev/null); do
		[ "${file%/environ}/exe" -ef "$RCUSTRESS" ] && basename "${file%/environ}"
	done
	return 0
}

# The program with whatever is before it, ended when it hangs.
try() { # COMMAND…
	run timeout --kill-after 5 90 "$@"
	echo "$output"
	[ "$status" -ne 124 ]
	[ "$status" -lt 128 ] # no signal killed it
}

# System calls fail as strace is told.
injected() { # CALLS:WHAT ARGUMENT…
	strace -o /dev/null -f true 2>/dev/null || skip "no strace, or no ptrace, here"
	try strace -o /dev/null -f --seccomp-bpf -e trace="${1%%:*}" -e inject="$1" \
		"$RCUSTRESS" "$sb" "${@:2}"
}

# A mount namespace of its own, prepared by a line of shell.
mounted() { # COMMANDS ARGUMENT…
	unshare -m sh -c "$1" 2>/dev/null || skip "no mount namespaces here"
	try unshare -m sh -c "$1 && exec \"\$0\" \"\$@\"" "$RCUSTRESS" "$sb" "${@:2}"
}

start() { # COMMAND…: in the background, $pid; returns when signals are caught
	"$@" >"$BATS_TEST_TMPDIR/out" 2>&1 3>&- &
	pid=$!
	for _ in $(seq 1000); do
		[ -s "$BATS_TEST_TMPDIR/out" ] && return 0
		sleep 0.01
	done
	return 1
}

finish() { # $status and $output; kills what hangs
	status=0
	for _ in $(seq 18); do
		gone "$pid" && break
	done
	gone "$pid" || kill -KILL "$pid"
	wait "$pid" || status=$?
	output=$(<"$BATS_TEST_TMPDIR/out")
	echo "$output"
}

one_of() { # STATUS…
	local expected
	for expected in "$@"; do
		[ "$status" -eq "$expected" ] && return 0
	done
	echo "status $status"
	return 1
}

moment() { # up to half a second
	sleep "$(printf '0.%03d' $((RANDOM % 500)))"
}

# --- what cannot be had

@test "a thread that cannot be started is named, and a FAULT" {
	injected clone,clone3:error=EAGAIN:when=4+ --threads 8 --time 2s
	[ "$status" -eq 4 ]
	[[ $output == *"cannot start thread "[3-5]" of 8: "*"unavailable"*"fewer --threads"* ]]
}

@test "a user's limit of processes is a FAULT that names the thread" {
	nobody=(setpriv --reuid 65534 --clear-groups)
	"${nobody[@]}" test -x "$RCUSTRESS" 2>/dev/null || skip "cannot become another user"
	try "${nobody[@]}" prlimit --nproc=20 "$RCUSTRESS" "$sb" --threads 200 --time 2s
	[ "$status" -eq 4 ]
	[[ $output == *"cannot start thread "*" of 200: "*"(ulimit -u"* ]]
}

@test "a process that cannot be started for a cell is told of" {
	injected clone,clone3,fork,vfork:error=EAGAIN --time 2s
	[ "$status" -eq 4 ]
	[[ $output == *"cannot start a process for cell mprotect SB+barrier+memb: fork: "* ]]
}

@test "no memory for the board is told of" {
	injected memfd_create:error=ENOMEM --time 2s
	[ "$status" -eq 4 ]
	[[ $output == *"cannot have memory to share with a cell's process: Cannot allocate"* ]]
	injected ftruncate:error=ENOSPC --time 2s
	[ "$status" -eq 4 ]
	[[ $output == *"cannot have memory to share with a cell's process: No space"* ]]
}

@test "with however little address space, it says what was missing" {
	refused=0
	for kib in 10000 14000 20000 28000 40000 60000 100000; do
		try bash -c "ulimit -v $kib && exec \"\$0\" \"\$@\"" "$RCUSTRESS" "$sb" \
			--threads 64 --memory 1G --amplify cold --time 200ms
		one_of 3 4 127 # 127: too little for the libraries
		[ "$status" -eq 4 ] || continue
		[[ $output == *"cannot have "* || $output == *"cannot start "* ||
			$output == *"no memory "* || $output == *"cannot map "* ]]
		refused=$((refused + 1))
	done
	[ $refused -gt 0 ]
}

@test "no address space for cold memory is told of" {
	try bash -c 'ulimit -v 300000 && exec "$0" "$@"' "$RCUSTRESS" "$sb" \
		--threads 2 --memory 1G --amplify cold --time 200ms
	[ "$status" -eq 4 ]
	[[ $output == *"cannot have "*" KiB for cold memory: mmap: Cannot allocate memory; try"* ]]
}

@test "too little --memory is the user's fault" {
	need_two_cpus
	try "$RCUSTRESS" "$sb" --threads 2 --memory 128K --amplify cold --time 1s
	[ "$status" -eq 2 ]
	[[ $output == *"--memory leaves too little for the cold memory"* ]]
}

@test "cold memory that is not in place when time is up, or at Ctrl-C, is no fault" {
	need_two_cpus
	try "$RCUSTRESS" "$sb" --threads 2 --memory 2G --amplify cold --time 300ms
	one_of 0 3
	start "$RCUSTRESS" "$sb" --threads 2 --memory 2G --amplify cold --time 60s --full
	kill -INT $pid
	finish
	[ "$status" -eq 3 ]
}

@test "mprotect holds though its page cannot be locked" {
	need_two_cpus
	"$RCUSTRESS" --barrier help | grep -q '^ *mprotect-none .*not claimed' && skip "not claimed here"
	injected mlock,mlock2:error=EPERM --threads 2 --time 60s --p-missed 0.01 \
		--barrier mprotect-none
	[ "$status" -eq 0 ]
	[[ $output == *"HOLDS  mprotect-none  "* ]]
	nobody=(setpriv --reuid 65534 --clear-groups)
	"${nobody[@]}" test -x "$RCUSTRESS" 2>/dev/null || skip "cannot become another user"
	try "${nobody[@]}" prlimit --memlock=0 "$RCUSTRESS" "$sb" --threads 2 --time 60s \
		--p-missed 0.01 --barrier mprotect-none
	[ "$status" -eq 0 ]
}

# --- system calls that fail

@test "a barrier whose system call fails is SKIPPED, and says why" {
	injected membarrier:error=EPERM --barrier membarrier --time 2s
	[ "$status" -eq 77 ]
	[[ $output == *"SKIPPED  membarrier"*"why: "*"Operation not permitted"* ]]
	# The registration succeeds, the call itself does not.
	injected membarrier:error=ENOSYS:when=2+ --barrier membarrier --time 2s
	[ "$status" -eq 77 ]
	[[ $output == *"SKIPPED  membarrier"*"its heavy side fails: Function not implemented"* ]]
}

@test "a page-based barrier whose system call fails is SKIPPED, and others go on" {
	need_two_cpus
	for name in madvise mremap; do
		injected $name:error=EINVAL --barrier $name,none --threads 2 --time 30s
		[ "$status" -eq 1 ]
		[[ $output == *"SKIPPED  $name"*"its heavy side fails: Invalid argument"* ]]
		[[ $output == *"BROKEN  none"* ]]
	done
}

@test "a system call that fails in the midst of a run is a FAULT, and no verdict" {
	need_two_cpus
	for when in 1000+ 5000; do # from then on; once
		injected membarrier:error=EPERM:when=$when --threads 2 --full --time 60s \
			--barrier membarrier
		[ "$status" -eq 4 ]
		[[ $output == *"FAULT  membarrier"*"the heavy side failed in call "[1-9]*": Operation not permitted"* ]]
		[[ $output != *HOLDS* ]]
	done
	injected mprotect:error=ENOMEM:when=1001+ --threads 2 --full --time 60s
	[ "$status" -eq 4 ]
	[[ $output == *"FAULT  mprotect"*"the heavy side failed in call "[1-9]*": Cannot allocate memory"* ]]
}

@test "a filter that forbids a mere courtesy of a barrier makes it SKIPPED too" {
	injected mlock:signal=SIGSYS --threads 2 --barrier mprotect --time 2s
	[ "$status" -eq 77 ]
	[[ $output == *"SKIPPED  mprotect"*"a seccomp filter forbids"* ]]
}

@test "a seccomp filter that kills: SKIPPED, and the other cells go on" {
	forbid=$(dirname "$RCUSTRESS")/forbid
	[ -x "$forbid" ] || skip "no launcher beside the program: built without tests"
	"$forbid" membarrier true || skip "no seccomp filters here"
	try "$forbid" membarrier "$RCUSTRESS" "$sb" --barrier membarrier
	[ "$status" -eq 77 ]
	[[ $output == *"SKIPPED  membarrier"*"killed by signal "*"a seccomp filter forbids"* ]]
	try "$forbid" membarrier "$RCUSTRESS" list --barriers
	[ "$status" -eq 0 ]
	[[ $output == *"membarrier "*"not here"*"a seccomp filter forbids"*"fence  "* ]]
	need_two_cpus
	try "$forbid" membarrier "$RCUSTRESS" "$sb" --threads 2 --barrier membarrier,none
	[ "$status" -eq 1 ]
	[[ $output == *"SKIPPED  membarrier"*"BROKEN  none"* ]]
}

@test "a cell that is killed by SIGSYS in the midst of its run is a FAULT, not SKIPPED" {
	need_two_cpus
	start "$RCUSTRESS" "$sb" --threads 2 --full --time 60s --barrier membarrier
	cell=$(cell_of $pid)
	moment
	kill -SYS "$cell"
	finish
	[ "$status" -eq 4 ]
	[[ $output == *"FAULT  membarrier"*"was killed by signal 31"* ]]
}

# --- CPUs

@test "a CPU that may not be used any more when threads are bound is named" {
	need_two_cpus
	injected sched_setaffinity:error=EINVAL --threads 2 --time 2s
	[ "$status" -eq 4 ]
	[[ $output == *"cannot bind a thread to CPU "[0-9]*": sched_setaffinity: Invalid argument"* ]]
}

# All threads of the cell to one CPU, as an administrator or a cpuset may do.
crowd() { # BARRIER…
	local cell
	# One placement: with several, the threads are bound anew in each block.
	start "$RCUSTRESS" "$sb" --threads 2 --affinity spread --full --time 3s --barrier "$@"
	cell=$(cell_of $pid)
	moment
	taskset -acp "$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')" "$cell"
	finish
	[[ $output != *FAULT* ]]
}

@test "CPUs taken away: a sound barrier is not BROKEN" {
	need_two_cpus
	crowd fence
	one_of 0 3
}

@test "CPUs taken away: a barrier that does nothing does not hold" {
	need_two_cpus
	crowd delay:50000
	one_of 1 3
}

@test "a cpuset that shrinks under a run: no hang, no false verdict" {
	need_two_cpus
	set=$(mktemp -d /sys/fs/cgroup/cpuset/rcustress-XXXXXX 2>/dev/null ||
		mktemp -d /sys/fs/cgroup/rcustress-XXXXXX 2>/dev/null) || skip "no cgroups to make here"
	if ! { [ ! -e "$set/cpuset.mems" ] || cat "$set/../cpuset.mems" >"$set/cpuset.mems"; } 2>/dev/null ||
		! echo 0-1 2>/dev/null >"$set/cpuset.cpus"; then
		rmdir "$set"
		skip "no cpusets to make here"
	fi
	start sh -c 'echo $$ >"$0/cgroup.procs" && exec "$@"' "$set" \
		"$RCUSTRESS" "$sb" --threads 2 --full --time 2s --barrier fence
	cell_of $pid
	moment
	echo 0 >"$set/cpuset.cpus"
	finish
	for _ in $(seq 100); do
		rmdir "$set" 2>/dev/null && break
		sleep 0.01
	done
	one_of 0 3
	[ ! -d "$set" ]
}

@test "with one CPU everything ends and nothing is proven" {
	try taskset -c 0 "$RCUSTRESS" "$sb" --time 1s
	[ "$status" -eq 3 ]
	[[ $output == *"only one CPU may be used"* ]]
	try taskset -c 0 "$RCUSTRESS" "$sb" --time 1s --barrier all --full
	[ "$status" -eq 3 ]
	[[ $output != *HOLDS* && $output != *BROKEN* ]]
	try taskset -c 0 "$RCUSTRESS" "$sb" --time 500ms --threads 8 --writers 3 --affinity none \
		--barrier none,fence
	[ "$status" -eq 3 ]
	try taskset -c 0 "$RCUSTRESS" --time 200ms SB
	[ "$status" -eq 77 ]
	[[ $output == *"ALLOWED  -  SB"* && $output != *"subject "[1-9]* ]]
	try taskset -c 0 "$RCUSTRESS" bench --time 100ms --costs --bare
	[ "$status" -eq 0 ]
	try taskset -c 0 "$RCUSTRESS" "$sb" --cpus 1
	[ "$status" -eq 2 ]
}

# --- /proc and /sys

@test "without /proc it runs, with less, and says so" {
	need_two_cpus
	mounted "mount -t tmpfs none /proc" --threads 2 --time 60s -v --barrier fence,none
	[ "$status" -eq 1 ]
	[[ $output == *"interrupts not readable"*"/proc/interrupts is not readable: No such file"* ]]
	[[ $output == *"HOLDS  fence"*"BROKEN  none"* ]]
	mounted "mount -t tmpfs none /proc" --threads 2 --time 400ms
	[ "$status" -eq 3 ]
	[[ $output != *"(twin absent)"* ]]
}

@test "without rows for interrupts the absent twin backs nothing" {
	need_two_cpus
	[ -e /proc/interrupts ] || skip "no /proc/interrupts to hide"
	mounted "mount --bind /dev/null /proc/interrupts" --threads 2 --time 1s -v --full
	one_of 0 3
	[[ $output == *"interrupts not readable"*"/proc/interrupts"* ]]
	[[ $output != *"(twin absent)"* ]]
}

@test "without /sys it runs" {
	need_two_cpus
	mounted "mount -t tmpfs none /sys" --threads 2 --time 60s --barrier fence
	[ "$status" -eq 0 ]
	mounted "mount -t tmpfs none /sys" --threads 3 --time 60s --barrier none
	[ "$status" -eq 1 ]
}

# --- standard streams

@test "closed standard streams are nobody's descriptors" {
	need_two_cpus
	for closed in "<&-" "2>&-" "<&- 2>&-"; do
		try bash -c "\"\$0\" \"\$@\" $closed" "$RCUSTRESS" "$sb" --threads 2 --barrier none --quiet
		[ "$status" -eq 1 ]
		[ "${#lines[@]}" -eq 2 ]
		[[ ${lines[0]} == "BROKEN  none  SB+barrier+memb  subject "* ]]
	done
}

@test "a report for which there is no standard output is a fault" {
	try bash -c '"$0" "$@" >&-' "$RCUSTRESS" "$sb" --threads 2 --barrier none --time 1s
	[ "$status" -eq 4 ]
	[ "$output" = "rcustress: cannot write the report: Bad file descriptor" ]
	try bash -c '"$0" "$@" <&- >&- 2>&-' "$RCUSTRESS" "$sb" --threads 2 --barrier none --time 1s
	[ "$status" -eq 4 ]
	try bash -c '"$0" "$@" >&-' "$RCUSTRESS" list
	[ "$status" -eq 4 ]
}

@test "a reader of the report who leaves takes the program and its cells along" {
	need_two_cpus
	try bash -c '"$0" "$@" | head -n 1' "$RCUSTRESS" "$sb" --threads 2 --barrier none,fence,membarrier
	[[ ${lines[0]} == "machine  "* ]]
	# Where nobody dies of it, it is a report that cannot be written.
	try bash -c 'trap "" PIPE; { "$0" "$@"; echo "status $?" >&2; } | true' "$RCUSTRESS" "$sb" \
		--threads 2 --barrier none,fence
	[[ $output == *"cannot write the report: Broken pipe"*"status 4"* ]]
}

# --- signals

@test "interrupted at any moment: INCONCLUSIVE, and nothing false" {
	need_two_cpus
	for n in $(seq 20); do
		signal=$((n % 2)) && signal=$([ $signal -eq 0 ] && echo TERM || echo INT)
		start "$RCUSTRESS" "$sb" --threads 2 --full --time 60s --barrier membarrier,fence
		moment
		kill -$signal $pid
		finish
		[ "$status" -eq 3 ]
		[[ $output == *interrupted* && $output != *FAULT* && $output != *BROKEN* ]]
	done
}

@test "a signal that comes twice at once, as timeout(1) sends it, is one" {
	need_two_cpus
	for _ in 1 2 3; do
		start "$RCUSTRESS" "$sb" --threads 2 --full --time 60s --barrier fence
		kill -TERM $pid
		kill -TERM $pid
		finish
		[ "$status" -eq 3 ]
	done
}

@test "a second interrupt, later, kills, and leaves nothing" {
	need_two_cpus
	start "$RCUSTRESS" "$sb" --threads 2 --full --time 60s --barrier fence
	cell=$(cell_of $pid)
	kill -STOP "$cell" # so that it cannot answer the first
	kill -TERM $pid
	sleep 1
	kill -TERM $pid
	finish
	[ "$status" -eq 143 ]
	gone "$cell"
}

@test "under nohup a hangup does not end the run" {
	need_two_cpus
	start env -i PATH="$PATH" RCUSTRESS_TEST="$RCUSTRESS_TEST" nohup "$RCUSTRESS" "$sb" --threads 2 \
		--time 1s --full --barrier fence
	kill -HUP $pid
	finish
	[[ $output != *interrupted* ]]
	one_of 0 3
}

@test "stopped and continued at any moment: nothing hangs, nothing false" {
	need_two_cpus
	for _ in $(seq 5); do
		start "$RCUSTRESS" "$sb" --threads 2 --full --time 60s --barrier membarrier
		cell=$(cell_of $pid)
		for who in "$pid $cell" "$cell" "$pid"; do
			# shellcheck disable=SC2086  # one or two
			kill -STOP $who
			moment
			# shellcheck disable=SC2086
			kill -CONT $who
		done
		kill -INT $pid
		finish
		[ "$status" -eq 3 ]
		[[ $output != *FAULT* && $output != *BROKEN* ]]
	done
}

# --- clocks

# As libfaketime shows it to the program: steps by what is written into $steps.
stepping() { # ARGUMENT…
	library=$(find /usr/lib -name libfaketimeMT.so.1 2>/dev/null | head -n 1)
	[ -n "$library" ] || skip "no libfaketime here"
	steps=$BATS_TEST_TMPDIR/steps
	echo "+0" >"$steps"
	start env LD_PRELOAD="$library" FAKETIME_TIMESTAMP_FILE="$steps" FAKETIME_NO_CACHE=1 \
		${only_realtime:+FAKETIME_DONT_FAKE_MONOTONIC=1} "$RCUSTRESS" "$sb" --threads 2 "$@"
}

@test "steps of CLOCK_REALTIME change nothing" {
	need_two_cpus
	only_realtime=yes
	stepping --time 2s --full --barrier fence
	for step in +1d -1d +0; do
		moment
		echo $step >"$steps"
	done
	finish
	one_of 0 3
	[[ $output != *FAULT* && $output != *BROKEN* ]]
	[[ $output != *"cell in 0."* ]]
}

@test "even CLOCK_MONOTONIC may step: an end, and nothing false" {
	need_two_cpus
	stepping --time 60s --full --barrier fence
	cell_of $pid
	moment
	echo +1d >"$steps" # past the limit
	finish
	one_of 0 3
	stepping --time 2s --barrier fence
	echo -1d >"$steps" # a limit that is never reached: the watchdog's may be
	finish
	one_of 0 3 4
}

# --- threads, many more than CPUs

crowded() { # ARGUMENT…
	try "$RCUSTRESS" "$@"
	[[ $output != *FAULT* ]]
}

@test "500 threads: a sound barrier is not BROKEN, and one that does nothing does not hold" {
	need_two_cpus
	crowded "$sb" --threads 500 --time 2s --barrier fence,mprotect-none
	one_of 0 3
	crowded "$sb" --threads 500 --time 10s --barrier mprotect-untouched
	one_of 1 3
	crowded "$sb" --writers 100 --readers 400 --time 2s --barrier fence
	one_of 0 3
	crowded "$sb" --writers 100 --readers 400 --time 10s --barrier mprotect-untouched
	one_of 1 3
}

@test "4096 threads come to an end" {
	need_two_cpus
	crowded "$sb" --threads 4096 --time 2s --barrier fence
	one_of 0 3
	crowded --threads 4096 --time 500ms SB
	[ "$status" -eq 77 ]
	crowded "$sb" --threads 300 --affinity none --time 300ms --barrier fence
	one_of 0 3
}

@test "4096 threads answer Ctrl-C" {
	need_two_cpus
	for what in "$sb --barrier fence" SB; do
		# shellcheck disable=SC2086  # words on purpose
		start "$RCUSTRESS" --threads 4096 --time 5m --full $what
		moment
		kill -INT $pid
		finish
		[ "$status" -eq 3 ]
		[[ $output == *interrupted* && $output != *FAULT* ]]
	done
}

# --- input

@test "whatever the command line holds, it is refused, and nothing is run" {
	long=$(printf '9%.0s' $(seq 4096))
	latin=$'\xe4\xff\xfe'
	while IFS= read -r -d '' option; do
		for value in "" " " "," "-" "--" "$long" "$long$long$long" $'\n' $'\033[31m' "$latin" '%s%n' "1,," "0x" "1e999"; do
			try "$RCUSTRESS" "$sb" "--$option=$value" --time 1ms --threads 2 >/dev/null
			[ "$status" -eq 2 ] || { echo "--$option='$value': $status" && return 1; }
			[[ $output != *machine* ]]
		done
	done < <(printf '%s\0' barrier threads readers writers cpus affinity memory amplify \
		p-missed sensitivity inconclusive color)
	for value in "$long$long" $'\n' "$latin" '%s%n' ""; do
		try "$RCUSTRESS" "$value"
		[ "$status" -eq 2 ]
	done
}

@test "lists of CPUs that are huge or absurd are refused" {
	for list in 0-4095 0-4096 0-99999999999999999999 4095 0-0-0 0,,1 "0 1" 1-0 \
		"$(seq -s, 5000)" "0,$(printf '0,%.0s' $(seq 2000))"; do
		try "$RCUSTRESS" "$sb" --cpus "$list" --time 1ms
		[ "$status" -eq 2 ]
		[[ $output != *machine* ]]
	done
}

@test "of an option that is repeated the last counts, and lists add up" {
	need_two_cpus
	try "$RCUSTRESS" "$sb" --threads 500 --threads 2 --time 1h --time 5s --barrier none --barrier none,none
	[ "$status" -eq 1 ]
	[[ $output == *", 2 threads "*": 1 cell in "* ]]
}
