# SPDX-License-Identifier: GPL-2.0
# verdict.sh - the files of a finished guest in, what was wrong with it out.  Sourced.
#
# QEMU's own exit code says nothing: it is 0 after a panic.  A run is good only when the guest
# wrote its result to the end, untainted, powered off, and its kernel log is clean.
# shellcheck shell=sh disable=SC2154

# Lines no healthy kernel writes.  User programs that die of a signal are not among them.
KERNEL_TROUBLE='BUG:|BUG at|WARNING:|Oops|\[#[0-9]+\]|Kernel panic|cut here|Call [Tt]race:|KASAN|KCSAN:|KFENCE|UBSAN'
KERNEL_TROUBLE="$KERNEL_TROUBLE|possible (circular|recursive)|inconsistent lock state|suspicious RCU|held lock|lock held when|locks still held"
KERNEL_TROUBLE="$KERNEL_TROUBLE|sleeping function called|scheduling while atomic|nobody cared|[Bb]ad (page|rss|swap|pgd|p4d|pud|pmd|pte)"
KERNEL_TROUBLE="$KERNEL_TROUBLE|refcount_t:|unreferenced object|ODEBUG:|(lockdep|kmemleak) has turned itself off|leak detector disabled|blocked for more than|rcu: INFO:|detected (expedited )?stall|self-detected|soft lockup|hard LOCKUP"

result_field() {
	sed -n "s/^$1 //p" "$run_dir/job/result" 2>/dev/null
}

# without_oom: the kernel shows where it was when it killed for want of memory, which is no trouble.
without_oom() {
	awk '/ invoked oom-killer: / { shown = 1 } shown && /Call [Tt]race:/ { shown = 0; next } { print }'
}

# without_foreign_races: KCSAN reports every race of the kernel; what is trouble is one that a module of
# ours has a frame in.  Not counted is what called one of the functions in selftests/guest/races, or what
# an interrupt or a fault found on the stack.  Of other reports the title goes, their only line that is
# among KERNEL_TROUBLE: whatever another processor says in between is judged as ever.  A report that is
# not there to its end may be one of ours.
without_foreign_races() {
	awk -v races="$tree/selftests/guest/races" '
		function flush(first,    i) {
			for (i = first; i <= nr; i++)
				print held[i]
			nr = ended = 0
		}
		function frame(name) {
			sub(/[+].*/, "", name)
			sub(/.*[ \t]/, "", name)
			if (name ~ /^asm_/ || name in alone)
				beneath = 1
			else if (!beneath && / \[(vmaview|planted)\]/)
				ours = 1
		}
		BEGIN {
			while ((getline line < races) > 0) {
				sub(/[ \t]*#.*/, "", line)
				alone[line]
			}
		}
		/BUG: KCSAN: / { flush(1); ours = 0 }
		nr || /BUG: KCSAN: / { held[++nr] = $0 }
		!nr { print; next }
		/ of [0-9]+ bytes by / { beneath = 0 }
		/[+]0x[0-9a-f]+[\/]0x[0-9a-f]+/ { frame($0) }
		/Reported by Kernel Concurrency Sanitizer on:/ { ended = 1 }
		ended && /=====$/ { flush(ours ? 1 : 2) }
		END { flush(1) }'
}

# From the console, from dmesg, which has what came while the console was kept quiet, and from what
# guest/init asked of a sanitizer kernel's detectors.
kernel_trouble() {
	for log in "$run_dir/serial" "$run_dir/job/dmesg" "$run_dir/job/findings"; do
		[ -e "$log" ] || continue
		tr -d '\r' <"$log" | without_oom | without_foreign_races | grep -avi 'command line:' | grep -aE "$KERNEL_TROUBLE" | head -n 20
	done | awk '!seen[$0]++'
}

powered_off() {
	tail -n 5 "$run_dir/serial" | grep -q 'reboot: Power down'
}

# guest_trouble: everything wrong with this run, a line each; nothing when all is well.
guest_trouble() {
	if [ "$timed_out" = 1 ]; then
		echo "no end after $timeout s: stopped"
	elif [ "$(tail -n 1 "$run_dir/job/result" 2>/dev/null)" != end ]; then
		echo "the guest ended without a result"
	fi
	result_field trouble | grep .
	case $(result_field taint) in
	'' | 0) ;;
	*) echo "the kernel is tainted: $(result_field taint)" ;;
	esac
	[ "$timed_out" = 1 ] || powered_off || echo "the guest did not power off"
	kernel_trouble
}

# keep_log ROW: the kernel's log where it outlives the run; sets kernel_log.
keep_log() {
	kernel_log=$cache/log/guest-$1-$(date +%m%d-%H%M%S)-$$
	tr -d '\r' <"$run_dir/serial" >"$kernel_log"
	cat "$run_dir/job/findings" >>"$kernel_log" 2>/dev/null
	if [ -s "$run_dir/qemu" ]; then
		{ echo "--- qemu:"; cat "$run_dir/qemu"; } >>"$kernel_log"
	fi
}
