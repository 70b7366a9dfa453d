// SPDX-License-Identifier: GPL-2.0
/* ldt.c - a segment with a base and a limit, as programs had them when the CPU knew nothing else. */
#include <asm/ldt.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/tour.h"

static void make_segment(unsigned int base, unsigned int bytes)
{
	struct user_desc segment = {
		.entry_number = 0, .base_addr = base, .limit = bytes - 1, .seg_32bit = 1, .useable = 1,
	};

	if (syscall(SYS_modify_ldt, 1, &segment, sizeof(segment)))
		tour_die("modify_ldt");
}

int main(void)
{
	tour_map(0x18000000, 2, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	make_segment(0x18000000, PAGE);
	tour_wait("a segment of 4 KiB at 18000000");
	make_segment(0x18000000, 2 * PAGE);
	tour_wait("it has grown to 8 KiB");
	return 0;
}
