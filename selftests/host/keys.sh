#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# keys.sh - what README and the man page say of an area's numbers is what uapi/vmaview_keys.h says
cd "$(dirname "$0")/../.." || exit 2
. selftests/host/lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# Of each row "Cow_Copy|kB|OURS|MORE|present; the next write copies it", of a part "Leaves.4k|count|...".
"${CC:-gcc}" -E -P -Iuapi -x c - >"$work/expanded" <<-'END'
	#include <vmaview_keys.h>
	#define KEY(id, field, name, json, unit, total, source, place, help) @ name | unit | source | place | help
	#define GROUP(id, name, json, first, last, help) @ name | COUNT | OURS | MORE | help
	#define PART(id, field, group, group_name, word, sum, help) \
		@ group_name "." word | COUNT | OURS | PART | help
	VMAVIEW_KEYS(KEY, GROUP, PART)
END
tr -d '\n' <"$work/expanded" | tr '@' '\n' | sed 's/" *"//g; s/ *| */|/g; s/"//g; s/^ *//; s/ *$//; /^$/d' |
	sed 's/|\(SPAN\|BYTES\|PSS\)|/|kB|/; s/|COUNT|/|count|/' >"$work/list"
grep -vE '^[A-Z][A-Za-z_]+(\.[A-Za-z0-9_]+)?\|(kB|count)\|(SMAPS|OURS)\|(VIEW|MORE|PART)\|[^|]+$' "$work/list" >"$work/found"
[ "$(wc -l <"$work/list")" -gt 40 ] && [ ! -s "$work/found" ]
ok $? "each row has a name, a unit, where it comes from, and a help" "$work/found"

# compare LIST PAGE SENTENCE: of "name|...|what it is", all but the end are the same, and what the page says
# begins with what the list says.  Capitals aside: a sentence begins with one.
compare() {
	awk -F'|' '
		{
			$0 = tolower($0)
			what = $NF
			key = substr($0, 1, length($0) - length(what) - 1)
		}
		NR == FNR { help[key] = what; next }
		!(key in help) { print "not in the list: " $0; next }
		{
			seen[key] = 1
			if (index(what, help[key]) != 1 || substr(what, length(help[key]) + 1) ~ /^[a-z0-9]/)
				print $0 ": the list says: " help[key]
		}
		END { for (key in help) if (!(key in seen)) print "missing: " key "|" help[key] }' \
		"$1" "$2" >"$work/found"
	[ -s "$1" ] && [ ! -s "$work/found" ]
	ok $? "$3" "$work/found"
}

# README has those of our own, a line each, and the parts of a line by their words.
awk -F'|' -v OFS='|' '$3 == "OURS" && $4 != "PART" { print $1, $2, $5 }' "$work/list" >"$work/wanted"
# shellcheck disable=SC2016 # backquotes of the table
sed -n 's/^| `\([A-Z][A-Za-z_]*\)` | \(kB\|count\) | \(.*\) |$/\1|\2|\3/p' README.md >"$work/there"
compare "$work/wanted" "$work/there" "README has each key of our own, its unit and what it is"

sed -n 's/^\(Absent\|Leaves\)\.\([^|]*\)|.*/\1 \2/p' "$work/list" >"$work/parts"
while read -r group word; do
	grep "^$group|" "$work/there" | grep -qF "\`$word\`" || echo "$group: $word"
done <"$work/parts" >"$work/found"
[ -s "$work/parts" ] && [ ! -s "$work/found" ]
ok $? "and the words of Absent and Leaves" "$work/found"

# The man page has all of them: its subsections tell those of the default view, of smaps, sizes and counts.
awk -F'|' -v OFS='|' '{ print $1, $2, $4 == "VIEW" ? "VIEW" : $3, $5 }' "$work/list" >"$work/wanted"
sed -n '/^\.Sh COLUMNS/,/^\.Ss Of the verb/p' tools/vmaview/vmaview.8 | awk '
	function flush() {
		if (name != "")
			print name "|" unit "|" source "|" text
		name = text = ""
	}
	/^\.Ss/ {
		flush()
		unit = /Counts/ ? "count" : "kB"
		source = /default view/ ? "VIEW" : /module/ ? "OURS" : "SMAPS"
	}
	/^\.It [A-Z]/ { flush(); name = $3 == "Pq" && $4 != "" ? $2 " " $4 : $2; next }
	/^\.(Ss|It|El|Bl|Sh)/ { next }
	{ text = text (text == "" ? "" : " ") $0 }
	END { flush() }' >"$work/page"
# By either name, and no others: most columns are no numbers of the list.
awk -F'|' -v OFS='|' '
	NR == FNR { listed[tolower($1)] = 1; next }
	{
		nr = split($1, names, " ")
		for (i = 1; i <= nr; i++)
			if (tolower(names[i]) in listed) {
				$1 = names[i]
				print
			}
	}' "$work/list" "$work/page" >"$work/there"
compare "$work/wanted" "$work/there" "the man page has each key, its unit, what it is, and whether smaps has it"

# By either name, in capitals or not.
awk -F'|' '{ print tolower($1) "|" $5 }' "$work/list" >"$work/wanted"
selftests/host/bin/tool/vmaview --help | sed '1,/^Columns/d' | awk '{
	nr = split(tolower(substr($0, 5, 22)), names, "[, ]+")
	for (i = 1; i <= nr; i++)
		print names[i] "|" substr($0, 28)
}' >"$work/there"
grep -vxF -f "$work/there" "$work/wanted" >"$work/found"
[ -s "$work/wanted" ] && [ ! -s "$work/found" ]
ok $? "the tool says the same of each" "$work/found"
tap_end
