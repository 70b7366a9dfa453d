// SPDX-License-Identifier: GPL-2.0
/* who - only root with both capabilities, in the initial user namespace, may look. */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/scene_test.h"

SCENE(who)

static const char *const readable[] = {
	"self/areas", "self/pages", "self/summary", "self/layout", "self/tables",
	"self/uffd",
	"vmflags", "stats", "version",
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

static void expect_allowed(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(readable); i++)
		expect_open(readable[i], O_RDONLY, 0);
	for (size_t i = 0; i < ARRAY_SIZE(writable); i++)
		expect_open(writable[i], O_WRONLY, 0);
	expect_no_device(0);
}

/* Root with all capabilities may open everything. */
TEST_F(who, privileged)
{
	expect_allowed();
}

/* Without CAP_SYS_ADMIN everything is EPERM. */
TEST_F(who, no_admin)
{
	drop(CAP_SYS_ADMIN);
	expect_refused(EPERM);
}

/* Without CAP_SYS_PTRACE everything is EPERM. */
TEST_F(who, no_ptrace)
{
	drop(CAP_SYS_PTRACE);
	expect_refused(EPERM);
}

/* No capability but those of the mask. */
static void keep_only(uint64_t kept)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = {
		{ .effective = kept, .permitted = kept },
		{ .effective = kept >> 32, .permitted = kept >> 32 },
	};

	if (syscall(SYS_capset, &header, data))
		die("capset: %s", strerror(errno));
}

/* Root with nothing but the two may open everything, with one of them nothing. */
TEST_F(who, only_one)
{
	keep_only(1ULL << CAP_SYS_PTRACE | 1ULL << CAP_SYS_ADMIN);
	expect_allowed();
	keep_only(1ULL << CAP_SYS_PTRACE);
	expect_refused(EPERM);
	keep_only(0);
	expect_refused(EPERM);
}

/* Root with nothing but CAP_SYS_ADMIN may open nothing. */
TEST_F(who, only_other_one)
{
	keep_only(1ULL << CAP_SYS_ADMIN);
	expect_refused(EPERM);
}

/*
 * Another user with both capabilities is EACCES.  The files are root's: capabilities alone do not open
 * them.
 */
TEST_F(who, user_with_capabilities)
{
	uint64_t both = 1ULL << CAP_SYS_PTRACE | 1ULL << CAP_SYS_ADMIN;

	prctl(PR_SET_KEEPCAPS, 1);
	if (setresgid(65534, 65534, 65534) || setresuid(65534, 65534, 65534))
		die("setresuid: %s", strerror(errno));
	keep_only(both);
	expect_refused(EACCES);
}

static void be_other_user(void)
{
	if (setresgid(65534, 65534, 65534) || setresuid(65534, 65534, 65534))
		die("setresuid: %s", strerror(errno));
	expect_refused(EACCES);
}

/* Another user is EACCES. */
TEST_F(who, other_user)
{
	be_other_user();
}

/* Root of a user namespace is EPERM. */
TEST_F(who, namespace_root)
{
	if (unshare(CLONE_NEWUSER))
		skip("no user namespaces: %s", strerrorname_np(errno));
	expect_refused(EPERM);
}

static void write_map(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		die("%s: %s", path, strerror(errno));
	close(fd);
}

static int contained(void *arg)
{
	(void)arg;
	expect_eq("own PID", getpid(), 1);
	expect_refused(EPERM);
	return failed();
}

/*
 * Root of a container is EPERM.  As a container has it: root of its own user, PID and mount namespaces,
 * who is root outside, too.
 */
TEST_F(who, container_root)
{
	struct child child;

	if (unshare(CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS))
		skip("no user namespaces: %s", strerrorname_np(errno));
	write_map("/proc/self/setgroups", "deny");
	write_map("/proc/self/uid_map", "0 0 1");
	write_map("/proc/self/gid_map", "0 0 1");
	child_start(&child, contained, NULL);
	if (child_end(&child))
		fail("the process inside failed");
}

