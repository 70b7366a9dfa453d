#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# layers.sh - calls point down only, and each layer does without what belongs to another
cd "$(dirname "$0")/../.." || exit 2
. selftests/host/lib/tap.sh
. selftests/host/lib/code.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# without SENTENCE PATTERN FILE...: none of the files has the words of the pattern.
without() {
	sentence=$1 pattern=$2
	shift 2
	for file; do
		[ -f "$file" ] || echo "$file is not there" >"$work/gone"
	done
	code "$@" | grep -wE "$pattern" >"$work/found"
	[ ! -e "$work/gone" ] || cat "$work/gone" >>"$work/found"
	rm -f "$work/gone"
	[ ! -s "$work/found" ]
	ok $? "$sentence" "$work/found"
}

# includes SENTENCE PATTERN FILE...: they include nothing else.
includes() {
	sentence=$1 pattern=$2
	shift 2
	grep -Hn '^#include' "$@" | grep -vE "$pattern" >"$work/found"
	[ ! -s "$work/found" ]
	ok $? "$sentence" "$work/found"
}

judges=$(echo module/judge/*.[ch])
walks=$(echo module/walk/*.[ch] module/explain/*.[ch])
# shellcheck disable=SC2086 # lists of files
includes "what judges a page knows types, and no kernel API" \
	'[<"](linux/types\.h|vmaview\.h|judge/[a-z]+\.h)[>"]' $judges
# shellcheck disable=SC2086
without "what judges a page takes no lock and allocates nothing" \
	'[a-z_]*lock[a-z_]*\(.*|kmalloc|kzalloc|vmalloc|printk|pr_[a-z]+|seq_[a-z]+' $judges
# shellcheck disable=SC2086
without "what walks knows no text and no user pointer" \
	'seq_[a-z_]+|printk|pr_[a-z]+|s[cn]*printf|copy_to_user|copy_from_user|put_user|get_user|debugfs_[a-z_]+' \
	$walks
# shellcheck disable=SC2086
without "what walks, and what is called under its locks, allocates nothing" \
	'k[mvz]*alloc[a-z_]*|vmalloc|GFP_[A-Z]+' \
	$walks $judges
# shellcheck disable=SC2046
without "only the doors touch memory of users" \
	'copy_to_user|copy_from_user|put_user|get_user|copy_struct_from_user|simple_read_from_buffer' \
	$(find module -name '*.[ch]' ! -path 'module/door/*')

cd tools/vmaview || exit 2
all=$(echo ./*.c ./*/*.c ./*/*/*.c | sed 's@\./@@g')

# others FILE...: all sources of the tool but these.
others() {
	for one in $all; do
		case " $* " in *" $one "*) ;; *) echo "$one" ;; esac
	done
}

without "what reads records prints nothing" \
	'[fvd]*printf|puts|fputs|putchar|putc|fwrite|stdout|stderr|perror|say' \
	../lib/vmaview/*.c ../lib/vmaview/*/*.c proc/*.c core/*.c read/*.c
draws=$(echo ../lib/vmaview/[!rs]*.c ../lib/vmaview/refs.c ../lib/vmaview/columns/*.c \
	../lib/vmaview/text/*.c command/color.c draw/*.c verbs/*/*_columns.c verbs/*/*_print.c \
	verbs/*/*_json.c verbs/*/*_sums.c verbs/explain/explain_raw.c verbs/explain/explain_words.c \
	verbs/cow/group.c verbs/groups/frame_table.c verbs/groups/past.c \
	verbs/groups/frame_count.c verbs/groups/group_rows.c verbs/groups/group_changes.c \
	verbs/layout/layout_parts.c verbs/map/map_fold.c \
	verbs/map/map_cells.c verbs/map/map_kinds.c verbs/map/map_size.c verbs/map/map_sums.c verbs/map/map_svg.c \
	verbs/map/map_html.c verbs/map/map_heat.c verbs/map/map_holes.c verbs/map/map_page.c verbs/top/top_frame.c verbs/top/top_list.c \
	verbs/top/top_screen.c verbs/top/top_state.c verbs/uffd/uffd_rows.c \
	verbs/why/why_rows.c verbs/why/why_words.c verbs/why/why_ranges.c verbs/why/ksm_ranges.c verbs/why/kept_ranges.c verbs/why/fork_ranges.c verbs/huge_ranges.c verbs/advise/findings.c \
	verbs/advise/advice.c)
# shellcheck disable=SC2086 # lists of files
without "what draws opens no file" 'fopen|open|openat|popen|socket|readlink' \
	$draws
# shellcheck disable=SC2086
without "what draws asks no module and no /proc" \
	'reader_[a-z]+|collect_[a-z]+|procfs_[a-z]+|facts_read|who_is|whose_proc|snapshot_read' \
	$draws
without "what judges and pairs faults, and parses their records, asks nobody and prints nothing" \
	'[fvd]*printf|puts|fopen|open|ioctl|mmap|syscall|say' \
	read/perf_ring.c verbs/faults/fault_kind.c verbs/faults/fault_track.c verbs/faults/fault_sums.c \
	verbs/faults/fault_format.c
# shellcheck disable=SC2086
without "only the library asks the device" 'VMAVIEW_IOC_[A-Z]+|open\(VMAVIEW_DEVICE.*' $all
without "the library's public part reads by its other rooms alone" 'read|ioctl|fopen|socket' ../lib/vmaview/api/*.c
# shellcheck disable=SC2046 # lists of files
without "only say.c, progress.c, and pmap as pmap does, speak on stderr" 'stderr|perror|warnx*|errx*' \
	$(others text/say.c text/progress.c verbs/pmap/*.c)
# shellcheck disable=SC2046
without "only table.c knows the library of tables" 'scols_[a-z_]+' $(others draw/table.c)
# shellcheck disable=SC2046
without "only top_screen.c knows the library of screens" 'newterm|mvaddn?w?str|getch|endwin|attron' \
	$(others verbs/top/top_screen.c)
# shellcheck disable=SC2086
without "nobody makes objects of JSON before they are written" 'json_object_[a-z_]+|json_c_[a-z_]+' $all
tap_end
