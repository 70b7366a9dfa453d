/* SPDX-License-Identifier: GPL-2.0 */
/* pins_json.h - in: the sums and holders of a process; out: members of its object in JSON. */
#ifndef VMAVIEW_PINS_JSON_H
#define VMAVIEW_PINS_JSON_H

#include "draw/sheet.h"

/* sheet_notes.json of the verb. */
void pins_json(const struct sheet *sheet, struct json_out *out);

#endif /* VMAVIEW_PINS_JSON_H */
