# SPDX-License-Identifier: GPL-2.0
# guest.sh - a held root, its build and a command in; a guest that ran it, and its files, out.  Sourced.
#
# run_dir is this run's own folder: job/ (shared with the guest, see guest/init), vmaview/ (the
# build), initramfs, serial.  It goes when the shell ends; what was wrong stays in log/.
# shellcheck shell=sh disable=SC2154

open_run() {
	mkdir -p "$cache/log"
	find "$cache/log" -name 'guest-*' -mtime +7 -delete 2>/dev/null
	qemu_pid='' tail_pids='' tty_state=''
	open_work guest
	run_dir=$work
	on_end close_run
	mkdir "$run_dir/job" "$run_dir/vmaview"
}

close_run() {
	stop_guest
	rm -rf "$run_dir"
}

stop_guest() {
	# shellcheck disable=SC2086 # lists of words
	[ -z "$qemu_pid$tail_pids" ] || kill $qemu_pid $tail_pids 2>/dev/null
	[ -z "$qemu_pid" ] || wait "$qemu_pid" 2>/dev/null
	qemu_pid='' tail_pids=''
	[ -z "$tty_state" ] || stty "$tty_state" </dev/tty 2>/dev/null
}

# The argument as one word of shell text, whatever is in it.
quote() {
	printf '%s\n' "$1" | sed "s/'/'\\\\''/g; 1s/^/'/; \$s/\$/'/"
}

# write_job COMMAND...: what guest/init reads.
write_job() {
	{
		echo "load_module=$load_module terminal=$terminal"
		echo "term=$(quote "${TERM:-linux}")"
		[ -z "$terminal" ] || stty size </dev/tty 2>/dev/null | sed 's/\(.*\) \(.*\)/rows=\1 cols=\2/'
		echo 'set --'
		for arg; do
			printf 'set -- "$@" '
			quote "$arg"
		done
	} >"$run_dir/job/settings"
	cp "$tree/scripts/guest/init" "$run_dir/job/init"
	: >"$run_dir/job/stdout"
	: >"$run_dir/job/stderr"
}

make_initramfs() {
	ram=$run_dir/ram
	mkdir -p "$ram/bin"
	cp "$root/bin/busybox" "$ram/bin/busybox"
	cp -r "${disk:-$root/boot/guest}/modules" "$ram"
	cp "$tree/scripts/guest/initramfs-init" "$ram/init"
	chmod 755 "$ram/init"
	(cd "$ram" && find . | cpio -o -H newc --quiet) >"$run_dir/initramfs" || die "cpio failed"
	rm -rf "$ram"
}

# add_share TAG DIR [OPTION]: one more word list for QEMU, in $shares; no word may hold a blank,
# so folders are reached through links in the run's own folder.
add_share() {
	ln -sfn "$2" "$run_dir/share-$1"
	shares="$shares -virtfs local,path=share-$1/.,mount_tag=$1,security_model=none,multidevs=remap$3"
}

list_shares() {
	shares='' append="console=$arch_console oops=panic panic=-1 rcupdate.rcu_cpu_stall_timeout=100 watchdog_thresh=60"
	append="$append${arch_append:+ $arch_append}"
	# While its first processor's features are being read, a kernel with KASAN takes a five-level
	# address for a wild one: an interrupt at that moment is a false report.
	# KCSAN watches every 4000th access unless told otherwise: too few for minutes of an emulated machine.
	! row_compiled "$row" || append="$append no5lvl kcsan.skip_watch=400"
	add_share root "$root" ,readonly=on
	add_share vmaview "$run_dir/vmaview" ,readonly=on
	add_share job "$run_dir/job" ''
	if [ -n "$disk" ]; then
		ln -sfn "$disk/image" "$run_dir/disk"
		shares="$shares -drive file=disk,if=virtio,format=raw,readonly=on"
	fi
	if [ -n "$host_dir" ]; then
		add_share host "$host_dir" ,readonly=on
		append="$append vm.host"
	fi
	if [ -n "$out_dir" ]; then
		add_share out "$out_dir" ''
		append="$append vm.out"
	fi
}

# QEMU in the background, gone when this shell is gone.
start_guest() {
	list_shares
	: >"$run_dir/serial"
	accel=$(arch_accelerator)
	hold_emulator "$accel"
	clock='' processors=2 cpu=$arch_cpu
	case $accel in
	tcg*) cpu=$arch_emulated_cpu append="$append${arch_emulated_append:+ $arch_emulated_append}" ;;
	esac
	# What is counted is instructions.
	case $count_clock$accel in
	1tcg*) accel=tcg,thread=single clock='-icount shift=0,sleep=off' processors=1 ;;
	esac
	# shellcheck disable=SC2086 # a list of words
	set -- setpriv --pdeathsig KILL "$emulator" -nodefaults -no-reboot -display none \
		-machine $arch_machine -accel "$accel" -cpu $cpu $clock -smp $processors -m "$memory" \
		-kernel share-root/boot/guest/vmlinuz -initrd initramfs -append "$append $extra_args" \
		-serial file:serial $shares
	if [ -n "$terminal" ]; then
		tty_state=$(stty -g </dev/tty)
		set -- "$@" -device virtio-serial -device virtconsole,chardev=tty -chardev stdio,id=tty,signal=off
		(cd "$run_dir" && exec "$@" </dev/tty >/dev/tty 2>qemu) &
	else
		set -- setpriv --pdeathsig TERM timeout --foreground -k 5 "$timeout" "$@"
		(cd "$run_dir" && exec "$@" </dev/null >qemu 2>&1) &
	fi
	qemu_pid=$!
}

# The command's output as it comes; tail ends once QEMU has, with everything written.
follow_output() {
	setpriv --pdeathsig TERM tail -s 0.2 -n +1 -f --pid="$qemu_pid" "$run_dir/job/stdout" 2>/dev/null &
	tail_pids=$!
	setpriv --pdeathsig TERM tail -s 0.2 -n +1 -f --pid="$qemu_pid" "$run_dir/job/stderr" >&2 2>/dev/null &
	tail_pids="$tail_pids $!"
}
