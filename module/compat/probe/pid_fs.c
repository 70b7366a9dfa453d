/* v6.9: pidfds are inodes of pidfs. */
#include <linux/magic.h>
static __maybe_unused unsigned long probe(void)
{
	return PID_FS_MAGIC;
}
