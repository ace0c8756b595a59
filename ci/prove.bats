#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# `rcustress prove`: its answers, what it says of them, and what it refuses. Which answers
# are right is for src/model/test; here it is what becomes of them.

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

proves() { # STATUS ARGUMENT…; output has standard error as well
	run timeout 100 "$RCUSTRESS" prove "${@:2}"
	echo "$output"
	[ "$status" -eq "$1" ]
}

refused() { # EXPECTED-WORDS ARGUMENT…
	proves 2 "${@:2}"
	[[ $output == *"$1"* ]]
	# Nothing was proved.
	[[ $output != *candidates* ]]
}

# The answer for a test and a model, from a table.
answer() { # TEST MODEL
	awk -v test="$1" -v model="$2" \
		'$1 == test && $2 == model { print $3 == "gave" ? "gave up" : $3 }' <<<"$output"
}

# A file that says something else of SB than is so.
contradicting() { # NAME
	sed "s/^C SB/C $1/; s/Result: lkmm=Sometimes/Result: lkmm=Never/" "$suite/SB.litmus" \
		>"$1.litmus"
	grep -q lkmm=Never "$1.litmus"
}

# --- answers and exit status

@test "what the files of the suite state is what their models say" {
	proves 0 --model all -q
	[[ ${#lines[@]} -eq 1 && $output == *" tests, 6 models: "*" as expected, 0 not, "*"0 gave up; "* ]]
	[[ $output == "$(find "$suite" -name '*.litmus' | wc -l) tests"* ]]
	# By file, too.
	proves 0 --model all -q "$suite"
	[[ $output == "$(find "$suite" -name '*.litmus' | wc -l) tests"* ]]
}

@test "one test has its condition, a line for each model, and what the answers mean" {
	proves 0 --model all SB+barrier+memb
	[ "${lines[0]}" = 'SB+barrier+memb: exists (0:r0=0 /\ 1:r0=0)' ]
	for model in lkmm sc tso armv8 riscv power; do
		[ "$(answer SB+barrier+memb $model)" = Never ]
	done
	[ "$(grep -c '0/3 .* as expected$' <<<"$output")" -eq 6 ]
	[[ $output == *$'  Never: no allowed execution ends so\n  3 final states, '* ]]
}

@test "several tests have a table and a last line" {
	proves 0 --model sc,tso SB MP
	[ "$(answer SB sc)" = Never ]
	[ "$(answer SB tso)" = Sometimes ]
	[ "$(answer MP tso)" = Never ]
	[[ ${lines[-1]} == "2 tests, 2 models: 4 answers, 4 as expected, 0 not, 0 gave up; "* ]]
	# Twice the same test of the suite is once.
	proves 0 --model sc SB SB
	[ "$(grep -c '^SB ' <<<"$output")" -eq 1 ]
}

@test "models are asked in the order of --model, and the default are lkmm and the host's" {
	proves 0 --model tso --model lkmm,tso SB
	[ "$(awk '$1 == "SB" { print $2 }' <<<"$output" | xargs)" = "tso lkmm" ]
	[ "$(uname -m)" = x86_64 ] || skip "another machine"
	proves 0 SB
	[ "$(awk '$1 == "SB" { print $2 }' <<<"$output" | xargs)" = "lkmm tso" ]
	proves 0 --model host SB
	[ "$(awk '$1 == "SB" { print $2 }' <<<"$output" | xargs)" = tso ]
}

@test "an answer that is not the file's is exit status 1, and stands out" {
	contradicting wrong
	proves 1 --model lkmm,tso wrong.litmus
	[[ $output == *$'\nwrong  lkmm   Sometimes '*"  EXPECTED Never"$'\n'* ]]
	[[ $output == *$'\nwrong  tso    Sometimes '*"  as expected"$'\n'* ]]
	proves 1 -q SB wrong.litmus MP
	[[ $output != *"MP "* && $output != *$'\nSB '* && $output == "wrong "* ]]
	[[ ${lines[-1]} == *", 1 not, "* ]]
	# Not of a barrier that is another one than the file speaks of.
	proves 0 --barrier none wrong.litmus
}

@test "a file that says nothing contradicts nothing" {
	sed '/Result:/d; s/^C SB/C unsaid/' "$suite/SB.litmus" >unsaid.litmus
	proves 0 --model all unsaid.litmus
	[[ $output != *expected* ]]
	proves 0 --model sc SB unsaid.litmus
	[[ ${lines[-1]} == *"1 as expected, 0 not, 1 unstated, 0 gave up"* ]]
}

@test "forall: Always is what holds" {
	store_buffering "smp_mb();" | { cat; echo 'forall (0:r0=1 \/ 1:r0=1)'; } |
		claim always Always Sometimes
	proves 0 --model tso,power --states always.litmus
	[ "$(answer always tso)" = Always ]
	[[ $output == *"Always: every allowed execution ends so"* ]]
	[[ $output != *"* 0:r0"* ]]
	store_buffering "barrier();" | { cat; echo 'forall (0:r0=1 \/ 1:r0=1)'; } |
		claim not-always Always Sometimes
	proves 1 --model tso --states --witness not-always.litmus
	[[ $output == *"* 0:r0=0; 1:r0=0;"* ]]
	[[ $output == *"so 0:r0=1 \\/ 1:r0=1 does not hold"* ]]
}

# --- giving up

@test "giving up is said and is exit status 3, and is never Never" {
	proves 3 --executions=1 --model all SB+barrier+memb
	for model in lkmm sc tso armv8 riscv power; do
		[ "$(answer SB+barrier+memb $model)" = "gave up" ]
	done
	[[ $output == *$'\n  why: gave up after 1 '* ]]
	[[ $output != *"as expected"* && $output != *"Never:"* ]]
	proves 3 -q --executions=1 SB+barrier+memb MP
	[[ ${lines[-1]} == *"0 as expected, 0 not, 4 gave up; "* ]]
}

@test "a contradiction weighs more than giving up" {
	contradicting wrong
	# SB has no more candidates than that, IRIW has.
	proves 1 --model lkmm --executions=4 wrong.litmus IRIW+mbs
	[ "$(answer wrong lkmm)" = Sometimes ]
	[ "$(answer IRIW+mbs lkmm)" = "gave up" ]
}

# --- barriers

@test "a barrier that does nothing, or only for its caller, lets the target through" {
	proves 0 --model sc,tso,lkmm --barrier none SB+barrier+memb
	[ "$(answer SB+barrier+memb sc)" = Never ]
	[ "$(answer SB+barrier+memb tso)" = Sometimes ]
	[ "$(answer SB+barrier+memb lkmm)" = Sometimes ]
	[[ $output == *"smp_memb() does nothing here"* && $output != *expected* ]]
	proves 0 --model sc,tso,lkmm --barrier local-fence SB+barrier+memb
	[ "$(answer SB+barrier+memb sc)" = Never ]
	[ "$(answer SB+barrier+memb tso)" = Sometimes ]
	[ "$(answer SB+barrier+memb lkmm)" = Sometimes ]
	# The file's Local: says nothing of lkmm.
	[ "$(grep -c 'as expected$' <<<"$output")" -eq 2 ]
	proves 0 --model sc,tso,lkmm --barrier ideal SB+barrier+memb
	[ "$(answer SB+barrier+memb tso)" = Never ]
	[ "$(answer SB+barrier+memb lkmm)" = Never ]
}

@test "what the files of the suite state of a fence of the caller is so" {
	proves 0 --model all -q --barrier local-fence
	[[ $output == *" as expected, 0 not, "* ]]
}

@test "an answer that is not the file's Local: is exit status 1" {
	sed '/Local:/s/tso=Sometimes/tso=Never/; s/^C .*/C local/' \
		"$suite/SB+barrier+memb.litmus" >local.litmus
	proves 0 --model tso local.litmus
	proves 1 --model tso --barrier local-fence local.litmus
	[[ $output == *"EXPECTED Never"* ]]
}

# --- what is wrong with tests

@test "flags stand below the test, and are not quiet" {
	sed 's/WRITE_ONCE(\*x, 1)/*x = 1/; s/^C SB/C race/' "$suite/SB.litmus" >race.litmus
	proves 0 --model lkmm,sc race.litmus
	[[ $output == *$'\n  flag: data race (lkmm)\n'* ]]
	proves 0 -q --model lkmm,sc race.litmus SB
	[[ ${lines[2]} == "  flag: data race (lkmm)" ]]
}

@test "a deadlock is said" {
	printf 'C twice\n{}\nP0(spinlock_t *s) { spin_lock(s); spin_lock(s); }\nexists (true)\n' \
		>twice.litmus
	proves 0 -q --model all twice.litmus
	[[ $output == *"flag: every execution deadlocks or is filtered out"* ]]
}

@test "where nothing comes to its end, a run has nothing to look for" {
	printf 'C twice\n{}\nP0(spinlock_t *s) { spin_lock(s); spin_lock(s); }\nforall (true)\n' \
		>twice.litmus
	run "$RCUSTRESS" twice.litmus
	[ "$status" -eq 77 ]
	[[ $output == *"forbidden as it stands, forbidden with its fences stripped"* ]]
}

@test "addresses that nothing can be computed of are no null pointers" {
	printf 'C far\n{}\nP0(int *x) { int *r0 = x + 1; WRITE_ONCE(*x, 1); }\nexists (x=1)\n' \
		>far.litmus
	proves 0 far.litmus
	[[ $output == *"flag: every execution deadlocks, is left out or is filtered out"* ]]
	[[ $output == *"would follow what is no address, or compute what has no value"* ]]
	[[ $output != *"final state"* ]]
}

@test "a test that is too long for the prover is refused by name" {
	{
		printf 'C long\n{}\nP0(int *x)\n{\n'
		for _ in $(seq 70); do printf '\tWRITE_ONCE(*x, 1);\n'; done
		printf '}\nexists (x=1)\n'
	} >long.litmus
	proves 2 long.litmus
	[[ $output == "rcustress: long.litmus: "*events* ]]
}

# --- tests, files, folders

@test "a misspelt test gets a suggestion" {
	refused "there is no test, file or folder 'SB+barier+memb'; did you mean 'SB+barrier+memb'?" \
		SB+barier+memb
	refused "list' shows what there is" nothing-of-the-kind
	# And so does the command.
	run "$RCUSTRESS" prov
	[ "$status" -eq 2 ]
	[[ $output == *"did you mean 'prove'?"* ]]
}

@test "a file that is not understood is named with line and column, the others are done" {
	sed 's/WRITE_ONCE(\*x/WRITE_TWICE(*x/' "$suite/SB.litmus" >broken.litmus
	line=$(grep -n WRITE_TWICE broken.litmus | cut -d : -f 1)
	proves 2 --model sc broken.litmus SB ./missing.litmus "$suite/MP.litmus"
	[[ $output == *"rcustress: broken.litmus:$line:2: unknown primitive 'WRITE_TWICE'"* ]]
	[[ $output == *"rcustress: ./missing.litmus: cannot open: No such file or directory"* ]]
	[ "$(answer SB sc)" = Never ]
	[ "$(answer MP sc)" = Never ]
	[[ ${lines[-1]} == "2 tests, "*"; 2 not understood" ]]
	# It is the worst of all.
	contradicting wrong
	proves 2 wrong.litmus broken.litmus
}

@test "a folder is searched to its depth, in the order of names" {
	mkdir -p tests/deep/deeper empty
	for name in b deep/a deep/deeper/d z; do
		sed "s/^C SB/C test-${name##*/}/" "$suite/SB.litmus" >"tests/$name.litmus"
	done
	echo "no test" >tests/README
	ln -s .. tests/deep/up
	proves 0 --model sc tests
	[ "$(awk '/^test-/ { print $1 }' <<<"$output" | xargs)" = "test-b test-a test-d test-z" ]
	proves 0 --model sc tests/deep/ SB tests/b.litmus
	[ "$(awk '$2 == "sc" { print $1 }' <<<"$output" | xargs)" = "test-a test-d SB test-b" ]
	proves 2 empty
	[ "$output" = "rcustress: empty: there are no .litmus files in this folder" ]
	proves 2 --model sc empty SB
	[ "$(answer SB sc)" = Never ]
}

@test "what cannot be read in a folder is an error, and the rest is done" {
	mkdir -p tests/closed
	cp "$suite/SB.litmus" tests/a.litmus
	ln -s nowhere tests/b.litmus
	mkfifo tests/c.litmus
	proves 2 --model sc tests
	[[ $output == *"tests/b.litmus: cannot open: No such file or directory"* ]]
	[[ $output == *"tests/c.litmus: a device or pipe, not a file"* ]]
	[ "$(answer SB sc)" = Never ]
	[ "$(id -u)" -ne 0 ] || skip "root may read anything"
	rm tests/[bc].litmus
	chmod 0 tests/closed
	proves 2 --model sc tests
	chmod 700 tests/closed
	[[ $output == *"cannot list tests/closed: Permission denied"* ]]
	[ "$(answer SB sc)" = Never ]
}

# --- options

@test "a bad value is named with its option and what is allowed" {
	refused "--model 'lkm': there is no model 'lkm'; did you mean 'lkmm'?" --model lkm SB
	refused "--model 'hots': there is no model 'hots'; did you mean 'host'?" --model hots
	refused "there are lkmm, sc, tso, armv8, riscv, power, host and all" --model x86
	refused "want names with commas between" --model sc,,tso
	refused "want names with commas between" --model ''
	refused "--barrier 'local': want ideal, none or local-fence" --barrier local
	refused "want ideal, none or local-fence; did you mean 'local-fence'?" --barrier local-fense
	refused "--barrier 'mprotect': want ideal, none or local-fence" --barrier mprotect
	refused "--time 'soon': want a duration" --time soon
	refused "--time '0': want a duration" --time 0
	refused "--executions '0': want a whole number from 1 to" --executions 0
	refused "--executions 'many': want a whole number" --executions many
	refused "--color 'red': want auto, always or never" --color red
	refused "--dot is of one test, and these are 2" --dot x.dot SB MP
	refused "no-such-option" --no-such-option
}

@test "colour is there when it is asked for, and the columns stay where they are" {
	for when in never always; do
		# Times differ.
		"$RCUSTRESS" prove --model sc,tso --color $when SB |
			sed 's/ *[0-9.]* [um]s / TIME /' >"$when"
	done
	! grep -q $'\033' never || return 1
	grep -q $'\033\[1;32m' always
	sed $'s/\033\\[[0-9;]*m//g' always | diff never -
}

@test "a report that cannot be written is an error" {
	run sh -c '"$0" prove --model sc SB >/dev/full' "$RCUSTRESS"
	echo "$output"
	[ "$status" -eq 4 ]
	[[ $output == *"cannot write the report"* ]]
}

# --- states

@test "of one test the final states are shown, where they are few" {
	proves 0 --model sc SB
	[[ $output == *$'\n      0:r0=1; 1:r0=1;  (sc)'* ]]
	printf 'C many\n{}\n' >many.litmus
	for thread in 0 1 2 3 4; do
		printf 'P%d(int *x) { int r0; r0 = READ_ONCE(*x); }\n' $thread >>many.litmus
	done
	printf 'P5(int *x) { WRITE_ONCE(*x, 1); }\nexists (0:r0=1 /\\ 1:r0=1 /\\ 2:r0=1 /\\ 3:r0=1 /\\ 4:r0=1)\n' >>many.litmus
	proves 0 --model sc many.litmus
	[[ $output == *"32 final states: --states lists them"* ]]
	proves 0 --model sc --states many.litmus
	[ "$(grep -c '(sc)$' <<<"$output")" -eq 32 ]
	proves 0 --model sc SB MP
	[[ $output != *"final states"* ]]
}

@test "--states shows each final state, the models that allow it, and the target" {
	proves 0 --model sc,tso --states SB
	[[ $output == *"4 final states"* ]]
	[[ $output == *$'\n    * 0:r0=0; 1:r0=0;  (tso)\n'* ]]
	[[ $output == *$'\n      0:r0=1; 1:r0=1;  (sc, tso)'* ]]
	[ "$(grep -c '^    \* ' <<<"$output")" -eq 1 ]
}

# --- the story

@test "--witness tells how a store is overtaken in its store buffer" {
	proves 0 --model tso --witness SB
	[[ $output == *"story of SB by tso, in the order of memory"* ]]
	[[ $output == *" 1  P1  r0 = READ_ONCE(*x)  reads x = 0, the initial value
        ahead of its own earlier WRITE_ONCE(*y, 1) (step 4), which is still in its store buffer
     2  P0  WRITE_ONCE(*x, 1)   writes x = 1, over the initial 0
     3  P0  r0 = READ_ONCE(*y)  reads y = 0, the initial value
     4  P1  WRITE_ONCE(*y, 1)   writes y = 1, over the initial 0
    in the end 0:r0=0; 1:r0=0;
    so 0:r0=0 /\\ 1:r0=0 holds" ]]
}

@test "--witness tells of each model that allows it, and of no other" {
	proves 0 --model all --witness SB+barriers
	[ "$(grep -c '  story of SB+barriers by ' <<<"$output")" -eq 5 ]
	[[ $output != *"by sc"* ]]
	proves 0 --model all --witness SB+barrier+memb
	[[ $output != *"story of"* ]]
}

@test "--witness tells where there is no one order of memory" {
	proves 0 --model power --witness IRIW+acquires
	[[ $output == *"has no one order of memory"*"is done already: it has not reached P"* ]]
}

@test "--witness tells where the fences of other threads fall" {
	proves 0 --model tso --witness 3.SB+barriers+memb
	[[ $output == *"smp_memb() "*"begins"*"returns"*"P0's fence for it falls "* ]]
	proves 0 --model tso --barrier local-fence --witness 3.SB+barriers+memb
	[[ $output != *"falls"* ]]
}

@test "no story breaks the order of its model" {
	"$RCUSTRESS" prove --model all --witness >stories
	"$RCUSTRESS" prove --model all --witness --barrier none >>stories
	awk '
		/story of/ { model = $0; sub(/.* by /, "", model); sub(/,.*/, "", model); said++ }
		/^    in the end/ { ended++ }
		# All threads see the same, but in two models.
		/has not reached|stays on top/ && model != "lkmm" && model != "power" { bad = 1; print model, $0 }
		/ahead of its own/ && model == "sc" { bad = 1; print model, $0 }
		/ahead of its own/ && model == "tso" && !/store buffer$/ { bad = 1; print model, $0 }
		END { exit bad || said < 500 || said != ended }
	' stories
}

@test "in no story a section of RCU is around a whole grace period" {
	"$RCUSTRESS" prove --model all --witness >stories
	grep -q synchronize_rcu stories
	awk '
		/story of/ { split("", open); split("", around) }
		/rcu_read_lock/ { open[$2] = 1 }
		/synchronize_rcu/ && /begins/ { for (t in open) around[$2, t] = 1 }
		/rcu_read_unlock/ {
			delete open[$2]
			for (k in around) { split(k, pair, SUBSEP); if (pair[2] == $2) delete around[k] }
		}
		/synchronize_rcu/ && /returns/ {
			for (k in around) { split(k, pair, SUBSEP); if (pair[1] == $2) { print; bad = 1 } }
			split("", around)
		}
		END { exit bad }
	' stories
}

# --- the graph

# As far as that can be seen without Graphviz.
graph() { # FILE
	cat "$1"
	grep -q '^digraph "[^"]*" {$' "$1"
	[ "$(tail -n 1 "$1")" = "}" ]
	[ "$(tr -cd '{' <"$1" | wc -c)" -eq "$(tr -cd '}' <"$1" | wc -c)" ]
	# Every node of an edge is there.
	diff <(grep -o '^	*\(e\|init\)[0-9]*\( -> e[0-9]*\)\?' "$1" | grep -e '->' | grep -o '[a-z]*[0-9]*' | sort -u | grep .) \
		<(grep -o '^	*\(e\|init\)[0-9]* \[' "$1" | grep -o '[a-z]*[0-9]*' | sort -u | grep .)
	command -v dot >/dev/null || return 0
	dot -Tsvg "$1" >/dev/null
}

@test "--dot writes a graph" {
	proves 0 --model tso --dot sb.dot SB
	graph sb.dot
	[ "$(grep -c 'subgraph cluster_P' sb.dot)" -eq 2 ]
	[ "$(grep -c 'label="po"' sb.dot)" -eq 2 ]
	[ "$(grep -c 'label="rf", color=red' sb.dot)" -eq 2 ]
	[ "$(grep -c 'label="fr", color=orange' sb.dot)" -eq 2 ]
	[[ $(<sb.dot) == *'init'*'x = 0'* ]]
	proves 0 --model tso --dot memb.dot 3.SB+barriers+memb
	graph memb.dot
	grep -q 'label="memb", color=purple' memb.dot
	proves 0 --model power --dot dependent.dot --barrier none HP+barrier+memb
	graph dependent.dot
	grep -q 'label="addr", color=darkgreen' dependent.dot
	grep -q 'label="ctrl", color=darkgreen' dependent.dot
}

@test "every test of the suite that has a graph has a good one" {
	tests=$("$RCUSTRESS" prove --model power --barrier none | awk '$3 == "Sometimes" { print $1 }')
	[ "$(wc -w <<<"$tests")" -gt 50 ]
	for test in $tests; do
		"$RCUSTRESS" prove --model power --barrier none --dot=- "$test" >all.dot 2>/dev/null
		graph all.dot >graph.out || { cat graph.out; return 1; }
	done
}

@test "--dot=- is standard output, and the report standard error" {
	"$RCUSTRESS" prove --model tso --dot=- SB >sb.dot 2>report
	graph sb.dot
	grep -q '^SB .* tso .* Sometimes' report
}

@test "--dot says which of several models it is of" {
	proves 0 --model sc,power,tso --dot sb.dot SB
	[[ $output == *"--dot: several models allow it; the graph is of power"* ]]
	grep -q 'SB, power: ' sb.dot
}

@test "--dot of what no model allows is an error line, and no file" {
	proves 0 --model all --dot sb.dot SB+barrier+memb
	[[ $output == *"rcustress: --dot: no model that was asked allows it: there is no graph"* ]]
	[ ! -e sb.dot ]
	proves 3 --executions 1 --model tso --dot sb.dot SB+barrier+memb
	[[ $output == *"is known to allow it"* ]]
	[ ! -e sb.dot ]
	proves 2 --model tso --dot no/such/folder/sb.dot SB
	[[ $output == *"--dot: cannot write no/such/folder/sb.dot: No such file or directory"* ]]
}

@test "256 MiB are enough, for what is proved and for what is given up" {
	! grep -q __asan_init "$RCUSTRESS" || skip "a sanitizer takes terabytes of addresses"
	# Counters: every order of the updates is another execution.
	{
		printf 'C counters\n{}\n'
		for thread in 0 1 2 3; do
			printf 'P%d(atomic_t *x) { atomic_inc(x); atomic_inc(x); atomic_inc(x); atomic_inc(x); }\n' $thread
		done
		echo 'exists (x=16)'
	} >counters.litmus
	# Final states: as many as there are values that reads can give.
	{
		printf 'C states\n{}\n'
		for thread in 0 1 2 3 4 5; do
			printf 'P%d(int *x, int *y, int *z) { int r0; int r1; int r2; WRITE_ONCE(*x, %d); r0 = READ_ONCE(*x); r1 = READ_ONCE(*y); r2 = READ_ONCE(*z); WRITE_ONCE(*y, %d); WRITE_ONCE(*z, %d); }\n' \
				$thread $((thread + 1)) $((thread + 1)) $((thread + 1))
		done
		printf 'locations ['
		for thread in 0 1 2 3 4 5; do
			printf '%d:r0; %d:r1; %d:r2;' $thread $thread $thread
		done
		printf ']\nexists (0:r0=7)\n'
	} >states.litmus
	run bash -c "ulimit -v 262144; '$RCUSTRESS' prove --quiet --model all"
	echo "$output"
	[ "$status" -eq 0 ]
	run bash -c "ulimit -v 262144; '$RCUSTRESS' prove --model all --time 2s counters.litmus states.litmus"
	echo "$output"
	[ "$status" -eq 3 ]
	[[ $output == *"counters"*"gave up"*"states"*"gave up"* ]]
	[[ $output != *Never* ]]
}
