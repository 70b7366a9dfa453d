// SPDX-License-Identifier: GPL-2.0
/* uffd - areas that userfaultfds watch, and who holds these, of processes that were told what to do. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/serve.h"
#include "lib/uffd.h"

SCENE(uffd)

enum { PAGES = 4, MANY = 150, COPIES = 700 };

#define LEN (PAGES * PAGE)
#define MISSING UFFDIO_REGISTER_MODE_MISSING
#define WP UFFDIO_REGISTER_MODE_WP
#define MINOR UFFDIO_REGISTER_MODE_MINOR

/* What children say of themselves. */
static struct {
	int fd[2];
	pid_t pid;
	pid_t tid;
} *shared;

static char *memory[4];
static int sockets[2];

static void start(struct child *child, int (*run)(void *arg))
{
	if (!shared)
		shared = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (size_t i = 0; i < ARRAY_SIZE(memory) && !memory[i]; i++)
		memory[i] = scene_anon(PAGES);
	child_start(child, run, NULL);
}

static struct vmaview_uffd area(unsigned int context, const char *at, size_t len, unsigned int modes)
{
	return (struct vmaview_uffd){
		.kind = VMAVIEW_UFFD_AREA, .context = context, .modes = modes,
		.start = (uintptr_t)at, .end = (uintptr_t)at + len,
	};
}

static struct vmaview_uffd holder(unsigned int context, pid_t pid, pid_t tid, int fd)
{
	return (struct vmaview_uffd){
		.kind = VMAVIEW_UFFD_HOLDER, .context = context, .pid = pid, .tid = tid, .fd = fd,
	};
}

static void print(const char *what, const struct vmaview_uffd *uffd)
{
	note("%s: kind %u flags %u context %u modes %u %llx-%llx pid %d tid %d fd %d %s", what, uffd->kind,
	     uffd->flags, uffd->context, uffd->modes, uffd->start, uffd->end, uffd->pid, uffd->tid, uffd->fd,
	     uffd->comm);
}

static bool same(const struct vmaview_uffd *got, const struct vmaview_uffd *want)
{
	bool is_area = want->kind == VMAVIEW_UFFD_AREA;
	unsigned int flags = is_area ? got->flags & ~VMAVIEW_UFFD_FEATURES : got->flags;

	return got->kind == want->kind && flags == want->flags && got->context == want->context &&
	       got->modes == want->modes && got->start == want->start && got->end == want->end &&
	       got->pid == want->pid && got->tid == want->tid && got->fd == want->fd &&
	       !strcmp(got->comm, is_area ? "" : "uffd");
}

static void expect_rows(const struct stream *stream, const struct vmaview_uffd *want, size_t nr)
{
	bool wrong = !expect_eq("records", stream->nr_uffd, nr);

	for (size_t i = 0; !wrong && i < nr; i++)
		wrong = !same(&stream->uffd[i], &want[i]);
	if (!wrong)
		return;
	fail("not what was made:");
	for (size_t i = 0; i < stream->nr_uffd && i < 20; i++)
		print("got", &stream->uffd[i]);
	for (size_t i = 0; i < nr && i < 20; i++)
		print("want", &want[i]);
}

/* VmFlags of smaps: um, uw, ui. */
static unsigned int modes_of_smaps(const char *vmflags)
{
	return (strstr(vmflags, "um") ? VMAVIEW_UFFD_MISSING : 0) |
	       (strstr(vmflags, "uw") ? VMAVIEW_UFFD_WP : 0) | (strstr(vmflags, "ui") ? VMAVIEW_UFFD_MINOR : 0);
}

