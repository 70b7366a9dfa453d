// SPDX-License-Identifier: GPL-2.0
/* collect.c - in: a PID or a file; out: a process, from the module, /proc or the file. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "core/core.h"
#include "proc/facts.h"
#include "proc/numa_policy.h"
#include "proc/procfs.h"
#include "proc/who.h"
#include "read/collect.h"
#include "vmaview/area_place.h"
#include "vmaview/range.h"
#include "vmaview/reader.h"
#include "vmaview/snapshot.h"

/* A target that calls exec while it is read starts over; one that always does is given up. */
#define TRIES 4

void collector_init(struct collector *collector)
{
	memset(collector, 0, sizeof(*collector));
	collector->want = COLLECT_AREAS;
	collector->high = UINT64_MAX;
}

/* They are of whole areas, and one is as long as who is charged, and the node, stay the same. */
void collector_add_places(struct collector *collector)
{
	collector->places = true;
	collector->whole = true;
	collector->want |= VMAVIEW_WANT_RUNS;
	collector->select = (struct vmaview_request){
		.flags = VMAVIEW_REQUEST_JOIN, .states = 1u << VMAVIEW_STATE_PRESENT,
	};
}

bool collect_in_range(const struct collector *collector, const struct area *area)
{
	return area_in_range(area, collector->low, collector->high);
}

static enum collected failed(struct collector *collector, int error, const char *what)
{
	collector->error = error;
	snprintf(collector->why, sizeof(collector->why), "%s: %s", what, strerror(-error));
	return COLLECT_FAILED;
}

/* Malformed streams have a better reason than an errno. */
static enum collected stream_failed(struct collector *collector, int error, const char *why)
{
	if (error != -EBADMSG && error != -ENODATA && error != -EPROTO && error != -ENOMEM)
		return failed(collector, error, why);
	collector->error = error;
	snprintf(collector->why, sizeof(collector->why), "%s", why);
	return COLLECT_FAILED;
}

/* What an error of reader_open() says of the module; errors that are the target's say nothing. */
static enum module_state module_state(int error, const struct reader *reader)
{
	bool opened = reader->version.abi_major;

	switch (error) {
	case 0:
	case -ESRCH:
		return MODULE_USABLE;
	case -ENOENT:
	case -ENXIO:
	case -ENODEV:
		return opened ? MODULE_BROKEN : MODULE_ABSENT;
	case -EACCES:
		return MODULE_NO_ACCESS;
	case -EPERM:
		return MODULE_NO_RIGHT;
	case -EPROTO:
		return MODULE_OTHER_ABI;
	case -ENOTTY:
		return MODULE_TOO_OLD;
	case -EINVAL:
		return opened ? MODULE_USABLE : MODULE_TOO_OLD;
	}
	return MODULE_BROKEN;
}

int collect_open(struct collector *collector, struct reader *reader, pid_t pid)
{
	struct reader_source source = { .device = VMAVIEW_DEVICE, .target = collector->select };
	int ret;

	source.buffer = collector->memory ? collector->memory->buffer : NULL;
	source.target.target = pid;
	source.target.want = collector->want;
	/* The end is after the start, and nothing is after the last address: no area has it, and none is found. */
	source.target.start = collector->low < UINT64_MAX ? collector->low : UINT64_MAX - 1;
	source.target.end = collector->high == UINT64_MAX ? UINT64_MAX : collector->high + 1;
	ret = reader_open(reader, &source);

	collector->module = module_state(ret, reader);
	collector->version = reader->version;
	if (ret)
		failed(collector, ret, reader->why);
	return ret;
}

/* 0, -EAGAIN: the target called exec or went away; else -errno. */
static int read_module(struct collector *collector, struct process *process, pid_t pid)
{
	struct reader reader;
	int ret = collect_open(collector, &reader, pid);

	collector->began = 0;
	if (ret)
		return ret == -ESRCH ? -EAGAIN : ret;
	process->source = SOURCE_MODULE;
	ret = snapshot_read(process, &reader);
	if (ret)
		stream_failed(collector, ret, reader.why);
	collector->began = ret ? 0 : process->began;
	reader_close(&reader);
	return ret == -ESRCH ? -EAGAIN : ret;
}

static void drop_out_of_range(const struct collector *collector, struct process *process)
{
	areas_cut(process, collector->low, collector->high);
}

