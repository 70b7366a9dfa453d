# SPDX-License-Identifier: GPL-2.0
# openjdk.sh - a held root in; a Java virtual machine of its suite, unpacked.  Sourced.
#
# In a folder of its own in the cache, as postgres.sh has it.
# shellcheck shell=sh disable=SC2154

# Into $new: usr/ and etc/ as the packages have them that the root lacks.
# shellcheck disable=SC2034 # suite_apt's
make_openjdk() {
	suite_status=$root/var/lib/dpkg/status
	suite_apt apt-get update &&
		suite_apt apt-get -y --no-install-recommends --download-only install default-jre-headless || return
	for deb in "$new"/apt/archives/*.deb; do
		dpkg-deb -x "$deb" "$new" || return
	done
}

# hold_openjdk ROW: sets openjdk, the folder.
hold_openjdk() {
	openjdk=$cache/openjdk/${root##*/}
	hold_unpacked "$openjdk" "$(row_field "$1" 2)" make_openjdk
}
