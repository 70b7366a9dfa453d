/* v6.7: the page cache of hugetlbfs is indexed in small pages; before, in huge ones. */
#include <linux/hugetlb.h>
static __maybe_unused void *probe(struct hstate *h, struct address_space *mapping)
{
	return filemap_lock_hugetlb_folio(h, mapping, 0);
}
