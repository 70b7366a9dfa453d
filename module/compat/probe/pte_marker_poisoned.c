/* v6.6: a marker stands for poisoned memory; v6.1 has swapin error entries instead. */
#include <linux/mm.h>
#include <linux/swap.h>
#include <linux/swapops.h>
static __maybe_unused bool probe(swp_entry_t entry)
{
	return pte_marker_get(entry) & PTE_MARKER_POISONED;
}
