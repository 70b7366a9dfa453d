// SPDX-License-Identifier: GPL-2.0
/* pins_json.c - in: the sums and holders of a process; out: members of its object in JSON. */
#include <stdio.h>

#include <json-c/json.h>

#include "proc/holders.h"
#include "verbs/pins/pins_json.h"
#include "verbs/pins/pins_sums.h"

static void add_number(struct json_object *object, const char *key, uint64_t number)
{
	json_object_object_add(object, key, json_object_new_uint64(number));
}

static void add_fact(struct json_object *object, const char *key, const struct process *process,
		     enum mm_fact fact)
{
	json_object_object_add(object, key, process->mm_known >> fact & 1 ?
			       json_object_new_uint64(process->mm[fact]) : NULL);
}

static struct json_object *json_sums(const struct process *process)
{
	struct json_object *object = json_object_new_object();
	struct pin_sums sums = pin_sums_of(process);

	add_number(object, "locked", sums.locked);
	add_fact(object, "locked_vm", process, MM_LOCKED_VM);
	add_number(object, "mlocked", sums.mlocked);
	add_number(object, "unevictable", sums.unevictable);
	add_number(object, "maybe_pinned", sums.maybe_pinned);
	add_fact(object, "pinned_vm", process, MM_PINNED_VM);
	return object;
}

static struct json_object *json_address(uint64_t address)
{
	char text[24];

	snprintf(text, sizeof(text), "0x%llx", (unsigned long long)address);
	return json_object_new_string(text);
}

static struct json_object *json_buffer(const struct holder *holder)
{
	struct json_object *object = json_object_new_object();

	json_object_object_add(object, "start", json_address(holder->start));
	json_object_object_add(object, "end", json_address(holder->end));
	return object;
}

/* Buffers: null where they are not known, or not all of them. */
static struct json_object *json_holder(const struct holder *holder, struct json_object *buffers)
{
	struct json_object *object = json_object_new_object();

	json_object_object_add(object, "kind", json_object_new_string(holder_rows[holder->kind].name));
	json_object_object_add(object, "fd", holder->fd < 0 ? NULL : json_object_new_int(holder->fd));
	json_object_object_add(object, "buffers", buffers);
	return object;
}

/* What holds several ranges, or some and others that are not known, is one. */
static size_t add_holder(struct json_object *list, const struct holder *holder, size_t nr)
{
	struct json_object *buffers = json_object_new_array();
	bool known = true;
	size_t step;

	for (step = 0; step < nr && holder[step].kind == holder->kind && holder[step].fd == holder->fd;
	     step++) {
		if (holder[step].range == HOLDER_THIS)
			json_object_array_add(buffers, json_buffer(&holder[step]));
		known &= holder[step].range != HOLDER_ANY;
	}
	if (!known) {
		json_object_put(buffers);
		buffers = NULL;
	}
	json_object_array_add(list, json_holder(holder, buffers));
	return step;
}

static struct json_object *json_holders(const struct holders *holders)
{
	struct json_object *list = holders->known ? json_object_new_array() : NULL;

	for (size_t i = 0; list && i < holders->nr; )
		i += add_holder(list, &holders->holder[i], holders->nr - i);
	return list;
}

void pins_json(const struct sheet *sheet, struct json_object *object)
{
	json_object_object_add(object, "kept", json_sums(sheet->process));
	json_object_object_add(object, "holders", json_holders(sheet->beside));
}
