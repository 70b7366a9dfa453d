// SPDX-License-Identifier: GPL-2.0
/* segments - fs, gs and descriptors of threads, against what each has set for itself. */
#include <asm/ldt.h>
#include <asm/prctl.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/tool.h"

SCENE(segments)

enum { THREADS = 400, ENTRIES = 700, LDT_SLOT = 5 };

#define LDT_SELECTOR(index) ((index) << 3 | 4 | 3)
#define GS_BASE 0x7000000000ULL
/* Of a writable data segment of ring 3: type and S, DPL, P. */
#define DATA_ACCESS 0xf3

/* Of a thread's own two there is one each, whatever their selectors. */
static int by_key(const void *a, const void *b)
{
	const struct vmaview_segment *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->tid != y->tid)
		return x->tid < y->tid ? -1 : 1;
	return x->kind < VMAVIEW_SEGMENT_TLS ? 0 : x->selector - y->selector;
}

static void sort(struct stream *stream)
{
	qsort(stream->segment, stream->nr_segments, sizeof(*stream->segment), by_key);
}

/* The layout of @pid, in an order in which find() finds. */
static void read_layout(pid_t pid, struct stream *stream)
{
	door_stream(pid, VMAVIEW_WANT_LAYOUT, stream);
	sort(stream);
}

static const struct vmaview_segment *find(const struct stream *stream, unsigned int kind,
					  unsigned int tid, unsigned int selector)
{
	const struct vmaview_segment key = { .kind = kind, .tid = tid, .selector = selector };
	const struct vmaview_segment *end = stream->segment + stream->nr_segments, *found;

	found = stream->nr_segments ?
		bsearch(&key, stream->segment, stream->nr_segments, sizeof(key), by_key) : NULL;
	if (!found)
		die("kind %u of tid %u, selector %x: not there", kind, tid, selector);
	if ((found > stream->segment && !by_key(found - 1, &key)) || (found + 1 < end && !by_key(found + 1, &key)))
		die("kind %u of tid %u, selector %x: twice", kind, tid, selector);
	return found;
}

static size_t count(const struct stream *stream, unsigned int kind)
{
	size_t nr = 0;

	for (size_t i = 0; i < stream->nr_segments; i++)
		nr += stream->segment[i].kind == kind;
	return nr;
}

/* What the threads of the scene say of themselves; shared with the test. */
struct truth {
	pthread_barrier_t ready;
	struct {
		pid_t tid;
		uint64_t fs;
		uint64_t gs;
	} thread[THREADS];
};

static struct truth *truth;

static void *live(void *arg)
{
	size_t i = (size_t)arg;
	int nowhere_to[2];
	char byte;

	truth->thread[i].tid = gettid();
	syscall(SYS_arch_prctl, ARCH_SET_GS, GS_BASE + i);
	syscall(SYS_arch_prctl, ARCH_GET_FS, &truth->thread[i].fs);
	syscall(SYS_arch_prctl, ARCH_GET_GS, &truth->thread[i].gs);
	if (i % 2 && getauxval(AT_HWCAP2) & 2) {	/* without a system call, where the CPU can */
		truth->thread[i].gs = GS_BASE + THREADS + i;
		asm volatile("wrgsbase %0" : : "r"(truth->thread[i].gs));
	}
	if (pipe(nowhere_to))
		_exit(1);
	pthread_barrier_wait(&truth->ready);
	return (void *)read(nowhere_to[0], &byte, 1);
}

static int start_threads(void *arg)
{
	pthread_attr_t attr;
	pthread_t thread;

	(void)arg;
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 32768);
	pthread_barrier_init(&truth->ready, NULL, THREADS + 1);
	for (size_t i = 0; i < THREADS; i++)
		if (pthread_create(&thread, &attr, live, (void *)i))
			return 1;
	pthread_barrier_wait(&truth->ready);
	child_ready();
	return 0;
}

