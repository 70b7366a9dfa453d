// SPDX-License-Identifier: GPL-2.0
/* tally.c - classified pages in, the sums of an area out.  Pure; builds in the kernel and on the host. */
#include "judge/tally.h"

static void tally_cow(struct vmaview_area *area, enum cow cow, __u64 bytes)
{
	switch (cow) {
	case COW_COPY:
		area->cow_copy += bytes;
		area->cow_debt += bytes;
		break;
	case COW_REUSE:
		area->cow_reuse += bytes;
		break;
	case COW_MAYBE:
		area->cow_maybe += bytes;
		break;
	case COW_SOURCE:
		area->cow_source += bytes;
		area->cow_debt += bytes;
		break;
	case COW_NOT:
		break;
	}
}

static void tally_reclaim(struct vmaview_area *area, enum reclaim reclaim, __u64 bytes)
{
	switch (reclaim) {
	case LEAF_RECLAIM_DROP:
		area->reclaim_drop += bytes;
		break;
	case LEAF_RECLAIM_WRITE:
		area->reclaim_write += bytes;
		break;
	case LEAF_RECLAIM_SWAP:
		area->reclaim_swap += bytes;
		break;
	case LEAF_RECLAIM_NEVER:
		area->reclaim_never += bytes;
		break;
	case LEAF_RECLAIM_NOT:
		break;
	}
}

static void tally_refs(struct vmaview_area *area, const struct leaf *leaf, __u64 nr)
{
	if (leaf->refcount > area->refcount_max)
		area->refcount_max = leaf->refcount;
	if (leaf->mapcount > area->mapcount_max)
		area->mapcount_max = leaf->mapcount;
	if (classify_extra_refs(leaf) > 0) {
		area->extra_refs += nr;
		if (classify_in_lru_batch(leaf))
			area->extra_refs_lru += nr;
	}
}

static void tally_flags(struct vmaview_area *area, const struct leaf *leaf, __u64 bytes)
{
	if (!(leaf->bits & (LEAF_PINNED | LEAF_MLOCKED | LEAF_UNEVICTABLE | LEAF_WRITEBACK)))
		return;
	if (leaf->bits & LEAF_PINNED)
		area->maybe_pinned += bytes;
	if (leaf->bits & LEAF_MLOCKED)
		area->mlocked += bytes;
	if (leaf->bits & LEAF_UNEVICTABLE)
		area->unevictable += bytes;
	if (leaf->bits & LEAF_WRITEBACK)
		area->writeback += bytes;
}

/* smaps_account() in fs/proc/task_mmu.c: may another process map the page, too? */
static _Bool is_shared(const struct leaf *leaf, const struct rules *rules)
{
	if (rules->by_folio && leaf->bits & LEAF_LARGE)
		return leaf->bits & LEAF_OTHER_MM;
	return leaf->page_mapcount >= 2;
}

/* smaps_page_accumulate() in fs/proc/task_mmu.c; @pss is that of all pages together. */
static void tally_smaps_sharing(struct vmaview_area *area, const struct leaf *leaf,
				const struct rules *rules, __u64 nr)
{
	_Bool present = leaf->state == LEAF_STATE_PRESENT || leaf->bits & LEAF_COUNTED;
	__u64 bytes = nr * rules->page_size;
	__u64 pss = bytes << VMAVIEW_PSS_SHIFT;
	_Bool private = 1;

	if (!present) {
		private = !rules->absent_is_shared;
	} else if (leaf->refcount != 1) {
		private = !is_shared(leaf, rules);
		if (leaf->page_mapcount >= 2)
			pss = nr * (((__u64)rules->page_size << VMAVIEW_PSS_SHIFT) / leaf->page_mapcount);
	}

	area->pss += pss;
	if (rules->locked)
		area->locked += pss;
	if (leaf->bits & (LEAF_DIRTY | LEAF_FOLIO_DIRTY)) {
		area->pss_dirty += pss;
		*(private ? &area->private_dirty : &area->shared_dirty) += bytes;
	} else {
		*(private ? &area->private_clean : &area->shared_clean) += bytes;
	}
}

