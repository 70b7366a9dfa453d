// SPDX-License-Identifier: GPL-2.0
/* verdict - anonymous memory, and none: what explain says an access does, and what it does. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/access.h"
#include "lib/child.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/verdict.h"

SCENE(verdict)

enum { PAGES = 60 };

#define PRIVATE_ANON (MAP_PRIVATE | MAP_ANONYMOUS)

static void prove_all(const char *what, char *addr)
{
	for (int access = VMAVIEW_READ; access <= VMAVIEW_EXEC; access++)
		verdict_prove(what, addr, access);
}

/* Where nothing is mapped it is so. */
TEST_F(verdict, gaps)
{
	char *area = scene_anon(PAGES);

	access_init();
	prove_all("NULL", (char *)(uintptr_t)nowhere - 8);
	for (uintptr_t at = 16; at < 0x10000; at += 1019)
		prove_all("low", (char *)at);
	prove_all("below an area", area - 1);
	prove_all("above an area", area + PAGES * PAGE);
	munmap(area + 8 * PAGE, 4 * PAGE);
	for (int i = 8; i < 12; i++)
		prove_all("a hole", area + i * PAGE);
	for (uintptr_t at = 0x100000000000; at < 0x7f0000000000; at += 0x010000001000)
		verdict_prove("far from all", (char *)at, VMAVIEW_READ);
	prove_all("the last page of user space", (char *)access_end() - PAGE);
	verdict_expect(VERDICT(SEGV_UNMAPPED));
}

/*
 * Beyond user space nothing is mapped.  The rest of all 64 bits: what no process can have, the kernel's
 * half, and what is no address at all.
 */
TEST_F(verdict, beyond)
{
	const uintptr_t end = 1UL << access_bits();
	const uintptr_t places[] = {
		end - PAGE, end - 1, end, end + 1, 0x0123456789abcdef, 1UL << 62, (1UL << 63) - 1, 1UL << 63,
		-end - 1, -end, -end + 1, -end + PAGE, 0xffffffff81000000, 0xffffffffff5fffff, 0xffffffffff601000,
		0xffffffffffffffff,
	};

	access_init();
	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		prove_all("beyond user space", (char *)places[i]);
	verdict_expect(VERDICT(SEGV_UNMAPPED));
}

/* Anonymous memory does as said. */
TEST_F(verdict, fresh)
{
	access_init();
	verdict_prove_place("anonymous", scene_anon(PAGES), PAGES, PAGE);
	verdict_expect(VERDICT(OK) | VERDICT(ZERO_FILL) | VERDICT(COPY) | VERDICT(SEGV_ACCESS));
}

/* Each permission does as said. */
TEST_F(verdict, permissions)
{
	access_init();
	for (int prot = 0; prot < 8; prot++) {
		char *empty = scene_map(PAGES * PAGE, prot, PRIVATE_ANON, -1), *full = scene_anon(PAGES);

		scene_write(full, PAGES / 2);
		scene_read(full + PAGES / 2 * PAGE, PAGES / 4);
		scene_drain();
		mprotect(full, PAGES * PAGE, prot);
		verdict_prove_place("nothing there, each permission", empty, PAGES, PAGE);
		verdict_prove_place("pages there, each permission", full, PAGES, PAGE);
	}
	verdict_expect(VERDICT(OK) | VERDICT(ZERO_FILL) | VERDICT(COPY) | VERDICT(SEGV_ACCESS));
}

/* The handler of a signal begins with rights of its own, and a jump out of it keeps them. */
static void prove_with_key(const char *what, char *memory, int key, unsigned int rights)
{
	for (int i = 0; i < PAGES; i++)
		for (int j = 0; j < 6; j++) {
			pkey_set(key, rights);
			verdict_prove(what, memory + i * PAGE, (i + j) % 3);
		}
}

