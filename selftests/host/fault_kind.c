// SPDX-License-Identifier: GPL-2.0
/* fault_kind.c - the kind of a fault, from the facts of it, as a table. */
#include <stdio.h>
#include <string.h>

#include "verbs/faults/fault_area.h"
#include "verbs/faults/fault_kind.h"

static int tests, failures;

static void check(bool good, const char *sentence)
{
	tests++;
	failures += !good;
	printf("%sok %d - %s\n", good ? "" : "not ", tests, sentence);
}

#define SEEN .entered = true
#define ANON SEEN, .backing = BACKING_ANON, .writable = true
#define FILED SEEN, .backing = BACKING_FILE
#define SHMEM SEEN, .backing = BACKING_SHMEM, .shared = true
#define MAJOR .end = FAULT_ENDED_MAJOR

static const struct {
	const char *sentence;
	struct fault_facts facts;
	enum fault_kind expect;
} cases[] = {
	{ "a write that takes a new page in anonymous memory is zero-fill",
	  { ANON, .write = true, .allocated = true }, FAULT_ZERO_FILL },
	{ "a read without a new page maps the zero page", { ANON }, FAULT_ZERO_FILL },
	{ "unless there is swap, whose cache would look the same",
	  { ANON, .swap = true }, FAULT_ZERO_OR_SWAP },
	{ "a write without a new page, with swap, is from its cache",
	  { ANON, .write = true, .swap = true }, FAULT_SWAP },
	{ "without swap somebody else was faster", { ANON, .write = true }, FAULT_OTHER },
	{ "a major fault of anonymous memory is swap",
	  { ANON, MAJOR, .allocated = true, .swap = true }, FAULT_SWAP },
	{ "but not where there is none", { ANON, MAJOR, .allocated = true }, FAULT_OTHER },
	{ "a write to what is there and private, into a new page, is a copy",
	  { ANON, .present = true, .write = true, .allocated = true }, FAULT_COPY },
	{ "without a new page it makes writable",
	  { ANON, .present = true, .write = true }, FAULT_MAKE_WRITABLE },
	{ "the same of a private file",
	  { FILED, .present = true, .write = true, .allocated = true }, FAULT_COPY },
	{ "what is there and shared is never copied, whatever else was allocated",
	  { FILED, .shared = true, .present = true, .write = true, .allocated = true },
	  FAULT_MAKE_WRITABLE },
	{ "a read of what is there is none of these", { ANON, .present = true }, FAULT_OTHER },
	{ "a read of a file is file", { FILED }, FAULT_FILE },
	{ "from disk, too", { FILED, MAJOR, .allocated = true }, FAULT_FILE },
	{ "a first write to a private file is a copy",
	  { FILED, .writable = true, .write = true, .allocated = true }, FAULT_COPY },
	{ "a first write to a shared file is file",
	  { FILED, .shared = true, .writable = true, .write = true, .allocated = true }, FAULT_FILE },
	{ "a private file that is written, and swap: which, is not known",
	  { FILED, .writable = true, .swap = true }, FAULT_FILE_OR_SWAP },
	{ "the same of a major fault with a new page",
	  { FILED, MAJOR, .writable = true, .write = true, .allocated = true, .swap = true },
	  FAULT_FILE_OR_SWAP },
	{ "a hole of shared memory is zero-fill",
	  { SHMEM, .write = true, .allocated = true }, FAULT_ZERO_FILL },
	{ "what is there of shared memory is file", { SHMEM, .write = true }, FAULT_FILE },
	{ "a major fault of shared memory is swap", { SHMEM, MAJOR, .allocated = true }, FAULT_SWAP },
	{ "a first write to shared memory that is mapped privately is a copy",
	  { SEEN, .backing = BACKING_SHMEM, .writable = true, .write = true, .allocated = true },
	  FAULT_COPY },
	{ "how hugetlbfs serves is not seen",
	  { SEEN, .backing = BACKING_HUGETLB, .write = true }, FAULT_OTHER },
	{ "nor whether it copies",
	  { SEEN, .backing = BACKING_HUGETLB, .present = true, .write = true }, FAULT_OTHER },
	{ "without an area nothing is said",
	  { SEEN, .write = true, .allocated = true }, FAULT_OTHER },
	{ "a handler of userfaultfd serves with pages of its own",
	  { ANON, MAJOR, .write = true, .userfault = true, .swap = true }, FAULT_OTHER },
	{ "what is registered with it may be zero-fill all the same",
	  { ANON, .write = true, .allocated = true, .userfault = true }, FAULT_ZERO_FILL },
	{ "a signal is a signal, whatever the area",
	  { ANON, .end = FAULT_ENDED_SEGV, .write = true }, FAULT_SEGV },
	{ "the other one, too", { FILED, .end = FAULT_ENDED_BUS }, FAULT_BUS_ERROR },
	{ "neither counted nor answered is failed",
	  { ANON, .end = FAULT_ENDED_UNCOUNTED }, FAULT_FAILED },
	{ "without its exception a fault is but minor",
	  { .backing = BACKING_ANON, .allocated = true }, FAULT_MINOR },
	{ "or major", { MAJOR, .backing = BACKING_ANON, .swap = true }, FAULT_MAJOR },
};

