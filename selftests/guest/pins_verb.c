// SPDX-License-Identifier: GPL-2.0
/* pins_verb - `vmaview pins`: each reference of a page in the part that it was made for. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <liburing.h>
#include <linux/aio_abi.h>
#include <linux/capability.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/command.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/serve.h"
#include "lib/stall.h"
#include "lib/tool.h"
#include "lib/uffd.h"

SCENE(pins_verb)

enum { PAGES = 16, HELD = 6, TWICE = 2 };
enum { PIN_BIAS = 1024, KPF_PRIVATE_BIT = 35 };

static char *memory;

/* Of this process; vmaview is a child, which shall not have it too, not even for a moment. */
static char *make_memory(void)
{
	char *addr = scene_anon(PAGES);

	madvise(addr, PAGES * PAGE, MADV_DONTFORK);
	scene_write(addr, PAGES);
	scene_drain();
	return addr;
}

static void shell(const char *script, struct command_result *result)
{
	char *const argv[] = { "sh", "-c", (char *)script, NULL };
	struct command command = { .program = "/bin/sh", .drop = -1 };

	command_run(&command, argv, result);
}

/* What `vmaview pins` prints for the memory, with more arguments. */
static void expect_rows(const char *what, const char *args, const char *want)
{
	struct command_result result;
	char script[512];

	snprintf(script, sizeof(script), "vmaview pins -r -n -b -A %lx,%lx %s %d", (long)memory,
		 (long)memory + PAGES * PAGE - 1, args, getpid());
	shell(script, &result);
	expect_eq(what, result.status, 0);
	expect_str(what, result.out.data, want);
	expect_str("stderr", result.err.data, "");
	command_free(&result);
}

#define PARTS "-o Size,Refs,Tables,Cache,Swap,Priv,PinRefs,MayBatch,Other,MayPins,Kept "

/* A page that nothing holds has no row, and with --unheld one with its mapping. */
TEST_F(pins_verb, nothing)
{
	char want[128];

	memory = make_memory();
	expect_rows("nothing held", PARTS, "");
	expect_rows("nothing held, all", PARTS "--unheld", "65536 1 1 0 0 0 0 0 0 0 .\n");
	proc_clear_refs(getpid(), "1");
	scene_read(memory, HELD);
	expect_rows("nothing held, some of it young", PARTS "--unheld", "65536 1 1 0 0 0 0 0 0 0 .\n");
	madvise(memory + PAGE, PAGE, MADV_DONTNEED);
	snprintf(want, sizeof(want), "%016lx 4096\n%016lx 57344\n", (long)memory, (long)memory + 2 * PAGE);
	expect_rows("a hole, all", "-o Address,Size --unheld", want);
}

static struct io_uring ring;

/* Newer kernels count what io_uring pins only of who has not the right to pin any amount. */
static void drop_right_to_pin(void)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];
	struct rlimit much = { 1UL << 30, 1UL << 30 };

	if (setrlimit(RLIMIT_MEMLOCK, &much) || syscall(SYS_capget, &head, data))
		die("capget: %s", strerror(errno));
	data[0].effective &= ~(1U << CAP_IPC_LOCK);
	if (syscall(SYS_capset, &head, data))
		die("capset: %s", strerror(errno));
}

static void pin(struct iovec *vectors, unsigned int nr)
{
	int ret;

	drop_right_to_pin();
	ret = io_uring_queue_init(2, &ring, 0);
	if (ret)
		skip("no io_uring: %s", strerrorname_np(-ret));
	ret = io_uring_register_buffers(&ring, vectors, nr);
	if (ret)
		die("io_uring_register_buffers: %s", strerrorname_np(-ret));
}

