/* v7.3: userfaultfd protects from reads too. */
#include <linux/mm.h>
static __maybe_unused bool probe(struct vm_area_struct *vma)
{
	return vma->vm_flags & VM_UFFD_RWP;
}
