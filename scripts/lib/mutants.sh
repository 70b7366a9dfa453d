#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# mutants.sh WORK JOBS - judge each mutant of a list, in trees of their own, so many at a time.
# In: WORK/source, the checkout; WORK/list, lines of mutate.py; WORK/recorded, those known to be the same.
# Out: WORK/results, the lines, each after its verdict: broken, identical, noticed, recorded, unnoticed;
# wronged is recorded, and noticed.  Called by scripts/mutants, in namespaces that end with it.
set -u
work=$1
jobs=$2

# A mutant with a variable that it does not use is one; a function without its value is none.
LENIENT='-Wno-error -Werror=return-type'
SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=all"
# Of the processor, a process: scripts start the tool a hundred times, and a mutant may never end.  On a busy machine
# that takes many times as long, and who waits for something uses none.
PROGRAM_SECONDS=60 SCRIPT_SECONDS=20 TIMES=20

say() {
	echo "mutants: $*" >&2
}

# build KIND ARGUMENT...: by make, in the first tree of its kind.  fast has no sanitizers; what no test
# notices there goes through checked as well.
build() {
	host=$work/1/$1/selftests/host
	case $1 in
	fast) flags=$LENIENT ;;
	checked) flags="$SANITIZE $LENIENT" ;;
	esac
	shift
	make -s -C "$host" CFLAGS=-O1 SANITIZE="$flags" "$@"
}

