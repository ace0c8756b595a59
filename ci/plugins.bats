#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# Whatever a barrier from a shared object of the user's does wrong is told clearly, with
# the right exit status, and harms nobody else.
# shellcheck disable=SC2016  # what is in single quotes is for another shell

load helper

sources=$BATS_TEST_DIRNAME/plugin

# Without -fno-builtin compilers have their own idea of what malloc() is.
faulty() { # FILE COMPILER-ARGUMENT…
	"${CC:-cc}" -shared -fPIC -O1 -fno-builtin -I"$BATS_TEST_DIRNAME/../src" -o "$1" \
		"${@:2}" "$sources"/faulty{,-struct,-process}.c -lpthread
}

setup_file() {
	command -v "${CC:-cc}" >/dev/null || return 0
	faulty "$BATS_FILE_TMPDIR/faulty.so"
}

setup() {
	need_compiler
	cd "$BATS_TEST_TMPDIR" || return
	cp "$BATS_FILE_TMPDIR/faulty.so" .
	# A crash is to be one, and not AddressSanitizer's report of it.
	export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}handle_segv=0
}

# The program with one cell, ended when it hangs.
try() { # BARRIER ARGUMENT…
	run timeout --kill-after 5 60 "$RCUSTRESS" "$sb" --threads 2 --time 2s --barrier "$@"
	echo "$output"
	[ "$status" -ne 124 ]
	[ "$status" -lt 128 ]
}

# It is said at once: no cell is run, and nothing of the object's is printed as it is.
turned_down() { # STATUS PATTERN BARRIER
	try "$3"
	[ "$status" -eq "$1" ] || { echo "status $status"; return 1; }
	[[ $output == "rcustress: --barrier '${3:0:60}': "*$2* ]]
	[[ $output != *"machine  "* && $output != *$'\033'* && $output != *$'\n'* ]]
}

# Of the cell.
comes_out() { # STATUS VERDICT PATTERN BARRIER ARGUMENT…
	try "${@:4}"
	[ "$status" -eq "$1" ] || { echo "status $status"; return 1; }
	[[ $output == *"$2  "*"why: "*$3* ]]
}

# Bytes of a copy are others.
patched() { # OFFSET BYTES
	cp faulty.so patched.so
	printf '%b' "$2" | dd of=patched.so bs=1 seek="$1" conv=notrunc status=none
}

# --- the file

@test "what is no file, no object, or no shared object is refused" {
	turned_down 2 "No such file" ./missing.so
	turned_down 2 "this is a folder" ./
	mkfifo pipe
	turned_down 2 "this is no regular file" ./pipe
	: >empty.so
	turned_down 2 "this is no shared object" ./empty.so
	echo "int x;" >text.c
	turned_down 2 "this is no shared object" ./text.c
	"${CC:-cc}" -c -o object.o text.c
	turned_down 2 "this is an object file or a program" ./object.o
	echo "int main(void) { return 0; }" >main.c
	"${CC:-cc}" -fPIE -pie -o program main.c
	turned_down 2 "cannot load it: "*"program" ./program
	if "${CC:-cc}" -no-pie -o program main.c; then
		turned_down 2 "this is an object file or a program" ./program
	fi
	turned_down 2 "did you mean './faulty.so'" faulty.so
	turned_down 2 "Not a directory" ./faulty.so/x
	turned_down 2 "the path is too long" "./$(printf 'a%.0s' $(seq 4100))"
}

@test "a shared object that is cut short is refused, wherever it ends" {
	size=$(stat -c %s faulty.so)
	for part in 1 19; do
		head -c $part faulty.so >short.so
		turned_down 2 "this is no shared object" ./short.so
	done
	for part in 20 63 64 100 1000 4096 $((size / 3)) $((size / 2)); do
		head -c $part faulty.so >short.so
		turned_down 2 "the file is cut short" ./short.so
	done
}

@test "an object for another architecture is refused, and named" {
	[ "$(uname -m)" = x86_64 ] || skip "not x86-64"
	patched 18 '\xb7\0'
	turned_down 2 "another architecture: arm64, little-endian, where rcustress is for x86-64" ./patched.so
	patched 18 '\x03\0'
	turned_down 2 "another architecture: i386, " ./patched.so
	patched 4 '\x01' # 32 bits
	turned_down 2 "another architecture: x32, " ./patched.so
	patched 5 '\x02' # big-endian
	turned_down 2 "another architecture: ELF machine 15872, " ./patched.so
	patched 18 '\0\x16'
	cp patched.so faulty.so
	patched 5 '\x02'
	turned_down 2 "another architecture: s390x, big-endian" ./patched.so
	command -v aarch64-linux-gnu-gcc || return 0
	aarch64-linux-gnu-gcc -shared -fPIC -I"$BATS_TEST_DIRNAME/../src" -o arm64.so \
		"$sources/readers-fence.c"
	turned_down 2 "another architecture: arm64, " ./arm64.so
}

