// SPDX-License-Identifier: GPL-2.0
/* explain_ask.c - in: addresses; out: the module's answers, a call for as many as one takes. */
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "verbs/explain/explain_ask.h"

struct whom {
	int32_t target;
	uint32_t flags;		/* VMAVIEW_REQUEST_PIDFD or 0 */
};

static int ask_some(struct explanation *explanation, int device, struct whom whom, size_t first)
{
	size_t left = explanation->nr - first;
	struct vmaview_explain_request request = {
		.size = sizeof(request),
		.flags = whom.flags,
		.target = whom.target,
		.nr = left < VMAVIEW_EXPLAIN_MAX ? left : VMAVIEW_EXPLAIN_MAX,
		.addresses = (uintptr_t)(explanation->addresses + first),
		.answers = (uintptr_t)(explanation->answers + first),
		.answer_size = sizeof(*explanation->answers),
	};

	if (ioctl(device, VMAVIEW_IOC_EXPLAIN, &request))
		return -errno;
	explanation->asid = request.asid;
	explanation->asid_kind = request.asid_kind;
	return request.answered == request.nr ? 0 : -EIO;
}

static int ask(struct explanation *explanation, struct whom whom)
{
	int device = open(VMAVIEW_DEVICE, O_RDWR | O_CLOEXEC), ret = 0;

	if (device < 0)
		return -errno;
	for (size_t i = 0; !ret && i < explanation->nr; i += VMAVIEW_EXPLAIN_MAX)
		ret = ask_some(explanation, device, whom, i);
	close(device);
	return ret;
}

int explain_ask_pidfd(struct explanation *explanation, int pidfd)
{
	return ask(explanation, (struct whom){ pidfd, VMAVIEW_REQUEST_PIDFD });
}

int explain_ask_thread(struct explanation *explanation, pid_t thread)
{
	return ask(explanation, (struct whom){ thread, 0 });
}
