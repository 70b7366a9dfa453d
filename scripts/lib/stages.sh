# SPDX-License-Identifier: GPL-2.0
# stages.sh - scripts/check's stages: tests run in, $work/STAGE (one line a test, see ktap.awk) and
# the report out.  What the tests and the kernels said in full is kept in $results.  Sourced.
# shellcheck shell=sh disable=SC2154

now() {
	date +%s
}

# stage NAME COMMAND...: says on stderr how long it took, and in $work/times; COMMAND writes $work/NAME.
stage() {
	stage_name=$1
	stage_began=$(now)
	shift
	say "$stage_name: started"
	"$@"
	say "$stage_name: took $(($(now) - stage_began)) s"
	echo "$stage_name $(($(now) - stage_began))" >>"$work/times"
}

# show_times: of the stages, and of the longest programs of each.
show_times() {
	set -- "$work/times"
	while read -r of_row stage rest; do
		[ ! -e "$results/$stage" ] || set -- "$@" "$results/$stage"
	done <"$work/plan"
	awk -v programs=20 -f "$tree/scripts/lib/times.awk" "$@"
}

# record_test KIND NAME [REASON] >>$work/STAGE
record_test() {
	printf '%s\t%s\t%s\n' "$1" "$2" "$(printf '%s' "${3:-}" | tr '\t\n' ' ;')"
}

# judge_tests STAGE TAP STATUS: what the program said, and that it did not say nothing.  STATUS is - where
# it is not the program's own.
judge_tests() {
	awk -f "$tree/scripts/lib/ktap.awk" "$2" >"$work/$1"
	if [ ! -s "$work/$1" ]; then
		record_test fail "$1: any test ran" "no test result at all, status $3" >>"$work/$1"
	elif [ "$3" = - ]; then
		:
	elif [ "$3" != 0 ] && ! grep -q '^fail' "$work/$1"; then
		record_test fail "$1: status of the tests" "status $3, though no test failed" >>"$work/$1"
	elif [ "$3" = 0 ] && grep -q '^fail' "$work/$1"; then
		record_test fail "$1: status of the tests" "status 0, though a test failed" >>"$work/$1"
	fi
}

# In a copy, so that the checkout stays as it is.
check_host() {
	copy=$(build_dir host)/tree
	mkdir -p "$copy"
	copy_tree "$copy"
	attend make -C "$copy/selftests/host" -j"$(nproc)" all >"$results/host.build" 2>&1
	attend make -C "$copy" check >"$results/host" 2>"$results/host.err"
	ret=$?
	judge_tests host "$results/host" "$ret"
	if grep -q '^fail' "$work/host"; then
		tail -n 20 "$results/host.err" >&2
	fi
}

# check_host_of ROW: the same with the compiler and the libraries of its suite, in its root.
check_host_of() {
	attend host_in_root "$1" >"$results/$stage_name" 2>"$results/$stage_name.err"
	ret=$?
	judge_tests "$stage_name" "$results/$stage_name" "$ret"
	if grep -q '^fail' "$work/$stage_name"; then
		tail -n 20 "$results/$stage_name.err" >&2
	fi
}

# In a subshell, which holds the root.
host_in_root() {
	on_end end_attended
	hold_root "$1"
	copy=$(build_dir "host-${root##*/}")/tree
	mkdir -p "$copy"
	copy_tree "$copy"
	attend in_root "$root" "$copy" make -C /vmaview/selftests/host -j"$(nproc)" all >/dev/null
	attend in_root "$root" "$copy" make -C /vmaview check
}

# What is new to the corpus stays in the cache, and the next time begins with it.
check_fuzz() {
	attend setpriv --pdeathsig TERM sh "$tree/scripts/fuzz" -1 "$FUZZ_SECONDS" >"$results/fuzz" 2>"$results/fuzz.err"
	ret=$?
	judge_tests fuzz "$results/fuzz" "$ret"
	[ $ret != 123 ] || tail -n 20 "$results/fuzz.err" >&2
}

