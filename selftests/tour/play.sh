# SPDX-License-Identifier: GPL-2.0
# play.sh - the commands of the tour, and what `start` and `step` in them are.  Sourced, with tour set
# to this folder, and tour_programs where they are not in its bin/; play_open first, play_close last.
# shellcheck shell=sh disable=SC2034,SC2154 # shared with whoever sources it

play_second=/sys/devices/system/cpu/cpu1/online

# For the programs, and for files and pages that are on a disk: ext4 and swap on RAM disks, as a guest has no other.
play_open() {
	play_work=$(mktemp -d) || return
	PID='' CHILD=''
	TOUR_FILES=$play_work/disk
	export TOUR_FILES
	mkdir "$TOUR_FILES"
	# The screen of live faults has the kernel patch the code that every fault runs; an emulated processor can run
	# what another has just patched out.
	[ ! -w $play_second ] || echo 0 >$play_second
	[ -b /dev/ram0 ] || modprobe brd rd_nr=2 rd_size=131072 || return
	mkfs.ext4 -q -F /dev/ram0 65536 && mount -t ext4 /dev/ram0 "$TOUR_FILES" || return
	mkswap /dev/ram1 >"$play_work/mkswap" 2>&1 && swapon -p 32000 /dev/ram1 || return
	# The kernel's own writing back would make clean what the tour shows as dirty.
	play_writeback=$(cat /proc/sys/vm/dirty_writeback_centisecs)
	echo 0 >/proc/sys/vm/dirty_writeback_centisecs
}

play_close() {
	stop
	[ -z "${play_writeback:-}" ] || echo "$play_writeback" >/proc/sys/vm/dirty_writeback_centisecs
	swapoff /dev/ram1 2>/dev/null
	! mountpoint -q "$TOUR_FILES" || umount "$TOUR_FILES"
	[ ! -w $play_second ] || echo 1 >$play_second
	rm -rf "$play_work"
}

# The line that says what the program has done; after it nothing changes until the next step.
hear() {
	IFS= read -r play_line <&9 || return
	echo "$play_line"
	# Its end is no line's: the status of read says nothing.
	read -r CHILD <"/proc/$PID/task/$PID/children"
	return 0
}

# start NAME: a program of the tour, and PID, and CHILD if it has one.  Its pipes are its own: a child of
# the last program may live a little longer and hold that one's.
start() {
	stop
	rm -f "$play_work/stdin" "$play_work/stdout"
	mkfifo "$play_work/stdin" "$play_work/stdout" || return
	"${tour_programs:-$tour/bin}/$1" <"$play_work/stdin" >"$play_work/stdout" &
	PID=$!
	exec 8>"$play_work/stdin" 9<"$play_work/stdout"
	hear
}

# step: what Enter is at a terminal.
step() {
	echo >&8
	hear
}

# At the end of its input a program ends.
stop() {
	[ -n "$PID" ] || return 0
	exec 8>&- 9<&-
	wait "$PID"
	PID='' CHILD=''
}

# play COMMAND: as typed in a shell that knows start and step.
play() {
	eval "$1" </dev/null
}
