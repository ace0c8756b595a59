#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# The project itself: installs, packs, and its manual is well-formed.

load helper

top=$BATS_TEST_DIRNAME/..

@test "meson install puts program, manuals and litmus tests in their places" {
	build=$(dirname "$RCUSTRESS")
	DESTDIR=$BATS_TEST_TMPDIR run meson install -C "$build" --no-rebuild
	[ "$status" -eq 0 ]
	[ -n "$(find "$BATS_TEST_TMPDIR" -type f -name rcustress -perm -u+x)" ]
	if [ -x "$build/rcustress-urcu" ]; then
		[ -n "$(find "$BATS_TEST_TMPDIR" -type f -name rcustress-urcu -perm -u+x)" ]
	fi
	[ -n "$(find "$BATS_TEST_TMPDIR" -path '*/man/man1/rcustress.1*')" ]
	[ -n "$(find "$BATS_TEST_TMPDIR" -path '*/man/man5/rcustress-litmus.5*')" ]
	diff <(find "$BATS_TEST_TMPDIR" -name '*.litmus' -printf '%f\n' | sort) \
		<(find "$top/litmus" -name '*.litmus' -printf '%f\n' | sort)
}

@test "the manuals are clean under mandoc's lint, before and after the suite is put in" {
	run mandoc -T lint -W warning "$top"/man/*.[1-9] "$(dirname "$RCUSTRESS")/rcustress.1"
	echo "$output"
	[ -z "$output" ]
}

@test "the manual lists the suite, each test by its name" {
	page=$(dirname "$RCUSTRESS")/rcustress.1
	diff <(sed -n 's/^\.It Sy \\&//p' "$page" | sed 's/\\-/-/g') \
		<("$RCUSTRESS" list --tests | awk '$1 != "why:" && NR > 1 { print $1 }')
}

@test "the manual's examples of tests are understood" {
	awk -v folder="$BATS_TEST_TMPDIR" '
		/^\.Ed/ { if (name) close(folder "/" name ".litmus"); name = "" }
		shown && $1 == "C" { name = $2 }
		{ shown = /^\.Bd -literal/ }
		name { gsub(/\\e/, "\\"); print > (folder "/" name ".litmus") }
	' "$top/man/rcustress-litmus.5"
	for file in "$BATS_TEST_TMPDIR"/*.litmus; do
		echo "$file"
		"$RCUSTRESS" list --source "$file" >"$BATS_TEST_TMPDIR/printed"
		# What is printed is the same test.
		"$RCUSTRESS" list --source "$BATS_TEST_TMPDIR/printed" |
			diff "$BATS_TEST_TMPDIR/printed" -
	done
	[ "$(find "$BATS_TEST_TMPDIR" -name '*.litmus' | wc -l)" -ge 7 ]
}

@test "every source file says its licence" {
	run grep -rL SPDX-License-Identifier "$top"/src "$top"/ci "$top"/meson.build "$top"/.ci
	echo "$output"
	[ -z "$output" ]
}

@test "includes point one way only" {
	# Each folder may use itself and those behind it in this line.
	allowed() { # FOLDER INCLUDED
		case $1 in
		host) [ "$2" = host ] ;;
		litmus) [[ $2 =~ ^(litmus|host)$ ]] ;;
		verdict) [[ $2 =~ ^(verdict|host)$ ]] ;;
		barrier) [[ $2 =~ ^(barrier|host)$ ]] ;;
		model) [[ $2 =~ ^(model|litmus|host)$ ]] ;;
		rcu) [[ $2 =~ ^(rcu|barrier|host)$ ]] ;;
		stress) [[ $2 =~ ^(stress|rcu|barrier|model|litmus|verdict|host)$ ]] ;;
		report) [[ $2 =~ ^(report|stress|rcu|model|litmus|verdict|host)$ ]] ;;
		check) [[ $2 =~ ^(check|stress|barrier|verdict|host)$ ]] ;;
		cli) true ;;
		esac
	}
	for folder in host litmus model verdict barrier rcu stress report check cli; do
		for included in $(grep -rhoE '^#include "[a-z]+/' --exclude-dir=test "$top/src/$folder" |
			sed 's/.*"\(.*\)\//\1/' | sort -u); do
			allowed $folder "$included" || { echo "$folder includes $included"; return 1; }
		done
	done
}
