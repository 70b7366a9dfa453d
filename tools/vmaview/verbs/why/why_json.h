/* SPDX-License-Identifier: GPL-2.0 */
/* why_json.h - in: sums by reason, room, mappings; out: members of a process's object in JSON. */
#ifndef VMAVIEW_WHY_JSON_H
#define VMAVIEW_WHY_JSON_H

#include "draw/sheet.h"

/* sheet_notes.json of the verb. */
void why_json(const struct sheet *sheet, struct json_out *out);

#endif /* VMAVIEW_WHY_JSON_H */
