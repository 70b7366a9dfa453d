// SPDX-License-Identifier: GPL-2.0
/* stall.c - a device-mapper device that is suspended: dm_submit_bio() queues what comes meanwhile. */
#include <errno.h>
#include <fcntl.h>
#include <linux/dm-ioctl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "result.h"
#include "setting.h"
#include "stall.h"

#define NAME "vmaview-stall"
enum { SECTORS = 2048 };

struct message {
	struct dm_ioctl head;
	struct dm_target_spec target;
	char parameters[8];
};

/* 0 or an errno; @message is what the kernel answered. */
static int dm(unsigned long request, unsigned int flags, struct message *message)
{
	int control = open("/dev/mapper/control", O_RDWR | O_CLOEXEC), ret;

	if (control < 0)
		return errno;
	message->head.version[0] = DM_VERSION_MAJOR;
	message->head.data_size = sizeof(*message);
	message->head.data_start = sizeof(message->head);
	message->head.flags = flags;
	snprintf(message->head.name, sizeof(message->head.name), NAME);
	ret = ioctl(control, request, message) ? errno : 0;
	close(control);
	return ret;
}

static void must(const char *what, unsigned long request, unsigned int flags)
{
	struct message message = { 0 };
	int ret = dm(request, flags, &message);

	if (ret)
		die("device mapper: %s: %s", what, strerror(ret));
}

static void remove_device(void)
{
	struct message resume = { 0 }, gone = { 0 };

	dm(DM_DEV_SUSPEND, 0, &resume);
	if (dm(DM_DEV_REMOVE, 0, &gone))
		note("the stalled disk stays");
}

static void make_device(void)
{
	struct message create = { 0 }, load = { 0 };
	int ret;

	if (system("modprobe -q -a dm_mod dm_zero"))
		skip("no device mapper");
	ret = dm(DM_DEV_CREATE, 0, &create);
	if (ret)
		skip("no device mapper: %s", strerrorname_np(ret));
	setting_undo(remove_device);
	load.head.target_count = 1;
	load.target.length = SECTORS;
	snprintf(load.target.target_type, sizeof(load.target.target_type), "zero");
	ret = dm(DM_TABLE_LOAD, 0, &load);
	if (ret)
		skip("no device mapper of zeros: %s", strerrorname_np(ret));
	must("resume", DM_DEV_SUSPEND, 0);
}

int stall_open(void)
{
	struct message status = { 0 };
	char path[32];
	int fd;

	make_device();
	if (dm(DM_DEV_STATUS, 0, &status))
		die("the stalled disk has no status");
	snprintf(path, sizeof(path), "/dev/dm-%u", minor(status.head.dev));
	fd = open(path, O_RDONLY | O_DIRECT | O_CLOEXEC);
	if (fd < 0)
		die("%s: %s", path, strerror(errno));
	return fd;
}

void stall_begin(void)
{
	must("suspend", DM_DEV_SUSPEND, DM_SUSPEND_FLAG | DM_SKIP_LOCKFS_FLAG);
}

void stall_end(void)
{
	must("resume", DM_DEV_SUSPEND, 0);
}
