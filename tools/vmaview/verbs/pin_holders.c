// SPDX-License-Identifier: GPL-2.0
/* pin_holders.c - in: a process, references to its pages; out: what of the process may hold them. */
#include "read/collect.h"
#include "verbs/pin_holders.h"

/* Has it a context of asynchronous I/O in an area that was not asked for? */
static bool has_aio_elsewhere(pid_t pid)
{
	struct collector collector;
	struct process process;
	bool found;

	collector_init(&collector);
	collector.want = VMAVIEW_WANT_AREAS;
	collector.module_only = true;
	found = collect_process(&collector, &process, pid) == COLLECTED && holders_have_aio(&process);
	process_free(&process);
	return found;
}

struct holders *pin_holders_read(const struct process *process, const struct options *options)
{
	bool aio = holders_have_aio(process);

	if (process->source == SOURCE_FILE)	/* who has its PID today is somebody else */
		return holders_read_at(-1, aio);
	if (!aio && (options->low || options->high != UINT64_MAX))
		aio = has_aio_elsewhere(process->pid);
	return holders_read(process->thread, aio);
}

/* Who holds a page of a large folio holds all of it, but how much of it is here, and where, is not known. */
struct held pin_held(const struct process *process, uint64_t start, uint64_t end, uint32_t order)
{
	uint64_t more = order < 32 ? (process->page_size << order) - process->page_size : 0;

	return (struct held){
		.start = start > more ? start - more : 0,
		.end = end < UINT64_MAX - more ? end + more : UINT64_MAX,
	};
}
