#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# json_options.sh - with --json, an option that chooses rows, columns or their order is honoured or refused; one that
# says how text looks changes nothing
#
# Of each verb that shows what was saved, each such option, as --help has them.
cd "$(dirname "$0")" || exit 2
. lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
saved=../data/whole.vmav

# run NAME ARGUMENT...: of the verb, as JSON.
run() {
	out=$work/$1
	shift
	# shellcheck disable=SC2086 # the view has no word
	bin/tool/vmaview $verb --from $saved -J "$@" >"$out" 2>"$out.err" </dev/null
}

# refused NAME STATUS: with one line, and nothing else.
refused() {
	[ "$2" = 2 ] && [ ! -s "$work/$1" ] && [ "$(wc -l <"$work/$1.err")" = 1 ]
}

# shows NAME: is it a document, and another one than without the option?
shows() {
	[ -s "$work/$1" ] && ! cmp -s "$work/$1" "$work/plain"
}

takes() {
	grep -qE -- "^ +(-., )?--$1([ =[]|\$)" "$work/help"
}

# chosen OPTION SENTENCE ARGUMENT...: each argument is tried, and one of them has to make a difference.
chosen() {
	option=$1 sentence=$2
	shift 2
	for argument; do
		run chosen "$option" "$argument"
		status=$?
		if [ $status = 2 ] && refused chosen $status; then
			ok 0 "$name -J $option: refused"
			return
		fi
		if [ $status = 0 ] && shows chosen; then
			ok 0 "$name -J $option: $sentence"
			return
		fi
	done
	echo "status $status" >>"$work/chosen.err"
	ok 1 "$name -J $option: neither refused nor heeded" "$work/chosen.err"
}

# flag OPTION: it is refused, or changes what is shown.
flag() {
	run flag "$1"
	status=$?
	refused flag $status || { [ $status = 0 ] && shows flag; }
	ok $? "$name -J $1: refused or heeded" "$work/flag.err"
}

# look OPTION: it says how text looks.
look() {
	run look "$1" && cmp -s "$work/look" "$work/plain" && [ ! -s "$work/look.err" ]
	ok $? "$name -J $1: changes nothing" "$work/look.err"
}

# All columns are what naming each of them is.
all_columns() {
	run all -O
	status=$?
	if refused all $status; then
		ok 0 "$name -J -O: refused"
		return
	fi
	run named -o "$(grep -v '\.' "$work/columns" | paste -sd, -)"
	[ $status = 0 ] && [ -s "$work/all" ] && cmp -s "$work/all" "$work/named"
	ok $? "$name -J -O: all columns" "$work/all.err"
}

# What layout and tables show is not in that stream.
for name in view pages sharers cow groups pins reclaim uffd why; do
	verb=$name
	[ $name != view ] || verb=''
	run plain
	ok $? "$name -J: a document" "$work/plain.err"
	# shellcheck disable=SC2086
	bin/tool/vmaview $verb --help >"$work/help"
	sed -n '/^Columns/,/^$/p' "$work/help" | sed 1d | sed '/^$/d' | cut -c 5-27 | sed 's/,.*//; s/ *$//' >"$work/columns"
	# shellcheck disable=SC2046 # names of columns
	chosen -o "columns" $(cat "$work/columns")
	# One row of uffd and of groups is there, which has but one order.
	# shellcheck disable=SC2046
	case $name in uffd | groups) ;; *) chosen --sort "an order" $(cat "$work/columns") ;; esac
	all_columns
	! takes filter || chosen -Q "rows" 0
	! takes range || chosen -A "areas" 0,0
	! takes areas || flag --areas
	! takes bytes || look -b
	! takes noheadings || look -n
	! takes show-path || look -p
	! takes quiet || look -q
	! takes color || look --color=always
done
bin/tool/vmaview status -J >"$work/plain" 2>&1
echo "status $?" >>"$work/plain"
for option in -n --color=always; do
	bin/tool/vmaview status -J $option >"$work/look" 2>&1
	echo "status $?" >>"$work/look"
	cmp -s "$work/look" "$work/plain"
	ok $? "status -J $option: changes nothing"
done
tap_end
