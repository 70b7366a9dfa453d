/* SPDX-License-Identifier: GPL-2.0 */
/* explanation.h - what is said of addresses of one process. */
#ifndef VMAVIEW_EXPLANATION_H
#define VMAVIEW_EXPLANATION_H

#include "proc/holders.h"
#include "vmaview/model.h"
#include "vmaview/refs.h"

/* What is said about one process. */
struct explanation {
	const struct process *process;
	uint64_t asid;
	uint32_t asid_kind;		/* enum vmaview_asid */
	const uint64_t *addresses;
	struct vmaview_explain *answers;
	size_t nr;
	const struct holders *holders;	/* what the process owns that may hold pages */
};

/* The references of the page, and who may have taken those that are left.  false: it has none that count. */
bool explain_refs(const struct vmaview_explain *answer, struct refs *refs, struct held *held);

/* The area of @answer as the stream has it; NULL in a gap, and where it has changed meanwhile. */
const struct area *explain_area(const struct explanation *explanation,
				const struct vmaview_explain *answer);

#endif /* VMAVIEW_EXPLANATION_H */
