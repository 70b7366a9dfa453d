/* Control: compiles everywhere.  What it needs beside its arguments, the compiler puts into any code. */
#include <linux/mm.h>
unsigned long probe(struct vm_area_struct *vma, unsigned long (*call)(char *text));
unsigned long probe(struct vm_area_struct *vma, unsigned long (*call)(char *text))
{
	char text[64];

	return vma->vm_start + call(text);
}
