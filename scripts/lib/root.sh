# SPDX-License-Identifier: GPL-2.0
# root.sh - a row in, its root file system in the cache out: compiler, libraries, headers, kernel.
# Sourced.  Locks: fd 8 on the root's .lock, shared by whoever uses it, exclusive to make it.
# shellcheck shell=sh disable=SC2034,SC2154 # shared with the parts

row_packages() {
	list "$tree/scripts/packages"
	row_field "$1" 3 | sed 's/^linux-image-/linux-headers-/'
	! row_compiled "$1" || list "$tree/scripts/source-packages"
}

# root_inputs ROW: all that its root is made from, beside packages.
root_inputs() {
	if row_compiled "$1"; then
		source_inputs "$1"
	elif row_foreign "$1"; then
		(cd "$tree/scripts/lib" && cat bootstrap-foreign.sh root-foreign.sh foreign-modules.sh builder-headers.sh)
	else
		cat "$tree/scripts/lib/bootstrap.sh" "$tree/scripts/lib/root-kernel.sh"
	fi
}

# row_root ROW: its folder, named after all it is made from; checkouts that differ there do not
# take each other's roots away.
row_root() {
	key=$({
		row_packages "$1"
		row_field "$1" 2
		row_field "$1" 3
		root_inputs "$1"
	} | cksum)
	echo "$cache/root/$1-${key%% *}"
}

# hold_root ROW: makes it if need be and keeps it from being replaced while this shell lives.
# Sets root, and builder, which compiles for it.
hold_root() {
	use_arch "$1"
	# What looks at a root whose own programs do not run here.
	! row_foreign "$1" || need_packages kmod xz-utils zstd
	mkdir -p "$cache/root" "$cache/log"
	root=$(row_root "$1")
	exec 8>>"$root.lock"
	flock -s 8
	until [ -d "$root" ]; do
		flock -u 8
		take_lock 8 "the root of $1"
		[ -d "$root" ] || attend make_root "$1" || die "no root for $1"
		flock -s 8
	done
	touch "$root.lock"
	builder=$root
	! row_foreign "$1" || builder=$root/builder
	drop_old_roots
}

# drop_unused TEST...: what lies beside those locks that fit, of find(1), and is not held.  The locks stay: removing one
# would make two of it.
drop_unused() {
	find "$cache/root" -maxdepth 1 -name '*.lock' "$@" | while read -r old; do
		flock -n "$old" rm -rf "${old%.lock}" "${old%.lock}.new"
	done
}

# Roots, and their disks, that nobody has used for a month.
drop_old_roots() {
	drop_unused -mtime +30
}

# end_make_root ROW: takes the half-made root away; not what has been compiled.
end_make_root() {
	end_attended KILL
	if ! row_compiled "$1" || [ ! -e "$new/etc/vmaview/version" ]; then
		rm -rf "$new"
	fi
}

# make_stock_root ROW SUITE: into $new.
make_stock_root() {
	rm -rf "$new"
	bootstrap "$1" "$2" >"$log" 2>&1
}

# make_foreign_root ROW SUITE: likewise, of another architecture.
make_foreign_root() {
	rm -rf "$new"
	bootstrap_foreign "$1" "$2" >"$log" 2>&1
}

# In a subshell: it has a half-made root to take away.
make_root() {
	new=$root.new
	log=$cache/log/root-$1
	suite=$(row_field "$1" 2)
	kind=stock
	! row_compiled "$1" || kind=source
	! row_foreign "$1" || kind=foreign
	on_end "end_make_root $1"
	say "$1: building its root from $suite (a minute or two; log: $log)"
	apt_sources "$suite" >"$log.list" || exit
	apt_pin "$suite" >"$log.pin"
	# Some headers bring the image along, whose hook would make an initramfs nobody boots.
	export INITRD=No
	make_${kind}_root "$1" "$suite" ||
		{ tail -n 20 "$log" >&2; die "$1: the root could not be built (log: $log)"; }
	mv "$new" "$root"
	say "$1: root built, kernel $(row_release "$1") ($(row_version "$1"))"
}

# forget_root ROW: the next use makes it anew.
forget_root() {
	root=$(row_root "$1")
	[ -d "$root" ] || [ -d "$root.new" ] || return 0
	(
		take_lock 7 "the root of $1"
		rm -rf "$root" "$root.new" "$root".disk-*[0-9]
	) 7>>"$root.lock"
}

# in_root ROOT TREE COMMAND...: in a chroot that has TREE at /vmaview, attended.  What it leaves in /tmp goes
# with it: guests run on the same root.
in_root() {
	# shellcheck disable=SC2016,SC2086 # expanded by the inner shell; a list of words
	attend $contained sh -ec '
		root=$1; tree=$2; shift 2
		mount -t proc proc "$root/proc"
		mount -t tmpfs tmpfs "$root/tmp"
		mount -t devpts -o ptmxmode=666 devpts "$root/dev/pts"
		mount --bind "$tree" "$root/vmaview"
		exec chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "$@"
	' sh "$@"
}
