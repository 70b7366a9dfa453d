// SPDX-License-Identifier: GPL-2.0
/*
 * advise - what `vmaview advise` finds: each thing is made, is what it says, and is removed as it advises; what was
 * gained is measured, and then it is silent.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/tool.h"

SCENE(advise)

enum { RW = PROT_READ | PROT_WRITE, ANON = MAP_PRIVATE | MAP_ANONYMOUS };

#define CGROUPS "/tmp/vmaview-advise"

/* Kind, size in kB and how sure, and the command, as raw output has them; free it. */
static char *ask(const char *who, const char *kind)
{
	struct command_result result;
	char args[160];

	snprintf(args, sizeof(args), "advise -n -r -Q kind==\"%s\" -o Kind,Kbytes,Sure,Command %s", kind, who);
	tool_run(args, &result);
	expect_eq(args, result.status, 0);
	expect_str("stderr", result.err.data, "");
	bytes_free(&result.err);
	return result.out.data;
}

static const char *text_of(pid_t pid)
{
	static char text[16];

	snprintf(text, sizeof(text), "%d", pid);
	return text;
}

static void expect_silence(pid_t pid, const char *kind)
{
	char *text = ask(text_of(pid), kind);

	expect_str(kind, text, "");
	free(text);
}

/* Just so many kB of @pid; @command without its blanks, before the PID. */
static void expect_found(pid_t pid, const char *kind, uint64_t kb, const char *rest)
{
	char *text = ask(text_of(pid), kind), want[256];

	snprintf(want, sizeof(want), "%s %" PRIu64 " %s%d\n", kind, kb, rest, pid);
	expect_str(kind, text, want);
	free(text);
}

/* As many kB of @pid, or a few more, which it has from its parent or in files. */
static void expect_about(pid_t pid, const char *kind, uint64_t kb, const char *sure)
{
	char *text = ask(text_of(pid), kind), format[64];
	uint64_t found = 0;

	snprintf(format, sizeof(format), "%s %%" SCNu64 " %s ", kind, sure);
	if (sscanf(text, format, &found) != 1 || found < kb || found > kb + kb / 4)
		fail("%s of %" PRIu64 " kB: %s", kind, kb, text);
	free(text);
}

static uint64_t number_of(const char *path, const char *key)
{
	char line[256], format[64];
	uint64_t value = ~0ULL;
	FILE *file = fopen(path, "r");

	if (!file)
		die("%s: %s", path, strerror(errno));
	snprintf(format, sizeof(format), "%s%%" SCNu64, key);
	while (value == ~0ULL && fgets(line, sizeof(line), file))
		sscanf(line, format, &value);
	fclose(file);
	return value;
}

static uint64_t meminfo(const char *key)
{
	return number_of("/proc/meminfo", key) << 10;
}

/* A process in which there is nothing: not a word. */
TEST_F(advise, silence)
{
	struct child child;
	char args[64];

	child_start_program(&child);
	snprintf(args, sizeof(args), "advise %d", child.pid);
	tool_expect(args, "");
	snprintf(args, sizeof(args), "advise -J %d", child.pid);
	tool_expect_part(args, "\"findings\":[]}");
	child_kill(&child);
	tool_expect_no_target("advise");
}

TEST_F(advise, writable_code)
{
	char *code = scene_map(16 * PAGE, RW | PROT_EXEC, ANON, -1), args[64], want[160];
	int status;

	expect_found(getpid(), "writable-code", 64, "exact vmaview\\x20-Q\\x20'Perms\\x20=~\\x20\"wx\"'\\x20");
	snprintf(args, sizeof(args), "advise -J %d", getpid());
	tool_expect_part(args, "{\"kind\":\"writable-code\",\"bytes\":65536,\"sure\":\"exact\",");
	snprintf(want, sizeof(want), "\"pids\":[%d]}", getpid());
	tool_expect_part(args, want);
	if (mprotect(code, 16 * PAGE, PROT_READ | PROT_EXEC))
		die("mprotect: %s", strerror(errno));
	expect_silence(getpid(), "writable-code");
	if (!fork()) {
		signal(SIGSEGV, SIG_DFL);
		*(volatile char *)code = 1;
		_exit(0);
	}
	wait(&status);
	expect_eq("a write to it", WIFSIGNALED(status) ? WTERMSIG(status) : 0, SIGSEGV);
}

