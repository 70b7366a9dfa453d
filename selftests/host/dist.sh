#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# dist.sh - the release's tarball is the same bytes wherever it is made, has the tree and nothing else, and builds
cd "$(dirname "$0")/../.." || exit 2
. selftests/host/lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

release=$(sed -n 's/^#define VMAVIEW_RELEASE "\(.*\)"$/\1/p' tools/vmaview/text/version.h)
[ -n "$release" ] && grep -q "^#define VMAVIEW_VERSION \"$release\"\$" module/self/version.h &&
	head -n 1 packaging/debian/changelog | grep -q "^vmaview ($release-" &&
	[ "$(sed -n 's/^## \([0-9.]*\).*/\1/p' CHANGELOG.md | head -n 1)" = "$release" ] &&
	grep -q "^Version: *$release\$" packaging/rpm/vmaview.spec && grep -q "^pkgver=$release\$" packaging/arch/PKGBUILD
ok $? "tool, module, packages and CHANGELOG are of one release"

if ! have git git "two tarballs are the same bytes"; then
	tap_end
fi
mkdir "$work/one" "$work/two" "$work/copy" "$work/elsewhere"
sh scripts/dist "$work/one" >"$work/name" 2>"$work/said"
name=$(cat "$work/name")
[ "$name" = "vmaview-$release.tar.gz" ] && [ -s "$work/one/$name" ]
ok $? "scripts/dist says what it has made" "$work/said"

# As somebody else unpacks it: another time, other modes, no repository, what a build leaves, another zone and order.
tar -x -f "$work/one/$name" -C "$work/copy" --strip-components=1 --touch
chmod -R g+w,o-rwx "$work/copy"
touch "$work/copy/module/main.o" "$work/copy/vmaview.ko" "$work/copy/tools/vmaview/main.d" "$work/copy/vmaview-0.tar.gz"
(umask 077 && TZ=Asia/Tokyo LC_ALL=C.UTF-8 sh "$work/copy/scripts/dist" "$work/two") >"$work/said" 2>&1 &&
	cmp "$work/one/$name" "$work/two/$name" >>"$work/said" 2>&1
ok $? "two tarballs are the same bytes" "$work/said"
SOURCE_DATE_EPOCH=1000000000 sh scripts/dist "$work/elsewhere" >"$work/said" 2>&1 &&
	! cmp -s "$work/one/$name" "$work/elsewhere/$name" &&
	tar -t -v --full-time --utc -f "$work/elsewhere/$name" | awk '$4 != "2001-09-09" || $5 != "01:46:40"' >"$work/said" && [ ! -s "$work/said" ]
ok $? "SOURCE_DATE_EPOCH is the time of each file" "$work/said"

tar -t -f "$work/one/$name" | sed "s@^vmaview-$release/@@" | sort >"$work/has"
! grep -E '\.(o|ko|d|cmd|mod\.c)$|(^|/)\.git/|^/|\.\./|/$' "$work/has" >"$work/said" && [ "$(wc -l <"$work/has")" -gt 900 ]
ok $? "it has sources and nothing that was built" "$work/said"
while read -r file; do
	cmp -s "$file" "$work/copy/$file" || echo "$file"
done <"$work/has" >"$work/said"
[ ! -s "$work/said" ]
ok $? "as they are in this tree" "$work/said"
[ -x "$work/copy/scripts/check" ] && [ ! -x "$work/copy/README.md" ]
ok $? "and what can be run still can"

mkdir "$work/alone"
cp -R "$work/copy/Makefile" "$work/copy/Kbuild" "$work/copy/module" "$work/copy/uapi" "$work/alone/"
: >"$work/alone/module/compat/features.h"
make -C "$work/alone" clean KDIR=/nowhere >"$work/said" 2>&1 && [ ! -e "$work/alone/module/compat/features.h" ]
ok $? "make clean works where the module is alone, and no headers are" "$work/said"
tap_end