@test "a path may have blanks, colons and dots in it, and be a link" {
	mkdir "two words" a:b:c "x=y@z"
	for folder in "two words" a:b:c "x=y@z" "two words/../a:b:c"; do
		cp faulty.so "$folder/"
		try "./$folder/faulty.so:rcustress_barrier" --time 100ms
		[[ $output == *"  faulty  SB+barrier+memb"* ]]
	done
	ln -s "two words/faulty.so" link
	try ./link:fine --time 100ms
	[[ $output == *"  fine  SB+barrier+memb"* ]]
	cd "two words"
	try ../faulty.so,../link --time 100ms # another file, of the same name
	[ "$status" -eq 2 ]
	[[ $output == *"its name is 'faulty', and so is that of "* ]]
	try ../link,./faulty.so,faulty --time 100ms # the same one
	[[ $output == *": 1 cell in "* ]]
}

@test "a comma ends a path, and that is said" {
	mkdir a,b
	cp faulty.so a,b/
	try ./a,b/faulty.so
	[ "$status" -eq 2 ]
	[[ $output == *"./a: there is no such file; a path with a comma in it cannot be named"* ]]
}

@test "a file that is gone or another one when its cell begins is a FAULT of that cell" {
	faulty kept.so -DREPLACES
	export FAULTY_PATH=$PWD/it.so
	cp kept.so it.so
	try ./it.so,fence --time 100ms
	[ "$status" -eq 4 ]
	[[ $output == *"FAULT  faulty"*"it.so: No such file"*"  fence  "* ]]
	cp kept.so it.so
	"${CC:-cc}" -shared -fPIC -I"$BATS_TEST_DIRNAME/../src" -o other.so \
		"$sources/readers-fence.c"
	FAULTY_OTHER=$PWD/other.so comes_out 4 FAULT \
		"it was 'faulty' when the run began, and is 'readers-fence' now" ./it.so
}

# --- loading

@test "a symbol that is missing, or no struct, is refused" {
	turned_down 2 "there is no symbol 'missing' in it" ./faulty.so:missing
	turned_down 2 "'function' says that its size is " ./faulty.so:function
	turned_down 2 "want the name of a symbol" ./faulty.so:
	turned_down 2 "want the name of a symbol" ./faulty.so:9
	turned_down 2 "want the name of a symbol" ./faulty.so:a-b
	turned_down 2 "want the name of a symbol" "./faulty.so:$(printf 'a%.0s' $(seq 128))"
}

@test "an object that wants what nobody has is refused, and says what that is" {
	faulty unresolved.so -DUNRESOLVED
	turned_down 2 "undefined symbol: a_function_that_nobody_has" ./unresolved.so
}

@test "a constructor that crashes or exits harms nobody" {
	faulty crashes.so -DCRASHES
	turned_down 4 "was killed by signal 11 (Segmentation fault), in loading it" ./crashes.so
	faulty exits.so -DEXITS
	turned_down 4 "ended with status 0 and no answer, in loading it" ./exits.so
}

# --- the struct

@test "a struct of another version, or of no size that can be, is refused" {
	turned_down 2 "is of version 0, and this program knows version 1" ./faulty.so:version_0
	turned_down 2 "is of version 2, and this program knows version 1" ./faulty.so:version_2
	turned_down 2 "says that its size is 0, " ./faulty.so:size_0
	turned_down 2 "says that its size is 24, " ./faulty.so:size_24
	turned_down 2 "or its size is not set" ./faulty.so:size_huge
	turned_down 2 "has members that this program does not know" ./faulty.so:newer
	try ./faulty.so:longer --time 100ms # which has them, and does without
	[[ $output == *"  longer  SB+barrier+memb"* ]]
}

@test "a name that cannot be is refused, and never printed" {
	turned_down 2 "the name in 'no_name' is NULL" ./faulty.so:no_name
	for symbol in empty_name escape_in_name blank_in_name slash_in_name latin_name \
		dash_first name_of_41; do
		turned_down 2 "the name in '$symbol' is to be a letter or digit, " ./faulty.so:$symbol
	done
	turned_down 4 "was killed by signal 11 (Segmentation fault), in reading its struct" ./faulty.so:wild_name
	try ./faulty.so:name_of_40 --time 100ms
	[[ $output == *"  a234567890b234567890c234567890d234567890  "* ]]
}

