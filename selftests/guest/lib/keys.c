// SPDX-License-Identifier: GPL-2.0
/* keys.c - the key table and lists of areas. */
#include <stdlib.h>
#include <string.h>

#include "keys.h"
#include "result.h"
#include "vmaview.h"

const struct key_facts keys[NR_KEYS] = {
	[SIZE] = { "Size", 0, 10, true },
#define KEY_FACTS(name, text, field, shift, smaps) \
	[name] = { text, offsetof(struct vmaview_area, field), shift, smaps },
	KEY_LIST(KEY_FACTS)
#undef KEY_FACTS
};

_Static_assert(NR_KEYS <= 64, "area.has has a bit for each key");

int key_find(const char *text)
{
	for (int key = 0; key < NR_KEYS; key++)
		if (!strcmp(keys[key].text, text))
			return key;
	return -1;
}

struct area *area_list_add(struct area_list *list)
{
	struct area *area;

	if (!(list->nr & (list->nr - 1))) {	/* full at each power of two */
		size_t room = list->nr ? 2 * list->nr : 1;

		list->area = reallocarray(list->area, room, sizeof(*list->area));
		if (!list->area)
			die("no memory for %zu areas", room);
	}
	area = &list->area[list->nr++];
	memset(area, 0, sizeof(*area));
	return area;
}

struct area *area_list_find(const struct area_list *list, uint64_t addr)
{
	for (size_t i = 0; i < list->nr; i++)
		if (list->area[i].start <= addr && addr < list->area[i].end)
			return &list->area[i];
	return NULL;
}

void area_list_free(struct area_list *list)
{
	for (size_t i = 0; i < list->nr; i++) {
		free(list->area[i].head);
		free(list->area[i].flags);
		free(list->area[i].ops);
		free(list->area[i].callbacks);
		free(list->area[i].vmflags);
	}
	free(list->area);
	memset(list, 0, sizeof(*list));
}

void area_set(struct area *area, enum key key, uint64_t value)
{
	area->value[key] = value;
	area->has |= 1ULL << key;
}

bool area_has(const struct area *area, enum key key)
{
	return area->has & 1ULL << key;
}
