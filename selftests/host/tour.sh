#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# tour.sh - docs/tour.md has a program a screen, and what compares its output sees a difference
cd "$(dirname "$0")/../.." || exit 2
. selftests/host/lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
page=docs/tour.md
screens=$(awk -f selftests/tour/screens.awk $page)
LONGEST=36

screen=0
while [ "$screen" -lt "$screens" ]; do
	screen=$((screen + 1))
	awk -v screen=$screen -f selftests/tour/screens.awk $page >"$work/$screen"
done
cat "$work"/[0-9]* >"$work/all"

[ "$screens" -ge 9 ] && [ "$(grep -c '^H ' "$work/all")" = "$screens" ]
ok $? "a screen has one heading" "$work/all"
sed -n 's/^C start //p' "$work/all" | sort >"$work/started"
for file in selftests/tour/*.c; do
	basename "$file" .c
done | sort | diff - "$work/started" >"$work/diff"
ok $? "each program is started once" "$work/diff"
wc -l "$work"/[0-9]* | awk -v longest=$LONGEST '$2 != "total" && $1 > longest' >"$work/long"
[ ! -s "$work/long" ]
ok $? "a screen has $LONGEST lines at most" "$work/long"

# judge VERDICT SENTENCE EXPECTED PRINTED: as one command of a screen; \n between lines.
judge() {
	printf '%b\n' "$3" >"$work/expected"
	printf '%b\n' "$4" >"$work/printed"
	awk -v names="$work/names" -f selftests/tour/match.awk "$work/expected" "$work/printed" >"$work/diff"
	[ $? = "$1" ]
	ok $? "$2" "$work/diff"
}

# same, other SENTENCE EXPECTED PRINTED: what is to be found.
same() {
	judge 0 "$@"
}

other() {
	judge 1 "$@"
}

same "equal lines are equal" 'a 1\nb 2' 'a 1\nb 2'
other "another number is seen" 'a 1\nb 2' 'a 1\nb 3'
other "a line more is seen" 'a 1' 'a 1\nb 2'
other "a line less is seen" 'a 1\nb 2' 'a 1'
same "blanks align" 'a   1' 'a 1 '
same "a name takes a number" 'pfn 0x<frame1>, anon' 'pfn 0x1a2b, anon'
other "and keeps it" 'pfn 0x<frame1>, anon' 'pfn 0x1a2c, anon'
same "in other places too" 'physical 0x<frame1>456' 'physical 0x1a2b456'
other "where what follows is compared" 'physical 0x<frame1>456' 'physical 0x1a2b457'
other "a name that differs in its digit has another number" 'pfn 0x<frame2>' 'pfn 0x1a2b'
same "as it does here" 'pfn 0x<frame2>' 'pfn 0x1a2d'
same "a name of another kind may have the same" 'pid <pid>' 'pid 1a2b'
other "a name takes a number only" 'pid <child>' 'pid -'
other "a name takes one number" 'pid <child>' 'pid 1 2'
same "zeros before a number do not count" 'entry 0x<frame1>867' 'entry 0x0000001a2b867'
tap_end
