// SPDX-License-Identifier: GPL-2.0
/* who - only root with both capabilities, in the initial user namespace, may look. */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/ktap.h"

static const char *const readable[] = {
	"self/areas", "self/summary", "vmflags", "stats", "version",
};

static const char *const writable[] = { "attach", "detach" };

static void drop(int capability)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &header, data))
		die("capget: %s", strerror(errno));
	data[capability / 32].effective &= ~(1u << capability % 32);
	if (syscall(SYS_capset, &header, data))
		die("capset: %s", strerror(errno));
}

static void expect_open(const char *name, int flags, int err)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "%s%s%s", name[0] == '/' ? "" : VMAVIEW_DEBUGFS,
		 name[0] == '/' ? "" : "/", name);
	fd = open(path, flags | O_CLOEXEC);
	if (fd >= 0)
		close(fd);
	expect_errno(name, fd, err);
}

/* The device may be refused at open() or at bind. */
static void expect_no_device(int err)
{
	struct vmaview_request request = door_request(getpid(), VMAVIEW_WANT_ALL);
	int fd = open(VMAVIEW_DEVICE, O_RDONLY | O_CLOEXEC), ret = fd;

	if (fd >= 0)
		ret = ioctl(fd, VMAVIEW_IOC_BIND, &request);
	expect_errno("device", ret, err);
}

static void expect_refused(int err)
{
	for (size_t i = 0; i < ARRAY_SIZE(readable); i++)
		expect_open(readable[i], O_RDONLY, err);
	for (size_t i = 0; i < ARRAY_SIZE(writable); i++)
		expect_open(writable[i], O_WRONLY, err);
	expect_no_device(err);
}

static void privileged(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(readable); i++)
		expect_open(readable[i], O_RDONLY, 0);
	for (size_t i = 0; i < ARRAY_SIZE(writable); i++)
		expect_open(writable[i], O_WRONLY, 0);
	expect_no_device(0);
}

static void no_admin(void)
{
	drop(CAP_SYS_ADMIN);
	expect_refused(EPERM);
}

static void no_ptrace(void)
{
	drop(CAP_SYS_PTRACE);
	expect_refused(EPERM);
}

static void other_user(void)
{
	if (setresgid(65534, 65534, 65534) || setresuid(65534, 65534, 65534))
		die("setresuid: %s", strerror(errno));
	expect_refused(EACCES);
}

static void namespace_root(void)
{
	if (unshare(CLONE_NEWUSER))
		skip("no user namespaces: %s", strerrorname_np(errno));
	expect_refused(EPERM);
}

/* A descriptor that a privileged process opened does not carry its rights to bind. */
static void dropped_later(void)
{
	struct vmaview_request request = door_request(1, VMAVIEW_WANT_ALL);
	pid_t pid = getpid();
	int fd = door_open();

	if (fd < 0)
		die("open: %s", strerrorname_np(-fd));
	drop(CAP_SYS_PTRACE);
	expect_errno("BIND", ioctl(fd, VMAVIEW_IOC_BIND, &request), EPERM);
	expect_errno("ATTACH", ioctl(fd, VMAVIEW_IOC_ATTACH, &pid), EPERM);
	expect_errno("DETACH", ioctl(fd, VMAVIEW_IOC_DETACH, &pid), EPERM);
}

static const struct ktap_test tests[] = {
	{ "root with all capabilities may open everything", privileged },
	{ "without CAP_SYS_ADMIN everything is EPERM", no_admin },
	{ "without CAP_SYS_PTRACE everything is EPERM", no_ptrace },
	{ "another user is EACCES", other_user },
	{ "root of a user namespace is EPERM", namespace_root },
	{ "capabilities count when a target is named, not when the file was opened", dropped_later },
};

KTAP_MAIN(tests)
