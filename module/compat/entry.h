/* SPDX-License-Identifier: GPL-2.0 */
/* entry.h - page-table entries in one shape: how to read one, and what one that is not present means. */
#ifndef VMAVIEW_COMPAT_ENTRY_H
#define VMAVIEW_COMPAT_ENTRY_H

#include <linux/mm.h>
#include <linux/swap.h>
#include <linux/swapops.h>
#include <linux/userfaultfd_k.h>

#include "compat/arch/arch.h"
#include "compat/entry_parts.h"
#include "compat/folio.h"
#include "judge/leaf.h"

#if HAVE_SOFTLEAF
#include <linux/leafops.h>
#endif

static inline pmd_t vv_pmdp_get_lockless(pmd_t *pmdp)
{
#if HAVE_PMDP_GET_LOCKLESS
	return pmdp_get_lockless(pmdp);
#else
	return READ_ONCE(*pmdp);	/* one load on 64 bit; see pmd_read_atomic() */
#endif
}

/*
 * Are VV_NONE_STEP entries side by side, of any level, all none?  Where the architecture does not say, they are
 * looked at one by one.
 */
#define VV_NONE_STEP	8

#ifndef vv_step_is_none
static __always_inline bool vv_step_is_none(const void *entries)
{
	return false;
}
#endif