static void compare_smaps(pid_t pid, const struct stream *stream)
{
	struct area_list smaps;
	size_t nr = 0;

	door_smaps(pid, &smaps);
	for (size_t i = 0; i < smaps.nr; i++) {
		const struct area *witness = &smaps.area[i];
		const struct vmaview_uffd *uffd = &stream->uffd[nr];

		if (!modes_of_smaps(witness->vmflags))
			continue;
		if (nr++ >= stream->nr_uffd || uffd->kind != VMAVIEW_UFFD_AREA ||
		    uffd->start != witness->start || uffd->end != witness->end ||
		    uffd->modes != modes_of_smaps(witness->vmflags))
			fail("smaps has %s: %s", witness->head, witness->vmflags);
	}
	if (nr < stream->nr_uffd && stream->uffd[nr].kind == VMAVIEW_UFFD_AREA)
		fail("smaps has only %zu areas", nr);
	area_list_free(&smaps);
}

/* The link of the descriptor, and when the process began. */
static void compare_fds(const struct stream *stream)
{
	for (size_t i = 0; i < stream->nr_uffd; i++) {
		const struct vmaview_uffd *uffd = &stream->uffd[i];
		char path[64], link[64] = "";

		if (uffd->kind != VMAVIEW_UFFD_HOLDER)
			continue;
		snprintf(path, sizeof(path), "/proc/%d/task/%d/fd/%d", uffd->pid, uffd->tid, uffd->fd);
		if (readlink(path, link, sizeof(link) - 1) < 0)
			fail("%s: %s", path, strerror(errno));
		expect_str(path, link, "anon_inode:[userfaultfd]");
	}
}

static void expect_uffd(pid_t pid, const struct vmaview_uffd *want, size_t nr)
{
	struct stream stream;

	door_stream(pid, VMAVIEW_WANT_UFFD, &stream);
	expect_rows(&stream, want, nr);
	compare_smaps(pid, &stream);
	compare_fds(&stream);
	expect_eq("kernel knows", !!(stream.begin.known & VMAVIEW_KNOW_UFFD), 1);
	stream_free(&stream);
}

/* Between the first and the second area are pages of neither. */
static int two_contexts(void *arg)
{
	char *shm = mmap(memory[3], LEN, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, scene_memfd(PAGES, 0), 0);

	(void)arg;
	shared->fd[0] = uffd_open(0);
	shared->fd[1] = uffd_open(UFFD_FEATURE_MINOR_SHMEM);
	serve_register(shared->fd[0], memory[0] + PAGE, 2 * PAGE, MISSING);
	serve_register(shared->fd[1], memory[1], LEN, WP);
	serve_register(shared->fd[0], memory[2], LEN, MISSING | WP);
	serve_register(shared->fd[1], shm, LEN, MINOR);
	child_ready();
	close(shared->fd[0]);
	child_ready();
	close(shared->fd[1]);
	child_ready();
	return 0;
}

/* Areas of two contexts, each in its modes, and who holds them. */
TEST_F(uffd, modes)
{
	struct child child;

	start(&child, two_contexts);
	struct vmaview_uffd both[] = {
		area(1, memory[0] + PAGE, 2 * PAGE, VMAVIEW_UFFD_MISSING),
		area(2, memory[1], LEN, VMAVIEW_UFFD_WP),
		area(1, memory[2], LEN, VMAVIEW_UFFD_MISSING | VMAVIEW_UFFD_WP),
		area(2, memory[3], LEN, VMAVIEW_UFFD_MINOR),
		holder(1, child.pid, child.pid, shared->fd[0]),
		holder(2, child.pid, child.pid, shared->fd[1]),
	};
	struct vmaview_uffd one[] = {
		area(1, memory[1], LEN, VMAVIEW_UFFD_WP),
		area(1, memory[3], LEN, VMAVIEW_UFFD_MINOR),
		holder(1, child.pid, child.pid, shared->fd[1]),
	};

	expect_uffd(child.pid, both, ARRAY_SIZE(both));
	child_step(&child);
	expect_uffd(child.pid, one, ARRAY_SIZE(one));
	child_step(&child);
	expect_uffd(child.pid, NULL, 0);
	expect_uffd(getpid(), NULL, 0);
	child_end(&child);
}

