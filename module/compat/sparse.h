/* SPDX-License-Identifier: GPL-2.0 */
/* sparse.h - how many page frames share an answer of pfn_valid(). */
#ifndef VMAVIEW_COMPAT_SPARSE_H
#define VMAVIEW_COMPAT_SPARSE_H

#include <linux/mmzone.h>

#ifdef PFN_SUBSECTION_SHIFT
#define VV_SUBSECTION_SHIFT PFN_SUBSECTION_SHIFT
#else
#define VV_SUBSECTION_SHIFT 0
#endif

#if defined(CONFIG_SPARSEMEM_VMEMMAP) && !defined(CONFIG_HAVE_ARCH_PFN_VALID)

#define VV_SECTION_SHIFT PFN_SECTION_SHIFT

/*
 * Of a valid @pfn: is its whole section?  pfn_valid() says so of sections that were there at boot, holes included; of
 * those that were added since it asks for each subsection.
 */
static inline bool vv_section_is_whole(unsigned long pfn)
{
	return early_section(__pfn_to_section(pfn));
}

#else

#define VV_SECTION_SHIFT 15	/* any: none is known */

static inline bool vv_section_is_whole(unsigned long pfn)
{
	return false;
}

#endif

#endif
