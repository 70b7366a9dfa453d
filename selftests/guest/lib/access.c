// SPDX-License-Identifier: GPL-2.0
/* access.c - a read, a write or an exec of one byte, and what became of it. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <ucontext.h>

#include "access.h"
#include "fetch.h"
#include "proc.h"
#include "result.h"
#include "scene.h"

static sigjmp_buf out;
static char *volatile target;
static volatile sig_atomic_t steps;
static struct access_seen *volatile current;
static atomic_bool userfault;
/* What an instruction may read and write. */
static char scratch[16 * PAGE] __attribute__((aligned(4096)));

static void end(int signal, int code)
{
	current->signal = signal;
	current->code = code;
	siglongjmp(out, 1);
}

#ifdef __x86_64__

static char *instruction(const ucontext_t *context)
{
	return (char *)context->uc_mcontext.gregs[REG_RIP];
}

/*
 * The trap flag stops after each instruction: first after the jump, with the target not yet fetched,
 * then after the one at the target.  This never returns.
 */
static void fetch(char *addr)
{
	char *middle = scratch + sizeof(scratch) / 2;

	asm volatile("subq $1024, %%rsp\n\t"
		     "movq %%rax, %%rbx\n\tmovq %%rax, %%rcx\n\tmovq %%rax, %%rsi\n\tmovq %%rax, %%rdi\n\t"
		     "pushfq\n\torq $0x100, (%%rsp)\n\tpopfq\n\tjmp *%%rdx"
		     : : "a"(middle), "d"(addr) : "memory", "cc");
	__builtin_unreachable();
}

static void end_fetch(void)
{
}

#else

static char *instruction(const ucontext_t *context)
{
	(void)context;
	return NULL;
}

#ifdef __aarch64__

static void fetch(char *addr)
{
	fetch_once(addr, scratch + sizeof(scratch) / 2);
}

static void end_fetch(void)
{
	fetch_end();
}

#else

static void fetch(char *addr)
{
	(void)addr;
	skip("how to stop after one instruction is not known on this machine");
}

static void end_fetch(void)
{
}

#endif

#endif

#ifdef __aarch64__

/* Only who asks for an address there gets it. */
static unsigned int find_bits(void)
{
	char *page = mmap((void *)(1UL << 51), PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned int bits = (uintptr_t)page >> 51 && page != MAP_FAILED ? 52 : 48;

	if (page != MAP_FAILED)
		munmap(page, PAGE);
	return bits;
}

uintptr_t access_end(void)
{
	return 1UL << access_bits();
}

char *access_instruction(char *addr)
{
	return (char *)((uintptr_t)addr & ~3UL);
}

/* In the lower half the top byte is no part of it, and no signal tells it. */
static const char *without_tag(const char *addr)
{
	return (const char *)((uintptr_t)addr & (uintptr_t)((intptr_t)addr << 8 >> 8));
}

#else

/* Where the kernel has no use for the fifth level, it takes the flag away. */
static unsigned int find_bits(void)
{
	unsigned int bits = 47;
	char line[8192];
	FILE *info;

	info = fopen("/proc/cpuinfo", "re");
	while (info && fgets(line, sizeof(line), info))
		if (!strncmp(line, "flags", 5) && strstr(line, " la57"))
			bits = 56;
	if (!info || fclose(info))
		die("/proc/cpuinfo: %s", strerror(errno));
	return bits;
}

/* The last page of the lower half is not given away. */
uintptr_t access_end(void)
{
	return (1UL << access_bits()) - PAGE;
}

char *access_instruction(char *addr)
{
	return addr;
}

static const char *without_tag(const char *addr)
{
	return addr;
}

#endif

unsigned int access_bits(void)
{
	static unsigned int bits;

	if (!bits)
		bits = find_bits();
	return bits;
}

/* Any other is refused by the processor itself, and the signal tells no address. */
static bool is_canonical(const char *addr)
{
	intptr_t top = (intptr_t)addr >> access_bits();

	return top == 0 || top == -1;
}

/* pagemap has no entry for what no process can have. */
static uint64_t page_at(const char *addr)
{
	addr = without_tag(addr);
	return (uintptr_t)addr < access_end() ? proc_page(addr) : 0;
}

/*
 * The fault of a fetch is at the target itself.  An instruction that was fetched may raise anything;
 * what it does is no business of ours.
 */
static void handler(int signal, siginfo_t *info, void *context)
{
	if (signal == SIGTRAP && instruction(context) == target && !steps++)
		return;
	if ((signal == SIGSEGV || signal == SIGBUS) && info->si_addr == without_tag(target) && info->si_code > 0)
		end(signal, info->si_code);
	if (signal == SIGSEGV && info->si_code == SI_KERNEL && !is_canonical(target))
		end(signal, info->si_code);
	end(0, 0);
}

void access_init(void)
{
	/* Not in the handler of a signal. */
	access_bits();
	static const int signals[] = { SIGSEGV, SIGBUS, SIGTRAP, SIGILL, SIGFPE };
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_NODEFER };
	struct access_seen seen;

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		sigaction(signals[i], &action, NULL);
	/* Whatever a first time brings in is there from now on. */
	memset(scratch, 0, sizeof(scratch));
	access_do(scratch, VMAVIEW_READ, &seen);
	access_do(scratch, VMAVIEW_WRITE, &seen);
	access_do(scratch, VMAVIEW_EXEC, &seen);
	access_do(nowhere, VMAVIEW_READ, &seen);
}

static void once(char *addr, enum vmaview_access access)
{
	switch (access) {
	case VMAVIEW_READ:
		(void)*(volatile char *)addr;
		break;
	case VMAVIEW_WRITE:
		*(volatile char *)addr = 0;
		break;
	case VMAVIEW_EXEC:
		fetch(addr);
	}
}

void access_do(char *addr, enum vmaview_access access, struct access_seen *seen)
{
	struct rusage before, after;

	memset(seen, 0, sizeof(*seen));
	memset(&after, 0, sizeof(after));
	atomic_store(&userfault, false);
	target = addr;
	steps = 0;
	current = seen;
	seen->before = page_at(addr);
	getrusage(RUSAGE_THREAD, &before);
	if (!sigsetjmp(out, 0))
		once(addr, access);
	getrusage(RUSAGE_THREAD, &after);
	end_fetch();
	seen->after = page_at(addr);
	seen->minor = after.ru_minflt - before.ru_minflt;
	seen->major = after.ru_majflt - before.ru_majflt;
	seen->userfault = atomic_load(&userfault);
}

void access_userfault(void)
{
	atomic_store(&userfault, true);
}