/* smaps_pmd_entry() in fs/proc/task_mmu.c. */
static void tally_smaps_huge(struct vmaview_area *area, const struct leaf *leaf, __u64 bytes)
{
	if (leaf->bits & LEAF_ANON)
		area->anon_huge += bytes;
	else if (leaf->bits & LEAF_SWAPBACKED)
		area->shmem_pmd += bytes;
	else if (!(leaf->bits & LEAF_ZONE_DEVICE))
		area->file_pmd += bytes;
}

/* smaps_account() in fs/proc/task_mmu.c. */
static void tally_smaps(struct vmaview_area *area, const struct leaf *leaf,
			const struct rules *rules, __u64 nr)
{
	__u64 bytes = nr * rules->page_size;
	_Bool dirty = leaf->bits & (LEAF_DIRTY | LEAF_FOLIO_DIRTY);

	area->rss += bytes;
	if (leaf->level > 0)
		tally_smaps_huge(area, leaf, bytes);
	if (leaf->bits & LEAF_ANON) {
		area->anonymous += bytes;
		if (!(leaf->bits & LEAF_SWAPBACKED) && !dirty)
			area->lazyfree += bytes;
	}
	if (leaf->bits & LEAF_KSM)
		area->ksm += bytes;
	if (leaf->bits & (LEAF_YOUNG | LEAF_FOLIO_YOUNG))
		area->referenced += bytes;
	tally_smaps_sharing(area, leaf, rules, nr);
}

/* smaps_hugetlb_range() in fs/proc/task_mmu.c. */
static void tally_hugetlb(struct vmaview_area *area, const struct leaf *leaf,
			  const struct rules *rules, __u64 bytes)
{
	_Bool present = leaf->state == LEAF_STATE_PRESENT;

	if (leaf->mapcount >= 2 || leaf->bits & LEAF_PMD_SHARED ||
	    (!present && rules->absent_is_shared))
		area->shared_hugetlb += bytes;
	else
		area->private_hugetlb += bytes;
}

/* The sums that smaps has, too: what it has in them. */
static void tally_as_smaps(struct vmaview_area *area, const struct leaf *leaf, const struct rules *rules,
			   __u64 nr)
{
	if (rules->smaps_skips || leaf->bits & LEAF_NOT_IN_SMAPS)
		return;
	if (leaf->bits & LEAF_HUGETLB)
		tally_hugetlb(area, leaf, rules, nr * rules->page_size);
	else
		tally_smaps(area, leaf, rules, nr);
}

void tally_pages(struct vmaview_area *area, const struct leaf *leaf, const struct rules *rules, __u64 nr)
{
	__u64 bytes = nr * rules->page_size;

	if (leaf->bits & LEAF_ONLY_IN_SMAPS) {
		tally_as_smaps(area, leaf, rules, nr);
		return;
	}
	tally_cow(area, classify_cow(leaf, rules), bytes);
	tally_reclaim(area, classify_reclaim(leaf, rules), bytes);
	if (!(leaf->bits & LEAF_PAGE))
		return;
	tally_as_smaps(area, leaf, rules, nr);
	if (leaf->state == LEAF_STATE_PRESENT)
		tally_refs(area, leaf, nr);
	tally_flags(area, leaf, bytes);
}

void tally_swap(struct vmaview_area *area, const struct rules *rules, __u64 nr)
{
	if (!rules->smaps_skips)
		area->swap += nr * rules->page_size;
}

void tally_absent(struct vmaview_area *area, unsigned int state, __u64 nr)
{
	switch (state) {
	case LEAF_STATE_NONE:
		area->absent_none += nr;
		break;
	case LEAF_STATE_SWAP:
		area->absent_swap += nr;
		break;
	case LEAF_STATE_MIGRATION:
		area->absent_migration += nr;
		break;
	case LEAF_STATE_DEVICE:
		area->absent_device += nr;
		break;
	case LEAF_STATE_HWPOISON:
		area->absent_hwpoison += nr;
		break;
	case LEAF_STATE_GUARD:
		area->absent_guard += nr;
		break;
	case LEAF_STATE_UFFD:
		area->absent_uffd += nr;
		break;
	}
}
