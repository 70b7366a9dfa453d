/* v6.11: MAP_DROPPABLE, memory that has no place in swap. */
#include <linux/mm.h>
static __maybe_unused bool probe(struct vm_area_struct *vma)
{
	return vma->vm_flags & VM_DROPPABLE;
}
