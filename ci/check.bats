#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# rcustress-check as others get it: installed, found by pkg-config, linked from C and C++.

load helper

setup_file() {
	export top=$BATS_TEST_DIRNAME/..
	export root=$BATS_FILE_TMPDIR/root
	DESTDIR=$root meson install -C "$(dirname "$RCUSTRESS")" --no-rebuild >/dev/null
	# What is installed elsewhere on this machine is not what is tested.
	PKG_CONFIG_LIBDIR=$(dirname "$(find "$root" -name rcustress-check.pc)")
	export PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR=$root
}

need_installed() { # COMMAND…
	local command
	for command in "$@"; do
		command -v "$command" >/dev/null || skip "no $command"
	done
}

flags() {
	pkg-config --cflags --libs --static rcustress-check
}

# Compiles with each of the compilers that there are, strictly, and runs what comes of it.
each() { # COMPILERS SOURCE OPTION… -- STATUS PATTERN ARGUMENT…
	local compilers=$1 source=$2 compiler options=()

	shift 2
	while [ "$1" != -- ]; do
		options+=("$1")
		shift
	done
	shift
	for compiler in $compilers; do
		command -v "$compiler" >/dev/null || continue
		# shellcheck disable=SC2046  # words
		"$compiler" -O2 -Wall -Wextra -Wpedantic -Werror "${options[@]}" "$source" $(flags) \
			-o "$BATS_TEST_TMPDIR/program"
		run "$BATS_TEST_TMPDIR/program" "${@:3}"
		echo "$compiler: $output"
		[ "$status" -eq "$1" ]
		[[ $output =~ $2 ]]
	done
}

@test "the example in C holds, built by every compiler" {
	need_two_cpus
	need_installed pkg-config gcc
	each "gcc clang" "$(find "$root" -name example.c)" -std=c99 -D_GNU_SOURCE \
		-- 0 '^HOLDS  membarrier  subject 0/[0-9]+, control [1-9]'
}

@test "the example in C++ holds, built by every compiler" {
	need_two_cpus
	need_installed pkg-config g++
	[ "$(uname -m)" = x86_64 ] || skip "mprotect(2) is no barrier everywhere"
	each "g++ clang++" "$(find "$root" -name example.cpp)" -std=c++11 \
		-- 0 '^HOLDS  mprotect  subject 0/[0-9]+, control [1-9]'
}

@test "a heavy side that does nothing is broken, in the process and in a child" {
	need_two_cpus
	need_installed pkg-config gcc
	each gcc "$top/ci/check/broken.c" -- 1 '^BROKEN  barrier  subject [1-9].*witness: round '
	each gcc "$top/ci/check/broken.c" -- 1 '^BROKEN  barrier  subject [1-9].*witness: round ' fork
}

@test "it can be linked into a shared object, which then exports nothing of it" {
	need_installed pkg-config gcc nm
	cd "$BATS_TEST_TMPDIR"
	cat >test.c <<-'END'
		#include <rcustress-check.h>
		int ask(const struct rcustress_check *, struct rcustress_check_result *);
		int ask(const struct rcustress_check *check, struct rcustress_check_result *result)
		{
			return rcustress_check(check, result);
		}
	END
	# shellcheck disable=SC2046  # words
	gcc -shared -fPIC -Wl,-z,defs test.c $(flags) -o test.so
	run nm -D --defined-only test.so
	echo "$output"
	[[ $output == *" ask"* ]]
	[[ $output != *" rcs_"* && $output != *" rcustress_"* ]]
}

@test "no name of the library's is anybody else's" {
	need_installed nm
	run nm -g --defined-only "$(find "$root" -name librcustress-check.a)"
	[[ $output == *" T rcustress_check"* ]]
	names=$(awk 'NF == 3 && $3 !~ /^(rcs|rcustress)_/ { print $3 }' <<<"$output")
	echo "$names"
	[ -z "$names" ]
}

@test "the header wants nothing from its includer, in old C and old C++" {
	need_installed gcc g++
	header=$(find "$root" -name rcustress-check.h)
	gcc -std=c99 -Wall -Wextra -Wpedantic -Werror -x c -fsyntax-only - <<<"#include \"$header\""
	g++ -std=c++98 -Wall -Wextra -Werror -x c++ -fsyntax-only - <<<"#include \"$header\""
}

@test "manual and examples are installed, and the manual's example compiles" {
	need_installed pkg-config gcc
	[ -n "$(find "$root" -path '*/man/man3/rcustress-check.3*')" ]
	[ "$(find "$root" -path '*/rcustress/examples/check/example.*' | wc -l)" -eq 2 ]
	cd "$BATS_TEST_TMPDIR"
	awk '/^\.Ed/ { shown = 0 } shown { print } /^\.Bd -literal -offset indent/ { shown = 1 }' \
		"$top/man/rcustress-check.3" >example.c
	grep -q rcustress_check_format example.c
	# shellcheck disable=SC2046  # words
	gcc -Wall -Wextra -Werror -fsyntax-only example.c $(pkg-config --cflags rcustress-check)
}

@test "the manual names every member and every verdict" {
	header=$top/src/rcustress-check.h
	names=$(grep -oE '\bRCUSTRESS_[A-Z]+(_FORK)?\b' "$header" | grep -vE '_(CHECK|H)$')
	# Of a line such as "void (*light)(void *argument);" or "uint64_t calls, hits;".
	names+=" $(sed 's,/\*.*,,; s/(void \*argument)//; s/\[[0-9]*\]//g' "$header" |
		sed -n 's/^\t\(.*\);.*/\1/p' | sed 's/[^,]* //; s/[(*),]/ /g; s/, */ /g')"
	for name in $names; do
		grep -qw -- "$name" "$top/man/rcustress-check.3" || { echo "not in the manual: $name"; return 1; }
	done
	[ "$(wc -w <<<"$names")" -ge 35 ]
}
