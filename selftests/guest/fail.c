// SPDX-License-Identifier: GPL-2.0
/*
 * fail - each allocation of each operation fails once: an errno, nothing left, and the next one works.
 *
 * /proc/thread-self/fail-nth (Documentation/fault-injection) makes the Nth call that can fail in this
 * task fail; N grows until the operation is through before it comes to that.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/serve.h"
#include "lib/setting.h"
#include "lib/uffd.h"

SCENE(fail)

enum { MOST = 3000, LOAD_LAST = 40, NEVER = 1000000 };

#define KMEMLEAK "/sys/kernel/debug/kmemleak"

static struct child child;
static int nth = -1, device = -1, module = -1;
static char folder[64], buffer[65536];

/* What must not wait may fail anyway, but not by default. */
static void let_all_fail(void)
{
	static const struct {
		const char *path;
		const char *value;
	} knobs[] = {
		{ "/sys/kernel/debug/failslab/ignore-gfp-wait", "N" },
		{ "/sys/kernel/debug/failslab/verbose", "0" },
		{ "/sys/kernel/debug/fail_page_alloc/ignore-gfp-wait", "N" },
		{ "/sys/kernel/debug/fail_page_alloc/ignore-gfp-highmem", "N" },
		{ "/sys/kernel/debug/fail_page_alloc/min-order", "0" },
		{ "/sys/kernel/debug/fail_page_alloc/verbose", "0" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(knobs); i++)
		if (!setting(knobs[i].path, knobs[i].value))
			die("%s: %s", knobs[i].path, strerror(errno));
}

static void begin(void)
{
	nth = open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC);
	if (nth < 0)
		skip("this kernel injects no failures");
	let_all_fail();
	child_start_program(&child);
	device = door_open();
	memset(buffer, 1, sizeof(buffer));
	snprintf(folder, sizeof(folder), VMAVIEW_DEBUGFS "/%d", child.pid);
}

static void arm(unsigned int n)
{
	char text[16];

	if (pwrite(nth, text, snprintf(text, sizeof(text), "%u", n), 0) < 0)
		die("fail-nth: %s", strerror(errno));
}

/* Has the failure not come yet?  Whatever the answer, it does not come any more. */
static bool disarm(void)
{
	char text[16] = "";

	if (pread(nth, text, sizeof(text) - 1, 0) < 1)
		die("fail-nth: %s", strerror(errno));
	arm(0);
	return atoi(text) != 0;
}

/*
 * Each of these: 0 or an errno.  @operation is what fails; @before makes ready for it and @after looks
 * whether all is well, both in peace.
 */
struct operation {
	const char *name;
	void (*before)(void);
	int (*run)(void);
	void (*after)(int err);
};

/* Return: how many of its allocations could fail. */
static unsigned int sweep(const struct operation *operation)
{
	unsigned int n, refused = 0;

	for (n = 1; n < MOST && !failed(); n++) {
		bool through;
		int err;

		if (operation->before)
			operation->before();
		arm(n);
		err = operation->run();
		through = disarm();
		if (err && (err != ENOMEM || through))
			fail("%s: failure %u: %s", operation->name, n, strerrorname_np(err));
		refused += !!err;
		if (operation->after)
			operation->after(err);
		if (through)
			break;
	}
	note("%s: %u allocations, of which %u are not done without", operation->name, n - 1, refused);
	if (!refused || n == MOST)
		fail("%s: nothing failed, or everything", operation->name);
	return n - 1;
}

