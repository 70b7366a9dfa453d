# SPDX-License-Identifier: GPL-2.0
# postgres-data.sh - in a chroot, PostgreSQL at /vmaview/usr in; a database with one table at /vmaview/data out.
# shellcheck shell=sh
set -eu
bin=$(echo /vmaview/usr/lib/postgresql/*/bin)
export LD_LIBRARY_PATH=/vmaview/usr/lib/x86_64-linux-gnu

as_nobody() {
	setpriv --reuid nobody --regid nogroup --clear-groups "$@"
}

mkdir -m 700 /vmaview/data
chown nobody:nogroup /vmaview/data
as_nobody "$bin/initdb" -D /vmaview/data -A trust -U postgres --locale=C -E UTF8 --no-sync
# A row takes about a kilobyte.
as_nobody "$bin/postgres" --single -D /vmaview/data -c dynamic_shared_memory_type=mmap -c wal_level=minimal \
	-c max_wal_senders=0 postgres <<-'END'
	create table rows as select i, repeat('x', 900) as text from generate_series(1, 55000) i;
	vacuum rows;
	checkpoint;
END
