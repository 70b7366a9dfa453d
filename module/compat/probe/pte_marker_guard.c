/* v6.13: guard regions, MADV_GUARD_INSTALL. */
#include <linux/mm.h>
#include <linux/swap.h>
#include <linux/swapops.h>
static __maybe_unused unsigned long probe(void)
{
	return PTE_MARKER_GUARD;
}
