// SPDX-License-Identifier: GPL-2.0
/*
 * disk.c - RAM disks for file systems and swap.
 *
 * brd makes its disks when it is loaded: /dev/ram0 carries ext4, /dev/ram1 carries swap.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <unistd.h>

#include "ktap.h"
#include "scene.h"

#define MOUNT_POINT "/tmp/vmaview-ext4"

static bool run(const char *command)
{
	int status = system(command);

	if (status)
		note("%s: status %d", command, status);
	return !status;
}

static bool have_disks(void)
{
	struct stat info;

	return (!stat("/dev/ram1", &info) ||
		run("modprobe brd rd_nr=2 rd_size=131072 >/dev/null 2>&1")) &&
	       !stat("/dev/ram1", &info) && S_ISBLK(info.st_mode);
}

const char *scene_ext4(void)
{
	umount2(MOUNT_POINT, MNT_DETACH);
	if (!have_disks() || !run("mkfs.ext4 -q -F /dev/ram0 65536 >/dev/null 2>&1"))
		return NULL;
	mkdir(MOUNT_POINT, 0755);
	if (mount("/dev/ram0", MOUNT_POINT, "ext4", 0, NULL))
		return NULL;
	sync();
	return MOUNT_POINT;
}

void scene_ext4_end(void)
{
	umount2(MOUNT_POINT, MNT_DETACH);
}

void scene_swap(void)
{
	if (!have_disks() || !run("mkswap /dev/ram1 >/dev/null 2>&1"))
		skip("no RAM disk to swap to");
	swapoff("/dev/ram1");
	if (swapon("/dev/ram1", 0))
		die("swapon: %s", strerror(errno));
}
