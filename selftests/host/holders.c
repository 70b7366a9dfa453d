// SPDX-License-Identifier: GPL-2.0
/* holders.c - what tools/vmaview/proc/holders.c makes of descriptors, and model/refs.c of counts. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ktap.h"
#include "model/refs.h"
#include "proc/holders.h"

/* A folder in place of /proc/PID. */
static char folder[] = "/tmp/holders-XXXXXX";
static int at = -1;

static void put_link(const char *fd, const char *to)
{
	char path[32];

	snprintf(path, sizeof(path), "fd/%s", fd);
	if (symlinkat(to, at, path))
		perror(path);
}

static void put_file(const char *path, const char *text)
{
	int fd = openat(at, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

	if (!file) {
		perror(path);
		return;
	}
	fputs(text, file);
	fclose(file);
}

static void begin(void)
{
	if (!mkdtemp(folder))
		perror(folder);
	at = open(folder, O_RDONLY | O_DIRECTORY);
	if (mkdirat(at, "fd", 0700) || mkdirat(at, "fdinfo", 0700))
		perror(folder);
}

static void end(void)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf %s", folder);
	if (system(command))
		perror(command);
	close(at);
	memset(folder + sizeof(folder) - 7, 'X', 6);
}

static struct holders *read_them(void)
{
	return holders_read_at(at);
}

static bool is(const struct holder *holder, enum holder_kind kind, int fd, enum holder_range range)
{
	if (holder->kind == kind && holder->fd == fd && holder->range == range)
		return true;
	return ktap_note("%s %d %d", holder_rows[holder->kind].name, holder->fd, holder->range);
}

static bool kinds(void)
{
	struct holders *holders;
	bool good;

	begin();
	put_link("10", "socket:[77]");		/* no such file: what it is cannot be asked */
	put_link("3", "/dev/vfio/12");
	put_link("4", "anon_inode:[vfio-device]");
	put_link("5", "/dev/infiniband/uverbs0");
	put_link("6", "/dev/iommu");
	put_link("7", "/dmabuf:udmabuf");
	put_link("8", "/dev/null");
	put_link("9", "../fifo");
	put_link("x", "/dev/vfio/13");
	if (mkfifoat(at, "fifo", 0600))
		perror("fifo");
	holders = read_them();
	good = holders && holders->known && holders->nr == 6 &&
	       is(&holders->holder[0], HOLDER_VFIO, 3, HOLDER_ANY) &&
	       is(&holders->holder[1], HOLDER_VFIO, 4, HOLDER_ANY) &&
	       is(&holders->holder[2], HOLDER_IOMMUFD, 6, HOLDER_ANY) &&
	       is(&holders->holder[3], HOLDER_RDMA, 5, HOLDER_ANY) &&
	       is(&holders->holder[4], HOLDER_DMA_BUF, 7, HOLDER_ANY) &&
	       is(&holders->holder[5], HOLDER_PIPE, 9, HOLDER_ANY);
	free(holders);
	end();
	return good;
}

static bool ring_is(const char *info, size_t nr, enum holder_range range)
{
	struct holders *holders;
	bool good;

	begin();
	put_link("5", "anon_inode:[io_uring]");
	if (info)
		put_file("fdinfo/5", info);
	holders = read_them();
	good = holders && holders->nr == nr;
	for (size_t i = 0; good && i < nr; i++)
		good = is(&holders->holder[i], HOLDER_IO_URING, 5, i ? HOLDER_THIS : range);
	if (good && range == HOLDER_THIS)
		good = holders->holder[0].start == 0x1000 && holders->holder[0].end == 0x3000;
	free(holders);
	end();
	return good ? true : ktap_note("of %s", info ? info : "nothing");
}

static bool rings(void)
{
	return ring_is("SqMask:\t0x1\nUserFiles:\t1\n    0: file\nUserBufs:\t2\n    0: 0x1000/8192\n    1: 0x9000/1\n"
		       "PollList:\n", 2, HOLDER_THIS) &&
	       ring_is("UserBufs:\t2\n    0: 0x1000/8192\n    1: <none>\nPollList:\n", 1, HOLDER_THIS) &&
	       ring_is("UserBufs:\t0\nPollList:\n", 1, HOLDER_NO_BUFFER);
}

