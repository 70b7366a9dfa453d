/* v6.18: folio->flags is a memdesc_flags_t. */
#include <linux/mm.h>
static __maybe_unused unsigned long probe(struct folio *folio)
{
	return folio->flags.f;
}
