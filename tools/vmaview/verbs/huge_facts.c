// SPDX-License-Identifier: GPL-2.0
/* huge_facts.c - in: settings, mounts and, of files, smaps; out: what of a process may have huge pages. */
#include <stdlib.h>
#include <string.h>

#include "verbs/huge_facts.h"

struct facts_of {
	const struct huge_asked *asked;
	uint8_t *may;
	bool ask_kernel;	/* there are files that could have some, and of which only the kernel knows */
	uint32_t dev_major;	/* the device that was looked for last ... */
	uint32_t dev_minor;
	bool looked;
	enum thp_mode mount;	/* ... and what its mount says */
};

static enum huge_may may_of(enum thp_mode mode)
{
	static const uint8_t may[] = {
		[THP_UNKNOWN] = HUGE_MAY_UNKNOWN, [THP_NEVER] = HUGE_MAY_NEVER,
		[THP_MADVISE] = HUGE_MAY_MADVISE, [THP_ALWAYS] = HUGE_MAY_ALWAYS,
	};

	return may[mode];
}

static enum thp_mode mount_of(struct facts_of *facts, const struct area *area)
{
	if (!facts->looked || facts->dev_major != area->dev_major || facts->dev_minor != area->dev_minor)
		facts->mount = thp_of_mount(facts->asked->process->thread, area->dev_major, area->dev_minor);
	facts->looked = true;
	facts->dev_major = area->dev_major;
	facts->dev_minor = area->dev_minor;
	return facts->mount;
}

/* What no mount has is the kernel's own: memfd, SysV, and shared anonymous memory, which has a setting of its own. */
static enum huge_may may_of_shmem(struct facts_of *facts, const struct area *area)
{
	const struct thp_machine *machine = facts->asked->machine;
	enum thp_mode mount;

	if (!strcmp(area->ops->symbol, "shmem_anon_vm_ops"))
		return may_of(machine->shared);
	if (machine->mounts != THP_UNKNOWN)
		return may_of(machine->mounts);
	mount = mount_of(facts, area);
	if (mount == THP_UNKNOWN)
		return may_of(machine->shmem);
	return mount == THP_NEVER ? HUGE_MAY_NOT_FILE : may_of(mount);
}

/* Whether its file system has huge pages is not asked where the setting forbids them anyhow. */
static enum huge_may may_of_file(struct facts_of *facts, const struct area *area)
{
	enum huge_may may = may_of(facts->asked->machine->file);
	bool advised = huge_has_flag(facts->asked->process, area, "hugepage");

	if (may == HUGE_MAY_NEVER || (may == HUGE_MAY_MADVISE && !advised))
		return may;
	facts->ask_kernel = true;
	return HUGE_MAY_UNKNOWN;
}

static bool is_asked(const struct huge_asked *asked, const struct area *area)
{
	enum huge_reason reason;
	uint64_t low, high;

	return area->start <= asked->high && area->end > asked->low && huge_is_candidate(asked->process, area) &&
	       huge_span(asked->process, area, &low, &high, &reason);
}

static enum huge_may may_of_area(struct facts_of *facts, const struct area *area)
{
	if (!is_asked(facts->asked, area))
		return HUGE_MAY_UNKNOWN;
	if (huge_is_anon(area))
		return may_of(facts->asked->machine->anon);
	return huge_is_shmem(area) ? may_of_shmem(facts, area) : may_of_file(facts, area);
}

/* Files are those that are asked about and not yet known. */
static void take_answer(void *context, uint64_t start, bool eligible)
{
	const struct facts_of *facts = context;
	const struct process *process = facts->asked->process;
	const struct area *area = process_find_area(process, start);
	uint8_t *may = area ? &facts->may[area - process->areas] : NULL;

	if (!area || *may != HUGE_MAY_UNKNOWN || !is_asked(facts->asked, area) || huge_is_anon(area) ||
	    huge_is_shmem(area) || huge_has_flag(process, area, "nohugepage"))
		return;
	*may = eligible ? HUGE_MAY_ALWAYS : HUGE_MAY_NOT_FILE;
}

uint8_t *huge_may_read(const struct huge_asked *asked)
{
	const struct process *process = asked->process;
	struct facts_of facts = { .asked = asked };

	facts.may = calloc(process->nr_areas + 1, sizeof(*facts.may));
	for (size_t i = 0; facts.may && i < process->nr_areas; i++)
		facts.may[i] = may_of_area(&facts, &process->areas[i]);
	if (facts.may && facts.ask_kernel && asked->allowed == THP_PROCESS_ON)
		thp_eligible(process->thread, take_answer, &facts);
	return facts.may;
}
