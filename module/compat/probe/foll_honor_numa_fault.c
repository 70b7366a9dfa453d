/*
 * v6.6: smaps takes the page of a PMD from vm_normal_page_pmd(); before, from follow_trans_huge_pmd().  The
 * same series brought this flag.
 */
#include <linux/mm.h>
static __maybe_unused unsigned int probe(void)
{
	return FOLL_HONOR_NUMA_FAULT;
}
