// SPDX-License-Identifier: GPL-2.0
/* reclaim_verb - `vmaview reclaim`: what it says is taken by MADV_PAGEOUT, and nothing else is. */
#include <errno.h>
#include <fcntl.h>
#include <liburing.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/command.h"
#include "lib/door.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/tool.h"

SCENE(reclaim_verb)

enum { PAGES = 16, SOME = 6, TRIES = 20 };
enum { KPF_LRU_BIT = 5, KPF_ACTIVE_BIT = 6 };

static char *memory;
static size_t length = PAGES * PAGE;

static void shell(const char *script, struct command_result *result)
{
	char *const argv[] = { "sh", "-c", (char *)script, NULL };
	struct command command = { .program = "/bin/sh", .drop = -1 };

	command_run(&command, argv, result);
}

/* The columns @columns of the memory, in pages, a blank between two; "" where it has no row. */
static void expect_pages(const char *what, const char *columns, const char *want)
{
	struct command_result result;
	char script[512];

	snprintf(script, sizeof(script), "vmaview reclaim -r -n -b -o %s -A %lx,%lx %d | "
		 "awk '{ for (i = 1; i <= NF; i++) printf \"%%s%%s\", (i > 1 ? \" \" : \"\"), $i / %lu }'", columns,
		 (long)memory, (long)memory + length - 1, getpid(), PAGE);
	shell(script, &result);
	expect_str(what, result.out.data, want);
	expect_str("stderr", result.err.data, "");
	command_free(&result);
}

#define HOW "Present,Drop,Write,Swap,Never,Held,Shared"

/* How many of the pages are mapped, and how many are in memory all the same, as mincore has it. */
static size_t mapped(void)
{
	size_t nr = 0;

	for (size_t i = 0; i < length / PAGE; i++)
		nr += !!(proc_page(memory + i * PAGE) & PAGEMAP_PRESENT);
	return nr;
}

static size_t in_memory(void)
{
	unsigned char there[PAGES];
	size_t nr = 0;

	if (mincore(memory, PAGES * PAGE, there))
		die("mincore: %s", strerror(errno));
	for (size_t i = 0; i < PAGES; i++)
		nr += there[i] & 1;
	return nr;
}

/* The kernel is told to take it, and then once more for what was in nobody's reach for a moment. */
static void page_out(size_t left)
{
	for (int i = 0; i < TRIES && (!i || in_memory() > left); i++) {
		scene_drain();
		if (madvise(memory, PAGES * PAGE, MADV_PAGEOUT))
			die("MADV_PAGEOUT: %s", strerror(errno));
	}
}

/* In this process alone: vmaview is a child of it. */
static char *make_memory(void)
{
	char *addr = scene_anon(PAGES);

	madvise(addr, PAGES * PAGE, MADV_DONTFORK);
	scene_write(addr, PAGES);
	scene_drain();
	return addr;
}

/* Anonymous memory goes by swapping. */
TEST_F(reclaim_verb, anonymous)
{
	scene_swap();
	memory = make_memory();
	expect_pages("anonymous", HOW ",Need,Dirty", "16 0 0 16 0 0 0 16 16");
	page_out(0);
	expect_eq("left in memory", in_memory(), 0);
	expect_eq("left mapped", mapped(), 0);
	expect_pages("paged out", HOW, "");
}

/*
 * Without swap only what MADV_FREE gave up goes.  Without swap there is a price that cannot be paid;
 * what MADV_FREE gave up has none.
 */
TEST_F(reclaim_verb, without_swap)
{
	memory = make_memory();
	if (madvise(memory, SOME * PAGE, MADV_FREE))
		die("MADV_FREE: %s", strerror(errno));
	scene_drain();
	expect_pages("given up in part", HOW ",LazyFree", "16 6 0 10 0 0 0 6");
	page_out(PAGES - SOME);
	expect_eq("left in memory", in_memory(), PAGES - SOME);
	expect_eq("left mapped", mapped(), PAGES - SOME);
	expect_pages("and taken", HOW ",LazyFree", "10 0 0 10 0 0 0 0");
}

