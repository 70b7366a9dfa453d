/* v6.19: leafops.h replaces the predicates of swapops.h for entries that are not present. */
#include <linux/mm.h>
#include <linux/leafops.h>
static __maybe_unused bool probe(pte_t pte)
{
	return softleaf_is_swap(softleaf_from_pte(pte));
}