check_readers() {
	attend setpriv --pdeathsig TERM sh "$tree/scripts/readers" >"$results/readers" 2>"$results/readers.err"
	ret=$?
	judge_tests readers "$results/readers" "$ret"
	[ $ret != 123 ] || tail -n 20 "$results/readers.err" >&2
}

# check_configurations: that the module compiles for kernels that nobody boots.
check_configurations() {
	attend setpriv --pdeathsig TERM sh "$tree/scripts/configurations" >"$results/configurations" \
		2>"$results/configurations.err"
	ret=$?
	judge_tests configurations "$results/configurations" "$ret"
	[ $ret != 123 ] || tail -n 20 "$results/configurations.err" >&2
}

# check_kernel ROW: compiled and booted, so that the stages that follow have it.
check_kernel() {
	ktap=$results/$stage_name
	if attend setpriv --pdeathsig TERM sh "$tree/scripts/vm" -n -k "$1" -- true 2>"$ktap.err"; then
		record_test pass "the kernel boots" >"$work/$stage_name"
	else
		record_test fail "the kernel boots" "$(tail -n 5 "$ktap.err")" >"$work/$stage_name"
		cat "$ktap.err" >&2
	fi
}

# check_tests ROW N/M: a guest, the Nth of M parts of the tests, by the kernel's own runner, and their verdict.
# shellcheck disable=SC2046 # lists of words
check_tests() {
	run_tests "$1" "$(test_args "$1")" $(part_of_tests "$2")
}

# check_nodes ROW: what wants memory on two nodes, on a machine that is made to look so.
check_nodes() {
	run_tests "$1" "$(test_args "$1") numa=fake=2" -t vmaview:charge -t vmaview:objects
	sed -i "s/\t/\tnodes: /" "$work/$stage_name"
}

# run_tests ROW ARGUMENTS WORD...: of the kernel and of its runner.  The runner's status says nothing: its lines do.
# shellcheck disable=SC2046 # a list of words
run_tests() {
	tests_row=$1 tests_args=$2
	shift 2
	ktap=$results/$stage_name
	attend setpriv --pdeathsig TERM sh "$tree/scripts/vm" -k "$tests_row" -t "$GUEST_SECONDS" --log "$ktap.kernel" \
		-m "$TEST_MEMORY" -a "$tests_args" \
		-- run_kselftest.sh $(runner_options "$tests_row") "$@" >"$ktap.tap" 2>"$ktap.err"
	ret=$?
	awk -f "$tree/scripts/lib/kselftest.awk" "$ktap.tap" >"$ktap"
	case $ret in
	123)
		record_test fail "$tests_row: build and boot" "$(tail -n 5 "$ktap.err")" >"$work/$stage_name"
		cat "$ktap.err" >&2
		return
		;;
	124 | 125) judge_tests "$stage_name" "$ktap" -; kernel=fail ;;
	*) judge_tests "$stage_name" "$ktap" -; kernel=pass ;;
	esac
	check_parsed "$tests_row"
	record_test "$kernel" "$stage_name: kernel log clean" \
		"$([ $kernel = pass ] || sed -n 's/^  //p' "$ktap.err")" >>"$work/$stage_name"
}

# check_parsed ROW: others read what the runner prints, too: the kernel's own parser finds as many programs.
check_parsed() {
	python3 "$cache/kselftest/$(row_field "$1" 2)/tools/testing/kunit/kunit.py" parse "$ktap.tap" >"$ktap.parsed" 2>&1
	ran=$(grep -cE '^(not )?ok ' "$ktap.tap")
	if grep -q "Ran $ran tests" "$ktap.parsed"; then
		record_test pass "$stage_name: kunit.py parses it" >>"$work/$stage_name"
	else
		record_test fail "$stage_name: kunit.py parses it" "$ran programs: $(tail -n 1 "$ktap.parsed")" >>"$work/$stage_name"
	fi
}

