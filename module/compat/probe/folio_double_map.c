/*
 * Until v6.1 whoever maps a folio of a file by a PMD counts in each of its pages, too, and PG_double_map says that
 * an anonymous one has one mapping more in each.
 */
#include <linux/page-flags.h>
static __maybe_unused bool probe(struct folio *folio)
{
	return folio_test_double_map(folio);
}