/* What was given up and written again stays.  What was given up, and written again, is not given up. */
TEST_F(reclaim_verb, written_again)
{
	memory = make_memory();
	madvise(memory, PAGES * PAGE, MADV_FREE);
	scene_drain();
	scene_write(memory, SOME);
	scene_drain();
	expect_pages("written again in part", HOW, "16 10 0 6 0 0 0");
	page_out(SOME);
	expect_eq("left mapped", mapped(), SOME);
}

static int clean_file(void)
{
	int fd = scene_file(scene_ext4(), PAGES);

	if (fsync(fd))
		die("fsync: %s", strerror(errno));
	return fd;
}

/* Clean page cache goes at once. */
TEST_F(reclaim_verb, clean)
{
	int fd = clean_file();

	memory = scene_map(PAGES * PAGE, PROT_READ, MAP_PRIVATE, fd);
	madvise(memory, PAGES * PAGE, MADV_DONTFORK);
	scene_read(memory, PAGES);
	scene_drain();
	expect_pages("clean", HOW ",Dirty", "16 16 0 0 0 0 0 0");
	page_out(0);
	expect_eq("left in memory", in_memory(), 0);
	expect_eq("left mapped", mapped(), 0);
}

/*
 * Dirty page cache goes when it was written.  Reclaim of a process writes no file back: it is taken once
 * somebody else has written it.
 */
TEST_F(reclaim_verb, dirty)
{
	int fd = clean_file();

	memory = scene_map(PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd);
	madvise(memory, PAGES * PAGE, MADV_DONTFORK);
	scene_read(memory, PAGES);
	scene_write(memory, SOME);
	scene_drain();
	expect_pages("dirty in part", HOW ",Dirty", "16 10 6 0 0 0 0 6");
	page_out(SOME);
	expect_eq("left in memory", in_memory(), SOME);
	if (fsync(fd))
		die("fsync: %s", strerror(errno));
	scene_read(memory, SOME);
	scene_drain();
	expect_pages("written", "Drop,Write,Dirty", "6 0 0");
	if (pwrite(fd, "x", 1, 0) != 1)
		die("pwrite: %s", strerror(errno));
	expect_pages("written by a call", "Drop,Write,Dirty", "5 1 1");
	if (fsync(fd))
		die("fsync: %s", strerror(errno));
	page_out(0);
	expect_eq("left in memory, written", in_memory(), 0);
}

/* Shared memory goes by swapping. */
TEST_F(reclaim_verb, shared_memory)
{
	int fd = scene_memfd(PAGES, 0);

	scene_swap();
	memory = scene_map(PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd);
	madvise(memory, PAGES * PAGE, MADV_DONTFORK);
	scene_write(memory, PAGES);
	scene_drain();
	expect_pages("shared memory", HOW, "16 0 0 16 0 0 0");
	page_out(0);
	expect_eq("left in memory", in_memory(), 0);
}

/* Pinned pages stay. */
TEST_F(reclaim_verb, pinned)
{
	struct io_uring ring;
	struct iovec vector;
	int ret = io_uring_queue_init(2, &ring, 0);

	if (ret)
		skip("no io_uring: %s", strerrorname_np(-ret));
	scene_swap();
	memory = make_memory();
	vector = (struct iovec){ memory, SOME * PAGE };
	ret = io_uring_register_buffers(&ring, &vector, 1);
	if (ret)
		die("io_uring_register_buffers: %s", strerrorname_np(-ret));
	scene_drain();
	expect_pages("pinned in part", HOW, "16 0 0 10 6 0 0");
	page_out(SOME);
	expect_eq("left in memory", in_memory(), SOME);
	expect_eq("left mapped", mapped(), SOME);
	expect_pages("the rest is gone", HOW, "6 0 0 0 6 0 0");
}

/*
 * Pages in a pipe are saved, and stay in memory.  A plain reference lets the kernel unmap a page and
 * save it, but not free it.
 */
