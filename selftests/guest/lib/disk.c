// SPDX-License-Identifier: GPL-2.0
/*
 * disk.c - RAM disks and loop devices for file systems and swap.
 *
 * brd makes its disks when it is loaded: /dev/ram0 carries ext4, /dev/ram1 carries swap.  Memory that
 * is a disk is what the machine was booted with, by memmap=SIZE!ADDRESS.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <unistd.h>

#include "proc.h"
#include "result.h"
#include "scene.h"
#include "setting.h"

#define MOUNT_POINT "/tmp/vmaview-ext4"
#define DAX_POINT "/tmp/vmaview-dax"
#define DAX_DISK "/dev/pmem0"
#define SWAP_FILE "/tmp/vmaview-swap"
#define SWAP_LINK SWAP_FILE ".device"

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

static void ext4_end(void)
{
	umount2(MOUNT_POINT, MNT_DETACH);
}

const char *scene_ext4(void)
{
	if (!have_disks() || !run("mkfs.ext4 -q -F /dev/ram0 65536 >/dev/null 2>&1"))
		skip("no RAM disk with ext4");
	mkdir(MOUNT_POINT, 0755);
	if (mount("/dev/ram0", MOUNT_POINT, "ext4", 0, NULL))
		skip("no ext4: %s", strerror(errno));
	setting_undo(ext4_end);
	/* Pages that are written back in time are protected again, whenever that is. */
	if (!setting("/proc/sys/vm/dirty_writeback_centisecs", "0"))
		die("no end to writing back: %s", strerror(errno));
	sync();
	return MOUNT_POINT;
}

bool scene_has_dax(void)
{
	if (access(DAX_DISK, F_OK) && system("modprobe -q -a nd_e820 nd_pmem >/dev/null 2>&1"))
		return false;
	for (int tries = 0; tries < 200 && access(DAX_DISK, F_OK); tries++)
		usleep(10000);	/* polling: its driver finds it by and by, and tells nobody */
	return !access(DAX_DISK, F_OK);
}

static void dax_end(void)
{
	umount2(DAX_POINT, MNT_DETACH);
}

/* Blocks lie together, and so aligned that one entry of 2 MiB serves them. */
static void mount_dax(void)
{
	static bool done;

	if (done)
		return;
	mkdir(DAX_POINT, 0755);
	if (!run("mkfs.ext4 -q -F -b 4096 -E stride=512,stripe_width=512 " DAX_DISK) ||
	    mount(DAX_DISK, DAX_POINT, "ext4", 0, "dax"))
		die("no ext4 on " DAX_DISK ": %s", strerror(errno));
	setting_undo(dax_end);
	done = true;
}

int scene_dax(size_t len)
{
	char path[] = DAX_POINT "/scene.XXXXXX";
	int fd;

	mount_dax();
	fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0 || posix_fallocate(fd, 0, len))
		die("%s: %s", path, strerror(errno));
	unlink(path);
	return fd;
}

static void swap_end(void)
{
	swapoff("/dev/ram1");
}

void scene_swap(void)
{
	if (!have_disks() || !run("mkswap /dev/ram1 >/dev/null 2>&1"))
		skip("no RAM disk to swap to");
	if (swapon("/dev/ram1", 0))
		die("swapon: %s", strerror(errno));
	setting_undo(swap_end);
}

static void swap_cached_end(void)
{
	run("swapoff $(readlink " SWAP_LINK "); losetup -d $(readlink " SWAP_LINK ");"
	    "rm -f " SWAP_FILE " " SWAP_LINK);
}

void scene_swap_cached(void)
{
	if (!run("modprobe -q loop; rm -f " SWAP_FILE " " SWAP_LINK "; truncate -s 32M " SWAP_FILE
		 " && mkswap " SWAP_FILE " >/dev/null 2>&1"
		 " && ln -s $(losetup -f --show " SWAP_FILE ") " SWAP_LINK))
		skip("no loop device to swap to");
	setting_undo(swap_cached_end);
	if (swapon(SWAP_LINK, 0))
		die("swapon: %s", strerror(errno));
}

static size_t swapped(const char *addr, size_t pages)
{
	size_t nr = 0;

	for (size_t i = 0; i < pages; i++)
		nr += !!(proc_page(addr + i * PAGE) & PAGEMAP_SWAP);
	return nr;
}

void scene_page_out(char *addr, size_t pages)
{
	scene_drain();
	for (int tries = 0; tries < 50 && swapped(addr, pages) < pages; tries++)
		if (madvise(addr, pages * PAGE, MADV_PAGEOUT))
			die("MADV_PAGEOUT: %s", strerror(errno));
	if (swapped(addr, pages) != pages)
		die("MADV_PAGEOUT took %zu of %zu pages", swapped(addr, pages), pages);
}
