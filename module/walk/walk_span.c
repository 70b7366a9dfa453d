// SPDX-License-Identifier: GPL-2.0
/*
 * walk_span.c - an area in, its PMD entries out: the upper levels.
 *
 * Caller holds mmap_lock, or the area's own lock, for reading.  Upper tables of an area that is found
 * under either are not freed before it is dropped; what may vanish below a PMD is descent.h's
 * business.  Each entry is read once and its copy is followed.  Missing upper levels are skipped, not
 * iterated.
 */
#include <linux/hugetlb.h>
#include <linux/pagemap.h>

#include "compat/compat.h"
#include "walk/descent.h"
#include "walk/walk.h"
#include "walk/walk_huge.h"
#include "walk/walk_page.h"
#include "walk/walk_pmd.h"
#include "walk/walk_span.h"
#include "walk/walk_swap.h"

static struct rules area_rules(struct vm_area_struct *vma)
{
	const struct address_space *mapping = vma->vm_file ? vma->vm_file->f_mapping : NULL;
	vm_flags_t flags = vma->vm_flags;

	return (struct rules){
		.cow_large = VV_COW_LARGE,
		.absent_is_shared = VV_SMAPS_ABSENT_IS_SHARED,
		.smaps_skips = vv_smaps_skips(flags),
		.by_folio = VV_SMAPS_BY_FOLIO,
		.cow = (flags & (VM_SHARED | VM_MAYSHARE | VM_WRITE)) == VM_WRITE,
		.locked = !!(flags & VM_LOCKED),
		.droppable = vv_is_droppable(flags),
		.unevictable = mapping && test_bit(AS_UNEVICTABLE, &mapping->flags),
		.unwritten = mapping && !vv_mapping_writes(mapping),
		.page_size = PAGE_SIZE,
	};
}

void walk_begin(struct walk *walk, struct vm_area_struct *vma, struct vmaview_area *area)
{
	walk->vma = vma;
	walk->area = area;
	walk->end = vma->vm_end;
	walk->batch_nr = 0;
	walk->cut = ~0UL;
	walk->work += WALK_WORK_AREA;
	walk->rules = area_rules(vma);
	walk->swap = WALK_SWAP_ENTRIES;
	if (vma->vm_file)
		walk_shmem_begin(walk);
}

/*
 * A missing entry of @span bytes: one step, unless a file's swapped pages have to be counted piece by piece.
 * smaps asks for those of a hole in one go, and for those of the whole area where it does not go by holes.
 */
static unsigned long skip_none(struct walk *walk, unsigned long addr, unsigned long end, unsigned long span)
{
	unsigned long from = walk->area->start;

	if (walk->swap == WALK_SWAP_ENTRIES) {
		walk_note_none(walk, addr, end);
		return end;
	}
	if (walk->swap == WALK_SWAP_HOLES)
		from = max(from, addr & ~(span - 1));
	end = pmd_addr_end(addr, end);
	walk_note_none(walk, addr, end);
	walk_shmem_swap(walk, from, addr, end);
	return end;
}

/* The next @nr entries, of @span bytes, are none. Return: the first address after them. */
static unsigned long skip_entries(struct walk *walk, unsigned long nr, unsigned long addr, unsigned long end,
				  unsigned long span)
{
	if (!nr)
		return addr;
	walk->entries += nr;
	walk->work += 1 + nr / VV_NONE_STEP;
	end = min(end, (addr & ~(span - 1)) + nr * span);
	walk_note_none(walk, addr, end);
	return end;
}

/*
 * Entries that are none, as long as they follow each other.  They are in tables that the hold keeps,
 * and one that is filled in meanwhile was none when it was read.
 * Return: the first address after them.
 */
static unsigned long skip_pmds(struct walk *walk, pmd_t *pmdp, unsigned long addr, unsigned long end)
{
	if (walk->swap != WALK_SWAP_ENTRIES || !pmd_none(vv_pmdp_get_lockless(pmdp)))
		return addr;
	return skip_entries(walk, vv_none_pmds(pmdp, walk_nr_entries(addr, end, PMD_SIZE)), addr, end, PMD_SIZE);
}

/* As skip_pmds(), for the entries of one PUD table. */
static unsigned long skip_puds(struct walk *walk, pud_t *pudp, unsigned long addr, unsigned long end)
{
	if (walk->swap != WALK_SWAP_ENTRIES)
		return addr;
	end = p4d_addr_end(addr, end);
	return skip_entries(walk, vv_none_puds(pudp, walk_nr_entries(addr, end, PUD_SIZE)), addr, end, PUD_SIZE);
}

