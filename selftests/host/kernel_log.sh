#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# kernel_log.sh - a guest's log in, what of it fails the run out: whose races are whose
cd "$(dirname "$0")/../.." || exit 2
. selftests/host/lib/tap.sh
. scripts/lib/verdict.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
# What verdict.sh reads: the kernel's functions that race alone, and a run.
tree=$work run_dir=$work
mkdir -p "$tree/selftests/guest" "$run_dir/job"
log=$run_dir/serial
MODULES='vmaview planted'
warning='[    2.000000] WARNING: CPU: 1 PID: 1 at mm/memory.c:1 foo+0x1/0x2'
rule='=========================================================='

# The lines of report() below: where its parts end.
TITLE=2 FIRST_STACK=7 END=20

# report FRAME: one of KCSAN's, with a frame of this function in its second stack.
report() {
	cat <<-END
	==================================================================
	BUG: KCSAN: data-race in __d_lookup_rcu / __d_rehash

	write to 0xffff888004a3b008 of 8 bytes by task 61 on cpu 1:
	 __d_rehash+0x4c/0x90
	 d_rehash+0x3f/0x60
	 d_add+0x1a/0x30

	read to 0xffff888004a3b008 of 8 bytes by task 60 on cpu 0:
	 __d_lookup_rcu+0x5b/0x1f0
	 $1
	 x64_sys_call+0x16c1/0x1d80

	value changed: 0x0000000000000000 -> 0xffff888004a3b0c0

	Reported by Kernel Concurrency Sanitizer on:
	CPU: 0 UID: 0 PID: 60 Comm: vmaview Tainted: G           O        7.3.4 #1
	Tainted: [O]=OOT_MODULE
	Hardware name: QEMU Standard PC (Q35 + ICH9, 2009)
	==================================================================
	END
}

kernels() {
	report 'lookup_fast+0x5f/0x2a0'
}

ours() {
	report 'stream_fill+0x5f/0x2a0 [vmaview]'
}

# with_after N LINE...: LINE, of another processor, after the Nth.
with_after() {
	after=$1
	shift
	printf '%s\n' "$@" >"$work/other"
	sed "${after}r $work/other"
}

# trouble LINES PATTERN SENTENCE: so many lines of $log fail a run, and each fits.
trouble() {
	kernel_trouble >"$work/found"
	[ "$(wc -l <"$work/found")" = "$1" ] && ! grep -qvE "$2" "$work/found"
	ok $? "$3" "$work/found"
}

{ echo '[    0.000000] Linux version 7.3.4'; kernels; kernels; } >"$log"
trouble 0 . "a race of the kernel is none of ours"
for module in $MODULES; do
	report "stream_fill+0x5f/0x2a0 [$module]" >"$log"
	trouble 1 'BUG: KCSAN:' "a race with a frame of $module is one"
done
ours | sed "$((TITLE + 1)),${FIRST_STACK}d" >"$log"
trouble 1 'BUG: KCSAN:' "a race with the unknown is one"
kernels | sed 's/data-race in/assert: race in/' >"$log"
trouble 0 . "an assertion of the kernel's that races is none"
for stamp in '[    1.234567] ' '[   12.345678][ T1234] ' '[12345.345678][    C1] ' '<3>[   12.345678] '; do
	kernels | sed "s/^/$stamp/" >"$log"
	trouble 0 . "a race of the kernel after $stamp"
	ours | sed "s/^/$stamp/" >"$log"
	trouble 1 'BUG: KCSAN:' "a race of vmaview's after $stamp"
done
ours | sed 's/$/\r/' >"$log"
trouble 1 'BUG: KCSAN:' "a race of vmaview's on a console, where lines end in two characters"
{ kernels; ours | sed 's/__d_rehash$/mine/'; kernels; } >"$log"
trouble 1 'KCSAN: .* mine' "a race of vmaview's between two of the kernel's"


# calling FUNCTION: a race in what it calls, called by vmaview.
calling() {
	kernels | with_after $FIRST_STACK " $1+0x1f/0x30" " stream_fill+0x5f/0x2a0 [vmaview]"
}

