// SPDX-License-Identifier: GPL-2.0
/* holders.c - what tools/vmaview/proc/holders.c makes of descriptors, and tools/lib/vmaview/refs.c of counts. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ktap.h"
#include "proc/drivers.h"
#include "proc/holders.h"
#include "vmaview/refs.h"

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
	return holders_read_at(at, false);
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
	put_link("4", "anon_inode:[vfio-device]");
	put_link("5", "anon_inode:kvm-vm");
	put_link("7", "/dmabuf:udmabuf");
	put_file("fdinfo/7", "pos:\t0\nflags:\t02\nsize:\t4096\ncount:\t1\nexp_name:\tudmabuf\n");
	put_link("8", "/dev/null");
	put_link("9", "../fifo");
	put_link("x", "anon_inode:[vfio-device]");
	if (mkfifoat(at, "fifo", 0600))
		perror("fifo");
	holders = read_them();
	good = holders && holders->known && holders->nr == 4 &&
	       is(&holders->holder[0], HOLDER_VFIO, 4, HOLDER_ANY) &&
	       is(&holders->holder[1], HOLDER_DMA_BUF, 7, HOLDER_ANY) &&
	       is(&holders->holder[2], HOLDER_KVM, 5, HOLDER_ANY) &&
	       is(&holders->holder[3], HOLDER_PIPE, 9, HOLDER_ANY);
	free(holders);
	end();
	return good;
}

/* Files that are called like what they are not: anybody may have a root folder, or a /dev, of his own. */
static bool only_called_so(void)
{
	static const char *const names[] = {
		"/dmabuf:mine", "/dev/vfio/12", "/dev/iommu", "/dev/infiniband/uverbs0", "/dev/dri/card0", "/dev/kfd",
		"/dev/nvidia0", "/pipe:[5]", "/socket:[6]", "/anon_inode:[io_uring]",
	};
	struct holders *holders;
	bool good;

	begin();
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char fd[24], info[32];

		snprintf(fd, sizeof(fd), "%zu", i + 3);
		snprintf(info, sizeof(info), "fdinfo/%s", fd);
		put_link(fd, names[i]);
		put_file(info, "pos:\t0\nflags:\t0100002\nmnt_id:\t21\nino:\t7\n");
	}
	holders = read_them();
	good = holders && holders->known && !holders->nr;
	if (holders && holders->nr)
		ktap_note("%s of %d", holder_rows[holders->holder[0].kind].name, holders->holder[0].fd);
	free(holders);
	end();
	return good;
}

static bool driver_is(void (*look_up)(FILE *list, unsigned int number, char *name), const char *text,
		      unsigned int number, const char *want)
{
	FILE *list = fmemopen((char *)text, strlen(text), "r");
	char name[DRIVER_MAX] = "x";

	look_up(list, number, name);
	fclose(list);
	return !strcmp(name, want) ? true : ktap_note("%u is '%s', not '%s'", number, name, want);
}

