/* Control: compiles everywhere, but swp_swapcount() is exported by no kernel. */
#include <linux/mm.h>
#include <linux/swap.h>
#include <linux/swapops.h>
extern int swp_swapcount(swp_entry_t entry);
int probe(swp_entry_t entry);
int probe(swp_entry_t entry)
{
	return swp_swapcount(entry);
}
