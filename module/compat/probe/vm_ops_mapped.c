/* v7.0: vm_operations_struct.mapped. */
#include <linux/mm.h>
static __maybe_unused bool probe(const struct vm_operations_struct *ops)
{
	return ops->mapped != NULL;
}
