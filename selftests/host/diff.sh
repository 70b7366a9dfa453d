#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# diff.sh - two states as diff shows them: who is compared with whom, as table, sums and JSON, and how it ends
cd "$(dirname "$0")" || exit 2
. lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"; [ -z "${sleeper:-}" ] || kill "$sleeper"' EXIT
needs jq jq
vmaview=$PWD/bin/tool/vmaview
data=$PWD/../data
nobody=2147483647

# is SENTENCE FILTER ARGUMENT...: it is true of the document.
is() {
	sentence=$1 filter=$2
	shift 2
	"$vmaview" diff -J "$@" >"$work/document" 2>"$work/stderr" && [ ! -s "$work/stderr" ] &&
		jq -e "$filter" "$work/document" >"$work/said" 2>&1
	status=$?
	head -c 1000 "$work/document" >>"$work/said"
	cat "$work/stderr" >>"$work/said"
	ok $status "$sentence" "$work/said"
}

# ends STATUS WORDS SENTENCE ARGUMENT...: with that status, and with these words in its last line on stderr.
ends() {
	expect=$1 words=$2 sentence=$3
	shift 3
	"$vmaview" diff "$@" >"$work/stdout" 2>"$work/stderr" </dev/null
	status=$?
	[ $status = "$expect" ] && tail -n 1 "$work/stderr" | grep -q -e "$words"
	verdict=$?
	[ -n "$words" ] || { [ $status = "$expect" ] && [ ! -s "$work/stderr" ]; verdict=$?; }
	echo "status $status" >>"$work/stderr"
	ok $verdict "$sentence" "$work/stderr"
}

bin/lib/pack_file "$work/series" "$data/whole.vmav:10" "$data/mixed.vmav:11" -- "$data/pages.vmav:10" -- \
	"$data/pages.vmav:10" "$data/mixed.vmav:12"
whole=$data/whole.vmav pages=$data/pages.vmav

is "of a state and itself nothing is left" '.areas == [] and (.total | all(. == 0 or . == null))' "$whole" "$whole"
is "the members of an area are these" '
	.areas | length == 4 and all(keys == ["change","delta","end","kind","name","old_end","old_perms","old_start",
		"pages","perms","pid","start"])' "$whole" "$pages"
is "... and of the document" '
	keys == ["areas","new","old","total","vmaview"] and (.vmaview | has("version") and has("abi") and has("page_size")) and
	(.old | .name and .moment == 1 and .processes == 1 and .source == "file" and .pid == null) and
	.total.rss == -32768 and .total.swap == -8192 and (.total | has("cow_debt"))' "$whole" "$pages"
is "what is new, gone or changed says so" '
	[.areas[].change[]] == ["gone","changed","gone","new"] and
	all(.areas[]; (.start == null) == (.change == ["gone"]) and (.old_start == null) == (.change == ["new"]))' "$whole" "$pages"
is "pages are bytes" '
	.areas[1].pages == {"faulted_in":4096,"copied":16384,"swapped_out":12288,"swapped_in":0,"dropped":4096,
		"collapsed":0,"split":0} and .areas[0].delta.rss == -32768' "$whole" "$pages"
is "pages of one side alone are null" 'all(.areas[]; .pages == null)' "$data/mixed.vmav" "$whole"
is "backwards it is the other way round" '.total.rss == 32768 and [.areas[].change[]] == ["new","changed","new","gone"]' \
	"$pages" "$whole"
is "moments of one file are compared, each process with itself" '
	.old.moment == 1 and .new.moment == 2 and .old.processes == 2 and .new.processes == 1 and
	([.areas[] | select(.pid == 11).change[]] | length > 5 and all(. == "gone")) and
	([.areas[] | select(.pid == 10)] | length == 4)' "$work/series@1" "$work/series@2"
is "who is new has new areas" '
	[.areas[].pid] | length > 5 and all(. == 12)' "$work/series@2" "$work/series"
is "sums are beside the areas" '
	(.stat | length == 3 and .[0].kind == "heap" and all(.delta and .pages and .change)) and (.areas | length == 4)' \
	--stat "$whole" "$pages"

