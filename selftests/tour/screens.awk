# SPDX-License-Identifier: GPL-2.0
# screens.awk - docs/tour.md in; out: its screens, or one of them, a line a line.
#
# A screen begins with a heading "## ..."; what stands before the first is none.  Out, with
# -v screen=N: "H heading", "P line of prose", "C command" (what follows "$ " in a ```console block)
# or "O line of its output"; without: the number of screens.
function say(kind, text) {
	if (number == screen)
		print kind " " text
}
/^```/ { inside = !inside; say("P", ""); next }
inside && /^\$ / { say("C", substr($0, 3)); next }
inside { say("O", $0); next }
/^## / { number++; say("H", substr($0, 4)); next }
number { say("P", $0) }
END {
	if (!screen)
		print number + 0
}
