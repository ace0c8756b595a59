#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
# Completions of bash, zsh and fish, each asked as its shell asks: options are those of
# --help, names those of the program.

load helper

folder=$BATS_TEST_DIRNAME/../src/cli/completions
commands="list prove horizon bench mutants report"

setup_file() {
	mkdir "$BATS_FILE_TMPDIR/bin"
	ln -s "$(realpath "$RCUSTRESS")" "$BATS_FILE_TMPDIR/bin/rcustress"
	cat >"$BATS_FILE_TMPDIR/offer.bash" <<-'END'
		. "$1/rcustress.bash"
		COMP_LINE=$2 COMP_POINT=${#2}
		read -ra COMP_WORDS <<<"$2"
		[[ $2 == *" " ]] && COMP_WORDS+=("")
		COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
		$(complete -p rcustress | sed 's/.*-F \([^ ]*\) .*/\1/')
		[ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\n' "${COMPREPLY[@]}"
	END
	# In a terminal of its own, with all that is offered written down as well.
	cat >"$BATS_FILE_TMPDIR/inner.zsh" <<-'END'
		fpath=($COMPLETIONS $fpath)
		autoload -U compinit
		compinit -u -d $DUMP
		bindkey '^I' complete-word
		done_completing() { print -r -- '== end' >>$HITS }
		comppostfuncs=(done_completing)
		compadd() {
			local -a hits
			if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\ * ]]; then
				builtin compadd -A hits "$@"
				(( $#hits )) && print -rl -- $hits >>$HITS
			fi
			builtin compadd "$@"
		}
		print -r -- '== ready' >>$HITS
	END
	cat >"$BATS_FILE_TMPDIR/offer.zsh" <<-'END'
		zmodload zsh/zpty zsh/zselect
		wait_for() {
			for i in {1..3000}; do
				grep -qx "== $1" $HITS && return
				zselect -t 2
				zpty -r -t shell junk
			done
			print -u2 "no $1"
			exit 1
		}
		export COMPLETIONS=$1 DUMP=${0:h}/dump HITS=$(mktemp)
		zpty shell zsh -f -i
		zpty -w shell "source ${0:h}/inner.zsh"
		wait_for ready
		zpty -w -n shell "$2"$'\t'
		wait_for end
		zpty -d shell
		sed '/^== /d' $HITS
		rm -f $HITS
	END
}

setup() {
	PATH=$BATS_FILE_TMPDIR/bin:$PATH
	cd "$BATS_TEST_TMPDIR" || return 1
}

# What is offered behind this line, one a line.
offered() { # SHELL LINE
	command -v "$1" >/dev/null || { echo "no $1"; return 1; }
	case $1 in
	bash) bash --norc "$BATS_FILE_TMPDIR/offer.bash" "$folder" "$2" ;;
	zsh) zsh -f "$BATS_FILE_TMPDIR/offer.zsh" "$folder" "$2" ;;
	fish) fish --no-config -c "source $folder/rcustress.fish; complete -C '$2'" | cut -f1 ;;
	esac | sed 's/=$//' | sort -u
}

options_agree() { # SHELL
	for command in "" $commands; do
		echo "$1: $command"
		# shellcheck disable=SC2086
		diff <("$RCUSTRESS" $command --help |
			sed -nE 's/^  (-[^ ], |    )(--[a-z-]+).*/\2/p' | sort -u) \
			<(offered "$1" "rcustress ${command:+$command }--" | grep '^--')
	done
}

@test "bash: every long option of each command, and no other" {
	options_agree bash
}

@test "zsh: every long option of each command, and no other" {
	options_agree zsh
}

@test "fish: every long option of each command, and no other" {
	options_agree fish
}

# The words offered, with nothing before them, are these names and perhaps others.
names_agree() { # SHELL LINE KIND-OF-NAME WORD…
	echo "$1: $2"
	diff <({ "$RCUSTRESS" list --names "--$3"; printf '%s\n' "${@:4}"; } | sed '/^$/d' | sort -u) \
		<(offered "$1" "$2" | sed 's/^--[a-z]*=//')
}

