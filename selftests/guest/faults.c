// SPDX-License-Identifier: GPL-2.0
/* faults - page faults while they happen: so many of each kind as the child takes. */
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/command.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/watcher.h"

SCENE(faults)

enum { PAGES = 64, K = 7, AROUND = 16 /* pages that one read of a file maps, fault_around_bytes */ };

static char *memory;
static sigjmp_buf back;
static char end_of_memory[1];

/*
 * Events patch the kernel's code where they are enabled.  Under emulation another processor could
 * still run the breakpoint that stands there meanwhile.
 */
static void one_processor(void)
{
	if (!access("/sys/devices/system/cpu/cpu1/online", W_OK))
		setting("/sys/devices/system/cpu/cpu1/online", "0");
}

/*
 * Runs a child up to its first child_ready(), watches its next step, and expects that just @nr
 * faults of @kind, by @access, were in the PAGES of memory, and no others; and that all faults of
 * the child are as many as the kernel counted.
 */
struct expect {
	const char *kind;
	const char *access;
	unsigned int nr;
};

static uint64_t counted(pid_t pid)
{
	return proc_stat(pid, 10) + proc_stat(pid, 12);
}

static bool is_served(const char *kind)
{
	return strcmp(kind, "segv") && strcmp(kind, "bus-error") && strcmp(kind, "failed");
}

/* Without tracepoints of exceptions: minor or major, by nobody knows what access, and none that fails. */
static void expect_counters(struct watched *seen, const struct expect *expect, size_t nr)
{
	unsigned int minor = 0, major = 0;

	for (size_t i = 0; i < nr; i++)
		*(strcmp(expect[i].kind, "swap") ? &minor : &major) += is_served(expect[i].kind) ? expect[i].nr : 0;
	expect_eq("minor faults", watched_count(seen, memory, PAGES * PAGE, "minor", "-"), minor);
	expect_eq("major faults", watched_count(seen, memory, PAGES * PAGE, "major", "-"), major);
	expect_eq("all faults", watched_count(seen, memory, PAGES * PAGE, NULL, NULL), minor + major);
	if (!seen->err.data || !strstr(seen->err.data, "no tracepoints of exceptions"))
		fail("nobody says that there are no tracepoints of exceptions");
}

static void expect_faults(struct watched *seen, const struct expect *expect, size_t nr)
{
	unsigned int sum = 0, all = watched_count(seen, memory, PAGES * PAGE, NULL, NULL);

	if (!watcher_sees_exceptions()) {
		expect_counters(seen, expect, nr);
		return;
	}
	for (size_t i = 0; i < nr; i++) {
		unsigned int got = watched_count(seen, memory, PAGES * PAGE, expect[i].kind,
						 expect[i].access);

		expect_eq(expect[i].kind, got, expect[i].nr);
		sum += got;
	}
	if (!expect_eq("faults of other kinds there", all - sum, 0))
		watched_note(seen);
}

static void watch_step(int (*run)(void *arg), const struct expect *expect, size_t nr)
{
	struct watched seen;
	struct watcher watcher;
	struct child child;
	uint64_t before;

	one_processor();
	child_start(&child, run, NULL);
	before = counted(child.pid);
	watcher_start_stream(&watcher, child.pid);
	child_step(&child);
	watcher_stop(&watcher, SIGINT, &seen);
	expect_eq("exit code", seen.status, 0);
	expect_eq("served faults, of those the kernel counted", watched_served(&seen),
		  counted(child.pid) - before);
	expect_faults(&seen, expect, nr);
	watched_free(&seen);
	child_end(&child);
}

#define WATCH_STEP(run, ...) do { \
	static const struct expect expect_[] = { __VA_ARGS__ }; \
	watch_step(run, expect_, ARRAY_SIZE(expect_)); \
} while (0)

static int zero_fill(void *unused)
{
	(void)unused;
	child_ready();
	scene_write(memory, K);
	scene_read(memory + K * PAGE, 3);
	child_ready();
	return 0;
}

/* First writes and reads of anonymous memory are zero-fill. */
TEST_F(faults, zero_fill)
{
	memory = scene_anon(PAGES);
	WATCH_STEP(zero_fill, { "zero-fill", "write", K }, { "zero-fill", "read", 3 });
}

