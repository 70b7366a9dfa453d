// SPDX-License-Identifier: GPL-2.0
/*
 * kind.c - in: an area among its neighbours; out: what kind of memory it is.
 *
 * Who serves its faults says more than its name, which others may choose; without the module there is only that.
 */
#include <string.h>

#include "vmaview/flags.h"
#include "vmaview/kind.h"
#include "vmaview/label.h"

const char *const kind_names[KIND_OF_NR] = {
	[KIND_OF_TEXT] = "text",
	[KIND_OF_DATA] = "data",
	[KIND_OF_BSS] = "bss",
	[KIND_OF_HEAP] = "heap",
	[KIND_OF_STACK] = "stack",
	[KIND_OF_THREAD_STACK] = "thread-stack",
	[KIND_OF_ANON] = "anon",
	[KIND_OF_FILE] = "file",
	[KIND_OF_SHMEM] = "shmem",
	[KIND_OF_MEMFD] = "memfd",
	[KIND_OF_HUGETLB] = "hugetlb",
	[KIND_OF_SYSV] = "sysv",
	[KIND_OF_DEVICE] = "device",
	[KIND_OF_SPECIAL] = "special",
	[KIND_OF_GUARD] = "guard",
	[KIND_OF_UNKNOWN] = "unknown",
};

static bool starts(const char *text, const char *with)
{
	return *text == *with && !strncmp(text, with, strlen(with));
}

bool kind_is_vdso(const struct area *area)
{
	return starts(area->name, "[vdso]") || starts(area->name, "[vvar") || starts(area->name, "[vsyscall]") ||
	       starts(area->name, "[vectors]") || starts(area->name, "[sigpage]");
}

static bool has_symbol(const struct area *area, const char *with)
{
	return area->ops && starts(area->ops->symbol, with);
}

static bool has_flag(const struct process *process, const struct area *area, const char *word)
{
	return flags_with_words(process, area->vm_flags, &word, 1);
}

static bool is_hugetlb(const struct process *process, const struct area *area)
{
	return has_symbol(area, "hugetlb_vm_ops") || has_flag(process, area, "hugetlb") ||
	       starts(area->name, "/anon_hugepage");
}

static bool is_shmem(const struct area *area)
{
	return has_symbol(area, "shmem_") || starts(area->name, "/dev/shm/") ||
	       starts(area->name, "/dev/zero (deleted)") || starts(area->name, "[anon_shmem:");
}

static bool is_device(const struct process *process, const struct area *area)
{
	return starts(area->name, "/dev/") || has_flag(process, area, "pfnmap") || has_flag(process, area, "io");
}

/* Mappings of files of the kernel's own, which have no path. */
static bool is_special(const struct area *area)
{
	return kind_is_vdso(area) || starts(area->name, "[uprobes]") || starts(area->name, "anon_inode:") ||
	       starts(area->name, "socket:");
}

/* What a name or the area's operations say for themselves; KIND_OF_NR: any file, or none. */
static enum kind kind_at_once(const struct process *process, const struct area *area)
{
	if (is_special(area))
		return KIND_OF_SPECIAL;
	if (starts(area->name, "[stack]"))
		return KIND_OF_STACK;
	if (starts(area->name, "[heap]"))
		return KIND_OF_HEAP;
	if (is_hugetlb(process, area))
		return KIND_OF_HUGETLB;
	if (has_symbol(area, "shm_vm_ops") || starts(area->name, "/SYSV"))
		return KIND_OF_SYSV;
	if (starts(area->name, "/memfd:"))
		return KIND_OF_MEMFD;
	if (is_shmem(area))
		return KIND_OF_SHMEM;
	return is_device(process, area) ? KIND_OF_DEVICE : KIND_OF_NR;
}

static bool is_file(const struct area *area)
{
	return area->inode || area->name[0] == '/';
}

static bool has_some(const struct area *area, enum key key)
{
	return area_knows(area, key) && area_get(area, key);
}

static enum kind kind_of_file(const struct area *area)
{
	if (area->perms[2] == 'x')
		return KIND_OF_TEXT;
	if (area->perms[3] == '?')
		return KIND_OF_UNKNOWN;
	return area->perms[3] == 'p' && (area->perms[1] == 'w' || has_some(area, KEY_ANONYMOUS)) ?
	       KIND_OF_DATA : KIND_OF_FILE;
}

/* The part of a program's data that its file does not have. */
static bool is_bss(const struct process *process, size_t index)
{
	const struct area *area = &process->areas[index], *before = area - 1;

	return index && before->end == area->start && area->perms[1] == 'w' && is_file(before) &&
	       kind_at_once(process, before) == KIND_OF_NR && kind_of_file(before) == KIND_OF_DATA;
}

enum kind kind_of_area(const struct process *process, size_t index)
{
	const struct area *area = &process->areas[index];
	enum kind kind = kind_at_once(process, area);

	if (kind != KIND_OF_NR)
		return kind;
	if (starts(area->perms, "---") && !has_some(area, KEY_RSS) && !has_some(area, KEY_SWAP))
		return KIND_OF_GUARD;
	if (is_file(area))
		return kind_of_file(area);
	if (label_thread(process, area) >= 0)
		return KIND_OF_THREAD_STACK;
	if (area->lacks & AREA_LACKS_NAME)
		return KIND_OF_UNKNOWN;
	return is_bss(process, index) ? KIND_OF_BSS : KIND_OF_ANON;
}

void kinds_find(struct process *process)
{
	for (size_t i = 0; i < process->nr_areas; i++) {
		struct area *area = &process->areas[i];

		area->kind = 1 + kind_of_area(process, i);
		area->label = label_of_area(process, i);
		if (area->label == LABEL_THREAD)
			area->thread = label_thread(process, area);
	}
}
