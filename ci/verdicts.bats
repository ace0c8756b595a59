#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# Verdicts on real CPUs. --time is a limit: these end as soon as they know.

load helper

sound() { # --barrier NAME
	need_two_cpus
	"$RCUSTRESS" --barrier help | grep -q "^ *$2 .*not claimed" && skip "not claimed here"
	run "$RCUSTRESS" "$sb" --threads 2 --time 120s "$@"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"HOLDS  "*"P(missed) "* ]]
	[[ $output == *"subject 0/"[1-9]* ]]
	[[ $output == *"control "[1-9]* ]]
}

broken() {
	need_two_cpus
	run "$RCUSTRESS" "$sb" --threads 2 --time 120s "$@"
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *"BROKEN  "* ]]
	[[ $output == *"witness: round "*"stored Y = "*"missing X = "*"stored X = "*"missing Y = "* ]]
	# The witness says what it must: the reader loaded less than the writer stored.
	stored=$(sed -n 's/.*stored Y = \([0-9]*\);.*/\1/p' <<<"$output")
	loaded=$(sed -n 's/.*then loaded Y = \([0-9]*\),.*/\1/p' <<<"$output")
	[ "$loaded" -lt "$stored" ]
}

@test "mprotect holds" { sound --barrier mprotect; }
@test "mprotect-none holds" { sound --barrier mprotect-none; }
@test "membarrier holds, or cannot be had" {
	need_two_cpus
	run "$RCUSTRESS" "$sb" --threads 2 --time 120s --barrier membarrier
	echo "$output"
	[[ $output == *"SKIPPED"* ]] && [ "$status" -eq 77 ] && skip "no membarrier here"
	[ "$status" -eq 0 ]
}
@test "the other page-based barriers hold" {
	need_two_cpus
	for name in munmap madvise mremap; do
		sound --barrier $name
	done
}
@test "the other expedited membarriers hold, or cannot be had" {
	need_two_cpus
	for name in membarrier-global-expedited membarrier-sync-core membarrier-rseq; do
		run "$RCUSTRESS" "$sb" --threads 2 --time 120s --barrier $name
		echo "$output"
		[ "$status" -eq 0 ] || [[ $output == *SKIPPED* ]]
	done
}
@test "slow barriers are never broken, and it is said how much too slow they are" {
	need_two_cpus
	for name in membarrier-global signal affinity; do
		run "$RCUSTRESS" "$sb" --threads 2 --time 3s --barrier $name
		echo "$output"
		[ "$status" -eq 0 ] || [ "$status" -eq 3 ] || [ "$status" -eq 77 ]
		# The others may be quick enough where CPUs are few or idle.
		[[ $name != membarrier-global || $status -ne 3 ||
			$output == *"times longer than stores can be held back"* ]]
	done
}
@test "full fences hold" { sound --barrier fence; }

@test "no barrier at all is broken" { broken --barrier none; }
@test "a local fence is broken" { broken --barrier local-fence; }
@test "a delay is broken" { broken --barrier delay:3000; }
@test "mprotect on an untouched page is broken" { broken --barrier mprotect-untouched; }

@test "a barrier that nobody registered for is broken" {
	broken --barrier membarrier-unregistered
	broken --barrier membarrier-global-expedited-unregistered
}
@test "a barrier that comes too late is broken" {
	broken --barrier late
	broken --barrier late:mprotect
}
@test "a barrier that fails in every 100th call is broken" {
	broken --barrier every-nth:100
	broken --barrier every-nth:20:mprotect-none
}

@test "writer and reader change seats, and the pair that was hit is named" {
	need_two_cpus
	run "$RCUSTRESS" "$sb" --threads 2 --time 120s --barrier fence -v
	echo "$output"
	[[ $output == *"  on "*": subject 0/"*", control "[1-9]* ]]
	run "$RCUSTRESS" "$sb" --threads 2 --time 120s --barrier none --affinity spread
	echo "$output"
	[[ $output == *"after the first round began, on "* ]]
	run "$RCUSTRESS" "$sb" --threads 2 --time 120s --barrier none --affinity none
	[[ $output == *"began, on threads not bound"* ]]
}

