#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# RCUs from shared objects: what is wrong with one is said by its name and that of its
# function, with the exit status for it. timeout(1) is there for what never ends.

load helper

setup_file() {
	need_compiler
	"${CC:-cc}" -shared -fPIC -O2 -I"$BATS_TEST_DIRNAME/../src" \
		-o "$BATS_FILE_TMPDIR/faulty.so" "$BATS_TEST_DIRNAME/plugin/faulty-rcu.c" -pthread
}

setup() {
	faulty=$BATS_FILE_TMPDIR/faulty.so
	cd "$BATS_TEST_TMPDIR" || return
}

# Of that symbol the named function does that at its call of that number.
with_fault() { # STATUS WORDS SYMBOL "FUNCTION HOW NUMBER" ARGUMENT…
	echo "# $3: $4"
	FAULTY_RCU=$4 ends "$1" --threads 2 --barrier membarrier --time 20s --rcu "$faulty:$3" \
		"${@:5}" rcu
	[[ $output == *"$2"* ]]
}

# --- the struct

@test "a struct of another size or version is refused, and one of a newer header may do" {
	refused "'no_size' says that its size is 0" --rcu "$faulty:no_size" rcu
	refused "'small' says that its size is 64" --rcu "$faulty:small" rcu
	refused "'no_version' is of version 0, and this program knows version 1" \
		--rcu "$faulty:no_version" rcu
	refused "'later' is of version 2, and this program knows version 1" \
		--rcu "$faulty:later" rcu
	refused "its rcustress.h is newer" --rcu "$faulty:longer_used" rcu
	run timeout 100 "$RCUSTRESS" --time 1s --rcu "$faulty:longer_empty" rcu
	echo "$output"
	[[ $output == *"  rcu faulty  subject 0/"* ]]
}

@test "members that must be there are asked for by name" {
	for member in summary create destroy enter leave read_lock read_unlock synchronize; do
		refused "in 'no_$member' " --rcu "$faulty:no_$member" rcu
		[[ $output == *"$member is NULL"* ]] || { echo "not: $member"; return 1; }
	done
	refused "the name in 'no_name' is NULL" --rcu "$faulty:no_name" rcu
}

@test "members that come together are asked for together, and flags are known" {
	refused "one of call and barrier is NULL" --rcu "$faulty:call_alone" rcu
	refused "one of call and barrier is NULL" --rcu "$faulty:barrier_alone" rcu
	refused "poll and cond_synchronize are NULL: want all or none" --rcu "$faulty:no_poll" rcu
	refused "poll and cond_synchronize are NULL: want all or none" --rcu "$faulty:poll_alone" rcu
	refused "RCUSTRESS_RCU_QUIESCES is set, and quiescent, offline or online is NULL" \
		--rcu "$faulty:no_online" rcu
	refused "RCUSTRESS_RCU_FORKS is set, and before_fork, " --rcu "$faulty:no_after_fork_child" rcu
	refused "0x100000 of it is not known to this program" --rcu "$faulty:unknown_flag" rcu
}

@test "a name is one that reports and options can have, and nobody else's" {
	for symbol in odd_name mutant_name long_name; do
		refused "the name in '$symbol' is to be a letter or digit" --rcu "$faulty:$symbol" rcu
	done
	refused "the name is that of a flavour of rcustress" --rcu "$faulty:own_name" rcu
	refused "the name is a word that --rcu knows" --rcu "$faulty:all_name" rcu
	refused "its name is 'faulty', and so is that of " --rcu "$faulty,$faulty:calls" rcu
	ends 4 --rcu "$faulty:bad_name_pointer" rcu
	[[ $output == *", in reading its struct" ]]
}

@test "a barrier given to --rcu, and an RCU given to --barrier, are told apart" {
	refused "is it for --barrier?" --rcu "$faulty:a_barrier" rcu
	refused "there is no symbol 'rcustress_barrier' in it, but 'rcustress_rcu', which is for --rcu" \
		--barrier "$faulty" rcu
	refused "is it for --rcu?" --barrier "$faulty:rcustress_rcu" rcu
	refused "there is no symbol 'nosuch' in it" --rcu "$faulty:nosuch" rcu
}

