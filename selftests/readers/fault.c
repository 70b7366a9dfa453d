// SPDX-License-Identifier: GPL-2.0
/* fault.c - what each reader of scripts/readers has to find: one that does not has not read. */
#include <stdlib.h>

int twice_freed(int first, int second, int third, int fourth, int fifth, int sixth);

int twice_freed(int first, int second, int third, int fourth, int fifth, int sixth)
{
	int *sum = malloc(sizeof(*sum));

	if(!sum)
		return -1;
	*sum = first + second + third + fourth + fifth + sixth;
	free(sum);
	free(sum);
	return 0;
}
