/* Control: compiles nowhere. */
#include <linux/mm.h>
static __maybe_unused unsigned long probe(struct vm_area_struct *vma)
{
	return vma->this_member_does_not_exist;
}
