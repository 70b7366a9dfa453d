/* SPDX-License-Identifier: GPL-2.0 */
/* pins_sums.h - in: the areas of a process; out: what is kept of them. */
#ifndef VMAVIEW_PINS_SUMS_H
#define VMAVIEW_PINS_SUMS_H

#include "vmaview/model.h"

/* Of a process, in bytes. */
struct pin_sums {
	uint64_t locked;	/* in areas with VM_LOCKED, present or not */
	uint64_t mlocked;
	uint64_t unevictable;
	uint64_t maybe_pinned;
};

struct pin_sums pin_sums_of(const struct process *process);

/* The bit of VM_LOCKED in vm_flags; 0 where the kernel has no such flag. */
uint64_t pin_locked_flag(const struct process *process);

#endif /* VMAVIEW_PINS_SUMS_H */
