/* shmem_mapping() links: it is exported itself, or, until v6.9, is an inline over shmem_aops, which is. */
#include <linux/shmem_fs.h>
bool probe(struct address_space *mapping);
bool probe(struct address_space *mapping)
{
	return shmem_mapping(mapping);
}
