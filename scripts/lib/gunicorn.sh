# SPDX-License-Identifier: GPL-2.0
# gunicorn.sh - a held root in; gunicorn of its suite with a Python of its own, unpacked.  Sourced.
#
# In a folder of its own in the cache, as postgres.sh has it.
# shellcheck shell=sh disable=SC2154

# Into $new: usr/ as the packages have it that the root lacks.  A Python has its library in one folder: what of it is
# in the root is there as well.
# shellcheck disable=SC2034 # suite_apt's
make_gunicorn() {
	suite_status=$root/var/lib/dpkg/status
	suite_apt apt-get update && suite_apt apt-get -y --no-install-recommends --download-only install gunicorn || return
	mkdir -p "$new/usr/lib" && cp -a "$root"/usr/lib/python3.[0-9]* "$new/usr/lib/" || return
	for deb in "$new"/apt/archives/*.deb; do
		dpkg-deb -x "$deb" "$new" || return
	done
}

# hold_gunicorn ROW: sets gunicorn, the folder.
hold_gunicorn() {
	gunicorn=$cache/gunicorn/${root##*/}
	hold_unpacked "$gunicorn" "$(row_field "$1" 2)" make_gunicorn
}
