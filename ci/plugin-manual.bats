#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# What rcustress-plugin(7) says to do is done, word by word.

load helper

page=$BATS_TEST_DIRNAME/../man/rcustress-plugin.7

# The Nth literal display of the page, as a reader sees it.
display() { # N
	awk -v wanted="$1" '
		/^\.Ed/ { shown = 0 }
		shown && n == wanted { gsub(/\\e/, "\\"); print }
		/^\.Bd -literal/ { n++; shown = 1 }
	' "$page"
}

# A command of the page, with paths as they are here.
commanded() { # PATTERN
	grep -h "^\\$ .*$1" "$page" | sed -n '1s/^\$ //p' |
		sed "s|\$(pkg-config --cflags rcustress)|-I$BATS_TEST_DIRNAME/../src|
			s|^cc |${CC:-cc} |; s|^rcustress|$RCUSTRESS --time 30s|"
}

setup_file() {
	need_compiler
}

@test "from an empty file to a verdict" {
	need_two_cpus
	cd "$BATS_TEST_TMPDIR"
	display 1 >mine.c
	grep -q '^static int heavy' mine.c
	compile=$(commanded 'cc -shared') run=$(commanded 'rcustress .*SB+barrier+memb')
	[ -n "$compile" ] && [ -n "$run" ]
	sh -c "$compile -Wall -Wextra -Werror"
	run sh -c "$run"
	echo "$output"
	[[ $output == *"plug-in  mine: a page to RW and back to R, of "*"/mine.so:rcustress_barrier"* ]]
	[[ $output == *"BROKEN  mine  SB+barrier+memb"* ]]
	[ "$status" -eq 1 ]
	# Mended as the page says, where that is enough.
	case $(uname -m) in x86_64 | i?86) ;; *) return 0 ;; esac
	mend=$(display 4)
	[[ $mend == *volatile* ]]
	awk -v mend="$mend" '/PROT_READ\) != 0/ { print mend } { print }' mine.c >mended.c
	! cmp -s mine.c mended.c
	mv mended.c mine.c
	sh -c "$compile -Wall -Wextra -Werror"
	run sh -c "$(commanded 'rcustress .*SB+barrier+memb')"
	echo "$output"
	[[ $output != *BROKEN* ]]
	[[ $output == *"HOLDS  mine  SB+barrier+memb"* || $output == *INCONCLUSIVE* ]]
	run sh -c "$(commanded 'rcustress .*rcu$')"
	echo "$output"
	[[ $output != *BROKEN* && $output != *FAULT* ]]
	[[ $output == *"  mine  rcu asym"* ]]
}
