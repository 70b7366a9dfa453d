#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# map.sh - drawings are what JSON says, whatever a process is called, and a file is whole or not there
cd "$(dirname "$0")" || exit 2
. lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"; [ -z "${named:-}" ] || kill -KILL "$named" 2>/dev/null' EXIT
vmaview=bin/tool/vmaview
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"

needs python3 python3
needs jq jq

# by_kind DRAWING: bytes of each kind, from the rectangles of its paths; a drawing that is no XML fails.
by_kind() {
	python3 - "$1" <<-'END'
	import re, sys, xml.dom.minidom
	units = {'B': 1, 'K': 1 << 10, 'M': 1 << 20, 'G': 1 << 30, 'T': 1 << 40}
	drawing = xml.dom.minidom.parse(sys.argv[1])
	texts = [''.join(n.data for n in t.childNodes) for t in drawing.getElementsByTagName('text')]
	row = [re.match(r'a row is ([0-9.]+)([BKMGT])', t) for t in texts]
	row = [float(r.group(1)) * units[r.group(2)] for r in row if r][0]
	width = float([r for r in drawing.getElementsByTagName('rect') if r.getAttribute('class') == 'row'][0].getAttribute('width'))
	seen = set()
	for path in drawing.getElementsByTagName('path'):
	    kind = path.getAttribute('data-kind')
	    if not kind:
	        continue
	    assert kind not in seen, kind + ' has two paths'
	    seen.add(kind)
	    parts = [float(w) for w in re.findall(r'h([0-9.]+)v', path.getAttribute('d'))]
	    print(kind, round(sum(parts) / width * row / 4096))
	END
}

saved=../data/sh-6.12.vmav
$vmaview map --from $saved --svg "$work/sh.svg" >"$work/stdout" 2>"$work/stderr" && [ ! -s "$work/stdout" ] && [ ! -s "$work/stderr" ]
ok $? "a drawing is written, and nothing else" "$work/stderr"
[ "$(stat -c %a "$work/sh.svg")" = 600 ]
ok $? "only its owner may read it"
parses=''
python3 -c 'import xml.dom.minidom' 2>/dev/null && parses=1
if [ -z "$parses" ]; then
	skip "one path a kind, and as much of it as JSON has" "python3 has no xml here: it is python3-minimal"
else
	by_kind "$work/sh.svg" 2>"$work/stderr" | sort >"$work/drawn"
	$vmaview map --from $saved -J | jq -r '[.processes[0].areas[] | { kind, size }] | group_by(.kind)[] |
		"\(.[0].kind) \([.[].size] | add / 4096)"' | sort >"$work/counted"
	diff "$work/counted" "$work/drawn" >"$work/diff" 2>&1 && [ -s "$work/drawn" ]
	ok $? "one path a kind, and as much of it as JSON has" "$work/diff"
fi

# What no XML may hold, and what would end or begin an element of it.
mkfifo "$work/wait"
perl -e '$0 = "<b>&amp;\"]]>\x01\xff\xef\xbf\xbf\xc2\x9b31m"; $SIG{TERM} = sub { exit }; open(my $w, "<", $ARGV[0]); <$w>' "$work/wait" &
named=$!
exec 3>"$work/wait"
until tr '\0' ' ' <"/proc/$named/cmdline" | grep -q '^<b>'; do :; done
$vmaview map --svg "$work/named.svg" $named 2>"$work/stderr"
if [ -z "$parses" ]; then
	skip "a hostile name is text" "python3 has no xml here: it is python3-minimal"
else
	by_kind "$work/named.svg" >"$work/drawn" 2>>"$work/stderr"
	[ -s "$work/drawn" ] && grep -q 'lt;b&gt;&amp;amp;' "$work/named.svg"
	ok $? "a hostile name is text" "$work/stderr"
fi

# Two processes, one drawing: a group each.
$vmaview map --svg "$work/two.svg" $$ $named 2>"$work/stderr"
grep -o 'data-pid="[0-9]*"' "$work/two.svg" | sort >"$work/seen"
printf 'data-pid="%s"\n' $$ $named | sort | diff - "$work/seen" >"$work/diff"
ok $? "each process has its picture" "$work/diff"

for option in --json --ascii --color=always; do
	$vmaview map --svg "$work/refused.svg" $option $$ >"$work/stdout" 2>"$work/stderr"
	[ $? = 2 ] && [ "$(wc -l <"$work/stderr")" = 1 ] && [ ! -e "$work/refused.svg" ]
	ok $? "a drawing takes no $option" "$work/stderr"