/* Until all of them sleep in their read(). */
static void await_threads(pid_t pid)
{
	char path[64];

	for (size_t i = 0; i < THREADS; i++) {
		struct bytes text;

		snprintf(path, sizeof(path), "/proc/%d/task/%d/syscall", pid, truth->thread[i].tid);
		for (int tries = 0; tries < 5000; tries++) {
			bool sleeps = !slurp(path, &text) && !strncmp(text.data, "0 ", 2);

			bytes_free(&text);
			if (sleeps)
				break;
			usleep(1000);	/* polling: falling asleep has no event */
		}
	}
}

/* Each of many threads has the bases that it has set. */
TEST_F(segments, threads)
{
	struct stream stream;
	struct child child;

	truth = mmap(NULL, sizeof(*truth), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	child_start(&child, start_threads, NULL);
	await_threads(child.pid);
	read_layout(child.pid, &stream);
	expect_eq("fs of so many threads", count(&stream, VMAVIEW_SEGMENT_FS), THREADS + 1);
	expect_eq("gs of so many threads", count(&stream, VMAVIEW_SEGMENT_GS), THREADS + 1);
	for (size_t i = 0; i < THREADS && !failed(); i++) {
		const struct vmaview_segment *fs, *gs;

		fs = find(&stream, VMAVIEW_SEGMENT_FS, truth->thread[i].tid, 0);
		gs = find(&stream, VMAVIEW_SEGMENT_GS, truth->thread[i].tid, 0);
		expect_eq("base of fs", fs->base, truth->thread[i].fs);
		expect_eq("base of gs", gs->base, truth->thread[i].gs);
		expect_eq("flags", fs->flags | gs->flags, 0);
		expect_eq("selectors", fs->selector | gs->selector, 0);
	}
	stream_free(&stream);
	child_kill(&child);
}

enum { CHURNERS = 3, READS = 50 };

static void *leave(void *arg)
{
	return arg;
}

static void *come_and_go(void *arg)
{
	pthread_t thread;

	for (;;)
		if (!pthread_create(&thread, NULL, leave, NULL))
			pthread_join(thread, NULL);
	return arg;
}

static int start_churn(void *arg)
{
	pthread_t thread;

	if (start_threads(arg))
		return 1;
	for (size_t i = 0; i < CHURNERS; i++)
		if (pthread_create(&thread, NULL, come_and_go, NULL))
			return 1;
	child_ready();
	return 0;
}

/*
 * Each thread that stays has its segments while others come and go.  Those that stay came first: a piece
 * of the stream ends with one of them.
 */
TEST_F(segments, exiting)
{
	size_t others = 0;
	struct child child;

	truth = mmap(NULL, sizeof(*truth), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	child_start(&child, start_churn, NULL);
	await_threads(child.pid);
	if (!child_step(&child))
		die("the child has no threads that come and go");
	for (size_t reads = 0; reads < READS && !failed(); reads++) {
		struct stream stream;

		read_layout(child.pid, &stream);
		for (size_t i = 0; i < THREADS && !failed(); i++)
			expect_eq("base of fs", find(&stream, VMAVIEW_SEGMENT_FS, truth->thread[i].tid, 0)->base,
				  truth->thread[i].fs);
		others += count(&stream, VMAVIEW_SEGMENT_FS) - THREADS - CHURNERS - 1;
		stream_free(&stream);
	}
	note("%zu threads were met that came and went", others);
	child_kill(&child);
}

static void end_thread(int signal)
{
	(void)signal;
	syscall(SYS_exit, 0);
}

static int start_mortals(void *arg)
{
	signal(SIGUSR1, end_thread);
	return start_threads(arg);
}

static void await_nr_threads(pid_t pid, size_t nr)
{
	for (int tries = 0; proc_status(pid, "Threads") != nr; tries++) {
		if (tries == 5000)
			die("the process has %llu threads", (unsigned long long)proc_status(pid, "Threads"));
		usleep(1000);	/* polling: the end of another's thread has no event */
	}
}

/* The older half, of which more is left than was reported. */
static void end_old_threads(pid_t pid)
{
	for (size_t i = 0; i < THREADS / 2; i++)
		if (syscall(SYS_tgkill, pid, truth->thread[i].tid, SIGUSR1))
			die("tgkill: %s", strerror(errno));
	await_nr_threads(pid, THREADS / 2 + 1);
}

/* A stream whose first piece of threads is there when @meanwhile is done. */
static void stream_across(pid_t pid, void (*meanwhile)(pid_t pid), struct stream *out)
{
	struct vmaview_request request = door_request(pid, VMAVIEW_WANT_LAYOUT);
	char some[sizeof(struct vmaview_begin) + sizeof(struct vmaview_layout) + sizeof(struct vmaview_segment)];
	struct bytes rest, all;
	const char *wrong;
	int fd = door_open();

	if (fd < 0 || door_bind(fd, &request) || read(fd, some, sizeof(some)) != sizeof(some))
		die("the device cannot be read");
	meanwhile(pid);
	if (slurp_fd(fd, 65536, &rest))
		die("the rest cannot be read");
	all = (struct bytes){ malloc(sizeof(some) + rest.len + 1), sizeof(some) + rest.len };
	if (!all.data)
		die("no memory");
	memcpy(all.data, some, sizeof(some));
	memcpy(all.data + sizeof(some), rest.data, rest.len + 1);
	wrong = stream_parse(&all, out);
	if (wrong)
		die("%s", wrong);
	sort(out);
	bytes_free(&all);
	bytes_free(&rest);
	close(fd);
}

/*
 * Each thread that stays is reported when all before it have ended.  Those that were reported, the last
 * among them, end before the next piece is made.
 */
TEST_F(segments, ended)
{
	struct stream stream;
	struct child child;
	size_t told;

	truth = mmap(NULL, sizeof(*truth), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	child_start(&child, start_mortals, NULL);
	await_threads(child.pid);
	stream_across(child.pid, end_old_threads, &stream);
	told = count(&stream, VMAVIEW_SEGMENT_FS);
	for (size_t i = THREADS / 2; i < THREADS && !failed(); i++)
		expect_eq("base of fs", find(&stream, VMAVIEW_SEGMENT_FS, truth->thread[i].tid, 0)->base,
			  truth->thread[i].fs);
	if (told <= THREADS / 2 + 1 || told >= THREADS)
		fail("expected some of those that ended to be reported, not all: %zu threads", told);
	stream_free(&stream);
	child_kill(&child);
}

enum { MORTALS = 200, ROUNDS = 10 };

static int gate[2];

static void *wait_at_gate(void *arg)
{
	char byte;

	if (read(gate[0], &byte, 1) > 0)
		_exit(1);
	return arg;
}

/* Those that stay, and round by round younger ones, which all end when the gate opens. */
static int start_rounds(void *arg)
{
	pthread_t mortal[MORTALS];

	if (start_threads(arg))
		return 1;
	for (;;) {
		if (pipe(gate))
			return 1;
		for (size_t i = 0; i < MORTALS; i++)
			if (pthread_create(&mortal[i], NULL, wait_at_gate, NULL))
				return 1;
		child_ready();
		close(gate[1]);
		for (size_t i = 0; i < MORTALS; i++)
			pthread_join(mortal[i], NULL);
		close(gate[0]);
	}
}

static void read_while_they_end(struct child *child)
{
	struct stream stream;
	char byte;

	if (write(child->to, "g", 1) != 1)
		die("the child is gone");
	read_layout(child->pid, &stream);
	for (size_t i = 0; i < THREADS && !failed(); i++)
		expect_eq("base of fs", find(&stream, VMAVIEW_SEGMENT_FS, truth->thread[i].tid, 0)->base,
			  truth->thread[i].fs);
	stream_free(&stream);
	if (read(child->from, &byte, 1) != 1)
		die("the child did not come to the next round");
}

/*
 * Each thread is reported once while others end at which a piece ends.  A piece of the stream ends with
 * one of them.
 */
TEST_F(segments, ending)
{
	struct child child;

	use_all_cpus();
	truth = mmap(NULL, sizeof(*truth), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	child_start(&child, start_rounds, NULL);
	await_threads(child.pid);
	if (!child_step(&child))
		die("the child has no threads that end");
	for (int round = 0; round < ROUNDS && !failed(); round++)
		read_while_they_end(&child);
	child_kill(&child);
}

/* A thread that runs is said to. */
TEST_F(segments, running)
{
	struct stream stream;
	uint64_t fs;

	syscall(SYS_arch_prctl, ARCH_GET_FS, &fs);
	read_layout(getpid(), &stream);
	expect_eq("flags of who asks for itself",
		  find(&stream, VMAVIEW_SEGMENT_FS, getpid(), 0)->flags, VMAVIEW_SEGMENT_STALE);
	expect_eq("what a system call has set", find(&stream, VMAVIEW_SEGMENT_FS, getpid(), 0)->base, fs);
	expect_eq("descriptors", count(&stream, VMAVIEW_SEGMENT_LDT), 0);
	stream_free(&stream);
}

static struct user_desc ldt_entry(unsigned int index)
{
	return (struct user_desc){
		.entry_number = index,
		.base_addr = 0x12340000 + index * 0x1000,
		.limit = index + 1,
		.seg_32bit = 1,
		.limit_in_pages = index % 2,
		.useable = 1,
	};
}

static int write_ldt(void *arg)
{
	size_t step = (size_t)arg;

	for (size_t i = LDT_SLOT; i < LDT_SLOT + step * ENTRIES; i += step) {
		struct user_desc entry = ldt_entry(i);

		if (syscall(SYS_modify_ldt, 0x11, &entry, sizeof(entry)))
			_exit(errno);
	}
	asm volatile("movw %w0, %%gs" : : "r"(LDT_SELECTOR(LDT_SLOT)));
	child_ready();
	return 0;
}

static void expect_entry(const struct stream *stream, unsigned int index)
{
	const struct vmaview_segment *segment = find(stream, VMAVIEW_SEGMENT_LDT, 0,
						     LDT_SELECTOR(index));
	struct user_desc want = ldt_entry(index);
	uint64_t limit = want.limit_in_pages ? want.limit * PAGE + PAGE - 1 : want.limit;
	uint64_t access = DATA_ACCESS | 1 << 12 | 1 << 14 | want.limit_in_pages << 15;

	expect_eq("base", segment->base, want.base_addr);
	expect_eq("limit", segment->limit, limit);
	expect_eq("access, but for the accessed bit", segment->access | 1, access);
}

/* Each entry of the LDT is as it was written, and gs points into it. */
TEST_F(segments, ldt)
{
	const struct vmaview_segment *gs;
	struct stream stream;
	struct child child;

	child_start(&child, write_ldt, (void *)3);
	if (proc_state(child.pid) != 'S')
		skip("no modify_ldt() here: %s", strerror(child_end(&child) >> 8));
	read_layout(child.pid, &stream);
	expect_eq("known", stream.layout.flags & VMAVIEW_LAYOUT_LDT, VMAVIEW_LAYOUT_LDT);
	expect_eq("entries", count(&stream, VMAVIEW_SEGMENT_LDT), ENTRIES);
	for (size_t i = 0; i < ENTRIES && !failed(); i++)
		expect_entry(&stream, LDT_SLOT + 3 * i);
	gs = find(&stream, VMAVIEW_SEGMENT_GS, child.pid, 0);
	expect_eq("selector of gs", gs->selector, LDT_SELECTOR(LDT_SLOT));
	if (!(gs->flags & VMAVIEW_SEGMENT_NO_BASE))
		expect_eq("base of gs", gs->base, ldt_entry(LDT_SLOT).base_addr);
	stream_free(&stream);
	child_end(&child);
}

/* One entry after the other is written, and is gone again. */
static int rewrite_ldt(void *arg)
{
	(void)arg;
	for (size_t i = 0;; i++) {
		struct user_desc entry = ldt_entry(LDT_SLOT + i / 2 % ENTRIES);

		if (i % 2)
			entry = (struct user_desc){
				.entry_number = entry.entry_number,
				.read_exec_only = 1, .seg_not_present = 1,
			};
		if (syscall(SYS_modify_ldt, 0x11, &entry, sizeof(entry)))
			_exit(errno);
		if (i == 2 * ENTRIES)
			child_ready();
	}
	return 0;
}

/* An entry that is written meanwhile is there whole, or not. */
TEST_F(segments, changing)
{
	struct child child;
	size_t seen = 0;

	child_start(&child, rewrite_ldt, NULL);
	if (proc_state(child.pid) != 'S')
		skip("no modify_ldt() here: %s", strerror(child_end(&child) >> 8));
	if (write(child.to, "g", 1) != 1)
		die("the child is gone");
	for (size_t reads = 0; reads < 10 * READS && !failed(); reads++) {
		struct stream stream;

		read_layout(child.pid, &stream);
		for (size_t i = 0; i < stream.nr_segments && !failed(); i++)
			if (stream.segment[i].kind == VMAVIEW_SEGMENT_LDT) {
				expect_entry(&stream, stream.segment[i].selector >> 3);
				seen++;
			}
		stream_free(&stream);
	}
	expect_eq("some were seen", seen > 0, true);
	child_kill(&child);
}

static sigjmp_buf after_fault;

static void fault(int signal)
{
	(void)signal;
	siglongjmp(after_fault, 1);
}

static int int80(int number, void *argument)
{
	int ret;

	asm volatile("int $0x80" : "=a"(ret) : "a"(number), "b"(argument)
		     : "memory", "r8", "r9", "r10", "r11");
	return ret;
}

/* set_thread_area() is a system call of 32 bits only. */
static int set_tls(void *arg)
{
	struct user_desc *entry = arg;
	volatile int ret = -1;

	signal(SIGSEGV, fault);
	if (!sigsetjmp(after_fault, 1))
		ret = int80(243, entry);
	if (ret)
		_exit(2);
	child_ready();
	return 0;
}

/* A descriptor of set_thread_area() is its thread's. */
TEST_F(segments, tls)
{
	struct user_desc *entry = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
				       MAP_SHARED | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	const struct vmaview_segment *segment;
	struct stream stream;
	struct child child;

	*entry = ldt_entry(7);
	entry->entry_number = -1;
	child_start(&child, set_tls, entry);
	if (proc_state(child.pid) != 'S')
		skip("no system calls of 32 bits");
	read_layout(child.pid, &stream);
	expect_eq("descriptors", count(&stream, VMAVIEW_SEGMENT_TLS), 1);
	segment = find(&stream, VMAVIEW_SEGMENT_TLS, child.pid, entry->entry_number << 3 | 3);
	expect_eq("base", segment->base, entry->base_addr);
	expect_eq("limit", segment->limit, entry->limit * PAGE + PAGE - 1);
	stream_free(&stream);
	child_end(&child);
}

static void add_line(struct bytes *want, const struct vmaview_segment *segment)
{
	static const char *const names[] = { "", "Fs", "Gs", "Tls", "Ldt" };
	char *text;
	int len;

	if (segment->kind == VMAVIEW_SEGMENT_LDT)
		len = asprintf(&text, "%sLdt: selector=%04x base=%08llx limit=%08llx access=%04x\n",
			       want->data ? want->data : "", segment->selector, segment->base,
			       segment->limit, segment->access);
	else
		len = asprintf(&text, "%s%s: tid=%d selector=%04x base=%08llx\n",
			       want->data ? want->data : "", names[segment->kind], segment->tid,
			       segment->selector, segment->base);
	if (len < 0)
		die("no memory");
	free(want->data);
	*want = (struct bytes){ text, len };
}

/* The text has what the records have. */
TEST_F(segments, as_text)
{
	struct bytes text, want = { NULL, 0 };
	struct stream stream;
	struct child child;

	child_start(&child, write_ldt, (void *)1);
	if (proc_state(child.pid) != 'S')
		skip("no modify_ldt() here: %s", strerror(child_end(&child) >> 8));
	read_layout(child.pid, &stream);
	for (size_t i = 0; i < stream.nr_segments; i++)
		add_line(&want, &stream.segment[i]);
	if (door_text(child.pid, "layout", &text) || text.len < want.len)
		die("debugfs layout: not there or too short");
	expect_str("its last lines", text.data + text.len - want.len, want.data);
	stream_free(&stream);
	child_end(&child);
}

/* In a PID namespace of its own, with a pidfd of who is outside of it. */
static int looks_out(void *arg)
{
	struct vmaview_request request = door_request(0, VMAVIEW_WANT_LAYOUT);
	int fd = door_open();
	struct stream stream;
	struct bytes bytes;
	const char *wrong;

	request.flags = VMAVIEW_REQUEST_PIDFD;
	request.target = *(int *)arg;
	if (fd < 0 || door_bind(fd, &request) || slurp_fd(fd, 65536, &bytes))
		die("the device cannot be read");
	wrong = stream_parse(&bytes, &stream);
	if (wrong)
		die("%s", wrong);
	sort(&stream);
	expect_eq("fs of a thread without an id here", count(&stream, VMAVIEW_SEGMENT_FS), 1);
	expect_eq("its id", find(&stream, VMAVIEW_SEGMENT_FS, -1, 0)->tid, -1);
	stream_free(&stream);
	bytes_free(&bytes);
	child_ready();
	return failed();
}

/* What a thread has mapped for itself, by itself or by its library; shared with the test. */
struct own {
	pthread_barrier_t ready;
	pid_t tid;
	void *stack;
	void *heap;
	void *code;
};

static struct own *own;

static void *work(void *arg)
{
	int nowhere_to[2];
	char byte;

	prctl(PR_SET_NAME, "worker");
	own->tid = gettid();
	own->stack = &byte;
	own->heap = malloc(100);
	own->code = mmap(NULL, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (!own->heap || own->code == MAP_FAILED || pipe(nowhere_to))
		_exit(1);
	pthread_barrier_wait(&own->ready);
	return (void *)(arg ? 0 : read(nowhere_to[0], &byte, 1));
}

static int start_worker(void *arg)
{
	pthread_t thread;

	pthread_barrier_init(&own->ready, NULL, 2);
	if (pthread_create(&thread, NULL, work, arg))
		return 1;
	pthread_barrier_wait(&own->ready);
	child_ready();
	return 0;
}

static void expect_label(pid_t pid, const void *addr, const char *label)
{
	char args[128], want[64];

	snprintf(args, sizeof(args), "-J -o Address,Label -Q Address<=%p&&End>%p %d", addr, addr, pid);
	snprintf(want, sizeof(want), "\"label\":%s}", label);
	tool_expect_part(args, want);
}

/* The stack of a thread has its name, memory of malloc() for it and code of its own look like that. */
TEST_F(segments, labels)
{
	struct child child;
	char label[32];

	own = (void *)scene_map(PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1);
	child_start(&child, start_worker, NULL);
	snprintf(label, sizeof(label), "\"thread %d worker\"", own->tid);
	expect_label(child.pid, own->stack, label);
	expect_label(child.pid, own->heap, "\"maybe arena\"");
	expect_label(child.pid, own->code, "\"maybe jit\"");
	expect_label(child.pid, own, "null");
	child_kill(&child);
}

/* A thread that the reader's PID namespace does not know has no id, and its segments. */
TEST_F(segments, other_namespace)
{
	int pidfd = syscall(SYS_pidfd_open, getpid(), 0);
	struct child child;

	if (pidfd < 0)
		die("pidfd_open: %s", strerror(errno));
	if (unshare(CLONE_NEWPID))
		skip("no PID namespaces: %s", strerrorname_np(errno));
	child_start(&child, looks_out, &pidfd);
	if (child_end(&child))
		fail("a thread outside of the namespace is not reported as such");
}

SCENE_MAIN
