/* v6.12: huge PFN mappings mark their PMD special. */
#include <linux/mm.h>
static __maybe_unused bool probe(pmd_t pmd)
{
	return pmd_special(pmd);
}
