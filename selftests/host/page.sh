#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# page.sh - the page of map --html in a real browser: what is on it, what clicks and keys do, what is left without scripts
cd "$(dirname "$0")" || exit 2
. lib/tap.sh
work=$(mktemp -d) || exit 2
work=$(cd "$work" && pwd -P)
trap 'rm -rf "$work"; kill -KILL ${named:-} ${many:-} 2>/dev/null' EXIT
vmaview=bin/tool/vmaview
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"

for file in moments.js map.js map.css; do
	wanted=$(python3 lib/page_hash ../../tools/vmaview/verbs/map/$file)
	grep -q "\"$wanted\"" ../../tools/vmaview/verbs/map/map_page.h
	ok $? "map_page.h lets just this $file in: $wanted"
done
if ! command -v chromium-headless-shell chromium >/dev/null; then
	skip "the page in a browser" "there is none: install the package chromium-headless-shell"
	tap_end
fi

saved=../data/sh-6.12.vmav
$vmaview map --from $saved --html "$work/page.html" 2>"$work/stderr" && $vmaview map --from $saved -J >"$work/page.json"
ok $? "a page is written" "$work/stderr"
[ "$(stat -c %a "$work/page.html")" = 600 ]
ok $? "only its owner may read it"

mkfifo "$work/wait"
perl -e '$0 = "</script><b>&<!--\x01\xff"; open(my $w, "<", $ARGV[0]); <$w>' "$work/wait" &
named=$!
# An area for every other page.
python3 - "$work/wait" "$work/ready" <<-'END' &
	import ctypes, mmap, sys
	memory = mmap.mmap(-1, 6000 * 4096)
	address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
	for page in range(0, 6000, 2):
	    ctypes.CDLL(None).mprotect(ctypes.c_void_p(address + page * 4096), 4096, 1)
	open(sys.argv[2], 'w').close()
	open(sys.argv[1]).read()
END
many=$!
exec 3>"$work/wait"
until tr '\0' ' ' <"/proc/$named/cmdline" | grep -q '^</script>' && [ -e "$work/ready" ]; do :; done
$vmaview map --html "$work/hostile.html" $named 2>"$work/stderr" && $vmaview map --html "$work/many.html" $many 2>"$work/stderr"
ok $? "pages of processes that run" "$work/stderr"

of_core=../fuzz/corpus/core/x86-64
$vmaview map --from $of_core --html "$work/core.html" 2>"$work/stderr" && $vmaview map --from $of_core -J >"$work/core.json"
ok $? "a page of a core" "$work/stderr"

data=../data
bin/lib/pack_file "$work/series" "$data/mixed.vmav:10" -- "$data/pages.vmav:10" -- "$data/whole.vmav:10" 2>"$work/stderr" &&
	$vmaview map --from "$work/series" --html "$work/series.html" 2>>"$work/stderr"
ok $? "a page of a series" "$work/stderr"
for moment in 1 2 3; do
	$vmaview map --from "$work/series@$moment" -J >"$work/series.$moment.json"
done
$vmaview map --from "$work/series@2" --html "$work/second.html" 2>"$work/stderr" &&
	grep -q '<script type="application/json" id="moments">\[\]</script>' "$work/second.html"
ok $? "a page of one of its moments has no other" "$work/stderr"

python3 lib/page_check.py "$work" >"$work/checks" 2>"$work/stderr"
ok $? "the browser looked at all of it" "$work/stderr"
while read -r status sentence; do
	ok "$status" "$sentence" "$work/stderr"
done <"$work/checks"
tap_end