@test "each kind of pair is known for what it is" {
	need_two_cpus
	"$RCUSTRESS" "$sb" --threads 2 --time 50ms -v | grep -q 'order from hwloc' || skip "no hwloc"
	two=$(taskset -cp $$ | sed 's/.*: *//')
	[ "$two" = 0,1 ] || [ "$two" = 0-1 ] || skip "a made-up machine of two CPUs is not this one"
	made_up() { # MACHINE ARGUMENT…
		HWLOC_SYNTHETIC=$1 HWLOC_THISSYSTEM=1 run "$RCUSTRESS" "$sb" --threads 2 --time 60s \
			--barrier none "${@:2}"
		echo "$output"
	}
	made_up "pack:1 core:1 pu:2"
	[[ $output == *"witness: "*", on SMT siblings"* ]]
	made_up "pack:1 l3:1 core:2 pu:1" --affinity cache
	[[ $output == *"witness: "*", on cores of one cache"* ]]
	made_up "pack:1 l3:2 core:1 pu:1"
	[[ $output == *"witness: "*", on cores of one package"* ]]
	made_up "pack:2 core:1 pu:1" --affinity remote
	[[ $output == *"witness: "*", on different packages"* ]]
	made_up "pack:2 core:1 pu:1" --affinity siblings
	[ "$status" -eq 2 ]
	[[ $output == *"no two of this kind: SMT siblings"* ]]
}

@test "a kind of pair that the machine lacks is refused" {
	[ "$(lscpu -p=SOCKET | grep -vc '^#')" -gt 0 ] || skip "lscpu tells nothing"
	[ "$(lscpu -p=SOCKET | grep -v '^#' | sort -u | wc -l)" -eq 1 ] || skip "several packages"
	need_two_cpus
	run "$RCUSTRESS" "$sb" --threads 2 --affinity remote
	echo "$output"
	[ "$status" -eq 2 ]
	[[ $output == *"no two of this kind: different packages"* ]]
}

@test "where shootdowns may be broadcast, that is provoked first, or a HOLDS has a proviso" {
	need_two_cpus
	[ "$(uname -m)" = x86_64 ] || skip "INVLPGB is of x86"
	sed 's/^flags.*/& invlpgb/' /proc/cpuinfo >"$BATS_TEST_TMPDIR/cpuinfo"
	run unshare -m sh -c 'mount --bind "$1" /proc/cpuinfo && shift && exec "$@"' sh \
		"$BATS_TEST_TMPDIR/cpuinfo" "$RCUSTRESS" "$sb" --threads 2 --time 120s \
		--barrier mprotect-none,membarrier
	[[ $output == *machine* ]] || skip "no mount namespaces here"
	echo "$output"
	if [ "$(nproc)" -lt 4 ]; then
		[[ $output == *"HOLDS (not claimed here)  mprotect-none "*"proviso: this CPU can broadcast"* ]]
	else
		[[ $output == *"  mprotect-none "*"warmed up on "* ]]
	fi
	# It is about shootdowns only.
	[[ ${output##*membarrier} != *INVLPGB* ]]
}

@test "32 threads: mprotect holds" {
	need_two_cpus
	run "$RCUSTRESS" "$sb" --threads 32 --time 120s --barrier mprotect
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"32 threads (1 writer, 31 readers)"* ]]
}

@test "several writers: a broken barrier is broken, a sound one holds" {
	need_two_cpus
	run "$RCUSTRESS" "$sb" --writers 2 --readers 4 --time 120s --barrier mprotect-untouched
	echo "$output"
	[ "$status" -eq 1 ]
	run "$RCUSTRESS" "$sb" --writers 2 --readers 4 --time 120s --barrier fence
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "unbound threads reach a verdict too" {
	need_two_cpus
	run "$RCUSTRESS" "$sb" --threads 2 --affinity none --time 120s --barrier mprotect-untouched
	echo "$output"
	[ "$status" -eq 1 ]
}

@test "--barrier all: every control is caught, and nothing else is broken" {
	need_two_cpus
	# Three of them are slow, and may take all they get without an end.
	run "$RCUSTRESS" "$sb" --threads 2 --time 5s --barrier all
	echo "$output"
	[ "$status" -eq 0 ] || [ "$status" -eq 3 ]
	controls=$("$RCUSTRESS" --barrier help | grep -c 'control:')
	[ "$(grep -c '^BROKEN (as a control must be)' <<<"$output")" -eq "$controls" ]
	[ "$(grep -c '^BROKEN' <<<"$output")" -eq "$controls" ]
	[[ ${lines[-1]} == "HOLDS: "* || ${lines[-1]} == "INCONCLUSIVE: "* ]]
}

@test "one CPU: inconclusive, and says why" {
	run taskset -c "$(taskset -cp $$ | sed 's/.*: *\([0-9]*\).*/\1/')" \
		"$RCUSTRESS" "$sb" --barrier all --time 5s
	echo "$output"
	[ "$status" -eq 3 ]
	[[ $output == *"INCONCLUSIVE  mprotect  SB+barrier+memb"*"only one CPU"* ]]
	[[ $output != *"BROKEN"* ]]
}

@test "--inconclusive pass makes it pass" {
	run "$RCUSTRESS" "$sb" --cpus "$(taskset -cp $$ | sed 's/.*: *\([0-9]*\).*/\1/')" --inconclusive pass
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *INCONCLUSIVE* ]]
}

