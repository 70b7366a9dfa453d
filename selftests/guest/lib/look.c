// SPDX-License-Identifier: GPL-2.0
/* look.c - one area, seen through every door at once, against what it must be. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "door.h"
#include "look.h"
#include "result.h"
#include "scene.h"
#include "slurp.h"
#include "text.h"

static const uint64_t kb = PAGE >> 10;

uint64_t want_tables(bool populated)
{
	return populated ? 3 * kb : 0;	/* PTE, PMD, PUD */
}

struct want want_empty(size_t pages)
{
	struct want want = { 0 };

	want.v[SIZE] = pages * kb;
	want.v[KPS] = kb;
	want.v[MPS] = kb;
	want.v[ABSENT_NONE] = pages;
	want.v[TABLES] = want_tables(false);
	return want;
}

static struct want want_present(size_t pages, size_t present)
{
	struct want want = want_empty(pages);

	want.v[RSS] = want.v[PSS] = want.v[REFERENCED] = present * kb;
	want.v[LEAVES_4K] = present;
	want.v[ABSENT_NONE] = pages - present;
	want.v[TABLES] = want_tables(present);
	want.v[MAPCOUNT_MAX] = 1;
	return want;
}

struct want want_anon(size_t pages, size_t present)
{
	struct want want = want_present(pages, present);

	want.v[PSS_DIRTY] = want.v[PRIVATE_DIRTY] = want.v[ANONYMOUS] = present * kb;
	want.v[COW_REUSE] = want.v[RECLAIM_SWAP] = present * kb;
	want.v[REFCOUNT_MAX] = 1;
	return want;
}

struct want want_file(size_t pages, size_t present)
{
	struct want want = want_present(pages, present);

	want.v[PRIVATE_CLEAN] = want.v[RECLAIM_DROP] = present * kb;
	want.v[COW_SOURCE] = want.v[COW_DEBT] = present * kb;
	want.v[REFCOUNT_MAX] = ANY;
	return want;
}

static unsigned int compare_text(const char *what, const char *key, const char *got,
				 const char *want)
{
	if (!got || !want || !strcmp(got, want))
		return 0;
	note("%s: %s: \"%s\" against \"%s\"", what, key, got, want);
	return 1;
}

/* smaps ends the line of VmFlags with a blank. */
static void trim(char *text)
{
	size_t len = text ? strlen(text) : 0;

	while (len && text[len - 1] == ' ')
		text[--len] = '\0';
}

unsigned int look_compare(const char *what, const struct area *got, const char *got_name,
			  const struct area *want, const char *want_name, uint64_t but)
{
	unsigned int differ = 0;

	for (int key = 0; key < NR_KEYS; key++) {
		if (but & 1ULL << key || !area_has(got, key) || !area_has(want, key) ||
		    got->value[key] == want->value[key])
			continue;
		note("%s: %s: %llu in %s, %llu in %s", what, keys[key].text,
		     (unsigned long long)got->value[key], got_name,
		     (unsigned long long)want->value[key], want_name);
		differ++;
	}
	trim(got->vmflags);
	trim(want->vmflags);
	differ += compare_text(what, "head", got->head, want->head);
	differ += compare_text(what, "Flags", got->flags, want->flags);
	differ += compare_text(what, "Ops", got->ops, want->ops);
	differ += compare_text(what, "Callbacks", got->callbacks, want->callbacks);
	differ += compare_text(what, "VmFlags", got->vmflags, want->vmflags);
	return differ;
}

/* Takes the area that holds @addr out of @list, and the rest away. */
static void pick(struct area_list *list, const void *addr, const char *door, struct area *out)
{
	struct area *found = area_list_find(list, (uintptr_t)addr);

	if (!found)
		die("%s shows no area at %p", door, addr);
	*out = *found;
	memset(found, 0, sizeof(*found));
	area_list_free(list);
}

static void look_device(pid_t pid, const void *addr, struct area *out)
{
	struct vmaview_request request = door_request(pid, VMAVIEW_WANT_AREAS |
						      VMAVIEW_WANT_PAGES | VMAVIEW_WANT_VMFLAGS);
	struct stream stream;
	struct bytes bytes;
	const char *wrong;
	int fd = door_open(), ret;

	request.start = (uintptr_t)addr;
	request.end = (uintptr_t)addr + 1;
	ret = fd < 0 ? fd : door_bind(fd, &request);
	if (!ret)
		ret = slurp_fd(fd, 4096, &bytes);
	if (ret)
		die("device, pid %d: %s", pid, strerrorname_np(-ret));
	close(fd);
	wrong = stream_parse(&bytes, &stream);
	if (wrong || stream.areas.nr != 1)
		die("stream of the area at %p: %s", addr, wrong ? wrong : "not one area");
	bytes_free(&bytes);
	pick(&stream.areas, addr, "the device", out);
}

void look(pid_t pid, const void *addr, struct area *out)
{
	struct area device, smaps;
	struct area_list list;

	for (int tries = 0; tries < 3; tries++) {
		unsigned int differ;

		look_device(pid, addr, &device);
		door_areas(pid, &list);
		pick(&list, addr, "areas", out);
		door_smaps(pid, &list);
		pick(&list, addr, "smaps", &smaps);
		differ = look_compare("two doors", out, "areas", &device, "the device",
				      tries < 2 ? 0 : RESTLESS_KEYS);
		differ += look_compare("two witnesses", out, "areas", &smaps, "smaps", 0);
		if (!differ)
			return;
		note("%s", tries < 2 ? "once more" : "and again");
	}
	fail("the doors differ on the area at %p", addr);
}

void look_for(const char *what, pid_t pid, const void *addr, const struct want *want)
{
	struct area area;

	look(pid, addr, &area);
	for (int key = 0; key < NR_KEYS; key++)
		if (want->v[key] != ANY && area_has(&area, key) &&
		    area.value[key] != want->v[key])
			fail("%s: %s: expected %llu, got %llu", what, keys[key].text,
			     (unsigned long long)want->v[key],
			     (unsigned long long)area.value[key]);
}

void look_here(const char *what, const void *addr, const struct want *want)
{
	look_for(what, getpid(), addr, want);
}
