#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# snapshots.sh - files of several moments and processes, as the command, zstd and file(1) see them
cd "$(dirname "$0")" || exit 2
. lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
needs jq jq
vmaview=$PWD/bin/tool/vmaview
data=$PWD/../data
magic=$PWD/../../packaging/magic/vmaview
series=$work/series.vmav

# same SENTENCE COMMAND...: it prints what is in $work/expected, says nothing, and is content.
same() {
	sentence=$1
	shift
	"$@" >"$work/found" 2>"$work/stderr" && [ ! -s "$work/stderr" ] && diff "$work/expected" "$work/found" >"$work/diff"
	status=$?
	cat "$work/stderr" >>"$work/diff"
	ok $status "$sentence" "$work/diff"
}

# refused STATUS WORDS SENTENCE ARGUMENT...: one line on stderr, with these words.
refused() {
	expect=$1 words=$2 sentence=$3
	shift 3
	"$vmaview" "$@" >"$work/stdout" 2>"$work/stderr"
	status=$?
	[ $status = "$expect" ] && [ ! -s "$work/stdout" ] && [ "$(wc -l <"$work/stderr")" = 1 ] &&
		grep -q -e "$words" "$work/stderr"
	ok $? "$sentence" "$work/stderr"
}

bin/lib/pack_file "$series" "$data/mixed.vmav:10" "$data/whole.vmav:11" -- "$data/mixed.vmav:10" -- \
	"$data/whole.vmav:12" "$data/pages.vmav:13"
ok $? "a series is composed"

# pids MOMENT: of which processes it is.
pids() {
	"$vmaview" --from "$series$1" -J | jq -c '[.processes[].pid, .vmaview.source]'
}
{ pids @1; pids @2; pids @3; pids @last; pids ''; } >"$work/found"
printf '%s\n' '[10,11,"file"]' '[10,"file"]' '[12,13,"file"]' '[12,13,"file"]' '[12,13,"file"]' >"$work/expected"
diff "$work/expected" "$work/found" >"$work/diff"
ok $? "each moment has its processes, and the last is the default" "$work/diff"

# Of one process nothing is another, whichever file it is in; but for its number.
for view in '' '-r -n -o Address,RSS,PSS,Mapping' '-O -q' 'pins' 'reclaim' 'uffd' 'why' 'sharers' 'pages' 'cow' 'groups'; do
	# shellcheck disable=SC2086 # a list of words
	"$vmaview" $view --from "$data/whole.vmav" 2>&1 | sed 's/\<4711\>/  PID/' >"$work/expected"
	bin/lib/pack_file "$work/whole.vmav" "$data/whole.vmav"
	# shellcheck disable=SC2086 # a list of words
	"$vmaview" $view --from "$work/whole.vmav" 2>&1 | sed 's/\<4711\>/  PID/' >"$work/found"
	diff "$work/expected" "$work/found" >"$work/diff" && [ -s "$work/found" ]
	ok $? "both formats look the same: ${view:-the view}" "$work/diff"
done

for process in 12:whole 13:pages; do
	bin/lib/pack_file "$work/one.vmav" "$data/${process#*:}.vmav:${process%:*}"
	"$vmaview" --from "$work/one.vmav"
done >"$work/expected"
"$vmaview" --from "$series" >"$work/found"
# What stands between two tables is no part of either.
grep -v '^$' "$work/expected" >"$work/a"
grep -v '^$' "$work/found" | diff "$work/a" - >"$work/diff"
ok $? "several processes are shown as they are alone" "$work/diff"
"$vmaview" --from "$series" -r -o Pid,Address | awk 'NR > 1 { print $1 }' | uniq >"$work/found"
printf '%s\n' 12 13 | diff - "$work/found" >"$work/diff"
ok $? "raw rows say whose they are" "$work/diff"
"$vmaview" --from "$series" -r | head -n 1 | cut -d ' ' -f 1 >"$work/found"
"$vmaview" --from "$series@2" -r | head -n 1 | cut -d ' ' -f 1 >>"$work/found"
printf '%s\n' Pid Address | diff - "$work/found" >"$work/diff"
ok $? "... of several by default" "$work/diff"
"$vmaview" pages --from "$series" -J | jq -c '[.processes[] | [.pid, (.pages | length > 0)]]' >"$work/found"
echo '[[12,true],[13,true]]' | diff - "$work/found" >"$work/diff"
ok $? "verbs show several processes" "$work/diff"
"$vmaview" groups --by pid --from "$series" -J | jq -c '[([.groups[].group.pid] | sort), .total.processes]' >"$work/found"
echo '[["12","13"],2]' | diff - "$work/found" >"$work/diff"
ok $? "groups has several processes" "$work/diff"
"$vmaview" cow --from "$series" -J | jq -c '[.cow.processes[].pid]' >"$work/found"
echo '[12,13]' | diff - "$work/found" >"$work/diff"
ok $? "cow compares several processes" "$work/diff"
refused 1 'record --pages' "one process without single pages is enough to say so" pages --from "$series@1"

