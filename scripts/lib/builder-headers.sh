#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# builder-headers.sh ROOT META - the kernel's headers that META (linux-headers-ARCH:ARCH) resolves to into ROOT.
# In: a root with apt's lists and a cross-compiler.
#
# Unpacked, not installed: they depend on a compiler that runs on the architecture they are for.  What the build of a
# module runs, linux-kbuild, is of this machine's architecture.
set -eu
root=$1
meta=$2

run() {
	chroot "$root" env DEBIAN_FRONTEND=noninteractive "$@"
}

# packages_of PATTERN: of what comes with META.
packages_of() {
	run apt-get install -s --no-install-recommends "$meta" | sed -n "s/^Inst \\($1[^ ]*\\) .*/\\1/p"
}

mkdir "$root/headers" "$root/vmaview"
# shellcheck disable=SC2046 # lists of words
run apt-get install -y --no-install-recommends $(packages_of linux-kbuild-)
# shellcheck disable=SC2046
run sh -ec 'cd /headers; apt-get download "$@"' sh $(packages_of linux-headers-)
for deb in "$root"/headers/*.deb; do
	dpkg-deb --fsys-tarfile "$deb" | tar -x --keep-directory-symlink -C "$root"
done
rm -r "$root/headers"
