// SPDX-License-Identifier: GPL-2.0
/* reload - unloading and loading, idle and in use; the module is loaded again at the end. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/tool.h"

SCENE(reload)

/* Seconds: each of these starts a dozen programs. */
#define PATIENCE 120

#define MODULE_VERSION "/sys/module/vmaview/version"

static int open_module(void)
{
	return open(module_path(), O_RDONLY | O_CLOEXEC);
}

static int load(const char *parameters)
{
	int fd = open_module();
	int ret = syscall(SYS_finit_module, fd, parameters, 0) ? -errno : 0;

	close(fd);
	return ret;
}

static int unload(void)
{
	return syscall(SYS_delete_module, "vmaview", O_NONBLOCK) ? -errno : 0;
}

static bool is_there(void)
{
	return !access(VMAVIEW_DEBUGFS "/version", F_OK) && !access(VMAVIEW_DEVICE, F_OK);
}

static void load_again(void)
{
	if (!is_there())
		load("");
}

static void begin(void)
{
	int fd = open_module();

	if (fd < 0)
		skip("%s: %s", module_path(), strerror(errno));
	close(fd);
	setting_undo(load_again);
}

/* Not the module itself, which cannot be another: what the kernel says of it. */
static void take_version_away(void)
{
	umount2(MODULE_VERSION, MNT_DETACH);
}

static void write_version(const char *release)
{
	FILE *file = fopen("/tmp/vmaview-version", "w");

	if (!file)
		die("/tmp cannot be written");
	fprintf(file, "%s\n", release);
	fclose(file);
}

static void expect_status(const char *release, bool fine)
{
	struct command_result result;
	const char *row;

	write_version(release);
	tool_run("status -J", &result);
	expect_eq("status exits", result.status, 0);
	row = strstr(result.out.data, "\"module\":");
	row = row ? strstr(row, "\"fine\":") : NULL;
	if (!row || !strncmp(row, "\"fine\":true", 11) != fine)
		fail("%s: expected to be %s: %s", release, fine ? "fine" : "warned of", result.out.data);
	if (!strstr(result.out.data, "can crash this machine") != fine)
		fail("%s: %s", release, result.out.data);
	command_free(&result);
}

/* Status warns of a loaded release that can crash the machine. */
TEST_F_TIMEOUT(reload, status_warns, PATIENCE)
{
	expect_status("", true);
	if (mount("/tmp/vmaview-version", MODULE_VERSION, NULL, MS_BIND, NULL))
		die("bind mount: %s", strerror(errno));
	setting_undo(take_version_away);
	expect_status("0.1.0", false);
	expect_status("0.0.99", false);
	expect_status("0.1.1", true);
	expect_status("0.1.10", true);
	expect_status("1.0", true);
}

#define MODULES "/usr/lib/modules"

static const char *kernel(void)
{
	static struct utsname uts;

	if (uname(&uts))
		die("uname: %s", strerror(errno));
	return uts.release;
}

static void give_modules_back(void)
{
	umount2(MODULES, MNT_DETACH);
}

/* No module of any kernel is installed. */
static void take_modules_away(void)
{
	setting_undo(give_modules_back);
	if (mount("none", MODULES, "tmpfs", 0, NULL))
		die("%s: %s", MODULES, strerror(errno));
}

static void run(const char *line)
{
	if (system(line))
		die("%s failed", line);
}

/* A line for the shell about this kernel's folder, which is $there; the module is $VMAVIEW_KO. */
static void change(const char *line)
{
	char whole[512];

	snprintf(whole, sizeof(whole), "r=%s; there=" MODULES "/$r; %s", kernel(), line);
	run(whole);
}