/* Each io_uring registration of a page is a pin, and named. */
TEST_F(pins_verb, registered)
{
	struct iovec vectors[2];
	char want[256];

	memory = make_memory();
	vectors[0] = (struct iovec){ memory, HELD * PAGE };
	vectors[1] = (struct iovec){ memory, TWICE * PAGE };
	pin(vectors, 2);
	scene_drain();
	expect_rows("registered", PARTS, "8192 2049 1 0 0 0 2048 0 0 2 maybe-pinned\n"
		    "16384 1025 1 0 0 0 1024 0 0 1 maybe-pinned\n");
	snprintf(want, sizeof(want), "%016lx io_uring:%d\n%016lx io_uring:%d\n", (long)memory, ring.ring_fd,
		 (long)memory + TWICE * PAGE, ring.ring_fd);
	expect_rows("by whom", "-o Address,MayHold", want);
	io_uring_unregister_buffers(&ring);
	scene_drain();
	expect_rows("unregistered", PARTS, "");
}

/* Pins of a huge page are counted. */
TEST_F(pins_verb, registered_huge_page)
{
	struct iovec vectors[2];

	scene_thp();
	memory = scene_huge_page();
	madvise(memory, HUGE, MADV_DONTFORK);
	vectors[0] = (struct iovec){ memory + 3 * PAGE, PAGE };
	vectors[1] = (struct iovec){ memory + 9 * PAGE, PAGE };
	pin(vectors, 2);
	scene_drain();
	expect_rows("a huge page", PARTS "-Q Order==9", "65536 3 1 0 0 0 2 0 0 2 maybe-pinned\n");
}

/* "pipe:3,4": the second witness are the descriptors themselves. */
static void own_pipes(char *out, size_t room)
{
	size_t used = snprintf(out, room, "pipe"), nr = 0;

	for (int fd = 0; fd < 64; fd++) {
		struct stat info;

		if (fstat(fd, &info) || !S_ISFIFO(info.st_mode) || ++nr > 5)
			continue;
		used += nr == 5 ? snprintf(out + used, room - used, ",...") :
			snprintf(out + used, room - used, "%c%d", nr == 1 ? ':' : ',', fd);
	}
}

/* Pages in a pipe have a reference that only a pipe may explain. */
TEST_F(pins_verb, spliced)
{
	struct iovec vector;
	char pipes[64], want[128];
	int ends[2], others[4];

	memory = make_memory();
	vector = (struct iovec){ memory, HELD * PAGE };
	/* More than are named. */
	if (pipe2(others, O_CLOEXEC) || pipe2(others + 2, O_CLOEXEC))
		die("pipe: %s", strerror(errno));
	if (pipe2(ends, O_CLOEXEC) || vmsplice(ends[1], &vector, 1, 0) != HELD * (ssize_t)PAGE)
		die("vmsplice: %s", strerror(errno));
	scene_drain();
	expect_rows("in a pipe", PARTS, "24576 2 1 0 0 0 0 0 1 0 .\n");
	own_pipes(pipes, sizeof(pipes));
	snprintf(want, sizeof(want), "%016lx %s\n", (long)memory, pipes);
	expect_rows("by whom", "-o Address,MayHold", want);
	close(ends[0]);
	close(ends[1]);
	expect_rows("pipe closed", PARTS, "");
}

/* The line below the table; with -b its sizes are bytes. */
static void expect_sums(const char *want)
{
	struct command_result result;
	char script[256], line[256];

	snprintf(script, sizeof(script), "vmaview pins -b -A %lx,%lx %d", (long)memory,
		 (long)memory + PAGES * PAGE - 1, getpid());
	shell(script, &result);
	snprintf(line, sizeof(line), "\nlocked %s\n", want);
	if (result.status || !strstr(result.out.data, line))
		fail("expected %s in %s%s", line, result.out.data, result.err.data);
	command_free(&result);
}

/* Mlocked pages are locked, mlocked and unevictable, as VmLck says. */
TEST_F(pins_verb, locked)
{
	char want[256];

	memory = make_memory();
	if (mlock(memory, PAGES * PAGE))
		die("mlock: %s", strerror(errno));
	scene_drain();
	expect_rows("locked", PARTS, "65536 1 1 0 0 0 0 0 0 0 locked\\x20mlocked\\x20unevictable\n");
	snprintf(want, sizeof(want), "65536 (VmLck %llu), mlocked 65536, unevictable 65536, maybe pinned 0 (VmPin 0)",
		 (unsigned long long)proc_status(getpid(), "VmLck") * 1024);
	expect_sums(want);
	expect_eq("VmLck", proc_status(getpid(), "VmLck"), PAGES * 4);
}

