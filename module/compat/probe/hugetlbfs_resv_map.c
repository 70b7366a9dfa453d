/* By v7.3: the reservations of a hugetlbfs file are in its own inode; before, in its mapping. */
#include <linux/fs.h>
#include <linux/hugetlb.h>
static __maybe_unused struct resv_map *probe(struct inode *inode)
{
	return HUGETLBFS_I(inode)->resv_map;
}
