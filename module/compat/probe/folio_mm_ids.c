/* v6.15: a large folio knows whether more than one mm maps it, and may be reused by a write. */
#include <linux/mm.h>
static __maybe_unused bool probe(struct folio *folio)
{
	return test_bit(FOLIO_MM_IDS_SHARED_BITNUM, &folio->_mm_ids);
}
