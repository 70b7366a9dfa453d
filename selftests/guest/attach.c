// SPDX-License-Identifier: GPL-2.0
/* attach - what may be written to attach and detach, and how many folders there may be. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/scene.h"
#include "lib/scene_test.h"

SCENE(attach)

enum { FOLDERS_MAX = 1024 };

static int idle(void *arg)
{
	(void)arg;
	child_ready();
	return 0;
}

static void expect_write(const char *file, const char *text, size_t len, int want)
{
	int ret = door_write(file, text, len);

	if (ret != -want)
		fail("\"%.40s\" (%zu bytes) to %s: expected %s, got %s", text, len, file,
		     want ? strerrorname_np(want) : "success",
		     ret ? strerrorname_np(-ret) : "success");
}

/* Text that is no PID is EINVAL. */
TEST_F(attach, garbage)
{
	static const char *const texts[] = {
		"", "\n", " ", "x", "1x", "1 2", "0x1", "-1", "+", "-", "1.5", "99999999999",
		"18446744073709551617", "4294967297", "0", "1\n2\n", "\xff", "2147483648",
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		if (!*texts[i])
			continue;	/* write() of nothing never reaches the module */
		expect_write("attach", texts[i], strlen(texts[i]), EINVAL);
		expect_write("detach", texts[i], strlen(texts[i]), EINVAL);
	}
	expect_write("attach", "1\0", 3, EINVAL);
	expect_write("attach", "1\0002", 3, EINVAL);
}

/* Text without end is EINVAL. */
TEST_F(attach, huge_text)
{
	static char text[1 << 20];

	memset(text, '1', sizeof(text));
	expect_write("attach", text, sizeof(text), EINVAL);
	expect_write("detach", text, sizeof(text), EINVAL);
	memset(text, ' ', sizeof(text));
	text[0] = '1';
	expect_write("attach", text, sizeof(text), EINVAL);
}

/* Text that cannot be read is EFAULT. */
TEST_F(attach, bad_pointer)
{
	int fd = open(VMAVIEW_DEBUGFS "/attach", O_WRONLY);

	expect_errno("write from nowhere", write(fd, nowhere, 4), EFAULT);
}

/* PIDs that are nobody's are ESRCH, kernel threads EINVAL. */
TEST_F(attach, nobody)
{
	expect_write("attach", "4194303\n", 8, ESRCH);
	expect_write("detach", "4194303\n", 8, ESRCH);
	expect_write("attach", "2\n", 2, EINVAL);	/* kthreadd */
}

static bool folder_is_there(pid_t pid)
{
	char path[64];

	snprintf(path, sizeof(path), VMAVIEW_DEBUGFS "/%d/areas", pid);
	return !access(path, F_OK);
}

/* Attaching again is no error, detaching again is ESRCH. */
TEST_F(attach, again)
{
	struct child child;
	char text[16];
	int fd = door_open();

	child_start(&child, idle, NULL);
	expect_eq("attach", -door_attach(child.pid), 0);
	expect_eq("attach again", -door_attach(child.pid), 0);
	snprintf(text, sizeof(text), "%d", child.pid);
	expect_write("attach", text, strlen(text), 0);
	expect_eq("folder", folder_is_there(child.pid), true);
	expect_errno("ATTACH again", ioctl(fd, VMAVIEW_IOC_ATTACH, &child.pid), 0);
	expect_eq("detach", -door_detach(child.pid), 0);
	expect_eq("folder", folder_is_there(child.pid), false);
	expect_eq("detach again", -door_detach(child.pid), ESRCH);
	expect_errno("DETACH again", ioctl(fd, VMAVIEW_IOC_DETACH, &child.pid), ESRCH);
	expect_errno("ATTACH", ioctl(fd, VMAVIEW_IOC_ATTACH, &child.pid), 0);
	expect_eq("folder", folder_is_there(child.pid), true);
	expect_errno("DETACH", ioctl(fd, VMAVIEW_IOC_DETACH, &child.pid), 0);
	expect_eq("folder", folder_is_there(child.pid), false);
	child_end(&child);
}

static void kill_all(const pid_t *pids, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		kill(pids[i], SIGKILL);
	for (size_t i = 0; i < nr; i++)
		waitpid(pids[i], NULL, 0);
}

/* More processes than there may be folders; gives all of them up again. */
static void attach_all(void)
{
	static pid_t pids[FOLDERS_MAX + 8];
	size_t nr, attached = 0;
	int ret = 0;

	for (nr = 0; nr < ARRAY_SIZE(pids); nr++) {
		pids[nr] = fork();
		if (!pids[nr]) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			pause();
			_exit(0);
		}
		if (pids[nr] < 0)
			break;
		ret = door_attach(pids[nr]);
		if (ret)
			break;
		attached++;
	}
	expect_eq("errno of one folder too many", -ret, ENOSPC);
	if (attached > FOLDERS_MAX || attached < FOLDERS_MAX - 64)
		fail("expected about %d folders, got %zu", FOLDERS_MAX, attached);
	kill_all(pids, nr < ARRAY_SIZE(pids) && pids[nr] > 0 ? nr + 1 : nr);
}

/* The number of folders is bounded and the dead make room. */
TEST_F(attach, too_many)
{
	struct child child;

	attach_all();
	/* The folders of the dead go at the next attach. */
	child_start(&child, idle, NULL);
	expect_eq("attach after all are dead", -door_attach(child.pid), 0);
	expect_eq("folder", folder_is_there(child.pid), true);
	child_end(&child);
	door_attach(getpid());
	expect_eq("folder of the dead", folder_is_there(child.pid), false);
	door_detach(getpid());
}

SCENE_MAIN
