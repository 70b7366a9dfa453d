/* Maple tree, v6.1: areas are found through an iterator. */
#include <linux/mm.h>
static __maybe_unused void probe(struct mm_struct *mm)
{
	struct vm_area_struct *vma;
	VMA_ITERATOR(vmi, mm, 0);

	for_each_vma(vmi, vma)
		(void)vma;
}
