# SPDX-License-Identifier: GPL-2.0
# plan.sh - $work/rows in; $work/plan, what is to be done for them, one stage a line, and its doing by
# two workers.  A line is ROW STAGE COMMAND..., ROW is "host" where it is no row's; see stages.sh for the
# commands.  Sourced.
# shellcheck shell=sh disable=SC2154

# Guests that share the tests of a compiled row, where everything takes several times as long, or of a foreign one.
SLOW_PARTS=2

# plan_parts ROW
plan_parts() {
	for part in $(seq $SLOW_PARTS); do
		echo "$1 $1-tests-$part check_tests $1 $part/$SLOW_PARTS"
	done
}

# plan_row ROW: its stages.
plan_row() {
	if row_foreign "$1"; then
		plan_parts "$1"
	elif ! row_compiled "$1"; then
		echo "$1 $1-tests check_tests $1 1/1"
	else
		plan_parts "$1"
		! row_planted "$1" || echo "$1 $1-planted check_script $1 planted"
		echo "$1 $1-lockdown check_script $1 lockdown"
	fi
	[ "$1" != "$SOAK_ROW" ] || echo "$1 $1-soak check_script $1 soak $SOAK_MINUTES"
	[ "$1" != "$NODES_ROW" ] || echo "$1 $1-nodes check_nodes $1"
	[ "$1" != "$PROMETHEUS_ROW" ] || echo "$1 $1-prometheus check_script $1 prometheus"
}

# plan_own: what is of no kernel and no suite, and what somebody who waits wants to know first.
plan_own() {
	echo "host host check_host"
	echo "host fuzz check_fuzz"
}

# plan_hosts: the host's tests with the libraries of each suite of the rows, but for the one whose libraries
# this machine has itself.  They are no row's: what they skip is not compared with what its guests skip.
plan_hosts() {
	while read -r planned; do
		suite=$(row_field "$planned" 2)
		suite=${suite%-backports}
		row_compiled "$planned" || row_foreign "$planned" || [ "$suite" = "$(own_suite)" ] ||
			echo "host host-$suite check_host_of $planned"
	done <"$work/rows" | awk '!seen[$2]++'
}

# plan_readers: what reads the sources.
plan_readers() {
	echo "host readers check_readers"
}

# plan_configurations: other configurations than those of the rows; where rows are named it is for these alone.
plan_configurations() {
	[ -n "$chosen" ] || echo "host configurations check_configurations"
}

own_suite() {
	sed -n 's/^VERSION_CODENAME=//p' /etc/os-release 2>/dev/null
}

# plan_rows: a kernel is compiled beside the tests of two others, and then has its own tests.  What takes longest
# comes first, and what is short fills what one worker has left.
plan_rows() {
	while read -r planned; do
		if row_compiled "$planned"; then
			echo "1 $planned $planned-kernel check_kernel $planned"
			plan_row "$planned" | sed 's/^/3 /'
		else
			nr_stock=$((${nr_stock:-0} + 1))
			plan_row "$planned" | awk -v tests=$((nr_stock > 2 ? 4 : 2)) '{ print ($3 == "check_tests" ? tests : 5), $0 }'
		fi
	done <"$work/rows" | sort -s -n -k 1,1 | cut -d' ' -f2-
}

run_plan() {
	cp "$work/plan" "$work/queue"
	work_off &
	workers=$!
	work_off &
	workers="$workers $!"
	# shellcheck disable=SC2086 # a list of words
	wait $workers
	workers=''
}

work_off() {
	on_end end_attended
	while line=$(next_stage) && [ -n "$line" ]; do
		# shellcheck disable=SC2086 # a list of words
		set -- $line
		shift
		stage "$@"
	done
}

next_stage() {
	(
		flock 7
		sed -n 1p "$work/queue"
		sed -i 1d "$work/queue"
	) 7>"$work/queue.lock"
}

# gather ROW: what its stages found, into one file.
gather() {
	while read -r of_row stage rest; do
		[ "$of_row" = "$1" ] || continue
		if [ -e "$work/$stage" ]; then
			cat "$work/$stage"
		else
			record_test fail "$stage: ran" "it did not get to its end ($rest)"
		fi
	done <"$work/plan" >"$work/$1"
	check_skips "$1"
	check_tested "$1"
}
