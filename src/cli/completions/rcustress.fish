# SPDX-License-Identifier: BSD-2-Clause
# Completion of rcustress for fish. Names come from the program itself; options are those
# of --help, which ci/completions.bats compares.

function __rcustress_names # KIND-OF-NAME
    set -l words (commandline -opc)
    command $words[1] list --names --$argv[1] 2>/dev/null
end

function __rcustress_is # COMMAND…
    set -l words (commandline -opc)
    set -l command run
    contains -- "$words[2]" list prove horizon bench mutants report
    and set command $words[2]
    contains -- $command $argv
end

function __rcustress_is_first
    test (count (commandline -opc)) -eq 1
end

# What of the value stands already.
function __rcustress_value
    commandline -ct | string replace -r -- '^(--[^=]*=|-[a-zA-Z])' ''
end

# Words of a list with commas between.
function __rcustress_list # WORD…
    set -l before (__rcustress_value | string match -r -- '^.*,')
    for word in $argv
        echo "$before$word"
    end
end

# BARRIER=VERDICT, with several of each.
function __rcustress_expectations
    set -l value (__rcustress_value)
    if string match -qr -- '=[^,]*$' $value
        set -l before (string match -r -- '^.*[=/]' $value)
        for verdict in HOLDS BROKEN INCONCLUSIVE SKIPPED
            echo $before$verdict
        end
    else
        __rcustress_list (__rcustress_names barriers)=
    end
end

# FORMAT=FILE
function __rcustress_output
    set -l value (__rcustress_value)
    if not string match -q -- '*=*' $value
        for format in (__rcustress_names formats)
            echo $format=
        end
        return
    end
    set -l format (string replace -r -- '=.*' '' $value)
    set -l path (string replace -r -- '^[^=]*=' '' $value)
    for file in $path*
        test -d $file; and set file $file/
        echo $format=$file
    end
end

complete -c rcustress -f
complete -c rcustress -n __rcustress_is_first -a "list prove horizon bench mutants report"
complete -c rcustress -n "__rcustress_is run" -F -a "rcu (__rcustress_names tests)"
complete -c rcustress -n "__rcustress_is prove" -F -a "(__rcustress_names tests)"
complete -c rcustress -n "__rcustress_is mutants" -a "(__rcustress_names mutants)"
complete -c rcustress -n "__rcustress_is report" -F

complete -c rcustress -s '?' -l help -d "Help"
complete -c rcustress -l usage -d "A short message"
complete -c rcustress -s V -l version -d "Version"

# What may be taken of the machine.
set -l if "__rcustress_is run horizon bench mutants"
complete -c rcustress -n $if -l affinity -x -a "auto siblings cache package remote spread compact none" -d "Where writer and reader sit"
complete -c rcustress -n $if -l cpus -x -d "Use only these CPUs"
complete -c rcustress -n $if -l memory -x -d "For logs and cold memory"
complete -c rcustress -n $if -l readers -x -d "How many threads read"
complete -c rcustress -n $if -l seed -x -d "Of all random choices"
complete -c rcustress -n $if -s t -l threads -x -d "Threads in all"
complete -c rcustress -n $if -l writers -x -d "How many threads write"

set -l if "__rcustress_is run horizon bench"
complete -c rcustress -n $if -s a -l amplify -x -a "auto (__rcustress_names amplifiers)" -d Amplifier
complete -c rcustress -n $if -s b -l barrier -x -a "(__rcustress_list all sound help (__rcustress_names barriers))" -d Barriers

set -l if "__rcustress_is run prove horizon bench mutants"
complete -c rcustress -n $if -s T -l time -x -d "Time limit"

set -l if "__rcustress_is run prove report"
complete -c rcustress -n $if -l color -x -a "auto always never" -d "Colour"
complete -c rcustress -n $if -s q -l quiet -d "Say less"

set -l if "__rcustress_is run list report"
complete -c rcustress -n $if -s v -l verbose -d "Say more"

set -l if "__rcustress_is run horizon report"
complete -c rcustress -n $if -l format -x -a "(__rcustress_names formats)" -d "Of the report"
complete -c rcustress -n $if -l output -x -a "(__rcustress_output)" -d "A report in that format to that file"

set -l if "__rcustress_is run"
complete -c rcustress -n $if -l full -d "Go on to the limit"
complete -c rcustress -n $if -l keep -r -F -d "Keep the C of tests from files"
complete -c rcustress -n $if -l light-fence -d "A full fence in readers"
complete -c rcustress -n $if -l no-control -d "Run the barrier alone"
complete -c rcustress -n $if -l p-missed -x -d "Chance that HOLDS needs"
complete -c rcustress -n $if -l rcu -x -a "(__rcustress_list all help (__rcustress_names rcu))" -d "Flavours that are tortured"
complete -c rcustress -n $if -l runner -x -a "auto perpetual batched" -d "How tests are run"
complete -c rcustress -n $if -l sensitivity -x -d "That HOLDS needs"
complete -c rcustress -n $if -l total -x -d "Time limit for the run"
complete -c rcustress -n $if -l expect -x -a "(__rcustress_expectations)" -d "Verdict that is to come"
complete -c rcustress -n $if -l expect-file -r -F -d "The same from a file"
complete -c rcustress -n $if -l inconclusive -x -a "fail pass" -d "What it is"

set -l if "__rcustress_is list"
complete -c rcustress -n $if -l amplifiers -d "Only amplifiers"
complete -c rcustress -n $if -l barriers -d "Only barriers"
complete -c rcustress -n $if -l formats -d "Only formats"
complete -c rcustress -n $if -l mutants -d "Only mutants"
complete -c rcustress -n $if -l names -d "Only names"
complete -c rcustress -n $if -l rcu -d "Only RCU flavours"
complete -c rcustress -n $if -l source -r -F -a "(__rcustress_names tests)" -d "Only this test"
complete -c rcustress -n $if -l tests -d "Only tests"

set -l if "__rcustress_is prove"
complete -c rcustress -n $if -s b -l barrier -x -a "ideal none local-fence" -d "What smp_memb() is"
complete -c rcustress -n $if -l executions -x -d "Limit for each test"
complete -c rcustress -n $if -s m -l model -x -a "(__rcustress_list lkmm sc tso armv8 riscv power host all)" -d "Memory models"
complete -c rcustress -n $if -l dot -r -F -d "Graph of an execution"
complete -c rcustress -n $if -l states -d "Final states"
complete -c rcustress -n $if -l witness -d "How a test ends so"

set -l if "__rcustress_is bench"
complete -c rcustress -n $if -l bare -d "Bare store buffering"
complete -c rcustress -n $if -l costs -d "Of heavy calls"
complete -c rcustress -n $if -l curve -d "Hits against delay"
complete -c rcustress -n $if -l flavours -x -a "(__rcustress_list all help (__rcustress_names rcu))" -d "With --rcu: which"
complete -c rcustress -n $if -l rcu -a "(__rcustress_list read grace rate callbacks)" -d "Flavours side by side"

set -l if "__rcustress_is mutants"
complete -c rcustress -n $if -s b -l barrier -x -a "(__rcustress_names barriers)" -d "The sound barrier below"
complete -c rcustress -n $if -l runs -x -d "Of each"
complete -c rcustress -n $if -l witness -d "What the failing check saw"

set -l if "__rcustress_is report"
complete -c rcustress -n $if -l baseline -r -F -d "What it is compared with"
complete -c rcustress -n $if -l check -d "Exit as a run would"
complete -c rcustress -n $if -l fleet -d "Outliers, and the campaign"
complete -c rcustress -n $if -l inventory -r -F -d "What the fleet is to have"
