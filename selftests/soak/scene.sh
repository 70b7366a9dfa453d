# SPDX-License-Identifier: GPL-2.0
# scene.sh - who is read: the kernel made busy, the victims, and one process that stands still.
# Sourced by run.
# shellcheck shell=sh disable=SC2034,SC2154

# What is not there on this kernel is left as it is.
tell() {
	[ ! -w "$1" ] || echo "$2" >"$1" 2>/dev/null
}

busy_kernel() {
	khugepaged=/sys/kernel/mm/transparent_hugepage/khugepaged
	tell /proc/sys/vm/nr_hugepages 48
	tell /sys/kernel/mm/transparent_hugepage/enabled always
	tell /sys/kernel/mm/transparent_hugepage/shmem_enabled advise
	tell $khugepaged/scan_sleep_millisecs 0
	tell $khugepaged/alloc_sleep_millisecs 0
	tell $khugepaged/pages_to_scan 4096
	tell /proc/sys/vm/unprivileged_userfaultfd 1
	# They hold the mmap_lock of whom they look at: after all others they would hold it for seconds.
	for thread in khugepaged ksmd; do
		renice -n 0 -p "$(pgrep -x $thread || echo $$)" >/dev/null
	done
}

make_groups() {
	echo '+memory' >/sys/fs/cgroup/cgroup.subtree_control
	mkdir -p "$group"
	echo '+memory' >"$group/cgroup.subtree_control"
	mkdir -p "$group/all" "$group/little"
	echo 32M >"$group/little/memory.max"
	tell "$group/little/memory.swap.max" 0
}

start_still() {
	"$here/bin/still" >"$work/pid" &
	still_job=$!
	until [ -s "$work/pid" ]; do
		if ! kill -0 $still_job; then return 1; fi
	done
	still=$(cat "$work/pid")
	tell /proc/sys/vm/compact_memory 1
	picture "$work/before"
}

# The first who counts faults has the kernel patch the code that every fault runs, and the last has it
# patched back.  An emulated processor can run what another has just patched out, which is an Oops: so
# one counts as long as all others, and begins while there is one processor only.
count_faults() {
	second=/sys/devices/system/cpu/cpu1/online
	tell $second 0
	vmaview faults --interval 86400 "$still" >"$work/faults" 2>&1 &
	counting=$!
	until readlink /proc/$counting/fd/* | grep -q signalfd; do
		if ! kill -0 $counting; then return 1; fi
	done
	tell $second 1
}

prepare() {
	modprobe brd rd_nr=2 rd_size=131072
	if mkswap /dev/ram1 >/dev/null; then swapon /dev/ram1; fi
	busy_kernel
	make_groups
	start_still || return
	count_faults
}

# What it says of its own memory: no flag that reading, time or reclaim may change, but all references.
picture() {
	vmaview pages -r -n --no-pfn -A 0x610000000000,0x620000000000 \
		-o Start,End,State,Origin,Refcount,Mapcount,Page_Mapcount,MayPin,Order "$still" 2>"$work/picture.err" |
		awk '{
			start = $1; end = $2; $1 = $2 = ""
			if (start != last || $0 != facts) { if (NR > 1) print first, last facts; first = start; facts = $0 }
			last = end
		}
		END { print first, last facts }' >"$1"
}

# Whoever moves a page has a reference for a moment.  A reference that is lost stays.
same_picture() {
	for try in 1 2 3 4 5 6 7 8 9 10; do
		picture "$work/after"
		diff "$work/before" "$work/after" >"$work/diff" && grep -q present "$work/before" && return
		sleep 1
	done
	echo "# after $try looks:"
	sed 's/^/# /' "$work/diff" "$work/picture.err"
	return 1
}

end_still() {
	kill "$counting" "$still"
	wait "$counting"
	wait "$still_job" 2>/dev/null
}

# in_group COMMAND...: in the background; $! is its pid.
in_group() {
	# shellcheck disable=SC2016 # expanded by the inner shell
	sh -c 'echo $$ >"$0/cgroup.procs"; exec "$@"' "$group/all" "$@" &
}

start_victims() {
	vmstat_before=$(cat /proc/vmstat)
	in_group "$here/bin/churn" "$group/little" >"$work/churn"
	victims=$!
	stress
	strain=$!
}

# Stressors of stress-ng, one after the other, again and again.
stress() {
	command -v stress-ng >/dev/null || echo "# there is no stress-ng"
	# shellcheck disable=SC2016 # expanded by the inner shell
	in_group sh -c 'while stress-ng "$@"; do :; done' sh --quiet --oom-avoid --sequential 1 --timeout 4 \
		--vm 1 --vm-bytes 16M --mremap 1 --mremap-bytes 4M --mmap 1 --mmap-bytes 8M --fork 1 --madvise 1 \
		>"$work/stress-ng" 2>&1
}

end_victims() {
	kill "$victims" "$strain" 2>/dev/null	# the strain may have ended
	wait "$victims"
	echo 1 >"$group/cgroup.kill"
	for try in 1 2 3 4 5 6 7 8 9 10; do
		grep -q 'populated 0' "$group/cgroup.events" && return
		sleep 1
	done
	echo "# some victims did not end: $(cat "$group"/*/cgroup.procs | xargs), after $try looks"
}
