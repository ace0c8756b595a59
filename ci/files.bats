#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# A user's own litmus tests: what becomes of what they claim, and that all they may hold
# is run as it is meant. --time is a limit: these end as soon as they know.

load helper

setup() {
	need_two_cpus
	need_compiler
	own_cache
	cd "$BATS_TEST_TMPDIR"
}

# shellcheck disable=SC2034  # of helper
with=(--threads 2)

# What was counted of states that match, in all.
states() { # REGEX
	awk -v state="$1" '$0 ~ "^ +[0-9]+ +[0-9]+ .*" state { n += $1 } END { print n + 0 }' \
		<<<"$output"
}

# --- claims

@test "a claim that is wrong is BROKEN, and the test is not what is blamed" {
	store_buffering "$beyond_proof" | { cat; echo 'exists (0:r0=0 /\ 1:r0=0)'; } |
		claim wrong Never Sometimes
	ends 1 --time 120s wrong.litmus
	[[ $output == *$'\nBROKEN  -  wrong  subject '[1-9]*"forbids: the machine, the kernel or the compiler is at fault"* ]]
	[[ $output == *"witness: round "*": 0:r0=0; 1:r0=0;"* ]]
	ends 1 --time 120s --runner batched wrong.litmus
	[[ $output == *"the machine, the kernel or the compiler is at fault"* ]]
}

@test "a claim that a model contradicts is not believed" {
	store_buffering "barrier();" | { cat; echo 'exists (0:r0=0 /\ 1:r0=0)'; } |
		claim wrong Never Sometimes
	ends 77 --time 2s wrong.litmus
	[[ $output == *"ALLOWED  -  wrong  subject "[1-9]*"(its file says something else)"* ]]
}

@test "a claim that is right holds, with the fences stripped for a control" {
	store_buffering "smp_mb();" | { cat; echo 'exists (0:r0=0 /\ 1:r0=0)'; } |
		claim right Never Sometimes
	ends 0 --time 120s right.litmus
	[[ $output == *"HOLDS  -  right  subject 0/"[1-9]*"control "[1-9]*"(fences stripped)"* ]]
}

@test "a file without claims is judged by what the model of the machine says" {
	store_buffering "smp_mb();" | { printf 'C fenced\n'; cat; echo 'exists (0:r0=0 /\ 1:r0=0)'; } >fenced.litmus
	ends 0 --time 120s fenced.litmus
	[[ $output == *"HOLDS  -  fenced  subject 0/"[1-9]*"model: "*", forbidden as it stands, allowed with its fences stripped"* ]]
	grep -v 'Result:\|Stripped:\|Local:' "$suite/SB+barrier+memb.litmus" |
		sed 's/^C SB.*/C barred/' >barred.litmus
	ends 1 --time 120s --barrier none barred.litmus
	[[ $output == *"BROKEN  none  barred "*"model: "*", forbidden with the barrier, allowed without it"* ]]
}

@test "a file without claims that no model can be asked about is counted, not judged" {
	store_buffering "$beyond_proof" | { printf 'C unsaid\n'; cat; echo 'exists (0:r0=0 /\ 1:r0=0)'; } >unsaid.litmus
	ends 77 --time 2s --full unsaid.litmus
	[[ $output == *"ALLOWED  -  unsaid  subject "[1-9]*"neither its file nor a model says what this architecture allows"* ]]
}

@test "what only a file says is not told as a model's word" {
	store_buffering "$beyond_proof" | { printf 'C said\n(* Result: Never *)\n'; cat; echo 'exists (0:r0=0 /\ 1:r0=0)'; } >said.litmus
	run timeout 60 "$RCUSTRESS" --threads 2 --time 2s said.litmus
	[[ $output == *"  its file: forbidden as it stands"* && $output != *"model: "* ]]
}

@test "a file of the suite's name is the file, not the suite's" {
	sed 's/r0=0/r0=1/g' "$suite/SB.litmus" >SB.litmus
	ends 77 --time 2s --full -v SB.litmus
	[[ $output == *"* 0:r0=1; 1:r0=1;"* ]]
	ends 77 --time 2s --full -v SB
	[[ $output == *"* 0:r0=0; 1:r0=0;"* ]]
}