TEST_F(reclaim_verb, held)
{
	struct iovec vector;
	int ends[2];

	scene_swap();
	memory = make_memory();
	vector = (struct iovec){ memory, SOME * PAGE };
	if (pipe2(ends, O_CLOEXEC) || vmsplice(ends[1], &vector, 1, 0) != SOME * (ssize_t)PAGE)
		die("vmsplice: %s", strerror(errno));
	scene_drain();
	expect_pages("in a pipe in part", HOW, "16 0 0 16 0 6 0");
	page_out(SOME);
	expect_eq("left in memory", in_memory(), SOME);
}

/* Locked pages stay, and go once they are unlocked. */
TEST_F(reclaim_verb, locked)
{
	scene_swap();
	memory = make_memory();
	if (mlock(memory, PAGES * PAGE))
		die("mlock: %s", strerror(errno));
	scene_drain();
	expect_pages("locked", HOW ",Unevict,Active,Inactive,Gen,NoList", "16 0 0 0 16 0 0 16 0 0 0 0");
	expect_errno("MADV_PAGEOUT of a locked area", madvise(memory, PAGES * PAGE, MADV_PAGEOUT), EINVAL);
	expect_eq("left mapped", mapped(), PAGES);
	munlock(memory, PAGES * PAGE);
	scene_drain();
	expect_pages("unlocked", HOW ",Unevict", "16 0 0 16 0 0 0 0");
	page_out(0);
	expect_eq("left mapped, unlocked", mapped(), 0);
}

/* A locked segment stays. */
TEST_F(reclaim_verb, locked_segment)
{
	int id = shmget(IPC_PRIVATE, PAGES * PAGE, IPC_CREAT | 0600);

	if (id < 0)
		skip("no System V shared memory: %s", strerrorname_np(errno));
	scene_swap();
	memory = shmat(id, scene_place(), 0);
	shmctl(id, IPC_RMID, NULL);
	if (memory == (void *)-1 || shmctl(id, SHM_LOCK, NULL))
		die("SHM_LOCK: %s", strerror(errno));
	madvise(memory, PAGES * PAGE, MADV_DONTFORK);
	scene_write(memory, SOME);
	scene_drain();
	expect_pages("a locked segment", HOW, "6 0 0 0 6 0 0");
	page_out(SOME);
	expect_eq("left in memory", in_memory(), SOME);
}

/* hugetlb stays. */
TEST_F(reclaim_verb, hugetlb)
{
	scene_hugetlb(1);
	length = HUGE;
	memory = scene_map(HUGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1);
	madvise(memory, HUGE, MADV_DONTFORK);
	memory[0] = 1;
	expect_pages("hugetlb", HOW ",NoList", "512 0 0 0 512 0 0 512");
	expect_errno("MADV_PAGEOUT of it", madvise(memory, HUGE, MADV_PAGEOUT), EINVAL);
	expect_eq("left mapped", mapped(), HUGE / PAGE);
}

