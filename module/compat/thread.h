/* SPDX-License-Identifier: GPL-2.0 */
/* thread.h - the threads of a process. */
#ifndef VMAVIEW_COMPAT_THREAD_H
#define VMAVIEW_COMPAT_THREAD_H

#include <linux/rculist.h>
#include <linux/sched/signal.h>

/*
 * The kernel's for_each_thread, under RCU only: with PROVE_RCU_LIST that one also asks whether
 * tasklist_lock is held, which is not exported.  See include/linux/sched/signal.h.
 */
#define vv_for_each_thread(task, thread) \
	list_for_each_entry_rcu(thread, &(task)->signal->thread_head, thread_node)

#endif
