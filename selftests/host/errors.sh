#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# errors.sh - each mistake has its exit code and one line on stderr, and leaves nothing half-written
#
# Without the module: what only fails with it is tested in the guest.
cd "$(dirname "$0")" || exit 2
. lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
needs jq jq
vmaview=$PWD/bin/tool/vmaview
data=$PWD/../data
nobody=2147483647

# judge STATUS LINES SENTENCE: of a run whose status is $status, whose words are in $work/stderr.
judge() {
	lines=$(wc -l <"$work/stderr")
	[ "$status" = "$1" ] && [ "$lines" = "$2" ]
	verdict=$?
	echo "status $status, $lines lines" >>"$work/stderr"
	ok $verdict "$3" "$work/stderr"
}

# fails STATUS SENTENCE ARGUMENT...: one line, and nothing on stdout.
fails() {
	expect=$1 sentence=$2
	shift 2
	"$vmaview" "$@" >"$work/stdout" 2>"$work/stderr" </dev/null
	status=$?
	[ ! -s "$work/stdout" ] || echo "something on stdout" >>"$work/stderr"
	judge "$expect" 1 "$sentence"
}

# says WORDS: the last run did, on stderr.
says() {
	grep -q -- "$1" "$work/stderr"
	ok $? "... and says: $1" "$work/stderr"
}