static void send_fd(int fd)
{
	char control[CMSG_SPACE(sizeof(fd))] = "", byte = 0;
	struct iovec data = { &byte, 1 };
	struct msghdr message = {
		.msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof(control),
	};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);

	*header = (struct cmsghdr){ CMSG_LEN(sizeof(fd)), SOL_SOCKET, SCM_RIGHTS };
	memcpy(CMSG_DATA(header), &fd, sizeof(fd));
	if (sendmsg(sockets[0], &message, 0) != 1)
		die("sendmsg: %s", strerror(errno));
}

static int receive_fd(void)
{
	char control[CMSG_SPACE(sizeof(int))], byte;
	struct iovec data = { &byte, 1 };
	struct msghdr message = {
		.msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof(control),
	};
	int fd;

	if (recvmsg(sockets[1], &message, 0) != 1 || !CMSG_FIRSTHDR(&message))
		die("recvmsg: %s", strerror(errno));
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(fd));
	return fd;
}

static int gives(void *arg)
{
	int fd = uffd_open(0);

	(void)arg;
	serve_register(fd, memory[0], LEN, MISSING);
	send_fd(fd);
	close(fd);
	child_ready();
	return 0;
}

static int takes(void *arg)
{
	(void)arg;
	child_ready();
	shared->fd[0] = receive_fd();
	child_ready();
	close(shared->fd[0]);
	child_ready();
	return 0;
}

/* A descriptor is nobody's while it is in a socket, and then whose who took it. */
TEST_F(uffd, passed)
{
	struct child giver, taker;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, sockets))
		die("socketpair: %s", strerror(errno));
	start(&taker, takes);
	start(&giver, gives);
	struct vmaview_uffd rows[] = {
		area(1, memory[0], LEN, VMAVIEW_UFFD_MISSING), holder(1, taker.pid, taker.pid, 0),
	};

	expect_uffd(giver.pid, rows, 1);	/* in the socket: nobody has it */
	child_step(&taker);
	rows[1].fd = shared->fd[0];
	expect_uffd(giver.pid, rows, 2);
	expect_uffd(taker.pid, NULL, 0);
	child_step(&taker);
	expect_uffd(giver.pid, NULL, 0);
	child_end(&giver);
	child_end(&taker);
}

static void fork_sleeper(void)
{
	pid_t pid = fork();

	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		pause();
	}
	shared->pid = pid;
}

static int forks(void *arg)
{
	(void)arg;
	shared->fd[0] = uffd_open(0);
	serve_register(shared->fd[0], memory[0], LEN, MISSING);
	fork_sleeper();
	child_ready();
	return 0;
}

/* A child has the descriptor too, but not the areas. */
TEST_F(uffd, inherited)
{
	struct child child;

	start(&child, forks);
	struct vmaview_uffd rows[] = {
		area(1, memory[0], LEN, VMAVIEW_UFFD_MISSING),
		holder(1, child.pid, child.pid, shared->fd[0]),
		holder(1, shared->pid, shared->pid, shared->fd[0]),
	};

	expect_uffd(child.pid, rows, 3);
	expect_uffd(shared->pid, NULL, 0);
	kill(shared->pid, SIGKILL);
	child_end(&child);
}

/* fork() waits until the event is read: with it comes a descriptor for the memory of the new process. */
static void *read_fork_event(void *unused)
{
	struct uffd_msg message = { .event = 0 };

	(void)unused;
	if (read(shared->fd[0], &message, sizeof(message)) != sizeof(message) || message.event != UFFD_EVENT_FORK)
		die("no event of fork()");
	shared->fd[1] = message.arg.fork.ufd;
	return NULL;
}

static int forks_with_event(void *arg)
{
	pthread_t thread;

	(void)arg;
	shared->fd[0] = uffd_open(UFFD_FEATURE_EVENT_FORK);
	serve_register(shared->fd[0], memory[0], LEN, WP);
	serve_register(shared->fd[0], memory[1], LEN, WP);
	pthread_create(&thread, NULL, read_fork_event, NULL);
	fork_sleeper();
	pthread_join(thread, NULL);
	child_ready();
	return 0;
}

