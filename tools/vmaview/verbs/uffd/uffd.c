// SPDX-License-Identifier: GPL-2.0
/* uffd.c - in: PIDs; out: which of their areas userfaultfds watch, and who holds these. */
#include "verbs/sheet_verb.h"
#include "verbs/uffd/uffd.h"

static int check(const struct options *options, const struct process *process)
{
	(void)options;
	if (process->kernel_knows & VMAVIEW_KNOW_UFFD)
		return EXIT_DONE;
	say("this kernel has no userfaultfd (it lacks CONFIG_USERFAULTFD)");
	return EXIT_FAILED;
}

static bool has(const struct process *process)
{
	return process->has_uffd;
}

int uffd_main(struct options *options)
{
	static const struct sheet_verb verb = {
		.json = "uffd",
		.want = VMAVIEW_WANT_AREAS | VMAVIEW_WANT_UFFD,
		.check = check,
		.fill = uffd_rows,
		.has = has,
		.notes = &uffd_notes,
	};

	return sheet_verb_main(options, &verb);
}
