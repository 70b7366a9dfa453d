/* v6.6: shmem_mapping() is exported; before, shmem_aops is. */
#include <linux/shmem_fs.h>
bool probe(struct address_space *mapping);
bool probe(struct address_space *mapping)
{
	return shmem_mapping(mapping);
}
