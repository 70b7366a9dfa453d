#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# units.sh - the service and the timer, started by a real systemd: in namespaces of its own, on a copy of this machine's
# files that nobody else sees
#
# There is no module here: one condition is taken away, and what is written is from /proc.
cd "$(dirname "$0")/../.." || exit 2
. selftests/host/lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'leave; rm -rf "$work"' EXIT
folder=var/lib/prometheus/node-exporter

# Its cgroups are below one of its own.
own_cgroup() {
	mkdir "$work/cgroup" && mount -t cgroup2 cgroup "$work/cgroup" || return
	group=$work/cgroup$(sed -n 's/^0:://p' /proc/self/cgroup)/vmaview-units$$
	mkdir "$group"
}

# Who was killed leaves its cgroup in its own time.
# shellcheck disable=SC2317 # by trap
leave() {
	[ -d "${group:-}" ] || return 0
	for _ in $(seq 50); do
		find "$group" -depth -type d -exec rmdir {} \; 2>/dev/null
		[ -d "$group" ] || break
		sleep 0.1
	done
	umount "$work/cgroup"
}

# What process 1 starts there: it asks systemd, and says when it has finished.
cat >"$work/ask" <<'END'
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
systemctl start vmaview-metrics.service
echo "start $?"
systemctl show -p Result,ExecMainStatus vmaview-metrics.service
cp /var/lib/prometheus/node-exporter/vmaview.prom /seen/first
rm /var/lib/prometheus/node-exporter/vmaview.prom
systemctl start vmaview-metrics.timer
echo "timer $?"
for _ in $(seq 100); do
	[ ! -e /var/lib/prometheus/node-exporter/vmaview.prom ] || break
	sleep 0.1
done
cp /var/lib/prometheus/node-exporter/vmaview.prom /seen/second
systemctl stop vmaview-metrics.timer
rm -r /etc/systemd/system/vmaview-metrics.service.d /var/lib/prometheus/node-exporter/vmaview.prom
systemctl daemon-reload
systemctl start vmaview-metrics.service
ls /var/lib/prometheus/node-exporter >/seen/unmet
echo finished
END

# In namespaces of mounts and more: all that is written is in memory.
cat >"$work/enter" <<'END'
set -e
mount -t tmpfs tmpfs "$1/up"
mkdir "$1/up/new" "$1/up/work"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/up/new,workdir=$1/up/work" "$1/all"
cd "$1/all"
mount -t proc proc proc
mount -t sysfs sys sys
mount -t cgroup2 cgroup sys/fs/cgroup
mount -t tmpfs run run
mount -t tmpfs tmp tmp
mount --rbind /dev dev
mkdir -p "$2" etc/systemd/system/vmaview-metrics.service.d seen
mount --bind "$1/seen" seen
rm -rf etc/systemd/system/*.wants
cp "$1"/units/vmaview-metrics.* etc/systemd/system/
cp "$1"/units/test.conf etc/systemd/system/vmaview-metrics.service.d/
cp "$1"/units/ask.* etc/systemd/system/
cp "$1/vmaview" usr/bin/vmaview
cp "$1/ask" ask
[ -z "${3:-}" ] || exit 0
exec chroot . env -i container=test PATH=/usr/bin /lib/systemd/systemd --system --unit=ask.target --log-level=warning
END

# No other unit is wanted; both are as they are but for when the timer comes first.
mkdir "$work/units" "$work/up" "$work/all" "$work/seen"
for unit in service timer; do
	sed 's/^\[Unit\]$/&\nDefaultDependencies=no/; s/^OnBootSec=.*/OnActiveSec=0/' \
		packaging/systemd/vmaview-metrics.$unit >"$work/units/vmaview-metrics.$unit"
done
cat >"$work/units/test.conf" <<END
[Unit]
ConditionPathExists=
ConditionPathIsDirectory=/$folder
[Service]
Environment=ASAN_OPTIONS=detect_leaks=0
END
cat >"$work/units/ask.target" <<'END'
[Unit]
DefaultDependencies=no
Wants=ask.service
END
cat >"$work/units/ask.service" <<'END'
[Unit]
DefaultDependencies=no
[Service]
Type=oneshot
ExecStart=/bin/sh /ask
StandardOutput=file:/seen/said
StandardError=file:/seen/said
END
cp selftests/host/bin/tool/vmaview "$work/vmaview"

# enter [only]: in place of the shell that calls it; with `only`, whether it could be.
enter() {
	# shellcheck disable=SC2016 # expanded by the inner shell
	exec setsid sh -c 'echo $$ >"$1/cgroup.procs" && shift && exec "$@"' sh "$group" \
		unshare --mount --pid --fork --kill-child --cgroup --net --ipc --uts --propagation private \
		sh "$work/enter" "$work" $folder "$@"
}

first="systemd starts the service, which ends well"
second="... and has written a file with this machine's groups, for all to read"
third="... the timer starts it"
fourth="... and without the module it is not started at all"
if [ ! -x /lib/systemd/systemd ] || [ -e /dev/vmaview ] || ! { own_cgroup && (enter only); } >"$work/out" 2>&1; then
	for sentence in "$first" "$second" "$third" "$fourth"; do
		skip "$sentence" "no systemd, or no namespaces for it, can be had here, or the module is loaded"
	done
	tap_end
fi
enter >"$work/out" 2>&1 &
entered=$!
for _ in $(seq 600); do
	[ ! -e "$work/seen/said" ] || ! grep -qx finished "$work/seen/said" || break
	kill -0 $entered 2>/dev/null || break
	sleep 0.1
done
kill -KILL $entered 2>/dev/null
wait $entered 2>/dev/null
cat "$work/out" >>"$work/seen/said"

# whole FILE: with groups, to its end.
whole() {
	grep -q '^vmaview_resident_bytes{cgroup="' "$1" && [ "$(tail -n 1 "$1")" = "# EOF" ]
}

grep -qx 'start 0' "$work/seen/said" && grep -qx Result=success "$work/seen/said" &&
	grep -Eqx 'ExecMainStatus=(0|4)' "$work/seen/said"
ok $? "$first" "$work/seen/said"
whole "$work/seen/first" && [ "$(stat -c %a "$work/seen/first")" = 644 ]
ok $? "$second" "$work/seen/said"
grep -qx 'timer 0' "$work/seen/said" && whole "$work/seen/second"
ok $? "$third" "$work/seen/said"
[ -e "$work/seen/unmet" ] && [ ! -s "$work/seen/unmet" ]
ok $? "$fourth" "$work/seen/said"
tap_end
