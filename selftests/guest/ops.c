// SPDX-License-Identifier: GPL-2.0
/* ops - the operations of areas, by their names. */
#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/child.h"
#include "lib/door.h"
#include "lib/look.h"
#include "lib/scene.h"
#include "lib/scene_test.h"
#include "lib/zoo.h"

SCENE(ops)

static bool kernel_has(const char *symbol)
{
	static struct bytes kallsyms;
	size_t len = strlen(symbol);

	if (!kallsyms.data && slurp("/proc/kallsyms", &kallsyms))
		die("no kallsyms");

	for (const char *at = kallsyms.data; at && (at = strstr(at, symbol)); at++)
		if (at[-1] == ' ' && strchr("\n\t", at[len]))
			return true;
	return false;
}

static bool has_word(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = list; (at = strstr(at, word)); at += len)
		if ((at == list || at[-1] == ' ') && (!at[len] || at[len] == ' '))
			return true;
	return false;
}

static void expect_ops(const char *what, const void *addr, const char *ops, const char *callback)
{
	struct area area;

	look(getpid(), addr, &area);
	if (strcmp(area.ops, ops))
		fail("%s: Ops: expected \"%s\", got \"%s\"", what, ops, area.ops);
	if (!has_word(area.callbacks, callback))
		fail("%s: Callbacks: expected \"%s\" among \"%s\"", what, callback, area.callbacks);
}

/* Operations of ordinary memory have their names. */
TEST_F(ops, memory_ops)
{
	/* Shmem that has no name has operations of its own from some kernel on. */
	const char *nameless = kernel_has("shmem_anon_vm_ops") ? "shmem_anon_vm_ops" : "shmem_vm_ops";
	char *addr = scene_anon(1);
	int fd;

	expect_ops("anonymous", addr, "none", "none");
	addr = scene_map(PAGE, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1);
	expect_ops("shared anonymous", addr, nameless, "fault=shmem_fault");
	addr = scene_map(PAGE, PROT_READ, MAP_SHARED, scene_memfd(1, 0));
	expect_ops("memfd", addr, nameless, "map_pages=filemap_map_pages");
	addr = scene_map(PAGE, PROT_READ, MAP_PRIVATE, scene_file("/dev/shm", 1));
	expect_ops("unlinked file of tmpfs", addr, nameless, "fault=shmem_fault");
	fd = open("/dev/shm/vmaview-ops", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	addr = scene_map(PAGE, PROT_READ, MAP_PRIVATE, fd);
	unlink("/dev/shm/vmaview-ops");
	expect_ops("file of tmpfs", addr, "shmem_vm_ops", "fault=shmem_fault");
	addr = scene_map(PAGE, PROT_READ, MAP_PRIVATE, open("/dev/zero", O_RDONLY));
	expect_ops("private /dev/zero", addr, "none", "none");
}

/* Operations of the vdso and of hugetlb have their names. */
TEST_F(ops, special_ops)
{
	const void *vdso = (void *)getauxval(AT_SYSINFO_EHDR);
	char *addr;

	expect_ops("vdso", vdso, "special_mapping_vmops", "fault=special_mapping_fault");
	expect_ops("vdso", vdso, "special_mapping_vmops", "name=special_mapping_name");
	scene_hugetlb(1);
	addr = scene_map(HUGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1);
	expect_ops("hugetlb", addr, "hugetlb_vm_ops", "fault=hugetlb_vm_op_fault");
}

/* Operations of a module carry its name. */
TEST_F(ops, module_ops)
{
	char *addr = scene_map(PAGE, PROT_READ, MAP_SHARED, scene_file(scene_ext4(), 1));
	const char *module = access("/sys/module/ext4/sections", F_OK) ? "" : " [ext4]";
	char ops[64], callback[64];

	snprintf(ops, sizeof(ops), "ext4_file_vm_ops%s", module);
	expect_ops("file of ext4", addr, ops, "map_pages=filemap_map_pages");
	snprintf(callback, sizeof(callback), "page_mkwrite=ext4_page_mkwrite%s", module);
	expect_ops("file of ext4", addr, ops, callback);
}

/* Of a CPU, not of a task: that would patch the scheduler's code, which emulators take badly. */
static int perf_file(void)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(attr),
		.config = PERF_COUNT_SW_CPU_CLOCK,
	};

	return syscall(SYS_perf_event_open, &attr, -1, 0, -1, 0);
}

