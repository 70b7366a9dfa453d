/*
 * Until v6.10 page_mapcount() is in mm.h.  The series that took it from there made smaps count entries that are
 * not present as shared, whatever their mapcounts say.
 */
#include <linux/mm.h>
static __maybe_unused int probe(struct page *page)
{
	return page_mapcount(page);
}
