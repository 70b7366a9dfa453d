// SPDX-License-Identifier: GPL-2.0
/*
 * still.c - a process of which nothing changes: memory of each kind, locked, from STILL_START on and
 * nobody else's.  Out: its PID, once all is there.  Stays until it is killed.
 */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define STILL_START	0x610000000000UL
#define LEN		(2UL << 20)

/* Of huge pages all is written: khugepaged has nothing to add. */
static int fill(unsigned int nr, int flags, int fd, int advice)
{
	char *memory = mmap((void *)(STILL_START + nr * 4 * LEN), LEN, PROT_READ | PROT_WRITE,
			    flags | MAP_FIXED_NOREPLACE, fd, 0);

	if (memory == MAP_FAILED)
		return 0;
	madvise(memory, LEN, advice);
	memset(memory, 1, advice == MADV_NOHUGEPAGE ? LEN / 2 : LEN);
	return 1;
}

int main(void)
{
	int fd = memfd_create("still", MFD_CLOEXEC);

	if (fd < 0 || ftruncate(fd, LEN) ||
	    !fill(0, MAP_PRIVATE | MAP_ANONYMOUS, -1, MADV_NOHUGEPAGE) ||
	    !fill(1, MAP_SHARED, fd, MADV_NOHUGEPAGE) ||
	    !fill(2, MAP_PRIVATE | MAP_ANONYMOUS, -1, MADV_HUGEPAGE))
		return 1;
	fill(3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, MADV_NORMAL);	/* where the kernel has it */
	if (mlockall(MCL_CURRENT))
		return 1;
	printf("%d\n", getpid());
	fclose(stdout);
	for (;;)
		pause();
}