@test "what is no shared object of this machine's is refused in words" {
	refused "No such file or directory" --rcu ./nosuch.so rcu
	refused "this is a folder" --rcu ./ rcu
	echo int main >text.so
	refused "this is no shared object" --rcu ./text.so rcu
	cp "$faulty" mine.so
	refused "did you mean './mine.so'?" --rcu mine.so rcu
	refused "want the name of a symbol behind the colon" --rcu ./mine.so: rcu
}

# --- where else one may be named

@test "plug-ins go beside other flavours, and the same one twice is one" {
	run timeout 200 "$RCUSTRESS" --barrier fence --time 1s --no-control \
		--rcu "$faulty,asym,$faulty:rcustress_rcu,$faulty" rcu
	echo "$output"
	[ "$(grep -c '^INCONCLUSIVE .* rcu faulty ' <<<"$output")" -eq 1 ]
	[ "$(grep -c '^INCONCLUSIVE .* rcu asym ' <<<"$output")" -eq 1 ]
	[[ ${lines[-1]} == "INCONCLUSIVE: 2 cells in "* ]]
	run timeout 200 "$RCUSTRESS" --barrier fence --time 100ms --no-control --rcu "all,$faulty" rcu
	echo "$output"
	[ "$(grep -c '  rcu ' <<<"$output")" -gt 5 ]
	[[ $output == *"  rcu faulty  "* ]]
}

@test "where no plug-in can be, that is said" {
	refused "'faulty' is a plug-in, and only flavours of rcustress are measured" \
		bench --rcu=read --flavours "asym,$faulty"
	refused "there is no mutant '$faulty'" mutants "$faulty"
	refused "list takes no argument" list --rcu "$faulty"
}

@test "the flavour is in JSON and in other formats by its name" {
	run timeout 100 "$RCUSTRESS" --time 1s --output json=run.json --output junit=run.xml \
		--output tap=run.tap --rcu "$faulty" rcu
	echo "$output"
	[ "$status" -eq 3 ]
	grep -q '"faulty"' run.json
	grep -q 'faulty' run.xml
	grep -q 'faulty' run.tap
}

# --- what is tried at first

@test "one that says it cannot work here is SKIPPED" {
	with_fault 77 "probe() of 'faulty' failed: " rcustress_rcu "probe fails 1"
	[[ $output == *$'\nSKIPPED  -  rcu faulty\n'* ]]
}

@test "what crashes in the try is FAULT, by its function" {
	for function in probe create enter read_lock read_unlock word leave synchronize \
		synchronize_expedited destroy; do
		with_fault 4 ", in $function()" rcustress_rcu "$function crashes 1"
	done
	with_fault 4 ", in call()" calls "call crashes 1"
	with_fault 4 ", in barrier()" calls "barrier crashes 1"
	for function in get_state start_poll poll cond_synchronize; do
		with_fault 4 ", in $function()" polls "$function crashes 1"
	done
}

@test "errors in the try are FAULT, and so is what is no error" {
	for function in create enter synchronize synchronize_expedited; do
		with_fault 4 "$function() of 'faulty' failed: " rcustress_rcu "$function fails 1"
		with_fault 4 "$function() of 'faulty' returned 7, " rcustress_rcu "$function odd 1"
	done
	with_fault 4 "barrier() of 'faulty' failed: " calls "barrier fails 1"
	with_fault 4 "cond_synchronize() of 'faulty' returned 7, " polls "cond_synchronize odd 1"
	with_fault 4 "ended with status 3 and no answer, in enter()" rcustress_rcu "enter ends 1"
}

@test "a thread that is left behind is noted" {
	FAULTY_RCU="destroy thread 1" run timeout 100 "$RCUSTRESS" --time 1s --rcu "$faulty" rcu
	echo "$output"
	[ "$status" -eq 3 ]
	[[ $output == *"note: RCU 'faulty' does not clean up: 1 thread left behind"* ]]
}

# --- in the cell