/* Of an area that is locked on fault only what was touched is mlocked. */
TEST_F(pins_verb, locked_on_fault)
{
	memory = scene_anon(PAGES);
	madvise(memory, PAGES * PAGE, MADV_DONTFORK);
	if (mlock2(memory, PAGES * PAGE, MLOCK_ONFAULT))
		die("mlock2: %s", strerror(errno));
	scene_write(memory, HELD);
	scene_drain();
	expect_rows("locked on fault", PARTS "-Q Tables==1",
		"24576 1 1 0 0 0 0 0 0 0 locked\\x20mlocked\\x20unevictable\n");
	expect_sums("65536 (VmLck 65536), mlocked 24576, unevictable 24576, maybe pinned 0 (VmPin 0)");
}

/*
 * What another mapping has locked is mlocked, and its area not locked.  The pages are mlocked, the area
 * is not: another mapping of them is.
 */
TEST_F(pins_verb, locked_elsewhere)
{
	int fd = scene_memfd(PAGES, 0);
	char *other = scene_map(PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd);

	memory = scene_map(PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd);
	madvise(other, PAGES * PAGE, MADV_DONTFORK);
	madvise(memory, PAGES * PAGE, MADV_DONTFORK);
	if (mlock(other, PAGES * PAGE))
		die("mlock: %s", strerror(errno));
	scene_read(memory, PAGES);
	scene_drain();
	expect_rows("locked elsewhere", "-o Size,Tables,Kept", "65536 2 mlocked\\x20unevictable\n");
	expect_sums("0 (VmLck 65536), mlocked 65536, unevictable 65536, maybe pinned 0 (VmPin 0)");
}

/*
 * A locked segment is unevictable, and neither locked nor mlocked.  Unevictable without a locked area:
 * SHM_LOCK is of the segment.
 */
TEST_F(pins_verb, locked_segment)
{
	int id = shmget(IPC_PRIVATE, PAGES * PAGE, IPC_CREAT | 0600);

	if (id < 0)
		skip("no System V shared memory: %s", strerrorname_np(errno));
	memory = shmat(id, scene_place(), 0);
	shmctl(id, IPC_RMID, NULL);
	if (memory == (void *)-1 || shmctl(id, SHM_LOCK, NULL))
		die("SHM_LOCK: %s", strerror(errno));
	madvise(memory, PAGES * PAGE, MADV_DONTFORK);
	scene_write(memory, HELD);
	scene_drain();
	expect_rows("a locked segment", PARTS, "24576 2 1 1 0 0 0 0 0 0 unevictable\n");
	expect_sums("0 (VmLck 0), mlocked 0, unevictable 24576, maybe pinned 0 (VmPin 0)");
}

/* Pinned memory is what VmPin says. */
TEST_F(pins_verb, pinned_sums)
{
	struct iovec vector;
	char want[256];

	memory = make_memory();
	vector = (struct iovec){ memory, HELD * PAGE };
	pin(&vector, 1);
	scene_drain();
	snprintf(want, sizeof(want), "0 (VmLck %llu), mlocked 0, unevictable 0, maybe pinned 24576 (VmPin %llu)",
		 (unsigned long long)proc_status(getpid(), "VmLck") * 1024,
		 (unsigned long long)proc_status(getpid(), "VmPin") * 1024);
	expect_sums(want);
	expect_eq("VmPin", proc_status(getpid(), "VmPin"), HELD * 4);
}

