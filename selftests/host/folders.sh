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

# start SCRIPT NAME OPENER: in the background, its end is $scratch/NAME; sets pid and folder.
start() {
	mkfifo "$scratch/$2" "$scratch/$2.never"
	sh "$scratch/$1" "$top" "$3" "$scratch/$2" "$scratch/opened" &
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
tap_end
