# SPDX-License-Identifier: GPL-2.0
# scene.sh - no input; processes that have memory in common and alone, and names that nobody would choose, all stopped
#
# Run by busybox, which is linked statically: nobody else has pages of it in this guest, and what is counted of the
# scene does not depend on who runs beside it.
# shellcheck shell=sh

# some KIB: that many of text.
some() {
	head -c "$1k" /dev/zero | tr '\0' x
}

# member NAME: with memory of its own beside what it has from its parent.
member() {
	read -r self _ </proc/self/stat
	printf '%b' "$1" >/proc/self/comm
	# shellcheck disable=SC2034 # it only has to be there
	own=$(some $((64 * ${#1})))
	kill -STOP "$self"
}

# Escapes as printf %b has them.
# shellcheck disable=SC2034 # it only has to be there
common=$(some 4096)
while IFS= read -r name; do
	member "$name" &
done <<'END'
plain
plain
other
q"uote
back\\slash
new\nline
tab\tab\rcr
bad\0377
bad\\377
\0303\0244
{a="b"} 1
END
kill -STOP $$