done
$vmaview map --svg "$work/nobody.svg" 2147483646 >"$work/stdout" 2>"$work/stderr"
[ $? = 42 ] && [ ! -e "$work/nobody.svg" ]
ok $? "of nobody there is none" "$work/stderr"
$vmaview map --svg "$work/some.svg" 2147483646 $$ >"$work/stdout" 2>"$work/stderr"
[ $? = 42 ] && [ "$(grep -o 'data-pid="[0-9]*"' "$work/some.svg")" = "data-pid=\"$$\"" ]
ok $? "of some there is, and the exit code says that others are missing" "$work/stderr"
$vmaview map --from $saved --svg /dev/full >"$work/stdout" 2>"$work/stderr"
[ $? = 1 ] && [ "$(wc -l <"$work/stderr")" = 1 ] && [ -c /dev/full ]
ok $? "a device is not replaced" "$work/stderr"
mkdir "$work/folder"
$vmaview map --from /dev/null --svg "$work/folder/x.svg" >"$work/stdout" 2>"$work/stderr"
[ $? = 1 ] && [ -z "$(ls -A "$work/folder")" ]
ok $? "what cannot be read leaves nothing" "$work/stderr"

# As wide as it is said to be, in rows of 16 cells, and never without any.
for columns in 200 80 41 3 x; do
	COLUMNS=$columns $vmaview map --ascii --from $saved | grep '^[0-9a-f]\{12\} ' >"$work/rows"
	wide=$columns
	case $columns in x) wide=80 ;; 3) wide=40 ;; esac
	[ -s "$work/rows" ] && awk -v wide=$wide '{ cells = length($2) } length > wide || cells % 16 || !cells || wide - length >= 16 { exit 1 }' "$work/rows"
	ok $? "$columns columns" "$work/rows"
done
$vmaview map --heat warm --from $saved >"$work/stdout" 2>"$work/stderr"
[ $? = 2 ] && grep -q 'present, swap, debt, shared, refcount or mapcount' "$work/stderr"
ok $? "what heat may be is said" "$work/stderr"
for option in --json "--svg $work/hot.svg" "--html $work/hot.html"; do
	# shellcheck disable=SC2086 # a list of words
	$vmaview map --heat debt $option --from $saved >"$work/stdout" 2>"$work/stderr"
	[ $? = 2 ] && [ "$(wc -l <"$work/stderr")" = 1 ] && [ ! -e "$work/hot.svg" ] && [ ! -e "$work/hot.html" ]
	ok $? "heat is of a terminal: not with ${option%% *}" "$work/stderr"
done
# The same cells are mapped, and nothing but digits stands there.
$vmaview map --from $saved | sed -n 's/^[0-9a-f]\{12\} //p' | sed 's/[a-zA-Z]/#/g' >"$work/kinds"
for heat in present swap debt shared refcount mapcount; do
	$vmaview map --heat $heat --from $saved | sed -n 's/^[0-9a-f]\{12\} //p' | sed 's/[0-9?]/#/g' >"$work/hot"
	[ -s "$work/hot" ] && diff "$work/kinds" "$work/hot" >"$work/diff"
	ok $? "each cell that is mapped has its $heat" "$work/diff"
done
$vmaview map --ascii --from $saved | LC_ALL=C grep -q '[^ -~]'
[ $? = 1 ]
ok $? "--ascii is no more than that"
LC_ALL=C $vmaview map --from $saved | LC_ALL=C grep -q '[^ -~]'
[ $? = 1 ]
ok $? "... and so is a locale that is not UTF-8"
# In the document of each moment.
bin/lib/pack_file "$work/series" ../data/whole.vmav:10 -- ../data/whole.vmav:11 -- ../data/whole.vmav:12
$vmaview map --labels lib/labels --html "$work/named.html" --from "$work/series" 2>"$work/stderr" &&
	[ "$(grep -o '"label":"Interpreter +2"' "$work/named.html" | wc -l)" = 3 ]
ok $? "areas of a page are called as --labels says, at each moment" "$work/stderr"

# Of a part of the addresses nobody knows where its holes end, though there is one between the two areas in it.
$vmaview map --ascii --from ../data/whole.vmav >"$work/all" && grep -q '^2 holes between areas' "$work/all" &&
	$vmaview map --ascii --from ../data/whole.vmav -A 7f0000001000,7f0000100fff >"$work/part" &&
	grep -q 'that nothing maps' "$work/part" && ! grep -q 'hole' "$work/part"
ok $? "holes are of all addresses, not of a part of them" "$work/part"
tap_end