ends 0 '' "no difference is no code" "$whole" "$pages"
ends 8 '' "a difference is 8 where that is asked for" --exit-code "$whole" "$pages"
ends 8 '' "... as JSON, too" --exit-code -J "$whole" "$pages"
ends 0 '' "... and none is 0" --exit-code "$whole" "$whole"
ends 2 'OLD NEW' "one state is none too many" "$whole"
ends 2 'OLD NEW' "three states are one too many" "$whole" "$whole" "$whole"
ends 2 'takes no option --from' "--from is not needed" --from "$whole" "$whole"
ends 2 'diff -J prints all' "JSON has all" -J -o Kind "$whole" "$whole"
ends 1 'No such file' "a file that is not there" "$whole" "$work/none"
ends 1 'no moment 7' "a moment that is not there" "$work/series@7" "$whole"
ends 2 'number of a moment' "a moment that is no number" "$work/series@x" "$whole"
bin/lib/pack_file "$work/nobody" "$whole:$nobody"
ends 42 'no process has PID' "nobody" "$work/nobody" $nobody
ends 42 'has no process' "a process that the file does not have" "$whole" $$
head -c 2000 "$work/series" >"$work/cut"
ends 1 'stops' "a file that is cut" "$whole" "$work/cut"

"$vmaview" diff "$whole" "$pages" >"$work/found"
cat >"$work/expected" <<'END'
Change  Address          Was              DSize DRSS DSwap Pages                                           Kind   Mapping
gone    -                0000555510000000   -64  -32    -8 dropped=40                                      heap   [heap]
changed 00007f0000000000 00007f0000000000     0    0     0 faulted_in=4 copied=16 swapped_out=12 dropped=4 anon   [ anon ]
gone    -                00007f0000100000   -64    0     0 .                                               anon   [ anon ]
new     00007f0000200000 -                +2048    0     0 faulted_in=2048                                 device toy

4 areas: 1 new 2 gone 1 changed; Rss -32 kB, Swap -8 kB
END
sed 's/ *$//' "$work/found" | diff "$work/expected" - >"$work/diff"
ok $? "the table is what was looked at" "$work/diff"
"$vmaview" diff --stat -q -n -b -r -o Kind,Areas,Change,DRSS,DSwap "$whole" "$pages" >"$work/found"
printf '%s\n' 'heap 1 gone -32768 -8192' 'device 1 new 0 0' 'anon 2 gone=1,changed=1 0 0' | diff - "$work/found" >"$work/diff"
ok $? "sums come in the order of change" "$work/diff"
"$vmaview" diff -q -r -n -o Pid,Change,DSize --sort -DSize "$whole" "$pages" >"$work/found"
printf '%s\n' '4711 new +2048' '4711 changed 0' '4711 gone -64' '4711 gone -64' | diff - "$work/found" >"$work/diff"
ok $? "numbers below 0 are less than 0" "$work/diff"
"$vmaview" diff "$work/series@1" "$work/series@2" | head -n 1 | grep -q '^ *Pid '
ok $? "of several processes each row says whose it is"
"$vmaview" diff -q "$whole" "$whole" >"$work/found"
[ ! -s "$work/found" ]
ok $? "quietly nothing is nothing" "$work/found"