/* Without being asked to, it loads nothing. */
static void expect_case(const char *args, int status, const char *word, const char *advice)
{
	bool was_there = is_there();
	struct command_result result;
	char part[64];

	snprintf(part, sizeof(part), "\"case\":\"%s\"", word);
	tool_run(args, &result);
	expect_eq(args, result.status, status);
	if (!strstr(result.out.data, part) || !strstr(result.out.data, advice))
		fail("%s: expected %s and %s: %s%s", args, word, advice, result.out.data, result.err.data);
	command_free(&result);
	if (!strstr(args, "--load"))
		expect_eq("loaded by looking", is_there(), was_there);
}

static void unload_now(void)
{
	expect_eq("unload", -unload(), 0);
}

/* Status says why there is no module, and what helps. */
TEST_F_TIMEOUT(reload, status_cases, PATIENCE)
{
	begin();
	setenv("VMAVIEW_KO", module_path(), 1);
	expect_case("status -J", 0, "ok", "from the module");
	take_modules_away();
	expect_case("status -J", 0, "ok", "from the module");
	unload_now();
	expect_case("status -J", 3, "no-headers", kernel());
	expect_case("status -J --load", 3, "no-headers", kernel());
	change("mkdir -p $there/build && touch $there/build/Makefile");	/* headers: not every guest has its own */
	expect_case("status -J", 3, "not-built", "make install");
	change("mkdir -p " MODULES "/6.0.1/extra && cp $VMAVIEW_KO " MODULES "/6.0.1/extra");
	expect_case("status -J", 3, "other-kernel", "6.0.1");
	change("mkdir $there/updates && cp $VMAVIEW_KO $there/updates");
	expect_case("status -J", 3, "not-loaded", "depmod, then modprobe vmaview");
	change("depmod $r 2>/dev/null");
	expect_case("status -J", 3, "not-loaded", "\"modprobe vmaview\"");
}

/* A module that is built for another kernel is not loaded, and it is said. */
TEST_F_TIMEOUT(reload, status_other_kernel, PATIENCE)
{
	begin();
	setenv("VMAVIEW_KO", module_path(), 1);
	take_modules_away();
	unload_now();
	change("mkdir -p $there/updates && sed 's/vermagic=[0-9]/vermagic=4/; s/mod_unload/mod_onload/' $VMAVIEW_KO "
	       ">$there/updates/vmaview.ko && depmod $r 2>/dev/null");
	expect_case("status -J", 3, "other-kernel", "Linux 4");
	expect_case("status -J --load", 3, "other-kernel", "Linux 4");
	expect_eq("is there", is_there(), false);
}

/* Loaded when it is asked for, and once. */
TEST_F_TIMEOUT(reload, status_loads, PATIENCE)
{
	begin();
	setenv("VMAVIEW_KO", module_path(), 1);
	take_modules_away();
	change("mkdir -p $there/updates && cp $VMAVIEW_KO $there/updates && depmod $r 2>/dev/null");
	unload_now();
	expect_case("status -J", 3, "not-loaded", "from /proc only");
	expect_case("status -J --load", 0, "ok", "from the module");
	expect_case("status -J --load", 0, "ok", "from the module");
	expect_eq("is there", is_there(), true);
	write_version("0.0.9");
	if (mount("/tmp/vmaview-version", MODULE_VERSION, NULL, MS_BIND, NULL))
		die("bind mount: %s", strerror(errno));
	setting_undo(take_version_away);
	expect_case("status -J", 0, "older-loaded", "is installed");
}

/* Loads and unloads twenty times. */
TEST_F(reload, many_times)
{
	begin();
	for (int i = 0; i < 20 && !failed(); i++) {
		struct bytes bytes;

		if (i & 1)
			door_attach(getpid());
		if (i & 2)
			door_bytes(getpid(), VMAVIEW_WANT_ALL, &bytes);
		expect_eq("unload", -unload(), 0);
		expect_eq("is there", is_there(), false);
		expect_eq("load", -load(""), 0);
		expect_eq("is there", is_there(), true);
	}
}

