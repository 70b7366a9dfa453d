# SPDX-License-Identifier: GPL-2.0
# screens.sh - in: $interactive, not empty on a terminal; out: functions that show commands and what they print.
# Sourced.  Sets failed where a command failed.
# shellcheck shell=sh disable=SC2034,SC2154
failed=0
bold='' plain=''
[ -z "$interactive" ] || bold=$(printf '\033[1m') plain=$(printf '\033[0m')

headline() {
	printf '\n%s--- %s%s\n' "$bold" "$*" "$plain"
}

# show COMMAND: as typed, then what it prints.
show() {
	printf '\n$ %s\n' "$1"
	sh -c "$1" 2>&1 || { failed=1; echo "(failed)"; }
}

next() {
	[ -n "$interactive" ] || return 0
	printf '\n[Enter] '
	read -r _ || :
}

# shell HINT: on a terminal, the last screen.
shell() {
	[ -n "$interactive" ] || return 0
	headline "A shell in the guest: try $1; exit ends the guest"
	bash -i
}

# more_of NAME SENTENCE COMMAND: what they take more than before once it has run, and page tables.
more_of() {
	vmaview groups -J --name "^$1\$" >/tmp/before
	$3
	vmaview groups -J --name "^$1\$" >/tmp/after
	printf '\n%s (kB): ' "$2"
	jq -r -n --slurpfile a /tmp/before --slurpfile b /tmp/after '[$a[0].total, $b[0].total] |
		"frames \((.[1].frames - .[0].frames) / 1024), page tables \((.[1].tables - .[0].tables) / 1024); " +
		"Rss grows by \((.[1].rss - .[0].rss) / 1024)"' || failed=1
}
