/*
 * Until v6.10 page_mapcount() is in mm.h and a folio's mapcount is a sum over its pages.  The same
 * series made smaps count entries that are not present as shared.
 */
#include <linux/mm.h>
static __maybe_unused int probe(struct page *page)
{
	return page_mapcount(page);
}
