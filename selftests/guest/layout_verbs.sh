#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# layout_verbs.sh - vmaview layout and vmaview tables, beside /proc of a program that sleeps
# The runner's stdbuf is not for the tool.
unset LD_PRELOAD _STDBUF_O
here=$(cd "$(dirname "$0")" && pwd) || exit 2
. "$here/tap.sh"
work=$(mktemp -d) || exit 2
sleep 1000 &
pid=$!
trap 'kill $pid; rm -rf "$work"' EXIT
until [ "$(cat /proc/$pid/comm)" = sleep ] && grep -q '^State:.S' /proc/$pid/status; do :; done

# same SENTENCE: $work/ours is $work/theirs.
same() {
	diff "$work/ours" "$work/theirs" >"$work/diff"
	ok $? "$1" "$work/diff"
}

# Whatever is asked for often starts no program: an emulated machine takes long for that.

# part NAME FIELD: of layout's JSON, a word of a list a line.
part() {
	while read -r name field value; do
		[ "$name $field" != "$1 $2" ] || echo "$value"
	done <"$work/parts"
}

# hex FIELD: of /proc/PID/stat; sleep has no space in its name.
hex() {
	read -r stat </proc/$pid/stat
	field=$1
	# shellcheck disable=SC2086 # a list of words
	set -- $stat
	shift $((field - 1))
	printf '0x%x\n' "$1"
}

# area NAME: its range in maps.
area() {
	awk -v name="$1" '$6 == name { sub("-", " 0x", $1); print "0x" $1 }' /proc/$pid/maps | sed 's/0x0*/0x/g'
}

# parts: of JSON, "NAME FIELD VALUE" a line, and what there is to say of the threads.
parts() {
	jq -r '.processes[0] | (.layout[] | .name as $name | to_entries[] | .key as $key | .value |
		if type == "array" then .[] else . end | "\($name) \($key) \(.)"),
		"threads good \((.threads | length) == 2 and .threads[0].name == "fs" and
			.threads[0].tid == '$pid' and .threads[1].name == "gs" and (.ldt | length) == 0 and
			(.threads[0].areas | length) == 1 and .threads[0].caveats == [])"' "$1"
}

vmaview layout -J $pid >"$work/json"
ok $? "layout prints JSON"
parts "$work/json" >"$work/parts"
{ hex 26; hex 27; hex 45; hex 46; hex 47; hex 48; hex 49; hex 50; hex 51; } >"$work/theirs"
{
	part text start; part text end; part data start; part data end; part heap start
	part arguments start; part arguments end; part environment start; part environment end
} >"$work/ours"
same "its parts are where /proc/PID/stat has them"
{ area '[stack]'; area '[vdso]'; } >"$work/theirs"
{ echo "$(part stack start) $(part stack end)"; echo "$(part vdso start) $(part vdso end)"; } >"$work/ours"
same "stack and vdso are the areas that maps calls so"
{ echo down; echo up; echo down; } >"$work/theirs"
{ part stack grows; part heap grows; part mmap grows; } >"$work/ours"
same "stack and mappings grow down, the heap up"

# The file has no bss beyond its last page where that is how it was linked: sleep has some, as its
# .bss says.
part bss start >"$work/ours"
part data end >"$work/theirs"
same "bss begins where the data ends"
part bss areas | tail -n 1 | sed 's/.*-//' >"$work/ours"
part bss end >"$work/theirs"
same "and ends where its last area ends"

# Every area that overlaps text, by hand.
awk -v start="$(part text start)" -v end="$(part text end)" '
	{
		split($1, range, "-")
		low = sprintf("0x%s", range[1]); high = sprintf("0x%s", range[2])
		sub("0x0*", "0x", low); sub("0x0*", "0x", high)
		if (length(high) > length(start) || (length(high) == length(start) && high > start))
			if (length(low) < length(end) || (length(low) == length(end) && low < end))
				print low "-" high
	}' /proc/$pid/maps >"$work/theirs"
part text areas >"$work/ours"
same "the areas of the text are those of maps that it overlaps"

sentence="its one thread has fs, which points into an area, and gs; there is no LDT"
if [ "$(uname -m)" = x86_64 ]; then
	[ "$(part threads good)" = true ]
	ok $? "$sentence" "$work/json"
else
	skip "$sentence" "this machine has no segments"
fi
vmaview layout -r -n -o Name,Start,End $pid >"$work/raw"
awk '$1 == "heap"' "$work/raw" | sed 's/ 0*/ 0x/g' >"$work/ours"
echo "heap $(part heap start) $(part heap end)" >"$work/theirs"
same "raw says the same"
vmaview layout $pid >"$work/text"
awk '$1 == "arguments" && $5 == 1 { found = 1 } END { exit !found }' "$work/text"
ok $? "arguments of $(tr -d '\n' </proc/$pid/cmdline | wc -c) bytes are not 0 kB" "$work/text"
vmaview layout -r -n -o Size $pid "$(part heap start)+0x9" >"$work/ours"
vmaview layout -b -r -n -o Size $pid "$(part heap start)+0x9" >>"$work/ours"
printf '1\n9\n' >"$work/theirs"
same "nor are 9 bytes, which -b shows as such"
grep -q '^heap ' "$work/text" && grep -q '^read in ' "$work/text"
ok $? "the table has title, parts and receipt" "$work/text"
vmaview record -f "$work/saved" $pid && vmaview layout -J --from "$work/saved" >"$work/from"
cp "$work/parts" "$work/theirs"
parts "$work/from" >"$work/ours"
same "a saved stream says the same"

