#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# root-kernel.sh ROOT META - unpack the kernel META resolves to into ROOT, and prepare its boot.
# In: a root with apt's lists and the headers.  Out: /usr/lib/modules/VERSION,
# /etc/vmaview/{release,version}, /boot/guest/{vmlinuz,modules/}.
#
# Unpacked, not installed: an installed image would want an initramfs made, which no guest uses.
set -eu
root=$1
meta=$2

run() {
	chroot "$root" "$@"
}

# An image can be split in several packages; apt knows which.
kernel_packages() {
	run apt-get install -s --no-install-recommends "$meta" |
		sed -n 's/^Inst \(linux-\(image\|binary\|modules\)-[^ ]*\) .*/\1/p'
}

unpack_kernel() {
	mkdir "$root/kernel"
	# shellcheck disable=SC2046 # a list of words
	run sh -ec 'cd /kernel; apt-get download "$@"' sh $(kernel_packages)
	for deb in "$root"/kernel/*.deb; do
		dpkg-deb --fsys-tarfile "$deb" | tar -x --keep-directory-symlink -C "$root"
	done
	rm -r "$root/kernel"
}

# The folder that holds modules, not only the headers' links.
kernel_release() {
	for builtin in "$root"/usr/lib/modules/*/modules.builtin; do
		[ ! -e "$builtin" ] || basename "${builtin%/*}"
	done | tail -n 1
}

copy_image() {
	for image in "$root/boot/vmlinuz-$1" "$root/usr/lib/modules/$1/vmlinuz"; do
		[ ! -e "$image" ] || { cp "$image" "$root/boot/guest/vmlinuz"; return; }
	done
	echo "no vmlinuz for $1" >&2
	return 1
}

# What the initramfs needs to reach the root, uncompressed, numbered in the order to load.
copy_modules() {
	n=100
	run modprobe -S "$1" -a --show-depends virtio_pci virtio_console 9pnet_virtio 9p overlay |
		awk '$1 == "insmod" && !seen[$2]++ { print $2 }' |
		while read -r module; do
			n=$((n + 1))
			out=$root/boot/guest/modules/$n.ko
			case $module in
			*.xz) run xz -dc "$module" >"$out" ;;
			*.zst) run zstd -dcq "$module" >"$out" ;;
			*) run cat "$module" >"$out" ;;
			esac
		done
}

mkdir -p "$root/etc/vmaview" "$root/boot/guest/modules" "$root/vmaview" "$root/host" "$root/out"
unpack_kernel
release=$(kernel_release)
[ -n "$release" ]
run depmod "$release"
copy_image "$release"
copy_modules "$release"
run apt-cache policy "$meta" | awk '$1 == "Candidate:" { print $2 }' >"$root/etc/vmaview/version"
echo "$release" >"$root/etc/vmaview/release"
[ -e "$root/usr/lib/modules/$release/build/Makefile" ] || [ -e "$root/usr/src/linux-headers-$release/Makefile" ]
