// SPDX-License-Identifier: GPL-2.0
/* reader_explain.c - in: addresses; out: the module's answers, a call for as many as one takes. */
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "vmaview/reader_explain.h"

static int ask_some(struct explain_question *question, int device, size_t first)
{
	size_t left = question->nr - first;
	struct vmaview_explain_request request = {
		.size = sizeof(request),
		.flags = question->flags,
		.target = question->target,
		.nr = left < VMAVIEW_EXPLAIN_MAX ? left : VMAVIEW_EXPLAIN_MAX,
		.addresses = (uintptr_t)(question->addresses + first),
		.answers = (uintptr_t)(question->answers + first),
		.answer_size = sizeof(*question->answers),
	};

	if (ioctl(device, VMAVIEW_IOC_EXPLAIN, &request))
		return -errno;
	question->asid = request.asid;
	question->asid_kind = request.asid_kind;
	return request.answered == request.nr ? 0 : -EIO;
}

int reader_explain(struct explain_question *question)
{
	int device = open(VMAVIEW_DEVICE, O_RDWR | O_CLOEXEC), ret = 0;

	if (device < 0)
		return -errno;
	for (size_t i = 0; !ret && i < question->nr; i += VMAVIEW_EXPLAIN_MAX)
		ret = ask_some(question, device, i);
	close(device);
	return ret;
}