# groups_differ SENTENCE KEYS OLD NEW: the changes of groups are the differences of what groups says of either.
groups_differ() {
	"$vmaview" groups --by "$2" -J --from "$3" >"$work/old" && "$vmaview" groups --by "$2" -J --from "$4" >"$work/new" &&
		"$vmaview" diff --by "$2" -J "$3" "$4" >"$work/document" &&
		jq -n --slurpfile old "$work/old" --slurpfile new "$work/new" --slurpfile found "$work/document" '
			def counts: with_entries(select(.key != "group" and .key != "remote" and .key != "nodes" and
				.key != "charged_elsewhere"));
			def of($document; $group): [$document[0].groups[] | select(.group == $group)][0];
			def less($a; $b): $b | counts | with_entries(.value = if .value == null or
				($a and $a[.key] == null) then null else .value - ($a[.key] // 0) end);
			def negative: with_entries(if .value then .value = -.value else . end);
			([($old[0].groups + $new[0].groups)[].group] | unique) as $all |
			[$all[] as $group | of($old; $group) as $was | of($new; $group) as $is |
				{ $group, change: [if $was == null then "new" elif $is == null then "gone" else "changed" end],
				  delta: (if $is then less($was; $is) else ($was | counts | negative) end |
					with_entries(select(.value != 0))) } |
				select(.change != ["changed"] or (.delta | any(. != null and . != 0)))] as $wanted |
			{ wanted: ($wanted | sort), found: ($found[0].groups | sort) } |
			., (.wanted == .found and (.found | length > 0) and
				less($old[0].total; $new[0].total) == $found[0].total)' >"$work/said" 2>&1 &&
		tail -n 1 "$work/said" | grep -qx true
	ok $? "$1" "$work/said"
}

groups_differ "groups differ as what groups says of either state" kind "$whole" "$pages"
groups_differ "... backwards" kind "$pages" "$whole"
groups_differ "... by two keys" kind,mapping "$whole" "$pages"
groups_differ "... by objects, of which files have none that is open" object "$data/mixed.vmav" "$whole"
groups_differ "... of several processes" pid "$work/series@1" "$work/series"
groups_differ "... where frames are not known" kind "$data/mixed.vmav" "$whole"
is "of groups there is a document like that of areas" '
	keys == ["groups","new","old","total","vmaview"] and (.groups | all(keys == ["change","delta","group"])) and
	.old.moment == 1 and .new.moment == 3 and .old.processes == 2 and .new.processes == 2' \
	--by name "$work/series@1" "$work/series"
ends 0 '' "groups that do not differ" --by kind --exit-code "$whole" "$whole"
ends 8 '' "groups that differ are 8" --by kind --exit-code "$whole" "$pages"
ends 8 '' "... as JSON, too" --by kind --exit-code -J "$whole" "$pages"
ends 2 'takes no --stat' "groups are sums" --by kind --stat "$whole" "$pages"
ends 2 'takes no -o' "groups have their own columns" --by kind -o Kind "$whole" "$pages"
ends 2 'takes no --head' "JSON of groups has all" --by kind -J --head 1 "$whole" "$pages"
ends 2 'no effect' "labels are of groups" --labels "$work/none" "$whole" "$pages"
ends 2 'not a key\|no key\|--by' "a key that is none" --by colour "$whole" "$pages"
ends 42 'has no process' "a process that the file of groups does not have" --by kind "$whole" $$
ends 42 'no process has PID' "nobody has groups" --by kind "$work/nobody" $nobody
ends 1 'no moment 7' "a moment of groups that is not there" --by kind "$work/series@7" "$whole"
ends 1 'stops' "a file of groups that is cut" --by kind "$whole" "$work/cut"
printf '%s\n' '7f0000000000 4000 here' >"$work/labels"
"$vmaview" diff --by label --labels "$work/labels" -r -q -n -b "$pages" "$pages" >"$work/found" 2>&1 && [ ! -s "$work/found" ]
ok $? "labels name groups" "$work/found"
"$vmaview" diff --by kind "$whole" "$pages" | sed 's/ *$//' >"$work/found"
cat >"$work/expected" <<'END'
Change  Kind   DProcs DFrames DUnique DOutside DRSS DPss DSwap DDebt
gone    heap   -1         -32     -32        0  -32    0    -8     0
changed anon   0           -4     +12      -16    0  +32     0   -16
new     device +1           0       0        0    0    0     0     0

3 groups; Frames -36 kB; Rss -32 kB
END
diff "$work/expected" "$work/found" >"$work/diff"
ok $? "the table of groups is what was looked at" "$work/diff"
"$vmaview" diff --by kind -r -n --head 1 "$whole" "$pages" >"$work/found"
echo 'gone heap -1 -32 -32 0 -32 0 -8 0' | diff - "$work/found" >"$work/diff"
ok $? "... raw, and only its head" "$work/diff"

# A process that sleeps, without the module.
sleep 1000 &
sleeper=$!
until [ "$(cat "/proc/$sleeper/comm")" = sleep ] && grep -q '^State:.S' "/proc/$sleeper/status"; do :; done
"$vmaview" diff --exit-code $sleeper $sleeper >"$work/found" 2>"$work/stderr"
ok $? "a process that sleeps is what it was" "$work/found"
# Not their Pss: others come and go who map the same files.
"$vmaview" diff --by kind -J $sleeper $sleeper 2>"$work/stderr" >"$work/document"
jq -e '[.groups[].delta | to_entries[] | select(.value).key] - ["pss"] == []' "$work/document" >"$work/said"
ok $? "... and so are its groups" "$work/document"
"$vmaview" diff -J $$ $sleeper 2>"$work/stderr" >"$work/document"
jq -e ".old.pid == $$ and .new.pid == $sleeper and ([.areas[].change[]] | index(\"moved\") and index(\"new\"))" \
	"$work/document" >"$work/said"
ok $? "two processes are compared, whatever their addresses" "$work/said"
tap_end
