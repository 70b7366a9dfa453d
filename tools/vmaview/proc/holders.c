// SPDX-License-Identifier: GPL-2.0
/* holders.c - in: /proc/PID/fd and fdinfo; out: descriptors that may hold pages. */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* How the links in /proc/PID/fd begin. */
static const struct {
	const char *link;
	enum holder_kind kind;
} links[] = {
	{ "anon_inode:[io_uring]", HOLDER_IO_URING },
	{ "anon_inode:[vfio", HOLDER_VFIO },
	{ "/dev/vfio/", HOLDER_VFIO },
	{ "/dev/iommu", HOLDER_IOMMUFD },
	{ "/dev/infiniband/", HOLDER_RDMA },
	{ "/dmabuf:", HOLDER_DMA_BUF },
	{ "/dev/dri/", HOLDER_GPU },
	{ "/dev/kfd", HOLDER_GPU },
	{ "/dev/nvidia", HOLDER_GPU },
	{ "anon_inode:kvm-vm", HOLDER_KVM },
};

/* HOLDER_NR: it holds none. */
static enum holder_kind kind_of(int folder, const char *name)
{
	char link[64] = "";
	struct statx info;

	/* Neither opens what it looks at, nor waits for a filesystem's server. */
	if (readlinkat(folder, name, link, sizeof(link) - 1) < 0)
		return HOLDER_NR;
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		if (!strncmp(link, links[i].link, strlen(links[i].link)))
			return links[i].kind;
	if (statx(folder, name, AT_STATX_DONT_SYNC, STATX_TYPE, &info) || !(info.stx_mask & STATX_TYPE))
		return HOLDER_NR;
	if (S_ISFIFO(info.stx_mode))
		return HOLDER_PIPE;
	return S_ISSOCK(info.stx_mode) ? HOLDER_SOCKET : HOLDER_NR;
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

/* Those whose buffers are not told, the ring being busy or the kernel silent, may hold any page. */
static void add_ring(struct list *list, FILE *file, struct holder ring)
{
	struct holder buffer = ring;
	unsigned int nr = 0, told = 0;
	bool begun = false;
	char line[256];

	while (file && fgets(line, sizeof(line), file)) {
		if (!begun)
			begun = sscanf(line, "UserBufs: %u", &nr) == 1;
		else if (!isspace((unsigned char)*line))
			break;
		else if (strstr(line, "<none>"))
			told++;
		else if (parse_buffer(line, &buffer)) {
			add(list, buffer);
			told++;
		}
	}
	if (!begun || told < nr)
		add(list, ring);
	else if (!nr) {
		ring.range = HOLDER_NO_BUFFER;
		add(list, ring);
	}
}

static void add_descriptor(struct list *list, int process, int folder, const char *name)
{
	struct holder holder = { .kind = kind_of(folder, name), .fd = atoi(name) };
	char path[32];
	FILE *file;
	int fd;

	if (holder.kind == HOLDER_NR)
		return;
	if (holder.kind != HOLDER_IO_URING) {
		add(list, holder);
		return;
	}
	snprintf(path, sizeof(path), "fdinfo/%d", holder.fd);
	fd = openat(process, path, O_RDONLY | O_CLOEXEC);
	file = fd < 0 ? NULL : fdopen(fd, "r");
	add_ring(list, file, holder);
	if (file)
		fclose(file);
	else if (fd >= 0)
		close(fd);
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

/* A context of asynchronous I/O has an area in place of a descriptor: aio_setup_ring() in fs/aio.c. */
static void add_aio(struct list *list, int process)
{
	struct holder holder = { .kind = HOLDER_AIO, .fd = -1 };
	int fd = openat(process, "maps", O_RDONLY | O_CLOEXEC);
	FILE *maps = fd < 0 ? NULL : fdopen(fd, "r");
	bool found = false;
	char line[512];

	/* The rest of a longer line begins with no place for a name. */
	while (maps && !found && fgets(line, sizeof(line), maps))
		found = strstr(line, " /[aio]");
	if (found)
		add(list, holder);
	if (maps)
		fclose(maps);
	else if (fd >= 0)
		close(fd);
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

struct holders *holders_read_at(int folder)
{
	struct list list = { .holders = calloc(1, sizeof(*list.holders)) };
	bool known = folder >= 0 && add_descriptors(&list, folder);

	if (folder >= 0)
		add_aio(&list, folder);
	if (!list.holders)
		return NULL;
	list.holders->known = known;
	qsort(list.holders->holder, list.holders->nr, sizeof(list.holders->holder[0]), compare);
	return list.holders;
}

struct holders *holders_read(pid_t pid)
{
	struct holders *holders;
	char path[32];
	int folder;

	snprintf(path, sizeof(path), "/proc/%d", pid);
	folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	holders = holders_read_at(folder);
	if (folder >= 0)
		close(folder);
	return holders;
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
