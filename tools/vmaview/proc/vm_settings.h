/* SPDX-License-Identifier: GPL-2.0 */
/* vm_settings.h - out: what of this machine decides whether memory is swapped out, and moved by compaction. */
#ifndef VMAVIEW_VM_SETTINGS_H
#define VMAVIEW_VM_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

struct vm_settings {
	bool knows_swap;
	uint64_t swap_free;		/* in bytes */
	bool knows_compaction;
	bool compacts_unevictable;	/* vm.compact_unevictable_allowed */
};

void vm_settings_read(struct vm_settings *settings);

#endif /* VMAVIEW_VM_SETTINGS_H */
