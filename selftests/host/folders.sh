#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# folders.sh - scripts that were killed in, their folders in the cache gone with the next run out; what is in use stays
# shellcheck disable=SC2154 # shared with the parts
cd "$(dirname "$0")/../.." || exit 2
. selftests/host/lib/tap.sh
top=$PWD
scratch=$(mktemp -d) || exit 2
VMAVIEW_CACHE=$scratch/cache
export VMAVIEW_CACHE
running=''
# shellcheck disable=SC2317 # by the trap
finish() {
	# shellcheck disable=SC2086 # a list of words
	[ -z "$running" ] || kill -KILL $running 2>/dev/null
	rm -rf "$scratch"
}
trap finish EXIT
mkfifo "$scratch/opened"

# What a script does about its folder.  It says which one it is, and ends by a signal or by its pipe.
cat >"$scratch/script" <<'END'
set -u
tree=$1 opener=$2 from=$3
for part in common root guest; do
	. "$tree/scripts/lib/$part.sh"
done
on_end 'rm -rf "$work"'
$opener test
echo "$work" >"$4"
read -r line <"$from"
END

# A script that has started something which outlives it.
# shellcheck disable=SC2016 # expanded by the script
sed '/^echo/i sh -c "read -r line <$from" \&' "$scratch/script" | sed '$s/.*/read -r line <"$from.never"/' >"$scratch/parent"

# A root's disk, made by nobody.
cat >"$scratch/disk" <<'END'
set -u
tree=$1 from=$3
for part in common root root-disk; do
	. "$tree/scripts/lib/$part.sh"
done
row_compiled() { false; }
make_disk() { mkdir -p "$disk" && echo "$$" >"$disk/image"; }
root=$cache/root/stock-1
hold_disk stock
echo "$disk" >"$4"
read -r line <"$from"
END

# start SCRIPT NAME OPENER [TREE]: in the background, its end is $scratch/NAME; sets pid and folder.
start() {
	mkfifo "$scratch/$2" "$scratch/$2.never"
	sh "$scratch/$1" "${4:-$top}" "$3" "$scratch/$2" "$scratch/opened" &
	pid=$!
	running="$running $pid"
	read -r folder <"$scratch/opened"
}

# there FOLDER SENTENCE
there() {
	[ -d "$1" ]
	ok $? "$2"
}

gone() {
	[ -n "$1" ] && [ ! -e "$1" ]
	ok $? "$2"
}

# killed: the one that was started last, which does nothing about it.
killed() {
	kill -KILL $pid
	wait $pid 2>/dev/null
}

for opener in open_work open_run; do
	start script "$opener.killed" $opener
	left=$folder
	killed
	there "$left" "$opener: the folder of a script that was killed is left"
	start script "$opener.lives" $opener
	lives=$pid
	gone "$left" "$opener: ... until the next one runs"
	there "$folder" "$opener: which has its own"
	second=$folder
	start script "$opener.ends" $opener
	echo >"$scratch/$opener.ends"
	wait $pid
	gone "$folder" "$opener: one that ends takes its folder away"
	there "$second" "$opener: and leaves that of one that runs"
	echo >"$scratch/$opener.lives"
	wait "$lives"
done

start parent outlived open_work
left=$folder
killed
start script beside open_work
there "$left" "what a killed script has started keeps the folder"
echo >"$scratch/beside"
wait $pid
# Its end: nobody holds the lock then.
echo >"$scratch/outlived"
flock "$left/lock" true
start script after open_work
gone "$left" "... as long as it runs"
echo >"$scratch/after"
wait $pid

sh -c : &
ended=$!
wait $ended
mkdir "$VMAVIEW_CACHE/run/test-$ended.abcdef" "$VMAVIEW_CACHE/run/test-$$.abcdef"
start script unlocked open_work
gone "$VMAVIEW_CACHE/run/test-$ended.abcdef" "a folder without a lock, whose maker is gone, goes"
there "$VMAVIEW_CACHE/run/test-$$.abcdef" "... and stays while he lives"
echo >"$scratch/unlocked"
wait $pid

# dist makes a file for people who have no cache.
grep -rln 'mktemp -d' scripts | grep -vE '^scripts/(lib/common\.sh|dist|guest/.*)$' >"$scratch/own"
[ ! -s "$scratch/own" ]
ok $? "no script makes a folder in another way" "$scratch/own"

# Another checkout, where the disks are made in another way.
other=$scratch/other
mkdir -p "$other/scripts" "$VMAVIEW_CACHE/root/stock-1/etc/vmaview" "$VMAVIEW_CACHE/log"
cp -R "$top/scripts/lib" "$other/scripts/"
echo '# made otherwise' >>"$other/scripts/lib/root-disk.sh"
touch -d '1 hour ago' "$VMAVIEW_CACHE/root/stock-1/etc/vmaview/release"
# long_ago FOLDER: nobody has used it since.
long_ago() {
	touch -d '3 days ago' "$1.lock"
}

start disk disk.old hold_disk "$other"
guest=$pid
left=$folder
there "$left" "a root gets a disk"
long_ago "$left"
start disk disk.new hold_disk
new=$folder
there "$left" "a disk that a guest runs on stays, however old it is"
there "$new" "and beside it is that of this checkout"
made=$(cat "$new/image")
for name in new old; do
	echo >"$scratch/disk.$name"
done
wait $pid $guest
touch "$left.lock"
start disk disk.soon hold_disk
there "$left" "one that was used today stays"
echo >"$scratch/disk.soon"
wait $pid
long_ago "$left"
mkdir "$left.new"
start disk disk.late hold_disk
gone "$left" "one that nobody has used for days, and nobody makes any more, goes"
gone "$left.new" "... with what was half made of it"
long_ago "$new"
echo >"$scratch/disk.late"
wait $pid
start disk disk.own hold_disk
[ "$folder" = "$new" ] && [ "$(cat "$new/image")" = "$made" ]
ok $? "that of this checkout stays, however long it was not used"
echo >"$scratch/disk.own"
wait $pid
tap_end