@test "a name that somebody else has is refused" {
	turned_down 2 "the name is that of a barrier of rcustress" ./faulty.so:own_name
	turned_down 2 "the name means something else to --barrier" ./faulty.so:group_name
	turned_down 2 ":namesake: its name is 'fine', and so is that of "*"faulty.so:fine" \
		./faulty.so:fine,./faulty.so:namesake
	try ./faulty.so:fine,./faulty.so:fine,fine --time 100ms
	[[ $output == *": 1 cell in "* ]]
}

@test "what else is wrong with a struct is refused" {
	turned_down 2 "the summary is NULL" ./faulty.so:no_summary
	turned_down 2 "heavy is NULL: there is no barrier without it" ./faulty.so:no_heavy
	turned_down 2 "0x100000 of it is not known" ./faulty.so:unknown_flag
}

@test "a summary is printed on one line, and without what terminals obey" {
	for format in text json tap junit html markdown; do
		try ./faulty.so:odd_summary --time 100ms --format $format -v
		[[ $output == *odd-summary* && $output != *$'\033'* && $output != *$'\a'* ]]
	done
}

@test "every-nth cannot be over a plug-in, and says so" {
	try every-nth:10:./faulty.so
	[ "$status" -eq 2 ]
	[[ $output == *"barrier 'every-nth' cannot be over a plug-in: 'faulty' is one"* ]]
}

# --- what is called, in the try-out

@test "an error of probe(), or a filter's, is no fault: SKIPPED" {
	comes_out 77 SKIPPED "probe() of 'probe-fails' failed: No such device" ./faulty.so:probe_fails
	for member in probe setup thread_enter writer_enter heavy thread_leave writer_leave \
		teardown; do
		comes_out 77 SKIPPED "killed by signal 31 "*", in $member(): a seccomp filter forbids" \
			./faulty.so:${member}_forbidden
	done
}

@test "an error of any other member is a FAULT that names it" {
	for member in setup thread_enter writer_enter heavy; do
		comes_out 4 FAULT "$member() of '$member-fails' failed: No such device" \
			./faulty.so:${member}_fails
	done
}

@test "a result that is none is a FAULT that gives it" {
	for member in probe setup thread_enter writer_enter heavy; do
		comes_out 4 FAULT "$member() of '$member-positive' returned 7, which is neither" \
			./faulty.so:${member}_positive
		comes_out 4 FAULT "$member() of '$member-absurd' returned -100000, which" \
			./faulty.so:${member}_absurd
	done
}

@test "a crash, abort() or exit() in any member is a FAULT that names it" {
	for member in probe setup thread_enter writer_enter heavy thread_leave writer_leave \
		teardown; do
		comes_out 4 FAULT "was killed by signal 11 (Segmentation fault), in $member()" \
			./faulty.so:${member}_crashes
		comes_out 4 FAULT "was killed by signal 6 (Aborted), in $member()" \
			./faulty.so:${member}_aborts
		comes_out 4 FAULT "ended with status 3 and no answer, in $member()" \
			./faulty.so:${member}_exits
	done
}

@test "a child of its own does not hide how it ended" {
	comes_out 4 FAULT "was killed by signal 11 "*", in setup()" ./faulty.so:child_and_crash
}

# --- what is called, in the cell

@test "an error of heavy() after many calls is a FAULT that says in which" {
	need_two_cpus
	comes_out 4 FAULT "the heavy side failed in call "[1-9]*": No such device" \
		./faulty.so:later_fails
	comes_out 4 FAULT "it returned 7, which is neither 0 nor a negative errno value" \
		./faulty.so:later_positive
}

@test "a crash, abort() or exit() after many calls is a FAULT that names the function" {
	need_two_cpus
	comes_out 4 FAULT "was killed by signal 11 (Segmentation fault), in heavy() of a plug-in" \
		./faulty.so:later_crashes --full
	comes_out 4 FAULT "was killed by signal 6 (Aborted), in heavy() of a plug-in" \
		./faulty.so:later_aborts
	comes_out 4 FAULT "was killed by signal 31 "*", in heavy() of a plug-in" \
		./faulty.so:later_forbidden
	comes_out 4 FAULT "ended with status 3, in heavy() of a plug-in" ./faulty.so:later_exits
	for when in leave_later teardown_later; do
		member=thread_leave
		[ $when = leave_later ] || member=teardown
		comes_out 4 FAULT "was killed by signal 11 "*", in $member() of a plug-in" \
			./faulty.so:${when}_crashes
		comes_out 4 FAULT "ended with status 3, in $member() of a plug-in" \
			./faulty.so:${when}_exits
	done
}

