#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# root-foreign.sh ROOT META - make ROOT, where packages of another architecture were unpacked, one that boots.
# In: apt's lists, by MMDEBSTRAP_APT_CONFIG, and the kernel that META resolves to among the packages.  Out, as
# root-kernel.sh leaves it: /etc/vmaview/{release,version}, /boot/guest/{vmlinuz,modules/}.
set -eu
root=$1
meta=$2
# shellcheck source=/dev/null
. "$(dirname "$0")/foreign-modules.sh"

# What the scripts of the packages do elsewhere, as far as guests have a use for it.
configure() {
	for file in passwd group; do
		cp "$root/usr/share/base-passwd/$file.master" "$root/etc/$file"
	done
	cp "$root/usr/share/libc-bin/nsswitch.conf" "$root/etc/nsswitch.conf"
	ln -s mawk "$root/usr/bin/awk"
	ln -s which.debianutils "$root/usr/bin/which"
}

kernel_release() {
	for builtin in "$root"/usr/lib/modules/*/modules.builtin; do
		[ ! -e "$builtin" ] || basename "${builtin%/*}"
	done | tail -n 1
}

copy_image() {
	for image in "$root/boot/vmlinuz-$1" "$root/usr/lib/modules/$1/vmlinuz"; do
		[ ! -e "$image" ] || { mv "$image" "$root/boot/guest/vmlinuz"; return; }
	done
	echo "no vmlinuz for $1" >&2
	return 1
}

mkdir -p "$root/etc/vmaview" "$root/boot/guest/modules" "$root/vmaview" "$root/host" "$root/out"
configure
release=$(kernel_release)
[ -n "$release" ]
depmod -b "$root" "$release"
copy_image "$release"
foreign_modules "$root" "$release" "$root/boot/guest/modules" virtio_pci virtio_console 9pnet_virtio 9p overlay
APT_CONFIG=$MMDEBSTRAP_APT_CONFIG apt-cache policy "$meta" | awk '$1 == "Candidate:" { print $2 }' >"$root/etc/vmaview/version"
[ -s "$root/etc/vmaview/version" ]
echo "$release" >"$root/etc/vmaview/release"
