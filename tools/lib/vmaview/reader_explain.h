/* SPDX-License-Identifier: GPL-2.0 */
/* reader_explain.h - in: addresses; out: the answers of the module, a call for as many as one takes. */
#ifndef VMAVIEW_READER_EXPLAIN_H
#define VMAVIEW_READER_EXPLAIN_H

#include <stddef.h>
#include <stdint.h>

#include <vmaview.h>

struct explain_question {
	int32_t target;			/* a thread's ID, or with ... */
	uint32_t flags;			/* ... VMAVIEW_REQUEST_PIDFD a pidfd */
	const uint64_t *addresses;
	struct vmaview_explain *answers;
	size_t nr;			/* of both */
	uint64_t asid;			/* filled in, and ... */
	uint32_t asid_kind;		/* ... what it is: enum vmaview_asid */
};

/* Answers for all addresses.  0 or -errno, as open(2) and VMAVIEW_IOC_EXPLAIN say it. */
int reader_explain(struct explain_question *question);

#endif /* VMAVIEW_READER_EXPLAIN_H */
