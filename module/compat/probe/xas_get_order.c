/* v6.10, and stable kernels of old: an entry of an XArray can be asked how many places it stands for. */
#include <linux/xarray.h>
int probe(struct xa_state *xas);
int probe(struct xa_state *xas)
{
	return xas_get_order(xas);
}
