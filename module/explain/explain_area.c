// SPDX-License-Identifier: GPL-2.0
/*
 * explain_area.c - a vm_area_struct and an address in, what serves a fault there and what it finds out.
 *
 * Caller holds mmap_lock for reading.  The page cache is looked at under RCU, no reference is taken:
 * what is said of it was true a moment ago.
 */
#include <linux/fs.h>
#include <linux/hugetlb.h>
#include <linux/magic.h>
#include <linux/pagemap.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include <linux/swap.h>
#include <linux/swapops.h>
#include <linux/xarray.h>

#include "compat/compat.h"
#include "compat/hugetlb.h"
#include "compat/rights.h"
#include "compat/userfaultfd.h"
#include "explain/explain.h"
#include "explain/explain_area.h"
#include "explain/explain_supply.h"
#include "mm/area.h"

static u32 permission_bits(struct task_struct *task, struct vm_area_struct *vma)
{
	return (vv_vma_may_read(vma) ? VERDICT_MAY_READ : 0) |
	       (vv_vma_may_write(vma) ? VERDICT_MAY_WRITE : 0) |
	       (vma->vm_flags & VM_EXEC ? VERDICT_MAY_EXEC : 0) |
	       (vv_fetch_is_told() ? VERDICT_FETCH_TOLD : 0) |
	       (vv_pkey_allows_read(task, vma) ? VERDICT_PKEY_READ : 0) |
	       (vv_pkey_allows_write(task, vma) ? VERDICT_PKEY_WRITE : 0) |
	       (vma->vm_flags & VM_SHARED ? VERDICT_SHARED : 0) |
	       (vma->vm_flags & VM_MAYSHARE ? VERDICT_MAYSHARE : 0);
}

static u32 uffd_bits(struct vm_area_struct *vma)
{
	unsigned int features = vv_uffd_features(vma);

	return (userfaultfd_missing(vma) ? VERDICT_UFFD_MISSING : 0) |
	       (userfaultfd_minor(vma) ? VERDICT_UFFD_MINOR : 0) |
	       (vma->vm_flags & VV_VM_UFFD_WP ? VERDICT_UFFD_WP : 0) |
	       (vma->vm_flags & VV_VM_UFFD_RWP ? VERDICT_UFFD_RWP : 0) |
	       (features & VV_UFFD_WP_ASYNC ? VERDICT_UFFD_WP_ASYNC : 0) |
	       (features & VV_UFFD_RWP_ASYNC ? VERDICT_UFFD_RWP_ASYNC : 0) |
	       (features & UFFD_FEATURE_SIGBUS ? VERDICT_UFFD_SIGBUS : 0);
}

/* Filesystems put a function of their own around filemap_fault(), but not around what maps its pages. */
static bool is_page_cache(const struct vm_operations_struct *ops)
{
	return ops->fault == filemap_fault || ops->map_pages == filemap_map_pages;
}

static enum verdict_kind kind_of(struct vm_area_struct *vma)
{
	if (vma_is_anonymous(vma))
		return KIND_ANON;
	if (is_vm_hugetlb_page(vma))
		return KIND_HUGETLB;
	if (!vma->vm_ops->fault)
		return KIND_NO_FAULT;
	if (vv_vma_is_shmem(vma))
		return KIND_SHMEM;
	/* What a DAX file keeps where others have their page cache is no page, nor what is left of one. */
	return vma->vm_file && !vma_is_dax(vma) && is_page_cache(vma->vm_ops) ? KIND_FILE : KIND_OPS;
}

/* A head page in the tree stands for all pages of its folio; a poisoned one of them is not looked for. */
static enum verdict_cache cache_of_folio(struct folio *folio, enum verdict_kind kind)
{
	unsigned long flags = vv_folio_flags(folio);

#ifdef CONFIG_MEMORY_FAILURE
	if (flags & (1UL << PG_hwpoison))
		return CACHE_POISONED;
#endif
	if (flags & (1UL << PG_uptodate))
		return CACHE_PAGE;
	return kind == KIND_SHMEM ? CACHE_BLANK : CACHE_NONE;
}

/* An entry of no swap device stands for an error: shmem_set_folio_swapin_error(). */
static enum verdict_cache cache_of_value(void *entry, enum verdict_kind kind)
{
	if (kind != KIND_SHMEM)
		return CACHE_NONE;
	return swp_type(radix_to_swp_entry(entry)) < MAX_SWAPFILES ? CACHE_SWAPPED : CACHE_LOST;
}

