// SPDX-License-Identifier: GPL-2.0
/*
 * stream.c - a target in, its records out: the stages of a stream.
 *
 * Nothing is handed to user space here.  Locks: mmap_lock of the target, in target_lock().
 */
#include <linux/err.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>
#include <linux/utsname.h>
#include <linux/vmalloc.h>

#include "compat/compat.h"
#include "compat/rmap.h"
#include "compat/userfaultfd.h"
#include "mm/vmflags.h"
#include "self/stats.h"
#include "stream/stream.h"
#include "stream/stream_area.h"
#include "stream/stream_layout.h"
#include "stream/stream_seams.h"
#include "stream/stream_sharers.h"
#include "stream/stream_tables.h"
#include "stream/stream_total.h"
#include "stream/stream_uffd.h"
#include "walk/kinds.h"

static u64 known_facts(void)
{
	return VMAVIEW_KNOW_EXCLUSIVE |
	       (VV_KNOW_PAGE_MAPCOUNT ? VMAVIEW_KNOW_PAGE_MAPCOUNT : 0) |
	       (VV_KNOW_GUARD ? VMAVIEW_KNOW_GUARD : 0) |
	       (VV_KNOW_CHANGED ? VMAVIEW_KNOW_CHANGED : 0) |
	       (VV_KNOW_SOFT_DIRTY ? VMAVIEW_KNOW_SOFT_DIRTY : 0) |
	       (VV_KNOW_OWNER ? VMAVIEW_KNOW_SHARERS : 0) |
	       (VV_KNOW_UFFD ? VMAVIEW_KNOW_UFFD : 0);
}

static void fill_task(struct stream *stream, struct vmaview_begin *begin)
{
	struct task_struct *task = target_task(&stream->target);

	begin->pid = stream->nr;
	if (!task)
		return;
	begin->tgid = task_tgid_vnr(task);
	rcu_read_lock();
	if (pid_alive(task))	/* else the leader may be long gone; exec() by another thread changes it */
		begin->task_start = READ_ONCE(task->group_leader)->start_boottime;
	rcu_read_unlock();
	strscpy(begin->comm, task->comm, sizeof(begin->comm));
	put_task_struct(task);
}

static void put_begin(struct stream *stream)
{
	struct vmaview_begin *begin = stream_put(stream, VMAVIEW_REC_BEGIN, sizeof(*begin));

	*begin = (struct vmaview_begin){
		.header = begin->header,
		.abi_major = VMAVIEW_ABI_MAJOR,
		.abi_minor = VMAVIEW_ABI_MINOR,
		.want = stream->want,
		.known = known_facts(),
		.time = ktime_get_real_ns(),
		.range_start = stream->range_start,
		.range_end = stream->range_end,
		.leaf_size = { PAGE_SIZE, PMD_SIZE, PUD_SIZE },
		.space = target_space(stream->target.mm),
		.memcg = vv_mm_memcg_ino(stream->target.mm),
	};
	strscpy(begin->release, init_utsname()->release, sizeof(begin->release));
	fill_task(stream, begin);
}

static void put_vmflags(struct stream *stream)
{
	unsigned int bit;

	for (bit = 0; bit < VMFLAGS_NR; bit++) {
		struct vmaview_vmflag *flag = stream_put(stream, VMAVIEW_REC_VMFLAG, sizeof(*flag));

		flag->bit = bit;
		memcpy(flag->mnemonic, vmflags[bit].mnemonic, sizeof(flag->mnemonic));
		memcpy(flag->word, vmflags[bit].word, sizeof(flag->word));
	}
}