/* Given up, of more than half; madvise(MADV_DONTNEED) frees it at once. */
TEST_F(advise, lazyfree)
{
	enum { PAGES = 2048, FREED = 1200 };
	char *heap = scene_anon(PAGES);

	madvise(heap, PAGES * PAGE, MADV_NOHUGEPAGE);
	scene_write(heap, PAGES);
	scene_drain();
	madvise(heap, PAGES / 2 * PAGE, MADV_FREE);
	scene_drain();
	expect_silence(getpid(), "lazyfree");
	madvise(heap, FREED * PAGE, MADV_FREE);
	scene_drain();
	expect_eq("LazyFree", proc_smaps(heap, "LazyFree"), FREED * 4);
	expect_found(getpid(), "lazyfree", FREED * 4, "exact vmaview\\x20reclaim\\x20");
	madvise(heap, FREED * PAGE, MADV_DONTNEED);
	expect_eq("Rss", proc_smaps(heap, "Rss"), (PAGES - FREED) * 4);
	expect_silence(getpid(), "lazyfree");
}

/* The most bytes first, unless another order is asked for. */
TEST_F(advise, in_order)
{
	enum { PAGES = 2048, FREED = 1200 };
	const char *head = "advise -n -r -o Kind -Q kind==\"lazyfree\"||kind==\"writable-code\"";
	char *heap = scene_anon(PAGES), args[160];

	scene_map(16 * PAGE, RW | PROT_EXEC, ANON, -1);
	madvise(heap, PAGES * PAGE, MADV_NOHUGEPAGE);
	scene_write(heap, PAGES);
	scene_drain();
	madvise(heap, FREED * PAGE, MADV_FREE);
	scene_drain();
	snprintf(args, sizeof(args), "%s %d", head, getpid());
	tool_expect(args, "lazyfree\nwritable-code\n");
	snprintf(args, sizeof(args), "%s --sort Kbytes %d", head, getpid());
	tool_expect(args, "writable-code\nlazyfree\n");
	snprintf(args, sizeof(args), "%s --sort -Kind --head 1 %d", head, getpid());
	tool_expect(args, "writable-code\n");
}

/* How many areas there are, by maps. */
static unsigned int count_areas(void)
{
	FILE *file = fopen("/proc/self/maps", "r");
	unsigned int nr = 0;
	char line[8192];

	while (file && fgets(line, sizeof(line), file))
		nr += !strstr(line, "[vsyscall]");
	if (file)
		fclose(file);
	return nr;
}

/* Every second page of @pages is another area; what the last mprotect() says. */
static int split(char *at, unsigned int pages)
{
	int ret = 0;

	for (unsigned int i = 1; !ret && i < pages; i += 2)
		ret = mprotect(at + i * PAGE, PAGE, PROT_READ);
	return ret ? errno : 0;
}

TEST_F(advise, map_count)
{
	enum { PAGES = 400 };
	char *at = scene_map(PAGES * PAGE, RW, ANON, -1), *more = scene_map(PAGES * PAGE, RW, ANON, -1);
	unsigned int areas;
	char limit[16], *text;

	expect_eq("areas that can be split", split(at, PAGES), 0);
	expect_silence(getpid(), "map-count");
	areas = count_areas();
	snprintf(limit, sizeof(limit), "%u", areas + areas / 20);
	if (!setting("/proc/sys/vm/max_map_count", limit))
		die("max_map_count: %s", strerror(errno));
	text = ask(text_of(getpid()), "map-count");
	if (strncmp(text, "map-count ", 10) || !strstr(text, " exact vmaview\\x20why\\x20"))
		fail("map-count: %s", text);
	free(text);
	expect_eq("there is no room", split(more, PAGES), ENOMEM);
	mprotect(at, PAGES * PAGE, RW);
	mprotect(more, PAGES * PAGE, PROT_NONE);	/* the last one was split, and no change merged it again */
	mprotect(more, PAGES * PAGE, RW);
	if (count_areas() > areas - PAGES + 8)	/* one of these, and what asking has taken */
		fail("of %u areas %u are left", areas, count_areas());
	expect_silence(getpid(), "map-count");
	expect_eq("there is room", split(more, PAGES / 2), 0);
}

