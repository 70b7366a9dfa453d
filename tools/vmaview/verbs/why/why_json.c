// SPDX-License-Identifier: GPL-2.0
/* why_json.c - in: sums by reason, room, mappings; out: members of a process's object in JSON. */
#include <json-c/json.h>

#include "draw/json.h"
#include "verbs/why/why_json.h"
#include "verbs/why/why_rows.h"

/* Mappings that are listed. */
#define SITES 10

/* Reasons that there are. */
static struct json_object *json_sums(const struct why_sums *sums, const uint64_t *number)
{
	struct json_object *object = json_object_new_object();

	for (unsigned int i = 0; i < WHY_FIELDS; i++)
		if (sums->seams[i])
			json_object_object_add(object, why_fields[i], json_object_new_uint64(number[i]));
	return object;
}

static struct json_object *json_sites(const struct why_sums *sums)
{
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; i < sums->nr_sites && i < SITES; i++) {
		const struct area *area = sums->site[i].area;
		struct json_object *site = json_object_new_object();

		json_object_object_add(site, "name", area->flags & VMAVIEW_AREA_NAME_CUT ? NULL :
				       json_string(area->name));
		json_object_object_add(site, "areas", json_object_new_uint64(sums->site[i].areas));
		json_object_array_add(list, site);
	}
	return list;
}

void why_json(const struct sheet *sheet, struct json_object *object)
{
	const struct why_sums *sums = sheet->beside;

	json_object_object_add(object, "sums", json_sums(sums, sums->bytes));
	json_object_object_add(object, "seams", json_sums(sums, sums->seams));
	json_object_object_add(object, "room", sums->knows_room ? json_object_new_uint64(sums->room) : NULL);
	json_object_object_add(object, "sites", json_sites(sums));
}