/* How many of the memory's pages have the bit in kpageflags. */
static size_t count_flag(unsigned int bit)
{
	size_t nr = 0;

	for (size_t i = 0; i < PAGES; i++)
		nr += proc_kpageflags(PAGEMAP_PFN(proc_page(memory + i * PAGE))) >> bit & 1;
	return nr;
}

static size_t sum_of(const char *args)
{
	struct command_result result;
	char script[512];
	size_t sum;

	snprintf(script, sizeof(script), "vmaview pins -r -n -b --unheld -A %lx,%lx %s %d | awk '{ sum += $1 / %lu } "
		 "END { print sum + 0 }'", (long)memory, (long)memory + PAGES * PAGE - 1, args, getpid(), PAGE);
	shell(script, &result);
	sum = strtoul(result.out.data, NULL, 10);
	command_free(&result);
	return sum;
}

/* Page cache and its buffers hold a page. */
TEST_F(pins_verb, cached)
{
	size_t private;
	int fd = scene_file(scene_ext4(), PAGES);

	fsync(fd);
	memory = scene_map(PAGES * PAGE, PROT_READ, MAP_SHARED, fd);
	madvise(memory, PAGES * PAGE, MADV_DONTFORK);
	scene_read(memory, PAGES);
	scene_drain();
	private = count_flag(KPF_PRIVATE_BIT);
	note("%zu of %d pages have buffers", private, PAGES);
	expect_eq("pages with buffers", sum_of("-o Size -Q 'Priv == 1'"), private);
	expect_eq("pages in the page cache", sum_of("-o Size -Q 'Cache >= 1 && Other == 0 && MayBatch == 0'"), PAGES);
	expect_eq("mapped by others", sum_of("-o Size -Q 'Order == 0 && Tables != 1'"), 0);
	for (size_t i = 0; i < PAGES; i++)
		expect_eq("kpagecount", proc_kpagecount(PAGEMAP_PFN(proc_page(memory + i * PAGE))), 1);
}

/* The swap cache holds a page. */
TEST_F(pins_verb, swap_cached)
{
	size_t nr;

	scene_swap_cached();
	memory = make_memory();
	scene_page_out(memory, PAGES);
	scene_read(memory, PAGES);
	scene_drain();
	nr = count_flag(KPF_SWAPCACHE_BIT);
	note("%zu of %d pages are in the swap cache", nr, PAGES);
	if (!nr)
		skip("pages that are read back leave the swap cache");
	expect_eq("pages in the swap cache", sum_of("-o Size -Q 'Swap == 1 && Refs == 2 && Other == 0'"), nr);
	expect_eq("pages that are not", sum_of("-o Size -Q 'Swap == 0'"), PAGES - nr);
}

/* The local end faults into a userfaultfd: the copy stands, with the pages of the remote end pinned. */
static void *copy_from_test(void *buffer)
{
	struct iovec here = { buffer, HELD * PAGE }, there = { memory, HELD * PAGE };

	return (void *)(intptr_t)process_vm_readv(getppid(), &here, 1, &there, 1, 0);
}

static int copy_and_stop(void *arg)
{
	char *buffer = scene_anon(HELD);
	int fd = uffd_open(0);
	struct uffdio_zeropage zeros = { .range = { (uintptr_t)buffer, HELD * PAGE } };
	struct uffd_msg message;
	pthread_t thread;
	void *copied;

	(void)arg;
	serve_register(fd, buffer, HELD * PAGE, UFFDIO_REGISTER_MODE_MISSING);
	pthread_create(&thread, NULL, copy_from_test, buffer);
	if (read(fd, &message, sizeof(message)) != sizeof(message))
		return 1;
	child_ready();
	ioctl(fd, UFFDIO_ZEROPAGE, &zeros);
	pthread_join(thread, &copied);
	return (intptr_t)copied != HELD * (intptr_t)PAGE;
}

/* Process_vm_readv pins while it copies. */
TEST_F(pins_verb, copied_by_another)
{
	struct child child;

	close(uffd_open(0));
	memory = make_memory();
	child_start(&child, copy_and_stop, NULL);
	expect_rows("process_vm_readv under way", PARTS, "24576 1025 1 0 0 0 1024 0 0 1 maybe-pinned\n");
	expect_eq("the copy's status", child_end(&child), 0);
	expect_rows("process_vm_readv done", PARTS, "");
}

