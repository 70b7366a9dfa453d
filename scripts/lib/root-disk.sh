# SPDX-License-Identifier: GPL-2.0
# root-disk.sh - a held root in; a disk out, of what in it is run again and again, for its guests.  Sourced.
#
# To open a file by 9p is three questions to the host, and a program that starts opens a dozen and more: in a
# guest beside another one that was most of what a short program took.  The disk lies over the root, which has
# everything; without it a guest is slower, and nothing else.
# shellcheck shell=sh disable=SC2154

# What the initramfs needs to reach the disk, too.
disk_modules() {
	arch_modules "$(row_release "$1")" "$disk.new/modules" \
		virtio_pci virtio_console 9pnet_virtio 9p overlay virtio_blk squashfs
}

# disk_files: programs and scripts of theirs, and libraries but for the few big ones that only compilers load.
disk_files() {
	find etc usr/bin usr/sbin usr/lib64 usr/lib/locale usr/lib/python3* usr/share/perl* ! -type d
	find usr/lib/*-linux-gnu* ! -type d -size -8M \( -name '*.so*' -o -path '*/perl*' -o -path '*/gconv/*' \)
}

make_disk() {
	rm -rf "$disk.new"
	mkdir -p "$disk.new/modules" "$disk.new/tree"
	disk_modules "$1" || return
	[ -s "$disk.new/modules/101.ko" ] || return
	(cd "$root" && disk_files 2>/dev/null | cpio -pdl --quiet "$disk.new/tree") || return
	mksquashfs "$disk.new/tree" "$disk.new/image" -noI -noD -noF -noX -no-fragments -no-xattrs -no-progress || return
	rm -rf "$disk.new/tree"
	mv "$disk.new" "$disk"
}

# is_disk_new: made of this root, not of one that was here before.
is_disk_new() {
	[ -n "$(find "$disk/image" -newer "$root/etc/vmaview/release" 2>/dev/null)" ]
}

# In a subshell: it has a half-made disk to take away, and one that is of no use.
make_disk_locked() {
	on_end "end_attended KILL; rm -rf '$disk.new'"
	take_lock 4 "the disk of $1"
	is_disk_new || { rm -rf "$disk" && attend make_disk "$1"; }
}

# drop_old_disks: those that other versions of this file made, unless somebody has used one since yesterday: another
# checkout may be about to.
drop_old_disks() {
	drop_unused -name '*.disk-*' ! -name "*.disk-${disk##*.disk-}.lock" -mmin +1440
}

# hold_disk ROW: with its root held.  Sets disk, the folder, or nothing: a kernel compiled here has no driver for it.
# Nobody takes it away while this shell, and what it starts, lives: fd 4.
hold_disk() {
	disk=
	! row_compiled "$1" || return 0
	disk=$root.disk-$(cksum <"$tree/scripts/lib/root-disk.sh" | cut -d' ' -f1)
	exec 4>>"$disk.lock"
	touch "$disk.lock"
	flock -s 4
	is_disk_new || (flock -u 4; make_disk_locked "$1") >"$cache/log/disk-$1" 2>&1 || {
		say "$1: no disk of its programs, its guests will be slower (log: $cache/log/disk-$1)"
		disk=
		exec 4>&-
		return 0
	}
	flock -s 4
	drop_old_disks
}
