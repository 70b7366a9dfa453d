#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# read-once.sh KEPT "WORDS" COMPILER ANALYSIS... FILE - what a compiler's analysis says of FILE, which is kept in KEPT
#
# WORDS are what the preprocessor needs, too.  What was said is found again by all that it depends on: the compiler, its
# words, and FILE as the preprocessor leaves it, comments included.  Where the compiler failed nothing is kept, and
# $FAULT is always read: that it is found shows that the reader still reads.
set -u
kept=$1 words=$2 file=''
shift 2
eval "file=\${$#}"

# shellcheck disable=SC2086 # a list of words
key() {
	{ echo "$* $words"; "$1" --version; "$1" $words -E -C "$file"; } 2>&1 | sha256sum | cut -d' ' -f1
}

# What gcc says of no place in particular is of the whole file.
# shellcheck disable=SC2086 # a list of words
answer() {
	said=$("$@" $words 2>&1)
	ret=$?
	[ -z "$said" ] || printf '%s\n' "$said" | sed "s@^cc1: @$file:0:0: @"
	return $ret
}

if [ "$file" = "$FAULT" ]; then
	answer "$@"
	exit
fi
found=$kept/$(key "$@")
if [ -e "$found" ]; then
	touch -c "$found"
	cat "$found"
elif answer "$@" >"$found.$$"; then
	mv "$found.$$" "$found"
	cat "$found"
else
	cat "$found.$$"
	rm -f "$found.$$"
fi