/*
 * Direct I/O holds its pages while it is in flight.  Direct I/O pins its pages since 6.5; before it
 * takes plain references of them.
 */
TEST_F(pins_verb, direct_io)
{
	static const char pinned[] = "24576 1025 1 0 0 0 1024 0 0 1 maybe-pinned\n";
	static const char referenced[] = "24576 2 1 0 0 0 0 0 1 0 .\n";
	int fd = stall_open();
	struct iocb iocb = { .aio_lio_opcode = IOCB_CMD_PREAD, .aio_fildes = fd, .aio_nbytes = HELD * PAGE };
	struct iocb *list[] = { &iocb };
	aio_context_t context = 0;
	struct io_event event;
	bool pins;

	memory = make_memory();
	iocb.aio_buf = (uintptr_t)memory;
	if (syscall(SYS_io_setup, 1, &context))
		die("io_setup: %s", strerror(errno));
	stall_begin();
	if (syscall(SYS_io_submit, context, 1, list) != 1)
		die("io_submit: %s", strerror(errno));
	scene_drain();
	pins = sum_of("-o Size -Q 'MayPins'");
	note("direct I/O takes %s", pins ? "pins" : "references");
	expect_rows("in flight", PARTS, pins ? pinned : referenced);
	expect_eq("aio is named", sum_of("-o Size -Q 'MayHold == aio'"), HELD);
	stall_end();
	if (syscall(SYS_io_getevents, context, 1, 1, &event, NULL) != 1 || event.res != HELD * (long)PAGE)
		fail("io_getevents: %s", strerror(errno));
	scene_drain();
	expect_rows("done", PARTS, "");
}

static void expect_json(const char *filter, const char *want)
{
	struct command_result result;
	char script[1024];

	snprintf(script, sizeof(script), "vmaview pins -J -A %lx,%lx %d | jq -c '.processes[0] | %s'", (long)memory,
		 (long)memory + PAGES * PAGE - 1, getpid(), filter);
	shell(script, &result);
	expect_str(filter, result.out.data, want);
	expect_str("stderr", result.err.data, "");
	command_free(&result);
}

/* JSON has every fact. */
TEST_F(pins_verb, json)
{
	struct iovec vector;
	char want[512];

	memory = make_memory();
	vector = (struct iovec){ memory, HELD * PAGE };
	pin(&vector, 1);
	scene_drain();
	snprintf(want, sizeof(want), "[{\"start\":\"0x%lx\",\"end\":\"0x%lx\",\"size\":24576,"
		 "\"origin\":\"anon\",\"order\":0,"
		 "\"refcount\":1025,\"page_tables\":1,\"page_cache\":0,\"swap_cache\":0,"
		 "\"private\":0,\"kernel\":0,\"pin_refs\":1024,"
		 "\"lru_batch\":0,\"unexplained\":0,\"maybe_pins\":1,\"kept\":[\"maybe-pinned\"],"
		 "\"may_hold\":[\"io_uring:%d\"],\"name\":\"\"}]\n", (long)memory, (long)memory + HELD * PAGE,
		 ring.ring_fd);
	expect_json(".pins", want);
	expect_json(".kept", "{\"locked\":0,\"locked_vm\":0,\"mlocked\":0,\"unevictable\":0,\"maybe_pinned\":24576,"
		    "\"pinned_vm\":24576}\n");
	snprintf(want, sizeof(want), "[{\"kind\":\"io_uring\",\"fd\":%d,"
		 "\"buffers\":[{\"start\":\"0x%lx\",\"end\":\"0x%lx\"}]}]\n",
		 ring.ring_fd, (long)memory, (long)memory + HELD * PAGE);
	expect_json("[.holders[] | select(.kind == \"io_uring\")]", want);
	io_uring_unregister_buffers(&ring);
	snprintf(want, sizeof(want), "[{\"kind\":\"io_uring\",\"fd\":%d,\"buffers\":[]}]\n", ring.ring_fd);
	expect_json("[.holders[] | select(.kind == \"io_uring\")]", want);
}

