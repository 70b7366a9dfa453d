/* v7.3: anonymous memory has a page offset of its own, which its reverse map goes by. */
#include <linux/mm.h>
static __maybe_unused pgoff_t probe(struct vm_area_struct *vma)
{
	return vma_start_anon_pgoff(vma);
}