static int put_mm(struct stream *stream)
{
	struct mm_struct *mm = stream->target.mm;
	int ret = stream_lock(stream);
	struct vmaview_mm *counters;

	if (ret)
		return ret;
	counters = stream_put(stream, VMAVIEW_REC_MM, sizeof(*counters));
	*counters = (struct vmaview_mm){
		.header = counters->header,
		.total_vm = (u64)mm->total_vm << PAGE_SHIFT,
		.locked_vm = (u64)mm->locked_vm << PAGE_SHIFT,
		.pinned_vm = (u64)atomic64_read(&mm->pinned_vm) << PAGE_SHIFT,
		.data_vm = (u64)mm->data_vm << PAGE_SHIFT,
		.exec_vm = (u64)mm->exec_vm << PAGE_SHIFT,
		.stack_vm = (u64)mm->stack_vm << PAGE_SHIFT,
		.map_count = mm->map_count,
		.pgtables = mm_pgtables_bytes(mm),
	};
	target_unlock(&stream->target);
	target_faults(&stream->target, &counters->min_flt, &counters->maj_flt);
	return 0;
}

/* Sharers come after their area. */
#define STREAM_SHARERS (VMAVIEW_WANT_AREAS | VMAVIEW_WANT_SHARERS)

static int fill_begin(struct stream *stream)
{
	int ret = 0;

	put_begin(stream);
	if (stream->want & VMAVIEW_WANT_VMFLAGS)
		put_vmflags(stream);
	if (stream->want & VMAVIEW_WANT_MM)
		ret = put_mm(stream);
	if (ret)
		stream->length = 0;
	else
		stream_next_stage(stream);
	return ret;
}

static u32 changed_word(const struct stream *stream)
{
	if (stream->changed)
		return VMAVIEW_CHANGED_YES;
	if (VV_KNOW_CHANGED || stream->target.holds <= 1)
		return VMAVIEW_CHANGED_NO;
	return VMAVIEW_CHANGED_UNKNOWN;
}

static void put_end(struct stream *stream)
{
	struct vmaview_end *end = stream_put(stream, VMAVIEW_REC_END, sizeof(*end));

	*end = (struct vmaview_end){
		.header = end->header,
		.areas = stream->areas,
		.entries = stream->walk.entries,
		.elapsed = stream->elapsed,
		.longest_hold = stream->target.longest_hold,
		.holds = stream->target.holds,
		.retries = stream->walk.retries,
		.restarts = stream->restarts,
		.changed = changed_word(stream),
	};
	stream->stage = STREAM_DONE;
	atomic64_inc(&vmaview_stats.walks);
}

static int fill_stage(struct stream *stream)
{
	switch (stream->stage) {
	case STREAM_BEGIN:
		return fill_begin(stream);
	case STREAM_LAYOUT:
		return stream_fill_layout(stream);
	case STREAM_THREADS:
		return stream_fill_threads(stream);
	case STREAM_LDT:
		return stream_fill_ldt(stream);
	case STREAM_AREAS:
		return stream_fill_areas(stream);
	case STREAM_TABLES:
		return stream_fill_tables(stream);
	case STREAM_UFFD:
		return stream_fill_uffd(stream);
	case STREAM_UFFD_HOLDERS:
		return stream_fill_uffd_holders(stream);
	case STREAM_SEAMS:
		return stream_fill_seams(stream);
	case STREAM_END:
		put_end(stream);
		return 0;
	case STREAM_DONE:
		return 0;
	}
	return -EIO;
}

/* What of a stream the module's own counters add up. */
struct progress {
	u64 time;
	u64 areas;
	u64 entries;
	u64 retries;
};

static struct progress progress_now(const struct stream *stream)
{
	return (struct progress){
		ktime_get_ns(), stream->areas, stream->walk.entries, stream->walk.retries,
	};
}

static void count(struct stream *stream, int ret, struct progress since)
{
	struct progress now = progress_now(stream);

	stream->elapsed += now.time - since.time;
	atomic64_add(now.time - since.time, &vmaview_stats.elapsed_ns);
	atomic64_add(now.areas - since.areas, &vmaview_stats.areas);
	atomic64_add(now.entries - since.entries, &vmaview_stats.entries);
	atomic64_add(now.retries - since.retries, &vmaview_stats.retries);
	if (ret == -ESRCH) {
		atomic64_inc(&vmaview_stats.vanished);
		if (stream->walking)
			atomic64_inc(&vmaview_stats.died_walking);
	} else if (ret) {
		atomic64_inc(&vmaview_stats.interrupted);
	}
}