/* Protection keys do as said. */
TEST_F(verdict, protection_keys)
{
	int key = pkey_alloc(0, PKEY_DISABLE_WRITE), none = pkey_alloc(0, PKEY_DISABLE_ACCESS);
	char *memory = scene_anon(PAGES), *closed = scene_anon(PAGES);

	if (key < 0 || none < 0)
		skip("this processor has no protection keys");
	access_init();
	scene_write(memory, PAGES / 2);
	scene_write(closed, PAGES / 2);
	pkey_mprotect(memory, PAGES * PAGE, PROT_READ | PROT_WRITE, key);
	pkey_mprotect(closed, PAGES * PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, none);
	prove_with_key("a key without writing", memory, key, PKEY_DISABLE_WRITE);
	prove_with_key("a key without anything", closed, none, PKEY_DISABLE_ACCESS);
	prove_with_key("the key allows all", closed, none, 0);
	verdict_expect(VERDICT(OK) | VERDICT(ZERO_FILL) | VERDICT(COPY) | VERDICT(SEGV_ACCESS));
}

static int wait_there(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

/* Memory shared with a child does as said. */
TEST_F(verdict, forked)
{
	char *memory = scene_anon(PAGES), *later = scene_anon(PAGES);
	struct child child;

	access_init();
	scene_write(memory, PAGES / 2);
	scene_read(memory + PAGES / 2 * PAGE, PAGES / 4);
	scene_write(later, PAGES);
	scene_drain();
	child_start(&child, wait_there, NULL);
	verdict_prove_place("shared with a child", memory, PAGES, PAGE);
	verdict_prove_place("half of it", later, PAGES / 2, PAGE);
	child_end(&child);
	scene_drain();
	verdict_prove_place("the child is gone", later, PAGES, PAGE);
	verdict_expect(VERDICT(OK) | VERDICT(ZERO_FILL) | VERDICT(COPY) | VERDICT(REUSE));
}

/* A fork on another CPU, when it is told to: who exits there drains the batches of that one only. */
static void *fork_elsewhere(void *arg)
{
	int *pipe = arg;
	cpu_set_t other;
	char byte;
	pid_t pid;

	CPU_ZERO(&other);
	CPU_SET(1, &other);
	sched_setaffinity(0, sizeof(other), &other);
	if (read(pipe[0], &byte, 1) != 1)
		return arg;
	pid = fork();
	if (!pid)
		_exit(0);
	waitpid(pid, NULL, 0);
	return arg;
}

/*
 * Memory in LRU batches does as said, or maybe.  Few, as a full batch drains itself, and what is copied
 * after the fork is in it, too.
 */
TEST_F(verdict, in_batches)
{
	char *memory = scene_anon(PAGES);
	pthread_t thread;
	int go[2];

	access_init();
	if (pipe2(go, O_CLOEXEC) || pthread_create(&thread, NULL, fork_elsewhere, go))
		die("no thread: %s", strerror(errno));
	scene_drain();
	scene_write(memory, 2);
	if (write(go[1], "g", 1) != 1 || pthread_join(thread, NULL))
		die("no fork: %s", strerror(errno));
	verdict_prove_place("perhaps in an LRU batch", memory, 2, PAGE);
	verdict_expect(sysconf(_SC_NPROCESSORS_ONLN) > 1 ? VERDICT(MAYBE_COPY) : 0);
}

/* Memory that is tracked does as said. */
TEST_F(verdict, tracked)
{
	char *memory = scene_anon(PAGES);

	access_init();
	scene_write(memory, PAGES);
	if (!(proc_page(memory) & PAGEMAP_SOFT_DIRTY))
		skip("this kernel does not track what is written");
	scene_drain();
	proc_clear_refs(getpid(), "4");
	verdict_prove_place("write-protected to be tracked", memory, PAGES, PAGE);
	verdict_expect(VERDICT(OK) | VERDICT(REUSE));
}

/* Swapped memory does as said. */
TEST_F(verdict, swapped)
{
	char *memory = scene_anon(PAGES);

	scene_swap();
	access_init();
	scene_write(memory, PAGES);
	scene_page_out(memory, PAGES);
	verdict_prove_place("swapped out", memory, PAGES, PAGE);
	verdict_expect(VERDICT(OK) | VERDICT(SWAP_IN));
}

/* Huge pages do as said. */
TEST_F(verdict, huge)
{
	char *whole, *shared, *cut, *read;
	struct child child;

	scene_thp();
	access_init();
	whole = scene_huge_page();
	shared = scene_huge_page();
	cut = scene_huge_page();
	read = scene_map(HUGE, PROT_READ | PROT_WRITE, PRIVATE_ANON, -1);
	madvise(read, HUGE, MADV_HUGEPAGE);
	verdict_prove_place("a huge page", whole, 12, 11 * PAGE);
	verdict_prove_place("the huge zero page", read, 6, PAGE);
	mprotect(cut, 8 * PAGE, PROT_READ);
	madvise(cut + 100 * PAGE, 8 * PAGE, MADV_DONTNEED);
	verdict_prove_place("cut by mprotect", cut, 24, PAGE);
	verdict_prove_place("cut by MADV_DONTNEED", cut + 94 * PAGE, 24, PAGE);
	child_start(&child, wait_there, NULL);
	verdict_prove_place("shared with a child", shared, 12, PAGE);
	child_end(&child);
	verdict_prove_place("the child is gone", shared, 24, PAGE);
	verdict_expect(VERDICT(OK) | VERDICT(ZERO_FILL) | VERDICT(COPY) | VERDICT(SEGV_ACCESS));
}

/* A stack of our own, of four pages, whose limit is the process's. */
static char *make_stack(char *at)
{
	char *stack = mmap(at, 4 * PAGE, PROT_READ | PROT_WRITE,
			   PRIVATE_ANON | MAP_GROWSDOWN | MAP_FIXED_NOREPLACE, -1, 0);

	if (stack == MAP_FAILED)
		die("MAP_GROWSDOWN: %s", strerror(errno));
	return stack;
}

/* A stack grows as said, to its limit. */
TEST_F(verdict, stack_growth)
{
	const size_t limit = 64 * PAGE;
	struct rlimit rlimit = { limit, RLIM_INFINITY };
	char *room = scene_map(1024 * PAGE, PROT_NONE, PRIVATE_ANON | MAP_NORESERVE, -1), *stack;

	access_init();
	munmap(room, 1024 * PAGE);
	stack = make_stack(room + 1000 * PAGE);
	setrlimit(RLIMIT_STACK, &rlimit);
	prove_all("too far below a stack", stack - limit);
	prove_all("the first byte of what is too far", stack - (limit - 4 * PAGE) - 1);
	for (int i = 1; i < 60; i += 7)
		prove_all("below a stack", stack - i * PAGE);
	prove_all("up to its limit", stack - 60 * PAGE);
	prove_all("a stack at its limit", stack - 61 * PAGE);
	verdict_expect(VERDICT(STACK_GROWTH) | VERDICT(SEGV_UNMAPPED) | VERDICT(SEGV_ACCESS) | VERDICT(COPY));
}

/* Read without any memory that would be given back. */
static size_t mapped_pages(void)
{
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	char text[64] = "";

	if (fd < 0 || read(fd, text, sizeof(text) - 1) <= 0)
		die("statm: %s", strerror(errno));
	close(fd);
	return strtoul(text, NULL, 10);
}

/*
 * A stack grows as said, to the limit of the address space.  The process has a limit for all of its
 * areas, too: two pages are left of it.
 */
TEST_F(verdict, space_limit)
{
	struct rlimit rlimit = { .rlim_max = RLIM_INFINITY };
	char *stack;

	access_init();
	stack = make_stack(scene_place());
	rlimit.rlim_cur = (mapped_pages() + 2) * PAGE;
	setrlimit(RLIMIT_AS, &rlimit);
	prove_all("more than is left", stack - 3 * PAGE);
	prove_all("what is left", stack - 2 * PAGE);
	prove_all("nothing is left", stack - 3 * PAGE);
	verdict_expect(VERDICT(STACK_GROWTH) | VERDICT(SEGV_UNMAPPED));
}

/*
 * The sysctl does not tell what the kernel was configured with for security modules, but a wish for less than both is
 * rounded up to what holds.
 */
static char *lowest_address(void)
{
	char *lowest = mmap((void *)PAGE, PAGE, PROT_NONE, PRIVATE_ANON, -1, 0);

	if (lowest == MAP_FAILED)
		die("the lowest address: %s", strerror(errno));
	munmap(lowest, PAGE);
	return lowest;
}

/* A stack grows as said, to the lowest address.  Below that nobody may map anything. */
TEST_F(verdict, lowest_stack)
{
	const char *text = setting_get("/proc/sys/vm/mmap_min_addr");
	char *lowest = lowest_address();

	if (strtoull(text ? text : "0", NULL, 10) < PAGE)
		skip("this kernel lets anything be mapped at 0");
	access_init();
	make_stack(lowest + 16 * PAGE);
	prove_all("below the lowest address", lowest - PAGE);
	prove_all("right below the lowest address", lowest - 1);
	prove_all("the lowest address", lowest);
	verdict_expect(VERDICT(STACK_GROWTH) | VERDICT(SEGV_UNMAPPED));
}

/*
 * A stack grows as said, not to an area below.  The guard gap is kept from what is accessible below, and
 * only from that.
 */
TEST_F(verdict, stack_gap)
{
	char *room = scene_map(1024 * PAGE, PROT_NONE, PRIVATE_ANON | MAP_NORESERVE, -1);

	access_init();
	munmap(room + 4 * PAGE, 1020 * PAGE);
	make_stack(room + 300 * PAGE);
	mprotect(room, 4 * PAGE, PROT_READ);
	for (int i = 4; i < 300; i += 10)
		prove_all("near an area below", room + i * PAGE);
	prove_all("the last page of the gap", room + 259 * PAGE);
	prove_all("the first page above it", room + 260 * PAGE);
	mprotect(room, 4 * PAGE, PROT_NONE);
	prove_all("nothing accessible below", room + 100 * PAGE);
	munmap(room, 4 * PAGE);
	make_stack(room);
	prove_all("another stack below", room + 50 * PAGE);
	verdict_expect(VERDICT(STACK_GROWTH) | VERDICT(SEGV_UNMAPPED));
}

/* Guard regions do as said. */
TEST_F(verdict, guards)
{
	char *memory = scene_anon(PAGES);

	if (madvise(memory, PAGES / 2 * PAGE, MADV_GUARD_INSTALL))
		skip("this kernel has no guard regions");
	access_init();
	verdict_prove_place("guarded, and not", memory, PAGES, PAGE);
	verdict_expect(VERDICT(GUARD) | VERDICT(ZERO_FILL));
}

static void survive(int signal_number)
{
	(void)signal_number;
}

/* Broken memory does as said.  The frames are lost to this machine until it is booted again. */
TEST_F(verdict, poisoned)
{
	char *memory = scene_anon(PAGES);

	scene_write(memory, PAGES);
	scene_drain();
	signal(SIGBUS, survive);
	if (madvise(memory, PAGE, MADV_HWPOISON))
		skip("this kernel poisons no memory: %s", strerrorname_np(errno));
	access_init();
	prove_all("poisoned", memory);
	verdict_prove_place("beside poisoned", memory + PAGE, 6, PAGE);
	verdict_expect(VERDICT(HWPOISON) | VERDICT(OK));
}

/*
 * The kernel's own mappings do as said.  vvar must not be written to, nor executed; some of its pages
 * are there only on some machines.
 */
TEST_F(verdict, special)
{
	char *vdso = (char *)getauxval(AT_SYSINFO_EHDR);

	if (!vdso)
		skip("this process has no vdso");
	access_init();
	prove_all("vdso", vdso);
	prove_all("vdso", vdso + 64);
	for (int i = 1; i < 8; i++)
		prove_all("below the vdso", vdso - i * PAGE);
	verdict_expect(VERDICT(SEGV_ACCESS));
}

/* Code and data do as said. */
TEST_F(verdict, own_code)
{
	static char data[4 * PAGE];

	access_init();
	prove_all("code of libc", (char *)(uintptr_t)strlen);
	prove_all("own code", (char *)(uintptr_t)prove_all);
	verdict_prove_place("bss", (char *)(((uintptr_t)data | (PAGE - 1)) + 1), 3, PAGE);
	verdict_expect(VERDICT(OK) | VERDICT(SEGV_ACCESS));
}

SCENE_MAIN
