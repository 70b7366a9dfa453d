# SPDX-License-Identifier: GPL-2.0
# openjdk.sh - a held root in; a Java virtual machine of its suite, unpacked.  Sourced.
#
# In a folder of its own in the cache, as postgres.sh has it.
# shellcheck shell=sh disable=SC2154

# hold_openjdk ROW: sets openjdk, the folder.
hold_openjdk() {
	openjdk=$cache/openjdk/${root##*/}
	hold_unpacked "$openjdk" "$(row_field "$1" 2)" unpack_missing default-jre-headless
}