/* A ring that was busy, an older kernel, a line that nobody wrote: what is not told is not nothing. */
static bool odd_rings(void)
{
	return ring_is(NULL, 1, HOLDER_ANY) && ring_is("", 1, HOLDER_ANY) &&
	       ring_is("UserBufs:\t3\nPollList:\n", 1, HOLDER_ANY) &&
	       ring_is("UserBufs:\t1\n    0: 0xffffffffffffff00/4096\n", 1, HOLDER_ANY) &&
	       ring_is("UserBufs:\t1\n    0: 0x1000/0\n", 1, HOLDER_ANY) &&
	       ring_is("UserBufs:\t1\n    0: nonsense\n", 1, HOLDER_ANY);
}

static size_t nr_with_maps(const char *maps)
{
	struct holders *holders;
	size_t nr;

	begin();
	put_file("maps", maps);
	holders = read_them();
	nr = holders && holders->nr == 1 ? is(&holders->holder[0], HOLDER_AIO, -1, HOLDER_ANY) : holders->nr;
	free(holders);
	end();
	return nr;
}

static bool contexts(void)
{
	return nr_with_maps("7f00-7f08 rw-s 00000000 00:0e 5 /[aio] (deleted)\n7f10-7f18 rw-s 0 00:0e 6 /[aio] (deleted)\n") == 1 &&
	       nr_with_maps("7f00-7f08 rw-s 00000000 00:0e 5 /x/[aio]\n") == 0 && nr_with_maps("") == 0;
}

static bool nobody(void)
{
	struct holders *holders = holders_read_at(-1);
	bool good = holders && !holders->known && !holders->nr;

	free(holders);
	return good;
}

static bool ranges(void)
{
	struct holder ring = { HOLDER_IO_URING, 5, HOLDER_THIS, 0x1000, 0x3000 };
	struct holder pipe = { .kind = HOLDER_PIPE };
	bool good = holder_may_hold(&ring, 0x2000, 0x9000, HOLDS_BY_PIN) &&
		    !holder_may_hold(&ring, 0x3000, 0x9000, HOLDS_BY_PIN) &&
		    !holder_may_hold(&ring, 0, 0x1000, HOLDS_BY_PIN) &&
		    holder_may_hold(&ring, 0x3000, 0x9000, HOLDS_BY_REFERENCE) &&
		    !holder_may_hold(&pipe, 0, 1, HOLDS_BY_PIN) && holder_may_hold(&pipe, 0, 1, HOLDS_BY_REFERENCE) &&
		    !holder_may_hold(&pipe, 0, 1, 0);

	ring.range = HOLDER_NO_BUFFER;
	return good && !holder_may_hold(&ring, 0, ~0ull, HOLDS_BY_PIN);
}

#define RUN(...) { .state = VMAVIEW_STATE_PRESENT, __VA_ARGS__ }
#define SMALL .pincount = VMAVIEW_UNKNOWN
#define LRU VMAVIEW_PAGE_LRU