#define JAIL "/tmp/vmaview-jail"

static void enter_jail(void)
{
	static const char *const folders[] = { JAIL, JAIL "/proc", JAIL "/dev", JAIL "/sys" };

	if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		die("no mounts of its own: %s", strerror(errno));
	mkdir(JAIL, 0755);
	if (mount("jail", JAIL, "tmpfs", 0, NULL))
		die("tmpfs: %s", strerror(errno));
	for (size_t i = 1; i < ARRAY_SIZE(folders); i++)
		if (mkdir(folders[i], 0755) || mount(folders[i] + strlen(JAIL), folders[i], NULL,
						     MS_BIND | MS_REC, NULL))
			die("%s: %s", folders[i], strerror(errno));
	if (chroot(JAIL) || chdir("/"))
		die("chroot: %s", strerror(errno));
}

static int waits(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

/*
 * A chroot changes names, not rights.  The rights are the same, and files have the names that they have
 * in there.
 */
TEST_F(who, in_chroot)
{
	struct area_list maps, ours;
	struct child child;

	enter_jail();
	expect_allowed();
	child_start(&child, waits, NULL);
	door_smaps(child.pid, &maps);
	door_areas(child.pid, &ours);
	child_end(&child);
	for (size_t i = 0; i < ours.nr && i < maps.nr; i++)
		expect_str("an area's line", ours.area[i].head, maps.area[i].head);
	if (ours.nr < 5 || ours.nr > maps.nr)
		fail("%zu areas, smaps has %zu", ours.nr, maps.nr);
	keep_only(1ULL << CAP_SYS_CHROOT | 1ULL << CAP_DAC_OVERRIDE);
	expect_refused(EPERM);
}

/*
 * A bound file is all that its holder gets.  Who was given a bound file has the rest of that stream, and
 * nothing else.
 */
TEST_F(who, handed_over)
{
	struct vmaview_request request = door_request(1, VMAVIEW_WANT_ALL);
	struct bytes bytes;
	int fd = door_bound(getpid());

	be_other_user();
	expect_errno("BIND", ioctl(fd, VMAVIEW_IOC_BIND, &request), EPERM);
	expect_errno("VERSION", ioctl(fd, VMAVIEW_IOC_VERSION, &request), EPERM);
	expect_eq("the stream", -slurp_fd(fd, 512, &bytes), 0);
	if (bytes.len < sizeof(struct vmaview_begin))
		fail("it has %zu bytes", bytes.len);
}

/*
 * Capabilities count when a target is named, not when the file was opened.  A descriptor that a
 * privileged process opened does not carry its rights to bind.
 */
TEST_F(who, dropped_later)
{
	struct vmaview_request request = door_request(1, VMAVIEW_WANT_ALL);
	pid_t pid = getpid();
	int fd = door_open(), files[ARRAY_SIZE(writable)];

	if (fd < 0)
		die("open: %s", strerrorname_np(-fd));
	for (size_t i = 0; i < ARRAY_SIZE(writable); i++) {
		char path[128];

		snprintf(path, sizeof(path), VMAVIEW_DEBUGFS "/%s", writable[i]);
		files[i] = open(path, O_WRONLY | O_CLOEXEC);
	}
	drop(CAP_SYS_PTRACE);
	expect_errno("BIND", ioctl(fd, VMAVIEW_IOC_BIND, &request), EPERM);
	expect_errno("ATTACH", ioctl(fd, VMAVIEW_IOC_ATTACH, &pid), EPERM);
	expect_errno("DETACH", ioctl(fd, VMAVIEW_IOC_DETACH, &pid), EPERM);
	for (size_t i = 0; i < ARRAY_SIZE(writable); i++)
		expect_errno(writable[i], write(files[i], "1", 1), EPERM);
}

SCENE_MAIN
