# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash
# Sourced by ci/static and ci/musl: tries a static program, and counts in $passed and
# $failed.
passed=0 failed=0

# One that passes if the command does.
check() { # DESCRIPTION COMMAND…
	if "${@:2}"; then
		echo "ok $1"
		passed=$((passed + 1))
	else
		echo "not ok $1"
		failed=$((failed + 1))
	fi
}

wants_no_loader() { # PROGRAM
	local headers

	headers=$(LC_ALL=C readelf -lW "$1") || return 1
	! grep -q INTERP <<<"$headers"
}

# Its output has this pattern.
says() { # PATTERN PROGRAM ARGUMENT…
	local output

	output=$("${@:2}" 2>&1)
	grep -q -e "$1" <<<"$output" && return 0
	echo "$output"
	return 1
}

# With the status of what cannot be used so.
refuses_a_plugin() { # PROGRAM
	local status folder

	folder=$(mktemp -d)
	"${CC:-cc}" -shared -fPIC -O2 -Isrc -o "$folder/it.so" ci/plugin/readers-fence.c &&
		says "it.so cannot be loaded: this program is linked statically" \
			"$1" --barrier "$folder/it.so" SB+barrier+memb &&
		"$1" --barrier "$folder/it.so" SB+barrier+memb 2>/dev/null
	status=$?
	rm -rf "$folder"
	[ $status -eq 2 ]
}

try_static() { # PROGRAM
	check "it wants no loader" wants_no_loader "$1"
	check "help" says "^Usage: rcustress " "$1" --help
	check "an option that is none is refused" says "rcustress --help" "$1" --hepl
	check "list" says "SB+barrier+memb" "$1" list --tests
	check "prove" says "SB+mbs *tso *Never" "$1" prove --model all SB+mbs
	check "a barrier that does nothing is found out" says "^BROKEN" \
		"$1" --barrier none --total 60s SB+barrier+memb
	check "fences order" says "^HOLDS" "$1" --total 60s SB+mbs
	check "a plug-in is refused" refuses_a_plugin "$1"
	check "a file is refused" says "this program is linked statically" \
		"$1" litmus/SB+mbs.litmus
}