fails 2 "no PID at all"
fails 2 "PID 0" 0
fails 2 "a negative PID" -5
says "'-5' is no PID"
fails 2 "a longer one, after a PID" 4711 -512 -x
says "'-512' is no PID"
fails 2 "a negative PID after --" -- -5
fails 2 "no number" 12x4
fails 2 "a PID too large for its type" 2147483648
fails 2 "a PID too large for any type" 99999999999999999999999
fails 2 "a word that is no verb" verfy 1
says "did you mean verify"
fails 2 "a range that is reversed" -A 2000,1000 $$
fails 2 "a range that is malformed" -A 10g $$
fails 2 "an unknown column" -o Address,Rsss $$
says "did you mean RSS"
fails 2 "an empty column" -o Address,,RSS $$
fails 2 "an unknown column to sort by" --sort cowdebt $$
says "did you mean Cow_Debt"
fails 2 "an unknown option" --outptu RSS $$
says "did you mean --output"
fails 2 "an unknown letter" -Z $$
fails 2 "an option without its argument" -A
fails 2 "an argument for an option that takes none" --json=yes $$
fails 2 "an odd --color" --color=sometimes $$
fails 2 "--json and --raw" -J -r $$
fails 2 "an option that the verb does not take" status -A 1000
fails 2 "a PID for a verb without" status 1
fails 2 "a PID and a saved stream" --from "$data/mixed.vmav" $$
fails 2 "record without a file" record $$
fails 2 "a series of no moments" record -f "$work/x" --count 0 $$
fails 2 "growth by nothing" record -f "$work/x" --when-grown 0 $$
fails 2 "growth by no number" record -f "$work/x" --when-grown 1T $$
says "takes a number of bytes"
fails 2 "growth beyond any number" record -f "$work/x" --when-grown 99999999999G $$
fails 2 "an interval for one picture of areas" --interval 1 $$
mkfifo "$work/fifo"
ln -s nowhere "$work/dangling"
fails 1 "record to a device" record -f /dev/null $$
says "/dev/null: no regular file"
fails 1 "record to a FIFO" record -f "$work/fifo" $$
fails 1 "record to a folder" record -f "$work" $$
fails 1 "record to a link that leads nowhere" record -f "$work/dangling" $$
says "leads nowhere"
fails 42 "record of a PID that does not exist" record -f "$work/x" $nobody
fails 2 "no tries at all" verify --tries 0 $$
fails 2 "explain without a PID" explain
fails 2 "explain without an address" explain $$
fails 2 "an address that is none" explain $$ 12g4
fails 2 "an address too long" explain $$ 12345678901234567
fails 2 "an address with a sign" explain $$ 0x-1
fails 2 "an empty address" explain $$ ''
fails 2 "a segment that is none" explain $$ stuck+10
fails 2 "an offset that is none" explain $$ stack+
fails 2 "an offset without a plus" explain $$ '[vdso]10'
printf '1000\n\n  2000 \n3000 4000\n' >"$work/addresses"
fails 2 "a line with two addresses" explain -f "$work/addresses" $$
says 'line 4: '
fails 2 "no address in a file" explain -f /dev/null $$
fails 1 "addresses from a file that does not exist" explain -f "$work/none" $$
fails 1 "addresses from a folder" explain -f "$work" $$
fails 2 "an option that explain does not take" explain -A 1000 $$ 1000
fails 42 "an address of a PID that does not exist" explain $nobody 1000
fails 2 "sharers of no address" sharers $$ 12x
says "no address"
fails 2 "sharers of two addresses" sharers $$ 1000 2000
fails 2 "sharers at the end of all addresses" sharers $$ ffffffffffffffff
fails 2 "sharers of an address and of a range" sharers -A 1000,2000 $$ 1000
fails 1 "sharers of a stream that has none" sharers --from "$data/mixed.vmav"
says "record --pages"
fails 2 "sharers of nobody" sharers
fails 2 "why of no address" why $$ 12x
says "no address"
fails 2 "why of two addresses" why $$ 1000 2000
fails 2 "why of an address and of a range" why -A 1000,2000 $$ 1000
fails 1 "why of a stream that does not have it" why --from "$data/mixed.vmav"
says "record --pages"
fails 2 "why of nobody" why
fails 2 "advise of nobody" advise
fails 42 "advise of a PID that does not exist" advise $nobody
fails 42 "why of a PID that does not exist" why $nobody
fails 2 "userfaultfds of nobody" uffd
fails 2 "userfaultfds of an unknown column" uffd -o Holders $$
says "did you mean Holder"
fails 1 "userfaultfds of a stream that has none" uffd --from "$data/mixed.vmav"
says "record --pages"
fails 2 "an option that uffd does not take" uffd --unheld $$
fails 42 "userfaultfds of a PID that does not exist" uffd $nobody
fails 2 "groups by an unknown key" groups --by cgruop
says "did you mean cgroup"
fails 2 "groups by a key that is like none" groups --by xyzzy
says "it takes pid, name"
fails 2 "groups by nothing" groups --by ""
fails 2 "groups by an empty key" groups --by name,
fails 2 "groups by three keys" groups --by name,kind,perms
fails 2 "groups by labels that are nowhere" groups --by label
says "--labels FILE"
fails 2 "labels for nothing" groups --labels lib/labels
says "no effect"
fails 2 "labels of areas that no column shows" -o Kind --labels lib/labels $$
says "-o +Label"
fails 2 "labels of a picture that has no names" map --labels lib/labels $$
says "--html"
fails 1 "labels of areas in a file that does not exist" --labels "$work/none" $$
fails 1 "labels of a picture in a file that has none" map -J --labels "$PWD/errors.sh" $$
says "line 6"
fails 1 "labels of a file that does not exist" groups --by label --labels "$work/none"
fails 1 "labels of a file that has none" groups --by label --labels "$PWD/errors.sh"
says "line 6"
fails 1 "labels of a stream without single pages" groups --by label --labels lib/labels --from "$data/mixed.vmav"
says "record --pages"
fails 2 "groups by a key twice" groups --by kind,kind
says "twice"
fails 2 "groups of a range" groups -A 1000
fails 2 "groups by an unknown column" groups -o Frame
says "did you mean Frames"
fails 42 "groups of a PID that does not exist" groups $nobody
fails 2 "metrics by an unknown key" metrics --by cgruop
fails 2 "metrics of no number of groups" metrics --max-groups many
fails 2 "metrics in no time" metrics --max-seconds 0
says "takes seconds"
fails 2 "metrics as JSON" metrics -J
fails 2 "groups in a file" groups --textfile "$work/groups.prom"
fails 42 "metrics of a PID that does not exist" metrics $nobody
fails 2 "the view by a key" --by name $$
fails 2 "pins of nobody" pins
fails 2 "pins of an unknown column" pins -o Refcounts $$
says "did you mean Refcount"
fails 1 "pins of a stream that has none" pins --from "$data/mixed.vmav"
says "record --pages"
fails 2 "pins of a range that is reversed" pins -A 2000,1000 $$
fails 2 "--unheld of areas" --unheld $$
fails 42 "pins of a PID that does not exist" pins $nobody
fails 2 "reclaim of nobody" reclaim
fails 2 "reclaim of an unknown column" reclaim -o Drops $$
says "did you mean Drop"
fails 1 "reclaim of a stream that has none" reclaim --from "$data/mixed.vmav"
says "record --pages"
fails 2 "an option that reclaim does not take" reclaim --unheld $$
fails 2 "a filter of reclaim that is none" reclaim -Q 'Never >' $$
fails 42 "reclaim of a PID that does not exist" reclaim $nobody
fails 42 "a tree of nobody" cow --tree $nobody
fails 2 "a tree of no PID" cow --tree x
says "'x' is no PID"
fails 2 "a tree without its PID" cow --tree
fails 2 "a name that is no regular expression" --name '(' $$
says "Unmatched"
fails 2 "an empty name" --name ''
fails 2 "a user whom nobody knows" --user no-such-user
fails 2 "an empty user" --user ''
fails 2 "a user whose number is none" --user 4294967295
fails 42 "a name that nobody has" --name '^no such name$'
says "no process is chosen by --name"
fails 42 "a user who runs nothing" --user 4294967294
fails 42 "a cgroup that is not there" --cgroup /no/such/cgroup
fails 2 "a cgroup without its path" --cgroup user.slice
fails 42 "nobody in two ways" --name '^no such name$' --user 4294967294
fails 2 "a choice of processes for a verb without" status --all
fails 2 "a choice of processes and a saved stream" --all --from "$data/mixed.vmav"
fails 2 "structures of all processes" tables --structs --all
for verb in explain faults layout sharers why; do
	# shellcheck disable=SC2086 # a list of words
	fails 2 "$verb of all processes" $verb --all
	says "takes one process"