/* vv_none_ptes(), vv_none_pmds(), vv_none_puds(): how many of @max entries are none, from the first on. */
#define VV_COUNT_NONE(level) \
static inline unsigned long vv_none_##level##s(level##_t *entry, unsigned long max) \
{ \
	unsigned long nr = 0; \
\
	while (max - nr >= VV_NONE_STEP && vv_step_is_none(entry + nr)) \
		nr += VV_NONE_STEP; \
	while (nr < max && level##_none(READ_ONCE(entry[nr]))) \
		nr++; \
	return nr; \
}

VV_COUNT_NONE(pte)
VV_COUNT_NONE(pmd)
VV_COUNT_NONE(pud)

#ifndef vv_pte_parts
/* @mask: vv_pte_frame_mask() */
static __always_inline struct vv_pte_parts vv_pte_parts(pte_t pte, unsigned long mask)
{
	unsigned long frame = pte_pfn(pte);

	return (struct vv_pte_parts){ frame << PAGE_SHIFT, pte_val(pte) ^ pte_val(pfn_pte(frame, __pgprot(0))) };
}

#define vv_pte_frame_mask() 0
#endif

/* Protected by userfaultfd, so that the next access may go to a handler. */
static inline bool vv_pte_uffd(pte_t pte)
{
#if HAVE_PTE_UFFD
	return pte_uffd(pte);
#else
	return pte_uffd_wp(pte);
#endif
}

static inline bool vv_pmd_uffd(pmd_t pmd)
{
#if HAVE_PTE_UFFD
	return pmd_uffd(pmd);
#else
	return pmd_uffd_wp(pmd);
#endif
}

/* Of an entry that is not present. */
static inline bool vv_pte_swp_uffd(pte_t pte)
{
#if HAVE_PTE_UFFD
	return pte_swp_uffd(pte);
#else
	return pte_swp_uffd_wp(pte);
#endif
}

#define VV_KNOW_GUARD		HAVE_PTE_MARKER_GUARD
#ifdef CONFIG_MEM_SOFT_DIRTY
#define VV_KNOW_SOFT_DIRTY	1
#else
#define VV_KNOW_SOFT_DIRTY	0
#endif

/* The entry itself allows execution. */
#ifndef vv_pte_exec
static inline bool vv_pte_exec(pte_t pte)
{
	return pte_user_exec(pte);
}

static inline bool vv_pmd_exec(pmd_t pmd)
{
	return pte_user_exec(pmd_pte(pmd));
}
#endif

/* As vv_pte_swp_uffd(). */
static inline bool vv_pmd_swp_uffd(pmd_t pmd)
{
#if HAVE_PTE_UFFD
	return pmd_swp_uffd(pmd);
#else
	return pmd_swp_uffd_wp(pmd);
#endif
}

/* No struct page may be followed from this entry: vm_normal_page() in mm/memory.c gives NULL. */
static inline bool vv_pte_special(pte_t pte)
{
#if HAVE_PTE_DEVMAP
	if (pte_devmap(pte))
		return true;
#endif
	return pte_special(pte);
}

#ifndef vv_rest_may_have_page
/* May an entry with this rest lead to a struct page?  As vm_normal_page(), but for the frame. */
static __always_inline bool vv_rest_may_have_page(unsigned long rest)
{
	return pte_present(__pte(rest)) && !vv_pte_special(__pte(rest));
}
#endif

static inline bool vv_pmd_special(pmd_t pmd)
{
#if HAVE_PTE_DEVMAP
	if (pmd_devmap(pmd))
		return true;
#endif
#if HAVE_PMD_SPECIAL
	return pmd_special(pmd);
#else
	return false;
#endif
}

static inline bool vv_pud_leaf(pud_t pud)
{
	return pud_present(pud) && pud_leaf(pud);
}

/**
 * struct vv_absent - what an entry that is neither none nor present stands for
 * @state: LEAF_STATE_*
 * @pfn: the first frame it names, VMAVIEW_UNKNOWN64 for none
 * @page: the struct page of that, NULL for none: memory that is broken may have been taken out of the
 *	machine since; may be read while the table's lock is held
 * @counted: smaps goes by the mapcounts of @page, as of one that is present: smaps_pte_entry() in
 *	fs/proc/task_mmu.c
 * @exclusive: in migration: what PageAnonExclusive() will be, which the page has lost meanwhile
 * @swap_type: of LEAF_STATE_SWAP, the device
 * @swap_offset: and the first slot in it
 */
struct vv_absent {
	u32 state;
	u32 swap_type;
	u64 swap_offset;
	u64 pfn;
	struct page *page;
	bool counted;
	bool exclusive;
};

/* smaps_pmd_entry() goes by no mapcount of an entry that is not present. */
static inline struct vv_absent vv_absent_uncounted(struct vv_absent absent)
{
	absent.counted = false;
	return absent;
}

static inline struct vv_absent vv_absent_slot(swp_entry_t entry)
{
	return (struct vv_absent){
		.state = LEAF_STATE_SWAP,
		.swap_type = swp_type(entry),
		.swap_offset = swp_offset(entry),
		.pfn = VMAVIEW_UNKNOWN64,
	};
}

#if HAVE_SOFTLEAF

static inline void vv_absent_name(struct vv_absent *absent, softleaf_t entry)
{
	absent->pfn = softleaf_to_pfn(entry);
	if (!pfn_valid(absent->pfn))
		return;
	absent->page = softleaf_to_page(entry);
	absent->counted = softleaf_is_device_private(entry);
	absent->exclusive = (softleaf_is_migration_write(entry) ||
			     softleaf_is_migration_read_exclusive(entry)) && PageAnon(absent->page);
}

static inline struct vv_absent vv_absent_softleaf(softleaf_t entry)
{
	struct vv_absent absent = { .state = LEAF_STATE_NONE, .pfn = VMAVIEW_UNKNOWN64 };

	if (softleaf_is_swap(entry))
		return vv_absent_slot(entry);
	if (softleaf_is_migration(entry))
		absent.state = LEAF_STATE_MIGRATION;
	else if (softleaf_is_device_private(entry) || softleaf_is_device_exclusive(entry))
		absent.state = LEAF_STATE_DEVICE;
	else if (softleaf_is_hwpoison(entry) || softleaf_is_poison_marker(entry))
		absent.state = LEAF_STATE_HWPOISON;
	else if (softleaf_is_guard_marker(entry))
		absent.state = LEAF_STATE_GUARD;
	else if (softleaf_is_uffd_wp_marker(entry))
		absent.state = LEAF_STATE_UFFD;
	if (softleaf_has_pfn(entry))
		vv_absent_name(&absent, entry);
	return absent;
}

static inline struct vv_absent vv_absent_pte(pte_t pte)
{
	return vv_absent_softleaf(softleaf_from_pte(pte));
}

static inline struct vv_absent vv_absent_pmd(pmd_t pmd)
{
	return vv_absent_uncounted(vv_absent_softleaf(softleaf_from_pmd(pmd)));
}

#else

static inline u32 vv_marker_state(swp_entry_t entry)
{
#if HAVE_PTE_MARKER_POISONED
	if (pte_marker_get(entry) & PTE_MARKER_POISONED)
		return LEAF_STATE_HWPOISON;
#endif
#if HAVE_PTE_MARKER_GUARD
	if (pte_marker_get(entry) & PTE_MARKER_GUARD)
		return LEAF_STATE_GUARD;
#endif
	return pte_marker_get(entry) & PTE_MARKER_UFFD_WP ? LEAF_STATE_UFFD : LEAF_STATE_NONE;
}

static inline bool vv_is_poison_entry(swp_entry_t entry)
{
#if !HAVE_PTE_MARKER_POISONED
	if (is_swapin_error_entry(entry))
		return true;
#endif
	return is_hwpoison_entry(entry);
}

static inline void vv_absent_name(struct vv_absent *absent, swp_entry_t entry)
{
	absent->pfn = swp_offset_pfn(entry);
	if (!pfn_valid(absent->pfn))
		return;
	absent->page = pfn_swap_entry_to_page(entry);
	/* Nor of a poisoned page, which nothing keeps as it is: smaps finds it unmapped, and so private. */
	absent->counted = is_device_private_entry(entry) ||
			  (!VV_SMAPS_ABSENT_IS_SHARED && is_device_exclusive_entry(entry));
	absent->exclusive = (is_writable_migration_entry(entry) ||
			     is_readable_exclusive_migration_entry(entry)) && PageAnon(absent->page);
}

static inline struct vv_absent vv_absent_swp(swp_entry_t entry)
{
	struct vv_absent absent = { .state = LEAF_STATE_NONE, .pfn = VMAVIEW_UNKNOWN64 };

	if (!non_swap_entry(entry))
		return vv_absent_slot(entry);
	if (is_migration_entry(entry))
		absent.state = LEAF_STATE_MIGRATION;
	else if (is_device_private_entry(entry) || is_device_exclusive_entry(entry))
		absent.state = LEAF_STATE_DEVICE;
	else if (vv_is_poison_entry(entry))
		absent.state = LEAF_STATE_HWPOISON;
	else if (is_pte_marker_entry(entry))
		absent.state = vv_marker_state(entry);
	if (is_pfn_swap_entry(entry))
		vv_absent_name(&absent, entry);
	return absent;
}

static inline struct vv_absent vv_absent_pte(pte_t pte)
{
	return vv_absent_swp(pte_to_swp_entry(pte));
}

static inline struct vv_absent vv_absent_pmd(pmd_t pmd)
{
	return vv_absent_uncounted(vv_absent_swp(pmd_to_swp_entry(pmd)));
}

#endif /* HAVE_SOFTLEAF */

#endif