static int stand(void *arg)
{
	(void)arg;
	memory = scene_anon(PAGES);
	scene_write(memory, PAGES);
	child_ready();
	return 0;
}

/*
 * The parts add up to the reference count.  Whatever a page is, nothing of its count is left over or
 * counted twice.
 */
TEST_F(pins_verb, adds_up)
{
	struct command_result result;
	struct child child;
	char script[512];

	child_start(&child, stand, NULL);
	snprintf(script, sizeof(script), "vmaview pins --unheld -r -n -o "
		"Refs,Tables,Cache,Swap,Priv,Own,PinRefs,MayBatch,Other,Mapping"
		 " %d | awk '{ n++ } $1 != $2 + $3 + $4 + $5 + $6 + $7 + $8 + $9 { print } END { if (n < 20) print "
		 "n \" rows\" }'",
		 child.pid);
	shell(script, &result);
	expect_str("rows whose parts do not add up", result.out.data, "");
	expect_str("stderr", result.err.data, "");
	command_free(&result);
	child_end(&child);
}

/*
 * The kernel's own page has a reference of the kernel, and no row for it.  The pages of the vdso are the
 * kernel's, and mapped by whoever runs: nobody is to be blamed for that.
 */
TEST_F(pins_verb, kernels_own)
{
	const char *vdso = (const char *)getauxval(AT_SYSINFO_EHDR);
	struct command_result result;
	char script[512];

	if (!vdso)
		skip("this process has no vdso");
	scene_read(vdso, 1);
	snprintf(script, sizeof(script), "vmaview pins -r -n -o Origin,Own,Other,MayHold,Mapping %d | grep -F '[v'; "
		 "vmaview pins --unheld -r -n -b -A %lx -o Size,Own,PinRefs,MayBatch,Other,MayHold,Mapping %d",
		 getpid(),
		 (long)vdso, getpid());
	shell(script, &result);
	if (strncmp(result.out.data, "4096 1 0 0 0 . [vdso]\n", 22))
		fail("expected one reference that is the kernel's, got %s", result.out.data);
	expect_str("stderr", result.err.data, "");
	command_free(&result);
}

/*
 * A page of the kernel's own is blamed where something else holds it.  A page of it that is held all the
 * same: in a pipe.
 */
TEST_F(pins_verb, kernels_own_held)
{
	struct iovec vector = { (void *)getauxval(AT_SYSINFO_EHDR), PAGE };
	struct command_result result;
	char script[256];
	int ends[2];

	if (!vector.iov_base)
		skip("this process has no vdso");
	if (pipe2(ends, O_CLOEXEC) || vmsplice(ends[1], &vector, 1, 0) != (ssize_t)PAGE)
		die("vmsplice: %s", strerror(errno));
	snprintf(script, sizeof(script), "vmaview pins -r -n -A %lx -o Own,Other,MayHold,Mapping %d | "
		 "sed 's/pipe:[0-9,.]*/pipe/'", (long)vector.iov_base, getpid());
	shell(script, &result);
	expect_str("a page of the vdso in a pipe", result.out.data, "1 1 pipe [vdso]\n");
	command_free(&result);
}

/* What `explain` says of the references of the page at @addr. */
static void expect_explained(const char *what, const char *addr, const char *want, const char *want_json)
{
	struct command_result result;
	char script[512];

	snprintf(script, sizeof(script), "vmaview explain %d %lx | sed -n 's/^  page .*mapcount [0-9]*//p'; "
		 "vmaview explain -J %d %lx | jq -c '.explain[0].page | [.references.kernel, .references.pin_refs, "
		 ".references.maybe_pins, .references.lru_batch, .references.unexplained, .may_hold]'", getpid(),
		 (long)addr,
		 getpid(), (long)addr);
	shell(script, &result);
	if (strncmp(result.out.data, want, strlen(want)) || strcmp(result.out.data + strlen(want), want_json))
		fail("%s: expected %s%s, got %s", what, want, want_json, result.out.data);
	expect_str("stderr", result.err.data, "");
	command_free(&result);
}