static const struct {
	const char *what;
	struct vmaview_run run;
	struct refs refs;
} cases[] = {
	{ "anonymous", RUN(SMALL, .origin = VMAVIEW_ORIGIN_ANON, .refcount = 3, .mapcount = 3, .page = LRU),
	  { .page_tables = 3 } },
	{ "in the swap cache", RUN(SMALL, .origin = VMAVIEW_ORIGIN_ANON, .refcount = 5, .mapcount = 1, .order = 2,
				   .page = LRU | VMAVIEW_PAGE_SWAPCACHE), { .page_tables = 1, .swap_cache = 4 } },
	{ "page cache with buffers", RUN(SMALL, .origin = VMAVIEW_ORIGIN_FILE, .refcount = 4, .mapcount = 2,
					 .page = LRU | VMAVIEW_PAGE_PRIVATE),
	  { .page_tables = 2, .page_cache = 1, .private = 1 } },
	{ "large page cache", RUN(.origin = VMAVIEW_ORIGIN_FILE, .refcount = 19, .mapcount = 3, .order = 4,
				  .pincount = 0, .page = LRU), { .page_tables = 3, .page_cache = 16 } },
	{ "hugetlb of an old kernel", RUN(.origin = VMAVIEW_ORIGIN_HUGETLB, .refcount = 3, .mapcount = 1, .order = 9,
					  .extra_refs = 1, .pincount = 1),
	  { .page_tables = 1, .page_cache = 1, .pins = 1, .pin_refs = 1 } },
	{ "pinned twice, and held", RUN(SMALL, .origin = VMAVIEW_ORIGIN_ANON, .refcount = 2052, .mapcount = 1,
					.extra_refs = 2051, .page = LRU),
	  { .page_tables = 1, .pins = 2, .pin_refs = 2048, .unexplained = 3 } },
	{ "a huge page pinned and held", RUN(.origin = VMAVIEW_ORIGIN_ANON, .refcount = 8, .mapcount = 1, .order = 9,
					     .extra_refs = 7, .pincount = 5, .page = LRU),
	  { .page_tables = 1, .pins = 5, .pin_refs = 5, .unexplained = 2 } },
	{ "a pin that ended meanwhile", RUN(.origin = VMAVIEW_ORIGIN_ANON, .refcount = 2, .mapcount = 1, .order = 9,
					    .extra_refs = 1, .pincount = 5, .page = LRU),
	  { .page_tables = 1, .pins = 1, .pin_refs = 1 } },
	{ "in a batch", RUN(SMALL, .origin = VMAVIEW_ORIGIN_ANON, .refcount = 2, .mapcount = 1, .extra_refs = 1),
	  { .page_tables = 1, .lru_batch = 1 } },
	{ "in a batch and a pipe", RUN(SMALL, .origin = VMAVIEW_ORIGIN_SHMEM, .refcount = 4, .mapcount = 1, .extra_refs = 2),
	  { .page_tables = 1, .page_cache = 1, .lru_batch = 1, .unexplained = 1 } },
	{ "the kernel's own, in no batch", RUN(SMALL, .origin = VMAVIEW_ORIGIN_SPECIAL, .refcount = 2, .mapcount = 1,
					       .extra_refs = 1), { .page_tables = 1, .unexplained = 1 } },
	{ "mapped meanwhile", RUN(SMALL, .origin = VMAVIEW_ORIGIN_ANON, .refcount = 2, .mapcount = 3),
	  { .page_tables = 3 } },
};

static bool parts(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct refs refs;

		if (!refs_of_run(&cases[i].run, &refs) || memcmp(&refs, &cases[i].refs, sizeof(refs)))
			return ktap_note("%s: tables %u cache %u swap %u private %u pins %u (%u) batch %u other %u",
					 cases[i].what, refs.page_tables, refs.page_cache, refs.swap_cache,
					 refs.private, refs.pins, refs.pin_refs, refs.lru_batch, refs.unexplained);
	}
	return true;
}

static bool no_count(void)
{
	struct vmaview_run zero = RUN(SMALL, .origin = VMAVIEW_ORIGIN_ZERO, .refcount = VMAVIEW_UNKNOWN);
	struct vmaview_run swap = { .state = VMAVIEW_STATE_SWAP };
	struct refs refs;

	return !refs_of_run(&zero, &refs) && !refs_of_run(&swap, &refs);
}

/* What no kernel writes, a stream may have. */
static bool absurd(void)
{
	struct vmaview_run run = RUN(SMALL, .origin = VMAVIEW_ORIGIN_ANON, .refcount = 1, .order = 255,
				     .page = VMAVIEW_PAGE_SWAPCACHE, .extra_refs = UINT32_MAX);
	struct refs refs;

	return refs_of_run(&run, &refs) && !refs.swap_cache;
}

static const struct ktap_test tests[] = {
	{ "descriptors are told by their links", kinds },
	{ "and the buffers of a ring by its fdinfo", rings },
	{ "what a ring does not tell may be any page", odd_rings },
	{ "contexts of asynchronous I/O are told by their area", contexts },
	{ "descriptors that cannot be read are not none", nobody },
	{ "a buffer is no holder of other pages", ranges },
	{ "references fall into their parts", parts },
	{ "what has no count has no parts", no_count },
	{ "and an absurd order none that overflow", absurd },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
