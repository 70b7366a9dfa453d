// SPDX-License-Identifier: GPL-2.0
/* memory.c - out: what the memory of this machine is used for, from one reading of /proc/meminfo, by libproc2. */
#include <stddef.h>

#include <libproc2/meminfo.h>

#include "proc/memory.h"

enum {
	AT_TOTAL, AT_FREE, AT_CACHED, AT_BUFFERS, AT_MAPPED, AT_SLAB, AT_STACKS, AT_TABLES, AT_VMALLOC, AT_PERCPU,
	AT_SHMEM, AT_SWAPPED, AT_NR
};

static enum meminfo_item items[AT_NR] = {
	[AT_TOTAL] = MEMINFO_MEM_TOTAL,
	[AT_FREE] = MEMINFO_MEM_FREE,
	[AT_CACHED] = MEMINFO_MEM_CACHED,
	[AT_BUFFERS] = MEMINFO_MEM_BUFFERS,
	[AT_MAPPED] = MEMINFO_MEM_MAPPED,
	[AT_SLAB] = MEMINFO_MEM_SLAB,
	[AT_STACKS] = MEMINFO_MEM_KERNEL_STACK,
	[AT_TABLES] = MEMINFO_MEM_PAGE_TABLES,
	[AT_VMALLOC] = MEMINFO_MEM_VM_ALLOC_USED,
	[AT_PERCPU] = MEMINFO_MEM_PER_CPU,
	[AT_SHMEM] = MEMINFO_MEM_SHARED,
	[AT_SWAPPED] = MEMINFO_SWAP_USED,
};

/* In kB. */
static uint64_t value(const struct meminfo_stack *stack, int at)
{
	return stack->head[at].result.ul_int;
}

/* With CONFIG_VMAP_STACK what vmalloc() gave includes the stacks; where it is less, it does not. */
static uint64_t kernel_of(const struct meminfo_stack *stack)
{
	uint64_t vmalloc = value(stack, AT_VMALLOC), stacks = value(stack, AT_STACKS);

	if (vmalloc < stacks)
		vmalloc += stacks;
	return value(stack, AT_SLAB) + value(stack, AT_TABLES) + value(stack, AT_PERCPU) + vmalloc;
}

bool memory_read(struct memory *memory)
{
	struct meminfo_info *info = NULL;
	struct meminfo_stack *stack;
	uint64_t cached, mapped;

	if (procps_meminfo_new(&info))
		return false;
	stack = procps_meminfo_select(info, items, AT_NR);
	if (stack) {
		cached = value(stack, AT_CACHED) + value(stack, AT_BUFFERS);
		mapped = value(stack, AT_MAPPED);
		*memory = (struct memory){
			.ram = value(stack, AT_TOTAL) << 10,
			.free = value(stack, AT_FREE) << 10,
			.cache = (cached > mapped ? cached - mapped : 0) << 10,
			.kernel = kernel_of(stack) << 10,
			.shmem = value(stack, AT_SHMEM) << 10,
			.swapped = value(stack, AT_SWAPPED) << 10,
		};
	}
	procps_meminfo_unref(&info);
	return stack;
}

bool memory_is_swapped(void)
{
	struct memory memory;

	return !memory_read(&memory) || memory.swapped;
}
