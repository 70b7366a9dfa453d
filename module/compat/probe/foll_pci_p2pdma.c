/*
 * v6.2: walk_page_vma() looks into an area whatever its flags are; before, it passed over VM_PFNMAP.  No
 * header says so; this is of the same release.
 */
#include <linux/mm.h>
static __maybe_unused unsigned int probe(void)
{
	return FOLL_PCI_P2PDMA;
}
