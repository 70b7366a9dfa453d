// SPDX-License-Identifier: GPL-2.0
/*
 * device_explain.c - addresses of a user in, answers out: VMAVIEW_IOC_EXPLAIN.
 *
 * The addresses are copied once, the answers are made in a kernel buffer and handed over when no lock
 * of the target is held.
 */
#include <linux/err.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "compat/compat.h"
#include "compat/rights.h"
#include "door/device_explain.h"
#include "explain/explain.h"
#include "mm/target.h"
#include "self/stats.h"
#include "stream/stream_state.h"

/* The first struct vmaview_explain that there was. */
#define ANSWER_MIN	416

/**
 * struct call - one call of the ioctl
 * @request: as copied, then as given back
 * @target: opened
 * @explain: what makes the answers
 * @addresses: request.nr of them
 * @answers: as many
 */
struct call {
	struct vmaview_explain_request request;
	struct target target;
	struct explain explain;
	u64 addresses[VMAVIEW_EXPLAIN_MAX];
	struct vmaview_explain answers[VMAVIEW_EXPLAIN_MAX];
};

static int copy_in(struct call *call, const void __user *arg)
{
	struct vmaview_explain_request *request = &call->request;
	u32 size;
	int ret;

	if (get_user(size, (const u32 __user *)arg))
		return -EFAULT;
	if (size < sizeof(*request) || size > PAGE_SIZE)
		return -EINVAL;
	ret = copy_struct_from_user(request, sizeof(*request), arg, size);
	if (ret)
		return ret;
	if (request->flags & ~VMAVIEW_REQUEST_PIDFD || !request->nr || request->nr > VMAVIEW_EXPLAIN_MAX ||
	    request->answer_size < ANSWER_MIN || request->answer_size > PAGE_SIZE || request->reserved)
		return -EINVAL;
	if (copy_from_user(call->addresses, u64_to_user_ptr(request->addresses),
			   request->nr * sizeof(call->addresses[0])))
		return -EFAULT;
	request->answered = 0;
	return 0;
}

/* As many as one hold of mmap_lock is for. */
static int answer_some(struct call *call)
{
	struct explain *explain = &call->explain;
	u32 i = call->request.answered;
	int ret = target_lock(&call->target);

	if (ret)
		return ret;
	atomic64_inc(&vmaview_stats.holds);
	walk_hold(&explain->walk, call->target.mm, call->target.hold_start,
		  call->target.hold_start + stream_hold_ns());
	do {
		explain_address(explain, &call->answers[i], call->addresses[i]);
		i++;
	} while (i < call->request.nr && !walk_time_is_up(&explain->walk));
	call->request.asid_kind = vv_asid(call->target.mm, &call->request.asid);
	target_unlock(&call->target);
	call->request.answered = i;
	return 0;
}

static int answer_all(struct call *call)
{
	int ret = 0;

	while (!ret && call->request.answered < call->request.nr) {
		if (fatal_signal_pending(current))
			return -EINTR;
		ret = answer_some(call);
		cond_resched();
	}
	return ret;
}

static int copy_out(struct call *call, void __user *arg)
{
	const struct vmaview_explain_request *request = &call->request;
	char __user *to = u64_to_user_ptr(request->answers);
	u32 size = min_t(u32, request->answer_size, sizeof(call->answers[0])), i;

	for (i = 0; i < request->answered; i++, to += request->answer_size)
		if (copy_to_user(to, &call->answers[i], size) ||
		    clear_user(to + size, request->answer_size - size))
			return -EFAULT;
	return copy_to_user(arg, request, sizeof(*request)) ? -EFAULT : 0;
}

/* The target is opened; all of its threads may have ended by now. */
static int answer(struct call *call)
{
	int ret;

	call->explain.task = target_thread(&call->target);
	if (!call->explain.task)
		return -ESRCH;
	call->explain.mm = call->target.mm;
	ret = answer_all(call);
	put_task_struct(call->explain.task);
	return ret;
}

static int explain(struct call *call, void __user *arg)
{
	int ret = copy_in(call, arg), copied;
	struct pid *pid;

	if (ret)
		return ret;
	pid = target_find(call->request.target, call->request.flags & VMAVIEW_REQUEST_PIDFD);
	if (IS_ERR(pid))
		return PTR_ERR(pid);
	ret = target_open(&call->target, pid);
	if (ret)
		return ret;
	ret = answer(call);
	target_close(&call->target);
	copied = copy_out(call, arg);
	return ret ?: copied;
}

int device_explain(void __user *arg)
{
	struct call *call = kvzalloc(sizeof(*call), GFP_KERNEL_ACCOUNT);
	int ret;

	if (!call)
		return -ENOMEM;
	ret = explain(call, arg);
	kvfree(call);
	return ret;
}
