#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# completion.sh - bash, zsh and fish themselves offer the verbs, options and columns that there are, and no others
cd "$(dirname "$0")" || exit 2
. lib/tap.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
completions=$PWD/../../packaging/completion
zsh=$PWD/lib/complete.zsh
PATH=$PWD/bin/tool:$PATH
export PATH HOME="$work" XDG_CONFIG_HOME="$work" XDG_DATA_HOME="$work" TERM=dumb

# offers_SHELL LINE: what it offers at the end of the line, a word each.

# An interactive one completes, on a terminal or not; what it is about to offer is printed in place of that.
cat >"$work/bashrc" <<-END
	. '$completions/vmaview'
	offers() {
		_vmaview "\$@"
		printf '%s\n' "\${COMPREPLY[@]}" >&3
		COMPREPLY=()
	}
	complete -F offers vmaview
END

# shellcheck disable=SC2317
offers_bash() {
	printf '%s\t\025exit\n' "$1" | bash --rcfile "$work/bashrc" -i 3>&1 >/dev/null 2>"$work/said"
}

# shellcheck disable=SC2317
offers_zsh() {
	zsh -f "$zsh" "$completions" "$1"
}

# shellcheck disable=SC2317
offers_fish() {
	# shellcheck disable=SC2016 # fish's own
	fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$completions/vmaview.fish" "$1" | cut -f1
}

# seen LINE: into $work/offered, sorted; a value that is a word of its own for one shell has its option before it
# for another.
seen() {
	(cd "$work" && "offers_$shell" "$1" 2>"$work/said") | sed 's/^--[a-z]*=//; /^$/d' | sort -u >"$work/offered"
}

# offers LINE SENTENCE: just the words of $work/wanted.
offers() {
	seen "$1"
	sort -u "$work/wanted" | diff - "$work/offered" >"$work/differs"
	[ ! -s "$work/differs" ] && [ -s "$work/wanted" ]
	ok $? "$shell: $2" "$work/differs"
}

# offers_words LINE WORD...
offers_words() {
	line=$1
	shift
	printf '%s\n' "$@" >"$work/wanted"
	offers "$line" "$line: $*"
}

verbs() {
	vmaview --help | sed -n '/^Verbs/,/^$/p' | awk 'NR > 1 && NF { print $1 }'
}

# columns VERB
columns() {
	# shellcheck disable=SC2086 # the view has no word
	vmaview $1 --list-columns --raw --noheadings | cut -d' ' -f1
}

# options VERB: the long ones.
options() {
	vmaview "$1" --help | grep -oE '^ +(-., )?--[a-z-]+' | grep -oE -- '--[a-z-]+'
}

all_of_it() {
	verbs >"$work/wanted"
	seen 'vmaview '
	grep -vx '[0-9]*' "$work/offered" | diff "$work/wanted.sorted" - >"$work/differs"
	ok $? "$shell: each verb, and nothing else that is no PID" "$work/differs"
	grep -qx $$ "$work/offered"
	ok $? "$shell: a PID in place of one"
	seen 'vmaview pages '
	grep -qx $$ "$work/offered" && ! grep -qx pages "$work/offered"
	ok $? "$shell: and after one" "$work/offered"
	for verb in '' groups; do
		columns "$verb" >"$work/wanted"
		offers "vmaview $verb${verb:+ }-o " "columns of ${verb:-the view}"
	done
	options groups >"$work/wanted"
	offers 'vmaview groups --' "options of groups"
	offers_words 'vmaview pag' pages
	offers_words 'vmaview -o +RSS,Addr' +RSS,Address
	offers_words 'vmaview pages --sort -PF' -PFN
	columns pages | sed '/^Address$/d; s/^/Address,/' >"$work/wanted"
	offers 'vmaview pages --output Address,' 'no column twice'
	offers_words 'vmaview groups --by cgroup,na' cgroup,name
	offers_words 'vmaview pages --color=a' always auto
	: >"$work/saved.vmav"
	offers_words 'vmaview --from saved.v' saved.vmav
	offers_words 'vmaview groups --user roo' root
}

verbs | sort >"$work/wanted.sorted"
for shell in bash zsh fish; do
	if have $shell $shell "$shell: completes"; then
		all_of_it
	fi
done
tap_end