/* A page in each two megabytes, and the same number side by side. */
TEST_F(advise, page_tables)
{
	enum { PAGES = 1200 };
	char *at = scene_map(PAGES * HUGE, RW, ANON | MAP_NORESERVE, -1), *beside = scene_anon(PAGES);
	uint64_t before;

	madvise(at, PAGES * HUGE, MADV_NOHUGEPAGE);
	madvise(beside, PAGES * PAGE, MADV_NOHUGEPAGE);
	expect_silence(getpid(), "page-tables");	/* what asking takes of this process, too, is there now */
	for (unsigned int i = 0; i < PAGES; i++)
		scene_write(at + i * HUGE, 1);
	before = proc_status(getpid(), "VmPTE");
	expect_found(getpid(), "page-tables", before, "exact vmaview\\x20tables\\x20");
	munmap(at, PAGES * HUGE);
	scene_write(beside, PAGES);
	expect_silence(getpid(), "page-tables");
	if (proc_status(getpid(), "VmPTE") + PAGES * 4 - 64 > before)
		fail("VmPTE was %" PRIu64 " kB, and is %" PRIu64, before, proc_status(getpid(), "VmPTE"));
}

/* The process asks for huge pages as advised, and has them. */
TEST_F(advise, not_huge)
{
	enum { PLACES = 8 };
	char *at;

	scene_thp();
	setting("/sys/kernel/mm/transparent_hugepage/khugepaged/scan_sleep_millisecs", "1000000");
	at = scene_map(PLACES * HUGE, RW, ANON, -1);
	scene_write(at, PLACES * HUGE / PAGE);
	scene_drain();
	expect_found(getpid(), "not-huge", PLACES * HUGE / 1024, "exact vmaview\\x20why\\x20");
	madvise(at, PLACES * HUGE, MADV_HUGEPAGE);
	scene_write(at, PLACES * HUGE / PAGE);	/* asking was a fork, and what cannot be written is not collapsed */
	scene_drain();
	if (madvise(at, PLACES * HUGE, MADV_COLLAPSE))
		die("MADV_COLLAPSE: %s", strerrorname_np(errno));
	expect_eq("AnonHugePages", proc_smaps(at, "AnonHugePages"), PLACES * HUGE / 1024);
	expect_silence(getpid(), "not-huge");
}

/* Descriptors of this process, and what it shares with another one. */
struct held_scene {
	int pipe[2];
	char *memory;
};

enum { HELD = 256 };

/* Puts its pages into the pipe, closes all that it has, and stands still. */
static void hand_over(struct held_scene *scene)
{
	struct iovec pages = { NULL, HELD * PAGE };

	pages.iov_base = scene->memory = scene_anon(HELD);
	madvise(scene->memory, HELD * PAGE, MADV_NOHUGEPAGE);
	scene_write(scene->memory, HELD);
	if (vmsplice(scene->pipe[1], &pages, 1, 0) != HELD * PAGE)
		_exit(1);
	scene_drain();
	close_range(0, ~0U, 0);
	raise(SIGSTOP);
	_exit(0);
}

/* Who has no descriptor has nothing that explains why its pages are held: the pipe is another one's. */
TEST_F(advise, held)
{
	struct held_scene scene;
	int status = 0;
	pid_t pid;

	if (pipe(scene.pipe) || fcntl(scene.pipe[1], F_SETPIPE_SZ, HELD * PAGE) < 0)
		die("pipe: %s", strerror(errno));
	pid = fork();
	if (!pid)
		hand_over(&scene);
	if (waitpid(pid, &status, WUNTRACED) != pid || !WIFSTOPPED(status))
		die("it has not stopped: %x", status);
	expect_about(pid, "held", HELD * 4, "maybe");
	close(scene.pipe[0]);
	close(scene.pipe[1]);
	expect_silence(pid, "held");
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
}

static void unmount(void)
{
	rmdir(CGROUPS "/first");
	rmdir(CGROUPS "/second");
	umount2(CGROUPS, MNT_DETACH);
	rmdir(CGROUPS);
}

