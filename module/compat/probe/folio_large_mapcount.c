/*
 * v6.10: a large folio counts its mappings in one place, and none of its pages is reused by a write any more
 * (until there is folio_mm_ids).
 */
#include <linux/mm.h>
static __maybe_unused int probe(struct folio *folio)
{
	return atomic_read(&folio->_large_mapcount);
}
