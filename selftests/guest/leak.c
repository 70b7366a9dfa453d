// SPDX-License-Identifier: GPL-2.0
/* leak - no output of any process holds an address of the kernel or memory that nobody filled. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/heads.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/setting.h"
#include "lib/zoo.h"

SCENE(leak)

#define KPTR "/proc/sys/kernel/kptr_restrict"
#define USER_END 0x7ffffffff000ULL

/*
 * The upper half is the kernel's.  Not what two fields make together, of which one is ~0 or -1: 4 GiB
 * below the kernel's text and 16 MiB at the very end are no memory, and what ends in 32 zeroes is none
 * that a field would point to.
 */
static bool is_kernel_address(uint64_t word)
{
	return word >= 0xffff800000000000 && word < 0xffffffffff000000 && (uint32_t)word &&
	       (word < 0xffffffff00000000 || word >= 0xffffffff80000000);
}

/* The first number of a text, of whatever base, that is one; NULL for none. */
static const char *address_in_text(const char *text)
{
	while (*text) {
		size_t length = strspn(text, "0123456789abcdef");

		if (length >= 16 && (is_kernel_address(strtoull(text, NULL, 16)) ||
				     is_kernel_address(strtoull(text, NULL, 10))))
			return text;
		text += length ? length : 1;
	}
	return NULL;
}

/* At every @step bytes; with 1 no field can hide by being odd. */
static const char *address_in_stream(const struct bytes *bytes, size_t step)
{
	for (size_t at = 0; at + 8 <= bytes->len; at += step) {
		uint64_t word;

		memcpy(&word, bytes->data + at, 8);
		if (is_kernel_address(word))
			return bytes->data + at;
	}
	return NULL;
}

static void forget_unknown32(__u32 *field)
{
	if (*field == VMAVIEW_UNKNOWN)
		*field = 0;
}

static void forget_unknown64(__u64 *field)
{
	if (*field == VMAVIEW_UNKNOWN64)
		*field = 0;
}

static void forget_run(struct vmaview_run *run)
{
	forget_unknown64(&run->pfn);
	forget_unknown64(&run->swap_offset);
	forget_unknown64(&run->memcg);
	forget_unknown32(&run->swap_type);
	forget_unknown32(&run->refcount);
	forget_unknown32(&run->mapcount);
	forget_unknown32(&run->page_mapcount);
	forget_unknown32(&run->node);
	forget_unknown32(&run->pincount);
	forget_unknown32(&run->extra_refs);
}

/* Without a limit is ~0, too, and the end of user space has a lower half of ones. */
static void forget_limits(struct vmaview_layout *layout)
{
	if (layout->task_size < 1ULL << 56)
		layout->task_size = 0;
	forget_unknown64(&layout->stack_limit);
	forget_unknown64(&layout->data_limit);
}

/* A field of ones and its neighbours look like an address to who reads from the middle of one. */
static void forget_unknown(const struct bytes *bytes)
{
	struct vmaview_header header;

	for (size_t at = 0; at < bytes->len; at += header.size) {
		void *record = bytes->data + at;

		memcpy(&header, record, sizeof(header));
		if (header.type == VMAVIEW_REC_RUN)
			forget_run(record);
		else if (header.type == VMAVIEW_REC_LAYOUT)
			forget_limits(record);
		else if (header.type == VMAVIEW_REC_SEGMENT)
			forget_unknown64(&((struct vmaview_segment *)record)->limit);
	}
}

/* What is after the last byte that a record speaks of is zero. */
static void check_padding(const char *where, const struct bytes *bytes)
{
	struct vmaview_header header;

	for (size_t at = 0; at < bytes->len; at += header.size) {
		const struct vmaview_area *area = (const void *)(bytes->data + at);
		const struct vmaview_ops *ops = (const void *)area;
		size_t used = 0;

		memcpy(&header, bytes->data + at, sizeof(header));
		if (header.type == VMAVIEW_REC_AREA)
			used = area->name_offset + area->name_length;
		else if (header.type == VMAVIEW_REC_OPS)
			used = ops->text_offset + ops->text_length;
		for (; used && used < header.size; used++)
			if (bytes->data[at + used])
				fail("%s: byte %zu of a record of type %u is not zero", where, used,
				     header.type);
	}
}

