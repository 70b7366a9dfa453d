# SPDX-License-Identifier: GPL-2.0
# postgres.sh - a held root in; PostgreSQL of its suite, unpacked, and a database out.  Sourced.
#
# In a folder of its own in the cache: what a root holds decides which root it is, and tests need no PostgreSQL.
# shellcheck shell=sh disable=SC2154

# Into $new: usr/ as the packages have it that the root lacks, and data/, a database of 54 MiB.
make_postgres() {
	unpack_missing postgresql || return
	cp "$tree/scripts/lib/postgres-data.sh" "$new/make"
	in_root "$root" "$new" sh /vmaview/make
}

# hold_postgres ROW: sets postgres, the folder.
hold_postgres() {
	postgres=$cache/postgres/${root##*/}
	hold_unpacked "$postgres" "$(row_field "$1" 2)" make_postgres
}