static int open_device(void)
{
	int fd = open(VMAVIEW_DEVICE, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static int bind_device(void)
{
	struct vmaview_request request = door_request(child.pid, VMAVIEW_WANT_ALL);

	return ioctl(device, VMAVIEW_IOC_BIND, &request) ? errno : 0;
}

/* A failed bind leaves what was bound: the stream of this process or of the child. */
static void read_bound(int err)
{
	struct bytes bytes;

	(void)err;
	expect_eq("the stream after a bind", -slurp_fd(device, 65536, &bytes), 0);
	bytes_free(&bytes);
}

static void bind_self(void)
{
	struct vmaview_request request = door_request(getpid(), VMAVIEW_WANT_AREAS);

	if (door_bind(device, &request))
		die("cannot bind");
}

static void bind_child(void)
{
	if (bind_device())
		die("cannot bind");
}

/* By one buffer, which is there, so that this process allocates nothing meanwhile. */
static int read_fd(int fd)
{
	ssize_t got;

	while ((got = read(fd, buffer, sizeof(buffer))) > 0)
		;
	return got < 0 ? errno : 0;
}

static int read_device(void)
{
	return read_fd(device);
}

static void rest_is_there(int err)
{
	if (err)
		expect_eq("the rest of the stream", read_fd(device), 0);
}

static int attach_child(void)
{
	return ioctl(device, VMAVIEW_IOC_ATTACH, &child.pid) ? errno : 0;
}

static int write_attach(void)
{
	return -door_attach(child.pid);
}

/* A folder is whole or is not there. */
static void folder_is_whole(int err)
{
	static const char *const files[] = { "areas", "pages", "summary" };

	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		expect_eq(files[i], door_folder_errno(child.pid, files[i]), err ? ENOENT : 0);
	if (!access(folder, F_OK) == !!err)
		fail("after %s the folder is %s", err ? strerrorname_np(err) : "success",
		     err ? "there" : "gone");
	expect_eq("the next attach", -door_attach(child.pid), 0);
	expect_eq("detach", -door_detach(child.pid), 0);
}

static int detach_child(void)
{
	return ioctl(device, VMAVIEW_IOC_DETACH, &child.pid) ? errno : 0;
}

static void attach_now(void)
{
	if (door_attach(child.pid))
		die("cannot attach");
}

static const char *text_name;

/* Open, read, close: a text whose reading fails is read on. */
static int read_text(void)
{
	char path[80];
	int fd, err;

	snprintf(path, sizeof(path), "%s/%s", folder, text_name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	err = read_fd(fd);
	if (err)
		err = read_fd(fd) ? EIO : err;	/* fail-nth is spent */
	close(fd);
	return err;
}

/* Open, bind and attach are refused with ENOMEM and leave nothing. */
TEST_F(fail, doors)
{
	static const struct operation operations[] = {
		{ "open", NULL, open_device, NULL },
		{ "bind", bind_self, bind_device, read_bound },
		{ "ATTACH", NULL, attach_child, folder_is_whole },
		{ "write to attach", NULL, write_attach, folder_is_whole },
	};

	begin();
	for (size_t i = 0; i < ARRAY_SIZE(operations); i++)
		sweep(&operations[i]);
}

/* A stream whose read fails is read on. */
TEST_F(fail, streams)
{
	const struct operation operation = { "stream", bind_child, read_device, rest_is_there };
	unsigned int n;

	begin();
	/* Nothing may have to be allocated at all. */
	for (n = 1; n < MOST && !failed(); n++) {
		bool through;
		int err;

		operation.before();
		arm(n);
		err = operation.run();
		through = disarm();
		if (err && err != ENOMEM)
			fail("failure %u: %s", n, strerrorname_np(err));
		operation.after(err);
		if (through)
			break;
	}
	note("stream: %u allocations", n - 1);
}

/* Texts are refused with ENOMEM, and are whole afterwards. */
TEST_F(fail, texts)
{
	static const char *const names[] = { "areas", "pages", "summary" };

	begin();
	attach_now();
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const struct operation operation = { names[i], NULL, read_text, NULL };

		text_name = names[i];
		sweep(&operation);
	}
}

static int watched_by_three(void *arg)
{
	(void)arg;
	for (int i = 0; i < 3; i++)
		serve_register(uffd_open(0), scene_anon(1), PAGE, UFFDIO_REGISTER_MODE_MISSING);
	child_ready();
	return 0;
}

static void uffd_is_whole(int err)
{
	struct bytes text;
	unsigned int lines = 0;

	if (door_text(child.pid, "uffd", &text))
		die("no text after %s", err ? strerrorname_np(err) : "success");
	for (size_t i = 0; i < text.len; i++)
		lines += text.data[i] == '\n';
	expect_eq("lines of three areas and three holders", lines, 6);
	bytes_free(&text);
}

/*
 * Userfaultfds are refused with ENOMEM, and are whole afterwards.  The contexts are kept while the text
 * is read.
 */
TEST_F(fail, userfaultfds)
{
	const struct operation operation = { "uffd", NULL, read_text, uffd_is_whole };

	begin();
	child_kill(&child);
	child_start(&child, watched_by_three, NULL);
	snprintf(folder, sizeof(folder), VMAVIEW_DEBUGFS "/%d", child.pid);
	attach_now();
	text_name = operation.name;
	sweep(&operation);
}

/* A detach cannot fail for want of memory. */
TEST_F(fail, detach)
{
	begin();
	for (unsigned int n = 1; n < 20; n++) {
		attach_now();
		arm(n);
		expect_eq("DETACH", detach_child(), 0);
		disarm();
		expect_eq("the folder", door_folder_errno(child.pid, "areas"), ENOENT);
	}
}

/* The module, as a file: opened in peace. */
static int open_module(void)
{
	const char *path = module_path();
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		die("%s: %s", path, strerror(errno));
	return fd;
}

static int load(void)
{
	return syscall(SYS_finit_module, module, "", 0) ? errno : 0;
}

static void unload(void)
{
	syscall(SYS_delete_module, "vmaview", O_NONBLOCK);
}

/* After the test's process, whose descriptors hold the module. */
static void load_again(void)
{
	int err;

	unload();
	module = open_module();
	err = load();
	if (err)
		note("the module is not loaded any more: %s", strerrorname_np(err));
	close(module);
}

/*
 * How many allocations a load is, loading the module itself included.  None of them fails: the
 * loader's own would be loud.
 */
static unsigned int count_of_load(void)
{
	char text[16] = "";

	unload();
	arm(NEVER);
	if (load())
		die("the module cannot be loaded");
	if (pread(nth, text, sizeof(text) - 1, 0) < 1)
		die("fail-nth: %s", strerror(errno));
	arm(0);
	return NEVER - atoi(text);
}

static void is_whole_or_gone(int err)
{
	struct bytes bytes;

	if (!access(VMAVIEW_DEVICE, F_OK) == !!err)
		fail("after %s the device is %s", err ? strerrorname_np(err) : "success",
		     err ? "there" : "gone");
	if (!access(VMAVIEW_DEBUGFS, F_OK) == !!err)
		fail("after %s the folder is %s", err ? strerrorname_np(err) : "success",
		     err ? "there" : "gone");
	for (const char *const *name = (const char *const[]){ "version", "stats", "vmflags", "self/areas",
	     "self/pages", "self/summary", NULL }; !err && *name; name++) {
		expect_eq(*name, -door_file(*name, &bytes), 0);
		bytes_free(&bytes);
	}
}

/*
 * A load is whole or is none.  The last of them are those of the module's own init, and a few of the
 * loader's before.
 */
TEST_F(fail, loads)
{
	unsigned int all, refused = 0;

	begin();
	close(device);
	module = open_module();
	setting_undo(load_again);
	all = count_of_load();
	for (unsigned int n = all > LOAD_LAST ? all - LOAD_LAST : 1; n <= all + 1 && !failed(); n++) {
		int err;

		unload();
		arm(n);
		err = load();
		disarm();
		if (err && err != ENOMEM)
			fail("failure %u: %s", n, strerrorname_np(err));
		refused += !!err;
		is_whole_or_gone(err);
	}
	note("load: %u allocations; of the last %d, %u are not done without", all, LOAD_LAST, refused);
	if (refused < 5)
		fail("hardly a load failed");
}

static unsigned long *came_in;

/* Whoever is in where loading fails stays in a module that is gone, and so does what was attached. */
static int knock(void *arg)
{
	(void)arg;
	child_ready();
	for (;;) {
		int writes = open(VMAVIEW_DEBUGFS "/attach", O_WRONLY | O_CLOEXEC);
		int reads = open(VMAVIEW_DEBUGFS "/self/areas", O_RDONLY | O_CLOEXEC);

		*came_in += (writes >= 0) + (reads >= 0);
		if (writes >= 0)
			dprintf(writes, "%d", getpid());
		close(writes);
		close(reads);
	}
	return 0;
}

static void load_beside_one_who_knocks(unsigned int n)
{
	struct child knocker;
	int err;

	*came_in = 0;
	child_start(&knocker, knock, NULL);
	if (write(knocker.to, "g", 1) != 1)
		die("nobody knocks");
	arm(n);
	err = load();
	disarm();
	child_kill(&knocker);
	if (err)
		expect_eq("who came in where loading failed", *came_in, 0);
}

/* Nobody comes in before a load can fail no more. */
TEST_F(fail, shut_doors)
{
	unsigned int all;

	begin();
	close(device);
	came_in = mmap(NULL, sizeof(*came_in), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	use_all_cpus();
	module = open_module();
	setting_undo(load_again);
	all = count_of_load();
	for (unsigned int n = all > LOAD_LAST ? all - LOAD_LAST : 1; n <= all && !failed(); n++) {
		unload();
		load_beside_one_who_knocks(n);
	}
}

/* Nothing leaked.  Objects that nobody refers to, of those that the module allocated. */
TEST_F(fail, no_leak)
{
	struct bytes report;
	const char *ours;
	int fd = open(KMEMLEAK, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		skip("this kernel has no kmemleak");
	for (int i = 0; i < 2; i++)	/* what was young in the first is judged in the second */
		if (write(fd, "scan", 4) != 4)
			die("scan: %s", strerror(errno));
	close(fd);
	if (slurp(KMEMLEAK, &report))
		die("%s cannot be read", KMEMLEAK);
	ours = strstr(report.data, "[vmaview]");
	if (ours)
		fail("leaked: %.1500s", report.data);
}

SCENE_MAIN
