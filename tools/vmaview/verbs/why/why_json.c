// SPDX-License-Identifier: GPL-2.0
/* why_json.c - in: sums by reason, room, mappings; out: members of a process's object in JSON. */
#include "json/json_out.h"
#include "verbs/why/why_json.h"
#include "verbs/why/why_rows.h"

/* Mappings that are listed. */
#define SITES 10

/* Reasons that there are. */
static void put_sums(struct json_out *out, const char *key, const struct why_sums *sums, const uint64_t *number)
{
	json_line(out);
	json_key(out, key);
	json_open_object(out);
	for (unsigned int i = 0; i < WHY_FIELDS; i++)
		if (sums->seams[i])
			json_put_uint(out, why_fields[i], number[i]);
	json_end(out);
}

static void put_sites(struct json_out *out, const struct why_sums *sums)
{
	json_line(out);
	json_key(out, "sites");
	json_open_array(out);
	for (size_t i = 0; i < sums->nr_sites && i < SITES; i++) {
		const struct area *area = sums->site[i].area;

		json_open_object(out);
		json_put_string(out, "name", area->flags & VMAVIEW_AREA_NAME_CUT ? NULL : area->name);
		json_put_uint(out, "areas", sums->site[i].areas);
		json_end(out);
	}
	json_end(out);
}

void why_json(const struct sheet *sheet, struct json_out *out)
{
	const struct why_sums *sums = sheet->beside;

	put_sums(out, "sums", sums, sums->bytes);
	put_sums(out, "seams", sums, sums->seams);
	json_line(out);
	json_put_known(out, "room", sums->knows_room, sums->room);
	put_sites(out, sums);
}