static int read_around(void *unused)
{
	(void)unused;
	child_ready();
	for (int i = 0; i < PAGES; i += AROUND)
		scene_read(memory + i * PAGE, 1);
	child_ready();
	return 0;
}

/* Reads of a file's cached pages are file. */
TEST_F(faults, file)
{
	int fd = scene_file(scene_ext4(), PAGES);

	memory = scene_map(PAGES * PAGE, PROT_READ, MAP_PRIVATE, fd);
	WATCH_STEP(read_around, { "file", "read", PAGES / AROUND });
}

/* Reads of shared memory that is there are file. */
TEST_F(faults, shmem)
{
	memory = scene_map(PAGES * PAGE, PROT_READ, MAP_SHARED, scene_memfd(PAGES, 0));
	WATCH_STEP(read_around, { "file", "read", PAGES / AROUND });
}

static int write_some(void *unused)
{
	(void)unused;
	child_ready();
	scene_write(memory, K);
	child_ready();
	return 0;
}

/* Holes of shared memory are zero-fill. */
TEST_F(faults, shmem_hole)
{
	memory = scene_map(PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1);
	WATCH_STEP(write_some, { "zero-fill", "write", K });
}

/* Writes after fork are copies.  What was written before fork() is this process's, too. */
TEST_F(faults, copy)
{
	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	WATCH_STEP(write_some, { "copy", "write", K });
}

/* fork() copies no entries of an area that has been read only: the child reads for itself. */
static int write_zero_page(void *unused)
{
	scene_read(memory, PAGES);
	return write_some(unused);
}

/* Writes where the zero page is mapped are copies. */
TEST_F(faults, copy_zero_page)
{
	memory = scene_anon(PAGES);
	WATCH_STEP(write_zero_page, { "copy", "write", K });
}

/* First writes to a private file mapping are copies. */
TEST_F(faults, copy_file)
{
	int fd = scene_file(scene_ext4(), PAGES);

	memory = scene_map(PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd);
	WATCH_STEP(write_some, { "copy", "write", K });
}

/* After a child of its own has come and gone, all is this process's alone, and read-only still. */
static int write_after_fork(void *unused)
{
	pid_t pid;

	(void)unused;
	scene_write(memory, PAGES);
	pid = fork();
	if (!pid)
		_exit(0);
	waitpid(pid, NULL, 0);
	scene_drain();
	child_ready();
	scene_write(memory, K);
	child_ready();
	return 0;
}

/* Writes once the other side of a fork is gone make writable. */
TEST_F(faults, make_writable)
{
	memory = scene_anon(PAGES);
	WATCH_STEP(write_after_fork, { "make-writable", "write", K });
}

static int write_shared(void *unused)
{
	(void)unused;
	scene_read(memory, PAGES);
	child_ready();
	scene_write(memory, K);
	child_ready();
	return 0;
}

/* Writes to clean pages of a shared file make writable. */
TEST_F(faults, make_writable_file)
{
	int fd = scene_file(scene_ext4(), PAGES);

	memory = scene_map(PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd);
	if (msync(memory, PAGES * PAGE, MS_SYNC) || fsync(fd))
		die("fsync: %s", strerror(errno));
	WATCH_STEP(write_shared, { "make-writable", "write", K });
}

static int read_back(void *unused)
{
	(void)unused;
	scene_write(memory, PAGES);
	scene_page_out(memory, K);
	child_ready();
	scene_read(memory, K);
	child_ready();
	return 0;
}

/* Reads of swapped pages are swap. */
TEST_F(faults, swap)
{
	scene_swap();
	memory = scene_anon(PAGES);
	WATCH_STEP(read_back, { "swap", "read", K });
}

static void jump(int signal)
{
	siglongjmp(back, signal);
}

