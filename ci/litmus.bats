#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# The language of litmus tests: files that keep to it, and what becomes of all others.

load helper

top=$BATS_TEST_DIRNAME/..

@test "the fuzzer's seeds, good and broken, do no harm" {
	run "$top/ci/fuzz" 0 parse
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *types.litmus* ]]
}

@test "a test's file bears the test's name, and says what it is about" {
	for file in "$top"/litmus/*.litmus; do
		grep -qx "C $(basename "$file" .litmus)" "$file"
		grep -q '^ \* [A-Z]' "$file"
		grep -q '^ \* Result: [a-z0-9]*=' "$file"
	done
}

# Refused with exit status 2 and one line, by a run and by list: nothing on standard
# output, nothing written, and soon.
refused() { # EXPECTED-WORDS FILE
	local command status before

	before=$(find "$BATS_TEST_TMPDIR" | sort)
	for command in "" "list --source"; do
		status=0
		# shellcheck disable=SC2086  # one word, two or none
		XDG_CACHE_HOME=$BATS_TEST_TMPDIR TMPDIR=$BATS_TEST_TMPDIR timeout 20 \
			"$RCUSTRESS" $command "$2" >"$BATS_FILE_TMPDIR/out" \
			2>"$BATS_FILE_TMPDIR/err" </dev/null || status=$?
		cat "$BATS_FILE_TMPDIR/out" "$BATS_FILE_TMPDIR/err"
		[ "$status" -eq 2 ]
		[ ! -s "$BATS_FILE_TMPDIR/out" ]
		[ "$(wc -l <"$BATS_FILE_TMPDIR/err")" -eq 1 ]
		# One line on a terminal, too.
		[ -z "$(tr -d '\n' <"$BATS_FILE_TMPDIR/err" | LC_ALL=C tr -d ' -~')" ]
		[[ $(<"$BATS_FILE_TMPDIR/err") == "rcustress: "*"$1"* ]]
	done
	[ "$(find "$BATS_TEST_TMPDIR" | sort)" = "$before" ]
}

# SB.litmus, changed as sed is told, to x.litmus.
changed() { # SED-COMMAND
	sed "$1" "$suite/SB.litmus" >x.litmus
	! cmp -s x.litmus "$suite/SB.litmus" || return 1
}

@test "a file that ends early is refused, wherever it ends" {
	cd "$BATS_TEST_TMPDIR"
	size=$(wc -c <"$suite/SB.litmus")
	for bytes in 0 1 2 4 5 20 150 250 $((size / 2)) $((size * 3 / 4)) $((size - 10)) $((size - 3)); do
		head -c $bytes "$suite/SB.litmus" >x.litmus
		refused "x.litmus:" x.litmus
		[[ $(<"$BATS_FILE_TMPDIR/err") =~ x\.litmus:[0-9]+:[0-9]+:\ . ]]
	done
}

@test "what is not understood is named with its line and column" {
	cd "$BATS_TEST_TMPDIR"
	changed 's/WRITE_ONCE(\*x/WRITE_TWICE(*x/'
	line=$(grep -n WRITE_TWICE x.litmus | cut -d : -f 1)
	refused "x.litmus:$line:2: unknown primitive 'WRITE_TWICE'" x.litmus
	changed 's/READ_ONCE(\*y)/READ_ONCE(*q)/'
	line=$(grep -n '\*q' x.litmus | cut -d : -f 1)
	refused "x.litmus:$line:18: unknown shared variable 'q'" x.litmus
	changed 's/^P1/P2/'
	refused "x.litmus:$(grep -n '^P2' x.litmus | cut -d : -f 1):1: want P1 here, not 'P2'" x.litmus
	changed 's/^P1/P4294967297/'
	refused "x.litmus:$(grep -n '^P4' x.litmus | cut -d : -f 1):1: " x.litmus
	changed 's/1:r0=0/7:r0=0/'
	refused "x.litmus:$(grep -n '^exists' x.litmus | cut -d : -f 1):" x.litmus
	changed 's/1:r0=0/1:r9=0/'
	refused "x.litmus:$(grep -n '^exists' x.litmus | cut -d : -f 1):" x.litmus
	changed 's/^exists.*//'
	refused "x.litmus:" x.litmus
	changed 's/int r0;/while (1) ;/'
	refused "x.litmus:$(grep -n 'while' x.litmus | head -n 1 | cut -d : -f 1):2: " x.litmus
	changed '1s/^C/X86/'
	refused "x.litmus:1:1: " x.litmus
}

