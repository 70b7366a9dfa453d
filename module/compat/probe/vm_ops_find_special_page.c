/* Until v6.17 the hook of vm_normal_page() is called find_special_page, then find_normal_page. */
#include <linux/mm.h>
static __maybe_unused bool probe(const struct vm_operations_struct *ops)
{
	return ops->find_special_page != NULL;
}