@test "the shape that a runner was made for is known under other names" {
	sed 's/^C .*/C mine/; s/\*x/*foo/g; s/\*y/*bar/g; s/r0/val/g' \
		"$suite/SB+barrier+memb.litmus" >mine.litmus
	ends 1 --time 120s --barrier none -v mine.litmus
	[[ $output == *"BROKEN  none  mine  subject "[1-9]*"readers share writers"* ]]
	ends 0 --time 120s --barrier fence -v mine.litmus
	[[ $output == *"HOLDS  fence  mine  subject 0/"[1-9]*"readers share writers"* ]]
	ends 1 --time 120s --barrier none -v --runner batched mine.litmus
	[[ $output == *"BROKEN  none  mine  subject "[1-9]*"runner batched: "* ]]
	[[ $output != *"readers share writers"* ]]
}

@test "a barrier under test is judged by a user's file of another shape" {
	sed 's/^C .*/C other/; s/hazard/h/' "$suite/HP+barrier+memb.litmus" >other.litmus
	ends 1 --time 120s --barrier none,mprotect-untouched other.litmus
	[[ $output == *"BROKEN  none  other "*"BROKEN  mprotect-untouched  other "* ]]
	ends 0 --time 120s --barrier fence other.litmus
	[[ $output == *"HOLDS  fence  other  subject 0/"[1-9]* ]]
}

# --- targets

@test "forall: what fails it is the target" {
	store_buffering "smp_mb();" | { cat; echo 'forall (0:r0=1 \/ 1:r0=1)'; } |
		claim always Always Sometimes
	ends 0 --time 120s -v always.litmus
	[[ $output == *"HOLDS  -  always "*"* 0:r0=0; 1:r0=0;"* ]]
	store_buffering "$beyond_proof" | { cat; echo 'forall (0:r0=1 \/ 1:r0=1)'; } |
		claim not-always Always Sometimes
	ends 1 --time 120s not-always.litmus
	[[ $output == *"BROKEN  -  not-always  subject "[1-9]* ]]
}

@test "~exists: the target is what stands behind it" {
	store_buffering "smp_mb();" | { cat; echo '~exists (0:r0=0 /\ 1:r0=0)'; } |
		claim never Never Sometimes
	ends 0 --time 120s never.litmus
	store_buffering "$beyond_proof" | { cat; echo '~exists (0:r0=0 /\ 1:r0=0)'; } |
		claim not-never Never Sometimes
	ends 1 --time 120s not-never.litmus
	[[ $output == *"BROKEN  -  not-never  subject "[1-9]* ]]
}

@test "a filter drops ends before they count" {
	store_buffering "$beyond_proof" | { cat; printf 'filter (0:r0=1)\nexists (1:r0=0)\n'; } |
		claim filtered Sometimes Sometimes
	ends 77 --time 2s --full -v filtered.litmus
	[[ $output == *"0:r0=1; 1:r0=0;"* ]]
	[[ $output != *"0:r0=0;"* ]]
	# What is dropped cannot break a claim either. (A model would say that nothing is left
	# of the target; of plain accesses none is asked.)
	store_buffering "barrier();" | sed 's/WRITE_ONCE(\*\(.\), 1)/*\1 = 1/' |
		{ cat; printf 'filter (0:r0=1 \\/ 1:r0=1)\nexists (0:r0=0 /\\ 1:r0=0)\n'; } |
		claim kept Never Sometimes
	ends 3 --time 2s kept.litmus
	[[ $output == *"INCONCLUSIVE  -  kept  subject 0/"[1-9]* ]]
}

@test "locations are shown with -v" {
	store_buffering "barrier();" |
		{ cat; printf 'locations [1:r0; x;]\nexists (0:r0=0 /\\ y=1)\n'; } |
		claim shown Sometimes Sometimes
	ends 77 --time 2s --full -v shown.litmus
	[[ $output == *"* 0:r0=0; y=1; 1:r0=1; x=1;"* ]]
	store_buffering "barrier();" |
		{ cat; printf 'locations [1:r0;]\nexists (0:r0=0)\n'; } |
		claim register Sometimes Sometimes
	ends 77 --time 2s --full -v register.litmus
	[[ $output == *"* 0:r0=0; 1:r0=1;"* ]]
}

