#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# columns.sh - columns, options and verbs are the same in --help, in the man page and in JSON
cd "$(dirname "$0")" || exit 2
. lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
page=../../tools/vmaview/vmaview.8
vmaview=bin/tool/vmaview

needs jq jq
$vmaview --help >"$work/help"
ok $? "--help exits with 0"

# Of ".It Kbytes Pq Size" and ".It Pss , Pss_Dirty".
section() {
	sed -n "/^\.Sh $1/,/^\.Sh /p" "$page"
}

# same_columns HELP PAGE SENTENCE: of "  m Ops, Alias    help": Ops; names only, or with aliases.
same_columns() {
	sed -n '/^Columns/,/^$/p' "$1" | sed 1d | sed '/^$/d' | cut -c 5-27 >"$work/names"
	sed 's/, / (/; s/ *$//; /(/s/$/)/' "$work/names" | sort >"$work/with-alias"
	sed -n 's/^\.It //p' "$2" | grep -v '^[a-z]' | sed 's/ Pq \(.*\)/ (\1)/; s/ , /\n/g' | sort >"$work/page"
	diff "$work/with-alias" "$work/page" >"$work/diff"
	ok $? "$3" "$work/diff"
}

section COLUMNS | sed '/^\.Ss Of the verb/,$d' >"$work/section"
same_columns "$work/help" "$work/section" "the man page describes just the columns that --help lists"
sed 's/,.*//; s/ *$//' "$work/names" | sort >"$work/columns"

# listed VERB HELP: --list-columns has the same, in the same order, in both of its forms.
listed() {
	sed -n '/^Columns/,/^$/p' "$2" | sed '1d; /^$/d' | cut -c 5- | sed -E 's/^([^ ,]+)(, [^ ]+)? +/\1 /' >"$work/wanted"
	# shellcheck disable=SC2086 # the view has no word
	{ $vmaview $1 -H | sed '1d; s/  */ /'; } >"$work/plain" &&
		$vmaview $1 --list-columns --raw -n | sed 's/\\x20/ /g' >"$work/raw"
	sed 's/^\([^ ]* \) */\1/; s/  */ /g' "$work/wanted" | diff - "$work/raw" >"$work/diff" &&
		diff "$work/wanted" "$work/plain" >"$work/diff" && [ -s "$work/wanted" ]
	ok $? "--list-columns of ${1:-the view} has just the columns that --help lists, and says the same of them" "$work/diff"
}

listed '' "$work/help"

# The columns of a verb have a subsection each.
sed -n '/^Verbs/,/^$/p' "$work/help" | sed 1d | awk 'NF && $1 != "pmap" { print $1 }' >"$work/with-help"
while read -r verb; do
	$vmaview "$verb" --help >"$work/verb-help"
	grep -q '^Columns' "$work/verb-help" || continue
	listed "$verb" "$work/verb-help"
	section COLUMNS | sed -n "/^\.Ss Of the verb $verb\$/,/^\.S[sh] /p" >"$work/section"
	same_columns "$work/verb-help" "$work/section" "and just those that $verb --help lists"
	# Without that column whole paths would have no effect.
	if grep -q -- --show-path "$work/verb-help"; then
		grep -q '^....Mapping' "$work/verb-help"
		ok $? "$verb takes --show-path and has the column"
	fi
done <"$work/with-help"

# The parts of a group are all in its own column.
$vmaview --from ../data/mixed.vmav -r -O | head -n 1 | tr ' ' '\n' | sort >"$work/heading"
grep -v '\.' "$work/columns" | diff - "$work/heading" >"$work/diff"
ok $? "-O shows just the columns that --help lists, but for parts of a group" "$work/diff"

sed -n '/^Verbs/,/^$/p' "$work/help" | sed 1d | awk 'NF { print $1 }' | sort >"$work/verbs"
section SYNOPSIS | sed -n 's/^\.Cm \([a-z]*\)$/\1/p' | sort -u | diff "$work/verbs" - >"$work/diff"
[ -s "$work/verbs" ] && [ ! -s "$work/diff" ]
ok $? "the man page's synopsis has just the verbs that --help lists" "$work/diff"

