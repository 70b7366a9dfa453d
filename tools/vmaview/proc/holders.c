// SPDX-License-Identifier: GPL-2.0
/* holders.c - in: /proc/PID/fd and fdinfo; out: descriptors that may hold pages, and words for those. */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proc/drivers.h"
#include "proc/holders.h"

const struct holder_row holder_rows[HOLDER_NR] = {
	[HOLDER_IO_URING] = { "io_uring", HOLDS_BY_PIN | HOLDS_BY_REFERENCE },
	[HOLDER_AIO] = { "aio", HOLDS_BY_PIN | HOLDS_BY_REFERENCE },
	[HOLDER_VFIO] = { "vfio", HOLDS_BY_PIN },
	[HOLDER_IOMMUFD] = { "iommufd", HOLDS_BY_PIN },
	[HOLDER_RDMA] = { "rdma", HOLDS_BY_PIN },
	[HOLDER_DMA_BUF] = { "dma-buf", HOLDS_BY_PIN | HOLDS_BY_REFERENCE },
	[HOLDER_GPU] = { "gpu", HOLDS_BY_PIN | HOLDS_BY_REFERENCE },
	[HOLDER_KVM] = { "kvm", HOLDS_BY_PIN | HOLDS_BY_REFERENCE },
	[HOLDER_PIPE] = { "pipe", HOLDS_BY_REFERENCE },
	[HOLDER_SOCKET] = { "socket", HOLDS_BY_PIN | HOLDS_BY_REFERENCE },
};

/* How links in /proc/PID/fd begin that lead to no path, so that nobody can give a file of his own such a name. */
static const struct {
	const char *link;
	enum holder_kind kind;
} inodes[] = {
	{ "anon_inode:[io_uring]", HOLDER_IO_URING },
	{ "anon_inode:[vfio", HOLDER_VFIO },
	{ "anon_inode:kvm-vm", HOLDER_KVM },
};

/* Devices are known by their drivers, and not by names in /dev, where anything may be called so. */
static const struct {
	const char *driver;	/* how it begins */
	enum holder_kind kind;
} drivers[] = {
	{ "vfio", HOLDER_VFIO },
	{ "iommu", HOLDER_IOMMUFD },
	{ "infiniband_verbs", HOLDER_RDMA },
	{ "drm", HOLDER_GPU },
	{ "kfd", HOLDER_GPU },
	{ "nvidia", HOLDER_GPU },
};

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

enum holder_kind holder_of_driver(const char *driver)
{
	for (size_t i = 0; i < sizeof(drivers) / sizeof(drivers[0]); i++)
		if (begins(driver, drivers[i].driver))
			return drivers[i].kind;
	return HOLDER_NR;
}

static enum holder_kind kind_of_device(const struct statx *info)
{
	char driver[DRIVER_MAX];

	driver_of(info->stx_rdev_major, info->stx_rdev_minor, driver);
	return holder_of_driver(driver);
}

/* Neither opens what it looks at, nor waits for a filesystem's server. */
static enum holder_kind kind_of_file(int folder, const char *name)
{
	struct statx info;

	if (statx(folder, name, AT_STATX_DONT_SYNC, STATX_TYPE, &info) || !(info.stx_mask & STATX_TYPE))
		return HOLDER_NR;
	switch (info.stx_mode & S_IFMT) {
	case S_IFCHR:
		return kind_of_device(&info);
	case S_IFIFO:
		return HOLDER_PIPE;
	case S_IFSOCK:
		return HOLDER_SOCKET;
	}
	return HOLDER_NR;
}

static FILE *open_info(int process, const char *name)
{
	char path[64];
	FILE *file;
	int fd;

	snprintf(path, sizeof(path), "fdinfo/%.40s", name);
	fd = openat(process, path, O_RDONLY | O_CLOEXEC);
	file = fd < 0 ? NULL : fdopen(fd, "r");
	if (!file && fd >= 0)
		close(fd);
	return file;
}

/* dma_buf_show_fdinfo() in drivers/dma-buf/dma-buf.c: no other file has such a line. */
static bool is_dma_buf(int process, const char *name)
{
	FILE *file = open_info(process, name);
	bool found = false;
	char line[256];

	while (file && !found && fgets(line, sizeof(line), file))
		found = begins(line, "exp_name:\t");
	if (file)
		fclose(file);
	return found;
}

/* HOLDER_NR: it holds none. */
static enum holder_kind kind_of(int process, int folder, const char *name)
{
	char link[64] = "";

	if (readlinkat(folder, name, link, sizeof(link) - 1) < 0)
		return HOLDER_NR;
	for (size_t i = 0; i < sizeof(inodes) / sizeof(inodes[0]); i++)
		if (begins(link, inodes[i].link))
			return inodes[i].kind;
	if (begins(link, "/dmabuf:") && is_dma_buf(process, name))
		return HOLDER_DMA_BUF;
	return kind_of_file(folder, name);
}

struct list {
	struct holders *holders;	/* NULL: out of memory */
	size_t room;
};

static void add(struct list *list, struct holder holder)
{
	struct holders *grown = list->holders;

	if (!grown)
		return;
	if (grown->nr == list->room) {
		list->room = list->room * 2 + 8;
		grown = realloc(grown, sizeof(*grown) + list->room * sizeof(grown->holder[0]));
		if (!grown)
			free(list->holders);
		list->holders = grown;
	}
	if (grown)
		grown->holder[grown->nr++] = holder;
}

