/* v7.3: pte_uffd_wp() became pte_uffd(), which also stands for read-write protection. */
#include <linux/mm.h>
#include <linux/userfaultfd_k.h>
static __maybe_unused bool probe(pte_t pte, pmd_t pmd)
{
	return pte_uffd(pte) || pmd_uffd(pmd);
}
