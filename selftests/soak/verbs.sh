# SPDX-License-Identifier: GPL-2.0
# verbs.sh - every verb of the tool for every victim, over and over; each status is judged.
# Sourced by run.
# shellcheck shell=sh disable=SC2154

# No verb takes longer, however busy the machine.
VERB_SECONDS=120

# All that take a process; the first word of their lines in --help, which name one, and the one that has no name.
# Two of them also with a range that begins and ends anywhere.
verbs() {
	echo view
	echo view-range
	echo pages-range
	vmaview --help | awk '/^Verbs:/ { inside = 1; next } /^$/ { inside = 0 } inside && /PID/ { print $1 }'
}

# Two addresses of what moves, as kinds.h says where that is.
any_range() {
	od -An -N8 -tu4 /dev/urandom | awk '{
		low = $1 % 67108864
		printf "0x6000%08x,0x6000%08x\n", low, low + $2 % (67108864 - low)
	}'
}

# arguments VERB PID: what else the verb wants.
arguments() {
	case $1 in
	view) echo "$2" ;;
	view-range) echo "-A $(any_range) $2" ;;
	pages-range) echo "pages -A $(any_range) $2" ;;
	explain) echo "explain $2 0x600000000000 0x600000001000" ;;
	top) echo "top --once $2" ;;
	diff) echo "diff $2 $2" ;;
	record) echo "record -f $work/record $2" ;;
	faults) echo "faults --interval 0.2 --count 2 $2" ;;
	*) echo "$1 $2" ;;
	esac
}

# The words for the statuses are in vmaview(8).  A difference is a failure of verify, and so is a
# process that has gone of pmap.
is_documented() {
	case $2 in
	0 | 4 | 42) return 0 ;;
	1) [ "$1" = verify ] || [ "$1" = pmap ] ;;
	3) [ -e "$work/reloading" ] ;;
	*) return 1 ;;
	esac
}

# verb_once VERB PID
verb_once() {
	# shellcheck disable=SC2046 # a list of words
	timeout -k 5 $VERB_SECONDS vmaview $(arguments "$1" "$2") >"$work/said" 2>"$work/said.err"
	status=$?
	echo "$1 $status" >>"$work/verbs.done"
	is_documented "$1" $status ||
		echo "# $(arguments "$1" "$2"): status $status: $(head -n 1 "$work/said.err")" >>"$work/verbs.bad"
}

# Until the end, and each verb once at least.
run_verbs() {
	: >"$work/verbs.bad"
	verbs >"$work/verbs"
	while :; do
		for pid in $(pgrep -x churn); do
			while read -r verb; do
				verb_once "$verb" "$pid" </dev/null
				[ ! -e "$work/end" ] || [ ! -e "$work/verbs.each" ] || return
			done <"$work/verbs"
			touch "$work/verbs.each"
		done
	done
}

verbs_were_good() {
	echo "# verbs, statuses: $(sort "$work/verbs.done" | uniq -c | awk '{ printf "%s%s %s: %s", sep, $2, $3, $1; sep = "; " }')"
	cat "$work/verbs.bad"
	while read -r verb; do
		grep -q "^$verb 0" "$work/verbs.done" || echo "# $verb: never a whole answer" | tee -a "$work/verbs.bad"
	done <"$work/verbs"
	[ ! -s "$work/verbs.bad" ] && [ -s "$work/verbs.done" ]
}
