/* v6.6: heap and stack are told by two functions of mm.h. */
#include <linux/mm.h>
static __maybe_unused bool probe(struct vm_area_struct *vma)
{
	return vma_is_initial_heap(vma) || vma_is_initial_stack(vma);
}