cp "$series" "$work/a"
cp "$work/whole.vmav" "$work/a@2"
mkdir "$work/x@1"
cp "$work/whole.vmav" "$work/x@1/b"
cd "$work" || exit 2
"$vmaview" --from series.vmav@2 >"$work/expected"
same "a name without a folder has moments" "$vmaview" --from a@2
same "./ does not hide them, where no such file is" "$vmaview" --from ./series.vmav@2
"$vmaview" --from whole.vmav >"$work/expected"
same "./ names a file that has @ in its name" "$vmaview" --from ./a@2
same "... in a folder, too" "$vmaview" --from "$work/./a@2"
same "... and its moments" "$vmaview" --from ./a@2@1
same "an @ of a folder is none of the file's" "$vmaview" --from x@1/b
cd - >/dev/null || exit 2
refused 2 'number of a moment' "moment 0 is refused" --from "$series@0"
refused 2 'number of a moment' "no number is refused" --from "$series@"
refused 2 'number of a moment' "a word is refused" --from "$series@first"
refused 2 'number of a moment' "a number beyond any is refused" --from "$series@4294967296"
refused 1 'no moment 4: its last is 3' "a moment that is not there is refused" --from "$series@4"
refused 1 'no moment 2: its last is 1' "a file of the first format has one" --from "$data/whole.vmav@2"
"$vmaview" --from "$data/whole.vmav" >"$work/expected"
same "... which is its first" "$vmaview" --from "$data/whole.vmav@1"
"$vmaview" --from "$series" >"$work/expected"
# shellcheck disable=SC2016 # expanded by the inner shell
same "a pipe is read like a file" sh -c 'cat "$1" | "$2" --from /dev/stdin' sh "$series" "$vmaview"
head -c 3000 "$series" >"$work/cut"
refused 1 'stops' "a file that is cut is refused" --from "$work/cut"
{ head -c 1000 "$series"; printf 'xxxx'; tail -c +1005 "$series"; } >"$work/damaged"
refused 1 'damaged' "a file that is damaged is refused" --from "$work/damaged@1"

if have zstd zstd "zstd takes it for whole"; then
	zstd -q -t "$series" 2>"$work/stderr"
	ok $? "zstd takes it for whole" "$work/stderr"
	zstdcat <"$work/whole.vmav" >"$work/stream"
	"$vmaview" --from "$data/whole.vmav" >"$work/expected"
	same "zstdcat gives the stream" "$vmaview" --from "$work/stream"
	zstdcat <"$series" | wc -c >"$work/found"
	# Five records of 16 bytes say which moment a stream is of.
	sizes=$(cat "$data/mixed.vmav" "$data/whole.vmav" "$data/mixed.vmav" "$data/whole.vmav" "$data/pages.vmav" | wc -c)
	echo $((sizes + 5 * 16)) | diff - "$work/found" >"$work/diff"
	ok $? "... all of them, of several" "$work/diff"
	zstd -q -c "$data/whole.vmav" >"$work/packed"
	refused 1 'no snapshot' "what zstd made of a stream by itself is refused" --from "$work/packed"
else
	for sentence in "zstdcat gives the stream" "... all of them, of several" \
		"what zstd made of a stream by itself is refused"; do
		skip "$sentence" "zstd is missing: install the package zstd"
	done
fi
dd if="$series" bs=1 skip=8 count=4 2>/dev/null >"$work/found"
printf 'VMAV' | cmp - "$work/found" >"$work/diff"
ok $? "VMAV stands at byte 8" "$work/diff"
if have file file "file(1) knows it, its host, kernel and time"; then
	echo 'vmaview snapshot, format 2, host scene, kernel 6.1.0-test-amd64, from 2023-11-14T22:13:20Z, moments 3' >"$work/expected"
	same "file(1) knows it, its host, kernel and time" file -b -m "$magic" "$series"
	echo application/x-vmaview >"$work/expected"
	same "... and its type" file -b --mime-type -m "$magic" "$series"
	echo data >"$work/expected"
	same "... and takes nothing else for it" file -b -m "$magic" "$data/whole.vmav"
else
	skip "... and its type" "file is missing: install the package file"
	skip "... and takes nothing else for it" "file is missing: install the package file"
fi
tap_end
