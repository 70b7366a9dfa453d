// SPDX-License-Identifier: GPL-2.0
/* stuck - targets that stand still, in every way there is, are read at once and left as they are. */
#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/fs.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/stall.h"

SCENE(stuck)

#define GROUP "/sys/fs/cgroup/vmaview-frozen"

/* A reader that hangs is ended by the test's own alarm: "took too long". */
static void read_all(const char *what, pid_t pid, char state)
{
	static const char *const files[] = { "areas", "pages", "summary" };
	struct bytes bytes;

	if (!proc_await(pid, state))
		die("%s: the state is %c, not %c", what, proc_state(pid), state);
	expect_eq(what, -door_bytes(pid, VMAVIEW_WANT_ALL, &bytes), 0);
	bytes_free(&bytes);
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		expect_eq(files[i], -door_text(pid, files[i], &bytes), 0);
		bytes_free(&bytes);
	}
	if (proc_state(pid) != state)
		fail("%s: after the reads the state is %c, not %c", what, proc_state(pid), state);
}

/* A stopped target is read and stays stopped. */
TEST_F(stuck, stopped)
{
	struct child child;

	child_start_program(&child);
	if (!proc_stop(child.pid))
		die("the child does not stop");
	read_all("a stopped process", child.pid, 'T');
	child_kill(&child);
}

/* A traced target is read and stays where it is. */
TEST_F(stuck, traced)
{
	struct child child;

	child_start_program(&child);
	if (ptrace(PTRACE_SEIZE, child.pid, 0, 0) || ptrace(PTRACE_INTERRUPT, child.pid, 0, 0))
		die("ptrace: %s", strerror(errno));
	read_all("a traced process", child.pid, 't');
	child_kill(&child);
}

static void end_group(void)
{
	rmdir(GROUP);
}

static void put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		die("%s: %s", path, strerror(errno));
	close(fd);
}

static void await_line(const char *path, const char *line)
{
	for (int tries = 0; tries < 5000; tries++) {
		struct bytes text;
		bool there = !slurp(path, &text) && strstr(text.data, line);

		bytes_free(&text);
		if (there)
			return;
		usleep(1000);	/* polling: inotify would do, and be longer */
	}
	die("%s never said %s", path, line);
}

/* A frozen target is read and stays frozen. */
TEST_F(stuck, frozen)
{
	struct child child;
	char text[16];

	if (mkdir(GROUP, 0755))
		skip("no cgroup2: %s", strerrorname_np(errno));
	setting_undo(end_group);
	child_start_program(&child);
	snprintf(text, sizeof(text), "%d", child.pid);
	put(GROUP "/cgroup.procs", text);
	put(GROUP "/cgroup.freeze", "1");
	await_line(GROUP "/cgroup.events", "frozen 1");
	read_all("a frozen process", child.pid, 'S');
	await_line(GROUP "/cgroup.events", "frozen 1");
	child_kill(&child);
}

/* The parent of a vfork() sleeps, and no signal but a fatal one wakes it. */
static int waits_for_vfork(void *arg)
{
	pid_t pid;

	(void)arg;
	pid = vfork();
	if (!pid) {
		child_ready();
		_exit(0);
	}
	return 0;
}

/* A target in uninterruptible sleep is read. */
TEST_F(stuck, uninterruptible)
{
	struct child child;

	child_start(&child, waits_for_vfork, NULL);
	read_all("a process in D state", child.pid, 'D');
	child_end(&child);
}

/* What two threads do to a file on a file system that is frozen. */
static char *mapped;
static int frozen_fd;