/* By the table @walk->pmds. */
static unsigned long walk_pmds(struct walk *walk, unsigned long addr, unsigned long end)
{
	unsigned long next;

	walk_count_table(walk, addr, PUD_SIZE);
	for (; addr < end; addr = next) {
		pmd_t *pmdp = walk->pmds + pmd_index(addr);

		next = skip_pmds(walk, pmdp, addr, end);
		if (next != addr) {
			if (!walk_has_room(walk))
				return next;
			continue;
		}
		next = pmd_addr_end(addr, end);
		walk_pmd(walk, pmdp, addr, next);
		if (walk_is_full(walk))
			next = walk->runs->resume;
		if (walk->swap == WALK_SWAP_RANGE)
			walk_shmem_swap(walk, walk->area->start, addr, next);
		if (next < end && walk_time_is_up(walk))
			return next;
	}
	return addr;
}

/* Huge device mappings only: memory with a struct page is at this level in hugetlb alone. */
static void note_huge_pud(struct walk *walk, pud_t *pudp, pud_t pud, unsigned long addr, u64 nr)
{
	struct leaf leaf = { .state = LEAF_STATE_PRESENT, .level = 2 };
	struct entry entry = {
		.swap_offset = VMAVIEW_UNKNOWN64,
		.swap_type = VMAVIEW_UNKNOWN,
		.level = 2,
	};
	spinlock_t *ptl = pud_lock_huge(walk, pudp, &pud);

	if (!ptl) {
		walk->area->flags |= VMAVIEW_AREA_CHANGED;
		return;
	}
	entry.pfn = pud_pfn(pud) + ((addr & ~PUD_MASK) >> PAGE_SHIFT);
	leaf.bits = (pud_write(pud) ? LEAF_WRITE : 0);
	walk->area->leaves[2]++;
	walk_note_at(walk, addr, &leaf, &entry, nr);
	spin_unlock(ptl);
}

/*
 * One PUD entry; @end is within it.
 * Return: @addr where it names a table, which is @walk->pmds now; else the address to go on from.
 */
static unsigned long enter_pud(struct walk *walk, pud_t *pudp, unsigned long addr, unsigned long end)
{
	pud_t pud = READ_ONCE(*pudp);

	walk->entries++;
	if (!pud_present(pud))
		return skip_none(walk, addr, end, PUD_SIZE);
	if (vv_pud_leaf(pud)) {
		note_huge_pud(walk, pudp, pud, addr, (end - addr) >> PAGE_SHIFT);
		return end;
	}
	if (unlikely(pud_bad(pud)))
		return end;
	walk->pmds = descend_pud(pudp, pud, addr & PUD_MASK);
	walk->pmds_start = addr & PUD_MASK;
	return addr;
}

/*
 * From the top to one table of PMDs; a level that is missing is skipped whole.
 * Return: as enter_pud().  Seldom needed, so kept out of walk_span().
 */
static noinline unsigned long find_pmds(struct walk *walk, unsigned long addr, unsigned long end)
{
	unsigned long span, next;
	pud_t *pudp = descend_to_pud(walk->mm, addr, &span);

	walk->entries++;
	walk->work++;
	if (!pudp)
		return skip_none(walk, addr, walk_entry_end(addr, end, span), span);
	walk_count_table(walk, addr, P4D_SIZE);
	next = skip_puds(walk, pudp, addr, end);
	return next != addr ? next : enter_pud(walk, pudp, addr, pud_addr_end(addr, end));
}

/*
 * Is @addr in the table of PMDs that this hold was in last?  Then the way down is known.
 *
 * The table is still there: free_pgtables() frees none that an area needs which is in the tree, and
 * since its lock or mmap_lock is held, ours does not leave the tree.  Nor does move_page_tables() move
 * it: it moves whole tables that are of one other area only.
 */
static bool knows_pmds(struct walk *walk, unsigned long addr)
{
	if ((addr & PUD_MASK) != walk->pmds_start)
		return false;
	walk_count_table(walk, addr, P4D_SIZE);
	return true;
}

static unsigned long walk_tables(struct walk *walk, unsigned long addr, unsigned long end)
{
	unsigned long next = knows_pmds(walk, addr) ? addr : find_pmds(walk, addr, end);

	return next != addr ? next : walk_pmds(walk, addr, pud_addr_end(addr, end));
}

unsigned long walk_span(struct walk *walk, unsigned long addr)
{
	unsigned long end = walk->end;

	if (walk->area_only)
		vv_area_assert_locked(walk->vma);
	else
		lockdep_assert_held(&walk->mm->mmap_lock);
	if (addr >= end || !walk_has_room(walk))
		return addr;
	if (is_vm_hugetlb_page(walk->vma)) {
		addr = walk_hugetlb(walk, addr, end);
	} else {
		do {
			addr = walk_tables(walk, addr, end);
		} while (addr < end && !walk_time_is_up(walk));
	}
	walk_flush(walk);
	return addr;
}