/* "    0: 0x7f0000001000/4096": one line of io_uring_show_fdinfo() in io_uring/fdinfo.c. */
static bool parse_buffer(const char *line, struct holder *holder)
{
	unsigned long long start, length;
	unsigned int index;

	if (sscanf(line, " %u: 0x%llx/%llu", &index, &start, &length) != 3 ||
	    !length || start + length < start)
		return false;
	holder->range = HOLDER_THIS;
	holder->start = start;
	holder->end = start + length;
	return true;
}

/* Those whose buffers are not reported, the ring being busy or the kernel silent, may hold any page. */
static void add_ring(struct list *list, FILE *file, struct holder ring)
{
	struct holder buffer = ring;
	unsigned int nr = 0, reported = 0;
	bool begun = false;
	char line[256];

	while (file && fgets(line, sizeof(line), file)) {
		if (!begun) {
			begun = sscanf(line, "UserBufs: %u", &nr) == 1;
		} else if (!isspace((unsigned char)*line)) {
			break;
		} else if (strstr(line, "<none>")) {
			reported++;
		} else if (parse_buffer(line, &buffer)) {
			add(list, buffer);
			reported++;
		}
	}
	if (!begun || reported < nr) {
		add(list, ring);
	} else if (!nr) {
		ring.range = HOLDER_NO_BUFFER;
		add(list, ring);
	}
}

static void add_descriptor(struct list *list, int process, int folder, const char *name)
{
	struct holder holder = { .kind = kind_of(process, folder, name), .fd = atoi(name) };
	FILE *file;

	if (holder.kind == HOLDER_NR)
		return;
	if (holder.kind != HOLDER_IO_URING) {
		add(list, holder);
		return;
	}
	file = open_info(process, name);
	add_ring(list, file, holder);
	if (file)
		fclose(file);
}

static bool add_descriptors(struct list *list, int process)
{
	int folder = openat(process, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = folder < 0 ? NULL : fdopendir(folder);
	struct dirent *entry;

	if (!dir) {
		if (folder >= 0)
			close(folder);
		return false;
	}
	while ((entry = readdir(dir)))
		if (isdigit((unsigned char)entry->d_name[0]))
			add_descriptor(list, process, folder, entry->d_name);
	closedir(dir);
	return true;
}

static int compare(const void *a, const void *b)
{
	const struct holder *one = a, *other = b;

	if (one->kind != other->kind)
		return (int)one->kind - (int)other->kind;
	if (one->fd != other->fd)
		return (one->fd > other->fd) - (one->fd < other->fd);
	return (one->start > other->start) - (one->start < other->start);
}

struct holders *holders_read_at(int folder, bool aio)
{
	struct list list = { .holders = calloc(1, sizeof(*list.holders)) };
	bool known = folder >= 0 && add_descriptors(&list, folder);

	if (aio)
		add(&list, (struct holder){ .kind = HOLDER_AIO, .fd = -1 });
	if (!list.holders)
		return NULL;
	list.holders->known = known;
	qsort(list.holders->holder, list.holders->nr, sizeof(list.holders->holder[0]), compare);
	return list.holders;
}

struct holders *holders_read(pid_t pid, bool aio)
{
	struct holders *holders;
	char path[32];
	int folder;

	snprintf(path, sizeof(path), "/proc/%d", pid);
	folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	holders = holders_read_at(folder, aio);
	if (folder >= 0)
		close(folder);
	return holders;
}

bool holders_have_aio(const struct process *process)
{
	for (size_t i = 0; i < process->nr_areas; i++) {
		const struct ops *ops = process->areas[i].ops;

		if (ops && !strcmp(ops->symbol, "aio_ring_vm_ops"))
			return true;
	}
	return false;
}

bool holder_may_hold(const struct holder *holder, uint64_t start, uint64_t end, unsigned int how)
{
	unsigned int may = holder_rows[holder->kind].how & how;

	/* Registered buffers are pinned; a request under way may hold any page in another way. */
	if (holder->range == HOLDER_NO_BUFFER ||
	    (holder->range == HOLDER_THIS && (holder->start >= end || holder->end <= start)))
		may &= ~HOLDS_BY_PIN;
	return may;
}

/* No more of a kind than fit into a line: a server has thousands of sockets. */
#define SHOWN 4

int holders_text(const struct holders *holders, const struct held *held, char *out, size_t room)
{
	const struct holder *last = NULL;
	unsigned int shown = 0;
	size_t used = 0;

	*out = '\0';
	for (size_t i = 0; i < holders->nr; i++) {
		const struct holder *holder = &holders->holder[i];
		bool same = last && last->kind == holder->kind;

		if ((same && last->fd == holder->fd) || !holder_may_hold(holder, held->start, held->end, held->how))
			continue;
		shown = same ? shown + 1 : 1;
		if (!same)
			used += snprintf(out + used, room - used, "%s%s", last ? " " : "",
					 holder_rows[holder->kind].name);
		if (holder->fd >= 0 && shown <= SHOWN)
			used += snprintf(out + used, room - used, "%c%d", same ? ',' : ':', holder->fd);
		else if (shown == SHOWN + 1)
			used += snprintf(out + used, room - used, ",...");
		last = holder;
	}
	return used || holders->known ? (int)used : -1;
}