vmaview tables -J $pid >"$work/json"
ok $? "tables prints JSON"
jq -r '.processes[0] |
	"vmpte \([.tables[] | select(.level <= 2) | .bytes] + [.tables[].deposited * 4096] | add)",
	"pgtables \(.pgtables)",
	"leaves \(.leaves["4k"])",
	"mapped \(.mapped == .leaves["4k"] * 4096 + .leaves["2M"] * 2097152)",
	"per_gib \(.bytes_per_gib == (.bytes * 1073741824 / .mapped | floor))",
	"lowest \(.tables[0] | "\(.name) \(.tables) \(.used)")",
	(.structs[]? | .size as $size | "\(.name) \($size)",
		"members \((.members | length > 3) and all(.members[];
			.offset + (.size // 1) <= $size and .cache_line == (.offset / 64 | floor)))")' \
	"$work/json" >"$work/facts"

# fact NAME: what JSON says.
fact() {
	while read -r name value; do
		[ "$name" != "$1" ] || echo "$value"
	done <"$work/facts"
}

awk '/^VmPTE:/ { print $2 * 1024 }' /proc/$pid/status >"$work/theirs"
fact vmpte >"$work/ours"
same "its tables are VmPTE"
fact pgtables >"$work/ours"
same "which it says too"
# vvar and vdso are mapped, and not in Rss.
resident=$(awk '/\[v(dso|var|var_vclock|sys.*)\]/ { skip = 1 } /^[0-9a-f]+-/ { skip = /\[v/ }
	/^Rss:/ && !skip { rss += $2 } END { print rss / 4 }' /proc/$pid/smaps)
[ "$(fact leaves)" -ge "$resident" ] && [ "$(fact leaves)" -le $((resident + 16)) ]
ok $? "its leaves are what smaps calls resident, and the vdso" "$work/facts"
[ "$(fact mapped) $(fact per_gib)" = "true true" ]
ok $? "memory of tables for each GiB follows" "$work/facts"

# object NAME MORE: the second witness is what their slab caches are made for.
object() {
	size=$(fact "$1")
	read -r object <"/sys/kernel/slab/$1/object_size"
	[ "$size" -le "$object" ] && [ "$object" -le $((size + $2)) ]
	ok $? "$1 is as large as its slab objects" "$work/facts"
}

structs() {
	[ "$(fact page)" = 64 ] && [ "$(fact folio)" -ge 64 ]
	ok $? "struct page has 64 bytes, and a folio is not smaller" "$work/facts"
	[ "$(fact members | sort | uniq -c | sed 's/ //g')" = 4true ]
	ok $? "each member lies in its structure, and in the cache line of its offset" "$work/facts"
	object vm_area_struct 0
	object mm_struct 256	# masks of CPUs are after it
	vmaview tables --structs -r -n >"$work/members"
	grep -q '^page 0 0 8 flags$' "$work/members" && grep -q '^page 0 52 4 _refcount$' "$work/members"
	ok $? "page begins with its flags and has a refcount" "$work/members"
}

no_structs() {
	for sentence in "struct page has 64 bytes, and a folio is not smaller" \
		"each member lies in its structure, and in the cache line of its offset" \
		"vm_area_struct is as large as its slab objects" "mm_struct is as large as its slab objects" \
		"page begins with its flags and has a refcount"; do
		skip "$sentence" "this kernel has no type information"
	done
}

if [ -e /sys/kernel/btf/vmlinux ]; then structs; else no_structs; fi
vmaview tables -r -n -o Name,Tables,Used $pid | head -n 1 >"$work/ours"
fact lowest >"$work/theirs"
same "raw says the same"

# The other door says the same of the same process.
door=/sys/kernel/debug/vmaview
echo $pid >$door/attach
awk -F '[: =-]+' '/^(Text|Data|Heap|Stack|Arguments|Environment|Vdso):/ { print tolower($1), $2, $3 }
	/^[FG]s:/ { print tolower($1), $7, "-" }' $door/$pid/layout | sed 's/ 0*\([0-9a-f]\)/ \1/g' | sort >"$work/theirs"
vmaview layout -r -n -o Name,Start,End $pid | grep -Ev '^(bss|mmap) ' |
	sed 's/ 0*\([0-9a-f]\)/ \1/g' | sort >"$work/ours"
same "parts and segments are those of the file layout"
sed -n 's/^\(...\): tables=/\1 /p' $door/$pid/tables | sed 's/ [a-z]*=/ /g' |
	awk '{ print $0 (NF < 9 ? " 0" : "") }' | sort >"$work/theirs"
vmaview tables -r -n -b -o Name,Tables,Entries,Used,Leaves,Absent,Span,Memory,Deposited $pid |
	grep -v '^total ' | sort >"$work/ours"
same "levels are those of the file tables"
echo $pid >$door/detach

# fails STATUS SENTENCE ARGUMENT...: one line on stderr, nothing on stdout.
fails() {
	expect=$1 sentence=$2
	shift 2
	vmaview "$@" >"$work/stdout" 2>"$work/stderr"
	status=$?
	[ $status = "$expect" ] && [ ! -s "$work/stdout" ] && [ "$(wc -l <"$work/stderr")" = 1 ]
	ok $? "$sentence" "$work/stderr"
}
fails 42 "layout of nobody" layout 2147483647
fails 2 "layout of a place that is none" layout $pid 10+q
fails 1 "layout of a kernel thread" layout 2
fails 42 "tables of nobody" tables 2147483647
fails 1 "tables of a kernel thread" tables 2
tap_end