@test "what crashes in the cell is FAULT, by its function" {
	for fault in "enter crashes 20" "read_lock crashes 100" "read_unlock aborts 100" \
		"leave crashes 10" "synchronize crashes 100" "word crashes 3"; do
		with_fault 4 ", in ${fault%% *}() of a plug-in" rcustress_rcu "$fault"
	done
	with_fault 4 ", in create() of a plug-in" rcustress_rcu "create_in_cell crashes 1"
	with_fault 4 ", in destroy() of a plug-in" rcustress_rcu "destroy_in_cell crashes 1" --time 1s
	with_fault 4 ", in call() of a plug-in" calls "call crashes 10"
	with_fault 4 ", in barrier() of a plug-in" calls "barrier_in_cell crashes 1"
	with_fault 4 ", in poll() of a plug-in" polls "poll crashes 10"
	with_fault 4 ", in read_lock() of a plug-in" handlers "read_lock crashes 500"
}

@test "errors in the cell are FAULT, by the function that returned them" {
	with_fault 4 "enter() of 'faulty' failed: " rcustress_rcu "enter fails 20"
	with_fault 4 "synchronize() of 'faulty' failed: " rcustress_rcu "synchronize fails 50"
	with_fault 4 "synchronize() of 'faulty' returned 7, " rcustress_rcu "synchronize odd 600"
	with_fault 4 "synchronize_expedited() of 'faulty' failed: " rcustress_rcu \
		"synchronize_expedited fails 50"
	with_fault 4 "barrier() of 'faulty' failed: " calls "barrier_in_cell fails 1"
	with_fault 4 "cond_synchronize() of 'faulty' returned 7, " polls "cond_synchronize odd 2"
}

@test "a barrier that fails is not put down to the RCU" {
	FAULTY_RCU="heavy fails 600" ends 4 --threads 2 --barrier "$faulty:a_barrier" --time 20s \
		--rcu asym rcu
	[[ $output == *"the heavy side failed in "* ]]
	own=$(dirname "$RCUSTRESS")/own-flavours.so
	[ -e "$own" ] || skip "no own-flavours.so"
	FAULTY_RCU="heavy fails 600" ends 4 --threads 2 --barrier "$faulty:a_barrier" --time 20s \
		--rcu "$own" rcu
	[[ $output == *"the heavy side failed in "* ]]
}

# What hangs is waited for 10 or 20 s: all at the same time.
hang_in_the_background() { # FILE SYMBOL "FUNCTION sleeps NUMBER"
	local status=0

	FAULTY_RCU=$3 timeout 150 "$RCUSTRESS" --threads 2 --barrier membarrier --time 60s \
		--rcu "$faulty:$2" rcu >"$1" 2>&1 || status=$?
	echo "status $status" >>"$1"
}

@test "what hangs is FAULT, by its function; a grace period that does is BROKEN" {
	hang_in_the_background try rcustress_rcu "synchronize sleeps 1" &
	hang_in_the_background create rcustress_rcu "create_in_cell sleeps 1" &
	hang_in_the_background enter rcustress_rcu "enter sleeps 20" &
	hang_in_the_background read_lock rcustress_rcu "read_lock sleeps 100" &
	hang_in_the_background call calls "call sleeps 10" &
	hang_in_the_background poll polls "poll sleeps 10" &
	hang_in_the_background handler handlers "read_lock sleeps 500" &
	hang_in_the_background stuck rcustress_rcu "synchronize sleeps 800" &
	hang_in_the_background later rcustress_rcu "synchronize sleeps 1500" &
	wait
	tail -n 5 try create enter read_lock call poll handler stuck later
	for file in try create enter read_lock call poll handler; do
		grep -q '^FAULT  ' $file && grep -qx 'status 4' $file ||
			{ echo "not: $file"; return 1; }
	done
	grep -q 'did not return within 10 s, in synchronize()$' try
	grep -q 'hung and was killed: .*, in create() of a plug-in$' create
	for function in enter read_lock call poll; do
		grep -q "$function() of plug-in 'faulty' hangs" $function
	done
	grep -q "read_lock() of plug-in 'faulty' hangs" handler
	# It may be one that no reader runs beside: then it is a thread that is lost.
	for file in stuck later; do
		grep -q 'grace periods did not end though readers left their sections' $file &&
			grep -qx 'status 1' $file ||
			{ grep -q 'in synchronize() of plug-in' $file && grep -qx 'status 4' $file; }
	done
	grep -qx 'status 1' stuck later
}