@test "names are the program's own" {
	[ "$("$RCUSTRESS" list --names --barriers | head -1)" = mprotect ]
	for shell in bash zsh fish; do
		names_agree $shell "rcustress --barrier " barriers all sound help
		names_agree $shell "rcustress horizon --barrier=" barriers all sound help
		names_agree $shell "rcustress mutants -b " barriers
		names_agree $shell "rcustress --rcu " rcu all help
		names_agree $shell "rcustress bench --flavours " rcu all help
		names_agree $shell "rcustress --amplify=" amplifiers auto
		names_agree $shell "rcustress -a " amplifiers auto
		names_agree $shell "rcustress mutants " mutants
		names_agree $shell "rcustress --format " formats
		names_agree $shell "rcustress report --output " formats
		names_agree $shell "rcustress --expect " barriers
	done
}

@test "what is listed by name is what is listed" {
	for kind in tests barriers amplifiers rcu mutants formats; do
		diff <("$RCUSTRESS" list --names --$kind) \
			<("$RCUSTRESS" list --$kind |
				awk 'NR > 1 && $1 != "why:" { sub(/:.*/, "", $1); print $1 }')
	done
	[ "$("$RCUSTRESS" list --names | wc -l)" -gt 100 ]
}

@test "tests, and the commands that the program has" {
	for shell in bash zsh fish; do
		names=$(offered $shell "rcustress ")
		for word in $("$RCUSTRESS" list --names --tests) rcu $commands; do
			grep -qxF -- "$word" <<<"$names" || { echo "$shell: no $word"; return 1; }
		done
		[ "$(offered $shell "rcustress prove SB+barrier+m" | paste -sd' ')" = \
			"SB+barrier+mb SB+barrier+memb SB+barrier+memb+barrier SB+barrier+memb-po" ]
		[ -z "$(offered $shell "rcustress list SB+")" ]
	done
	diff <("$RCUSTRESS" --help | sed -n 's/^  or:  rcustress \[OPTION...\] \([a-z]*\) .*/\1/p' | sort) \
		<(printf '%s\n' $commands | sort)
}

offers() { # LINE REGULAR-EXPRESSION
	for shell in bash zsh fish; do
		echo "$shell: $1"
		offered $shell "$1" | grep -E -- "$2"
	done
}

@test "lists go on behind a comma, and values behind a sign" {
	offers "rcustress --barrier mprotect,memb" "(^|,)membarrier-global$"
	offers "rcustress --barrier=mprotect,none,memb" "(^|,)membarrier$"
	offers "rcustress -b none,la" "(^|,)late$"
	offers "rcustress prove --model=sc,t" "(^|,)tso$"
	offers "rcustress prove --barrier " "^local-fence$"
	offers "rcustress --rcu asym,q" "(^|,)qsbr$"
	offers "rcustress bench --rcu=read,g" "(^|,)grace$"
	offers "rcustress --expect none=BR" "(^|=)BROKEN$"
	offers "rcustress --expect none=BROKEN/INC" "(^|[=/])INCONCLUSIVE$"
	offers "rcustress --expect none=BROKEN,signa" "(^|,)signal$"
	offers "rcustress --affinity " "^siblings$"
	offers "rcustress --inconclusive=" "(^|=)pass$"
}

@test "files where files go" {
	mkdir folder
	touch my.litmus my.json my.expect
	offers "rcustress ./my.l" "my.litmus$"
	offers "rcustress prove my.l" "my.litmus$"
	offers "rcustress --expect-file my.e" "my.expect$"
	offers "rcustress --keep fol" "folder/?$"
	offers "rcustress --output json=my.j" "my.json$"
	offers "rcustress report --output=html=my.j" "my.json$"
	offers "rcustress report --baseline my.j" "my.json$"
	offers "rcustress report my.j" "my.json$"
	offers "rcustress prove --dot my.j" "my.json$"
}

@test "they are installed where shells look" {
	DESTDIR=$BATS_TEST_TMPDIR/root meson install -C "$(dirname "$RCUSTRESS")" --no-rebuild
	for path in '*/share/bash-completion/completions/rcustress' \
		'*/share/zsh/site-functions/_rcustress' \
		'*/share/fish/vendor_completions.d/rcustress.fish'; do
		[ -n "$(find "$BATS_TEST_TMPDIR/root" -path "$path")" ]
	done
}

@test "bash's is clean under shellcheck" {
	shellcheck "$folder/rcustress.bash"
}
