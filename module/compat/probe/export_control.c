/* Control: compiles everywhere, with any options, but needs a function that no kernel has. */
int vmaview_is_exported_by_no_kernel(void);
int probe(void);
int probe(void)
{
	return vmaview_is_exported_by_no_kernel();
}
