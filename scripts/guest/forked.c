// SPDX-License-Identifier: GPL-2.0
/*
 * forked.c - a process whose memory is partly shared with its child: 16 MiB written, fork, the
 * child writes the first 4 MiB.  Out: one line "PARENT CHILD START END".  Both stay until the
 * parent is killed.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#define SIZE (16UL << 20)

static int child(char *memory, int ready)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	memset(memory, 2, SIZE / 4);
	if (write(ready, "", 1) != 1)
		return 1;
	pause();
	return 0;
}

int main(void)
{
	char *memory, byte;
	int ready[2];
	pid_t pid;

	memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED || pipe(ready))
		return 1;
	memset(memory, 1, SIZE);
	pid = fork();
	if (pid < 0)
		return 1;
	if (!pid)
		return child(memory, ready[1]);
	if (read(ready[0], &byte, 1) != 1)
		return 1;
	printf("%d %d 0x%lx 0x%lx\n", getpid(), pid, (unsigned long)memory, (unsigned long)memory + SIZE);
	fclose(stdout);
	pause();
	return 0;
}
