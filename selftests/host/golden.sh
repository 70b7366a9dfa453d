#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# golden.sh - each view of each saved stream has the bytes that were looked at when it was recorded
cd "$(dirname "$0")" || exit 2
. lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

bin/lib/make_data "$work"
for scene in "$work"/*.vmav; do
	name=${scene##*/}
	cmp "$scene" "../data/$name" >"$work/cmp" 2>&1
	ok $? "$name is what its scene says" "$work/cmp"
done
for stream in ../data/*.vmav; do
	name=${stream##*/}
	for view in $(sh lib/golden views "$stream"); do
		sh lib/golden draw "$view" "$stream" >"$work/seen" 2>"$work/stderr"
		diff "${stream%.vmav}.$view" "$work/seen" >"$work/diff" 2>&1
		status=$?
		[ -s "$work/stderr" ] && status=1 && cat "$work/stderr" >>"$work/diff"
		ok $status "${name%.vmav}: $view" "$work/diff"
	done
done
tap_end