/* With an event of fork() it has the areas, with a context of its own. */
TEST_F(uffd, fork_event)
{
	struct child child;
	struct stream stream;

	start(&child, forks_with_event);
	struct vmaview_uffd rows[] = {
		area(1, memory[0], LEN, VMAVIEW_UFFD_WP),
		area(1, memory[1], LEN, VMAVIEW_UFFD_WP),
		holder(1, child.pid, child.pid, shared->fd[0]),
		holder(1, shared->pid, shared->pid, shared->fd[0]),
	};

	expect_uffd(child.pid, rows, 4);
	rows[2].fd = shared->fd[1];	/* made after the tables of descriptors had parted */
	expect_uffd(shared->pid, rows, 3);
	door_stream(shared->pid, VMAVIEW_WANT_UFFD, &stream);
	if (stream.uffd[0].flags & VMAVIEW_UFFD_FEATURES)
		expect_eq("features", stream.uffd[0].features,
			  UFFD_FEATURE_EVENT_FORK | UFFD_FEATURE_PAGEFAULT_FLAG_WP);
	else
		note("this kernel hides the features");
	kill(shared->pid, SIGKILL);
	child_end(&child);
}

static pthread_barrier_t *barrier;

/* With a table of its own the thread still has all that was open. */
static void *lives(void *own)
{
	int silent[2];
	char byte;

	if (pipe(silent) || (own && unshare(CLONE_FILES)))
		_exit(1);
	if (own)
		shared->tid = gettid();
	pthread_barrier_wait(barrier);
	return (void *)read(silent[0], &byte, 1);
}

static int has_threads(void *arg)
{
	static pthread_barrier_t here;
	pthread_t thread;

	barrier = &here;
	shared->fd[0] = uffd_open(0);
	serve_register(shared->fd[0], memory[0], LEN, MISSING);
	pthread_barrier_init(barrier, NULL, 7);
	for (int i = 0; i < 6; i++)
		if (pthread_create(&thread, NULL, lives, i == 3 ? arg : NULL))
			return 1;
	pthread_barrier_wait(barrier);
	child_ready();
	close(shared->fd[0]);
	child_ready();
	return 0;
}

static int has_threads_of_two_tables(void *arg)
{
	(void)arg;
	return has_threads(shared);
}

/* Threads with one table hold it once, one with its own once more. */
TEST_F(uffd, threads)
{
	struct child child;

	start(&child, has_threads);
	struct vmaview_uffd rows[] = {
		area(1, memory[0], LEN, VMAVIEW_UFFD_MISSING),
		holder(1, child.pid, child.pid, shared->fd[0]),
		holder(1, 0, 0, 0),
	};

	expect_uffd(child.pid, rows, 2);
	child_end(&child);

	start(&child, has_threads_of_two_tables);
	rows[1] = holder(1, child.pid, child.pid, shared->fd[0]);
	rows[2] = holder(1, child.pid, shared->tid, shared->fd[0]);
	expect_uffd(child.pid, rows, 3);
	child_step(&child);
	rows[1] = rows[2];
	expect_uffd(child.pid, rows, 2);
	child_end(&child);
}

/* The first thread ends; the others go on with the table that was its own, too. */
static int first_thread_ends(void *arg)
{
	static pthread_barrier_t here;
	pthread_t thread;

	(void)arg;
	barrier = &here;
	shared->fd[0] = uffd_open(0);
	serve_register(shared->fd[0], memory[0], LEN, MISSING);
	pthread_barrier_init(barrier, NULL, 2);
	for (int i = 0; i < 2; i++) {
		if (pthread_create(&thread, NULL, lives, NULL))
			return 1;
		pthread_barrier_wait(barrier);
	}
	child_ready();
	syscall(SYS_exit, 0);
	return 0;
}