@test "locations in memory are shown where the target is about registers alone" {
	store_buffering "barrier();" |
		{ cat; printf 'locations [x; y;]\nexists (0:r0=0 /\\ 1:r0=0)\n'; } |
		claim memory Sometimes Sometimes
	ends 77 --time 2s --full -v memory.litmus
	[[ $output == *"0:r0=0; 1:r0=0; x=1; y=1;"* ]]
}

# --- what programs hold

@test "both arms of a branch are taken" {
	claim branch Sometimes Sometimes <<-'END'
		{ x=1; }
		P0(int *x) { int r0; r0 = READ_ONCE(*x); if (r0 == 1) { r1 = 10; } else { r1 = 20; } }
		P1(int *x) { WRITE_ONCE(*x, 2); }
		exists (0:r0=1 /\ 0:r1=20 \/ 0:r0=2 /\ 0:r1=10)
	END
	ends 77 --time 2s --full -v branch.litmus
	[ "$(states '0:r0=1; 0:r1=10;')" -gt 0 ]
	[ "$(states '0:r0=2; 0:r1=20;')" -gt 0 ]
	[ "$(states '[*] ')" -eq 0 ]
}

@test "read-modify-writes lose nothing" {
	claim sum Sometimes Sometimes <<-'END'
		{ atomic_t a=ATOMIC_INIT(-3); }
		P0(atomic_t *a) { int r0; r0 = atomic_add_return(5, a); }
		P1(atomic_t *a) { int r0; r0 = atomic_fetch_sub(7, a); }
		exists (a=-5)
	END
	ends 77 --time 2s --full -v sum.litmus
	[ "$(states 'a=-5')" -gt 0 ]
	[ "$(states 'a=-5')" -eq "$(states '.')" ]
}

@test "a pointer is followed to what it points to" {
	claim pointer Sometimes Sometimes <<-'END'
		{ p=z; z=7; }
		P0(int *x, int **p) { WRITE_ONCE(*x, 1); rcu_assign_pointer(*p, x); }
		P1(int **p) { int *r0; int r1; r0 = rcu_dereference(*p); r1 = READ_ONCE(*r0); }
		exists (1:r0=x /\ 1:r1!=1 \/ 1:r0=z /\ 1:r1!=7)
	END
	ends 77 --time 2s --full -v pointer.litmus
	[ "$(states '1:r0=x; 1:r1=1;')" -gt 0 ]
	[ "$(states '1:r0=z; 1:r1=7;')" -gt 0 ]
	[ "$(states '.')" -eq "$(($(states '1:r0=x; 1:r1=1;') + $(states '1:r0=z; 1:r1=7;')))" ]
}

@test "a pointer to nowhere that is followed is an error, and no crash" {
	claim nowhere Sometimes Sometimes <<-'END'
		{ int *p; }
		P0(int *x, int **p) { WRITE_ONCE(*x, 1); rcu_assign_pointer(*p, x); }
		P1(int **p) { int *r0; int r1; r0 = rcu_dereference(*p); r1 = READ_ONCE(*r0); }
		exists (1:r1=1)
	END
	# The others of the run are run all the same.
	claim fine Sometimes Sometimes <<-'END'
		{ }
		P0(int *x) { WRITE_ONCE(*x, 1); }
		P1(int *x) { int r0; r0 = READ_ONCE(*x); }
		exists (1:r0=1)
	END
	ends 4 --time 3s nowhere.litmus fine.litmus
	[[ $output == *"nowhere: P1 follows a register that does not hold the address of a location"* ]]
	[[ $output == *"ALLOWED  -  fine"* ]]
	claim number Sometimes Sometimes <<-'END'
		{ }
		P0(int *x) { int *r0 = 5; int r1; r1 = READ_ONCE(*r0); }
		P1(int *x) { WRITE_ONCE(*x, 1); }
		exists (0:r1=1)
	END
	ends 77 --time 3s number.litmus
	[[ $output == *"SKIPPED  -  number"*"is given a number: it can be proved, but not run"* ]]
}

# Two threads that add 1 under a lock; nothing locks where that is empty.
sections() { # LOCK UNLOCK
	cat <<-END
		{ }
		P0(int *x, spinlock_t *s) { int r0; $1 r0 = READ_ONCE(*x); WRITE_ONCE(*x, r0 + 1); $2 }
		P1(int *x, spinlock_t *s) { int r0; $1 r0 = READ_ONCE(*x); WRITE_ONCE(*x, r0 + 1); $2 }
		exists (x=1)
	END
}