@test "two tests in a file are one too many" {
	cd "$BATS_TEST_TMPDIR"
	cat "$suite/SB.litmus" "$suite/MP.litmus" >x.litmus
	refused "x.litmus:$(($(wc -l <"$suite/SB.litmus") + 1)):1: a second test in the file" x.litmus
}

@test "numbers that are too large are refused" {
	cd "$BATS_TEST_TMPDIR"
	for number in 2147483648 4294967296 18446744073709551617 0x100000000 \
		"$(printf '9%.0s' $(seq 5000))"; do
		changed "s/(\\*x, 1)/(*x, $number)/"
		refused "x.litmus:$(grep -n 'WRITE_ONCE(\*x' x.litmus | cut -d : -f 1):17: " x.litmus
		changed "s/^{}/{ x=$number; }/"
		refused "x.litmus:" x.litmus
		changed "s/0:r0=0/0:r0=$number/"
		refused "x.litmus:" x.litmus
	done
}

@test "however deep it is nested, it is refused, and soon" {
	cd "$BATS_TEST_TMPDIR"
	many() { # TEXT
		printf "$1%.0s" $(seq 10000)
	}
	{ printf 'C x\n{}\nP0(int *x) {\n'; many '{'; many '}'; printf '}\nexists (x=0)\n'; } >x.litmus
	refused "x.litmus:4:33: nested deeper than 32 levels" x.litmus
	{ printf 'C x\n{}\nP0(int *x) {\nr0 = '; many '('; echo; } >x.litmus
	refused "x.litmus:4:" x.litmus
	{ printf 'C x\n{}\nP0(int *x) {\nr0 = '; many '~'; echo; } >x.litmus
	refused "x.litmus:4:" x.litmus
	{ printf 'C x\n{}\nP0(int *x) { }\nexists '; many '('; echo; } >x.litmus
	refused "x.litmus:4:" x.litmus
	{ printf 'C x\n{}\nP0(int *x) { }\nexists '; many '~'; echo; } >x.litmus
	refused "x.litmus:4:" x.litmus
	{ printf 'C x\n'; many '(*'; echo; } >x.litmus
	refused "x.litmus:2:" x.litmus
}

@test "a name that means something to others is refused" {
	cd "$BATS_TEST_TMPDIR"
	for name in '"SB"' '../../SB' '/etc/SB' "S'B" 'S;B' 'S$B' 'S`B' 'S%sB' 'S(B' $'S\xe4B' \
		$'S\033[31mB' .SB '' "$(printf 'x%.0s' $(seq 1000))"; do
		{ printf 'C %s\n' "$name"; sed 1d "$suite/SB.litmus"; } >x.litmus
		refused "x.litmus:" x.litmus
	done
	printf 'C S\nB\n{}\nP0(int *x) { }\nexists (x=0)\n' >x.litmus
	refused "x.litmus:2:1: " x.litmus
	# So are names of variables that C would take for something else.
	for name in int if '__attribute__((x))' 'x[1]' $'\xc3\xa4'; do
		{ printf 'C x\n{}\nP0(int *%s) { }\nexists (true)\n' "$name"; } >x.litmus
		refused "x.litmus:3:" x.litmus
	done
}

@test "bytes that are no text are refused" {
	cd "$BATS_TEST_TMPDIR"
	changed $'s/int r0;/int r\xe4;/'
	refused "x.litmus:16:7: byte 0xe4 is not allowed here" x.litmus
	{ cat "$suite/SB.litmus"; printf '\0'; } >x.litmus
	refused "x.litmus:" x.litmus
	{ printf '\xef\xbb\xbf'; cat "$suite/SB.litmus"; } >x.litmus
	refused "x.litmus:1:1: " x.litmus
}