calling usleep_range_state >"$log"
trouble 1 'BUG: KCSAN:' "a race of the kernel in what vmaview calls is one"
printf '%s\t# %s\n' '' 'a line of words' usleep_range 'another' usleep_range_state 'its own' >"$tree/selftests/guest/races"
trouble 0 . "a race in what is known to race alone"
{ calling usleep_range_state; calling usleep_range_state_else | sed 's/__d_rehash$/mine/'; } >"$log"
trouble 1 mine "... does not hide another"
ours | with_after $((FIRST_STACK - 1)) " usleep_range_state+0x1f/0x30" >"$log"
trouble 1 KCSAN: "... and in the other stack by itself"
rm "$tree/selftests/guest/races"

# An interrupt and a fault do what they do wherever they come.
for entry in asm_sysvec_apic_timer_interrupt asm_exc_page_fault; do
	calling $entry >"$log"
	trouble 0 . "vmaview is where $entry came"
done
ours | with_after $FIRST_STACK " asm_exc_page_fault+0x1f/0x30" " foo+0x5f/0x2a0" >"$log"
trouble 1 KCSAN: "... and in the other stack by itself"

# Another processor speaks while a report is being printed.
line=0
while [ $line -lt $END ]; do
	line=$((line + 1))
	kernels | with_after $line "$warning" >"$log"
	trouble 1 WARNING: "a warning after line $line of a race of the kernel"
done
ours | with_after $FIRST_STACK "$warning" >"$log"
trouble 2 'WARNING:|KCSAN:' "a warning within a race of vmaview's: both"
ours | with_after $FIRST_STACK "$rule" 'something else' "$rule" >"$log"
trouble 1 KCSAN: "a rule of somebody else's does not end a report"
kernels | with_after $FIRST_STACK "$rule" 'WARNING: possible circular locking dependency detected' "$rule" >"$log"
trouble 1 'possible circular' "another report within one of the kernel's: it alone"
{ kernels; echo "$warning"; kernels; } >"$log"
trouble 1 WARNING: "a warning between two races of the kernel"

# What is cut short could have gone on with a frame of ours.
kernels | sed "$FIRST_STACK,\$d" >"$log"
trouble 1 KCSAN: "a race whose report never ends"
echo "$warning" >>"$log"
trouble 2 'KCSAN:|WARNING:' "... and what follows it"
{ kernels | sed "$FIRST_STACK,\$d; s/__d_rehash$/mine/"; kernels; } >"$log"
trouble 1 'KCSAN: .* mine' "a race whose report another one cuts short"

printf '[    0.1] kcsan: %s\n' 'enabled early' 'selftest: 3/3 tests passed' \
	'non-strict mode configured - use CONFIG_KCSAN_STRICT=y to see all data races' >"$log"
trouble 0 . "what KCSAN says while it starts"
echo 'KCSAN: something new' >"$log"
trouble 1 'KCSAN: something new' "words of KCSAN's that are no report"

# Words without a trace, a taint or a rule around them.
printf '[    3.0] %s\n' 'mm/pgtable-generic.c:54: bad pmd 00000000deadbeef(0123)' \
	'BUG: Bad page map in process vmaview' >"$log"
trouble 2 'bad pmd|Bad page' "a table that is none"
printf '[    3.0] %s\n' 'kmemleak: Cannot allocate a kmemleak_object structure' \
	'kmemleak: Kernel memory leak detector disabled' >"$log"
trouble 1 'leak detector' "a detector that went off"
printf '[    3.0] \0\n%s\n' "$warning" >"$log"
trouble 1 'WARNING' "what follows a byte that is no text"

# The killer shows where it was, and nothing else is passed over for that.
printf '[    3.0] %s\n' 'stress invoked oom-killer: gfp_mask=0x140dca' 'Call Trace:' >"$log"
trouble 0 . "a kill for want of memory"
echo '[    4.0] Call Trace:' >>"$log"
trouble 1 '4\.0' "... and a trace after it"
tap_end
