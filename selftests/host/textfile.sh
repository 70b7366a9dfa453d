#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# textfile.sh - the file of metrics --textfile is whole or not there, whatever happens, and nothing is left beside it
cd "$(dirname "$0")" || exit 2
. lib/tap.sh
work=$(mktemp -d) || exit 2
sleeper=''
trap '[ -z "$sleeper" ] || kill "$sleeper" 2>/dev/null; rm -rf "$work"' EXIT
vmaview=$PWD/bin/tool/vmaview
mkdir "$work/folder"
file=$work/folder/vmaview.prom

# metrics ARGUMENT...: sets status.
metrics() {
	"$vmaview" metrics --textfile "$@" >"$work/stdout" 2>"$work/stderr" </dev/null
	status=$?
	echo "status $status" >>"$work/stderr"
}

# alone FILE...: these and no others are in the folder.
alone() {
	printf '%s\n' "$@" | sort | diff - "$work/listed" >>"$work/stderr"
}

# list_folder: names, in the order of sort.
list_folder() {
	find "$work/folder" -mindepth 1 -printf '%f\n' | sort >"$work/listed"
}

# is_whole FILE
is_whole() {
	[ "$(tail -n 1 "$1")" = "# EOF" ] && [ "$(stat -c %a "$1")" = 644 ]
}

metrics "$file" --by pid $$
list_folder
[ $status = 0 ] && alone vmaview.prom && is_whole "$file" && grep -q "^vmaview_resident_bytes{pid=\"$$\"} [1-9]" "$file"
ok $? "a file, and nothing else" "$work/stderr"

echo before >"$file"
(umask 077 && ulimit -f 4 && metrics "$file" --by pid --max-groups 1000 --all; exit $status)
[ $? -gt 128 ]
ok $? "a signal ends it while it writes" "$work/stderr"
list_folder
alone vmaview.prom && [ "$(cat "$file")" = before ]
ok $? "... which leaves nothing, and the file as it was" "$work/stderr"

(trap '' XFSZ && ulimit -f 4 && metrics "$file" --by pid --max-groups 1000 --all; exit $status)
status=$?
list_folder
[ $status = 1 ] && alone vmaview.prom && [ "$(cat "$file")" = before ] && grep -q "$file: File too large" "$work/stderr"
ok $? "a file that may not be so large" "$work/stderr"

sentence="a file system that is full"
# shellcheck disable=SC2016 # expanded by the inner shell
full='mount -t tmpfs -o size=8k tmpfs "$1" && shift && "$@"'
if unshare --mount sh -c "$full" sh "$work/folder" true 2>/dev/null; then
	# shellcheck disable=SC2016
	unshare --mount sh -c "$full" sh "$work/folder" sh -c '
		head -c 4096 /dev/zero >"$1/filler" && echo before >"$1/vmaview.prom"
		"$2" metrics --textfile "$1/vmaview.prom" --by pid --max-groups 1000 --all
		echo $? >"$3/status"
		cat "$1/vmaview.prom"
		find "$1" -mindepth 1 -printf "%f\n" | sort >"$3/listed"' sh "$work/folder" "$vmaview" "$work" \
		>"$work/stdout" 2>"$work/stderr"
	[ "$(cat "$work/status")" = 1 ] && [ "$(cat "$work/stdout")" = before ] && alone filler vmaview.prom &&
		grep -q "$file: No space left on device" "$work/stderr"
	ok $? "$sentence" "$work/stderr"
else
	skip "$sentence" "no file system can be mounted here"
fi

rm -f "$file"
ln -s target "$work/folder/link"
ln -s nowhere "$work/folder/dangling"
mkfifo "$work/folder/fifo"
echo before >"$work/folder/target"
metrics "$work/folder/fifo" $$
[ $status = 1 ] && [ -p "$work/folder/fifo" ] && grep -q "no regular file" "$work/stderr"
ok $? "what is no regular file is not replaced" "$work/stderr"
metrics "$work/folder/dangling" $$
[ $status = 1 ] && [ -L "$work/folder/dangling" ] && [ ! -e "$work/folder/dangling" ]
ok $? "a link that leads nowhere is not, either" "$work/stderr"
metrics "$work/folder/link" $$
list_folder
[ $status = 0 ] && [ -L "$work/folder/link" ] && is_whole "$work/folder/target" && alone dangling fifo link target
ok $? "where a link leads is" "$work/stderr"

sleep 600 &
sleeper=$!
metrics "$file" --by pid --tree $$
grep -q "^vmaview_resident_bytes{pid=\"$sleeper\"} [1-9]" "$file"
ok $? "a group that is there" "$work/stderr"
kill $sleeper
wait $sleeper 2>/dev/null
metrics "$file" --by pid --tree $$
[ $status = 0 ] && is_whole "$file" && ! grep -q "\"$sleeper\"" "$file" && grep -q "^vmaview_resident_bytes{pid=\"$$\"}" "$file"
ok $? "... is gone from the file once it has ended" "$work/stderr"
for whom in "$sleeper" "--tree $sleeper" "--name ^no-such-name-at-all\$"; do
	metrics "$file" $$
	# shellcheck disable=SC2086 # two words
	metrics "$file" $whom
	[ $status = 42 ] && is_whole "$file" && ! grep -q '^vmaview_resident_bytes{' "$file" &&
		grep -qx 'vmaview_processes_unreadable 0' "$file" && [ ! -s "$work/stdout" ]
	ok $? "nobody is left: ${whom%% *}" "$work/stderr"
done
sleeper=''

sentence="a process that cannot be read"
if [ "$(id -u)" = 0 ]; then
	chmod 777 "$work" "$work/folder"
	cp "$vmaview" "$work/vmaview"
	(cd / && setpriv --reuid 65534 --regid 65534 --clear-groups "$work/vmaview" metrics --textfile "$work/folder/other.prom" $$) \
		>"$work/stdout" 2>"$work/stderr"
	status=$?
	[ $status = 1 ] && is_whole "$work/folder/other.prom" &&
		grep -qx 'vmaview_processes_unreadable 1' "$work/folder/other.prom" &&
		! grep -q '^vmaview_resident_bytes{' "$work/folder/other.prom"
	ok $? "$sentence" "$work/stderr"
else
	skip "$sentence" "only root can become somebody who cannot read it"
fi
tap_end
