/* v7.2: lock_vma_under_rcu() is exported: one area can be held without mmap_lock. */
#include <linux/mm.h>
void probe(struct mm_struct *mm, unsigned long addr);
void probe(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = lock_vma_under_rcu(mm, addr);

	if (vma)
		vma_end_read(vma);
}
