/* v6.5: pmdp_get_lockless() is generic; before, one READ_ONCE() does on 64 bit. */
#include <linux/pgtable.h>
static __maybe_unused pmd_t probe(pmd_t *pmdp)
{
	return pmdp_get_lockless(pmdp);
}