static bool drivers(void)
{
	static const char devices[] = "Character devices:\n  1 mem\n 10 misc\n226 drm\n231 infiniband_verbs\n"
				      "510 vfio\n\nBlock devices:\n  8 sd\n259 blkext\n";
	static const char misc[] = "127 vmaview\n196 vfio\n 59 iommu\n232 kvm\n";

	return driver_is(driver_in_devices, devices, 226, "drm") &&
	       driver_is(driver_in_devices, devices, 510, "vfio") &&
	       driver_is(driver_in_devices, devices, 22, "") && driver_is(driver_in_devices, devices, 8, "") &&
	       driver_is(driver_in_misc, misc, 59, "iommu") && driver_is(driver_in_misc, misc, 5, "") &&
	       holder_of_driver("vfio") == HOLDER_VFIO && holder_of_driver("vfio-dev") == HOLDER_VFIO &&
	       holder_of_driver("iommu") == HOLDER_IOMMUFD && holder_of_driver("infiniband_verbs") == HOLDER_RDMA &&
	       holder_of_driver("drm") == HOLDER_GPU && holder_of_driver("kfd") == HOLDER_GPU &&
	       holder_of_driver("nvidia-frontend") == HOLDER_GPU && holder_of_driver("kvm") == HOLDER_NR &&
	       holder_of_driver("mem") == HOLDER_NR && holder_of_driver("") == HOLDER_NR;
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

/* A ring that was busy, an older kernel, a line that nobody wrote: what is not reported is not nothing. */
static bool odd_rings(void)
{
	return ring_is(NULL, 1, HOLDER_ANY) && ring_is("", 1, HOLDER_ANY) &&
	       ring_is("UserBufs:\t3\nPollList:\n", 1, HOLDER_ANY) &&
	       ring_is("UserBufs:\t1\n    0: 0xffffffffffffff00/4096\n", 1, HOLDER_ANY) &&
	       ring_is("UserBufs:\t1\n    0: 0x1000/0\n", 1, HOLDER_ANY) &&
	       ring_is("UserBufs:\t1\n    0: nonsense\n", 1, HOLDER_ANY);
}

/* By the operations of the area, and not by its name, which is that of a file in a root folder. */
static bool contexts(void)
{
	struct ops ring = { .symbol = "aio_ring_vm_ops" }, shmem = { .symbol = "shmem_vm_ops" };
	struct area areas[] = { { .name = "" }, { .name = "/[aio] (deleted)", .ops = &shmem },
		{ .name = "/[aio] not" } };
	struct process process = { .areas = areas, .nr_areas = 3 };
	struct holders *holders = holders_read_at(-1, true);
	bool good = holders && holders->nr == 1 && is(&holders->holder[0], HOLDER_AIO, -1, HOLDER_ANY) &&
		    !holders_have_aio(&process);

	areas[2].ops = &ring;
	free(holders);
	return good && holders_have_aio(&process);
}

static bool nobody(void)
{
	struct holders *holders = holders_read_at(-1, false);
	bool good = holders && !holders->known && !holders->nr;

	free(holders);
	return good;
}

static bool words(void)
{
	static const struct holder all[] = {
		{ HOLDER_IO_URING, 5, HOLDER_THIS, 0x1000, 0x3000 },
		{ HOLDER_IO_URING, 5, HOLDER_THIS, 0x1000, 0x2000 },
		{ .kind = HOLDER_PIPE, .fd = 3 }, { .kind = HOLDER_PIPE, .fd = 4 }, { .kind = HOLDER_PIPE, .fd = 6 },
		{ .kind = HOLDER_PIPE, .fd = 7 }, { .kind = HOLDER_PIPE, .fd = 8 }, { .kind = HOLDER_PIPE, .fd = 9 },
	};
	const size_t nr = sizeof(all) / sizeof(all[0]);
	struct holders *holders = calloc(1, sizeof(*holders) + sizeof(all));
	struct held pinned = { 0x1000, 0x2000, HOLDS_BY_PIN }, held = { 0x9000, 0xa000, HOLDS_BY_REFERENCE };
	char text[HOLDERS_TEXT_MAX], other[HOLDERS_TEXT_MAX];
	bool good;

	*holders = (struct holders){ .known = true, .nr = nr };
	memcpy(holders->holder, all, sizeof(all));
	good = holders_text(holders, &pinned, text, sizeof(text)) == 10 && !strcmp(text, "io_uring:5");
	good = good && holders_text(holders, &held, other, sizeof(other)) > 0 &&
	       !strcmp(other, "io_uring:5 pipe:3,4,6,7,...");
	pinned.start = 0x3000;
	pinned.end = 0x4000;
	good = good && !holders_text(holders, &pinned, text, sizeof(text));
	*holders = (struct holders){ .known = false };
	good = good && holders_text(holders, &held, text, sizeof(text)) == -1;
	free(holders);
	return good ? true : ktap_note("%s, %s", text, other);
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
	{ "in a batch and a pipe", RUN(SMALL, .origin = VMAVIEW_ORIGIN_SHMEM, .refcount = 4, .mapcount = 1,
	  .extra_refs = 2),
	  { .page_tables = 1, .page_cache = 1, .lru_batch = 1, .unexplained = 1 } },
	{ "the kernel's own, in no batch", RUN(SMALL, .origin = VMAVIEW_ORIGIN_SPECIAL, .refcount = 2, .mapcount = 1,
					       .extra_refs = 1), { .page_tables = 1, .kernel = 1 } },
	{ "the kernel's own, pinned and held", RUN(SMALL, .origin = VMAVIEW_ORIGIN_SPECIAL, .refcount = 1034,
	  .mapcount = 7,
						   .extra_refs = 1027),
	  { .page_tables = 7, .kernel = 1, .pins = 1, .pin_refs = 1024, .unexplained = 2 } },
	{ "the kernel's own, which nobody keeps", RUN(SMALL, .origin = VMAVIEW_ORIGIN_SPECIAL, .refcount = 1,
	  .mapcount = 1),
	  { .page_tables = 1 } },
	{ "mapped meanwhile", RUN(SMALL, .origin = VMAVIEW_ORIGIN_ANON, .refcount = 2, .mapcount = 3),
	  { .page_tables = 3 } },
};

static bool parts(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct refs refs;

		if (!refs_of_run(&cases[i].run, &refs) || memcmp(&refs, &cases[i].refs, sizeof(refs)))
			return ktap_note("%s: tables %u cache %u swap %u private %u kernel %u pins %u (%u) batch "
				"%u other %u",
					 cases[i].what, refs.page_tables, refs.page_cache, refs.swap_cache,
					 refs.private, refs.kernel, refs.pins, refs.pin_refs, refs.lru_batch,
					 refs.unexplained);
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
	{ "what a ring does not report may be any page", odd_rings },
	{ "what is only called so is none of them", only_called_so },
	{ "devices are told by their drivers", drivers },
	{ "contexts of asynchronous I/O are told by the operations of their area", contexts },
	{ "descriptors that cannot be read are not none", nobody },
	{ "four of a kind are named, and one with several ranges once", words },
	{ "a buffer is no holder of other pages", ranges },
	{ "references fall into their parts", parts },
	{ "what has no count has no parts", no_count },
	{ "and an absurd order none that overflow", absurd },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
