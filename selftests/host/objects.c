// SPDX-License-Identifier: GPL-2.0
/* objects.c - files of shared memory: which are the same, and what they are called. */
#include <string.h>

#include "ktap.h"
#include "proc/objects.h"

static bool is_called(struct objects *objects, struct object_id id, const char *name, const char *text)
{
	const struct object *object = objects_get(objects, &id, name);

	if (object && !strcmp(object->text, text))
		return true;
	return ktap_note("%s is %s, not %s", name, object ? object->text : "nothing", text);
}

static bool names(void)
{
	struct objects objects;
	bool holds;

	objects_init(&objects);
	holds = is_called(&objects, (struct object_id){ OBJECT_MEMFD, 0, 1, 7, 0 }, "/memfd:a:b (deleted)",
			  "memfd:a:b:7") &&
		is_called(&objects, (struct object_id){ OBJECT_MEMFD, 0, 1, 8, 0 }, "/memfd:", "memfd::8") &&
		is_called(&objects, (struct object_id){ OBJECT_SYSV, 0, 1, 9, 5 }, "/SYSV0000abcd (deleted)",
			  "sysv:SYSV0000abcd:9") &&
		is_called(&objects, (struct object_id){ OBJECT_SHMEM, 0, 1, 10, 0 }, "/dev/zero (deleted)",
			  "shmem:/dev/zero:10") &&
		is_called(&objects, (struct object_id){ OBJECT_SHMEM, 0, 2, 10, 0 }, "/dev/shm/x (deleted)",
			  "shmem:/dev/shm/x (deleted):10") &&
		is_called(&objects, (struct object_id){ OBJECT_HUGETLB, 0, 3, 11, 0 }, "/anon_hugepage (deleted)",
			  "hugetlb:anon_hugepage:11") &&
		is_called(&objects, (struct object_id){ OBJECT_HUGETLB, 0, 3, 12, 0 }, "/memfd:h (deleted)",
			  "hugetlb:h:12");
	objects_free(&objects);
	return holds;
}

/* By what they are, not by their names: who has the file elsewhere calls it otherwise. */
static bool same(void)
{
	const struct object_id id = { OBJECT_SHMEM, 0, 2, 10, 0 };
	struct objects objects;
	bool holds;

	objects_init(&objects);
	holds = objects_get(&objects, &id, "/dev/shm/x") == objects_get(&objects, &id, "/mnt/x") && objects.nr == 1;
	objects_free(&objects);
	return holds;
}

/* Of one name and number: another device, another IPC namespace, another kind. */
static bool others(void)
{
	struct objects objects;
	bool holds;

	objects_init(&objects);
	holds = is_called(&objects, (struct object_id){ OBJECT_SHMEM, 0, 2, 10, 0 }, "/s/x", "shmem:/s/x:10") &&
		is_called(&objects, (struct object_id){ OBJECT_SHMEM, 0, 3, 10, 0 }, "/s/x", "shmem:/s/x@0:3:10") &&
		is_called(&objects, (struct object_id){ OBJECT_SYSV, 0, 1, 0, 5 }, "/SYSV00000000 (deleted)",
			  "sysv:SYSV00000000:0") &&
		is_called(&objects, (struct object_id){ OBJECT_SYSV, 0, 1, 0, 6 }, "/SYSV00000000 (deleted)",
			  "sysv:SYSV00000000@ipc:[6]:0") &&
		is_called(&objects, (struct object_id){ OBJECT_MEMFD, 0, 1, 0, 0 }, "/memfd:m", "memfd:m:0") &&
		is_called(&objects, (struct object_id){ OBJECT_SHMEM, 0, 2, 10, 0 }, "/s/x", "shmem:/s/x:10") &&
		objects.nr == 5;
	objects_free(&objects);
	return holds;
}

/* More than there was room for at first. */
static bool many(void)
{
	struct objects objects;
	bool holds = true;

	objects_init(&objects);
	for (uint64_t inode = 0; holds && inode < 300; inode++)
		holds = objects_get(&objects, &(struct object_id){ OBJECT_SHMEM, 0, 2, inode % 150, 0 }, "/s");
	holds = holds && objects.nr == 150;
	objects_free(&objects);
	return holds;
}

static bool kinds(void)
{
	return object_kind_of_name("/memfd:x", false) == OBJECT_MEMFD &&
	       object_kind_of_name("/SYSV0", false) == OBJECT_SYSV &&
	       object_kind_of_name("/dev/shm/memfd:", false) == OBJECT_SHMEM &&
	       object_kind_of_name("/memfd:x", true) == OBJECT_HUGETLB;
}

static const struct ktap_test tests[] = {
	{ "a name of the kernel's own is shortened, a path is not", names },
	{ "what has two names is one object", same },
	{ "what has the name of another one says where it is", others },
	{ "there is room for any number", many },
	{ "a file's name says what kind it is", kinds },
};

int main(void)
{
	return ktap_run(tests, sizeof(tests) / sizeof(tests[0]));
}
