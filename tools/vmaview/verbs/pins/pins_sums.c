// SPDX-License-Identifier: GPL-2.0
/* pins_sums.c - in: the areas of a process; out: what is kept of them, in bytes. */
#include "verbs/pins/pins_sums.h"
#include "vmaview/flags.h"

uint64_t pin_locked_flag(const struct process *process)
{
	static const char *const words[] = { "locked" };

	return flags_with_words(process, UINT64_MAX, words, 1);
}

struct pin_sums pin_sums_of(const struct process *process)
{
	uint64_t locked = pin_locked_flag(process);
	struct pin_sums sums = { 0 };

	for (size_t i = 0; i < process->nr_areas; i++) {
		const struct area *area = &process->areas[i];

		sums.locked += area->vm_flags & locked ? area->end - area->start : 0;
		sums.mlocked += area_get(area, KEY_MLOCKED);
		sums.unevictable += area_get(area, KEY_UNEVICTABLE);
		sums.maybe_pinned += area_get(area, KEY_MAYBE_PINNED);
	}
	return sums;
}
