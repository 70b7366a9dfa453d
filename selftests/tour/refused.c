// SPDX-License-Identifier: GPL-2.0
/* refused.c - accesses that the kernel answers with a signal: NULL, its own memory, a page without the right. */
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>

#include "lib/tour.h"

static sigjmp_buf back;
static volatile sig_atomic_t code;

static void note(int signal_nr, siginfo_t *info, void *context)
{
	(void)signal_nr;
	(void)context;
	code = info->si_code;
	siglongjmp(back, 1);
}

static const char *name(void)
{
	switch (code) {
	case 0:
		return "nothing";
	case SEGV_MAPERR:
		return "SEGV_MAPERR";
	case SEGV_ACCERR:
		return "SEGV_ACCERR";
	}
	return "another signal";
}

/* What the kernel says of a write to @address. */
static const char *write_to(char *address)
{
	code = 0;
	if (!sigsetjmp(back, 1))
		*(volatile char *)address = 1;
	return name();
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = note, .sa_flags = SA_SIGINFO };
	char *page = tour_map(0x14000000, 1, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	char *volatile nowhere = NULL, *volatile kernel = (char *)0xffff888000000000;

	sigaction(SIGSEGV, &action, NULL);
	tour_wait("a page at 14000000 that may be read only");
	tour_wait("wrote to NULL: %s", write_to(nowhere));
	tour_wait("wrote to ffff888000000000, memory of the kernel: %s", write_to(kernel));
	tour_wait("wrote to 14000000: %s", write_to(page));
	if (mprotect(page, PAGE, PROT_READ | PROT_WRITE))
		tour_die("mprotect");
	tour_wait("mprotect(), and wrote to 14000000: %s", write_to(page));
	return 0;
}
