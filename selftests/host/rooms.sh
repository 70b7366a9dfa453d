#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# rooms.sh - a room of the tool knows those that its data comes from, and no other; their library knows none
cd "$(dirname "$0")/../.." || exit 2
. selftests/host/lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
# The rooms side by side, as includes name them: those of the tool, and its library, whose room is vmaview.
mkdir "$work/tools"
for path in tools/vmaview/*/ tools/vmaview/*.[ch] tools/lib/*/; do
	path=${path%/}
	ln -s "$PWD/$path" "$work/tools/${path##*/}"
done
cd "$work/tools" || exit 2

# A room, and which it may know beside itself; verbs/* is each of these.  What lies in none knows all.
cat >"$work/rooms" <<'END'
vmaview
text
proc text vmaview
read text vmaview proc
columns text vmaview
filter text vmaview columns
command text vmaview columns filter
draw text vmaview columns filter command
verbs text vmaview proc read columns filter command draw
verbs/* text vmaview proc read columns filter command draw verbs
END

find -L . -name '*.[ch]' | sed 's@^\./@@' | sort >"$work/sources"
# "file line kind header", where kind is the first letter of "header" or <header>.
xargs grep -HnE '^[[:blank:]]*#[[:blank:]]*include' <"$work/sources" |
	sed 's/^\([^:]*\):\([0-9]*\):[^"<]*\(.\)\([^">]*\).*/\1 \2 \3 \4/' >"$work/includes"

while read -r file line kind header; do
	ours=no
	case $header in ../* | */../* | ./*) ;; */*) [ ! -f "$header" ] || ours=yes ;; esac
	case $kind$ours in
	'"yes' | '<no') ;;
	*) echo "$file:$line: $header" ;;
	esac
done <"$work/includes" >"$work/found"
[ -s "$work/includes" ] && [ ! -s "$work/found" ]
ok $? "what is included of the tool is named by its room, in quotes" "$work/found"

awk '
	function room(path) {
		return sub("/[^/]*$", "", path) ? path : "none"
	}
	NR == FNR {
		for (i = 2; i <= NF; i++)
			may[$1, $i]
		next
	}
	{
		from = kind = room($1)
		to = room($4)
		sub("^verbs/.*", "verbs/*", kind)
		if ($3 == "\"" && from != "none" && from != to && !((kind, to) in may))
			print $1 ":" $2 ": " to " is not for " from
	}' "$work/rooms" "$work/includes" >"$work/found"
[ ! -s "$work/found" ]
ok $? "a room knows those that its data comes from, and no verb another" "$work/found"

# Of each room: is it in the list, and is there one for each in the list?
sed -n 's@/[^/]*$@@p' "$work/sources" | sed 's@^verbs/.*@verbs/*@' | sort -u >"$work/there"
cut -d' ' -f1 "$work/rooms" | sort -u | diff - "$work/there" >"$work/found"
ok $? "each room has its place in the order" "$work/found"

# Guards of headers go by it, and so do people.
sed 's@.*/@@' "$work/sources" | sort | uniq -d >"$work/found"
[ ! -s "$work/found" ]
ok $? "no two sources have one name" "$work/found"
tap_end
