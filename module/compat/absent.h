/* SPDX-License-Identifier: GPL-2.0 */
/* absent.h - more of entries that are not present: what they will be once their page is back. */
#ifndef VMAVIEW_COMPAT_ABSENT_H
#define VMAVIEW_COMPAT_ABSENT_H

#include "compat/entry.h"

/* In migration, and writable afterwards. */
#if HAVE_SOFTLEAF

static inline bool vv_pte_migrates_writable(pte_t pte)
{
	return softleaf_is_migration_write(softleaf_from_pte(pte));
}

static inline bool vv_pmd_migrates_writable(pmd_t pmd)
{
	return softleaf_is_migration_write(softleaf_from_pmd(pmd));
}

#else

static inline bool vv_pte_migrates_writable(pte_t pte)
{
	return is_writable_migration_entry(pte_to_swp_entry(pte));
}

static inline bool vv_pmd_migrates_writable(pmd_t pmd)
{
	return is_writable_migration_entry(pmd_to_swp_entry(pmd));
}

#endif

/*
 * What could not be read from swap: where a marker stands for that, it is a poisoned page like any other;
 * before, do_swap_page() sent another SIGBUS.
 */
static inline bool vv_pte_is_lost(pte_t pte)
{
#if HAVE_SOFTLEAF || HAVE_PTE_MARKER_POISONED
	return false;
#else
	return is_swapin_error_entry(pte_to_swp_entry(pte));
#endif
}

#endif