@test "under a lock nothing is lost, and without it something is" {
	sections 'spin_lock(s);' 'spin_unlock(s);' | claim locked Never Never
	ends 77 --time 2s --full -v locked.litmus
	[[ $output == *"SKIPPED  -  locked  subject 0/"[1-9]* ]]
	[ "$(states 'x=2;')" -gt 0 ]
	[ "$(states 'x=2;')" -eq "$(states '.')" ]
	sections '' '' | claim unlocked Sometimes Sometimes
	ends 77 --time 2s --full -v unlocked.litmus
	[ "$(states '[*] x=1;')" -gt 0 ]
}

@test "interrupted at any moment, a lock is still one" {
	sections 'spin_lock(s); smp_mb(); smp_mb(); smp_mb();' 'smp_mb(); smp_mb(); spin_unlock(s);' |
		claim cut Never Never
	for _ in $(seq 8); do
		ends 77 --time 150ms --full cut.litmus
	done
}

@test "a lock that nobody gives back does not hang the program" {
	claim kept Sometimes Sometimes <<-'END'
		{ }
		P0(int *x, spinlock_t *s) { spin_lock(s); WRITE_ONCE(*x, 1); }
		P1(int *x, spinlock_t *s) { spin_lock(s); WRITE_ONCE(*x, 2); spin_unlock(s); }
		exists (x=3)
	END
	run timeout 60 "$RCUSTRESS" --threads 2 --time 1s kept.litmus
	echo "$output"
	[ "$status" -ne 124 ]
	[ "$status" -lt 128 ]
	[[ $output != *"signal"* ]]
	claim twice Sometimes Sometimes <<-'END'
		{ }
		P0(int *x, spinlock_t *s) { spin_lock(s); spin_lock(s); WRITE_ONCE(*x, 1); }
		P1(int *x) { WRITE_ONCE(*x, 2); }
		exists (x=3)
	END
	run timeout 60 "$RCUSTRESS" --threads 2 --time 1s twice.litmus
	echo "$output"
	[ "$status" -ne 124 ]
	[ "$status" -lt 128 ]
	[[ $output != *"signal"* ]]
}

@test "where a lock was never had, its section is no end that counts" {
	# P0's store is the last one, or P1 waits for ever.
	claim kept Never Sometimes <<-'END'
		{ }
		P0(int *x, spinlock_t *s) { spin_lock(s); WRITE_ONCE(*x, 1); }
		P1(int *x, spinlock_t *s) { spin_lock(s); WRITE_ONCE(*x, 2); spin_unlock(s); }
		exists (x=2)
	END
	for _ in 1 2 3; do
		run timeout 60 "$RCUSTRESS" --threads 2 --time 1s -v kept.litmus
		echo "$output"
		[[ $output != *"the machine"*"is at fault"* ]]
		[ "$(states '[*] x=2;')" -eq 0 ]
	done
}

# --- folders

@test "a folder is all of its .litmus files, in the order of their names" {
	mkdir tests
	for name in b a c; do
		sed "s/^C SB/C test-$name/" "$suite/SB.litmus" >tests/$name.litmus
	done
	echo "no test" >tests/README
	ends 77 --time 500ms tests
	[ "$(grep -c '^ALLOWED  ' <<<"$output")" -eq 3 ]
	[[ $output == *"test-a"*"test-b"*"test-c"*"ALLOWED: 3 cells in "* ]]
	# Files, folders and the suite's together.
	ends 77 --time 500ms tests/ SB tests/b.litmus
	[[ ${lines[-1]} == "ALLOWED: "[45]" cells in "* ]]
}

@test "a folder without tests, or with one that is broken, is refused" {
	mkdir empty one
	: >empty/test.txt
	ends 2 empty
	[ "$output" = "rcustress: empty: there are no .litmus files in this folder" ]
	cp "$suite/SB.litmus" one/a.litmus
	sed 's/WRITE_ONCE/WRITE_TWICE/' "$suite/SB.litmus" >one/b.litmus
	ends 2 one
	[[ $output == "rcustress: one/b.litmus:"[0-9]*":"[0-9]*": unknown primitive 'WRITE_TWICE'" ]]
	[ "${#lines[@]}" -eq 1 ]
}
