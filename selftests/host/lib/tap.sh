# SPDX-License-Identifier: GPL-2.0
# tap.sh - in: conditions; out: KTAP, the plan last.  Sourced by the scripts; they end with tap_end.
# shellcheck shell=sh
LC_ALL=C.UTF-8
export LC_ALL
number=0 failed=0
tap_began=$(date +%s)
echo "KTAP version 1"

# ok STATUS SENTENCE [FILE]: FILE says more about a failure.
ok() {
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - $2"
		return
	fi
	[ -z "${3:-}" ] || head -n 20 "$3" | sed 's/^/# /'
	echo "not ok $number - $2"
	failed=1
}

skip() {
	number=$((number + 1))
	echo "ok $number - $1 # SKIP $2"
}

# have PROGRAM PACKAGE SENTENCE: is it there?  Else that test is skipped, and says what to install.
have() {
	command -v "$1" >/dev/null && return
	skip "$3" "$1 is missing: install the package $2"
	return 1
}

# needs PROGRAM PACKAGE: without it many tests of a script fail, and none of them says why.
needs() {
	command -v "$1" >/dev/null || echo "# $1 is missing: install the package $2"
	command -v "$1" >/dev/null
	ok $? "$1 is installed"
}

tap_end() {
	echo "1..$number"
	echo "# took $(($(date +%s) - tap_began)) s"
	exit $failed
}