static void thaw(void)
{
	int fd = open("/tmp/vmaview-ext4", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	ioctl(fd, FITHAW, 0);
	close(fd);
}

static void *write_fault(void *arg)
{
	(void)arg;
	*(volatile char *)mapped = 1;	/* page_mkwrite() waits until the file system thaws */
	return NULL;
}

static void *protect(void *arg)
{
	(void)arg;
	/* And this waits for that, with or for mmap_lock; of another page, for the fault goes on later. */
	mprotect(mapped + 8 * PAGE, PAGE, PROT_READ);
	return NULL;
}

/* Every second page of it is written: each is a run, and each hole. */
#define STRIPES_NR 4096
static char *stripes;

static int two_threads(void *arg)
{
	pthread_t first, second;

	(void)arg;
	for (size_t i = 0; i < STRIPES_NR; i += 2)
		scene_write(stripes + i * PAGE, 1);
	mapped = scene_map(16 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, frozen_fd);
	scene_read(mapped, 16);
	pthread_create(&first, NULL, write_fault, NULL);
	child_ready();
	pthread_create(&second, NULL, protect, NULL);
	child_ready();
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}

static void interrupt(int signal)
{
	(void)signal;
}

/* Signals without SA_RESTART, again and again: the first may come before the read. */
static void interrupt_soon(void)
{
	struct itimerval soon = { { 0, 100000 }, { 0, 300000 } };

	sigaction(SIGALRM, &(struct sigaction){ .sa_handler = interrupt }, NULL);
	setitimer(ITIMER_REAL, &soon, NULL);
}

static unsigned int nr_in_state(pid_t pid, char state)
{
	char path[64];
	unsigned int nr = 0;

	for (pid_t tid = pid; tid < pid + 20; tid++) {
		struct bytes text;
		char *paren;

		snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", pid, tid);
		if (slurp(path, &text))
			continue;
		paren = strrchr(text.data, ')');
		nr += paren && paren[2] == state;
		bytes_free(&text);
	}
	return nr;
}

/*
 * A thread waits in a page fault for a file system; then another for that thread, with mmap_lock or for
 * it: nobody can have it from then on.
 */
static void start_first(struct child *child)
{
	stripes = scene_anon(STRIPES_NR);
	madvise(stripes, STRIPES_NR * PAGE, MADV_NOHUGEPAGE);
	frozen_fd = scene_file(scene_ext4(), 16);
	fsync(frozen_fd);
	setting_undo(thaw);
	if (ioctl(frozen_fd, FIFREEZE, 0))
		skip("the file system cannot be frozen: %s", strerrorname_np(errno));
	child_start(child, two_threads, NULL);
	for (int tries = 0; tries < 3000 && !nr_in_state(child->pid, 'D'); tries++)
		usleep(1000);	/* polling: a page fault has no event */
}

static void start_second(struct child *child)
{
	if (write(child->to, "g", 1) != 1)
		die("the child is gone");
	for (int tries = 0; tries < 200 && nr_in_state(child->pid, 'D') < 2; tries++)
		usleep(1000);	/* it cannot say that it waits, and where it need not it never does */
}

/*
 * A signal ends the wait for a target whose lock is taken.  The reader waits, too, as a reader of smaps
 * does; but a signal ends that.
 */
TEST_F(stuck, lock_taken)
{
	struct bytes bytes;
	struct child child;
	int ret;

	start_first(&child);
	expect_eq("one thread waits: stream", -door_bytes(child.pid, VMAVIEW_WANT_ALL, &bytes), 0);
	start_second(&child);
	interrupt_soon();
	ret = -door_bytes(child.pid, VMAVIEW_WANT_ALL, &bytes);
	if (ret != EINTR)
		note("nobody had the lock: %s", ret ? strerrorname_np(ret) : "the stream was read");
	if (ret && ret != EINTR)
		fail("expected EINTR, got %s", strerrorname_np(ret));
	setitimer(ITIMER_REAL, &(struct itimerval){ 0 }, NULL);
	ioctl(frozen_fd, FITHAW, 0);
	expect_eq("after the thaw", -door_bytes(child.pid, VMAVIEW_WANT_ALL, &bytes), 0);
	child_kill(&child);
}

static volatile sig_atomic_t signals;

/* That many come while the reader waits. */
static void thaw_at_last(int number)
{
	(void)number;
	if (++signals == 3)
		ioctl(frozen_fd, FITHAW, 0);
}

/*
 * A signal restarts the reader of sharers that waits for another's, where the handler wants that.  Of
 * this process; and whoever has the same pages is asked for them.
 */
TEST_F(stuck, others_lock_taken)
{
	struct itimerval soon = { { 0, 100000 }, { 0, 300000 } };
	struct bytes bytes;
	struct child child;

	start_first(&child);
	start_second(&child);
	if (nr_in_state(child.pid, 'D') < 2)
		skip("mmap_lock is not taken here");
	sigaction(SIGALRM, &(struct sigaction){ .sa_handler = thaw_at_last, .sa_flags = SA_RESTART }, NULL);
	setitimer(ITIMER_REAL, &soon, NULL);
	expect_eq("stream", -door_bytes(getpid(), VMAVIEW_WANT_AREAS | VMAVIEW_WANT_SHARERS, &bytes), 0);
	setitimer(ITIMER_REAL, &(struct itimerval){ 0 }, NULL);
	if (signals < 3)
		fail("nobody waited: %d signals", (int)signals);
	thaw();
	child_kill(&child);
}

static bool locks_areas(void)
{
	struct bytes symbols;
	bool locks = !slurp("/proc/kallsyms", &symbols) && strstr(symbols.data, "__ksymtab_lock_vma_under_rcu");

	bytes_free(&symbols);
	return locks;
}

/* What was read last, and may be looked at; longer streams are not kept whole. */
static char records[65536];

/* Return: bytes of the stream's next reads, until @enough or until one fails; its errno to @error. */
static size_t read_on(int fd, size_t enough, int *error)
{
	size_t sum = 0, room;
	ssize_t got = 1;

	while (sum < enough && got > 0) {
		room = sizeof(records) - sum % sizeof(records);
		got = read(fd, records + sizeof(records) - room, room < 4096 ? room : 4096);
		sum += got > 0 ? got : 0;
	}
	*error = got < 0 ? errno : 0;
	return sum;
}

/* AREA records among the first @size bytes. */
static size_t nr_areas(size_t size)
{
	struct vmaview_header header;
	size_t nr = 0;

	for (size_t at = 0; at + sizeof(header) <= size; at += header.size) {
		memcpy(&header, records + at, sizeof(header));
		if (header.size < sizeof(header))
			die("a record of %u bytes", header.size);
		nr += header.type == VMAVIEW_REC_AREA;
	}
	return nr;
}

/* Lines of /proc/PID/maps from the program on, which lies above all scenes; [vsyscall] is in no mm. */
static size_t nr_program_areas(pid_t pid, __u64 *start)
{
	struct bytes maps;
	char path[64], *line;
	size_t nr = 0;

	snprintf(path, sizeof(path), "/proc/%d/maps", pid);
	if (slurp(path, &maps) || !(line = strstr(maps.data, "/stuck\n")))
		die("%s: no program", path);
	while (line > maps.data && line[-1] != '\n')
		line--;
	*start = strtoull(line, NULL, 16);
	for (; (line = strchr(line, '\n')); line++)
		nr++;
	nr -= !!strstr(maps.data, "[vsyscall]\n");
	bytes_free(&maps);
	return nr;
}

/*
 * A signal does not come while an area is read whose own lock can be had.  Nobody can have mmap_lock,
 * but the area that a stream is in need not be locked as a whole.
 */
TEST_F(stuck, area_is_read_on)
{
	const size_t runs = STRIPES_NR / 2 * sizeof(struct vmaview_run);
	struct vmaview_request request;
	struct child child;
	size_t first, rest;
	int fd, error;

	start_first(&child);
	request = door_request(child.pid, VMAVIEW_WANT_RUNS);
	request.start = (uintptr_t)stripes;
	request.end = request.start + STRIPES_NR * PAGE;
	fd = door_open();
	if (fd < 0 || door_bind(fd, &request))
		die("cannot bind");
	first = read_on(fd, runs / 8, &error);
	start_second(&child);
	if (nr_in_state(child.pid, 'D') < 2)
		skip("mmap_lock is not taken here");
	interrupt_soon();
	rest = read_on(fd, SIZE_MAX, &error);
	setitimer(ITIMER_REAL, &(struct itimerval){ 0 }, NULL);
	note("%zu bytes before, %zu after", first, rest);
	expect_eq("the end of the area wants mmap_lock", error, EINTR);
	if (locks_areas() != (first + rest >= runs))
		fail("%zu of %zu bytes", first + rest, runs);
	close(fd);
	thaw();
	child_kill(&child);
}

/*
 * A signal does not come while areas are listed that can be had alone.  The same for areas that the
 * stream has not come to yet.
 */
TEST_F(stuck, areas_are_read)
{
	struct vmaview_request request;
	struct child child;
	size_t expected, size, got;
	int fd, error;

	start_first(&child);
	request = door_request(child.pid, VMAVIEW_WANT_AREAS);
	expected = nr_program_areas(child.pid, &request.start);
	fd = door_open();
	if (fd < 0 || door_bind(fd, &request))
		die("cannot bind");
	start_second(&child);
	if (nr_in_state(child.pid, 'D') < 2)
		skip("mmap_lock is not taken here");
	interrupt_soon();
	size = read_on(fd, SIZE_MAX, &error);
	setitimer(ITIMER_REAL, &(struct itimerval){ 0 }, NULL);
	if (size > sizeof(records))
		die("%zu bytes of areas", size);
	got = nr_areas(size);
	expect_eq("the end wants mmap_lock", error, EINTR);
	/* The second thread's stack and its guard came after maps was read. */
	expect_eq("areas", got, locks_areas() ? expected + 2 : 0);
	close(fd);
	thaw();
	child_kill(&child);
}

enum { FOLDER_FD = 100 };

/* It waits for the target's lock until a signal ends that; then its folder is gone. */
static int read_folder(void *arg)
{
	int error;

	sigaction(SIGUSR1, &(struct sigaction){ .sa_handler = interrupt }, NULL);
	if (dup2(door_opened(*(pid_t *)arg), FOLDER_FD) != FOLDER_FD)
		die("dup2: %s", strerror(errno));
	child_ready();
	read_on(FOLDER_FD, SIZE_MAX, &error);
	if (error == EINTR)	/* else it had areas to give before it waited */
		read_on(FOLDER_FD, SIZE_MAX, &error);
	expect_eq("a read of what is gone", error, EIO);
	return failed();
}

/* Is @pid asleep in read() of that file?  So it says once that it is, or ends the test. */
static void await_reading(pid_t pid)
{
	char path[64], want[32];

	snprintf(path, sizeof(path), "/proc/%d/syscall", pid);
	snprintf(want, sizeof(want), "%d 0x%x ", SYS_read, FOLDER_FD);
	await_line(path, want);
}

/* All that a detach could hold up. */
static int detach_and_more(void *arg)
{
	pid_t target = *(pid_t *)arg, own = getpid();
	int fd = door_open();

	expect_eq("detach", -door_detach(target), 0);
	expect_eq("attach of another", -door_attach(own), 0);
	expect_eq("attach of the same", -door_attach(target), 0);
	expect_errno("ATTACH again", ioctl(fd, VMAVIEW_IOC_ATTACH, &target), 0);
	expect_errno("DETACH of another", ioctl(fd, VMAVIEW_IOC_DETACH, &own), 0);
	expect_errno("DETACH", ioctl(fd, VMAVIEW_IOC_DETACH, &target), 0);
	expect_errno("unload", syscall(SYS_delete_module, "vmaview", O_NONBLOCK), EAGAIN);
	return failed();
}

/*
 * Its folder goes, and others come and go, while a reader waits for it.  Who takes a folder away neither
 * waits for its reader nor ends the reader's wait.
 */
TEST_F(stuck, detached_meanwhile)
{
	struct child child, reader, detacher;

	start_first(&child);
	child_start(&reader, read_folder, &child.pid);
	start_second(&child);
	if (nr_in_state(child.pid, 'D') < 2)
		skip("mmap_lock is not taken here");
	if (write(reader.to, "g", 1) != 1)
		die("the reader is gone");
	await_reading(reader.pid);
	child_start(&detacher, detach_and_more, &child.pid);
	expect_eq("the detacher", child_end(&detacher), 0);
	await_reading(reader.pid);
	kill(reader.pid, SIGUSR1);
	expect_eq("the reader", child_end(&reader), 0);
	thaw();
	child_kill(&child);
}

/* What a reader walks for long in one hold; each child has a copy of its tables. */
#define WALKED 131072
static char *walked;

/* A read of a disk that answers nothing: the end of its memory waits for that, whoever brings it about. */
static int reads_a_disk(void *arg)
{
	struct iocb iocb = { .aio_lio_opcode = IOCB_CMD_PREAD, .aio_fildes = *(int *)arg, .aio_nbytes = PAGE };
	struct iocb *list[] = { &iocb };
	aio_context_t context = 0;

	iocb.aio_buf = (uintptr_t)walked;
	if (syscall(SYS_io_setup, 1, &context) || syscall(SYS_io_submit, context, 1, list) != 1)
		return 1;
	child_ready();
	return 0;
}

/* Until it is gone. */
static int read_on_and_on(void *arg)
{
	struct bytes bytes;
	bool first = true;
	int ret;

	use_all_cpus();		/* on that of the test it would be in no hold whenever the test goes on */
	for (;;) {
		ret = -door_bytes(*(pid_t *)arg, VMAVIEW_WANT_AREAS | VMAVIEW_WANT_PAGES, &bytes);
		bytes_free(&bytes);
		if (ret)
			return ret != ESRCH;
		if (first)
			child_ready();
		first = false;
	}
}

/* Has it ended, after @ms at the latest? */
static bool ends_within(pid_t pid, int ms)
{
	while (ms-- && proc_state(pid) != 'Z')
		usleep(1000);	/* polling: who waits for the end of a child would wait for good */
	return proc_state(pid) == 'Z';
}

/* Return: was the memory of a target that is killed left to its reader? */
static bool kill_while_read(int disk, int wait_us)
{
	struct child target, reader;
	bool left;

	stall_begin();
	child_start(&target, reads_a_disk, &disk);
	child_start(&reader, read_on_and_on, &target.pid);
	if (write(reader.to, "g", 1) != 1)
		die("the reader is gone");
	usleep(wait_us);	/* no event says that a hold goes on */
	kill(target.pid, SIGKILL);
	left = ends_within(target.pid, 500);
	if (left && !ends_within(reader.pid, 5000))
		fail("the reader waits, in state %c, for what its target had begun", proc_state(reader.pid));
	stall_end();
	child_kill(&target);
	expect_eq("the reader", child_end(&reader), 0);
	return left;
}

/*
 * Who reads a target that is killed does not wait for its I/O.  Who uses the memory of another last does
 * not wait for what goes on there: nothing would end that wait.
 */
TEST_F(stuck, memory_is_left)
{
	int disk = stall_open(), tries = 0, left = 0;

	door_hold_budget("1000000");
	walked = scene_anon(WALKED);
	madvise(walked, WALKED * PAGE, MADV_NOHUGEPAGE);
	scene_write(walked, 1);
	scene_read(walked, WALKED);
	while (left < 3 && tries < 20 && !failed())
		left += kill_while_read(disk, 1000 * (tries++ % 10));
	note("%d of %d times a reader was the last", left, tries);
	if (!left && !failed())
		fail("no reader was the last");
}

SCENE_MAIN