@test "garbage of any size is refused, and soon" {
	cd "$BATS_TEST_TMPDIR"
	head -c 1048576 /dev/urandom >x.litmus
	refused "x.litmus: a test has 65536 bytes at most" x.litmus
	for n in 1 2 3 4 5; do
		{ printf x; head -c $((n * 10000)) /dev/urandom; } >x.litmus # else a blank, at times
		refused "x.litmus:1:1: " x.litmus
		{ printf 'C x\n{}\nP0(int *x) {'; head -c $((n * 10000)) /dev/urandom | tr -cd ' -~\n'; } >x.litmus
		refused "x.litmus:" x.litmus
	done
	yes '((' | head -c 65536 >x.litmus
	refused "x.litmus:1:1: " x.litmus
	{ echo 'C x'; yes '(* *)' | head -c 66000; } >x.litmus
	refused "x.litmus: a test has 65536 bytes at most" x.litmus
	truncate -s 1T x.litmus 2>/dev/null || truncate -s 1G x.litmus
	refused "x.litmus: a test has 65536 bytes at most" x.litmus
	rm x.litmus
}

@test "what is no file is refused, and nothing hangs" {
	cd "$BATS_TEST_TMPDIR"
	mkfifo x.litmus
	refused "x.litmus: a device or pipe, not a file" x.litmus
	refused "/dev/zero: a device or pipe, not a file" /dev/zero
	refused "/dev/null: a device or pipe, not a file" /dev/null
	refused "./missing.litmus: cannot open: No such file or directory" ./missing.litmus
	refused "x.litmus/y.litmus: cannot open: Not a directory" x.litmus/y.litmus
	ln -s loop.litmus loop.litmus
	refused "loop.litmus: cannot open: Too many levels of symbolic links" loop.litmus
	refused ": cannot open: File name too long" "$(printf 'x/%.0s' $(seq 3000)).litmus"
	refused ": cannot open: No such file or directory" $'a\n\033[31mb.litmus'
	mkdir folder
	run "$RCUSTRESS" list --source folder
	[ "$status" -eq 2 ]
	[ "$output" = "rcustress: folder: a directory, not a file" ]
	[ "$(id -u)" -ne 0 ] || skip "root may read anything"
	cp "$suite/SB.litmus" secret.litmus
	chmod 0 secret.litmus
	refused "secret.litmus: cannot open: Permission denied" secret.litmus
}

@test "a test that mixes numbers and addresses is understood, and not run" {
	cd "$BATS_TEST_TMPDIR"
	printf '%s\n' 'C auto/M[1]' '{ x=y; }' \
		'P0(int *x) { r0 = READ_ONCE(*x); r1 = READ_ONCE(*r0); }' \
		'P1(int *y) { WRITE_ONCE(*y, 1); }' 'exists (0:r1=1)' >x.litmus
	run "$RCUSTRESS" ./x.litmus
	echo "$output"
	[ "$status" -eq 77 ]
	[[ $output == *"SKIPPED "*" M[1]"* ]]
	[[ $output == *"M[1]:2:5: 'x' is an int and begins as an address: it can be proved, but not run"* ]]
	"$RCUSTRESS" list --source x.litmus >first.litmus
	"$RCUSTRESS" list --source first.litmus | cmp - first.litmus
	run "$RCUSTRESS" prove -m sc x.litmus
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *Sometimes* ]]
}

@test "a name may be long, and what is kept bears it" {
	cd "$BATS_TEST_TMPDIR"
	name="$(printf 'n%.0s' $(seq 121))+[1].2"
	{ printf 'C a/%s\n' "$name"; sed 1d "$suite/SB.litmus"; } >x.litmus
	run env XDG_CACHE_HOME="$PWD" "$RCUSTRESS" --keep=kept -T 100ms ./x.litmus
	echo "$output"
	[[ $output == *"$name"* ]]
	[ -s "kept/$(tr '[].' _ <<<"$name").c" ]
}

@test "list --source prints what the program understood, which means the same again" {
	cd "$BATS_TEST_TMPDIR"
	for file in "$suite"/*.litmus; do
		name=$(basename "$file" .litmus)
		"$RCUSTRESS" list --source "$name" >first.litmus
		"$RCUSTRESS" list --source first.litmus >second.litmus
		cmp first.litmus second.litmus
		"$RCUSTRESS" list --source "$file" | cmp - first.litmus
	done
}
