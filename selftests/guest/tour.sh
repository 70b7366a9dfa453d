#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# tour.sh - every command of docs/tour.md prints what it says there
# The runner's pipes and stdbuf are not for the programs of the page.
exec 3>&- 4>&-
unset LD_PRELOAD _STDBUF_O
here=$(cd "$(dirname "$0")" && pwd) || exit 2
. "$here/tap.sh"
if [ "$(uname -m)" != x86_64 ]; then
	skip "every command of the tour prints what the page says" "the page has x86-64's segments, levels and addresses"
	tap_end
fi
tour=$here/tour
page=$here/tour.md
# Installed, what was compiled is beside the scripts.
# shellcheck disable=SC2034 # for play.sh
[ ! -d "$here/bin" ] || tour_programs=$here/bin
. "$tour/play.sh"
work=$(mktemp -d) || exit 2
trap 'play_close; rm -rf "$work"' EXIT
command='' played=0

# What was printed, beside what the page says; a command that fails is a failure whatever it printed.
judge() {
	[ -n "$command" ] || return 0
	[ "$status" = 0 ] || echo "(status $status)" >>"$work/printed"
	awk -v names="$work/names" -f "$tour/match.awk" "$work/expected" "$work/printed" >"$work/diff"
	ok $? "$heading: $command" "$work/diff"
	command=''
}

run_command() {
	command=$1
	: >"$work/expected"
	play "$command" >"$work/printed" 2>&1
	status=$?
	played=$((played + 1))
}

play_screen() {
	: >"$work/names"
	while IFS= read -r line; do
		case $line in
		'H '*) heading=${line#H } ;;
		'C '*) judge; run_command "${line#C }" ;;
		'O '*) printf '%s\n' "${line#O }" >>"$work/expected" ;;
		esac
	done <"$1"
	judge
}

if ! play_open; then
	echo "Bail out! the tour has no disk"
	exit 1
fi
screens=$(awk -f "$tour/screens.awk" "$page")
screen=0
while [ "$screen" -lt "$screens" ]; do
	screen=$((screen + 1))
	awk -v screen=$screen -f "$tour/screens.awk" "$page" >"$work/screen"
	play_screen "$work/screen"
done
grep -c '^\$ ' "$page" >"$work/commands"
[ "$(cat "$work/commands")" = $played ]
ok $? "no command of the page was left out: $played were run" "$work/commands"
tap_end
