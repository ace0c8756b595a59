#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# The language of litmus tests, as far as no command of the program is needed for it.

top=$BATS_TEST_DIRNAME/..

@test "the fuzzer's seeds, good and broken, do no harm" {
	run "$top/ci/fuzz" 0
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
