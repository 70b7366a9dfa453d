// SPDX-License-Identifier: GPL-2.0
/* device.c - memory of a device, mapped and never touched: a BAR of a PCI device that no driver has claimed. */
#include <stdio.h>
#include <sys/mman.h>

#include "bar.h"
#include "lib/tour.h"

int main(void)
{
	size_t len;
	int fd = bar_open(&len);

	if (fd < 0) {
		fprintf(stderr, "device: no memory of a PCI device can be mapped here\n");
		return 1;
	}
	tour_map(0x1a000000, 1, PROT_READ, MAP_SHARED, fd);
	tour_wait("4 KiB of a device at 1a000000");
	return 0;
}