@test "--no-control proves nothing, but still sees hits" {
	need_two_cpus
	run "$RCUSTRESS" "$sb" --threads 2 --no-control --time 1s --barrier mprotect
	echo "$output"
	[ "$status" -eq 3 ]
	[[ $output == *"INCONCLUSIVE"*"without a control"* ]]
	run "$RCUSTRESS" "$sb" --threads 2 --no-control --time 60s --barrier none
	[ "$status" -eq 1 ]
}

@test "a delay far past the horizon is not said to hold" {
	need_two_cpus
	run "$RCUSTRESS" "$sb" --threads 2 --time 2s --barrier delay:2000000
	echo "$output"
	[ "$status" -eq 3 ]
	[[ $output == *"INCONCLUSIVE"* ]]
}

@test "a twin of which too little is known backs nothing" {
	need_two_cpus
	for limit in 50ms 300ms 2s; do
		run "$RCUSTRESS" "$sb" --threads 2 --time $limit --barrier delay:2000000 --p-missed 0.1
		echo "$output"
		[ "$status" -eq 3 ]
	done
}

@test "many short runs on a broken twin: not one HOLDS" {
	need_two_cpus
	for _ in $(seq 40); do
		run "$RCUSTRESS" "$sb" --threads 4 --time 200ms --barrier mprotect-untouched --p-missed 0.1
		[[ $output != *HOLDS* ]] || { echo "$output"; return 1; }
	done
}

@test "a smaller --p-missed takes more blocks" {
	need_two_cpus
	run "$RCUSTRESS" "$sb" --threads 2 --time 120s --barrier fence --p-missed 1e-9 -v
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"30 of the 30 needed"* ]]
}

@test "--sensitivity goes on until it can say so" {
	need_two_cpus
	run "$RCUSTRESS" "$sb" --threads 2 --time 120s --barrier fence --sensitivity 300000
	echo "$output"
	[ "$status" -eq 0 ]
	said=$(sed -n 's/.*sensitivity one in \([0-9]*\).*/\1/p' <<<"$output")
	[ "$said" -ge 300000 ]
}

@test "every amplifier that works here can be named" {
	need_two_cpus
	for name in $("$RCUSTRESS" list --amplifiers | awk '$2 == "works" { print $1 }'); do
		run "$RCUSTRESS" "$sb" --threads 2 --time 1s --memory 64M --amplify "$name" --barrier fence
		echo "$output"
		[ "$status" -eq 0 ] || [ "$status" -eq 3 ]
		[[ $output == *"subject 0/"*"amplifier $name"* ]]
	done
}

@test "bare store buffering is counted and not judged" {
	need_two_cpus
	run "$RCUSTRESS" --threads 2 --time 1s --full SB
	echo "$output"
	[ "$status" -eq 77 ]
	[[ $output == *"ALLOWED  -  SB  subject "[1-9]*"hits/s"* ]]
}

@test "bench measures costs, the curve and bare SB" {
	need_two_cpus
	run "$RCUSTRESS" bench --time 50ms --memory 16M
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"mprotect "*"horizon: "*"bare SB, 1 pair"*" hits/s at "* ]]
	# A row for each delay, and a column for each amplifier that works here.
	[ "$(grep -cE '^ +[0-9]+\.[0-9] .*( 0%|[0-9]%\*?| -)$' <<<"$output")" -eq 14 ]
	amplifiers=$("$RCUSTRESS" list --amplifiers | grep -c 'works here')
	[ "$(grep -E '^ +4\.0 ' <<<"$output" | grep -oE ' -( |$)|%' | wc -l)" -eq "$amplifiers" ]
}

@test "horizon ends in one number, with the barriers that it lets judge" {
	need_two_cpus
	run "$RCUSTRESS" horizon --time 60ms
	echo "$output"
	[ "$status" -eq 0 ]
	[ "$(grep -c '^ *[0-9.]* [num]s .* %  .*/.* x[0-9]' <<<"$output")" -eq 33 ]
	[[ $output == *"100 % |*"* ]]
	[[ $output == *$'\nfence '*" delay"* ]]
	[[ ${lines[-1]} == "horizon: "*" us, with "* ]]
}

@test "without an amplifier the horizon is well below that with one, or none" {
	need_two_cpus
	run "$RCUSTRESS" horizon --time 60ms --amplify none --barrier fence
	echo "$output"
	[ "$status" -eq 0 ]
	[[ ${lines[-1]} == "horizon: none"* || ${lines[-1]} == "horizon: "[0-9]*" ns, with none"* ]]
}

@test "bare SB has no room for antagonists, and needs none" {
	need_two_cpus
	run "$RCUSTRESS" --threads 2 --time 200ms --amplify contend SB
	echo "$output"
	[ "$status" -eq 77 ]
}
