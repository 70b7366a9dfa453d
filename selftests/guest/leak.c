// SPDX-License-Identifier: GPL-2.0
/* leak - no output of any process holds an address of the kernel or memory that nobody filled. */
#include <dirent.h>
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/access.h"
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
/* From where on addresses are the kernel's: with page tables as deep as they can be. */
#ifdef __aarch64__
#define KERNEL_START 0xfff0000000000000
#else
#define KERNEL_START 0xffff800000000000
#endif

/*
 * The upper half is the kernel's.  Not what two fields make together, of which one is ~0 or -1: 4 GiB
 * below the kernel's text and 16 MiB at the very end are no memory, and what ends in 32 zeroes is none
 * that a field would point to.
 */
static bool is_kernel_address(uint64_t word)
{
	return word >= KERNEL_START && word < 0xffffffffff000000 && (uint32_t)word &&
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

/* In the @len bytes from @at on, at every @step of them. */
static const char *address_in(const char *at, size_t len, size_t step)
{
	for (const char *end = at + len; at + 8 <= end; at += step) {
		uint64_t word;

		memcpy(&word, at, 8);
		if (is_kernel_address(word))
			return at;
	}
	return NULL;
}

struct text {
	size_t at, len;
};

#define TEXT(type, first, last) \
	((struct text){ offsetof(struct type, first), \
			offsetof(struct type, last) + sizeof(((struct type *)0)->last) - \
				offsetof(struct type, first) })

/* The part of a record that has no fields: there alone an address may begin at any byte. */
static struct text text_of(const void *record)
{
	const struct vmaview_header *header = record;
	const struct vmaview_area *area = record;
	const struct vmaview_ops *ops = record;

	switch (header->type) {
	case VMAVIEW_REC_BEGIN:
		return TEXT(vmaview_begin, comm, release);
	case VMAVIEW_REC_VMFLAG:
		return TEXT(vmaview_vmflag, mnemonic, word);
	case VMAVIEW_REC_SHARER:
		return TEXT(vmaview_sharer, comm, comm);
	case VMAVIEW_REC_SEGMENT:
		return TEXT(vmaview_segment, comm, comm);
	case VMAVIEW_REC_TABLE:
		return TEXT(vmaview_table, name, name);
	case VMAVIEW_REC_UFFD:
		return TEXT(vmaview_uffd, comm, comm);
	case VMAVIEW_REC_AREA:
		return (struct text){ area->name_offset, header->size - area->name_offset };
	case VMAVIEW_REC_OPS:
		return (struct text){ ops->text_offset, header->size - ops->text_offset };
	default:
		return (struct text){ 0, 0 };
	}
}

/*
 * Fields of 64 bits are aligned.  Who reads from the middle of one sees its upper half and the next
 * one's lower half: of two addresses of a user or of a time these look like an address of the kernel
 * once in 131072.
 */
static const char *address_in_stream(const struct bytes *bytes)
{
	const char *found = address_in(bytes->data, bytes->len, 8);
	struct vmaview_header header;

	for (size_t at = 0; !found && at < bytes->len; at += header.size) {
		const char *record = bytes->data + at;
		struct text text = text_of(record);

		memcpy(&header, record, sizeof(header));
		found = address_in(record + text.at, text.len, 1);
	}
	return found;
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
	request.end = access_end();
	if (door_bind(fd, &request) || slurp_fd(fd, 65536, &bytes))
		die("%s: no stream", where);
	close(fd);
	found = address_in_stream(&bytes);
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

/* An address of the kernel would be seen in a text. */
TEST_F(leak, scanner_of_texts)
{
	static const char *const good[] = {
		"7f0011223344-7f0011223355 ffffffffffffffff 18446744073709551615", "0000000000000000",
		"1234567890abcdef", "",
	};

	for (size_t i = 0; i < ARRAY_SIZE(good); i++)
		if (address_in_text(good[i]))
			fail("a false alarm: %s", good[i]);
	if (!address_in_text("x ffffffff81000000 y") || !address_in_text("=18446612682070000000"))
		fail("an address in text was not seen");
}

static void expect_seen(const void *record, size_t size, const void *where, const char *what)
{
	struct bytes bytes = { (char *)record, size };

	if (address_in_stream(&bytes) != where)
		fail("%s: %s", where ? "an address of the kernel was not seen" : "a false alarm", what);
}

/* It would be seen in a stream, and no address of a user, time or unknown number is taken for one. */
TEST_F(leak, scanner_of_streams)
{
	static const uint64_t pointer = 0xffff888012345678;
	struct vmaview_begin begin = {
		.header = { VMAVIEW_REC_BEGIN, sizeof(begin) },
		.memcg = VMAVIEW_UNKNOWN64, .range_start = 0x7f10ffff9000, .range_end = 0x7f11ffffa000,
		.task_start = 5000000000, .time = 0x188cffffffff8123,
	};
	struct {
		struct vmaview_area area;
		char name[16];
	} named = {
		.area = { .header = { VMAVIEW_REC_AREA, sizeof(named) }, .name_offset = sizeof(named.area),
			  .start = 0x7f10ffff9000, .end = 0x7f11ffffa000 },
	};

	expect_seen(&begin, sizeof(begin), NULL, "times");
	expect_seen(&named, sizeof(named), NULL, "addresses");
	memcpy(named.name + 5, &pointer, sizeof(pointer));
	expect_seen(&named, sizeof(named), named.name + 5, "a name");
	memcpy(begin.release + 61, &pointer, sizeof(pointer));
	expect_seen(&begin, sizeof(begin), begin.release + 61, "a release");
	begin.space = pointer;
	memset(begin.release, 0, sizeof(begin.release));
	expect_seen(&begin, sizeof(begin), &begin.space, "a field");
}

SCENE_MAIN