static int stand(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

/*
 * MADV_PAGEOUT leaves what is shared.  MADV_PAGEOUT takes no page that others map; reclaim would take it
 * from both.
 */
TEST_F(reclaim_verb, shared)
{
	struct child child;

	scene_swap();
	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	child_start(&child, stand, NULL);
	scene_write(memory, PAGES - SOME);
	scene_drain();
	expect_pages("shared in part", HOW, "16 0 0 16 0 0 6");
	page_out(SOME);
	expect_eq("left mapped", mapped(), SOME);
	child_kill(&child);
}

/* As many are young as smaps says, @least of them or more. */
static void expect_referenced(const char *what, size_t least)
{
	struct area_list areas;
	const struct area *area;
	char want[32];
	size_t nr;

	door_smaps(getpid(), &areas);
	area = area_list_find(&areas, (uintptr_t)memory);
	nr = area ? area->value[REFERENCED] / 4 : 0;
	area_list_free(&areas);
	snprintf(want, sizeof(want), "%zu %zu", nr, PAGES - nr);
	expect_pages(what, "Young,Idle", want);
	if (nr < least)
		fail("%s: %zu pages are referenced, expected %zu", what, nr, least);
}

/*
 * Pages that a call has read are young.  A page can be accessed without its entry: read() marks it, and
 * of a large folio all pages.
 */
TEST_F(reclaim_verb, young_by_read)
{
	char buffer[SOME * PAGE];
	int fd = clean_file();

	memory = scene_map(PAGES * PAGE, PROT_READ, MAP_SHARED, fd);
	madvise(memory, PAGES * PAGE, MADV_DONTFORK);
	scene_read(memory, PAGES);
	scene_drain();
	proc_clear_refs(getpid(), "1");
	expect_referenced("forgotten", 0);
	if (pread(fd, buffer, sizeof(buffer), 0) != sizeof(buffer))
		die("pread: %s", strerror(errno));
	expect_referenced("read by a call", SOME);
}

/* Young pages are those that smaps calls referenced.  smaps calls it Referenced. */
TEST_F(reclaim_verb, young)
{
	struct area_list areas;
	const struct area *area;
	char want[32];

	memory = make_memory();
	expect_pages("written", "Young,Idle", "16 0");
	proc_clear_refs(getpid(), "1");
	expect_pages("forgotten", "Young,Idle", "0 16");
	scene_read(memory, SOME);
	snprintf(want, sizeof(want), "%d %d", SOME, PAGES - SOME);
	expect_pages("read in part", "Young,Idle", want);
	door_smaps(getpid(), &areas);
	area = area_list_find(&areas, (uintptr_t)memory);
	expect_eq("Referenced of smaps", area ? area->value[REFERENCED] : ~0ULL, SOME * 4);
	area_list_free(&areas);
}

static size_t count_flags(uint64_t mask, uint64_t value)
{
	size_t nr = 0;

	for (size_t i = 0; i < PAGES; i++)
		nr += (proc_kpageflags(PAGEMAP_PFN(proc_page(memory + i * PAGE))) & mask) == value;
	return nr;
}

static void expect_lists(const char *what)
{
	const uint64_t lru = 1ULL << KPF_LRU_BIT, active = 1ULL << KPF_ACTIVE_BIT;
	char want[64];

	snprintf(want, sizeof(want), "%zu %zu 0 0 %zu", count_flags(lru | active, lru | active),
		 count_flags(lru | active, lru), count_flags(lru, 0));
	note("%s: active, inactive, generations, unevictable, no list: %s", what, want);
	expect_pages(what, "Active,Inactive,Gen,Unevict,NoList", want);
}

/*
 * Pages are on the lists that kpageflags says.  kpageflags has no generations: without them each page is
 * on one of two lists.
 */
TEST_F(reclaim_verb, lists)
{
	if (!access("/sys/kernel/mm/lru_gen/enabled", F_OK) && !setting("/sys/kernel/mm/lru_gen/enabled", "n"))
		skip("the multi-gen LRU stays on");
	scene_swap();
	memory = make_memory();
	expect_lists("fresh");
	page_out(0);
	scene_read(memory, PAGES);
	scene_drain();
	expect_lists("back from swap");
	scene_write(memory, SOME);
	scene_drain();
	expect_lists("written in part");
}

/* Pages are in the generations that the kernel counts. */
TEST_F(reclaim_verb, generations)
{
	if (access("/sys/kernel/mm/lru_gen/enabled", F_OK) || !setting("/sys/kernel/mm/lru_gen/enabled", "y"))
		skip("no multi-gen LRU");
	memory = make_memory();
	expect_pages("in generations", "Gen,Active,Inactive", "16 0 0");
}

/* JSON has every sum. */
TEST_F(reclaim_verb, json)
{
	struct command_result result;
	char script[1024], want[1024];

	memory = make_memory();
	mlock(memory, SOME * PAGE);
	scene_drain();
	snprintf(script, sizeof(script), "vmaview reclaim -J -A %lx,%lx %d | jq -c '.processes[0] | [(.reclaim | "
		"map(.swap)), "
		 "(.reclaim | map(.why)), .reclaim[0].start, .total.present, .total.never_mlocked, .total.swap_need, "
		 "(.total | .drop + .write + .swap + .never == .present), "
		 "(.total | .active + .inactive + .generations + .unevictable + .no_list == .present), .swap_free]'",
		 (long)memory, (long)memory + PAGES * PAGE - 1, getpid());
	shell(script, &result);
	snprintf(want, sizeof(want), "[[0,%lu],[[\"mlocked\"],[]],\"0x%lx\",%lu,%lu,%lu,true,true,0]\n",
		(PAGES - SOME) * PAGE,
		 (long)memory, PAGES * PAGE, SOME * PAGE, (PAGES - SOME) * PAGE);
	expect_str("JSON", result.out.data, want);
	expect_str("stderr", result.err.data, "");
	command_free(&result);
}

/* @args of `vmaview reclaim`, with rows of START SIZE PRESENT NEVER. */
static void expect_areas(const char *what, const char *args, const char *want)
{
	struct command_result result;
	char script[256];

	snprintf(script, sizeof(script), "vmaview reclaim -r -n -b -o Start,Size,Present,Never %s %d", args, getpid());
	shell(script, &result);
	expect_str(what, result.out.data, want);
	expect_str("stderr", result.err.data, "");
	command_free(&result);
}

/* A range chooses whole areas.  A range chooses areas, and a row is a whole one. */
TEST_F(reclaim_verb, whole_areas)
{
	char args[64], first[128], both[256];

	memory = make_memory();
	mlock(memory, SOME * PAGE);	/* makes two areas of it */
	scene_drain();
	snprintf(first, sizeof(first), "%016lx %lu %lu %lu\n", (long)memory, SOME * PAGE, SOME * PAGE, SOME * PAGE);
	snprintf(both, sizeof(both), "%s%016lx %lu %lu 0\n", first, (long)memory + SOME * PAGE, (PAGES - SOME) * PAGE,
		 (PAGES - SOME) * PAGE);
	snprintf(args, sizeof(args), "-A %lx", (long)memory + 2 * PAGE + 1);
	expect_areas("a page of one", args, first);
	snprintf(args, sizeof(args), "-A %lx,%lx", (long)memory + (SOME - 1) * PAGE, (long)memory + (SOME + 1) * PAGE);
	expect_areas("the end of one and the beginning of another", args, both);
	snprintf(args, sizeof(args), "-A %lx,%lx", (long)memory - 3 * PAGE, (long)memory);
	expect_areas("from before it", args, first);
	snprintf(args, sizeof(args), "-A %lx", (long)memory - 1);
	expect_areas("none", args, "");
}

static unsigned long long free_swap_kb(void)
{
	FILE *file = fopen("/proc/meminfo", "re");
	unsigned long long kb = 0;
	char line[128];

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "SwapFree: %llu", &kb) == 1)
			break;
	if (file)
		fclose(file);
	return kb;
}

