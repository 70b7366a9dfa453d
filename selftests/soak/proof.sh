# SPDX-License-Identifier: GPL-2.0
# proof.sh - what shows that a run was worth something, and that nothing is left of it.
# Sourced by run.
# shellcheck shell=sh disable=SC2154

# A run this long must have met two kinds of races at least, a shorter one some.
LONG_SECONDS=240

# stat KEY...: the sum of these counters of the module.
stat() {
	for key; do
		sed -n "s/^$key: //p" "$work/stats"
	done | awk '{ sum += $1 } END { print sum + 0 }'
}

# One group of counters a line: what the counters of a group have in common happened.
races() {
	cat <<-'END'
		areas changed between two holds: Restarts
		targets ended in the middle: Vanished
		entries were of another size when a walk came back: Leaf_Resized
		sharers ended or changed before they were looked at: Sharer_Gone Sharer_Changed
		tables changed before their lock was taken: Table_Gone Table_Huge Table_Other
		huge pages did: Huge_Gone Huge_Split Huge_Changed
	END
}

readers_raced() {
	races >"$work/races"
	met=0 missed=''
	while IFS=: read -r what keys; do
		# shellcheck disable=SC2086 # a list of words
		times=$(stat $keys)
		echo "# $what: $times"
		if [ "$times" -gt 0 ]; then met=$((met + 1)); else missed="$missed $what;"; fi
	done <"$work/races"
	[ -z "$missed" ] || echo "# never:$missed"
	least=1
	[ "$seconds" -lt $LONG_SECONDS ] || least=2
	[ $met -ge $least ]
}

# What the kernel itself counted meanwhile.
kernel_did() {
	now=$(echo "$vmstat_before" | cat - /proc/vmstat | awk -v key="$1" '$1 == key { if (seen++) print $2 - was; was = $2 }')
	echo "${now:-0}"
}

victims_got_on() {
	echo "# rounds: $(tr '\n' ' ' <"$work/churn")"
	good=0
	for key in pgmigrate_success thp_split_pmd thp_collapse_alloc pswpin pswpout ksm_swpin_copy oom_kill; do
		echo "# $key: $(kernel_did $key)"
	done
	for key in pgmigrate_success thp_split_pmd pswpin pswpout oom_kill; do
		# A PREEMPT_RT kernel has no transparent huge pages, and does not count what becomes of them.
		[ $key != thp_split_pmd ] || [ -e /sys/kernel/mm/transparent_hugepage ] || continue
		[ "$(kernel_did $key)" -gt 0 ] || { echo "# no $key"; good=1; }
	done
	awk '$2 == 0 { print "# never a round: " $1; bad = 1 } END { exit bad || !NR }' "$work/churn" || good=1
	return $good
}

hugepages_free() {
	awk '/^HugePages_Free/ { print $2 + 0 }' /proc/meminfo
}

# What the dead still hold is what somebody still refers to.
memory_is_free() {
	for try in 1 2 3 4 5 6 7 8 9 10; do
		echo 3 >/proc/sys/vm/drop_caches
		tell "$group/memory.reclaim" 64M
		left=$(cat "$group/memory.current")
		free=$(hugepages_free)
		[ "$left" -ge 2097152 ] || [ "$free" != "$free_before" ] || break
		sleep 1
	done
	echo "# memory of the dead: $left bytes; huge pages free: $free of $free_before; look $try"
	[ "$left" -lt 2097152 ] && [ "$free" = "$free_before" ]
}

# objects CACHE: what nobody uses is given back first, as far as RCU lets go of it.  No process is made between
# the two: of the slab that a processor takes from, each object would count as used.
objects() {
	cache=/sys/kernel/slab/$1
	[ -e "$cache/objects" ] || return 1
	echo 1 >"$cache/shrink"
	read -r used rest <"$cache/objects"
	echo "$used"
}

CACHES='mm_struct vm_area_struct task_struct signal_cache'

count_before() {
	free_before=$(($(hugepages_free) + $(grep -c hugetlb "$work/before")))
	for name in $CACHES; do
		echo "$name $(objects "$name" || echo unknown)"
	done >"$work/objects"
}

# Where nothing is counted that is said.
counts_objects() {
	grep -qv ' unknown$' "$work/objects"
}

# Thousands of processes have come and gone; a few more or fewer are this shell's own.
SPARE_OBJECTS=16

count_objects() {
	left=0
	while read -r name before; do
		[ "$before" != unknown ] || continue
		for try in 1 2 3 4 5 6 7 8 9 10; do
			now=$(objects "$name")
			[ "$now" -gt $((before + before / 10 + SPARE_OBJECTS)) ] || break
			sleep 1
		done
		echo "# $name: $before objects before, $now after; look $try"
		[ "$now" -le $((before + before / 10 + SPARE_OBJECTS)) ] || left=1
	done <"$work/objects"
	return $left
}