static void check_device(pid_t pid)
{
	struct vmaview_request request = door_request(pid, VMAVIEW_WANT_ALL);
	struct bytes bytes;
	int fd = door_open();
	const char *found;
	char where[32];

	snprintf(where, sizeof(where), "process %d", pid);
	request.end = USER_END;
	if (door_bind(fd, &request) || slurp_fd(fd, 65536, &bytes))
		die("%s: no stream", where);
	close(fd);
	found = address_in_stream(&bytes, 8);
	if (!found) {
		forget_unknown(&bytes);
		found = address_in_stream(&bytes, 1);
	}
	if (found)
		fail("%s: byte %zu of the stream is an address of the kernel", where,
		     (size_t)(found - bytes.data));
	check_padding(where, &bytes);
	bytes_free(&bytes);
}

/* Every file that there is in a folder, whichever they are. */
static unsigned int check_folder(const char *folder)
{
	char path[300];
	unsigned int nr = 0;
	struct dirent *entry;
	struct bytes bytes;
	const char *found;
	DIR *dir;

	snprintf(path, sizeof(path), VMAVIEW_DEBUGFS "/%s", folder);
	dir = opendir(path);
	if (!dir)
		die("%s: %s", path, strerror(errno));
	while ((entry = readdir(dir))) {
		if (entry->d_type != DT_REG || !strcmp(entry->d_name, "attach") ||
		    !strcmp(entry->d_name, "detach"))
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (door_file(path, &bytes))
			die("%s: no text", path);
		found = address_in_text(bytes.data);
		if (found)
			fail("%s shows an address of the kernel: %.60s", path, found);
		bytes_free(&bytes);
		nr++;
	}
	closedir(dir);
	return nr;
}

static bool check_process(pid_t pid)
{
	char folder[16];

	check_device(pid);
	snprintf(folder, sizeof(folder), "%d", pid);
	if (door_attach(pid) || check_folder(folder) < 2)
		fail("the folder of %d has not all files", pid);
	door_detach(pid);
	return heads_equal_maps(pid);	/* nor has a name any bytes that maps does not show */
}

/* kptr_restrict is no reason to show one where it allows that, either. */
static void with_kptr_restrict(const char *value)
{
	unsigned int nr;

	if (!setting(KPTR, value))
		die("%s cannot be set", KPTR);
	zoo_start();
	nr = everyone(check_process);
	if (check_folder("") < 3 || check_folder("self") < 2)
		fail("files are missing");
	check_device(getpid());
	if (nr < 5)
		fail("only %u processes were checked", nr);
}

/* No process's output shows an address of the kernel, though kptr_restrict allowed it. */
TEST_F(leak, kptr_allowed)
{
	with_kptr_restrict("0");
}

/* Nothing leaks where kptr_restrict forbids it. */
TEST_F(leak, kptr_forbidden)
{
	with_kptr_restrict("2");
}

/* An address of the kernel would be seen. */
TEST_F(leak, scanner)
{
	static const char *const good[] = {
		"7f0011223344-7f0011223355 ffffffffffffffff 18446744073709551615", "0000000000000000",
		"1234567890abcdef", "",
	};
	uint64_t words[3] = { ~0ULL, 0, 1 };
	struct bytes bytes = { (char *)words, sizeof(words) };

	for (size_t i = 0; i < ARRAY_SIZE(good); i++)
		if (address_in_text(good[i]))
			fail("a false alarm: %s", good[i]);
	if (!address_in_text("x ffffffff81000000 y") || !address_in_text("=18446612682070000000"))
		fail("an address in text was not seen");
	if (address_in_stream(&bytes, 1))
		fail("a false alarm in a stream");
	*(uint64_t *)((char *)words + 5) = 0xffff888012345678;
	if (address_in_stream(&bytes, 1) != (char *)words + 5)
		fail("an address in a stream was not seen");
}

SCENE_MAIN