/*
 * A value is the shadow of a page that was reclaimed, or of shmem a swap entry.  The page of a folio may
 * be freed meanwhile, its struct is there for good.
 */
static enum verdict_cache look_up(struct address_space *mapping, pgoff_t index, enum verdict_kind kind)
{
	enum verdict_cache cache = CACHE_NONE;
	void *entry;

	rcu_read_lock();
	entry = xa_load(&mapping->i_pages, index);
	if (xa_is_value(entry))
		cache = cache_of_value(entry, kind);
	else if (entry)
		cache = cache_of_folio(entry, kind);
	rcu_read_unlock();
	return cache;
}

static void file_facts(struct verdict_facts *facts, struct vm_area_struct *vma, unsigned long address)
{
	struct address_space *mapping = vma->vm_file->f_mapping;
	pgoff_t index = file_index(vma, address);

	if (index >= DIV_ROUND_UP_ULL(i_size_read(mapping->host), PAGE_SIZE))
		facts->bits |= VERDICT_PAST_END;
	facts->cache = look_up(mapping, index, facts->kind);
	if (facts->kind == KIND_SHMEM)
		facts->supply = explain_shmem_supply(mapping->host);
}

#ifdef CONFIG_HUGETLB_PAGE

static void hugetlb_facts(struct verdict_facts *facts, struct vm_area_struct *vma, unsigned long address)
{
	struct address_space *mapping = vma->vm_file->f_mapping;
	struct hstate *h = hstate_vma(vma);
	pgoff_t index = file_index(vma, address) >> huge_page_order(h);

	if (index >= i_size_read(mapping->host) >> huge_page_shift(h))
		facts->bits |= VERDICT_PAST_END;
	explain_hugetlb_supply(facts, vma, index);
	facts->cache = look_up(mapping, vv_hugetlb_cache_index(h, index), facts->kind);
}

#else

static void hugetlb_facts(struct verdict_facts *facts, struct vm_area_struct *vma, unsigned long address)
{
}

#endif

/* What an operation has to say before a page of a shared mapping is written to. */
static u32 mkwrite_bits(const struct vm_operations_struct *ops)
{
	return (ops->page_mkwrite ? VERDICT_PAGE_MKWRITE : 0) |
	       (ops->pfn_mkwrite ? VERDICT_PFN_MKWRITE : 0) |
	       (ops->huge_fault ? VERDICT_HUGE_FAULT : 0);
}

static bool is_perf_ring(struct vm_area_struct *vma)
{
	return vma->vm_file && vma->vm_flags & VM_SHARED &&
	       vma->vm_file->f_path.dentry->d_sb->s_magic == ANON_INODE_FS_MAGIC &&
	       !strcmp(vma->vm_file->f_path.dentry->d_name.name, "[perf_event]");
}

/* Who is asked before a page is written to, and what is known of the answer of perf_mmap_fault(), or pfn_mkwrite. */
static u32 write_bits(struct vm_area_struct *vma, unsigned long address)
{
	if (!vma->vm_ops)
		return 0;
	if (is_perf_ring(vma))
		return file_index(vma, address) ? VERDICT_PERF_RING : 0;
	return mkwrite_bits(vma->vm_ops);
}

static void answer_area(struct vmaview_explain *answer, struct vm_area_struct *vma, unsigned long address)
{
	answer->flags |= VMAVIEW_EXPLAIN_AREA;
	answer->start = vma->vm_start;
	answer->end = vma->vm_end;
	answer->vm_flags = vma->vm_flags;
	area_fill_perms(answer->perms, vma->vm_flags);
	if (!vma->vm_file)
		return;
	answer->flags |= VMAVIEW_EXPLAIN_FILE;
	answer->file_offset = ((u64)vma->vm_pgoff << PAGE_SHIFT) + (address - vma->vm_start);
	answer->file_size = i_size_read(vma->vm_file->f_mapping->host);
}

void explain_area(struct explain *explain, struct vmaview_explain *answer,
		  struct vm_area_struct *vma, unsigned long address)
{
	struct verdict_facts *facts = &explain->facts;

	facts->kind = kind_of(vma);
	facts->bits = permission_bits(explain->task, vma) | uffd_bits(vma);
	if (facts->place != PLACE_AREA)
		return;
	answer_area(answer, vma, address);
	facts->bits |= write_bits(vma, address);
	if (facts->kind == KIND_HUGETLB)
		hugetlb_facts(facts, vma, address);
	else if (facts->kind == KIND_SHMEM || facts->kind == KIND_FILE)
		file_facts(facts, vma, address);
}
