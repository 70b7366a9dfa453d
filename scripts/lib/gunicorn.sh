# SPDX-License-Identifier: GPL-2.0
# gunicorn.sh - a held root in; gunicorn of its suite with a Python of its own, unpacked.  Sourced.
#
# In a folder of its own in the cache, as postgres.sh has it.
# shellcheck shell=sh disable=SC2154

# Into $new: usr/ as the packages have it that the root lacks.  A Python has its library in one folder: what of it is
# in the root is there as well.
make_gunicorn() {
	mkdir -p "$new/usr/lib" && cp -a "$root"/usr/lib/python3.[0-9]* "$new/usr/lib/" || return
	unpack_missing gunicorn
}

# hold_gunicorn ROW: sets gunicorn, the folder.
hold_gunicorn() {
	gunicorn=$cache/gunicorn/${root##*/}
	hold_unpacked "$gunicorn" "$(row_field "$1" 2)" make_gunicorn
}
