// SPDX-License-Identifier: GPL-2.0
/*
 * fetch.c - one instruction, stepped by a tracer: only that can, on arm64.
 *
 * The tracer is a process that has this one's memory, as fork() would write-protect it, and is gone afterwards.
 */
#include "fetch.h"

#ifdef __aarch64__

#include <elf.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "result.h"

static struct {
	pid_t thread;
	char *addr;
	char *middle;
	atomic_int ready;	/* an errno, or -1: it traces */
} job;

static char stack[64 << 10] __attribute__((aligned(16)));
static pid_t tracer;

/* What it stops for; signals that are none of ours go their way. */
static int stop_of(pid_t thread)
{
	int status;

	for (;;) {
		if (waitpid(thread, &status, __WALL) != thread || !WIFSTOPPED(status))
			_exit(1);
		switch (WSTOPSIG(status)) {
		case SIGTRAP:
		case SIGSEGV:
		case SIGBUS:
		case SIGILL:
		case SIGFPE:
			return WSTOPSIG(status);
		}
		ptrace(PTRACE_CONT, thread, NULL, (void *)(long)WSTOPSIG(status));
	}
}

static void set_registers(struct user_regs_struct *registers)
{
	struct iovec vector = { registers, sizeof(*registers) };

	ptrace(PTRACE_SETREGSET, job.thread, (void *)NT_PRSTATUS, &vector);
}

/* From its brk on; true where the instruction was run, else its signal is on its way. */
static int step(void)
{
	struct user_regs_struct before, there;
	struct iovec vector = { &before, sizeof(before) };
	int signal;

	ptrace(PTRACE_GETREGSET, job.thread, (void *)NT_PRSTATUS, &vector);
	there = before;
	for (int i = 0; i < 31; i++)
		there.regs[i] = (unsigned long)job.middle;
	there.sp -= 1024;
	there.pc = (unsigned long)job.addr;
	set_registers(&there);
	ptrace(PTRACE_SINGLESTEP, job.thread, NULL, NULL);
	signal = stop_of(job.thread);
	if (signal != SIGTRAP)
		return signal;
	before.pc += 4;
	set_registers(&before);
	return 0;
}

static int trace(void *unused)
{
	int signal;

	(void)unused;
	if (ptrace(PTRACE_SEIZE, job.thread, NULL, NULL)) {
		atomic_store(&job.ready, errno);
		_exit(1);
	}
	atomic_store(&job.ready, -1);
	stop_of(job.thread);
	signal = step();
	ptrace(PTRACE_DETACH, job.thread, NULL, (void *)(long)signal);
	_exit(0);
}

void fetch_once(char *addr, char *middle)
{
	job.thread = gettid();
	job.addr = addr;
	job.middle = middle;
	atomic_store(&job.ready, 0);
	tracer = clone(trace, stack + sizeof(stack), CLONE_VM | CLONE_FS | CLONE_FILES, NULL);
	if (tracer < 0)
		die("clone: %s", strerror(errno));
	while (!atomic_load(&job.ready))
		sched_yield();
	if (atomic_load(&job.ready) > 0)
		die("ptrace: %s", strerror(atomic_load(&job.ready)));
	asm volatile("brk #0" : : : "memory");
}

void fetch_end(void)
{
	if (tracer > 0)
		waitpid(tracer, NULL, __WALL);
	tracer = 0;
}

#endif
