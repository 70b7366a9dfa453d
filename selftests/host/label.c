// SPDX-License-Identifier: GPL-2.0
/* label.c - what an area without a name is for: threads' stacks, arenas, code; and what is none of these. */
#include <stdio.h>
#include <string.h>

#include "lib/ktap.h"
#include "vmaview/kind.h"
#include "vmaview/label.h"

#define PAGE 4096ULL
#define ARENA (64ULL << 20)

static struct area *add(struct process *process, uint64_t start, uint64_t end, const char *perms, const char *name)
{
	struct area *area = process_add_area(process);

	area->start = start;
	area->end = end;
	memcpy(area->perms, perms, 5);
	area->name = name;
	area_set(area, KEY_RSS, perms[0] == 'r' ? PAGE : 0);
	area_set(area, KEY_SWAP, 0);
	return area;
}

static void add_thread(struct process *process, int tid, uint64_t base, const char *comm)
{
	struct vmaview_segment segment = { .kind = VMAVIEW_SEGMENT_FS, .tid = tid, .base = base };

	memcpy(segment.comm, comm, strnlen(comm, sizeof(segment.comm)));
	*process_add_segment(process) = segment;
}

static bool expect(const struct process *process, size_t index, const char *want)
{
	char text[64] = "";
	int length = label_text(process, &process->areas[index], text, sizeof(text));

	if (length < 0)
		strcpy(text, "(not known)");
	return !strcmp(text, want) || ktap_note("area %zu is \"%s\", expected \"%s\"", index, text, want);
}

static bool threads(void)
{
	struct process process;
	bool holds;

	process_init(&process);
	process.pid = 10;
	add(&process, 0x10000, 0x20000, "rw-p", "");
	add(&process, 0x20000, 0x30000, "rw-p", "");
	add(&process, 0x30000, 0x40000, "rw-p", "");
	add_thread(&process, 10, 0x10740, "first");
	add_thread(&process, 12, 0x2f740, "sixteen letters!");
	kinds_find(&process);
	holds = expect(&process, 0, "") & expect(&process, 1, "thread 12 sixteen letters!") & expect(&process, 2, "");
	process_free(&process);
	return holds;
}

/* Without segments nobody knows which are stacks of threads; what looks like something else still does. */
static bool without_segments(void)
{
	struct process process;
	bool holds;

	process_init(&process);
	add(&process, 0x10000, 0x20000, "rw-p", "");
	add(&process, 0x20000, 0x30000, "rwxp", "");
	add(&process, 0x30000, 0x40000, "rw-p", "[heap]");
	kinds_find(&process);
	holds = expect(&process, 0, "(not known)") & expect(&process, 1, "maybe jit") & expect(&process, 2, "");
	process_free(&process);
	return holds;
}

static const struct {
	uint64_t start;		/* of what may be one */
	uint64_t size;
	uint64_t rest;		/* of what follows on it */
	const char *perms;	/* ... and its */
	const char *label;
} arenas[] = {
	{ ARENA, 33 * PAGE, ARENA - 33 * PAGE, "---p", "maybe arena" },
	{ ARENA, 33 * PAGE, 2 * ARENA, "---p", "maybe arena" },
	{ ARENA, ARENA, PAGE, "rw-p", "maybe arena" },
	{ ARENA + PAGE, 33 * PAGE, ARENA, "---p", "" },
	{ ARENA, 33 * PAGE, ARENA - 34 * PAGE, "---p", "" },
	{ ARENA, 33 * PAGE, ARENA - 33 * PAGE, "rw-s", "" },
	{ ARENA, ARENA + PAGE, PAGE, "---p", "" },
};

static bool arena(void)
{
	bool holds = true;

	for (size_t i = 0; i < sizeof(arenas) / sizeof(arenas[0]); i++) {
		struct process process;
		uint64_t end = arenas[i].start + arenas[i].size;

		process_init(&process);
		add_thread(&process, 0, 0, "first");
		add(&process, arenas[i].start, end, "rw-p", "");
		add(&process, end, end + arenas[i].rest, arenas[i].perms, "");
		kinds_find(&process);
		if (!expect(&process, 0, arenas[i].label))
			holds = ktap_note("arena %zu", i);
		process_free(&process);
	}
	return holds;
}

static const struct ktap_test tests[] = {
	{ "a stack of a thread has its name", threads },
	{ "where threads are not known, nor is that an area is no stack of one", without_segments },
	{ "an arena begins at a multiple of its size, and is followed by what is left of it", arena },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
