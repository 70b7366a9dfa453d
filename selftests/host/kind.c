// SPDX-License-Identifier: GPL-2.0
/* kind.c - areas as the module and as /proc alone show them, and what kind of memory each is. */
#include <stdio.h>
#include <string.h>

#include "ktap.h"
#include "vmaview/kind.h"

enum { PAGE = 4096 };

/* An area as it is, and the symbol of its operations; NULL: not known, "": none. */
struct row {
	const char *perms;
	const char *name;
	uint64_t inode;
	const char *ops;
	uint64_t rss;
	uint64_t anonymous;
	const char *flag;
	enum kind kind;
};

static const struct row rows[] = {
	{ "r--p", "/usr/bin/cat", 7, "ext4_file_vm_ops", 1, 0, "", KIND_OF_FILE },
	{ "r-xp", "/usr/bin/cat", 7, "ext4_file_vm_ops", 1, 0, "", KIND_OF_TEXT },
	{ "r--p", "/usr/bin/cat", 7, "ext4_file_vm_ops", 1, 1, "", KIND_OF_DATA },
	{ "rw-p", "/usr/bin/cat", 7, "ext4_file_vm_ops", 1, 0, "", KIND_OF_DATA },
	{ "rw-p", "", 0, "", 1, 1, "", KIND_OF_BSS },
	{ "rw-p", "", 0, "", 1, 1, "", KIND_OF_ANON },
	{ "rw-p", "[heap]", 0, "", 1, 1, "", KIND_OF_HEAP },
	{ "---p", "", 0, "", 0, 0, "", KIND_OF_GUARD },
	{ "---p", "", 0, "", 1, 1, "", KIND_OF_ANON },
	{ "rw-p", "", 0, "", 1, 1, "thread", KIND_OF_THREAD_STACK },
	{ "---p", "/usr/lib/libc.so.6", 8, NULL, 0, 0, "", KIND_OF_GUARD },
	{ "rw-s", "/dev/zero (deleted)", 9, "shmem_anon_vm_ops", 1, 0, "", KIND_OF_SHMEM },
	{ "rw-s", "/tmp/on a tmpfs", 9, "shmem_vm_ops", 1, 0, "", KIND_OF_SHMEM },
	{ "rw-s", "/dev/shm/x", 9, NULL, 1, 0, "", KIND_OF_SHMEM },
	{ "rw-s", "/memfd:x (deleted)", 9, "shmem_vm_ops", 1, 0, "", KIND_OF_MEMFD },
	{ "rw-s", "/SYSV00000000 (deleted)", 9, "shm_vm_ops", 1, 0, "", KIND_OF_SYSV },
	{ "rw-p", "/anon_hugepage (deleted)", 9, "hugetlb_vm_ops", 0, 0, "hugetlb", KIND_OF_HUGETLB },
	{ "rw-s", "/mnt/huge", 9, NULL, 0, 0, "hugetlb", KIND_OF_HUGETLB },
	{ "rw-s", "/memfd:huge (deleted)", 9, "hugetlb_vm_ops", 0, 0, "hugetlb", KIND_OF_HUGETLB },
	{ "rw-s", "/dev/dri/card0", 9, "drm_vm_ops", 0, 0, "", KIND_OF_DEVICE },
	{ "rw-s", "/sys/bus/pci/resource0", 9, "pci_phys_vm_ops", 0, 0, "pfnmap", KIND_OF_DEVICE },
	{ "rw-s", "anon_inode:[perf_event]", 9, "perf_mmap_vmops", 0, 0, "", KIND_OF_SPECIAL },
	{ "rw-p", "[stack]", 0, "", 1, 1, "", KIND_OF_STACK },
	{ "r--p", "[vvar]", 0, "special_mapping_vmops", 0, 0, "", KIND_OF_SPECIAL },
	{ "r-xp", "[vdso]", 0, "special_mapping_vmops", 1, 0, "", KIND_OF_SPECIAL },
};

enum { NR = sizeof(rows) / sizeof(rows[0]) };

/* Side by side, so that what follows on data is bss, and what follows on that is not. */
static void add(struct process *process, size_t i)
{
	struct area *area = process_add_area(process);
	struct ops *ops;

	area->start = (0x1000 + i) * PAGE;
	area->end = area->start + PAGE;
	memcpy(area->perms, rows[i].perms, 5);
	area->name = rows[i].name;
	area->inode = rows[i].inode;
	area_set(area, KEY_RSS, rows[i].rss * PAGE);
	area_set(area, KEY_SWAP, 0);
	area_set(area, KEY_ANONYMOUS, rows[i].anonymous * PAGE);
	area->vm_flags = !strcmp(rows[i].flag, "pfnmap") ? 1 : !strcmp(rows[i].flag, "hugetlb") ? 2 : 0;
	if (rows[i].ops && rows[i].ops[0]) {
		ops = process_add_ops(process);
		ops->symbol = rows[i].ops;
		area->ops = ops;
	}
	if (!strcmp(rows[i].flag, "thread"))
		*process_add_segment(process) = (struct vmaview_segment){
			.kind = VMAVIEW_SEGMENT_FS, .tid = 12, .base = area->start + 0x740,
		};
}

static bool kinds(void)
{
	struct process process;
	bool holds = true;

	process_init(&process);
	process.pid = 11;
	strcpy(process.vmflag[0].word, "pfnmap");
	strcpy(process.vmflag[1].word, "hugetlb");
	for (size_t i = 0; i < NR; i++)
		add(&process, i);
	for (size_t i = 0; i < NR; i++) {
		enum kind kind = kind_of_area(&process, i);

		if (kind != rows[i].kind)
			holds = ktap_note("%s %s is %s, expected %s", rows[i].perms, rows[i].name, kind_names[kind],
					  kind_names[rows[i].kind]);
	}
	process_free(&process);
	return holds;
}

/* Of the first thread that is the program's own business. */
static bool first_thread(void)
{
	struct process process;
	bool holds;

	process_init(&process);
	process.pid = 12;
	add(&process, 9);
	holds = kind_of_area(&process, 0) == KIND_OF_ANON;
	process_free(&process);
	return holds;
}

static bool names(void)
{
	for (int kind = 0; kind < KIND_OF_NR; kind++)
		if (!kind_names[kind])
			return ktap_note("%d has none", kind);
	return true;
}

static const struct ktap_test tests[] = {
	{ "each area is of the kind that it should be", kinds },
	{ "where the first thread's register points is no stack of a thread", first_thread },
	{ "each kind has a name", names },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
