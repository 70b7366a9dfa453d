# SPDX-License-Identifier: GPL-2.0
# root.sh - a row in, its root file system in the cache out: compiler, libraries, headers, kernel.
# Sourced.  Locks: fd 8 on root/ROW.lock, shared by whoever uses the root, exclusive to rebuild it.
# shellcheck shell=sh disable=SC2154

row_packages() {
	list "$tree/scripts/packages"
	row_field "$1" 3 | sed 's/^linux-image-/linux-headers-/'
}

# The root is as good as what it was made from.
root_key() {
	{
		row_packages "$1"
		row_field "$1" 2
		row_field "$1" 3
		cat "$tree/scripts/lib/bootstrap.sh" "$tree/scripts/lib/root-kernel.sh"
	} | cksum
}

root_is_current() {
	[ "$(cat "$cache/root/$1/etc/vmaview/key" 2>/dev/null)" = "$(root_key "$1")" ]
}

# hold_root ROW: makes it if need be and keeps it from being replaced while this shell lives.
hold_root() {
	mkdir -p "$cache/root" "$cache/log"
	exec 8>>"$cache/root/$1.lock"
	flock -s 8
	until root_is_current "$1"; do
		flock -u 8
		take_lock 8 "the root of $1"
		root_is_current "$1" || attend make_root "$1" || die "no root for $1"
		flock -s 8
	done
}

# In a subshell: it has a half-made root to take away.
make_root() {
	new=$cache/root/$1.new
	log=$cache/log/root-$1
	suite=$(row_field "$1" 2)
	# shellcheck disable=SC2016 # expanded at the end
	on_end 'end_attended KILL; rm -rf "$new"'
	rm -rf "$new"
	say "$1: building its root from $suite (a minute or two; log: $log)"
	apt_sources "$suite" >"$log.list" || exit
	apt_pin "$suite" >"$log.pin"
	bootstrap "$1" "$suite" >"$log" 2>&1 ||
		{ tail -n 20 "$log" >&2; die "$1: the root could not be built (log: $log)"; }
	root_key "$1" >"$new/etc/vmaview/key"
	rm -rf "$cache/root/$1"
	mv "$new" "$cache/root/$1"
	say "$1: root built, kernel $(row_release "$1") ($(row_version "$1"))"
}

# forget_roots: the next use of each makes it anew.
forget_roots() {
	rm -f "$cache"/root/*/etc/vmaview/key
}

# in_root ROOT TREE COMMAND...: in a chroot that has TREE at /vmaview, attended.
in_root() {
	# shellcheck disable=SC2016,SC2086 # expanded by the inner shell; a list of words
	attend $contained sh -ec '
		root=$1; tree=$2; shift 2
		mount -t proc proc "$root/proc"
		mount --bind "$tree" "$root/vmaview"
		exec chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "$@"
	' sh "$@"
}
