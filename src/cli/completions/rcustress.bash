# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash
# Completion of rcustress for bash. Names come from the program itself; options are
# those of --help, which ci/completions.bats compares. Needs nothing of bash-completion.

# Long options of a command; those with a value end with "=", "=?" if it may be left out.
_rcustress_options() { # COMMAND
	local common="--help --usage --version"
	local machine="--affinity= --cpus= --memory= --readers= --seed= --threads= --writers="

	case $1 in
	run) echo "$common $machine --amplify= --barrier= --full --keep= --light-fence --no-control
		--p-missed= --rcu= --runner= --sensitivity= --total= --time= --expect=
		--expect-file= --inconclusive= --color= --quiet --verbose --format= --output=" ;;
	list) echo "$common --amplifiers --barriers --formats --mutants --names --rcu --source=
		--tests --verbose" ;;
	prove) echo "$common --barrier= --executions= --model= --time= --color= --dot= --quiet
		--states --witness" ;;
	horizon) echo "$common $machine --amplify= --barrier= --time= --format= --output=" ;;
	bench) echo "$common $machine --bare --costs --curve --flavours= --rcu=? --amplify=
		--barrier= --time=" ;;
	mutants) echo "$common $machine --barrier= --runs= --time= --witness" ;;
	report) echo "$common --baseline= --check --color= --fleet --inventory= --quiet --verbose --format=
		--output=" ;;
	esac
}

_rcustress_names() { # KIND-OF-NAME
	local program=${COMP_WORDS[0]/#\~/$HOME}

	"$program" list --names "--$1" 2>/dev/null
}

# What may stand in a value, or nothing where it is a number. Lists are told by "list".
_rcustress_values() { # COMMAND OPTION
	case $1$2 in
	prove--barrier) echo ideal none local-fence ;;
	mutants--barrier) _rcustress_names barriers ;;
	*--barrier) echo list all sound help && _rcustress_names barriers ;;
	bench--rcu) echo list read grace rate callbacks ;;
	*--rcu | *--flavours) echo list all help && _rcustress_names rcu ;;
	*--model) echo list lkmm sc tso armv8 riscv power host all ;;
	*--amplify) echo auto && _rcustress_names amplifiers ;;
	*--runner) echo auto perpetual batched ;;
	*--affinity) echo auto siblings cache package remote spread compact none ;;
	*--inconclusive) echo fail pass ;;
	*--color) echo auto always never ;;
	*--format) _rcustress_names formats ;;
	*--source) _rcustress_names tests ;;
	esac
}

# Keeps the words that begin with it.
_rcustress_offer() { # BEFORE PART WORD…
	local word

	for word in "${@:3}"; do
		[[ $word == "$2"* ]] && COMPREPLY+=("$1$word")
	done
}

_rcustress_files() { # BEFORE PART
	local file

	compopt -o filenames 2>/dev/null
	while IFS= read -r file; do
		COMPREPLY+=("$1$file")
	done < <(compgen -f -- "$2")
}

_rcustress_value() { # COMMAND OPTION BEFORE PART
	local before=$3 part=$4
	local -a words

	case $2 in
	--expect-file | --baseline | --inventory | --dot | --keep)
		_rcustress_files "$before" "$part"
		return
		;;
	--output)
		if [[ $part == *=* ]]; then
			_rcustress_files "$before${part%%=*}=" "${part#*=}"
			return
		fi
		compopt -o nospace 2>/dev/null
		mapfile -t words < <(_rcustress_names formats)
		_rcustress_offer "$before" "$part" "${words[@]/%/=}"
		return
		;;
	--expect)
		compopt -o nospace 2>/dev/null
		[[ $part == *,* ]] && before+=${part%,*},
		part=${part##*,}
		if [[ $part == *=* ]]; then
			before+=${part%"${part##*[=/]}"}
			_rcustress_offer "$before" "${part##*[=/]}" HOLDS BROKEN INCONCLUSIVE SKIPPED
		else
			mapfile -t words < <(_rcustress_names barriers)
			_rcustress_offer "$before" "$part" "${words[@]/%/=}"
		fi
		return
		;;
	esac
	mapfile -t words < <(_rcustress_values "$1" "$2" | tr ' ' '\n')
	if [ "${words[0]}" = list ]; then
		words=("${words[@]:1}")
		if [[ $part == *,* ]]; then
			before+=${part%,*},
			part=${part##*,}
		fi
		compopt -o nospace 2>/dev/null
	fi
	_rcustress_offer "$before" "$part" "${words[@]}"
}

_rcustress_option() { # COMMAND PART
	local option

	for option in $(_rcustress_options "$1"); do
		option=${option%\?}
		[[ $option == "$2"* ]] && COMPREPLY+=("$option")
	done
	# The value follows at once.
	[[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
}

_rcustress_argument() { # COMMAND PART IS-FIRST
	local -a words=()

	case $1 in
	run) mapfile -t words < <(_rcustress_names tests) && words+=(rcu) ;;
	prove) mapfile -t words < <(_rcustress_names tests) ;;
	mutants) mapfile -t words < <(_rcustress_names mutants) ;;
	report) ;;
	*) return ;;
	esac
	$3 && words+=(list prove horizon bench mutants report)
	_rcustress_offer "" "$2" "${words[@]}"
	case $1 in
	report) _rcustress_files "" "$2" ;;
	run | prove) [[ $2 != -* && (-n $2 || ${#COMPREPLY[@]} -eq 0) ]] && _rcustress_files "" "$2" ;;
	esac
}

# Readline replaces no more than what is behind the last "=" or ":" of the word.
_rcustress_trim() { # WORD
	local tail=$1 i

	[[ $COMP_WORDBREAKS == *=* ]] && tail=${tail##*=}
	[[ $COMP_WORDBREAKS == *:* ]] && tail=${tail##*:}
	local skip=$((${#1} - ${#tail}))
	for i in "${!COMPREPLY[@]}"; do
		COMPREPLY[i]=${COMPREPLY[i]:skip}
	done
}

_rcustress() {
	local line=${COMP_LINE:0:COMP_POINT}
	local word=${line##*[[:space:]]} command=run first=false previous before

	COMPREPLY=()
	before=${line%"$word"}
	before=${before%"${before##*[![:space:]]}"}
	previous=${before##*[[:space:]]}
	[ "$before" = "$previous" ] && first=true
	$first || case ${COMP_WORDS[1]} in
	list | prove | horizon | bench | mutants | report) command=${COMP_WORDS[1]} ;;
	esac
	case $previous in
	-a) previous=--amplify ;;
	-b) previous=--barrier ;;
	-m) previous=--model ;;
	-t) previous=--threads ;;
	-T) previous=--time ;;
	esac
	if [[ $word == --*=* ]]; then
		_rcustress_value "$command" "${word%%=*}" "${word%%=*}=" "${word#*=}"
	elif [[ " $(_rcustress_options "$command" | tr -s '\n\t' '  ') " == *" $previous= "* ]]; then
		_rcustress_value "$command" "$previous" "" "$word"
	elif [[ $word == -* ]]; then
		_rcustress_option "$command" "$word"
	else
		_rcustress_argument "$command" "$word" $first
	fi
	_rcustress_trim "$word"
}

complete -F _rcustress rcustress
