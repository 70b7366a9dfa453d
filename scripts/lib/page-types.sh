# SPDX-License-Identifier: GPL-2.0
# page-types.sh - the kernel's sources in, page-types in the cache out.  Sourced.
#
# From $VMAVIEW_LINUX_SOURCE, a tar file, or from what the package linux-source brings.  It asks the
# kernel through /proc alone, so that one serves all rows; linked statically, it needs no library there.
# shellcheck shell=sh disable=SC2154

# linux_source: the path of the tar file; none where there is none to be had.
linux_source() {
	if [ -z "${VMAVIEW_LINUX_SOURCE:-}" ]; then
		(need_packages linux-source) || return
		set -- /usr/src/linux-source-*.tar.xz
		VMAVIEW_LINUX_SOURCE=$1
	fi
	[ -f "$VMAVIEW_LINUX_SOURCE" ] && echo "$VMAVIEW_LINUX_SOURCE"
}

# compile_page_types FROM OUT: from unpacked sources; it moved from tools/vm to tools/mm.
compile_page_types() {
	source=$(find "$1"/tools/vm "$1"/tools/mm -name page-types.c 2>/dev/null | head -n 1)
	[ -n "$source" ] && (
		cd "${source%/*}" && cc -O2 -static -w -D_GNU_SOURCE -I../lib -I../lib/api -I../include -o "$2" \
			page-types.c ../lib/api/fs/fs.c ../lib/api/debug.c ../lib/str_error_r.c
	)
}

# page_types: makes it once.  Sets page_types_dir, empty where it cannot be made.
page_types() {
	page_types_dir=$cache/page-types
	[ ! -x "$page_types_dir/page-types" ] || return 0
	page_types_dir=''
	tar=$(linux_source) || { say "no linux-source: page-types is not measured"; return; }
	mkdir -p "$cache/page-types" "$work/linux"
	say "building page-types from $tar"
	tar -xf "$tar" -C "$work/linux" --strip-components=1 --wildcards '*/tools/vm/page-types.c' \
		'*/tools/mm/page-types.c' '*/tools/lib' '*/tools/include' '*/include/uapi/linux' 2>"$work/tar"
	if compile_page_types "$work/linux" "$cache/page-types/page-types" 2>"$work/cc"; then
		page_types_dir=$cache/page-types
	else
		say "page-types does not build: $(head -n 1 "$work/cc")"
	fi
	rm -rf "$work/linux"
}
