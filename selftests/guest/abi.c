// SPDX-License-Identifier: GPL-2.0
/* abi - malformed requests, odd reads and the form of what comes out of the device. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/scene.h"
#include "lib/scene_test.h"

SCENE(abi)

static int device(void)
{
	int fd = door_open();

	if (fd < 0)
		die("%s: %s", VMAVIEW_DEVICE, strerrorname_np(-fd));
	return fd;
}

static void expect_bind(const char *what, int fd, struct vmaview_request request, int err)
{
	errno = 0;
	expect_errno(what, ioctl(fd, VMAVIEW_IOC_BIND, &request), err);
}

static struct vmaview_request good(void)
{
	return door_request(getpid(), VMAVIEW_WANT_ALL);
}

/* @selection of this process. */
static struct vmaview_request asking(struct vmaview_request selection, unsigned int want)
{
	struct vmaview_request request = door_request(getpid(), want);

	selection.size = request.size;
	selection.target = request.target;
	selection.want = request.want;
	selection.start = request.start;
	selection.end = request.end;
	return selection;
}

/* The size of the request is judged. */
TEST_F(abi, sizes)
{
	struct {
		struct vmaview_request request;
		uint64_t more[16];
	} large = { .request = good() };
	struct vmaview_request request = good();
	int fd = device();

	for (request.size = 0; request.size < VMAVIEW_REQUEST_MIN; request.size += 4)
		expect_bind("a smaller struct", fd, request, EINVAL);
	for (; request.size < sizeof(request); request.size += 4)
		expect_bind("a struct of an older version", fd, request, 0);
	large.request.size = sizeof(large);
	expect_errno("a larger struct of zeroes", ioctl(fd, VMAVIEW_IOC_BIND, &large), 0);
	large.more[15] = 1;
	expect_errno("a larger struct that says more", ioctl(fd, VMAVIEW_IOC_BIND, &large), E2BIG);
	large.more[15] = 0;
	large.more[0] = 1;
	expect_errno("and right after", ioctl(fd, VMAVIEW_IOC_BIND, &large), E2BIG);
	request.size = ~0u;
	if (!ioctl(fd, VMAVIEW_IOC_BIND, &request))
		fail("a struct of 4 GiB was taken");
}

/* Bad pointers are EFAULT. */
TEST_F(abi, pointers)
{
	char *page = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct vmaview_request request = good();
	int fd = device();

	munmap(page + PAGE, PAGE);
	expect_errno("NULL", ioctl(fd, VMAVIEW_IOC_BIND, NULL), EFAULT);
	expect_errno("an address of the kernel", ioctl(fd, VMAVIEW_IOC_BIND, ~0UL << 40), EFAULT);
	memcpy(page + PAGE - 16, &request, 16);
	expect_errno("half a struct", ioctl(fd, VMAVIEW_IOC_BIND, page + PAGE - 16), EFAULT);
	request.size = 4 * PAGE;
	memcpy(page + PAGE - sizeof(request), &request, sizeof(request));
	if (!ioctl(fd, VMAVIEW_IOC_BIND, page + PAGE - sizeof(request)))
		fail("a struct whose tail cannot be read was taken");
	expect_errno("version to NULL", ioctl(fd, VMAVIEW_IOC_VERSION, NULL), EFAULT);
	expect_errno("attach of NULL", ioctl(fd, VMAVIEW_IOC_ATTACH, NULL), EFAULT);
	expect_errno("detach of NULL", ioctl(fd, VMAVIEW_IOC_DETACH, NULL), EFAULT);
}

/* Unknown flags, wants and bad ranges are EINVAL. */
TEST_F(abi, fields)
{
	struct vmaview_request request = good();
	int fd = device();

	for (unsigned int bit = 3; bit < 32; bit++) {
		request.flags = 1u << bit;
		expect_bind("an unknown flag", fd, request, EINVAL);
	}
	request = good();
	request.want = 0;
	expect_bind("want nothing", fd, request, EINVAL);
	request.want = VMAVIEW_WANT_ALL + 1;
	expect_bind("an unknown want", fd, request, EINVAL);
	request.want = ~0u;
	expect_bind("want everything", fd, request, EINVAL);
	request = good();
	request.start = request.end = 4096;
	expect_bind("an empty range", fd, request, EINVAL);
	request.start = 8192;
	expect_bind("a reversed range", fd, request, EINVAL);
	request.start = 1;
	request.end = 2;
	expect_bind("a range within a page", fd, request, 0);
}

