/* SPDX-License-Identifier: GPL-2.0 */
/* explain.h - in: a process and addresses of it; out: what is there and what an access does. */
#ifndef VMAVIEW_EXPLAIN_TOOL_H
#define VMAVIEW_EXPLAIN_TOOL_H

#include "command/options.h"
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

/* The verb.  Returns an exit code. */
int explain_main(struct options *options);

/* explain_ask.c: answers for all addresses, from a pidfd, or from a thread's ID.  0 or -errno. */
int explain_ask_pidfd(struct explanation *explanation, int pidfd);
int explain_ask_thread(struct explanation *explanation, pid_t thread);

/* The area of @answer as the stream has it; NULL in a gap, and where it has changed meanwhile. */
const struct area *explain_area(const struct explanation *explanation,
				const struct vmaview_explain *answer);

/* explain_gate.c: what no module can say of addresses in the gate area, where the process has one. */
void explain_gate(struct explanation *explanation);

/* explain_print.c, explain_raw.c, explain_json.c: 0 or -ENOMEM. */
int explain_print(const struct options *options, const struct explanation *explanation);
int explain_print_raw(const struct options *options, const struct explanation *explanation);
int explain_print_json(const struct explanation *explanation);

#endif /* VMAVIEW_EXPLAIN_TOOL_H */