static struct ops shmem_ops = { .symbol = "shmem_vm_ops" };
static struct ops file_ops = { .symbol = "ext4_file_vm_ops" };
static struct ops vdso_ops = { .symbol = "special_mapping_vmops" };

#define KNOWN .facts = AREA_KNOWS_OPS

/* As on a machine that has all of them. */
static const struct fault_places places = {
	.shmem = { true, 0, 1, 0 }, .posix = { true, 0, 25, 0 }, .zero = { true, 0, 6, 5 },
	.hugetlb = { { true, 0, 15, 0 }, { .known = false }, { true, 0, 16, 0 } },
};
#define AT(maj, min, ino) .dev_major = maj, .dev_minor = min, .inode = ino

static const struct {
	const char *sentence;
	struct area area;
	enum fault_backing expect;
} areas[] = {
	{ "no operations are anonymous memory",
	  { KNOWN, .name = "/dev/zero", .inode = 4 }, BACKING_ANON },
	{ "those of shmem are shared memory, wherever the file is",
	  { KNOWN, .ops = &shmem_ops, .name = "/tmp/file", .inode = 4 }, BACKING_SHMEM },
	{ "those of a filesystem are a file",
	  { KNOWN, .ops = &file_ops, .name = "/memfd:x", .inode = 4 }, BACKING_FILE },
	{ "those of the kernel's own areas are neither",
	  { KNOWN, .ops = &vdso_ops, .name = "[vdso]" }, BACKING_UNKNOWN },
	{ "the flag of hugetlb is more than a name",
	  { .vm_flags = 8, .name = "/mnt/huge/x", .inode = 4 }, BACKING_HUGETLB },
	{ "by name: nothing", { .name = "" }, BACKING_ANON },
	{ "by name: the heap", { .name = "[heap]" }, BACKING_ANON },
	{ "by name: the stack", { .name = "[stack]" }, BACKING_ANON },
	{ "by name: the vdso", { .name = "[vdso]" }, BACKING_UNKNOWN },
	{ "by name: what a program calls its memory", { .name = "[anon:/memfd:x]" }, BACKING_ANON },
	{ "by its mount: a memfd", { .name = "/memfd:x (deleted)", AT(0, 1, 4) }, BACKING_SHMEM },
	{ "by its mount: /dev/zero, shared",
	  { .name = "/dev/zero (deleted)", AT(0, 1, 4), .perms = "rw-s" }, BACKING_SHMEM },
	{ "by its mount: named shared memory", { .name = "[anon_shmem:x]", AT(0, 1, 4) }, BACKING_SHMEM },
	{ "by its mount: POSIX shared memory", { .name = "/dev/shm/x", AT(0, 25, 4) }, BACKING_SHMEM },
	{ "by its mount: huge pages", { .name = "/anon_hugepage (deleted)", AT(0, 15, 4) }, BACKING_HUGETLB },
	{ "by its mount: those of another size", { .name = "/anon_hugepage (deleted)", AT(0, 16, 4) },
	  BACKING_HUGETLB },
	{ "by its number: /dev/zero, private",
	  { .name = "/dev/zero", AT(0, 6, 5), .perms = "rw-p" }, BACKING_ANON },
	{ "a file", { .name = "/usr/bin/sh", AT(8, 1, 4), .perms = "r--p" }, BACKING_FILE },
	{ "a file that is called like a memfd", { .name = "/memfd:x (deleted)", AT(8, 1, 4) }, BACKING_FILE },
	{ "like /dev/zero", { .name = "/dev/zero", AT(0, 30, 5), .perms = "rw-p" }, BACKING_FILE },
	{ "another device beside it", { .name = "/dev/zero (deleted)", AT(0, 6, 9), .perms = "rw-p" }, BACKING_FILE },
	{ "like System V shared memory", { .name = "/SYSV00000000 (deleted)", AT(0, 30, 4) }, BACKING_FILE },
	{ "like huge pages", { .name = "/anon_hugepage (deleted)", AT(0, 30, 4) }, BACKING_FILE },
	{ "and in a folder called /dev/shm", { .name = "/dev/shm/x", AT(8, 1, 4) }, BACKING_FILE },
};

int main(void)
{
	size_t nr_cases = sizeof(cases) / sizeof(cases[0]);
	size_t nr_areas = sizeof(areas) / sizeof(areas[0]);
	bool named = true;

	printf("KTAP version 1\n1..%zu\n", nr_cases + nr_areas + 1);
	for (size_t i = 0; i < nr_cases; i++)
		check(fault_kind(&cases[i].facts) == cases[i].expect, cases[i].sentence);
	for (size_t i = 0; i < nr_areas; i++)
		check(fault_backing(&areas[i].area, 8, &places) == areas[i].expect, areas[i].sentence);
	for (int kind = 0; kind < FAULT_KINDS; kind++)
		named = named && fault_kind_name[kind];
	check(named, "each kind has a name");
	return failures > 0;
}