int stream_fill(struct stream *stream)
{
	struct progress since = progress_now(stream);
	int ret = 0;

	stream->length = stream->taken = 0;
	while (!ret && !stream->length && stream->stage != STREAM_DONE)
		ret = fill_stage(stream);
	count(stream, ret, since);
	return ret;
}

/* What only some wants need. False without memory; parts_free() in any case. */
static bool parts_new(struct stream *stream, const struct vmaview_request *request)
{
	bool sharers = (request->want & STREAM_SHARERS) == STREAM_SHARERS;
	bool uffd = request->want & VMAVIEW_WANT_UFFD, total = request->want & STREAM_WANT_TOTAL;
	bool pages = request->want & STREAM_WALKS_PAGES;

	if (pages)
		stream->kinds = kzalloc(sizeof(*stream->kinds), GFP_KERNEL_ACCOUNT);
	if (sharers)
		stream->sharers = sharers_new();
	if (uffd)
		stream->uffd = uffd_new();
	if (total)
		stream->total = kzalloc(sizeof(*stream->total), GFP_KERNEL_ACCOUNT);
	if (stream->total)
		stream->walk.alike = stream->total->alike;
	return !(pages && !stream->kinds) && !(sharers && !stream->sharers) && !(uffd && !stream->uffd) &&
	       !(total && !stream->total);
}

static void parts_free(struct stream *stream)
{
	sharers_free(stream->sharers);
	uffd_free(stream->uffd);
	kfree(stream->kinds);
	kfree(stream->total);
}

static void begin(struct stream *stream, const struct vmaview_request *request)
{
	stream->want = request->want;
	stream->range_start = stream->cursor = stream->table_cursor = stream->seam_cursor = request->start;
	stream->range_end = request->end;
	if (request->want & VMAVIEW_WANT_RUNS) {
		stream->walk.runs = &stream->runs;
		run_select(&stream->runs.select, request);
	}
	if (stream->kinds) {
		kinds_init(stream->kinds, stream->walk.runs ? &stream->runs.select : NULL);
		stream->walk.kinds = stream->kinds;
		stream->walk.sections = &stream->kinds->sections;
	}
	tables_begin(&stream->tables);
}

struct stream *stream_new(struct pid *pid, pid_t nr, const struct vmaview_request *request)
{
	struct stream *stream = kzalloc(sizeof(*stream), GFP_KERNEL_ACCOUNT);
	int ret;

	if (!stream) {
		put_pid(pid);
		return ERR_PTR(-ENOMEM);
	}
	ret = target_open(&stream->target, pid);
	if (ret)
		goto err_stream;
	ret = -ENOMEM;
	stream->size = request->want & VMAVIEW_WANT_RUNS ? STREAM_BUFFER_RUNS : STREAM_BUFFER;
	stream->buffer = __vmalloc(stream->size, GFP_KERNEL_ACCOUNT | __GFP_NOWARN);	/* 5 pages, not 8 */
	stream->scratch = kmalloc(PATH_MAX, GFP_KERNEL_ACCOUNT);
	if (!stream->buffer || !stream->scratch)
		goto err_target;
	if (!parts_new(stream, request))
		goto err_target;
	stream->nr = nr;
	begin(stream, request);
	return stream;

err_target:
	parts_free(stream);
	kfree(stream->scratch);
	vfree(stream->buffer);
	target_close(&stream->target);
err_stream:
	kfree(stream);
	return ERR_PTR(ret);
}

void stream_free(struct stream *stream)
{
	parts_free(stream);
	put_pid(stream->segments.thread);
	kfree(stream->scratch);
	vfree(stream->buffer);
	target_close(&stream->target);
	kfree(stream);
}
