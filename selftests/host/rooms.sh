#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# rooms.sh - a room knows those below it that its data comes from, and no other; no circle between files
cd "$(dirname "$0")/../.." || exit 2
. selftests/host/lib/tap.sh
. selftests/host/lib/code.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
calls=$PWD/selftests/host/lib/calls.awk
module=$PWD/module
# The rooms side by side, as includes name them: those of the tool, and of its library, where what lies in no room of
# its own is of vmaview. What is text is in both.
mkdir -p "$work/tools/vmaview"
ln -s "$PWD"/tools/vmaview/*.[ch] "$work/tools"
ln -s "$PWD"/tools/lib/vmaview/*.[ch] "$work/tools/vmaview"
for path in tools/vmaview/*/ tools/lib/vmaview/*/; do
	mkdir -p "$work/tools/$(basename "$path")"
	ln -s "$PWD/$path"* "$work/tools/$(basename "$path")"
done

# A room, and which it may know beside itself; NAME/* is each of these, where it is not in the list a folder is part
# of the room that it lies in.  What lies in none knows all.
cat >"$work/tools.rooms" <<'END'
vmaview
text
json text
columns text vmaview
api vmaview columns
proc text vmaview
core vmaview
read text vmaview proc core
filter text vmaview columns
select text vmaview proc
command text vmaview columns filter select
draw text json vmaview columns filter command
verbs text json vmaview proc read select columns filter command draw
verbs/* text json vmaview proc read select columns filter command draw verbs
END
cat >"$work/module.rooms" <<'END'
judge
compat judge
self
mm self compat
walk judge compat self
rmap walk mm compat
explain judge compat mm walk
stream rmap walk mm self compat
text mm
door text stream explain walk mm self compat
END

# sources FOLDER: what is compiled of it, as includes name it.
sources() {
	cd "$1" || exit 2
	find -L . -name '*.[ch]' ! -path '*/probe/*' ! -name features.h ! -name '*.mod.c' |
		sed 's@^\./@@' | sort >"$work/sources"
	# "file line kind header", where kind is the first letter of "header" or <header>.
	xargs grep -HnE '^[[:blank:]]*#[[:blank:]]*include' <"$work/sources" |
		sed 's/^\([^:]*\):\([0-9]*\):[^"<]*\(.\)\([^">]*\).*/\1 \2 \3 \4/' >"$work/includes"
}

# names_rooms WHAT: an include of a header of ours names its room.
names_rooms() {
	while read -r file line kind header; do
		ours=no
		case $header in ../* | */../* | ./*) ;; */*) [ ! -f "$header" ] || ours=yes ;; esac
		case $kind$ours in
		'"yes' | '<no') ;;
		*) echo "$file:$line: $header" ;;
		esac
	done <"$work/includes" >"$work/found"
	[ -s "$work/includes" ] && [ ! -s "$work/found" ]
	ok $? "$1: what is included of it is named by its room, in quotes" "$work/found"
}

# room(path): of a source, in awk, where listed has those of the list.
home='
	function room(path,    parent) {
		if (!sub("/[^/]*$", "", path))
			return "none"
		parent = path
		if (path in listed || !sub("/[^/]*$", "", parent) || (parent "/*") in listed)
			return path
		return room(path)
	}'

# knows_below WHAT LIST
knows_below() {
	awk '
		'"$home"'
		NR == FNR {
			listed[$1]
			for (i = 2; i <= NF; i++)
				may[$1, $i]
			next
		}
		{
			from = kind = room($1)
			to = room($4)
			if (!(kind in listed))
				sub("/[^/]*$", "/*", kind)
			if ($3 == "\"" && from != "none" && from != to && !((kind, to) in may))
				print $1 ":" $2 ": " to " is not for " from
		}' "$2" "$work/includes" >"$work/found"
	[ ! -s "$work/found" ]
	ok $? "$1: a room knows those that its data comes from, and none of its like" "$work/found"
}

# in_order WHAT LIST: is each room in the list, is there one for each in it, and does it know only those before it?
in_order() {
	awk "$home"'
		NR == FNR { listed[$1]; next }
		/\// {
			place = room($1)
			if (!(place in listed))
				sub("/[^/]*$", "/*", place)
			print place
		}' "$2" "$work/sources" | sort -u >"$work/there"
	cut -d' ' -f1 "$2" | sort -u | diff - "$work/there" >"$work/found"
	awk '{ for (i = 2; i <= NF; i++) if (!($i in before)) print $i " does not come before " $1; before[$1] }' \
		"$2" >>"$work/found"
	[ ! -s "$work/found" ]
	ok $? "$1: each room has its place in the order" "$work/found"
}

# one_name WHAT: guards of headers go by it, and so do people.
one_name() {
	sed 's@.*/@@' "$work/sources" | sort | uniq -d >"$work/found"
	[ ! -s "$work/found" ]
	ok $? "$1: no two sources have one name" "$work/found"
}

# no_circle SENTENCE: of the pairs in $work/pairs, which "FROM TO ..." in $work/edges explain.
no_circle() {
	tsort "$work/pairs" 2>&1 >/dev/null | sed -n '/loop:$/d; s/^tsort: //p' | sort -u >"$work/members"
	awk 'NR == FNR { member[$1]; next } $1 in member && $2 in member' "$work/members" "$work/edges" >"$work/found"
	[ -s "$work/pairs" ] && [ ! -s "$work/members" ]
	ok $? "$1" "$work/found"
}

# includes_no_circle WHAT
includes_no_circle() {
	awk '$3 == "\"" { print $1, $4, "line " $2 }' "$work/includes" >"$work/edges"
	cut -d' ' -f1,2 "$work/edges" >"$work/pairs"
	no_circle "$1: no two files include each other, whatever the way round"
}

# calls_no_circle WHAT: a unit is x.c with what x.h declares.
calls_no_circle() {
	# shellcheck disable=SC2046 # a list of words
	code $(cat "$work/sources") | awk -f "$calls" >"$work/edges"
	cut -d' ' -f1,2 "$work/edges" | sort -u >"$work/pairs"
	no_circle "$1: no two units call each other, whatever the way round"
}

# check WHAT FOLDER LIST
check() {
	sources "$2"
	names_rooms "$1"
	knows_below "$1" "$3"
	in_order "$1" "$3"
	one_name "$1"
	includes_no_circle "$1"
}

check module "$module" "$work/module.rooms"
calls_no_circle module
check "the tool" "$work/tools" "$work/tools.rooms"
calls_no_circle "the tool"
tap_end
