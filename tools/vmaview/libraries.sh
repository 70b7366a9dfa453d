#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# libraries.sh LIBRARY... - which packages are needed for those that pkg-config does not know; nothing if it knows all
#
# On stderr, by the names of the distribution that this is; exit: 0 none is missing, 1 some are.
pkg_config=${PKG_CONFIG:-pkg-config}

# package LIBRARY: as the families of Debian, Fedora and Arch call it.
package() {
	case $1 in
	pkg-config) echo pkg-config pkgconf-pkg-config pkgconf ;;
	smartcols) echo libsmartcols-dev libsmartcols-devel util-linux-libs ;;
	json-c) echo libjson-c-dev json-c-devel json-c ;;
	libproc2) echo libproc2-dev procps-ng-devel procps-ng ;;
	libcap-ng) echo libcap-ng-dev libcap-ng-devel libcap-ng ;;
	libbpf) echo libbpf-dev libbpf-devel libbpf ;;
	libzstd) echo libzstd-dev libzstd-devel zstd ;;
	ncursesw) echo libncurses-dev ncurses-devel ncurses ;;
	libelf) echo libelf-dev elfutils-libelf-devel libelf ;;
	*) echo "$1 $1 $1" ;;
	esac
}

missing=''
command -v "$pkg_config" >/dev/null || missing=pkg-config
for library; do
	"$pkg_config" --exists "$library" 2>/dev/null || missing="$missing $library"
done
[ -n "$missing" ] || exit 0
# shellcheck source=/dev/null
family=$([ ! -r "${OS_RELEASE:=/etc/os-release}" ] || . "$OS_RELEASE"; echo "${ID:-} ${ID_LIKE:-}")
case " $family " in
*" fedora "* | *" rhel "*) column=2 install="dnf install" ;;
*" arch "*) column=3 install="pacman -S" ;;
*) column=1 install="apt install" ;;
esac
for library in $missing; do
	package "$library" | cut -d' ' -f$column
done | xargs echo "vmaview: not all that the tool is built with is here; as root: $install" >&2
exit 1