/* The addresses of memory: the first is gone, the second may not be touched, the third not written. */
static int touch_forbidden(void *unused)
{
	(void)unused;
	munmap(memory, PAGE);
	mprotect(memory + PAGE, PAGE, PROT_NONE);
	mprotect(memory + 2 * PAGE, PAGE, PROT_READ);
	signal(SIGSEGV, jump);
	child_ready();
	for (volatile int i = 0; i < 3; i++)
		if (!sigsetjmp(back, 1))
			scene_write(memory + i * PAGE, 1);
	child_ready();
	return 0;
}

/* Forbidden accesses are segv, with and without an area. */
TEST_F(faults, segv)
{
	memory = scene_anon(PAGES);
	WATCH_STEP(touch_forbidden, { "segv", "write", 3 });
}

static int touch_past_end(void *unused)
{
	(void)unused;
	signal(SIGBUS, jump);
	child_ready();
	for (volatile int i = 0; i < 2; i++)
		if (!sigsetjmp(back, 1))
			scene_read(memory + (K + i) * PAGE, 1);
	child_ready();
	return 0;
}

/* Reads past the end of a file are bus-error. */
TEST_F(faults, bus_error)
{
	int fd = scene_file(scene_ext4(), K);

	memory = scene_map(PAGES * PAGE, PROT_READ, MAP_PRIVATE, fd);
	WATCH_STEP(touch_past_end, { "bus-error", "read", 2 });
}

/*
 * The kernel writes to memory: once where it may, once where it may not.  That the latter is over is
 * known when there is another fault.  getcpu() has one put_user(); what copies many bytes may try
 * again, byte by byte, and take a second fault.
 */
static int call_with_pointer(void *unused)
{
	(void)unused;
	mprotect(memory + PAGE, PAGE, PROT_NONE);
	child_ready();
	if (syscall(SYS_getcpu, memory, NULL, NULL) ||
	    syscall(SYS_getcpu, memory + PAGE, NULL, NULL) != -1 || errno != EFAULT)
		return 1;
	scene_write(memory + 2 * PAGE, 1);
	child_ready();
	return 0;
}

/* The kernel's accesses count, and fail with EFAULT. */
TEST_F(faults, by_kernel)
{
	memory = scene_anon(PAGES);
	WATCH_STEP(call_with_pointer, { "zero-fill", "write,kernel", 1 },
		   { "failed", "write,kernel", 1 }, { "zero-fill", "write", 1 });
}

static void *touch_in_thread(void *unused)
{
	(void)unused;
	scene_write(memory, K);
	return end_of_memory;
}

static int make_thread(void *unused)
{
	pthread_t thread;

	(void)unused;
	child_ready();
	if (pthread_create(&thread, NULL, touch_in_thread, NULL) || pthread_join(thread, NULL))
		return 1;
	child_ready();
	return 0;
}

/* A thread that comes later is followed. */
TEST_F(faults, new_thread)
{
	memory = scene_anon(PAGES);
	WATCH_STEP(make_thread, { "zero-fill", "write", K });
}

static int have_threads(void *unused)
{
	child_sleepers(20);
	return write_some(unused);
}

/* Six events a thread are more files than the hard limit of open files, which root may raise. */
TEST_F(faults, many_files)
{
	struct rlimit limit = { 40, 40 };

	memory = scene_anon(PAGES);
	if (setrlimit(RLIMIT_NOFILE, &limit))
		die("setrlimit: %s", strerror(errno));
	WATCH_STEP(have_threads, { "zero-fill", "write", K });
}

