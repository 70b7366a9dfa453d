/* v6.13: mm->mm_lock_seq counts write locks of mmap_lock, as a seqcount. */
#include <linux/mm.h>
static __maybe_unused unsigned int probe(struct mm_struct *mm)
{
	return READ_ONCE(mm->mm_lock_seq.sequence);
}