static void make_cgroups(void)
{
	mkdir(CGROUPS, 0755);
	if (mount("none", CGROUPS, "cgroup2", 0, NULL))
		skip("no cgroups of version 2");
	setting_undo(unmount);
	if (!setting_put(CGROUPS "/cgroup.subtree_control", "+memory"))
		skip("no memory cgroups of version 2");
	if (mkdir(CGROUPS "/first", 0755) || mkdir(CGROUPS "/second", 0755))
		die("no cgroups");
}

enum { CHARGED = 1024 };

/* Memory from before it is moved, and then, as advised, from after. */
static int moves(void *arg)
{
	char *memory = arg;

	child_ready();
	scene_write(memory, CHARGED);
	scene_drain();
	child_ready();
	madvise(memory, CHARGED * PAGE, MADV_DONTNEED);
	scene_write(memory, CHARGED);
	scene_drain();
	child_ready();
	return 0;
}

static uint64_t charged(const char *folder)
{
	char path[64];

	snprintf(path, sizeof(path), CGROUPS "/%s/memory.stat", folder);
	return number_of(path, "anon ");
}

/* Memory stays charged where it was taken, and is charged here once it is taken anew. */
TEST_F(advise, charged_elsewhere)
{
	char *memory = scene_anon(CHARGED);
	struct child child;
	uint64_t before;

	make_cgroups();
	madvise(memory, CHARGED * PAGE, MADV_NOHUGEPAGE);
	child_start(&child, moves, memory);
	if (!setting_put(CGROUPS "/first/cgroup.procs", text_of(child.pid)))
		die("cannot move a process");
	child_step(&child);
	if (!setting_put(CGROUPS "/second/cgroup.procs", text_of(child.pid)))
		die("cannot move a process");
	expect_about(child.pid, "charged-elsewhere", CHARGED * 4, "exact");
	before = charged("second");
	child_step(&child);
	if (charged("second") < before + CHARGED * PAGE / 2)
		fail("not charged here: %" PRIu64 " and %" PRIu64, before, charged("second"));
	expect_silence(child.pid, "charged-elsewhere");
	expect_eq("child", child_end(&child), 0);
}

static int stays(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

/*
 * More than what is free is shared with a child, by huge pages, which are quickly made. Once the child has ended, all
 * of it can be written without more memory.
 */
TEST_F(advise, cow_debt)
{
	uint64_t size, before;
	struct child child;
	char *at;

	scene_thp();
	size = (meminfo("MemFree: ") + meminfo("Cached: ")) / 20 * 11 / HUGE * HUGE;
	at = scene_map(size, RW, ANON | MAP_NORESERVE, -1);
	madvise(at, size, MADV_HUGEPAGE);
	scene_write(at, size / PAGE);
	expect_silence(getpid(), "cow-debt");
	child_start(&child, stays, NULL);
	expect_about(getpid(), "cow-debt", size / 1024, "maybe");
	expect_eq("child", child_end(&child), 0);
	expect_silence(getpid(), "cow-debt");
	before = meminfo("MemFree: ");
	scene_write(at, size / PAGE);
	if (meminfo("MemFree: ") + size / 4 < before)
		fail("writing it took memory: free was %" PRIu64 ", is %" PRIu64, before, meminfo("MemFree: "));
}

/* A memfd that was written and that nobody maps is gone with its descriptor. */
TEST_F(advise, unmapped)
{
	enum { MEGABYTES = 16 };
	static char block[1 << 20];
	int fd = memfd_create("scene", MFD_CLOEXEC);
	unsigned long kb = 0;
	uint64_t before;
	char *text;

	for (int i = 0; i < MEGABYTES; i++)
		if (write(fd, block, sizeof(block)) != sizeof(block))
			die("memfd: %s", strerror(errno));
	text = ask("--all", "unmapped");
	if (sscanf(text, "unmapped %lu exact vmaview\\x20groups", &kb) != 1 || kb < MEGABYTES * 1024)
		fail("unmapped: %s", text);
	free(text);
	before = meminfo("Shmem: ");
	close(fd);
	if (meminfo("Shmem: ") + MEGABYTES * sizeof(block) / 2 > before)
		fail("Shmem was %" PRIu64 ", is %" PRIu64, before, meminfo("Shmem: "));
	text = ask("--all", "unmapped");
	expect_str("unmapped", text, "");
	free(text);
}

SCENE_MAIN