/*
 * A selection of runs is judged, and needs runs.  Each asks for what does not exist, or for a value that
 * its mask excludes.
 */
TEST_F(abi, selections)
{
	static const struct vmaview_request bad[] = {
		{ .states = VMAVIEW_STATES + 1 },
		{ .origins = VMAVIEW_ORIGINS + 1 },
		{ .page_mask = 1ULL << 63 },
		{ .page_any = 1ULL << 63 },
		{ .page_value = VMAVIEW_PAGE_DIRTY },
		{ .page_mask = VMAVIEW_PAGE_DIRTY, .page_value = VMAVIEW_PAGE_LRU },
		{ .entry_mask = VMAVIEW_ENTRY_BITS + 1 },
		{ .entry_value = VMAVIEW_ENTRY_DIRTY },
		{ .entry_mask = VMAVIEW_ENTRY_DIRTY, .entry_value = VMAVIEW_ENTRY_WRITE },
		{ .flags = VMAVIEW_REQUEST_JOIN | VMAVIEW_REQUEST_DENSE },
	}, without_runs[] = {
		{ .flags = VMAVIEW_REQUEST_JOIN },
		{ .flags = VMAVIEW_REQUEST_DENSE },
		{ .states = 1 },
		{ .origins = 1 },
		{ .page_mask = VMAVIEW_PAGE_DIRTY },
		{ .page_any = VMAVIEW_PAGE_DIRTY },
		{ .entry_mask = VMAVIEW_ENTRY_DIRTY },
	};
	int fd = device();

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		expect_bind("a selection that is none", fd, asking(bad[i], VMAVIEW_WANT_RUNS), EINVAL);
	for (size_t i = 0; i < ARRAY_SIZE(without_runs); i++) {
		expect_bind("of runs", fd, asking(without_runs[i], VMAVIEW_WANT_RUNS), 0);
		expect_bind("without runs", fd, asking(without_runs[i], VMAVIEW_WANT_PAGES), EINVAL);
	}
}

/* PIDs that are nobody's have their errno. */
TEST_F(abi, targets)
{
	static const struct {
		const char *what;
		int pid;
		int err;
	} bad[] = {
		{ "PID 0", 0, EINVAL },
		{ "PID -1", -1, EINVAL },
		{ "the lowest PID", -0x7fffffff - 1, EINVAL },
		{ "a PID beyond all", 0x7fffffff, ESRCH },
		{ "a PID that nobody has", 4194303, ESRCH },
		{ "a kernel thread", 2, EINVAL },
	};
	struct vmaview_request request = good();
	int fd = device();

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		request.target = bad[i].pid;
		expect_bind(bad[i].what, fd, request, bad[i].err);
		expect_errno(bad[i].what, ioctl(fd, VMAVIEW_IOC_ATTACH, &bad[i].pid), bad[i].err);
	}
	request.target = child_zombie();
	expect_bind("a zombie", fd, request, ESRCH);
	request.flags = VMAVIEW_REQUEST_PIDFD;
	request.target = 0;
	expect_bind("a file that is no pidfd", fd, request, EBADF);
	request.target = -1;
	expect_bind("a closed pidfd", fd, request, EBADF);
	request.target = 1000000;
	expect_bind("a pidfd beyond all", fd, request, EBADF);
}

/* A pidfd names the target, too. */
TEST_F(abi, pidfd)
{
	struct vmaview_request request = good();
	struct bytes bytes;
	struct stream stream;
	const char *wrong;
	int fd = device();

	request.flags = VMAVIEW_REQUEST_PIDFD;
	request.target = syscall(SYS_pidfd_open, getpid(), 0);
	expect_bind("a pidfd", fd, request, 0);
	if (slurp_fd(fd, 65536, &bytes))
		die("read: %s", strerror(errno));
	wrong = stream_parse(&bytes, &stream);
	if (wrong)
		die("%s", wrong);
	expect_eq("begin.pid", stream.begin.pid, getpid());
	expect_eq("begin.tgid", stream.begin.tgid, getpid());
}

