/* SPDX-License-Identifier: GPL-2.0 */
/* entry_kind.h - what an entry that is there points to. */
#ifndef VMAVIEW_ENTRY_KIND_H
#define VMAVIEW_ENTRY_KIND_H

/** enum vv_entry_kind - what an entry that is there points to */
enum vv_entry_kind {
	VV_ENTRY_TABLE,
	VV_ENTRY_PAGE,		/* a leaf of the last level */
	VV_ENTRY_HUGE,		/* a leaf of another one */
};

#endif
