// SPDX-License-Identifier: GPL-2.0
/* layout - where the parts of a program are, by both doors, against what the process set and /proc. */
#include <errno.h>
#include <linux/prctl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/proc.h"
#include "lib/scene.h"
#include "lib/scene_test.h"

SCENE(layout)

static struct vmaview_layout layout_of(pid_t pid)
{
	struct vmaview_layout layout;
	struct stream stream;

	door_stream(pid, VMAVIEW_WANT_LAYOUT, &stream);
	if (!stream.has_layout)
		die("pid %d: no LAYOUT record", pid);
	layout = stream.layout;
	stream_free(&stream);
	return layout;
}

/* The addresses that /proc/PID/stat has, by its field. */
static const struct {
	const char *name;
	size_t offset;
	unsigned int field;
} stat_fields[] = {
	{ "start_code", offsetof(struct vmaview_layout, start_code), 26 },
	{ "end_code", offsetof(struct vmaview_layout, end_code), 27 },
	{ "start_stack", offsetof(struct vmaview_layout, start_stack), 28 },
	{ "start_data", offsetof(struct vmaview_layout, start_data), 45 },
	{ "end_data", offsetof(struct vmaview_layout, end_data), 46 },
	{ "start_brk", offsetof(struct vmaview_layout, start_brk), 47 },
	{ "arg_start", offsetof(struct vmaview_layout, arg_start), 48 },
	{ "arg_end", offsetof(struct vmaview_layout, arg_end), 49 },
	{ "env_start", offsetof(struct vmaview_layout, env_start), 50 },
	{ "env_end", offsetof(struct vmaview_layout, env_end), 51 },
};

static void expect_stat(pid_t pid, const struct vmaview_layout *layout)
{
	for (size_t i = 0; i < ARRAY_SIZE(stat_fields); i++) {
		uint64_t value;

		memcpy(&value, (const char *)layout + stat_fields[i].offset, sizeof(value));
		expect_eq(stat_fields[i].name, value, proc_stat(pid, stat_fields[i].field));
	}
}

/* prctl(PR_SET_MM_MAP): every address another one, in one mapping. */
static void fill_map(struct prctl_mm_map *map, uint64_t base)
{
	*map = (struct prctl_mm_map){
		.start_code = base + 0x10, .end_code = base + 0x20,
		.start_data = base + 0x30, .end_data = base + 0x40,
		.start_brk = base + 0x50, .brk = base + 0x60,
		.start_stack = base + 0x70,
		.arg_start = base + 0x80, .arg_end = base + 0x90,
		.env_start = base + 0xa0, .env_end = base + 0xb0,
		.exe_fd = -1,
	};
}

static int set_layout(void *arg)
{
	struct prctl_mm_map map;

	fill_map(&map, (uint64_t)arg);
	child_ready();
	if (prctl(PR_SET_MM, PR_SET_MM_MAP, &map, sizeof(map), 0))
		_exit(errno);
	child_ready();
	return 0;
}

/* Each address is the one that the process has set, and that of /proc/PID/stat. */
TEST_F(layout, chosen)
{
	uint64_t base = (uint64_t)scene_anon(2);
	struct vmaview_layout layout;
	struct prctl_mm_map want;
	struct child child;

	child_start(&child, set_layout, (void *)base);
	layout = layout_of(child.pid);
	expect_stat(child.pid, &layout);
	if (!child_step(&child))
		die("PR_SET_MM_MAP: %s", strerror(child_end(&child) >> 8));
	layout = layout_of(child.pid);
	fill_map(&want, base);
	expect_eq("start_code", layout.start_code, want.start_code);
	expect_eq("end_code", layout.end_code, want.end_code);
	expect_eq("start_data", layout.start_data, want.start_data);
	expect_eq("end_data", layout.end_data, want.end_data);
	expect_eq("start_brk", layout.start_brk, want.start_brk);
	expect_eq("brk", layout.brk, want.brk);
	expect_eq("start_stack", layout.start_stack, want.start_stack);
	expect_eq("arg_start", layout.arg_start, want.arg_start);
	expect_eq("arg_end", layout.arg_end, want.arg_end);
	expect_eq("env_start", layout.env_start, want.env_start);
	expect_eq("env_end", layout.env_end, want.env_end);
	expect_eq("the stack is where start_stack is", layout.stack_start, base);
	expect_eq("its end", layout.stack_end, base + 2 * PAGE);
	expect_eq("it does not grow", layout.flags & VMAVIEW_LAYOUT_STACK_DOWN, 0);
	child_end(&child);
}

