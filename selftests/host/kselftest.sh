#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# kselftest.sh - what scripts/check makes of the lines of run_kselftest.sh: single tests, skips, and all that failed
. lib/tap.sh
lib=../../scripts/lib
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# As runners of 6.1 (a skip without its name) and of 6.12 print it.
cat >"$work/tap" <<'END'
TAP version 13
1..6
# timeout set to 240
# selftests: vmaview: cow
# TAP version 13
# 1..4
# # Starting 4 tests from 1 test cases.
# #  RUN           cow.fresh ...
# #            OK  cow.fresh
# ok 1 cow.fresh
# #  RUN           cow.forked ...
# # Rss: expected 3, got 4
# #          FAIL  cow.forked
# not ok 2 cow.forked
# #  RUN           cow.ksm ...
# #      SKIP      no KSM
# #            OK  cow.ksm
# ok 3 # SKIP no KSM
# #  RUN           pair.swap.same ...
# #            OK  pair.swap.same
# ok 4 pair.swap.same # SKIP no swap
# # FAILED: 3 / 4 tests passed.
# # Totals: pass:1 fail:1 xfail:0 xpass:0 skip:2 error:0
not ok 1 selftests: vmaview: cow # exit=1
# selftests: vmaview: pins
# TAP version 13
# 1..0 # SKIP it was built without liburing
ok 2 selftests: vmaview: pins # SKIP
# selftests: vmaview: hangs
# TAP version 13
# 1..2
# ok 1 hangs.first
not ok 3 selftests: vmaview: hangs # TIMEOUT 240 seconds
# selftests: vmaview: dies
not ok 4 selftests: vmaview: dies # exit=139
# selftests: vmaview: tour.sh
# KTAP version 1
# ok 1 - a page: a command
# 1..1
ok 5 selftests: vmaview: tour.sh
END
awk -f $lib/kselftest.awk "$work/tap" | awk -f $lib/ktap.awk | cut -f1,2 >"$work/found"
awk -f $lib/kselftest.awk "$work/tap" | awk -f $lib/ktap.awk | awk -F '\t' '$2 ~ /forked|ksm|dies/ { print $3 }' >"$work/why"

# has KIND NAME
has() {
	grep -qxF "$(printf '%s\t%s' "$1" "$2")" "$work/found"
	ok $? "$1: $2" "$work/found"
}

has pass "cow: fresh"
has fail "cow: forked"
has skip "cow: ksm"
has skip "cow: pair.swap.same"
has skip "pins: everything"
has pass "hangs: first"
has fail "hangs: its end"
has fail "dies"
has pass "tour: a page: a command"
has fail "its end"
[ "$(wc -l <"$work/found")" = 10 ]
ok $? "and nothing else" "$work/found"
[ "$(cat "$work/why")" = "Rss: expected 3, got 4
no KSM
exit=139" ]
ok $? "what failed and what was skipped says why" "$work/why"
tap_end
