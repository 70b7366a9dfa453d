/* Until v6.16 device DAX pages carry a bit of their own in the entry. */
#include <linux/mm.h>
static __maybe_unused bool probe(pte_t pte, pmd_t pmd)
{
	return pte_devmap(pte) || pmd_devmap(pmd);
}