static pid_t second_thread(pid_t pid)
{
	char path[64];
	pid_t tid = pid + 1;

	do
		snprintf(path, sizeof(path), "/proc/%d/task/%d", pid, tid++);
	while (access(path, F_OK) && tid < pid + 100);
	return tid - 1;
}

/* Threads whose first has ended hold one, too. */
TEST_F(uffd, headless)
{
	struct stream stream;
	struct child child;

	start(&child, first_thread_ends);
	struct vmaview_uffd rows[] = {
		area(1, memory[0], LEN, VMAVIEW_UFFD_MISSING),
		holder(1, child.pid, second_thread(child.pid), shared->fd[0]),
	};

	if (write(child.to, "g", 1) != 1 || !proc_await(child.pid, 'Z'))
		die("the first thread did not end");
	door_stream(child.pid, VMAVIEW_WANT_UFFD, &stream);
	expect_rows(&stream, rows, 2);
	compare_fds(&stream);
	stream_free(&stream);
	child_kill(&child);
}

/* In a namespace of its own it is process 1, and does not see who else has the descriptor. */
static int looks_at_itself(void *arg)
{
	struct vmaview_uffd rows[] = {
		area(1, memory[0], LEN, VMAVIEW_UFFD_MISSING), holder(1, -1, -1, 0), holder(1, 1, 1, 0),
	};
	int fd = uffd_open(0);
	struct stream stream;

	(void)arg;
	serve_register(fd, memory[0], LEN, MISSING);
	send_fd(fd);
	shared->fd[0] = rows[2].fd = fd;
	child_ready();
	rows[1].fd = shared->fd[1];
	door_stream(getpid(), VMAVIEW_WANT_UFFD, &stream);
	expect_rows(&stream, rows, 3);
	stream_free(&stream);
	child_ready();
	return failed();
}

/* Who has no number here is one that holds it, without a number. */
TEST_F(uffd, other_namespace)
{
	struct child child;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, sockets))
		die("socketpair: %s", strerror(errno));
	if (unshare(CLONE_NEWPID))
		skip("no PID namespaces: %s", strerrorname_np(errno));
	start(&child, looks_at_itself);
	shared->fd[1] = receive_fd();
	child_step(&child);
	struct vmaview_uffd rows[] = {
		area(1, memory[0], LEN, VMAVIEW_UFFD_MISSING),
		holder(1, getpid(), getpid(), shared->fd[1]),
		holder(1, child.pid, child.pid, shared->fd[0]),
	};

	expect_uffd(child.pid, rows, 3);
	if (child_end(&child))
		fail("inside of the namespace it was not so");
}

/* Each context has two areas, far from each other, and one of them many descriptors. */
static int many_of_all(void *arg)
{
	struct rlimit limit = { 8192, 8192 };
	int first = -1;

	(void)arg;
	setrlimit(RLIMIT_NOFILE, &limit);
	for (int i = 0; i < MANY; i++) {
		int fd = uffd_open(0);

		serve_register(fd, memory[0] + 2 * i * PAGE, PAGE, MISSING);
		serve_register(fd, memory[1] + 2 * i * PAGE, PAGE, WP);
		first = first < 0 ? fd : first;
	}
	for (int i = 0; i < COPIES; i++)
		if (dup2(first, 1000 + 3 * i) < 0)
			return 1;
	child_ready();
	return 0;
}