static int make_process(void *unused)
{
	pid_t pid;

	(void)unused;
	child_ready();
	pid = fork();
	if (!pid) {
		scene_write(memory, K);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	child_ready();
	return 0;
}

/* A process that comes later is not. */
TEST_F(faults, new_process)
{
	memory = scene_anon(PAGES);
	WATCH_STEP(make_process, { "zero-fill", NULL, 0 });
}

/* Mapped while it is watched: an area that was not there when areas were read. */
static int map_late(void *unused)
{
	(void)unused;
	munmap(memory, PAGES * PAGE);
	child_ready();
	mmap(memory, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	scene_write(memory, K);
	child_ready();
	return 0;
}

/* An area that comes later is found. */
TEST_F(faults, new_area)
{
	memory = scene_anon(PAGES);
	WATCH_STEP(map_late, { "zero-fill", "write", K });
}

/* Sums of a child that writes and ends: in a table, raw, as JSON.  Free what was seen. */
static void sums(char *option, struct watched *seen)
{
	char *const argv[] = { "vmaview", "faults", "--interval", "3600", option, NULL };
	struct watcher watcher;
	struct child child;

	one_processor();
	memory = scene_anon(PAGES);
	child_start(&child, write_some, NULL);
	watcher_start(&watcher, child.pid, argv);
	child_step(&child);
	child_end(&child);
	watcher_stop(&watcher, 0, seen);
	expect_eq("exit code", seen->status, 0);
	if (watcher_sees_exceptions())
		expect_str("stderr", seen->err.data ? seen->err.data : "", "");
}

/* The first row of the memory behind @from: perms, kind and number. */
static void expect_row(const char *from, const char *address, const char *format)
{
	char kind[32] = "", perms[8] = "";
	unsigned int faults = 0;

	from = from ? strstr(from, address) : NULL;
	if (from)
		sscanf(from + strlen(address), format, perms, kind, &faults);
	expect_str("perms", perms, "rw-p");
	expect_str("kind", kind, watcher_sees_exceptions() ? "zero-fill" : "minor");
	expect_eq("faults", faults, K);
}

/* A table has the sums. */
TEST_F(faults, table)
{
	struct watched seen;
	char address[24];

	sums("--color=never", &seen);
	snprintf(address, sizeof(address), "%016lx ", (unsigned long)memory);
	expect_row(seen.out.data, address, "%7s %31s %u");
	expect_row(strstr(seen.out.data, "total in "), address, "%7s %31s %u");
	watched_free(&seen);
}

/* JSON has the sums. */
TEST_F(faults, json)
{
	struct watched seen;
	char address[24];

	sums("-J", &seen);
	snprintf(address, sizeof(address), "\"0x%lx\"", (unsigned long)memory);
	expect_row(seen.out.data, address, ",\"perms\":\"%4[^\"]\",\"kind\":\"%31[^\"]\",\"faults\":%u,");
	watched_free(&seen);
}

/* Raw rows have the sums. */
TEST_F(faults, raw)
{
	struct watched seen;
	char address[24];

	sums("-r", &seen);
	snprintf(address, sizeof(address), " %016lx ", (unsigned long)memory);
	expect_row(seen.out.data, address, "%7s %31s %u ");
	expect_str("headings", strstr(seen.out.data, "Time Address Perms Kind"), seen.out.data);
	watched_free(&seen);
}

/* --count ends it. */
TEST_F(faults, count)
{
	struct command command = { .program = "/usr/local/bin/vmaview", .drop = -1 };
	char pid[16];
	char *const argv[] = { "vmaview", "faults", "--interval", "0.05", "--count", "3", pid, NULL };
	struct command_result result;
	unsigned int lines = 0;

	one_processor();
	snprintf(pid, sizeof(pid), "%d", getpid());
	command_run(&command, argv, &result);
	expect_eq("exit code", result.status, 0);
	for (const char *at = result.out.data; (at = strstr(at, " s: ")); at++)
		lines++;
	expect_eq("intervals and the total", lines, 4);
	command_free(&result);
}

/* A number after @key in the JSON row of the memory. */
static uint64_t row_number(const char *json, const char *key)
{
	char address[24], name[40];
	const char *row;

	snprintf(address, sizeof(address), "\"0x%lx\"", (unsigned long)memory);
	snprintf(name, sizeof(name), "\"%s\":", key);
	row = strstr(json, address);
	row = row ? strstr(row, name) : NULL;
	if (!row)
		die("no %s in: %s", key, json);
	return strtoull(row + strlen(name), NULL, 10);
}

/* All that are in its ranges; none of them begins above @max. */
static unsigned int in_ranges(const char *json, uint64_t max)
{
	const char *at = strstr(json, "\"latency_log2\":{");
	unsigned int sum = 0;

	for (at = at ? strchr(at, '{') : NULL; at && *at != '}'; at = strpbrk(at + 1, ",}")) {
		unsigned long long start;
		unsigned int nr;

		if (sscanf(at + 1, "\"%llu\":%u", &start, &nr) != 2)
			die("what range is at: %.40s", at);
		if (start > max || (start & (start - 1)))
			fail("%u of a range from %llu ns, the longest took %llu", nr, start, (unsigned long long)max);
		sum += nr;
	}
	return sum;
}

/* How long they took lies in ranges, and these have all of them. */
TEST_F(faults, ranges)
{
	uint64_t mean, half, most, max;
	struct watched seen;
	const char *json;

	sums("-J", &seen);
	if (!watcher_sees_exceptions())
		skip("this kernel has no tracepoints of exceptions");
	json = seen.out.data;
	mean = row_number(json, "latency_ns");
	half = row_number(json, "latency_p50_ns");
	most = row_number(json, "latency_p99_ns");
	max = row_number(json, "latency_max_ns");
	if (!half || half > most || most > max || mean > max)
		fail("mean %llu, half within %llu, 99 of 100 within %llu, longest %llu", (unsigned long long)mean,
		     (unsigned long long)half, (unsigned long long)most, (unsigned long long)max);
	expect_eq("in all ranges", in_ranges(json, max), K);
	watched_free(&seen);
}

/* They are drawn, too. */
TEST_F(faults, histogram)
{
	struct watched seen;
	char name[64];

	sums("--histogram", &seen);
	if (!watcher_sees_exceptions())
		skip("this kernel has no tracepoints of exceptions");
	snprintf(name, sizeof(name), "zero-fill %016lx [ anon ]: %d, half within ", (unsigned long)memory, K);
	if (!strstr(seen.out.data, name) || !strchr(strstr(seen.out.data, name), '#'))
		fail("no bars of '%s' in: %s", name, seen.out.data);
	watched_free(&seen);
}

static uint64_t now_ns(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000ULL + time.tv_nsec;
}

/* In memory that the test shares with its child: how long the child waited for each of its own. */
static uint64_t *own;

static int time_faults(void *unused)
{
	(void)unused;
	now_ns();	/* its page of the vdso is there, as that of the times is */
	own[0] = 0;
	child_ready();
	for (int i = 0; i < PAGES; i++) {
		uint64_t began = now_ns();

		scene_write(memory + i * PAGE, 1);
		own[i] = now_ns() - began;
	}
	child_ready();
	return 0;
}

static void share_own(void)
{
	own = (uint64_t *)scene_map(PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1);
	own[0] = 1;
}

/* No fault takes longer than its program waits for it, nor a small part of that. */
TEST_F(faults, times)
{
	uint64_t of_faults = 0, of_child = 0;
	struct watched seen;
	struct watcher watcher;
	struct child child;

	if (!watcher_sees_exceptions())
		skip("this kernel has no tracepoints of exceptions");
	one_processor();
	memory = scene_anon(PAGES);
	madvise(memory, PAGES * PAGE, MADV_NOHUGEPAGE);
	share_own();
	child_start(&child, time_faults, NULL);
	watcher_start_stream(&watcher, child.pid);
	child_step(&child);
	watcher_stop(&watcher, SIGINT, &seen);
	for (int i = 0; i < PAGES; i++) {
		uint64_t latency = watched_latency(&seen, memory + i * PAGE);

		if (!latency || latency > own[i])
			fail("page %d: %llu ns, of which its program noticed %llu", i, (unsigned long long)latency,
			     (unsigned long long)own[i]);
		of_faults += latency;
		of_child += own[i];
	}
	note("%d faults of %llu ns, for which the program waited %llu", PAGES, (unsigned long long)of_faults / PAGES,
	     (unsigned long long)of_child / PAGES);
	if (of_faults < of_child / 10)
		fail("that is a small part");
	watched_free(&seen);
	child_end(&child);
}

enum { CHANGES = 100, LARGE = 4096 };

static volatile bool is_over;

/* Holds mmap_lock nearly all of the time: while memory is filled, and while it goes away. */
static void *hold_lock(void *unused)
{
	(void)unused;
	while (!is_over) {
		void *large = mmap(NULL, LARGE * PAGE, PROT_READ | PROT_WRITE,
				   MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

		if (large == MAP_FAILED)
			_exit(1);
		munmap(large, LARGE * PAGE);
	}
	return NULL;
}

static int change_memory(void *unused)
{
	pthread_t thread;

	(void)unused;
	now_ns();
	own[0] = 0;
	child_ready();
	if (pthread_create(&thread, NULL, hold_lock, NULL))
		return 1;
	for (int i = 0; i < CHANGES; i++) {
		uint64_t began = now_ns();

		if (mprotect(memory, PAGE, i % 2 ? PROT_READ | PROT_WRITE : PROT_READ))
			return 1;
		own[i] = now_ns() - began;
		usleep(500);	/* the other thread shall begin */
	}
	is_over = true;
	pthread_join(thread, NULL);
	child_ready();
	return 0;
}

/* Waits for the lock of thread @tid, the longest and their sum. */
static unsigned int lock_waits(const struct watched *seen, pid_t tid, uint64_t *longest, uint64_t *sum)
{
	unsigned int nr = 0;

	*longest = *sum = 0;
	for (const char *line = seen->out.data; strchr(line, '\n'); line = strchr(line, '\n') + 1) {
		unsigned long long ns;
		char kind[32];
		int of;

		if (sscanf(line, "%d %31s %llu", &of, kind, &ns) != 3 || of != tid || strcmp(kind, "mmap-write-lock"))
			continue;
		nr++;
		*sum += ns;
		if (ns > *longest)
			*longest = ns;
	}
	return nr;
}

/* Each change of an address space takes its lock once; who waits for another thread to let go of it waits so long. */
TEST_F(faults, lock_waits)
{
	char *const argv[] = {
		"vmaview", "faults", "--stream", "--lock-waits", "-n", "-o", "Tid,Kind,Latency", NULL,
	};
	uint64_t longest, sum, own_longest = 0, own_sum = 0;
	struct watched seen;
	struct watcher watcher;
	struct child child;

	if (access("/sys/kernel/tracing/events/mmap_lock", F_OK))
		skip("this kernel has no tracepoints of mmap_lock");
	one_processor();
	memory = scene_anon(1);
	share_own();
	child_start(&child, change_memory, NULL);
	watcher_start(&watcher, child.pid, argv);
	child_step(&child);
	watcher_stop(&watcher, SIGINT, &seen);
	for (int i = 0; i < CHANGES; i++) {
		own_sum += own[i];
		if (own[i] > own_longest)
			own_longest = own[i];
	}
	/* pthread_create() maps a stack and protects its guard page. */
	expect_eq("locks to change the address space", lock_waits(&seen, child.pid, &longest, &sum), CHANGES + 2);
	note("longest wait %llu us of a call of %llu us, all %llu of %llu", (unsigned long long)longest / 1000,
	     (unsigned long long)own_longest / 1000, (unsigned long long)sum / 1000,
	     (unsigned long long)own_sum / 1000);
	if (longest < own_longest / 2)
		fail("it waited for something else");
	watched_free(&seen);
	child_end(&child);
}

static int become_nobody(void *unused)
{
	(void)unused;
	if (setresgid(65534, 65534, 65534) || setresuid(65534, 65534, 65534) || prctl(PR_SET_DUMPABLE, 1))
		return 1;
	child_ready();
	return 0;
}

/* Without the right to perf events it is one line and 1. */
TEST_F(faults, no_right)
{
	struct command command = { .program = "/usr/local/bin/vmaview", .uid = 65534, .drop = -1 };
	char pid[16];
	char *const argv[] = { "vmaview", "faults", pid, NULL };
	struct command_result result;
	struct child child;

	child_start(&child, become_nobody, NULL);
	snprintf(pid, sizeof(pid), "%d", child.pid);
	command_run(&command, argv, &result);
	expect_eq("exit code", result.status, 1);
	expect_str("stdout", result.out.data, "");
	if (!strchr(result.err.data, '\n') || strchr(result.err.data, '\n')[1])
		fail("not one line: %s", result.err.data);
	if (!strstr(result.err.data, "CAP_PERFMON"))
		fail("what it needs is not said: %s", result.err.data);
	command_free(&result);
	child_end(&child);
}

SCENE_MAIN