done
fails 1 "cow of a stream without single pages" cow --from "$data/mixed.vmav"
says "record --pages"
fails 2 "--tree of a saved process" cow --tree $$ --from "$data/whole.vmav"
fails 2 "--watch of a saved process" cow --watch --from "$data/whole.vmav"
fails 2 "an address of a saved process" sharers --from "$data/whole.vmav" 7f0000000000
fails 2 "--watch of no time" cow --watch=0 $$
fails 2 "--watch of no number" cow --watch=x $$
fails 2 "--watch as JSON" cow --watch -J $$
fails 2 "columns of --watch" cow --watch -o Pid $$
fails 2 "a filter of --watch" cow --watch -Q 'Debt > 0' $$
says "no rows"
fails 2 "paths of --watch" cow --watch -p $$
fails 2 "--watch without totals" cow --watch -q $$
fails 2 "columns of cow as JSON" cow -J -o Pid $$
says "takes no -o"
fails 2 "all columns of cow as JSON" cow -J -O $$
fails 2 "an order of cow as JSON" cow -J --sort Pid $$
fails 2 "the first of cow as JSON" cow -J --head 1 $$
fails 2 "the first of --watch" cow --watch --head 1 $$
fails 2 "the first of no number" --head x $$
fails 2 "the first 0" --head 0 $$
fails 2 "an order of no column" --sort - $$
fails 2 "an order the other way of no column" --sort -cowdebt $$
says "did you mean Cow_Debt"
fails 2 "the first of a stream" faults --stream --head 1 $$
fails 2 "a filter of cow as JSON" cow -J -Q 'Debt > 0' $$
fails 2 "areas of cow as JSON" cow -J --areas $$
fails 2 "cow of nobody" cow
fails 2 "faults of two processes" faults 1 2
fails 2 "faults of nobody" faults
fails 2 "an interval of nothing" faults --interval 0 $$
fails 2 "an interval that is no number" faults --interval 1s $$
fails 2 "an interval that is not finite" faults --interval nan $$
fails 2 "a count of 0" faults --count 0 $$
fails 2 "a negative count" faults --count -1 $$
fails 2 "a stream for a verb without" status --stream
fails 42 "faults of a PID that does not exist" faults $nobody
fails 2 "a place that is none" layout $$ 10+q
fails 2 "a place without a byte" layout $$ 10+0
fails 2 "a place beyond all addresses" layout $$ fffffffffffffff0+0x20
fails 2 "structures of a process" tables --structs $$
fails 2 "bars as JSON" faults --histogram -J $$
fails 2 "bars of a stream" faults --histogram --stream $$
fails 2 "bars as raw rows" faults -r --histogram $$
fails 2 "an order of a stream" faults --stream --sort Time $$
fails 2 "an order of a stream as JSON" faults -J --stream --sort Time $$
for option in -O -oLevel --sort=Level --head=1 --from=x -b -q; do
	fails 2 "structures with $option" tables --structs $option
done
fails 2 "structures as JSON with an order" tables --structs -J --sort Level
fails 2 "page tables of nobody in particular" tables
fails 2 "paths of page tables" tables -p $$
fails 42 "a PID that does not exist" $nobody
fails 1 "single pages of a stream that has none" pages --from "$data/mixed.vmav"
says "record --pages"
fails 2 "an expression that is none" -Q 'RSS >' --from "$data/mixed.vmav"
fails 2 "an unknown column in an expression" pages -Q 'Refcounts > 1' --from "$data/pages.vmav"
says "did you mean Refcount"
fails 2 "columns listed as JSON" pages --list-columns -J
fails 2 "columns listed where there are none" status -H
fails 2 "a filter where there are no rows" status -Q 'RSS > 1'
fails 2 "--no-pfn of areas" --no-pfn $$
fails 3 "single pages without the module" pages $$
fails 3 "a filter that only the module can apply" -Q 'MayPin > 0' $$
fails 1 "a saved stream that does not exist" --from "$work/none"
fails 1 "a saved stream that is a folder" --from "$work"
head -c 3000 "$data/mixed.vmav" >"$work/cut"
fails 1 "a saved stream cut short" --from "$work/cut"
fails 1 "a saved stream cut short, as JSON" -J --from "$work/cut"
fails 1 "a saved stream of something else" --from "$0"
fails 1 "an empty saved stream" --from /dev/null