/* The first area of that name in /proc/PID/smaps: a heap can be several. */
static struct area find_name(pid_t pid, const char *name)
{
	struct area_list areas;
	struct area found = { 0 };

	door_smaps(pid, &areas);
	for (size_t i = 0; i < areas.nr; i++)
		if (!found.end && strstr(areas.area[i].head, name))
			found = areas.area[i];
	return found;
}

/* The stack is its area, with its limits. */
TEST_F(layout, stack)
{
	struct vmaview_layout layout;
	struct child child;
	struct area area;
	struct rlimit limit = { 123456789, RLIM_INFINITY };

	child_start_program(&child);
	layout = layout_of(child.pid);
	expect_stat(child.pid, &layout);
	area = find_name(child.pid, "[stack]");
	expect_eq("start", layout.stack_start, area.start);
	expect_eq("end", layout.stack_end, area.end);
	expect_eq("grows down", layout.flags & (VMAVIEW_LAYOUT_STACK | VMAVIEW_LAYOUT_STACK_DOWN),
		  VMAVIEW_LAYOUT_STACK | VMAVIEW_LAYOUT_STACK_DOWN);
	if (prlimit(child.pid, RLIMIT_STACK, &limit, NULL))
		die("prlimit: %s", strerror(errno));
	limit.rlim_cur = 987654321;
	if (prlimit(child.pid, RLIMIT_DATA, &limit, NULL))
		die("prlimit: %s", strerror(errno));
	layout = layout_of(child.pid);
	expect_eq("RLIMIT_STACK", layout.stack_limit, 123456789);
	expect_eq("RLIMIT_DATA", layout.data_limit, 987654321);
	limit.rlim_cur = RLIM_INFINITY;
	prlimit(child.pid, RLIMIT_STACK, &limit, NULL);
	expect_eq("unlimited", layout_of(child.pid).stack_limit, ~0ULL);
	child_kill(&child);
}

static int move_brk(void *arg)
{
	(void)arg;
	child_ready();
	if (sbrk(5 * PAGE) == (void *)-1)
		return 1;
	child_ready();
	return 0;
}

/* The heap ends where brk() puts it. */
TEST_F(layout, heap)
{
	struct vmaview_layout before, after;
	struct child child;
	uint64_t brk;

	if (sbrk(PAGE) == (void *)-1)
		die("sbrk: %s", strerror(errno));
	brk = (uint64_t)sbrk(0);
	child_start(&child, move_brk, NULL);
	before = layout_of(child.pid);
	expect_eq("brk is that of this process", before.brk, brk);
	expect_eq("the heap's area", before.start_brk & -PAGE, find_name(child.pid, "[heap]").start);
	if (!child_step(&child))
		die("the child could not move its brk");
	after = layout_of(child.pid);
	expect_eq("brk moved", after.brk - before.brk, 5 * PAGE);
	expect_eq("start_brk did not", after.start_brk, before.start_brk);
	child_end(&child);
}

/* The vdso is where the auxiliary vector says. */
TEST_F(layout, vdso)
{
	struct vmaview_layout layout = layout_of(getpid());
	struct area area = find_name(getpid(), "[vdso]");

	expect_eq("known", layout.flags & VMAVIEW_LAYOUT_VDSO, VMAVIEW_LAYOUT_VDSO);
	expect_eq("start", layout.vdso_start, getauxval(AT_SYSINFO_EHDR));
	expect_eq("start of the area", layout.vdso_start, area.start);
	expect_eq("end of the area", layout.vdso_end, area.end);
}

