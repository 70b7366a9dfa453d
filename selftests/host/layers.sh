#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# layers.sh - calls point down only, and each layer does without what belongs to another
cd "$(dirname "$0")/../.." || exit 2
. selftests/host/lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# code FILE...: "file:line:code", comments and strings left out.
code() {
	for file; do
		sed -e 's@//.*@@' -e 's@"[^"]*"@""@g' "$file" |
			awk -v file="$file" '
				{
					line = $0
					while (1) {
						if (inside) {
							if (!(end = index(line, "*/")))
								next
							line = substr(line, end + 2)
							inside = 0
						}
						if (!(start = index(line, "/*")))
							break
						rest = substr(line, start + 2)
						head = substr(line, 1, start - 1)
						inside = 1
						if (end = index(rest, "*/")) {
							line = head substr(rest, end + 2)
							inside = 0
							continue
						}
						line = head
						print file ":" NR ":" line
						next
					}
					print file ":" NR ":" line
				}'
	done
}

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

judges='module/classify.c module/classify.h module/tally.c module/tally.h module/verdict.c module/verdict.h
	module/leaf.h'
# shellcheck disable=SC2086 # lists of files
includes "what judges a page knows types, and no kernel API" \
	'[<"](linux/types\.h|vmaview\.h|classify\.h|tally\.h|verdict\.h|leaf\.h)[>"]' $judges
# shellcheck disable=SC2086
without "what judges a page takes no lock and allocates nothing" \
	'[a-z_]*lock[a-z_]*\(.*|kmalloc|kzalloc|vmalloc|printk|pr_[a-z]+|seq_[a-z]+' $judges
without "what walks knows no text and no user pointer" \
	'seq_[a-z_]+|printk|pr_[a-z]+|s[cn]*printf|copy_to_user|copy_from_user|put_user|get_user|debugfs_[a-z_]+' \
	module/walk*.c module/run.c module/explain*.c
without "what walks, and what is called under its locks, allocates nothing" \
	'k[mvz]*alloc[a-z_]*|vmalloc|GFP_[A-Z]+' \
	module/walk*.c module/run.c module/explain*.c module/classify.c module/tally.c module/verdict.c
for file in module/*.c; do
	case $file in
	module/device.c | module/device_explain.c | module/debugfs.c | module/attach.c | module/view.c) ;;
	*) set -- "$@" "$file" ;;
	esac
done
without "only the doors touch memory of users" \
	'copy_to_user|copy_from_user|put_user|get_user|copy_struct_from_user|simple_read_from_buffer' "$@"

cd tools/vmaview || exit 2
without "what reads records prints nothing" \
	'[fvd]*printf|puts|fputs|putchar|putc|fwrite|stdout|stderr|perror|say' \
	reader.c record_check.c snapshot.c model.c keys.c procfs.c facts.c collect.c flags.c holders.c
draws='table.c long_table.c json.c json_cell.c area_table.c sheet.c frame.c verify_print.c color.c
	fault_columns.c fault_print.c columns.c column_set.c run_columns.c sharer_columns.c cow_columns.c
	pins_columns.c reclaim_columns.c column_text.c column_cell.c totals.c sort.c cow_print.c pins_print.c
	pins_json.c refs.c reclaim_print.c reclaim_json.c reclaim_sums.c group.c explain_print.c explain_raw.c
	explain_json.c explain_words.c layout_columns.c layout_parts.c tables_sums.c tables_json.c
	structs_print.c uffd_columns.c uffd_rows.c'
# shellcheck disable=SC2086 # lists of files
without "what draws opens no file" 'fopen|open|openat|popen|socket|readlink' \
	$draws
# shellcheck disable=SC2086
without "what draws asks no module and no /proc" \
	'reader_[a-z]+|collect_[a-z]+|procfs_[a-z]+|facts_read|snapshot_read' \
	$draws
without "what judges and pairs faults, and parses their records, asks nobody and prints nothing" \
	'[fvd]*printf|puts|fopen|open|ioctl|mmap|syscall|say' \
	fault_kind.c fault_track.c fault_sums.c fault_format.c perf_ring.c
set --
for file in *.c; do
	case $file in
	say.c | pmap*.c) ;;
	*) set -- "$@" "$file" ;;
	esac
done
without "only say.c, and pmap as pmap does, speak on stderr" 'stderr|perror|warnx*|errx*' "$@"
set --
for file in *.c; do
	[ "$file" = table.c ] || set -- "$@" "$file"
done
without "only table.c knows the library of tables" 'scols_[a-z_]+' "$@"
set --
for file in *.c; do
	case $file in
	json.c | json_cell.c | cow_json.c | explain_json.c | pins_json.c | reclaim_json.c | status.c) ;;
	tables_json.c | verify_print.c) ;;
	*) set -- "$@" "$file" ;;
	esac
done
without "only what prints JSON knows its library" 'json_object_[a-z_]+' "$@"
tap_end
