/* v6.18: flags of an mm are words, read by mm_flags_test(). */
#include <linux/mm.h>
static __maybe_unused bool probe(const struct mm_struct *mm)
{
	return mm_flags_test(MMF_HAS_PINNED, mm);
}