/* Unknown requests are ENOTTY. */
TEST_F(abi, unknown_requests)
{
	char page[PAGE] = "";
	int fd = device();

	expect_errno("no such request", ioctl(fd, _IO('V', 0xef), page), ENOTTY);
	expect_errno("another direction", ioctl(fd, _IOR('V', 0xe0, struct vmaview_request), page),
		     ENOTTY);
	expect_errno("another size", ioctl(fd, _IOW('V', 0xe0, uint64_t), page), ENOTTY);
	fd = open(VMAVIEW_DEVICE, O_RDWR | O_CLOEXEC);
	expect_errno("write()", write(fd, page, 1), EINVAL);
}

/* Both doors name the same version. */
TEST_F(abi, version)
{
	struct vmaview_version version;
	char line[80];
	struct bytes text;
	int fd = device();

	memset(&version, 0xff, sizeof(version));
	if (!expect_errno("VERSION", ioctl(fd, VMAVIEW_IOC_VERSION, &version), 0))
		return;
	expect_eq("abi_major", version.abi_major, VMAVIEW_ABI_MAJOR);
	expect_eq("abi_minor", version.abi_minor, VMAVIEW_ABI_MINOR);
	expect_eq("reserved", version.reserved, 0);
	if (!memchr(version.release, 0, sizeof(version.release)))
		die("release has no end");
	snprintf(line, sizeof(line), "vmaview %s abi %u.%u\n", version.release,
		 version.abi_major, version.abi_minor);
	if (door_file("version", &text))
		die("no file \"version\"");
	expect_str("version", text.data, line);
}

/* A file that is not bound has no data. */
TEST_F(abi, before_bind)
{
	char byte;
	int fd = device();

	expect_errno("read before bind", read(fd, &byte, 1), ENODATA);
	expect_bind("a failed bind", fd, (struct vmaview_request){ 0 }, EINVAL);
	expect_errno("read after a failed bind", read(fd, &byte, 1), ENODATA);
}

/* Files have the documented modes. */
TEST_F(abi, modes)
{
	static const struct {
		const char *path;
		mode_t mode;
	} files[] = {
		{ VMAVIEW_DEVICE, S_IFCHR | 0600 },
		{ VMAVIEW_DEBUGFS "/attach", S_IFREG | 0200 },
		{ VMAVIEW_DEBUGFS "/detach", S_IFREG | 0200 },
		{ VMAVIEW_DEBUGFS "/version", S_IFREG | 0400 },
		{ VMAVIEW_DEBUGFS "/stats", S_IFREG | 0400 },
		{ VMAVIEW_DEBUGFS "/vmflags", S_IFREG | 0400 },
		{ VMAVIEW_DEBUGFS "/self/areas", S_IFREG | 0400 },
		{ VMAVIEW_DEBUGFS "/self/pages", S_IFREG | 0400 },
		{ VMAVIEW_DEBUGFS "/self/summary", S_IFREG | 0400 },
		{ VMAVIEW_DEBUGFS "/1/areas", S_IFREG | 0400 },
		{ VMAVIEW_DEBUGFS "/1/summary", S_IFREG | 0400 },
	};

	door_attach(1);
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		struct stat info;

		if (stat(files[i].path, &info))
			fail("%s: %s", files[i].path, strerror(errno));
		else if (info.st_mode != files[i].mode || info.st_uid)
			fail("%s: expected mode %o of root, got %o of %u", files[i].path,
			     files[i].mode, info.st_mode, info.st_uid);
	}
	door_detach(1);
}

/* Sixteen digits of an address of the kernel. */
static void expect_no_pointer(const char *name, const struct bytes *text)
{
	for (const char *at = text->data; at && (at = strstr(at, "ffff")); at++)
		if (strspn(at, "0123456789abcdef") == 16)
			fail("%s shows an address of the kernel: %.60s", name, at);
}

/* No output shows an address of the kernel. */
TEST_F(abi, no_pointers)
{
	static const char *const files[] = { "self/areas", "self/pages", "self/summary", "vmflags",
					     "stats", "version" };
	struct bytes bytes;

	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		if (door_file(files[i], &bytes))
			die("no file \"%s\"", files[i]);
		expect_no_pointer(files[i], &bytes);
	}
	if (door_bytes(getpid(), VMAVIEW_WANT_ALL, &bytes))
		die("no stream");
	for (size_t at = 0; at + 8 <= bytes.len; at += 8) {
		uint64_t word;

		memcpy(&word, bytes.data + at, 8);
		if (word >> 47 == 0x1ffff && word != ~0ULL)
			fail("byte %zu of the stream is an address of the kernel: %llx", at,
			     (unsigned long long)word);
	}
}

SCENE_MAIN
