# SPDX-License-Identifier: GPL-2.0
# debs.sh - a row in; what builds Debian packages in its root, and the packages that DKMS takes there, out.  Sourced.
#
# Nothing is added to the root: what is more than it has lies in layers above it.
# shellcheck shell=sh disable=SC2154

# What builds the packages and judges them.
DEBS_TOOLS='build-essential debhelper dh-dkms dh-python dpkg-dev lintian pkgconf python3'

# What ours are installed with: with openssl DKMS signs what it builds.
DEBS_WANTED='dkms openssl'

# hold_debs ROW: with its root held; sets debs, the folder that has layer/, what builds above the root, and repo/, what
# is wanted and depended on there and the root has not.
hold_debs() {
	key=$(echo "$DEBS_TOOLS" "$DEBS_WANTED" | cksum)
	debs=$cache/debs/${root##*/}-${key%% *}
	hold_unpacked "$debs" "$(row_field "$1" 2)" make_debs
}

# fetch_debs FOLDER PACKAGE...: with what they need beyond the root.
fetch_debs() {
	to=$1
	shift
	suite_status=$root/var/lib/dpkg/status
	suite_apt apt-get -y --no-install-recommends --download-only install "$@" || return
	mkdir "$to" && mv "$new"/apt/archives/*.deb "$to/"
}

make_debs() {
	suite_apt apt-get update || return
	# shellcheck disable=SC2086 # lists of words
	fetch_debs "$new/repo" $DEBS_WANTED || return
	# shellcheck disable=SC2086
	fetch_debs "$new/tools" $DEBS_TOOLS || return
	in_layers "$root" "$new/made" "$new/tools" sh -c 'DEBIAN_FRONTEND=noninteractive dpkg -i /vmaview/*.deb' || return
	mv "$new/made/up" "$new/layer" && rm -rf "$new/made" "$new/tools"
}

# in_layers LOWER UPPER TREE COMMAND...: in a chroot of LOWER (layers, the uppermost first, with a colon between two)
# that has TREE at /vmaview and no network; what is written there comes to lie in UPPER/up.
in_layers() {
	mkdir -p "$2/up" "$2/work" "$2/root"
	# shellcheck disable=SC2016,SC2086 # expanded by the inner shell; a list of words
	attend $contained --net sh -ec '
		lower=$1; upper=$2; tree=$3; shift 3
		root=$upper/root
		mount -t overlay overlay -o "lowerdir=$lower,upperdir=$upper/up,workdir=$upper/work" "$root"
		mount -t proc proc "$root/proc"
		mount -t tmpfs tmpfs "$root/tmp"
		mount -t devpts -o ptmxmode=666 devpts "$root/dev/pts"
		mount --bind "$tree" "$root/vmaview"
		exec chroot "$root" /usr/bin/env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "$@"
	' sh "$@"
}
