/* Control: compiles everywhere. */
#include <linux/mm.h>
static __maybe_unused unsigned long probe(struct vm_area_struct *vma)
{
	return vma->vm_start;
}
