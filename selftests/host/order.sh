#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# order.sh - --sort -COL has the most first, and --head the first rows; totals are those of all
#
# The witnesses are sort(1) and head(1), given all rows as they come.
cd "$(dirname "$0")" || exit 2
. lib/tap.sh
needs jq jq
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
saved=../data/whole.vmav

# same SENTENCE ARGUMENT...: what the tool says is what is in $work/wanted.
same() {
	sentence=$1
	shift
	bin/tool/vmaview "$@" --from $saved >"$work/seen" 2>&1
	[ -s "$work/wanted" ] && diff "$work/wanted" "$work/seen" >"$work/found"
	ok $? "$sentence" "$work/found"
}

for verb in view pages pins reclaim sharers; do
	case $verb in
	view) column=RSS word='' ;;
	reclaim) column=Present word=$verb ;;
	sharers) column=Pages word=$verb ;;
	*) column=Size word=$verb ;;
	esac
	# shellcheck disable=SC2086 # the view has no word
	{
		bin/tool/vmaview $word -r -n -b -o "$column,Address" --from $saved >"$work/all"
		sort -s -k 1,1nr "$work/all" >"$work/wanted"
		same "$verb: the most first, equal ones as they come" $word -r -n -b -o "$column,Address" --sort "-$column"
		sort -s -k 1,1nr "$work/all" | head -n 2 >"$work/wanted"
		same "$verb: the first two of these" $word -r -n -b -o "$column,Address" --sort "-$column" --head 2
		cp "$work/all" "$work/wanted"
		same "$verb: more than there are" $word -r -n -b -o "$column,Address" --head 100000
		bin/tool/vmaview $word -J --from $saved >"$work/json"
		bin/tool/vmaview $word -J --head 1 --from $saved >"$work/first"
		key=$(jq -r '.processes[0] | to_entries[] | select(.value | type == "array") | .key' "$work/json" | head -n 1)
		jq --arg key "$key" '.processes[0][$key] |= .[:1]' "$work/json" >"$work/wanted.json"
		jq . "$work/first" | diff "$work/wanted.json" - >"$work/found"
		ok $? "$verb -J: the first, and all that is beside it" "$work/found"
		bin/tool/vmaview $word -n --from $saved >"$work/all"
		rows=$(bin/tool/vmaview $word -r -n --from $saved | wc -l)
		below=$(($(wc -l <"$work/all") - rows - 1))
		tail -n $below "$work/all" | tr -s ' -' >"$work/wanted"
		bin/tool/vmaview $word -n --head 1 --from $saved | tail -n $below | tr -s ' -' >"$work/seen"
		[ "$rows" -gt 1 ] && [ "$below" -gt 0 ] && diff "$work/wanted" "$work/seen" >"$work/found"
		ok $? "$verb: what is below the table is that of all" "$work/found"
	}
done
tap_end