if [ -e /dev/vmaview ]; then
	skip "the module is needed and not there" "it is there"
else
	fails 3 "verify without the module" verify $$
	says "not loaded"
	fails 3 "explain without the module" explain $$ 1000
	fails 3 "cow without the module" cow $$
	fails 3 "cow --watch without the module" cow --watch $$
	fails 3 "pins without the module" pins $$
	fails 3 "labels without the module" groups --by label --labels lib/labels $$
	"$vmaview" groups --by pid -J $$ >"$work/stdout" 2>"$work/stderr"
	status=$?
	judge 0 1 "groups without the module works, and says so once"
	says "not loaded"
	jq -e '.vmaview.source == "proc" and (.groups[0] | .pss > 0 and .rss >= .pss and .frames == null and .cow_debt == null)
		and .groups[0].group == {"pid": "'$$'"} and .total.pss == .groups[0].pss and .machine == null' \
		"$work/stdout" >"$work/seen"
	ok $? "... with Pss, and without frames" "$work/stdout"
	"$vmaview" groups --by kind -J $$ >"$work/stdout" 2>"$work/stderr"
	status=$?
	judge 0 1 "groups of areas without the module"
	jq -e '[.groups[] | select(.group.kind == "stack")] | length == 1 and .[0].rss > 0' "$work/stdout" >"$work/seen"
	ok $? "... with sums of each kind" "$work/stdout"
	"$vmaview" metrics --by pid --textfile "$work/vmaview.prom" $$ >"$work/stdout" 2>"$work/stderr"
	status=$?
	judge 0 1 "metrics without the module works, and says so once"
	[ ! -s "$work/stdout" ] && [ "$(stat -c %a "$work/vmaview.prom")" = 644 ] &&
		grep -q "^vmaview_proportional_bytes{pid=\"$$\"} [1-9]" "$work/vmaview.prom" &&
		[ "$(tail -n 1 "$work/vmaview.prom")" = "# EOF" ] && ! grep -q '^vmaview_frames_bytes' "$work/vmaview.prom"
	ok $? "... and its file is whole" "$work/vmaview.prom"
	"$vmaview" metrics --textfile "$work/nowhere/vmaview.prom" $$ >"$work/stdout" 2>"$work/stderr"
	status=$?
	judge 1 2 "metrics into a folder that is not there"
	# More of them than a millisecond is enough for, where there are few others, as in a PID namespace.
	crowd=$(seq 200 | while read -r _; do sleep 600 >/dev/null 2>&1 & echo $!; done)
	"$vmaview" metrics --max-seconds 0.001 >"$work/stdout" 2>"$work/stderr"
	status=$?
	# shellcheck disable=SC2086 # a list of words
	kill $crowd
	[ $status = 1 ] && grep -q '^vmaview_processes_unreadable [1-9]' "$work/stdout"
	ok $? "metrics that runs out of time: the others are unreadable" "$work/stderr"
	"$vmaview" groups $$ $nobody >"$work/stdout" 2>"$work/stderr"
	status=$?
	judge 42 2 "groups of a PID that does not exist and of one that does"
	fails 3 "reclaim without the module" reclaim $$
	fails 3 "sharers without the module" sharers $$
	says "not loaded"
	fails 3 "uffd without the module" uffd $$
	fails 3 "why without the module" why $$
	fails 3 "advise without the module" advise $$
	fails 3 "layout without the module" layout $$
	fails 3 "tables without the module" tables $$
	fails 3 "record without the module" record -f "$work/record" $$
	set -- "$work"/record*
	[ ! -e "$1" ]
	ok $? "... and leaves no file"
	fails 3 "only columns of the module, without it" -o Debt,Fault $$
	"$vmaview" $$ >"$work/stdout" 2>"$work/stderr"
	status=$?
	judge 0 1 "the view without the module works, and says so once"
	"$vmaview" $$ $$ $nobody $PPID >"$work/stdout" 2>"$work/stderr"
	status=$?
	judge 42 2 "a PID that does not exist between others: these are shown"
	[ "$(sed -n 's/^\([0-9]*\): .*/\1/p' "$work/stdout" | xargs)" = "$$ $PPID" ]
	ok $? "... each once, in their order"
	"$vmaview" -J $$ 2>/dev/null | jq -e '.vmaview.source == "proc" and .processes[0].receipt == null
		and (.processes[0].areas | all(.cow_debt == null and .rss != null))' >"$work/seen"
	ok $? "JSON without the module says null, not 0" "$work/seen"
