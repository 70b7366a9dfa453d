#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# libvmaview.sh - the library as it is installed: what it exports, a program and Python on it, and JSON as the witness
cd "$(dirname "$0")/../.." || exit 2
. selftests/host/lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
tree=$work/tree
vmaview=$PWD/selftests/host/bin/tool/vmaview
data=$PWD/selftests/data
examples=$PWD/tools/python/examples
# Leaks are what a test of its own looks for; Python keeps what it has until its end.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"

# Of a copy: what is built here is not what was installed last.
mkdir -p "$work/tools/lib"
cp -r uapi "$work/uapi"
cp -r tools/lib/vmaview "$work/tools/lib/vmaview"
cp -r tools/python "$work/tools/python"
rm -f "$work"/tools/lib/vmaview/*.[ado] "$work"/tools/lib/vmaview/*/*.[do] "$work"/tools/lib/vmaview/*.so.*
(unset MAKEFLAGS MAKELEVEL MFLAGS CFLAGS
 make -j "$(nproc)" -C "$work/tools/lib/vmaview" install CFLAGS=-O0 DESTDIR="$tree" PREFIX=/usr \
	LIBDIR=/usr/lib/triplet) >"$work/log" 2>&1
ok $? "it is installed below DESTDIR" "$work/log"
library=$tree/usr/lib/triplet/libvmaview.so.1

# What the header declares is what is exported, each with the version of its release.
sed 's@/\*.*@@; /^ \*/d' tools/lib/vmaview/libvmaview.h | grep -o '\bvmaview_[a-z_]*(' | tr -d '(' |
	sort -u >"$work/declared"
nm -D --defined-only "$library" | awk '$2 == "T" { print $3 }' | sort >"$work/exported"
sed 's/@@LIBVMAVIEW_1\.0$//' "$work/exported" | diff "$work/declared" - >"$work/diff" &&
	[ "$(wc -l <"$work/declared")" -gt 20 ]
ok $? "it exports what its header declares, with a version, and nothing else" "$work/diff"
objdump -p "$library" | grep -q '^ *SONAME *libvmaview\.so\.1$' && [ -e "$tree/usr/lib/triplet/libvmaview.so" ]
ok $? "its soname is libvmaview.so.1, and there is a name to link by"
sed -n 's/^\.Fn \(vmaview_[a-z_]*\).*/\1/p' "$tree/usr/share/man/man3/libvmaview.3" | sort -u |
	diff "$work/declared" - >"$work/diff"
ok $? "its manual page has each function" "$work/diff"

PKG_CONFIG_LIBDIR=$tree/usr/lib/triplet/pkgconfig
PKG_CONFIG_SYSROOT_DIR=$tree
LD_LIBRARY_PATH=$tree/usr/lib/triplet
export PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR LD_LIBRARY_PATH
cat >"$work/program.c" <<'END'
#include <inttypes.h>
#include <libvmaview.h>
#include <stdio.h>

int main(int argc, char **argv)
{
	struct vmaview_query query = {
		.size = sizeof(query), .rows = VMAVIEW_ROWS_AREAS, .file = argc > 1 ? argv[1] : NULL,
	};
	const struct vmaview_field *start = vmaview_field_named(VMAVIEW_ROWS_AREAS, "start");
	const struct vmaview_field *rss = vmaview_field_named(VMAVIEW_ROWS_AREAS, "rss");
	const struct vmaview_field *name = vmaview_field_named(VMAVIEW_ROWS_AREAS, "name");
	struct vmaview *handle;
	int ret = vmaview_open(&handle, &query);

	while (!ret && (ret = vmaview_next(handle)) == 1) {
		uint64_t from = 0, bytes = 0;
		const char *text = "";

		vmaview_number(handle, start, &from);
		ret = vmaview_number(handle, rss, &bytes);
		vmaview_text(handle, name, &text);
		printf("0x%" PRIx64 " ", from);
		if (ret == 1)
			printf("%" PRIu64, bytes);
		printf("%s %s\n", ret == 1 ? "" : "null", text);
		ret = 0;
	}
	if (ret < 0)
		printf("%s\n", vmaview_message(handle));
	vmaview_close(&handle);
	return ret < 0;
}
END
# shellcheck disable=SC2046 # words
cc -std=c11 -Wall -Wextra -Werror -o "$work/program" "$work/program.c" \
	$(pkg-config --cflags --libs libvmaview) >"$work/log" 2>&1
ok $? "a program is compiled by what pkg-config says of it" "$work/log"
for stream in "$data"/*.vmav; do
	"$vmaview" --from "$stream" -J | jq -r '.processes[].areas[] | "\(.start) \(.rss)"' >"$work/json"
	"$work/program" "$stream" | cut -d' ' -f1,2 | diff "$work/json" - || echo "$stream"
done >"$work/diff" 2>&1
"$vmaview" --from "$data/sh-6.12.vmav" -J | jq -r '.processes[].areas[].name' >"$work/json"
"$work/program" "$data/sh-6.12.vmav" | cut -d' ' -f3- | diff "$work/json" - >>"$work/diff" 2>&1
[ ! -s "$work/diff" ] && grep -q '^/' "$work/json"
ok $? "and has what the tool has of each saved stream" "$work/diff"
echo '#include <libvmaview.h>' |
	c++ -x c++ -Wall -Wextra -Werror -pedantic -fsyntax-only "-I$tree/usr/include" - >"$work/log" 2>&1
ok $? "the header is C++, too" "$work/log"

PYTHONPATH=$tree/usr/lib/python3/dist-packages
PYTHONDONTWRITEBYTECODE=1
export PYTHONPATH PYTHONDONTWRITEBYTECODE
if ! python3 -c 'import ctypes, json' 2>/dev/null; then
	skip "Python has what the tool has" "python3 is not here, or has no ctypes: install the package python3"
	tap_end
fi
# compare STREAM KEY: rows of Python against those of -J, each key and value, names that are no UTF-8, too; that there
# are none is said by both.
cat >"$work/compare.py" <<'END'
import json, sys, vmaview
path, key, text = sys.argv[1], sys.argv[2], sys.stdin.read()
try:
    ours = [process.rows for process in vmaview.processes(path, {"areas": 1, "pages": 2, "sharers": 3}[key])]
    flat = getattr(vmaview, key)(path)
except OSError as error:
    ours, flat = str(error), None
if not text:
    assert isinstance(ours, str) and "are in it" in ours, ours
    sys.exit()
theirs = [process[key] for process in json.loads(text)["processes"]]
assert flat == sum(ours, []), "the flat list has other rows"
assert len(ours) == len(theirs), (len(ours), len(theirs))
for a, b in zip(ours, theirs):
    assert len(a) == len(b), (len(a), len(b))
    for x, y in zip(a, b):
        for name in x.keys() | y.keys():
            assert name in x and name in y, (path, name, x, y)
            assert x[name] == y[name] and type(x[name]) is type(y[name]), (path, name, x[name], y[name])
print(len(flat))
END
for stream in "$data"/*.vmav; do
	for key in areas pages sharers; do
		verb=$key
		[ $key != areas ] || verb=''
		# shellcheck disable=SC2086 # no verb is no word
		"$vmaview" $verb --from "$stream" -J >"$work/json" 2>/dev/null
		python3 "$work/compare.py" "$stream" $key <"$work/json" >>"$work/rows" || echo "$stream $key"
	done
done >"$work/diff" 2>&1
[ ! -s "$work/diff" ] && [ "$(awk '{ rows += $1 } END { print rows + 0 }' "$work/rows")" -gt 40 ]
ok $? "Python has what the tool has: each key, each value, of areas, pages and sharers" "$work/diff"

cat >"$work/bad.py" <<'END'
import errno, os, sys, vmaview
def fails(number, call):
    try:
        call()
    except OSError as error:
        assert error.errno == number and error.strerror, error
        return
    raise AssertionError("nothing was raised")
data, cut = sys.argv[1:]
fails(errno.ENOENT, lambda: vmaview.areas(data + "/none.vmav"))
fails(errno.ENOENT, lambda: vmaview.areas(data + "/whole.vmav@2"))
fails(errno.ENODATA, lambda: vmaview.areas(cut))
fails(errno.ESRCH, lambda: vmaview.areas(data + "/whole.vmav", pid=1 << 30))
fails(errno.EINVAL, lambda: vmaview.areas(-1))
assert vmaview.areas(data + "/whole.vmav@1") == vmaview.areas(data + "/whole.vmav@last")
whole = vmaview.areas(data + "/whole.vmav")
second = int(whole[1]["start"], 16)
assert vmaview.areas(data + "/whole.vmav", low=second, high=second) == [whole[1]]
pages = vmaview.pages(data + "/pages.vmav")
dirty = vmaview.pages(data + "/pages.vmav", only={"pte": "dirty", "state": ["present", "swap"]})
assert dirty and dirty == [row for row in pages if "dirty" in (row["pte"] or ()) and
                           row["state"] in ("present", "swap")]
try:
    vmaview.pages(data + "/pages.vmav", only={"pte": "dusty"})
except ValueError:
    sys.exit()
sys.exit("dusty was taken")
END
head -c 500 "$data/sh-6.12.vmav" >"$work/cut.vmav"
python3 "$work/bad.py" "$data" "$work/cut.vmav" >"$work/log" 2>&1
ok $? "what is wrong is an OSError with its errno, and a choice of pages is what it says" "$work/log"

python3 "$examples/series_frame.py" "$data/sh-6.12.vmav" >"$work/log" 2>&1 && grep -q 'sh' "$work/log"
ok $? "the example of a series shows the process of a snapshot" "$work/log"
# What runs in it needs the module; what has died in it, a core, does not.
sentence="gdb shows the areas of a core by the command, and says of a process why it cannot"
if ! have gdb gdb "$sentence"; then
	tap_end
fi
script=$tree/usr/share/vmaview/vmaview-gdb.py
PATH=${vmaview%/*}:$PATH
cc -o "$work/stopped" -x c - <<'END'
int main(void)
{
	return 0;
}
END
gdb -nx -batch -ex "source $script" -ex vmaview -ex 'break main' -ex run -ex vmaview -ex "gcore $work/core" -ex kill \
	"$work/stopped" </dev/null >"$work/lives" 2>&1
gdb -nx -batch -ex "source $script" -ex vmaview -ex "vmaview \$sp" "$work/stopped" "$work/core" </dev/null \
	>"$work/died" 2>&1
if [ ! -s "$work/core" ]; then
	skip "$sentence" "gdb may not run a program here"
	tap_end
fi
grep -q 'vmaview: nothing is being debugged' "$work/lives" &&
	{ [ -e /dev/vmaview ] || grep -q 'vmaview: the module is not loaded' "$work/lives"; } &&
	[ "$(grep -c '\[stack\]' "$work/died")" = 2 ] && [ "$(grep -c "$work/stopped" "$work/died")" -ge 1 ]
ok $? "$sentence" "$work/died"
tap_end
