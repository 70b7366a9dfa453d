// SPDX-License-Identifier: GPL-2.0
/*
 * explain_gate.c - in: answers, and the gate area as /proc has it; out: what an access to the gate area does.
 *
 * The page of [vsyscall] is in no mm, so the module finds nothing there.  vsyscall= of the kernel's command line
 * decides what it does, and the permissions of its line say which of them it is: r-xp with emulate, --xp with
 * xonly, no line with none.
 */
#include <string.h>

#include "verbs/explain/explain_gate.h"

static void decide(struct vmaview_explain *answer, enum vmaview_access access, enum vmaview_verdict verdict,
		   enum vmaview_why why)
{
	answer->verdict[access] = verdict;
	answer->why[access] = why;
}

static void answer_gate(struct vmaview_explain *answer, const struct area *gate)
{
	answer->flags |= VMAVIEW_EXPLAIN_AREA;
	answer->start = gate->start;
	answer->end = gate->end;
	answer->vm_flags = gate->vm_flags;
	memcpy(answer->perms, gate->perms, sizeof(answer->perms));
	if (gate->perms[0] == 'r')
		decide(answer, VMAVIEW_READ, VMAVIEW_OK, VMAVIEW_WHY_VSYSCALL_READ);
	else
		decide(answer, VMAVIEW_READ, VMAVIEW_SEGV_UNMAPPED, VMAVIEW_WHY_VSYSCALL_DENIED);
	decide(answer, VMAVIEW_WRITE, VMAVIEW_SEGV_UNMAPPED, VMAVIEW_WHY_VSYSCALL_DENIED);
	decide(answer, VMAVIEW_EXEC, VMAVIEW_HANDLER, VMAVIEW_WHY_VSYSCALL);
}

void explain_gate(struct explanation *explanation)
{
	const struct area *gate = process_gate(explanation->process);

	for (size_t i = 0; gate && i < explanation->nr; i++)
		if (explanation->addresses[i] >= gate->start && explanation->addresses[i] < gate->end)
			answer_gate(&explanation->answers[i], gate);
}