@test "a thread that runs over its stack is a crash as well" {
	need_two_cpus
	comes_out 4 FAULT "was killed by signal 11 (Segmentation fault), in heavy() of a plug-in" \
		./faulty.so:later_overflows
}

@test "after a FAULT the other barriers have their turn" {
	need_two_cpus
	try ./faulty.so:setup_crashes,./faulty.so:later_crashes,none --full
	[ "$status" -eq 4 ]
	[[ $output == *"FAULT  setup-crashes"*"FAULT  later-crashes"*"BROKEN  none"* ]]
}

# Limits are 10 s, and 20 s where no thread is left that could tell; at the same time.
@test "a hang anywhere is a FAULT that names the function" {
	need_two_cpus
	faulty hangs.so -DHANGS
	while read -r symbol _; do
		timeout 60 "$RCUSTRESS" "$sb" --threads 2 --time 2s \
			--barrier "./$symbol" >"$symbol.out" 2>&1 3>&- &
	done <<-END
		hangs.so
		faulty.so:probe_hangs
		faulty.so:setup_hangs
		faulty.so:closes_and_hangs
		faulty.so:writer_leave_hangs
		faulty.so:later_hangs
		faulty.so:leave_later_hangs
		faulty.so:teardown_later_hangs
	END
	wait
	has() { # SYMBOL PATTERN
		echo "$1: $(<"$1.out")"
		[[ $(<"$1.out") == *$2* ]]
	}
	has hangs.so "did not return within 10 s, in loading it"
	has faulty.so:probe_hangs "did not return within 10 s, in probe()"
	has faulty.so:setup_hangs "did not return within 10 s, in setup()"
	has faulty.so:closes_and_hangs "did not return within 10 s, in setup()"
	has faulty.so:writer_leave_hangs "did not return within 10 s, in writer_leave()"
	has faulty.so:later_hangs "heavy() of plug-in 'later-hangs' hangs: it has not returned for 10 s"
	has faulty.so:leave_later_hangs "thread_leave() of plug-in 'leave-later-hangs' hangs"
	has faulty.so:teardown_later_hangs "no sign of life for 20 s, in teardown() of a plug-in"
}

# --- what it does to the process

# Not a matter of the verdict.
unharmed() { # BARRIER ARGUMENT…
	try "$@" --time 300ms
	[ "$status" -eq 0 ] || [ "$status" -eq 3 ]
	[[ $output != *FAULT* && $output != *BROKEN* && $output != *SKIPPED* ]]
}

@test "what is left behind is told, and is no fault" {
	unharmed ./faulty.so:leaves_thread
	[[ $output == *"note: barrier 'leaves-thread' does not clean up: 1 thread left behind"* ]]
	unharmed ./faulty.so:leaves_descriptors
	[[ $output == *"note: barrier 'leaves-descriptors' does not clean up: 2 file descriptors left behind"* ]]
	unharmed ./faulty.so:leaves_descriptors --format json
	[[ $output == *'"barrier '\''leaves-descriptors'\'' does not clean up: 2 file descriptors left behind"'* ]]
	unharmed ./faulty.so:leaves_child
	[[ $output == *"note: barrier 'leaves-child' does not clean up: 1 child process left behind"* ]]
	unharmed ./faulty.so:fine
	[[ $output != *"clean up"* ]]
}

@test "what it prints is no part of the report" {
	faulty prints.so -DPRINTS
	for barrier in ./prints.so ./faulty.so:prints; do
		for format in text json tap junit markdown html; do
			"$RCUSTRESS" "$sb" --threads 2 --time 100ms --barrier $barrier \
				--format $format >out 2>err || [ $? -eq 3 ]
			! grep garbage out
		done
		"$RCUSTRESS" "$sb" --threads 2 --time 100ms --barrier $barrier --format json \
			2>/dev/null | python3 -m json.tool >/dev/null
		grep garbage err
	done
}

@test "descriptors that it closes are not missed" {
	unharmed ./faulty.so:closes_standard
	unharmed ./faulty.so:closes_others
}

@test "signals that it blocks or ignores, limits that it sets and where it goes are its own" {
	for symbol in blocks_signals ignores_signals moves_away limits_itself; do
		unharmed ./faulty.so:$symbol
	done
	need_two_cpus
	comes_out 4 FAULT "was killed by signal 14 (Alarm clock)" ./faulty.so:rings_alarm --full
}

@test "names that the program has as well are each one's own" {
	faulty namesakes.so -DNAMESAKES
	unharmed ./namesakes.so:namesakes
	# Those of libraries too, if the object asks for that.
	faulty bound.so -DNAMESAKES -DBOUND -Wl,-Bsymbolic
	unharmed ./bound.so:namesakes
}
