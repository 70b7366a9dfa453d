/*
 * v6.19: leafops.h replaces the predicates of swapops.h for entries that are not present.  Until v7.3 it needs
 * what only swap.h declares.
 */
#include <linux/mm.h>
#include <linux/swap.h>
#include <linux/leafops.h>
static __maybe_unused bool probe(pte_t pte)
{
	return softleaf_is_swap(softleaf_from_pte(pte));
}