/* The lines below the table have the sums. */
TEST_F(reclaim_verb, text)
{
	struct command_result result;
	char script[256], want[256];

	scene_swap();
	memory = make_memory();
	page_out(0);	/* so that less is free than there is */
	memory = make_memory();
	mlock(memory, SOME * PAGE);
	scene_drain();
	snprintf(script, sizeof(script), "vmaview reclaim -A %lx,%lx %d", (long)memory, (long)memory + PAGES * PAGE - 1,
		 getpid());
	shell(script, &result);
	expect_eq("status", result.status, 0);
	snprintf(want, sizeof(want), "\npresent 64 kB: freed at once 0 kB, after writing 0 kB, by swapping 40 kB "
		 "(needs 40 kB of swap, free %llu kB)\n", free_swap_kb());
	if (!strstr(result.out.data, want) ||
	    !strstr(result.out.data, "\nnever 24 kB: mlocked 24 kB, unevictable 0 kB, maybe pinned 0 kB,"))
		fail("sums are missing in %s", result.out.data);
	command_free(&result);
}

/* What cannot be asked is said in one line. */
TEST_F(reclaim_verb, bad_input)
{
	tool_expect_no_target("reclaim");
	tool_expect_refused("reclaim", 2, "a PID is needed");
	tool_expect_refused("reclaim -o Taken 1", 2, "no column is called");
	tool_expect_refused("reclaim -J -r 1", 2, "exclude each other");
}

SCENE_MAIN