/* Where the first mapping of a program went: that of its interpreter, which exec() makes. */
static int map_up(void *arg)
{
	(void)arg;
	if (personality(ADDR_COMPAT_LAYOUT) < 0)
		return errno;
	execl("/bin/sleep", "sleep", "1000", NULL);
	return 127;
}

static bool starts(const struct area_list *areas, uint64_t addr)
{
	const struct area *area = area_list_find(areas, addr);

	return area && area->start == addr;
}

/* A program that maps upwards starts at the base. */
TEST_F(layout, upwards)
{
	struct vmaview_layout layout;
	struct area_list areas;
	pid_t pid = fork();

	if (!pid)
		_exit(map_up(NULL));
	child_await_program(pid, "sleep");
	proc_await(pid, 'S');
	layout = layout_of(pid);
	door_smaps(pid, &areas);
	expect_eq("direction", layout.flags & (VMAVIEW_LAYOUT_MMAP_UP | VMAVIEW_LAYOUT_MMAP_DOWN),
		  VMAVIEW_LAYOUT_MMAP_UP);
	expect_eq("the first mapping starts at the base", starts(&areas, layout.mmap_base), true);
	kill(pid, 9);
}

/* Another maps downwards from the base. */
TEST_F(layout, downwards)
{
	struct vmaview_layout layout;
	struct area_list areas;
	struct child child;
	uint64_t top = 0;

	child_start_program(&child);
	layout = layout_of(child.pid);
	door_smaps(child.pid, &areas);
	expect_eq("direction", layout.flags & (VMAVIEW_LAYOUT_MMAP_UP | VMAVIEW_LAYOUT_MMAP_DOWN),
		  VMAVIEW_LAYOUT_MMAP_DOWN);
	for (size_t i = 0; i < areas.nr; i++)
		if (areas.area[i].end <= layout.stack_start && areas.area[i].end > top)
			top = areas.area[i].end;
	expect_eq("the highest mapping ends at the base", top, layout.mmap_base);
	child_kill(&child);
}

static void line(char *text, size_t room, const char *key, uint64_t start, uint64_t end,
		 const char *grows)
{
	size_t len = strlen(text);

	snprintf(text + len, room - len, "%s: %08lx-%08lx%s\n", key, start, end, grows);
}

/* The text has what the records have. */
TEST_F(layout, as_text)
{
	char want[1024] = "";
	struct vmaview_layout layout;
	struct child child;
	struct bytes text;
	size_t len;

	child_start_program(&child);
	layout = layout_of(child.pid);
	line(want, sizeof(want), "Text", layout.start_code, layout.end_code, "");
	line(want, sizeof(want), "Data", layout.start_data, layout.end_data, "");
	line(want, sizeof(want), "Heap", layout.start_brk, layout.brk, " up");
	len = strlen(want);
	snprintf(want + len, sizeof(want) - len, "Mmap: %08llx down\n", layout.mmap_base);
	line(want, sizeof(want), "Stack", layout.stack_start, layout.stack_end, " down");
	len = strlen(want);
	snprintf(want + len, sizeof(want) - len, "Start_Stack: %08llx\n", layout.start_stack);
	line(want, sizeof(want), "Arguments", layout.arg_start, layout.arg_end, "");
	line(want, sizeof(want), "Environment", layout.env_start, layout.env_end, "");
	line(want, sizeof(want), "Vdso", layout.vdso_start, layout.vdso_end, "");
	len = strlen(want);
	snprintf(want + len, sizeof(want) - len, "Task_Size: %08llx\nStack_Limit: %llu\n",
		 layout.task_size, layout.stack_limit);
	if (door_text(child.pid, "layout", &text))
		die("no debugfs layout");
	expect_eq("its first lines are as long", strlen(text.data) > strlen(want), true);
	text.data[strlen(want)] = '\0';
	expect_str("its first lines", text.data, want);
	bytes_free(&text);
	child_kill(&child);
	expect_eq("errno of the exited one", door_folder_errno(child.pid, "layout"), ESRCH);
}

SCENE_MAIN
