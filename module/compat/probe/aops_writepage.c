/* Until v6.16 a file system may write page by page. */
#include <linux/fs.h>
static __maybe_unused bool probe(const struct address_space_operations *aops)
{
	return aops->writepage;
}