# object FILE: what is made of it, below selftests/host.
object() {
	case $1 in
	module/*) echo "bin/${1%.c}.o" ;;
	tools/lib/*) name=${1#tools/lib/vmaview/}; echo "bin/library/${name%.c}.o" ;;
	*) name=${1#tools/vmaview/}; echo "bin/tool/${name%.c}.o" ;;
	esac
}

# prerequisite FILE: as make has its name, below selftests/host.
prerequisite() {
	case $1 in
	tools/lib/*) echo "../../tools/vmaview/../${1#tools/}" ;;
	*) echo "../../$1" ;;
	esac
}

# steps KIND FILE: where write_steps() puts what is to be done after a change of it.
steps() {
	echo "$work/steps/$1/$2"
}

# write_steps KIND FILE: as make would do it: compile, a command; link/PROGRAM, a command each;
# tests, the programs that are linked, and the scripts that run the tool where it is one of them.
write_steps() {
	dir=$(steps "$1" "$2")
	mkdir -p "$dir/link"
	build "$1" -n -W "$(prerequisite "$2")" $goal | awk -v dir="$dir" '
		next_is != "" { print >next_is; close(next_is); next_is = "" }
		/^echo "  CC / { next_is = dir "/compile" }
		/^echo "  LD / { name = $4; gsub(/bin\/|"/, "", name); gsub(/\//, "-", name); next_is = dir "/link/" name }'
	(cd "$dir/link" && printf '%s\n' *) | grep -vxE 'tool-vmaview|lib-.*' >"$dir/tests"
	[ ! -e "$dir/link/tool-vmaview" ] ||
		(cd "$work/source/selftests/host" && grep -lE 'bin/tool/vmaview|lib/golden' -- *.sh) >>"$dir/tests"
	[ -s "$dir/compile" ] && [ -s "$dir/tests" ]
}

# in_host TREE COMMAND: a line of a step.
in_host() {
	(cd "$1/selftests/host" && sh -c "$2") >/dev/null 2>&1 </dev/null
}

# passes TREE TEST: it is linked if need be, and run; how long that takes is kept.
passes() {
	begun=$(date +%s%N)
	linked_passes "$@" || return
	echo "$(($(date +%s%N) - begun)) $2" >>"$1/../times"
}

linked_passes() {
	program=$2
	case $2 in *.sh) program=tool-vmaview ;; esac
	case " $linked " in
	*" $program "*) ;;
	*) in_host "$1" "$(cat "$dir/link/$program")" || return ;;
	esac
	linked="$linked $program"
	case $2 in
	*.sh) in_host "$1" "ulimit -t $SCRIPT_SECONDS; exec timeout -k 1 $((PROGRAM_SECONDS * TIMES)) sh $2" ;;
	*) in_host "$1" "ulimit -t $PROGRAM_SECONDS; exec timeout -k 1 $((PROGRAM_SECONDS * TIMES)) bin/$2" ;;
	esac
}

# in_order DIR FILE: the tests to ask.  First those that have noticed something in that file, the last one before all;
# then those named like it, or its room; then the quick ones.
in_order() {
	name=$(basename "$2" .c)
	room=$(basename "${2%/*}")
	touch "$1/times" "$1/noticed.$name"
	{
		cat "$1/noticed.$name"
		grep -F -e "$name" -e "$room" "$dir/tests"
		awk 'FNR == NR { took[$2] = $1; next } { print took[$0] + 0, $0 }' "$1/times" "$dir/tests" | sort -n | cut -d ' ' -f 2
	} | awk '!seen[$0]++'
}

# as_it_is DIR KIND TEST: it passes without a mutant; asked once of each that fails with one.
as_it_is() {
	grep -qxF -e "$3" "$1/passed.$2" 2>/dev/null && return
	cp "$1/original.o" "$made"
	linked=''
	passes "$1/$2" "$3" || { say "$3 fails as it is"; exit 1; }
	echo "$3" >>"$1/passed.$2"
}

# notices DIR KIND FILE: does a test?
notices() {
	linked=''
	in_order "$1" "$3" >"$1/order"
	while read -r test <&3; do
		passes "$1/$2" "$test" && continue
		as_it_is "$1" "$2" "$test"
		{ echo "$test"; cat "$1/noticed.$name"; } >"$1/noticed.new"
		mv "$1/noticed.new" "$1/noticed.$name"
		return 0
	done 3<"$1/order"
	return 1
}

# judge DIR KIND FILE: of the mutant in DIR, in its tree of that kind; sets verdict.
judge() {
	dir=$(steps "$2" "$3")
	made=$1/$2/selftests/host/$(object "$3")
	cp "$made" "$1/original.o"
	cp "$1/mutant.c" "$1/$2/$3"
	if ! in_host "$1/$2" "$(cat "$dir/compile")"; then
		verdict=broken
	elif cmp -s "$made" "$1/original.o"; then
		verdict=identical
	elif notices "$1" "$2" "$3"; then
		verdict=noticed
	else
		verdict=unnoticed
	fi
	cp "$work/source/$3" "$1/$2/$3"
	cp "$1/original.o" "$made"
}

# judge_line DIR KIND LINE: sets verdict.
judge_line() {
	number=${3%%	*} key=${3#*	}
	file=${key%%	*}
	(cd "$work/source" && python3 scripts/lib/mutate.py apply "$number" "$file") >"$1/mutant.c" || exit
	judge "$1" "$2" "$file"
	if grep -qxF -e "$key" "$work/recorded"; then
		case $verdict in unnoticed) verdict=recorded ;; noticed) verdict=wronged ;; esac
	fi
}

# worker N KIND: each JOBSth line, from the Nth on.
worker() {
	awk -v n="$1" -v jobs="$jobs" 'NR % jobs == n % jobs' "$work/list.$2" >"$work/$1/list"
	while IFS= read -r line; do
		judge_line "$work/$1" "$2" "$line" </dev/null
		printf '%s\t%s\n' "$verdict" "$line"
	done <"$work/$1/list" >"$work/results.$2.$1"
}

# prepare KIND: the trees of all workers.
prepare() {
	tree=$work/1/$1
	mkdir -p "$tree"
	cp -a "$work/source/." "$tree"
	build "$1" -j"$jobs" $goal >"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; return 1; }
	for file in $files; do
		write_steps "$1" "$file" || { say "make does not say what $file is for"; return 1; }
	done
	for n in $(seq 2 "$jobs"); do
		mkdir -p "$work/$n"
		cp -a "$tree" "$work/$n/$1"
	done
}

# judge_all KIND: the lines of list.KIND.
judge_all() {
	total=$(wc -l <"$work/list.$1")
	say "$total mutants, $1"
	pids=''
	for n in $(seq "$jobs"); do
		worker "$n" "$1" &
		pids="$pids $!"
	done
	while sleep 20; do
		done_now=$(cat "$work/results.$1".* | wc -l)
		say "$done_now of $total"
		[ "$done_now" -lt "$total" ] || break
		# shellcheck disable=SC2086 # a list of words
		kill -0 $pids 2>/dev/null || break
	done
	for pid in $pids; do
		wait "$pid" || return
	done
}

files=$(cut -f 2 "$work/list" | sort -u)
goal=pure
case $files in *tools/*) goal=all ;; esac
cp "$work/list" "$work/list.fast"
{ prepare fast && judge_all fast; } || exit
grep '^unnoticed' "$work"/results.fast.* -h | cut -f 2- >"$work/list.checked"
if [ -s "$work/list.checked" ]; then
	{ prepare checked && judge_all checked; } || exit
fi
# What goes through fast is what checked says of it.
grep -hv '^unnoticed' "$work"/results.fast.* >"$work/results"
cat "$work"/results.checked.* >>"$work/results" 2>/dev/null
:
