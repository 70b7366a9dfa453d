# SPDX-License-Identifier: GPL-2.0
# fish completion for vmaview(8): verbs, options and columns are those that the command itself says it has

function __vmaview_verbs
    command vmaview --help 2>/dev/null | awk '/^Verbs:/ { on = 1; next } /^$/ { on = 0 } on {
        name = $1; sub(/^ *[^ ]+ +([^ ]+ )* +/, ""); print name "\t" $0 }'
end

# The first word that is a verb.
function __vmaview_verb
    set -l verbs (__vmaview_verbs | string replace -r '\t.*' '')
    for word in (commandline -opc)[2..-1]
        if contains -- $word $verbs
            echo $word
            return
        end
    end
end

# The options of the verb, a line each: long name, short name or -, what its argument is called or -, and its help.
function __vmaview_options
    command vmaview $argv --help 2>/dev/null | awk '/^ +(-., )?--/ {
        short = $1 ~ /^-.,$/ ? substr($1, 1, 2) : "-"
        name = short == "-" ? $1 : $2
        argument = short == "-" ? $2 : $3
        if (sub(/\[=.*/, "", name) || argument !~ /^[][A-Z,-]*[A-Z][][A-Z,-]*$/)
            argument = "-"
        help = $0
        sub(/^ *(-., )?--[^ ]+ +/, "", help)
        if (argument != "-")
            sub(/^[^ ]+ +/, "", help)
        print name "\t" short "\t" argument "\t" help }'
end

# In a list with commas the last one is completed, and none is offered twice.
function __vmaview_list
    set -l before (string match -r '^[+-]?(?:.*,)?' -- (commandline -ct))
    for word in $argv
        if not string match -q -- "*,$word,*" ,(string trim -l -c +- -- $before)
            echo $before$word
        end
    end
end

function __vmaview_argument
    switch $argv[1]
        case COLS '[-]COL'
            __vmaview_list (command vmaview $argv[2..-1] --list-columns --raw --noheadings 2>/dev/null |
                string replace -r ' .*' '')
        case 'KEY*'
            __vmaview_list (command vmaview $argv[2..-1] --help | string match -r '^ *--by .*' |
                string replace -r '^ *--by [^ ]+ *' '' | string replace -ra ' \([^)]*\)' '' | string split ', ')
        case USER
            __fish_complete_users
        case PID
            __fish_complete_pids
        case FILE PATH
            __fish_complete_path (commandline -ct)
    end
end

function __vmaview_complete
    set -l verb (__vmaview_verb)
    set -l last (commandline -opc)[-1]
    set -l now (commandline -ct)
    set -l options (__vmaview_options $verb)
    for line in $options
        set -l part (string split \t -- $line)
        if test "$part[3]" != - && contains -- $last $part[1..2]
            __vmaview_argument $part[3] $verb
            return
        end
    end
    switch $now
        case '--color=*'
            printf '%s\n' --color={auto,always,never}
        case '-*'
            for line in $options
                set -l part (string split \t -- $line)
                printf '%s\t%s\n' $part[1] $part[4]
                test $part[2] = - || printf '%s\t%s\n' $part[2] $part[4]
            end
        case '*'
            test -n "$verb" || __vmaview_verbs
            test "$verb" = status || __fish_complete_pids
    end
end

complete -c vmaview -f -a '(__vmaview_complete)'