/* Explain says of a page what pins does.  One explanation of one page. */
TEST_F(pins_verb, explained)
{
	struct iovec vector;
	char text[256], json[256];

	memory = make_memory();
	expect_explained("nothing held", memory, "\n", "[0,0,0,0,0,[]]\n");
	vector = (struct iovec){ memory, HELD * PAGE };
	pin(&vector, 1);
	scene_drain();
	snprintf(text, sizeof(text), "; 1024 references of 1 pin, maybe; may be held by io_uring:%d\n", ring.ring_fd);
	snprintf(json, sizeof(json), "[0,1024,1,0,0,[\"io_uring:%d\"]]\n", ring.ring_fd);
	expect_explained("registered", memory, text, json);
	expect_explained("beside it", memory + HELD * PAGE, "\n", "[0,0,0,0,0,[]]\n");
	scene_read((char *)getauxval(AT_SYSINFO_EHDR), 1);
	expect_explained("the vdso", (char *)getauxval(AT_SYSINFO_EHDR),
		"; 1 reference of the kernel, whose page it is\n",
			 "[1,0,0,0,0,[]]\n");
}

/*
 * Explain says of a huge page what pins does, whichever part of it is pinned.  A page of a huge one, of
 * which another is registered.
 */
TEST_F(pins_verb, explained_huge_page)
{
	struct iovec vector;
	char text[256], json[256];

	scene_thp();
	memory = scene_huge_page();
	madvise(memory, HUGE, MADV_DONTFORK);
	vector = (struct iovec){ memory + 3 * PAGE, PAGE };
	pin(&vector, 1);
	scene_drain();
	snprintf(text, sizeof(text), " of its folio of 512 pages, itself 1; 1 reference of 1 pin, maybe; "
		 "may be held by io_uring:%d\n", ring.ring_fd);
	snprintf(json, sizeof(json), "[0,1,1,0,0,[\"io_uring:%d\"]]\n", ring.ring_fd);
	expect_explained("before it", memory, text, json);
	expect_explained("after it", memory + 400 * PAGE, text, json);
}

/*
 * A file that is called like a device or aio holds nothing.  Files that are called like what could hold
 * pages, mapped and open.
 */
TEST_F(pins_verb, only_called_so)
{
	static const char *const names[] = { "/[aio] not", "/[aio]", "/dmabuf:not", "/dev/kfd", "/dev/nvidia-not",
		"/dev/iommu" };
	struct command_result result;
	char script[512];

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		int fd = open(names[i], O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

		if (fd < 0)
			die("%s: %s", names[i], strerror(errno));
		if (ftruncate(fd, PAGE))
			die("ftruncate: %s", strerror(errno));
		scene_map(PAGE, PROT_READ, MAP_SHARED, fd);
	}
	snprintf(script, sizeof(script), "grep -c aio /proc/%d/maps; vmaview pins -J %d | jq -c "
		"'[.processes[0].holders[].kind | "
		 "select(. != \"pipe\" and . != \"socket\")] | unique'", getpid(), getpid());
	shell(script, &result);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		unlink(names[i]);
	expect_str("areas called so, and holders", result.out.data, "2\n[]\n");
	expect_str("stderr", result.err.data, "");
	command_free(&result);
}

/* What cannot be asked is said in one line. */
TEST_F(pins_verb, bad_input)
{
	tool_expect_no_target("pins");
	tool_expect_refused("pins", 2, "a PID is needed");
	tool_expect_refused("pins -o Refcounts 1", 2, "did you mean Refcount?");
	tool_expect_refused("pins -J -r 1", 2, "exclude each other");
}

SCENE_MAIN
