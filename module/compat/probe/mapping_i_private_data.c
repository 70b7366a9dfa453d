/* v6.8: what a mapping's owner keeps there is called i_private_data; before, private_data. */
#include <linux/fs.h>
static __maybe_unused void *probe(struct address_space *mapping)
{
	return mapping->i_private_data;
}