static void check_many(const struct stream *stream, pid_t pid)
{
	unsigned int last = 0;

	for (int i = 0; i < 2 * MANY && !failed(); i++) {
		struct vmaview_uffd want = area(i % MANY + 1, memory[i / MANY] + i % MANY * 2 * PAGE, PAGE,
						i < MANY ? VMAVIEW_UFFD_MISSING : VMAVIEW_UFFD_WP);

		if (!same(&stream->uffd[i], &want))
			fail("area %d is another", i);
	}
	for (size_t i = 2 * MANY; i < stream->nr_uffd && !failed(); i++) {
		const struct vmaview_uffd *uffd = &stream->uffd[i];
		int copy = uffd->fd - 1000;
		unsigned int want = copy >= 0 ? 1 : i - 2 * MANY + 1;
		struct vmaview_uffd row = holder(want, pid, pid, uffd->fd);

		if (!same(uffd, &row) || uffd->fd <= (int)last || (copy >= 0 && copy % 3))
			fail("holder %zu: context %u, descriptor %d", i - 2 * MANY, uffd->context, uffd->fd);
		last = uffd->fd;
	}
}

/* Many areas, contexts and descriptors are all reported, each once. */
TEST_F(uffd, many)
{
	struct stream stream;
	struct child child;

	for (int i = 0; i < 2; i++)
		memory[i] = scene_anon(2 * MANY);
	start(&child, many_of_all);
	door_stream(child.pid, VMAVIEW_WANT_UFFD, &stream);
	if (expect_eq("records", stream.nr_uffd, 3 * MANY + COPIES))
		check_many(&stream, child.pid);
	compare_smaps(child.pid, &stream);
	compare_fds(&stream);
	stream_free(&stream);
	child_kill(&child);
}

/* A range has the areas that it cuts. */
TEST_F(uffd, range)
{
	struct vmaview_request request;
	struct stream stream;
	struct child child;
	struct bytes bytes;
	const char *wrong;
	int fd = door_open();

	start(&child, two_contexts);
	struct vmaview_uffd rows[] = {
		area(1, memory[1], LEN, VMAVIEW_UFFD_WP),
		area(2, memory[2], LEN, VMAVIEW_UFFD_MISSING | VMAVIEW_UFFD_WP),
		holder(2, child.pid, child.pid, shared->fd[0]),
		holder(1, child.pid, child.pid, shared->fd[1]),
	};

	request = door_request(child.pid, VMAVIEW_WANT_UFFD);
	request.start = (uintptr_t)memory[1] + PAGE;
	request.end = (uintptr_t)memory[2] + 1;
	if (door_bind(fd, &request) || slurp_fd(fd, 64, &bytes))
		die("no stream");
	wrong = stream_parse(&bytes, &stream);
	if (wrong)
		die("%s", wrong);
	expect_rows(&stream, rows, ARRAY_SIZE(rows));
	child_end(&child);
}

/* What it says once the areas are reported, before any file is looked at. */
static int stop_behind_areas(pid_t pid, size_t areas)
{
	struct vmaview_request request = door_request(pid, VMAVIEW_WANT_UFFD);
	size_t left = sizeof(struct vmaview_begin) + areas * sizeof(struct vmaview_uffd);
	int fd = door_open();
	char buffer[4096];

	if (door_bind(fd, &request) || read(fd, buffer, left) != (ssize_t)left)
		die("no areas");
	return fd;
}

/* The context that watched is freed, and the next one likely is where it was. */
static int replaces(void *arg)
{
	(void)arg;
	shared->fd[0] = uffd_open(0);
	serve_register(shared->fd[0], memory[0], LEN, MISSING);
	child_ready();
	close(shared->fd[0]);
	shared->fd[0] = uffd_open(0);
	serve_register(shared->fd[0], memory[1], LEN, MISSING);
	child_ready();
	return 0;
}

/* Who holds what is where a context was is not said to hold that. */
TEST_F(uffd, replaced)
{
	struct vmaview_uffd record;
	struct child child;
	unsigned int nr = 0;
	int fd;

	start(&child, replaces);
	fd = stop_behind_areas(child.pid, 1);
	child_step(&child);
	while (read(fd, &record, sizeof(record)) == sizeof(record) &&
	       record.header.type == VMAVIEW_REC_UFFD) {
		if (record.kind != VMAVIEW_UFFD_HOLDER || record.flags != VMAVIEW_UFFD_CHANGED || record.pid)
			fail("process %d is said to hold what it closed", record.pid);
		nr++;
	}
	note("the context %s where the last one had been", nr ? "was" : "was not");
	expect_eq("the record after it", record.header.type, VMAVIEW_REC_END);
	child_end(&child);
}

