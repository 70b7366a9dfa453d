/* SPDX-License-Identifier: GPL-2.0 */
/* reclaim_json.h - in: the sums of a process; out: members of its object in JSON. */
#ifndef VMAVIEW_RECLAIM_JSON_H
#define VMAVIEW_RECLAIM_JSON_H

#include "draw/sheet.h"

/* sheet_notes.json of the verb. */
void reclaim_json(const struct sheet *sheet, struct json_out *out);

#endif /* VMAVIEW_RECLAIM_JSON_H */
