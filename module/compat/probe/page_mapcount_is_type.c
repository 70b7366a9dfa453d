/* v6.12: whether a page's mapcount is a type in truth is a function; before, a comparison with a constant. */
#include <linux/mm.h>
static __maybe_unused bool probe(unsigned int mapcount)
{
	return page_mapcount_is_type(mapcount);
}
