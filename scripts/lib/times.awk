# SPDX-License-Identifier: GPL-2.0
# times.awk - what stages and test programs took, longest first.  In: lines "STAGE SECONDS" of stages; then, as
# further files named after a stage, its KTAP.  `programs`: how many of each stage are shown.

FNR == NR {
	taken[$1] = $2
	next
}

FNR == 1 {
	stage = FILENAME
	sub(/.*\//, "", stage)
}

/^ *# Subtest: / { program = $3 }

/^ *# took [0-9.]+ s$/ && program != "" {
	stages[stage]
	nr[stage]++
	name[stage, nr[stage]] = program
	seconds[stage, nr[stage]] = $3
	program = ""
}

# The longest that is left of one stage, or of all stages.
function longest_stage(    which, best) {
	best = ""
	for (which in taken)
		if (best == "" || taken[which] > taken[best])
			best = which
	return best
}

function longest_program(which,    i, best) {
	best = 0
	for (i = 1; i <= nr[which]; i++)
		if (seconds[which, i] != "" && (!best || seconds[which, i] + 0 > seconds[which, best] + 0))
			best = i
	return best
}

END {
	print "seconds  stage"
	while ((which = longest_stage()) != "") {
		printf "%7d  %s\n", taken[which], which
		delete taken[which]
	}
	for (which in stages) {
		printf "seconds  program of %s\n", which
		for (shown = 0; shown < programs && (best = longest_program(which)); shown++) {
			printf "%7.1f  %s\n", seconds[which, best], name[which, best]
			seconds[which, best] = ""
		}
	}
}