grep '\.' "$work/columns" | paste -s -d, >"$work/parts"
$vmaview --from ../data/mixed.vmav -J -o Size,Extra_Refs.total,"$(cat "$work/parts")" |
	jq -S '[.processes[0].areas[] | {size, extra_refs, absent, leaves}]' >"$work/ours"
$vmaview --from ../data/mixed.vmav -J -o Size,Extra_Refs,Absent,Leaves |
	jq -S '[.processes[0].areas[] | {size, extra_refs, absent, leaves}]' >"$work/theirs"
grep -q '"lru_batch": 1' "$work/theirs" && diff "$work/ours" "$work/theirs" >"$work/diff"
ok $? "in JSON a part is in its group's object" "$work/diff"

# Of two groups the one alone is a sum: by hand from the parts of each area.
$vmaview --from ../data/mixed.vmav -r -n -o Address,Absent.swap,Absent.migration,Absent.device,Absent.hwpoison,Absent.guard,Absent.uffd |
	awk '{ sum = $2 + $3 + $4 + $5 + $6 + $7; if (sum > 0) print $1 }' >"$work/theirs"
$vmaview --from ../data/mixed.vmav -r -n -o Address -Q Absent >"$work/ours"
[ -s "$work/ours" ] && diff "$work/ours" "$work/theirs" >"$work/diff"
ok $? "-Q with a group takes the rows of which there is something" "$work/diff"

sed -n '/^Options/,/^$/p' "$work/help" | grep -o -- '--[a-z-]*' | sort >"$work/options"
section OPTIONS | grep '^\.It Fl' | grep -o 'Fl -[a-z-]*\|, -[a-z-]*' | sed 's/Fl -/--/; s/, -/--/' |
	sort >"$work/page"
diff "$work/options" "$work/page" >"$work/diff"
ok $? "the man page describes just the options that --help lists" "$work/diff"

sed -n '/^Options/,/^$/p' "$work/help" | sed -n 's/^ \(-[A-Za-z]\),.*/\1/p' | sort >"$work/letters"
section OPTIONS | sed -n 's/^\.It Fl \([A-Za-z]\) , .*/-\1/p' | sort >"$work/page"
diff "$work/letters" "$work/page" >"$work/diff"
ok $? "and just their letters" "$work/diff"

sed -n '/^Verbs/,/^$/p' "$work/help" | sed 1d | awk 'NF { print $1 }' | sort >"$work/verbs"
section VERBS | sed -n 's/^\.It Cm \([a-z]*\).*/\1/p' | sort >"$work/page"
diff "$work/verbs" "$work/page" >"$work/diff"
ok $? "the man page describes just the verbs that --help lists" "$work/diff"

# The contract of an area's keys: of the kernel's text, in lower case, and where the area is.
cat >"$work/contract" <<-END
	absent anonhugepages anonymous callbacks charged_elsewhere cow_copy cow_debt cow_maybe cow_reuse cow_source device
	end extra_refs filepmdmapped flags inode kernelpagesize kind ksm lazyfree leaves locked mapcount_max
	maybe_pinned mlocked mmupagesize name nodes offset ops perms private_clean private_dirty
	private_hugetlb pss pss_dirty reclaim_drop reclaim_never reclaim_swap reclaim_write
	refcount_max referenced remote rss shared_clean shared_dirty shared_hugetlb shmempmdmapped size start
	swap tables unevictable vmflags writeback
END
tr ' ' '\n' <"$work/contract" | sort >"$work/keys"
$vmaview --from ../data/mixed.vmav -J >"$work/json"
jq -r '.processes[0].areas[0] | keys[]' "$work/json" | sort >"$work/seen"
diff "$work/keys" "$work/seen" >"$work/diff"
ok $? "an area in JSON has just the keys of the contract" "$work/diff"