fi

# What it was given is 30,000 letters long, and no name: nothing may cut it.
long=$(head -c 30000 /dev/zero | tr '\0' x)
sh -c 'kill -STOP $$' "$long" &
stopped=$!
until grep -q '^State:.T' /proc/$stopped/status || ! kill -0 $stopped; do :; done
"$vmaview" -J $stopped 2>/dev/null | jq -e '.processes[0].cmdline | length > 30000' >"$work/seen"
ok $? "a long command line is whole in JSON" "$work/seen"
"$vmaview" $stopped 2>/dev/null | head -n 1 >"$work/seen"
[ "$(wc -c <"$work/seen")" -gt 30000 ]
ok $? "and in the title" "$work/seen"
kill -KILL $stopped

"$vmaview" --from "$data/mixed.vmav" >/dev/full 2>"$work/stderr"
status=$?
judge 1 1 "a full disk"
"$vmaview" -J --from "$data/mixed.vmav" >/dev/full 2>"$work/stderr"
status=$?
judge 1 1 "a full disk, as JSON"
"$vmaview" --help >/dev/full 2>"$work/stderr"
status=$?
judge 1 1 "a full disk for --help"
{ "$vmaview" --from "$data/mixed.vmav" 2>"$work/stderr"; echo $? >"$work/status"; } | true
status=$(cat "$work/status")
judge "$status" 0 "a reader that goes away needs no words"
"$vmaview" --from "$data/mixed.vmav" >&- 2>"$work/stderr"
status=$?
judge 1 1 "a closed stdout"

# What scripts, and procps's own tests, look for.
"$vmaview" pmap >"$work/stdout" 2>"$work/stderr"
status=$?
head -n 3 "$work/stderr" >"$work/seen"
printf '\nUsage:\n pmap [options] PID [PID ...]\n' | cmp - "$work/seen" && [ "$status" = 1 ]
ok $? "pmap without arguments has procps's usage" "$work/stderr"
if command -v pmap >/dev/null; then
	pmap 2>&1 | head -n 3 | cmp - "$work/seen"
	ok $? "... as it is today"
else
	skip "... as it is today" "there is no pmap"
fi

if [ -d /proc/2 ] && [ -z "$(tr -d '\0' </proc/2/cmdline)" ]; then
	fails 1 "a kernel thread" 2
	fails 1 "faults of a kernel thread" faults 2
	fails 1 "record of a kernel thread" record -f "$work/x" 2
else
	skip "record of a kernel thread" "none is seen from here"
	skip "faults of a kernel thread" "none is seen from here"
	skip "a kernel thread" "none is seen from here"
fi

# A shell may wait for its child before it becomes another program.
perl -e '$child = fork; exit if !$child; $| = 1; print "$child\n"; sleep 600' >"$work/zombie" &
parent=$!
until [ -s "$work/zombie" ] && grep -q '^State:.Z' "/proc/$(cat "$work/zombie")/status"; do
	kill -0 $parent || break
done
fails 1 "a zombie" "$(cat "$work/zombie")"
fails 1 "faults of a zombie" faults "$(cat "$work/zombie")"
fails 1 "record of a zombie" record -f "$work/x" "$(cat "$work/zombie")"
kill $parent

if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	chmod 755 "$work"
	cp "$vmaview" "$work/vmaview"
	user='setpriv --reuid 65534 --regid 65534 --clear-groups'
	$user "$work/vmaview" 1 >"$work/stdout" 2>"$work/stderr"
	status=$?
	judge 1 1 "a process of somebody else"
	$user sleep 600 &
	own=$!
	until [ "$(cat /proc/$own/comm)" = sleep ] || ! kill -0 $own; do :; done
	$user "$work/vmaview" -J $own 1 >"$work/stdout" 2>"$work/stderr"
	status=$?
	judge 4 2 "one's own and somebody else's: some of it"
	jq -e '.processes | length == 1' "$work/stdout" >/dev/null
	ok $? "... and the JSON is whole"
	kill $own
else
	skip "a process of somebody else" "needs root and setpriv"
fi
tap_end