/* An open device keeps the module. */
TEST_F(reload, with_device_open)
{
	struct vmaview_request request = door_request(getpid(), VMAVIEW_WANT_ALL);
	struct bytes bytes;
	int fd;

	begin();
	fd = door_open();
	expect_eq("unload with the device open", -unload(), EAGAIN);
	door_bind(fd, &request);
	expect_eq("unload with a target bound", -unload(), EAGAIN);
	expect_eq("the stream", -slurp_fd(fd, 512, &bytes), 0);
	expect_eq("unload after END", -unload(), EAGAIN);
	close(fd);
	expect_eq("unload", -unload(), 0);
}

/*
 * open text is refused or ends in EIO.  Refused, or done while the open file answers errors from then
 * on: never a crash.
 */
TEST_F(reload, with_text_open)
{
	char some[64];
	int fd, ret;

	begin();
	fd = open(VMAVIEW_DEBUGFS "/self/areas", O_RDONLY | O_CLOEXEC);
	if (read(fd, some, sizeof(some)) != sizeof(some))
		die("read: %s", strerror(errno));
	ret = unload();
	if (ret && ret != -EAGAIN)
		fail("unload with text open: %s", strerrorname_np(-ret));
	note("unload with text open: %s", ret ? "refused" : "done");
	if (!ret)
		expect_errno("read after unload", read(fd, some, sizeof(some)), EIO);
	close(fd);
	if (ret)
		expect_eq("unload after close", -unload(), 0);
}

/* The other CPU reads all the time, by whichever door is there. */
static int read_on(void *arg)
{
	(void)arg;
	use_all_cpus();
	child_ready();
	for (unsigned int i = 0;; i++) {
		struct bytes bytes;

		if (i & 1)
			door_bytes(getpid(), VMAVIEW_WANT_ALL, &bytes);
		else
			door_text(getpid(), "areas", &bytes);
		bytes_free(&bytes);
	}
	return 0;
}

/* Unloading while others read does no harm. */
TEST_F(reload, while_read)
{
	unsigned int done = 0;
	struct child child;

	begin();
	child_start(&child, read_on, NULL);
	if (write(child.to, "g", 1) != 1)
		die("the reader is gone");
	for (int i = 0; i < 200; i++) {
		int ret = unload();

		if (ret && ret != -EAGAIN)
			fail("unload: %s", strerrorname_np(-ret));
		if (ret) {
			sched_yield();
			continue;
		}
		done++;
		expect_eq("load", -load(""), 0);
	}
	note("unloaded %u times of 200", done);
	child_kill(&child);
}

/* Folders go with the module.  A folder's process may die between unload and load: nothing is left of it. */
TEST_F(reload, folders_go)
{
	struct child child;
	char path[64];

	begin();
	child_start_program(&child);
	snprintf(path, sizeof(path), VMAVIEW_DEBUGFS "/%d", child.pid);
	expect_eq("attach", -door_attach(child.pid), 0);
	expect_eq("folder", !access(path, F_OK), true);
	expect_eq("unload", -unload(), 0);
	expect_eq("load", -load(""), 0);
	expect_eq("folder after loading again", !access(path, F_OK), false);
	child_kill(&child);
}

/* A second load is refused and does no harm. */
TEST_F(reload, twice)
{
	begin();
	expect_eq("loaded twice", -load(""), EEXIST);
	expect_eq("still there", is_there(), true);
}

/* A bad parameter refuses the load. */
TEST_F(reload, bad_parameters)
{
	static const char *const bad[] = { "hold_budget_us=x", "hold_budget_us=-1", "hold_budget_us" };
	struct bytes bytes;

	begin();
	expect_eq("unload", -unload(), 0);
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		expect_eq(bad[i], -load(bad[i]), EINVAL);
		expect_eq("is there", is_there(), false);
	}
	expect_eq("hold_budget_us=1", -load("hold_budget_us=1"), 0);
	expect_eq("stream", -door_bytes(getpid(), VMAVIEW_WANT_ALL, &bytes), 0);
	expect_eq("unload", -unload(), 0);
}

SCENE_MAIN