/* A target that goes away between areas and holders is ESRCH. */
TEST_F(uffd, died)
{
	struct child child;
	char byte;
	int fd;

	start(&child, two_contexts);
	fd = stop_behind_areas(child.pid, 4);
	child_kill(&child);
	expect_errno("read", read(fd, &byte, 1), ESRCH);
}

/* Who holds nothing of ours is never named, whatever becomes of contexts meanwhile. */
static int churns(void *arg)
{
	char **own = arg ? &memory[2] : &memory[0];
	int last = -1, fd;

	child_ready();
	for (int i = 0;; i++) {
		fd = uffd_open(0);
		serve_register(fd, own[i % 2], LEN, i % 3 ? MISSING : WP);
		close(last);
		last = fd;
	}
	return 0;
}

/* It is not missed while contexts come and go. */
TEST_F(uffd, churned)
{
	struct child target, other;
	int reads = kernel_is_slow() ? 100 : 500;
	size_t areas = 0, holders = 0, changed = 0;

	use_all_cpus();
	start(&target, churns);
	child_start(&other, churns, shared);
	if (write(target.to, "g", 1) != 1 || write(other.to, "g", 1) != 1)
		die("they are gone");
	for (int i = 0; i < reads && !failed(); i++) {
		struct stream stream;

		door_stream(target.pid, VMAVIEW_WANT_UFFD, &stream);
		for (size_t k = 0; k < stream.nr_uffd; k++) {
			const struct vmaview_uffd *uffd = &stream.uffd[k];

			areas += uffd->kind == VMAVIEW_UFFD_AREA;
			changed += uffd->flags == VMAVIEW_UFFD_CHANGED;
			holders += uffd->pid > 0;
			if (uffd->pid && uffd->pid != target.pid)
				fail("%d is said to hold what %d has", uffd->pid, target.pid);
		}
		stream_free(&stream);
	}
	note("%zu areas, %zu holders, %zu that changed, in %d reads", areas, holders, changed, reads);
	child_kill(&target);
	child_kill(&other);
}

static int odd_name(void *arg)
{
	(void)arg;
	prctl(PR_SET_NAME, "a\nb c");
	shared->fd[0] = uffd_open(0);
	serve_register(shared->fd[0], memory[0], LEN, MISSING | WP);
	serve_register(shared->fd[0], memory[1], LEN, WP);
	child_ready();
	return 0;
}

/* The text has a line an area, and one a holder. */
TEST_F(uffd, text)
{
	char want[512], features[32] = "";
	struct stream stream;
	struct child child;
	struct bytes bytes;

	start(&child, odd_name);
	door_stream(child.pid, VMAVIEW_WANT_UFFD, &stream);
	if (stream.nr_uffd && stream.uffd[0].flags & VMAVIEW_UFFD_FEATURES)
		strcpy(features, " features=1");
	snprintf(want, sizeof(want), "Area: %lx-%lx context=1 modes=missing,wp%s\n"
		 "Area: %lx-%lx context=1 modes=wp%s\nHolder: context=1 pid=%d tid=%d fd=%d comm=a\\012b c\n",
		 (long)memory[0], (long)memory[0] + LEN, features, (long)memory[1], (long)memory[1] + LEN,
		 features, child.pid, child.pid, shared->fd[0]);
	if (door_text(child.pid, "uffd", &bytes))
		die("no text");
	expect_str("text", bytes.data, want);
	bytes_free(&bytes);
	if (door_file("self/uffd", &bytes))
		die("no text of this process");
	expect_str("text of this process", bytes.data, "");
	bytes_free(&bytes);
	child_end(&child);
}

SCENE_MAIN
