# SPDX-License-Identifier: GPL-2.0
# servers.sh - redis, and PostgreSQL that is unpacked at /host, as more than one script of the guest starts them.
# Sourced.  Sets server to the process.
# shellcheck shell=sh disable=SC2034

redis() {
	redis-cli -s /tmp/redis.sock "$@"
}

# While it saves in the background, as saver, it is written to, so that some of what both share has been copied.
start_redis() {
	echo 1 >/proc/sys/vm/overcommit_memory
	mkdir -p /tmp/redis
	redis-server --port 0 --unixsocket /tmp/redis.sock --dir /tmp/redis --save '' \
		--enable-debug-command local >/tmp/redis.log 2>&1 &
	server=$!
	until redis ping 2>/dev/null | grep -q PONG; do :; done
	redis debug populate 200000 key 100 >/dev/null
	redis config set rdb-key-save-delay 10000 >/dev/null
	redis bgsave >/dev/null
	until saver=$(pgrep -P $server); do :; done
	redis debug populate 1000 new 4096 >/dev/null
}

# The database is written to in memory only.
mount_data() {
	mkdir -p /tmp/data
	mount -t tmpfs data /tmp/data
	mkdir -m 700 /tmp/data/new /tmp/data/work /tmp/data/all
	chown nobody:nogroup /tmp/data/new
	mount -t overlay overlay -o lowerdir=/host/data,upperdir=/tmp/data/new,workdir=/tmp/data/work /tmp/data/all
}

# start_postgres HUGE: with huge pages on or off; buffers have room for the whole table.
start_postgres() {
	LD_LIBRARY_PATH=/host/usr/lib/x86_64-linux-gnu \
		setpriv --reuid nobody --regid nogroup --clear-groups /host/usr/lib/postgresql/*/bin/postgres \
		-D /tmp/data/all -k /tmp -c listen_addresses= -c shared_buffers=256MB -c max_connections=110 \
		-c fsync=off -c autovacuum=off -c jit=off -c dynamic_shared_memory_type=mmap -c huge_pages="$1" \
		>/tmp/postgres.log 2>&1 &
	server=$!
	until [ -S /tmp/.s.PGSQL.5432 ]; do kill -0 $server || exit; done
}

# start_clients N: sessions, which read the table one after the other; one more for each line to fd 4, and a line
# from fd 5 when it has.
start_clients() {
	rm -f /tmp/more /tmp/idle
	mkfifo /tmp/more /tmp/idle
	perl /vmaview/scripts/guest/postgres-clients "$1" </tmp/more >/tmp/idle &
	clients=$!
	exec 4>/tmp/more 5</tmp/idle
	read -r _ <&5
}