# check_script ROW SCRIPT [ARGUMENT...]: one of scripts/ that boots guests of its own and prints KTAP.
check_script() {
	script_row=$1 script=$2
	shift 2
	ktap=$results/$stage_name
	attend setpriv --pdeathsig TERM sh "$tree/scripts/$script" -k "$script_row" "$@" >"$ktap" 2>"$ktap.err"
	ret=$?
	judge_tests "$stage_name" "$ktap" "$ret"
	if [ $ret -ge 123 ]; then
		record_test fail "guest" "$(sed -n 's/^  //p' "$ktap.err" | tail -n 20)" >>"$work/$stage_name"
	fi
	sed -i "s/\t/\t$script: /" "$work/$stage_name"
}

# The skips of a row are known: one that comes or goes unseen would be a test that went unseen.
check_skips() {
	known=$tree/selftests/guest/skips/$1
	awk -F '\t' '$1 == "skip" { print $2 "\t# " $3 }' "$work/$1" | sort >"$work/$1.skips"
	if [ -n "$record" ]; then
		mkdir -p "${known%/*}"
		cp "$work/$1.skips" "$known"
		return
	fi
	cut -f1 "$work/$1.skips" >"$work/$1.now"
	cut -f1 "$known" 2>/dev/null | sort >"$work/$1.known"
	changed=$(diff "$work/$1.known" "$work/$1.now" | sed -n 's/^< /not skipped any more: /p; s/^> /newly skipped: /p')
	if [ -n "$changed" ]; then
		record_test fail "$1: the tests skipped are the recorded ones" "$changed" >>"$work/$1"
	else
		record_test pass "$1: the tests skipped are the recorded ones" >>"$work/$1"
	fi
}

# check_tested ROW: a kernel on which no test failed is one of those that the tool does not warn of.
check_tested() {
	if row_compiled "$1" || grep -q '^fail' "$work/$1"; then
		return
	fi
	if [ -n "$record" ]; then
		record_tested "$1" "$(row_release "$1")"
	elif ! know_tested "$1" "$(row_release "$1")"; then
		record_test fail "$1: its kernel is one that the tool knows as tested" \
			"$(row_release "$1"): scripts/check -k $1 --record-skips puts it down" >>"$work/$1"
	else
		record_test pass "$1: its kernel is one that the tool knows as tested" >>"$work/$1"
	fi
}

count() {
	awk -F '\t' -v kind="$2" '$1 == kind { n++ } END { print n + 0 }' "$1"
}

# title STAGE: a row's has its kernel.
title() {
	case $1 in
	host | host-* | fuzz | readers | configurations) echo "$1" ;;
	*) echo "$1: $(row_release "$1") ($(row_field "$1" 3) $(row_version "$1"))" ;;
	esac
}

# report STAGE: its failures and skips, and one line that sums it up.
report() {
	[ -f "$work/$1" ] || record_test fail "$1: ran" "it did not get to its end" >"$work/$1"
	awk -F '\t' -v stage="$1" '
		{ why = $3 == "" ? "" : ": " (length($3) > 400 ? substr($3, 1, 400) " ..." : $3) }
		$1 == "fail" { print stage ": FAILED: " $2 why }
		$1 == "skip" { print stage ": skipped: " $2 why }' "$work/$1"
	echo "$(title "$1"): $(count "$work/$1" pass) passed, $(count "$work/$1" fail) failed, $(count "$work/$1" skip) skipped"
	cat "$work/$1" >>"$work/all"
	cp "$work/$1" "$results/$1.tests"
}

# The last line, and the status.
totals() {
	echo "$(count "$work/all" pass) passed, $(count "$work/all" fail) failed, $(count "$work/all" skip) skipped"
	[ "$(count "$work/all" fail)" = 0 ]
}