static bool has_range(const struct collector *collector)
{
	return collector->low || collector->high != UINT64_MAX;
}

/* The range becomes that of the areas which it overlaps.  true: it is another. */
static bool widen(struct collector *collector, const struct process *process)
{
	const uint64_t low = collector->low, high = collector->high;

	for (size_t i = 0; i < process->nr_areas; i++) {
		const struct area *area = &process->areas[i];

		if (area->start < collector->low)
			collector->low = area->start;
		if (area->end - 1 > collector->high)
			collector->high = area->end - 1;
	}
	return collector->low != low || collector->high != high;
}

/* Where the areas are, which costs no walk of their pages; @receipt: but what it does cost. */
static int find_areas(struct collector *collector, pid_t pid, struct vmaview_end *receipt)
{
	const struct vmaview_request select = collector->select;
	const uint32_t want = collector->want;
	struct process process;
	int ret;

	process_init(&process);
	collector->want = VMAVIEW_WANT_AREAS;
	collector->select = (struct vmaview_request){ .size = 0 };
	ret = read_module(collector, &process, pid);
	collector->want = want;
	collector->select = select;
	widen(collector, &process);
	*receipt = process.receipt;
	process_free(&process);
	return ret;
}

static void add_cost(struct vmaview_end *receipt, const struct vmaview_end *more)
{
	receipt->entries += more->entries;
	receipt->elapsed += more->elapsed;
	receipt->holds += more->holds;
	receipt->retries += more->retries;
	receipt->restarts += more->restarts;
	if (receipt->longest_hold < more->longest_hold)
		receipt->longest_hold = more->longest_hold;
}

/*
 * The module gives runs of the range alone: where that cuts areas, it is their range that is asked for.
 * As read_module(); -EAGAIN where an area has grown meanwhile, too.
 */
static int read_whole(struct collector *collector, struct process *process, pid_t pid)
{
	const uint64_t low = collector->low, high = collector->high;
	struct vmaview_end receipt;
	bool grown = false;
	int ret = find_areas(collector, pid, &receipt);

	if (!ret)
		ret = read_module(collector, process, pid);
	if (!ret)
		grown = widen(collector, process);
	collector->low = low;
	collector->high = high;
	if (ret)
		return ret;
	add_cost(&process->receipt, &receipt);
	drop_out_of_range(collector, process);
	if (!grown)
		return 0;
	snprintf(collector->why, sizeof(collector->why), "its areas grow faster than they can be read");
	return -EAGAIN;
}

/* What a saved stream has of areas that are not shown. */
static void drop_of_dropped(const struct collector *collector, struct process *process)
{
	sharers_cut(process);
	uffd_cut(process, collector->low, collector->high);
}

/* *@again is -EAGAIN where the thread that was read has ended: another one may live. */
static enum collected read_proc(struct collector *collector, struct process *process, int *again)
{
	struct utsname uts;
	struct who who;
	int ret = collector->maps_only ? procfs_read_maps(process) : procfs_read(process);

	if (!ret && !process->nr_areas && !(who_is(process->thread, &who) && who.thread == process->thread))
		ret = -ESRCH;
	if (ret == -ENOENT || ret == -ESRCH)
		*again = -EAGAIN;
	if (ret)
		return failed(collector, ret, "its /proc/PID/smaps cannot be read");
	if (!uname(&uts))
		process->release = process_keep(process, uts.release, strlen(uts.release));
	process->page_size = sysconf(_SC_PAGESIZE);
	drop_out_of_range(collector, process);
	return process->release ? COLLECTED : failed(collector, -ENOMEM, "uname");
}

static enum collected add_gate(struct collector *collector, struct process *process)
{
	int ret = procfs_add_gate(process, process->thread);

	/* Gone since: what was read of it is still true. */
	if (ret && ret != -ENOENT && ret != -ESRCH)
		return failed(collector, ret, "its /proc/PID/maps cannot be read");
	drop_out_of_range(collector, process);
	return COLLECTED;
}

/* Who has memory, and so is no kernel thread.  Else there is more to be said, which false leaves to others. */
static bool is_known(struct process *process, pid_t pid)
{
	struct who who;

	if (!who_is(pid, &who) || !who.thread)
		return false;
	process->pid = who.pid;
	process->thread = who.thread;
	return true;
}

