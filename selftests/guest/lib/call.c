// SPDX-License-Identifier: GPL-2.0
/* call.c - calls of ioctl() of which all may be wrong. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "call.h"
#include "child.h"
#include "result.h"
#include "scene.h"

static struct dice *dice;
static bool has_compat;

/* Two pages below 4 GiB of which only the first can be touched. */
static char *page;

static int pidfd_of(int pid)
{
	return syscall(SYS_pidfd_open, pid, 0);
}

void call_name_targets(struct named *targets)
{
	static struct child child;
	int dead = child_zombie();

	child_start_program(&child);
	targets[0] = (struct named){ getpid(), false, 0 };
	targets[1] = (struct named){ child.pid, false, 0 };
	targets[2] = (struct named){ dead, false, ESRCH };
	targets[3] = (struct named){ 2, false, EINVAL };
	targets[4] = (struct named){ pidfd_of(child.pid), true, 0 };
	targets[5] = (struct named){ pidfd_of(dead), true, ESRCH };
	targets[6] = (struct named){ open("/proc/self/stat", O_RDONLY), true, EBADF };
	targets[7] = (struct named){ 900, true, EBADF };
}

int call_pid_error(int nr, int known_err)
{
	if (nr < 1)
		return EINVAL;
	return nr > 4194304 ? ESRCH : known_err;
}

#ifdef __x86_64__

/* ioctl() as a 32-bit program calls it. */
static long compat_ioctl(int fd, unsigned int command, unsigned long arg)
{
	long ret = 54;

	__asm__ volatile("int $0x80" : "+a"(ret)
			 : "b"((long)fd), "c"((long)command), "d"(arg)
			 : "r8", "r9", "r10", "r11", "memory");
	ret = (int)ret;
	if (ret >= 0 || ret < -4095)
		return ret;
	errno = -ret;
	return -1;
}

/* A kernel without it answers by a signal. */
static bool kernel_has_compat(void)
{
	pid_t pid = fork();
	int status;

	if (!pid) {
		signal(SIGSEGV, SIG_DFL);
		compat_ioctl(-1, 0, 0);
		_exit(0);
	}
	return waitpid(pid, &status, 0) == pid && !status;
}

#else

/* A process of 64 bits cannot call as one of 32: nothing needs to be below 4 GiB. */
#define MAP_32BIT 0

static long compat_ioctl(int fd, unsigned int command, unsigned long arg)
{
	return ioctl(fd, command, arg);
}

static bool kernel_has_compat(void)
{
	return false;
}

#endif

void call_begin(struct dice *given)
{
	dice = given;
	page = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	if (page == MAP_FAILED || mprotect(page + PAGE, PAGE, PROT_NONE))
		die("mmap: %s", strerror(errno));
	has_compat = kernel_has_compat();
	note("requests of 32-bit programs: %s", has_compat ? "yes" : "none here");
}

void call_place(struct call *call, size_t size)
{
	size_t cut = roll_once_in(dice, 8) ? 1 + roll_below(dice, size) : 0;

	call->there = size - cut;
	call->at = (unsigned long)page + PAGE - call->there;
	call->compat = has_compat && roll_once_in(dice, 4);
	if (!cut && size < PAGE / 2 && roll_once_in(dice, 2)) {
		call->there = PAGE / 2;
		call->at = (unsigned long)page + roll_below(dice, PAGE / 2);
	}
}

unsigned long call_nowhere(void)
{
	static const unsigned long bad[] = {
		0, 8, ~0UL, ~0UL << 47, ~0UL << 40, 1UL << 47, (1UL << 47) - 4, 1UL << 63,
		0xffffffff81000000,
	};

	return bad[roll_below(dice, ARRAY_SIZE(bad))];
}

void call_lay(const struct call *call, const void *bytes, size_t size)
{
	memcpy((void *)call->at, bytes, size < call->there ? size : call->there);
}

size_t call_size(size_t size)
{
	switch (roll_below(dice, 8)) {
	case 0:
		return roll_odd(dice);
	case 1:
		return roll_below(dice, size);
	case 2:
		return size + roll_below(dice, 64);
	case 3:
		return PAGE - 8 + roll_below(dice, 16);
	}
	return size;
}

long call_run(int fd, const struct call *call)
{
	errno = 0;
	if (call->compat)
		return compat_ioctl(fd, call->command, call->at);
	return ioctl(fd, call->command, call->at);
}

void call_expect(const char *what, const struct call *call, long ret, uint64_t allowed)
{
	int err = ret < 0 ? errno : 0;

	if (err >= 64 || !(allowed >> err & 1))
		fail("%s %#x at %#lx, %zu bytes there%s: got %s, allowed %#llx", what,
		     call->command, call->at, call->there, call->compat ? ", 32 bit" : "",
		     err ? strerrorname_np(err) : "success", (unsigned long long)allowed);
}
