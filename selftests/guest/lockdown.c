// SPDX-License-Identifier: GPL-2.0
/*
 * lockdown - what is left under lockdown, by its two levels.
 *
 * Lockdown cannot be taken back before the next boot: lockdown.sh runs this as the last program, and the
 * tests below are in the order of the levels.  A guest can also be booted with either of them
 * (scripts/lockdown).
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/text.h"

SCENE(lockdown)

#define LOCKDOWN "/sys/kernel/security/lockdown"

static const char *const readable[] = {
	"self/areas", "self/pages", "self/summary", "vmflags", "stats", "version",
};

/* What is in effect then: the kernel may be locked down for more since its boot. */
static const char *lock_down(const char *level)
{
	const char *now;
	int fd;

	mount("security", "/sys/kernel/security", "securityfs", 0, NULL);
	fd = open(LOCKDOWN, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		skip("no lockdown: %s", strerrorname_np(errno));
	if (write(fd, level, strlen(level)) < 0 && errno != EPERM)
		die("lockdown %s: %s", level, strerror(errno));
	close(fd);	/* EPERM: locked down as much already */
	now = setting_get(LOCKDOWN);
	return now ? now : "";
}

static int open_errno(const char *name, int flags)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), VMAVIEW_DEBUGFS "/%s", name);
	fd = open(path, flags | O_CLOEXEC);
	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

/* Locked down for integrity, files are read and the device attaches. */
TEST_F(lockdown, integrity)
{
	struct child child;
	struct bytes bytes;
	char path[64];
	int fd;

	if (!strcmp(lock_down("integrity"), "confidentiality"))
		skip("this kernel was locked down for confidentiality from its boot on");
	for (size_t i = 0; i < ARRAY_SIZE(readable); i++)
		expect_eq(readable[i], open_errno(readable[i], O_RDONLY), 0);
	expect_eq("attach", open_errno("attach", O_WRONLY), EPERM);
	expect_eq("detach", open_errno("detach", O_WRONLY), EPERM);
	child_start_program(&child);
	fd = door_open();
	expect_errno("ATTACH by the device", ioctl(fd, VMAVIEW_IOC_ATTACH, &child.pid), 0);
	snprintf(path, sizeof(path), "%d/areas", child.pid);
	expect_eq("its folder", -door_file(path, &bytes), 0);
	expect_errno("DETACH by the device", ioctl(fd, VMAVIEW_IOC_DETACH, &child.pid), 0);
	expect_eq("its folder", -door_file(path, &bytes), ENOENT);
	expect_eq("stream", -door_bytes(child.pid, VMAVIEW_WANT_ALL, &bytes), 0);
	child_kill(&child);
}

/* Locked down for confidentiality, everything is EPERM. */
TEST_F(lockdown, confidentiality)
{
	struct vmaview_request request = door_request(getpid(), VMAVIEW_WANT_ALL);
	pid_t pid = getpid();
	int fd, ret;

	expect_str("level", lock_down("confidentiality"), "confidentiality");
	for (size_t i = 0; i < ARRAY_SIZE(readable); i++)
		expect_eq(readable[i], open_errno(readable[i], O_RDONLY), EPERM);
	expect_eq("attach", open_errno("attach", O_WRONLY), EPERM);
	fd = open(VMAVIEW_DEVICE, O_RDONLY | O_CLOEXEC);
	ret = fd < 0 ? fd : ioctl(fd, VMAVIEW_IOC_BIND, &request);
	expect_errno("BIND", ret, EPERM);
	ret = fd < 0 ? fd : ioctl(fd, VMAVIEW_IOC_ATTACH, &pid);
	expect_errno("ATTACH", ret, EPERM);
}

SCENE_MAIN