/* Operations of a driver have their names. */
TEST_F(ops, driver_ops)
{
	int fd = perf_file();

	if (fd < 0)
		skip("no perf events: %s", strerrorname_np(errno));
	expect_ops("perf", scene_map(3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd),
		   "perf_mmap_vmops", "open=perf_mmap_open");
}

/* More kinds of operations, taking turns more often, than anyone would remember. */
static int map_kinds(void *arg)
{
	int files[] = {
		scene_memfd(1, 0), scene_file("/dev/shm", 1), scene_file(scene_ext4(), 1),
		open("/proc/self/exe", O_RDONLY), open("/dev/zero", O_RDWR), perf_file(),
		memfd_create("huge", MFD_HUGETLB), open("/dev/shm/vmaview-ops", O_RDWR | O_CREAT, 0600),
	};

	(void)arg;
	unlink("/dev/shm/vmaview-ops");
	if (ftruncate(files[6], HUGE) || ftruncate(files[7], PAGE))
		return 1;
	for (unsigned int round = 0; round < 60; round++)
		for (size_t i = 0; i < ARRAY_SIZE(files); i++)
			mmap(NULL, i == 6 ? HUGE : PAGE, PROT_READ,
			     i == 3 ? MAP_PRIVATE : MAP_SHARED, files[i], 0);
	child_ready();
	return 0;
}

/* Operations are named right however often they take turns. */
TEST_F(ops, many_ops)
{
	struct area_list list;
	struct stream stream;
	struct child child;

	scene_hugetlb(1);
	child_start(&child, map_kinds, NULL);
	door_areas(child.pid, &list);
	door_stream(child.pid, VMAVIEW_WANT_ALL, &stream);
	expect_eq("areas by the device", stream.areas.nr, list.nr);
	for (size_t i = 0; i < list.nr && i < stream.areas.nr; i++) {
		expect_str(list.area[i].head, stream.areas.area[i].ops, list.area[i].ops);
		expect_str(list.area[i].head, stream.areas.area[i].callbacks, list.area[i].callbacks);
	}
	if (list.nr < 400)
		fail("expected 400 areas at least, got %zu", list.nr);
	child_end(&child);
}

/* Whatever it is called, it is a symbol of this kernel. */
static bool symbols_exist(pid_t pid)
{
	static char known[128];		/* most areas have the operations of the one before */
	struct area_list list;
	bool good = true;

	door_areas(pid, &list);
	for (size_t i = 0; i < list.nr; i++) {
		char symbol[128];

		snprintf(symbol, sizeof(symbol), "%s", list.area[i].ops);
		symbol[strcspn(symbol, " ")] = '\0';
		if (strcmp(symbol, "none") && strcmp(symbol, known) && !kernel_has(symbol)) {
			note("pid %d: Ops \"%s\" is no symbol", pid, list.area[i].ops);
			good = false;
		}
		memcpy(known, symbol, sizeof(known));
		if (!strcmp(list.area[i].ops, "none") != !strcmp(list.area[i].callbacks, "none")) {
			note("pid %d: Ops \"%s\" with Callbacks \"%s\"", pid, list.area[i].ops,
			     list.area[i].callbacks);
			good = false;
		}
	}
	area_list_free(&list);
	return good;
}

/* Operations of every process are symbols of this kernel. */
TEST_F(ops, symbols)
{
	zoo_start();
	everyone(symbols_exist);
}

SCENE_MAIN
