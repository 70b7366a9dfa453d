// SPDX-License-Identifier: GPL-2.0
/* objects.c - in: files of shared memory, as areas, descriptors, mounts and ipcs name them; out: each once.  Pure. */
#include <inttypes.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proc/objects.h"

#define DELETED " (deleted)"

static const char *const words[OBJECT_KIND_NR] = {
	[OBJECT_SHMEM] = "shmem",
	[OBJECT_MEMFD] = "memfd",
	[OBJECT_SYSV] = "sysv",
	[OBJECT_HUGETLB] = "hugetlb",
};

/* How the kernel names files that have no path, and never had one; what of it says nothing is left out. */
static const struct {
	const char *prefix;
	size_t skip;
} kernel_names[] = {
	{ "/memfd:", 7 },
	{ "/SYSV", 1 },
	{ "/anon_hugepage", 1 },
	{ "/dev/zero" DELETED, 0 },
};

static bool starts(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

void objects_init(struct objects *objects)
{
	*objects = (struct objects){ .nr = 0 };
}

static void forget(void *object)
{
	(void)object;
}

void objects_free(struct objects *objects)
{
	tdestroy(objects->by_id, forget);
	tdestroy(objects->by_text, forget);
	for (size_t i = 0; i < objects->nr; i++) {
		free(objects->list[i]->text);
		free(objects->list[i]);
	}
	free(objects->list);
	objects_init(objects);
}

enum object_kind object_kind_of_name(const char *name, bool hugetlb)
{
	if (hugetlb)
		return OBJECT_HUGETLB;
	if (starts(name, "/memfd:"))
		return OBJECT_MEMFD;
	return starts(name, "/SYSV") ? OBJECT_SYSV : OBJECT_SHMEM;
}

static int compare(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int by_id(const void *a, const void *b)
{
	const struct object_id *x = &((const struct object *)a)->id, *y = &((const struct object *)b)->id;
	int ret = compare(x->inode, y->inode);

	ret = ret ? ret : compare(x->major, y->major);
	ret = ret ? ret : compare(x->minor, y->minor);
	ret = ret ? ret : compare(x->kind, y->kind);
	return ret ? ret : compare(x->ipc, y->ipc);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(((const struct object *)a)->text, ((const struct object *)b)->text);
}

static char *make_text(const struct object_id *id, const char *name, const char *more)
{
	size_t length = strlen(name), deleted = strlen(DELETED), skip = 0;
	bool whole = true;
	char *text;

	for (size_t i = 0; whole && i < sizeof(kernel_names) / sizeof(kernel_names[0]); i++) {
		if (!starts(name, kernel_names[i].prefix))
			continue;
		skip = kernel_names[i].skip;
		whole = false;
	}
	if (!whole && length > deleted && !strcmp(name + length - deleted, DELETED))
		length -= deleted;
	if (asprintf(&text, "%s:%.*s%s:%" PRIu64, words[id->kind], (int)(length - skip), name + skip, more,
		     id->inode) < 0)
		return NULL;
	return text;
}

/* Two file systems may have files of one name and number, in two mount namespaces: the later one says where it is. */
static char *make_own_text(struct objects *objects, const struct object_id *id, const char *name)
{
	struct object key = { .text = make_text(id, name, "") };
	char more[64];

	if (!key.text || !tfind(&key, &objects->by_text, by_text))
		return key.text;
	free(key.text);
	if (id->ipc)
		snprintf(more, sizeof(more), "@ipc:[%" PRIu64 "]", id->ipc);
	else
		snprintf(more, sizeof(more), "@%" PRIu32 ":%" PRIu32, id->major, id->minor);
	return make_text(id, name, more);
}

static bool add(struct objects *objects, struct object *object)
{
	if (objects->nr == objects->room) {
		size_t room = objects->room ? 2 * objects->room : 64;
		struct object **list = reallocarray(objects->list, room, sizeof(*list));

		if (!list)
			return false;
		objects->list = list;
		objects->room = room;
	}
	if (!tsearch(object, &objects->by_text, by_text))
		return false;
	if (!tsearch(object, &objects->by_id, by_id)) {
		tdelete(object, &objects->by_text, by_text);
		return false;
	}
	objects->list[objects->nr++] = object;
	return true;
}

struct object *objects_get(struct objects *objects, const struct object_id *id, const char *name)
{
	struct object key = { .id = *id }, *object, *const *found = tfind(&key, &objects->by_id, by_id);

	if (found)
		return *found;
	object = calloc(1, sizeof(*object));
	if (!object)
		return NULL;
	object->id = *id;
	object->text = make_own_text(objects, id, name);
	if (object->text && add(objects, object))
		return object;
	free(object->text);
	free(object);
	return NULL;
}