static enum collected identify(struct collector *collector, struct process *process, pid_t pid)
{
	if (collector->nameless && is_known(process, pid))
		return COLLECTED;
	switch (facts_read(process, pid)) {
	case FACTS_FOUND:
		return COLLECTED;
	case FACTS_NOBODY:
		return COLLECT_NOBODY;
	case FACTS_KERNEL_THREAD:
		return COLLECT_KERNEL_THREAD;
	case FACTS_ZOMBIE:
		return COLLECT_ZOMBIE;
	default:
		return failed(collector, -EIO, "libproc2 cannot read /proc");
	}
}

/* 0 or -ENOMEM. */
static int add_places(struct process *process)
{
	int ret = places_of_runs(process);

	if (!ret && process->source == SOURCE_MODULE)
		numa_policies_add(process);
	process->nr_runs = 0;
	process->has_runs = false;
	return ret;
}

static enum collected collect_once(struct collector *collector, struct process *process,
				   pid_t pid, int *ret)
{
	struct process facts;
	enum collected collected;

	*ret = 0;
	process_init(process);
	if (collector->memory)
		process_take_spare(process, &collector->memory->spare);
	collected = identify(collector, process, pid);
	if (collected != COLLECTED)
		return collected;
	facts = *process;
	if (!collector->proc_only) {
		*ret = collector->whole && has_range(collector) ? read_whole(collector, process, pid) :
								  read_module(collector, process, pid);
		/* What /proc says of it is the better title: the stream has but the comm. */
		process->pid = facts.pid;
		if (!collector->nameless)
			process->title = facts.title;
		process->cmdline = facts.cmdline;
		if (!*ret && collector->places && add_places(process))
			return failed(collector, -ENOMEM, "where its pages are");
		if (!*ret)
			return collector->module_only && !collector->gate ? COLLECTED :
				add_gate(collector, process);
		if (*ret == -EAGAIN || collector->module == MODULE_USABLE)
			return COLLECT_FAILED;
	}
	return collector->module_only ? COLLECT_NO_MODULE : read_proc(collector, process, ret);
}

enum collected collect_process(struct collector *collector, struct process *process, pid_t pid)
{
	enum collected collected;
	int ret;

	process_init(process);
	collector->began = 0;
	for (int try = 0; try < TRIES; try++) {
		if (collector->memory)
			process_leave_spare(process, &collector->memory->spare);
		else
			process_free(process);
		collected = collect_once(collector, process, pid, &ret);
		if (collected != COLLECT_FAILED || ret != -EAGAIN)
			break;
	}
	return collected;
}

/* -1: it is none, or cannot be opened. */
static int open_core(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd >= 0 && !core_is_elf(fd)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* What a core has of moments. */
static int one_moment(struct saved *saved, uint32_t moment)
{
	saved->file.moments = 1;
	saved->first = 0;
	saved->nr = 1;
	return moment > 1 ? -ENOENT : 0;
}

int collect_saved_open(struct collector *collector, struct saved *saved, const char *path, uint32_t moment)
{
	int ret;

	*saved = (struct saved){ .core = open_core(path) };
	ret = saved->core < 0 ? snapshot_file_open(&saved->file, path) : one_moment(saved, moment);
	if (!ret && saved->core < 0)
		ret = snapshot_file_moment(&saved->file, moment, &saved->first, &saved->nr);
	if (ret == -ENOENT && saved->file.moments)
		snprintf(collector->why, sizeof(collector->why), "it has no moment %u: its last is %u", moment,
			 saved->file.moments);
	else if (ret)
		stream_failed(collector, ret, saved->file.why);
	return ret;
}

enum collected collect_saved(struct collector *collector, struct saved *saved, size_t number, struct process *process)
{
	enum collected collected = COLLECTED;
	int ret;

	process_init(process);
	process->source = SOURCE_FILE;
	ret = saved->core < 0 ? snapshot_file_read(&saved->file, saved->first + number, process) :
				core_read(process, saved->core, &saved->file.why);
	if (ret)
		collected = stream_failed(collector, ret, saved->file.why);
	if (!ret && collector->places && add_places(process))
		collected = failed(collector, -ENOMEM, "where its pages are");
	drop_out_of_range(collector, process);
	drop_of_dropped(collector, process);
	return collected;
}

void collect_saved_close(struct saved *saved)
{
	if (saved->core >= 0)
		close(saved->core);
	else
		snapshot_file_close(&saved->file);
}