jq -r '.processes[0].areas[] | select(.caveats) | .caveats[]' "$work/json" | sort | tr '\n' ' ' >"$work/seen"
[ "$(cat "$work/seen")" = "changed clipped name_cut " ]
ok $? "and caveats where there are some" "$work/seen"

# What follows on data is bss, wherever a row is shown, and whatever is left out.
$vmaview --from ../data/sh-6.12.vmav -r -n -o Address,Kind | sort >"$work/kinds"
$vmaview --from ../data/sh-6.12.vmav -r -n -o Address,Kind --sort -Address | sort >"$work/seen"
grep -q ' bss$' "$work/kinds" && diff "$work/kinds" "$work/seen" >"$work/diff"
ok $? "an area is of the same kind in any order" "$work/diff"
$vmaview --from ../data/sh-6.12.vmav -r -n -o Address,Kind -Q 'Kind == bss' >"$work/seen"
grep ' bss$' "$work/kinds" | diff - "$work/seen" >"$work/diff"
ok $? "... and alone" "$work/diff"

# Name a type for each kind of value, so that a string is never where a number was.
jq -e '.vmaview.source == "file" and (.vmaview.page_size == 4096) and (.vmaview.version | type) == "string"
	and (.processes[0] | .pid == 4711 and .comm == "scene" and .cmdline == null)
	and (.processes[0].areas | all((.start | test("^0x[0-9a-f]+$")) and (.size | type) == "number"
		and (.flags | type) == "array" and (.callbacks | type) == "object"
		and (.extra_refs | keys) == ["lru_batch", "total"]
		and (.leaves | keys) == ["1G", "2M", "4k"]
		and (.absent | keys) == ["device", "guard", "hwpoison", "migration", "none", "swap", "uffd"]))
	and (.processes[0].receipt | keys) == ["changed", "elapsed_ns", "entries", "holds",
		"longest_hold_ns", "restarts", "retries"]' "$work/json" >"$work/seen"
ok $? "values in JSON have the types of the contract" "$work/seen"

jq -e '.processes[0] | [.areas[].rss] as $rss | .total.rss == ($rss | add)
	and .total.refcount_max == ([.areas[].refcount_max] | max)
	and (.total.total_vm | type) == "number" and (.total | has("kernelpagesize") | not)' \
	"$work/json" >"$work/seen"
ok $? "totals in JSON are the sums of the areas" "$work/seen"

$vmaview --from ../data/pages.vmav -J >"$work/places"
jq -e '.processes[0] | ([.areas[].nodes[]] | add) > 4096 and ([.areas[].nodes[]] | add) == ([.total.nodes[]] | add)' \
	"$work/places" >"$work/seen"
ok $? "and those of nodes are in bytes, too" "$work/seen"

$vmaview groups --from ../data/pages.vmav -J --by pid >"$work/groups"
jq -s -e '.[0].groups[0].nodes == .[1].processes[0].total.nodes and .[0].total.nodes == .[0].groups[0].nodes' \
	"$work/groups" "$work/places" >"$work/seen"
ok $? "... and those of a group" "$work/seen"

for options in "" -O -r; do
	# shellcheck disable=SC2086 # none or one
	LC_ALL=C timeout 20 $vmaview --from ../data/mixed.vmav $options >"$work/seen" 2>&1
	ok $? "a locale without its characters shows every area ($options)" "$work/seen"
done
LC_ALL=C $vmaview --from ../data/mixed.vmav -o NAME | grep -c 'caf\\303\\251' >"$work/seen"
ok $? "and has them in octal" "$work/seen"

if have mandoc mandoc "mandoc has no complaint about the man page"; then
	mandoc -Tlint -W warning "$page" >"$work/lint"
	ok $? "mandoc has no complaint about the man page" "$work/lint"
fi
tap_end
